"""Rows of all kinds but checks become rows of their table: compared with what is stored, then written in bulk."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import NamedTuple

from slas.models import FactBatch, Measure, MeasurementRevision
from slas.queries.facts import AT_ONCE, PART_TABLES, TABLES, Key, columns_of, find_rows, in_portions
from slas.queries.rows import PARTS, ROWS, CaseRow, Row, as_plain, key_words, own_key


@dataclass(frozen=True)
class Portion:
    """Rows of one measure, of one kind of facts, and the batch that they came with."""

    measure: Measure
    batch: FactBatch
    rows: Sequence[Row]


class Checked(NamedTuple):
    """The first and the last of the checks of one UTC month that are new or found another state, and the one after."""

    first: datetime
    last: datetime
    following: datetime | None


@dataclass(frozen=True)
class Change:
    """How many rows were new and how many replaced others.

    `touched` holds both and the rows that were replaced. Of checks, which are many, it is `checked`, by month.
    """

    new: int
    corrected: int
    touched: Sequence[Row] = ()
    checked: Sequence[Checked] = ()


def write_portions(*, fact: str, portions: Sequence[Portion], now: datetime, reason: str) -> dict[int, Change]:
    """Insert new rows, replace those that differ and keep what they replaced; says what changed, by measure.

    Each portion holds rows with distinct keys.
    """
    stored = find_rows(fact=fact, wanted={each.measure.pk: [own_key(row) for row in each.rows] for each in portions})
    written: list[Portion] = []
    changes: dict[int, Change] = {}
    for each in portions:
        changed = [row for row in each.rows if stored.get((each.measure.pk, own_key(row))) != row]
        old = [stored[key] for row in changed if (key := (each.measure.pk, own_key(row))) in stored]
        written.append(Portion(each.measure, each.batch, changed))
        changes[each.measure.pk] = Change(len(changed) - len(old), len(old), [*changed, *old])
    _upsert(fact, written)
    if fact == "cases":
        _replace_parts(written)
    _keep_old(fact, written, stored, now, reason)
    return changes


def _upsert(fact: str, portions: Sequence[Portion]) -> None:
    kind, model, names = ROWS[fact], TABLES[fact], columns_of(fact)
    model._default_manager.bulk_create(
        [
            model(measure_id=each.measure.pk, batch_id=each.batch.pk, **{name: getattr(row, name) for name in names})
            for each in portions
            for row in each.rows
        ],
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["tenant", "measure_id", *kind.KEY],
        update_fields=["batch_id", *(name for name in names if name not in kind.KEY)],
    )


def _replace_parts(portions: Sequence[Portion]) -> None:
    for name, kind in PARTS.items():
        model, columns = PART_TABLES[name], [field.name for field in fields(kind)]
        parts = []
        for each in portions:
            cases = [row for row in each.rows if isinstance(row, CaseRow)]
            for some in in_portions([case.key for case in cases]):
                model._default_manager.filter(measure_id=each.measure.pk, case_key__in=some).delete()
            parts += [
                model(
                    measure_id=each.measure.pk,
                    case_key=case.key,
                    **{column: getattr(part, column) for column in columns},
                )
                for case in cases
                for part in getattr(case, name)
            ]
        model._default_manager.bulk_create(parts, batch_size=AT_ONCE)


def _keep_old(fact: str, portions: Sequence[Portion], stored: dict[Key, Row], now: datetime, reason: str) -> None:
    MeasurementRevision.objects.bulk_create(
        [
            MeasurementRevision(
                measure_id=each.measure.pk,
                fact=fact,
                key=key_words(row),
                old=as_plain(old),
                new=as_plain(row),
                batch_id=each.batch.pk,
                reason=reason,
                at=now,
            )
            for each in portions
            for row in each.rows
            if (old := stored.get((each.measure.pk, own_key(row)))) is not None
        ],
        batch_size=AT_ONCE,
    )
