"""Which services stand on which, over any number of others."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from catalog.models import Dependency, Requirement, Service

Edges = Mapping[int, Sequence[int]]


def load_edges(*, without: int | None = None) -> tuple[Edges, Edges]:
    """By service: on which it stands, and which stand on it; in one query. `without` leaves one dependency out."""
    rows = Dependency.objects.filter(on_service__isnull=False)
    if without is not None:
        rows = rows.exclude(pk=without)
    below: dict[int, list[int]] = defaultdict(list)
    above: dict[int, list[int]] = defaultdict(list)
    for upper, lower in rows.order_by("service_id", "position", "pk").values_list("service_id", "on_service_id"):
        below[upper].append(lower)
        above[lower].append(upper)
    return below, above


def reach(edges: Edges, starts: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """All that is reached from the starts, nearest first, each with one shortest path to it, both ends included."""
    found: dict[int, tuple[int, ...]] = {start: (start,) for start in starts}
    waiting = list(found)
    while waiting:
        at = waiting.pop(0)
        for following in edges.get(at, ()):
            if following not in found:
                found[following] = (*found[at], following)
                waiting.append(following)
    return found


def find_circle(*, service: Service, on: Service, without: int | None = None) -> list[str]:
    """The names along which a service would stand on itself if it stood on that one too; none where it would not."""
    below, _above = load_edges(without=without)
    path = reach(below, [on.pk]).get(service.pk)
    if path is None:
        return []
    names = name_services(path)
    return [names[pk] for pk in (service.pk, *path)]


def name_services(ids: Collection[int]) -> dict[int, str]:
    """The names of services by their keys."""
    return dict(Service.objects.filter(pk__in=ids).values_list("pk", "name"))


def path_words(names: Sequence[str]) -> str:
    """A path as a sentence: Orders stands on Payments, Payments on Login, Login on Orders."""
    (upper, lower), *rest = pairwise(names)
    first = _("%(upper)s stands on %(lower)s") % {"upper": upper, "lower": lower}
    return ", ".join([first, *(_("%(upper)s on %(lower)s") % {"upper": u, "lower": v} for u, v in rest)])


def list_counted(*, service_ids: Collection[int]) -> dict[int, list[Dependency]]:
    """By service: the parts that it cannot do without, those of the services among them in the place of these.

    In series they are all needed, so that nothing is lost by putting them beside each other; a part that stands at
    several places is named once. A service among alternatives, or without parts of its own, stays what it is.
    """
    found = list_needed(service_ids=service_ids)
    nested = {row.on_service_id for rows in found.values() for row in rows if row.on_service_id is not None}
    if nested:
        below, _above = load_edges()
        found |= list_needed(service_ids=reach(below, nested))
    return {pk: list(_flat(pk, found, set())) for pk in service_ids}


def list_needed(*, service_ids: Iterable[int]) -> dict[int, list[Dependency]]:
    """By service: its parts that it cannot do without, alternatives among them, in their order."""
    rows = Dependency.objects.filter(service_id__in=list(service_ids)).exclude(requirement=Requirement.HELPS)
    found: dict[int, list[Dependency]] = defaultdict(list)
    for row in rows.select_related("component", "on_service", "group").order_by("position", "pk"):
        found[row.service_id].append(row)
    return dict(found)


def _flat(
    service_id: int, rows: Mapping[int, Sequence[Dependency]], seen: set[tuple[str, int]]
) -> Iterator[Dependency]:
    for row in rows.get(service_id, ()):
        is_open = row.group_id is None and row.on_service_id is not None and rows.get(row.on_service_id)
        key = ("group", row.pk) if row.group_id else (type(row.part).__name__, row.part.pk)
        if key in seen:
            continue
        seen.add(key)
        if is_open:
            yield from _flat(row.on_service_id or 0, rows, seen)
        else:
            yield row
