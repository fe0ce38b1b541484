"""Facts come in: one rule for all kinds.

The key of a fact is its tenant, its measure and its own key. Same key and values: nothing happens. Same key, other
values: the new ones are kept and the old ones go to the append-only record of corrections, in the same transaction.
The periods whose facts changed wait to be recomputed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from slas.actions import facts_checks, facts_tables
from slas.actions.attainments import mark_dirty
from slas.actions.facts_span import span_of
from slas.actions.rows import GAPS, CheckRow, Row, fact_of, key_of, key_words
from slas.errors import ContradictingRows, WrongFacts
from slas.models import FactBatch, Measure


@dataclass(frozen=True)
class Applied:
    """What became of rows: new ones, the same as before, and those that replaced other values."""

    new: int
    unchanged: int
    corrected: int


@transaction.atomic
def apply_rows(*, measure: Measure, rows: Sequence[Row], batch: FactBatch, now: datetime, reason: str = "") -> Applied:
    """Store the rows of a measure as facts that count, and mark the periods that they touch.

    Rows may come in any order; the same row twice is one. `reason` is kept with each old value that is replaced.
    Refuses with WrongFacts rows of another kind than the measure's (gaps suit each measure), and with ContradictingRows
    two different rows of one key.
    """
    rows = _distinct(rows)
    _check_kind(measure, rows)
    if not rows:
        return Applied(0, 0, 0)
    # One writer of a measure at a time: otherwise two could replace the same value and only one would keep it.
    Measure.objects.select_for_update(no_key=True).get(pk=measure.pk)
    write = facts_checks.write_rows if isinstance(rows[0], CheckRow) else facts_tables.write_rows
    change = write(measure=measure, rows=rows, batch=batch, now=now, reason=reason)
    if change.touched:
        from_, until = span_of(measure=measure, rows=change.touched, now=now)
        mark_dirty(measure_ids=[measure.pk], from_=from_, until=until, now=now)
    return Applied(change.new, len(rows) - change.new - change.corrected, change.corrected)


def _distinct(rows: Sequence[Row]) -> list[Row]:
    by_key: dict[object, Row] = {}
    for row in rows:
        known = by_key.setdefault(key_of(row), row)
        if known is not row and known != row:
            raise ContradictingRows(key=key_words(row))
    return list(by_key.values())


def _check_kind(measure: Measure, rows: Sequence[Row]) -> None:
    facts = {fact_of(row) for row in rows}
    if len(facts) > 1 or facts - {measure.fact_kind, GAPS}:
        raise WrongFacts(measure=measure.name, expected=measure.get_fact_kind_display().lower(), facts=_listed(facts))


def _listed(facts: set[str]) -> str:
    return " and ".join(sorted(facts))
