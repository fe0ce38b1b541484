"""Cases that go on in one another: which belong together, and which would go round in a circle."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from slas.models import Case
from slas.queries.facts import in_portions
from slas.queries.rows import CaseRow


class Link(NamedTuple):
    """A case of a measure, and the case into which it was merged, if it was."""

    measure_id: int
    key: str
    merged_into: str


def link_of(case: Case) -> Link:
    """The link of a stored case."""
    return Link(case.measure_id, case.key, case.merged_into)


def merged_with(links: Iterable[Link]) -> list[Case]:
    """The stored cases that were merged into these, or into which these were merged, over however many cases.

    The cases of the links themselves are not among them.
    """
    fresh, known, found = set(links), set[tuple[int, str]](), list[Case]()
    while fresh:
        known |= {(link.measure_id, link.key) for link in fresh}
        new = {case.pk: case for case in _beside(fresh, known)}
        found += new.values()
        fresh = {link_of(case) for case in new.values()}
    return found


def _beside(links: set[Link], known: set[tuple[int, str]]) -> Iterable[Case]:
    """What was merged into the cases of the links, and into what they were merged, unless it is known."""
    cases = Case.objects.filter(measure_id__in={link.measure_id for link in links})
    own = {(link.measure_id, link.key) for link in links}
    goes_on = {(link.measure_id, link.merged_into) for link in links if link.merged_into} - known
    for some in in_portions(sorted({key for _, key in own})):
        for case in cases.exclude(merged_into="").filter(merged_into__in=some):
            if (case.measure_id, case.merged_into) in own and (case.measure_id, case.key) not in known:
                yield case
    for some in in_portions(sorted({key for _, key in goes_on})):
        yield from (case for case in cases.filter(key__in=some) if (case.measure_id, case.key) in goes_on)


def goes_on_in(key: str, cases: Mapping[str, Case | CaseRow]) -> Case | CaseRow | None:
    """The last of the cases into which one was merged, over however many; None where it is not known, or left out."""
    passed = {key}
    last = cases.get(cases[key].merged_into)
    while last is not None and last.merged_into and last.key not in passed:
        passed.add(last.key)
        last = cases.get(last.merged_into)
    return None if last is None or last.key in passed or last.excluded_reason else last


def stored_beside(measure_id: int, rows: Iterable[CaseRow]) -> dict[str, Case]:
    """The stored cases of the rows that are merged, as they were before, and all that belong together with them."""
    links = [Link(measure_id, row.key, row.merged_into) for row in rows if row.merged_into]
    keys = sorted(link.key for link in links)
    before = [case for some in in_portions(keys) for case in Case.objects.filter(measure_id=measure_id, key__in=some)]
    beside = merged_with([*links, *map(link_of, before)])
    return {case.key: case for case in (*before, *beside)}


def circles_in(rows: Iterable[CaseRow], stored: Mapping[str, Case]) -> set[str]:
    """The keys of the rows that would be merged in a circle, among each other or with stored cases.

    A row that is refused leaves its stored case as it is, which may close another circle: so it is looked at again.
    """
    before = {key: case.merged_into for key, case in stored.items()}
    merged = {row.key: row.merged_into for row in rows}
    refused: set[str] = set()
    while found := {key for key in merged if _comes_back(key, before | merged)}:
        refused |= found
        merged = {key: into for key, into in merged.items() if key not in found}
    return refused


def _comes_back(key: str, links: Mapping[str, str]) -> bool:
    passed, at = {key}, links[key]
    while at and at not in passed:
        passed.add(at)
        at = links.get(at, "")
    return at == key
