"""Rows of all kinds but checks become rows of their table: compared with what is stored, then written in bulk."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import models

from slas.actions.rows import ROWS, CaseRow, PauseRow, Row, as_plain, fact_of, key_words
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


@dataclass(frozen=True)
class Change:
    """How many rows were new and how many replaced others; `touched` holds both, and the rows that were replaced."""

    new: int
    corrected: int
    touched: Sequence[Row]


def write_rows(*, measure: Measure, rows: Sequence[Row], batch: FactBatch, now: datetime, reason: str) -> Change:
    """Insert new rows, replace those that differ and keep what they replaced; rows have distinct keys of one kind."""
    fact = fact_of(rows[0])
    stored = find_rows(measure=measure, fact=fact, keys=[_key(row) for row in rows])
    changed = [row for row in rows if stored.get(_key(row)) != row]
    replaced = [(stored[_key(row)], row) for row in changed if _key(row) in stored]
    _upsert(measure, fact, changed, batch)
    _replace_pauses(measure, [row for row in changed if isinstance(row, CaseRow)])
    MeasurementRevision.objects.bulk_create(
        [
            MeasurementRevision(
                measure_id=measure.pk,
                fact=fact,
                key=key_words(new),
                old=as_plain(old),
                new=as_plain(new),
                batch_id=batch.pk,
                reason=reason,
                at=now,
            )
            for old, new in replaced
        ],
        batch_size=AT_ONCE,
    )
    return Change(len(changed) - len(replaced), len(replaced), [*changed, *(old for old, _ in replaced)])


def find_rows(*, measure: Measure, fact: str, keys: Sequence[Any]) -> dict[Any, Row]:
    """The stored rows with these keys, by key."""
    kind = ROWS[fact]
    names = [field.name for field in fields(kind) if field.name != "pauses"]
    found: dict[Any, dict[str, Any]] = {}
    for some in _portions(keys):
        wanted = {"measure_id": measure.pk, f"{kind.KEY[0]}__in": some}
        for values in TABLES[fact]._default_manager.filter(**wanted).values(*names):
            found[values[kind.KEY[0]]] = values
    if fact == "cases":
        for key, pauses in _find_pauses(measure, list(found)).items():
            found[key]["pauses"] = tuple(pauses)
    return {key: kind(**values) for key, values in found.items()}


def _find_pauses(measure: Measure, keys: Sequence[str]) -> Mapping[str, list[PauseRow]]:
    pauses: dict[str, list[PauseRow]] = defaultdict(list)
    for some in _portions(keys):
        for pause in CasePause.objects.filter(measure_id=measure.pk, case_key__in=some):
            pauses[pause.case_key].append(PauseRow(pause.started_at, pause.ended_at, pause.reason))
    return pauses


def _upsert(measure: Measure, fact: str, rows: Sequence[Row], batch: FactBatch) -> None:
    kind, model = ROWS[fact], TABLES[fact]
    names = [field.name for field in fields(kind) if field.name != "pauses"]
    model._default_manager.bulk_create(
        [
            model(measure_id=measure.pk, batch_id=batch.pk, **{name: getattr(row, name) for name in names})
            for row in rows
        ],
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["tenant", "measure_id", *kind.KEY],
        update_fields=["batch_id", *(name for name in names if name not in kind.KEY)],
    )


def _replace_pauses(measure: Measure, cases: Sequence[CaseRow]) -> None:
    for some in _portions([case.key for case in cases]):
        CasePause.objects.filter(measure_id=measure.pk, case_key__in=some).delete()
    CasePause.objects.bulk_create(
        [
            CasePause(
                measure_id=measure.pk,
                case_key=case.key,
                started_at=pause.started_at,
                ended_at=pause.ended_at,
                reason=pause.reason,
            )
            for case in cases
            for pause in case.pauses
        ],
        batch_size=AT_ONCE,
    )


def _key(row: Row) -> Any:
    return getattr(row, row.KEY[0])


def _portions(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
