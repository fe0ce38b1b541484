"""Facts come in: one rule for all kinds.

The key of a fact is its tenant, its measure and its own key. Same key and values: nothing happens. Same key, other
values: the new ones are kept and the old ones go to the append-only record of corrections, in the same transaction.
The periods whose facts changed wait to be recomputed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter, lt

from django.db import transaction

from portal.language.numbers import and_list
from slas.actions import facts_measured, facts_tables
from slas.actions.attainments import mark_facts_dirty
from slas.actions.facts_span import spans_of
from slas.actions.facts_tables import Portion
from slas.errors import ContradictingRows, MergedInCircle, WrongFacts
from slas.models import FactBatch, FactKind, Measure, Outage
from slas.queries.approvals import approved_pauses, as_approved
from slas.queries.merges import circles_in, stored_beside
from slas.queries.rows import COVERED, FACTS, GAPS, CaseRow, OutageRow, Row, fact_of, key_words, own_key


@dataclass(frozen=True)
class Applied:
    """What became of rows: new ones, the same as before, and those that replaced other values."""

    new: int
    unchanged: int
    corrected: int


def apply_rows(*, measure: Measure, rows: Sequence[Row], batch: FactBatch, now: datetime, reason: str = "") -> Applied:
    """Store the rows of a measure, which two people have seen, as facts that count, and mark the periods they touch.

    Rows may come in any order; the same row twice is one. `reason` is kept with each old value that is replaced.
    Refuses with WrongFacts rows of another kind than the measure's (gaps suit each measure, covered times each log of
    outages), with ContradictingRows two different rows of one key, and with MergedInCircle cases of which none goes on.
    """
    portion = Portion(measure, batch, rows)
    fact = fact_of(rows[0]) if rows else ""
    return apply_portions(fact=fact, portions=[portion], now=now, reason=reason, were_seen=True)[0]


@transaction.atomic
def apply_portions(
    *, fact: str, portions: Sequence[Portion], now: datetime, reason: str = "", were_seen: bool = False
) -> list[Applied]:
    """The same for the rows of several measures, all of one kind of facts; one result for each.

    Rows that no two people have seen leave alone what was agreed about an outage. What was approved about a pause stays
    while the pause is the approved one; another end, party, note or entry was approved by nobody.
    """
    for portion in portions:
        _check_kind(fact, portion)
    portions = [Portion(each.measure, each.batch, _distinct(each.rows)) for each in portions]
    filled = [portion for portion in portions if portion.rows]
    ids = [portion.measure.pk for portion in filled]
    # One writer of a measure at a time: otherwise two could replace the same value and only one would keep it.
    list(Measure.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    for portion in filled if fact == FactKind.CASES else ():
        refuse_circles(measure=portion.measure, rows=portion.rows)
    if fact in AGREED and not were_seen:
        filled = AGREED[fact](filled)
    write = facts_measured.write_portions if fact in facts_measured.VALUES else facts_tables.write_portions
    changes = write(fact=fact, portions=filled, now=now, reason=reason) if filled else {}
    mark_facts_dirty(spans=spans_of(changes=changes, now=now), now=now)
    return [_applied(portion, changes) for portion in portions]


def refuse_circles(*, measure: Measure, rows: Sequence[Row]) -> None:
    """Refuse with MergedInCircle cases that would be merged in a circle, with each other or with stored ones."""
    cases = [row for row in rows if isinstance(row, CaseRow)]
    if any(row.merged_into for row in cases) and (found := circles_in(cases, stored_beside(measure.pk, cases))):
        raise MergedInCircle(cases=and_list(sorted(found)))


def _outages_as_agreed(portions: Sequence[Portion]) -> list[Portion]:
    """The rows with what was agreed about outages of the same start: not to count, or how many users they met."""
    ids = [portion.measure.pk for portion in portions]
    about = Outage.objects.filter(measure_id__in=ids).exclude(left_out_reason="", affected_percent=None)
    found = about.values_list("measure_id", "started_at", "left_out_reason", "affected_percent")
    agreed = {(measure_id, started_at): (reason, percent) for measure_id, started_at, reason, percent in found}
    return [
        Portion(
            each.measure,
            each.batch,
            [
                replace(row, left_out_reason=reason, affected_percent=percent)
                for row in each.rows
                if isinstance(row, OutageRow)
                for reason, percent in [agreed.get((each.measure.pk, row.started_at), ("", None))]
            ],
        )
        for each in portions
    ]


def _pauses_as_agreed(portions: Sequence[Portion]) -> list[Portion]:
    """The rows with who approved their pauses, where they are still those that were approved."""
    approved = approved_pauses(measure_ids=[portion.measure.pk for portion in portions])
    return [
        Portion(
            each.measure,
            each.batch,
            [
                replace(
                    row,
                    pauses=tuple(as_approved(each.measure.pk, row.key, pause, approved) for pause in row.pauses),
                )
                for row in each.rows
                if isinstance(row, CaseRow)
            ],
        )
        for each in portions
    ]


# What two people agreed about facts, and no program can say or unsay.
AGREED: dict[str, Callable[[Sequence[Portion]], list[Portion]]] = {
    FactKind.OUTAGES: _outages_as_agreed,
    FactKind.CASES: _pauses_as_agreed,
}


def _applied(portion: Portion, changes: dict[int, facts_tables.Change]) -> Applied:
    change = changes.get(portion.measure.pk, facts_tables.Change(0, 0))
    return Applied(change.new, len(portion.rows) - change.new - change.corrected, change.corrected)


def _distinct(rows: Sequence[Row]) -> Sequence[Row]:
    firsts = list(map(attrgetter(rows[0].KEY[0]), rows)) if rows else []
    if all(map(lt, firsts, firsts[1:])):  # in order, as programs send them
        return rows
    by_key = {own_key(row): row for row in rows}
    for row in rows:
        if by_key[own_key(row)] != row:
            raise ContradictingRows(key=key_words(row))
    return list(by_key.values())


def _check_kind(fact: str, portion: Portion) -> None:
    facts, measure = {FACTS[kind] for kind in set(map(type, portion.rows))}, portion.measure
    suitable = {measure.fact_kind, GAPS} | ({COVERED} if measure.fact_kind == FactKind.OUTAGES else set())
    if facts and (facts != {fact} or fact not in suitable):
        listed = " and ".join(sorted(facts))
        raise WrongFacts(measure=measure.name, expected=measure.get_fact_kind_display().lower(), facts=listed)
