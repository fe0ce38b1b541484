"""Rows of all kinds but checks become rows of their table: compared with what is stored, then written in bulk."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import models

from slas.actions.rows import ROWS, CaseRow, PauseRow, Row, as_plain, key_words
from slas.models import (
    Case,
    CasePause,
    DataGap,
    FactBatch,
    Measure,
    MeasurementRevision,
    Occasion,
    Outage,
    SurveyCount,
    Volume,
)

TABLES: dict[str, type[models.Model]] = {
    "outages": Outage,
    "cases": Case,
    "occasions": Occasion,
    "volumes": Volume,
    "surveys": SurveyCount,
    "gaps": DataGap,
}
AT_ONCE = 2_000
Key = tuple[int, Any]  # the measure and the key of the row in it


@dataclass(frozen=True)
class Portion:
    """Rows of one measure, of one kind of facts, and the batch that they came with."""

    measure: Measure
    batch: FactBatch
    rows: Sequence[Row]


@dataclass(frozen=True)
class Change:
    """How many rows were new and how many replaced others; `touched` holds both, and the rows that were replaced."""

    new: int
    corrected: int
    touched: Sequence[Row]


def write_portions(*, fact: str, portions: Sequence[Portion], now: datetime, reason: str) -> dict[int, Change]:
    """Insert new rows, replace those that differ and keep what they replaced; says what changed, by measure.

    Each portion holds rows with distinct keys.
    """
    stored = find_rows(fact=fact, wanted={each.measure.pk: [_own(row) for row in each.rows] for each in portions})
    written: list[Portion] = []
    changes: dict[int, Change] = {}
    for each in portions:
        changed = [row for row in each.rows if stored.get((each.measure.pk, _own(row))) != row]
        old = [stored[key] for row in changed if (key := (each.measure.pk, _own(row))) in stored]
        written.append(Portion(each.measure, each.batch, changed))
        changes[each.measure.pk] = Change(len(changed) - len(old), len(old), [*changed, *old])
    _upsert(fact, written)
    if fact == "cases":
        _replace_pauses(written)
    _keep_old(fact, written, stored, now, reason)
    return changes


def find_rows(*, fact: str, wanted: dict[int, list[Any]]) -> dict[Key, Row]:
    """The stored rows with the wanted keys of each measure."""
    kind, names = ROWS[fact], _columns(fact)
    own = kind.KEY[0]
    found: dict[Key, dict[str, Any]] = {}
    for some in _some(sorted({key for keys in wanted.values() for key in keys})):
        stored = TABLES[fact]._default_manager.filter(**{"measure_id__in": list(wanted), f"{own}__in": some})
        for measure_id, *values in stored.values_list("measure_id", *names):
            row = dict(zip(names, values, strict=True))
            found[measure_id, row[own]] = row
    if fact == "cases":
        _add_pauses(found)
    return {key: kind(**values) for key, values in found.items()}


def _add_pauses(cases: dict[Key, dict[str, Any]]) -> None:
    ids = {measure_id for measure_id, _ in cases}
    pauses: dict[Key, list[PauseRow]] = defaultdict(list)
    for some in _some(sorted({key for _, key in cases})):
        for pause in CasePause.objects.filter(measure_id__in=ids, case_key__in=some):
            row = PauseRow(pause.started_at, pause.ended_at, pause.reason)
            pauses[pause.measure_id, pause.case_key].append(row)
    for key, values in cases.items():
        values["pauses"] = tuple(pauses[key])


def _upsert(fact: str, portions: Sequence[Portion]) -> None:
    kind, model, names = ROWS[fact], TABLES[fact], _columns(fact)
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


def _replace_pauses(portions: Sequence[Portion]) -> None:
    pauses: list[CasePause] = []
    for each in portions:
        cases = [row for row in each.rows if isinstance(row, CaseRow)]
        for some in _some([case.key for case in cases]):
            CasePause.objects.filter(measure_id=each.measure.pk, case_key__in=some).delete()
        pauses += [
            CasePause(
                measure_id=each.measure.pk,
                case_key=case.key,
                started_at=pause.started_at,
                ended_at=pause.ended_at,
                reason=pause.reason,
            )
            for case in cases
            for pause in case.pauses
        ]
    CasePause.objects.bulk_create(pauses, batch_size=AT_ONCE)


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
            if (old := stored.get((each.measure.pk, _own(row)))) is not None
        ],
        batch_size=AT_ONCE,
    )


def _columns(fact: str) -> list[str]:
    """The fields of a row that are columns of its table; the pauses of a case are rows of their own."""
    return [field.name for field in fields(ROWS[fact]) if field.name != "pauses"]


def _own(row: Row) -> Any:
    return getattr(row, row.KEY[0])


def _some(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
