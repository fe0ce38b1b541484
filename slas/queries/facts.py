"""Facts as they are stored: found by their keys, listed for readers, compared with rows that would come in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import models
from django.db.models import QuerySet

from slas.models import (
    Case,
    CasePause,
    CasePriority,
    CaseReopening,
    CoveredTime,
    DataGap,
    Measure,
    Measurement,
    MeasurementRevision,
    Occasion,
    Outage,
    SurveyCount,
    Volume,
)
from slas.queries.rows import PARTS, ROWS, Part, Row, own_key

TABLES: Mapping[str, type[models.Model]] = {
    "outages": Outage,
    "checks": Measurement,
    "readings": Measurement,
    "cases": Case,
    "occasions": Occasion,
    "volumes": Volume,
    "surveys": SurveyCount,
    "gaps": DataGap,
    "covered": CoveredTime,
}
PART_TABLES: Mapping[str, type[models.Model]] = {
    "pauses": CasePause,
    "reopenings": CaseReopening,
    "priority_changes": CasePriority,
}
NEWEST_BY = {"cases": "opened_at"}  # the key of a case is its number, not its time
AT_ONCE = 2_000
EXAMPLES = 50
Key = tuple[int, Any]  # the measure and the key of the row in it


def columns_of(fact: str) -> list[str]:
    """The fields of a row that are columns of its table; the pauses of a case are rows of their own, as other parts."""
    return [field.name for field in fields(ROWS[fact]) if field.name not in PARTS]


def find_rows(*, fact: str, wanted: Mapping[int, Iterable[Any]]) -> dict[Key, Row]:
    """The stored rows with the wanted keys of each measure."""
    own, keys = ROWS[fact].KEY[0], sorted({key for keys in wanted.values() for key in keys})
    found: dict[Key, Row] = {}
    for some in in_portions(keys):
        stored = TABLES[fact]._default_manager.filter(**{"measure_id__in": list(wanted), f"{own}__in": some})
        found |= _rows(fact, stored)
    return found


def list_facts(*, measure: Measure, fact: str, first: date | None = None, end: date | None = None) -> QuerySet[Any]:
    """The stored facts of one kind, newest first, of the UTC dates in [first, end) if they are given.

    `rows_of` reads a page of them.
    """
    newest = NEWEST_BY.get(fact, ROWS[fact].KEY[0])
    found = TABLES[fact]._default_manager.filter(measure_id=measure.pk)
    if first is not None and end is not None:
        found = found.filter(**{f"{newest}__gte": _edge(newest, first), f"{newest}__lt": _edge(newest, end)})
    return found.order_by(f"-{newest}", "-pk")


def _edge(field: str, on: date) -> date | datetime:
    return on if field == "on" else datetime.combine(on, time(), tzinfo=UTC)


def rows_of(*, fact: str, facts: Iterable[Any]) -> list[Row]:
    """The rows of stored facts, in their order."""
    own, names = ROWS[fact].KEY[0], columns_of(fact)
    values = {(each.measure_id, getattr(each, own)): {name: getattr(each, name) for name in names} for each in facts}
    return list(_made(fact, values).values())


def _rows(fact: str, stored: QuerySet[Any]) -> dict[Key, Row]:
    own, names = ROWS[fact].KEY[0], columns_of(fact)
    values = {
        (measure_id, row[own]): row
        for measure_id, *each in stored.values_list("measure_id", *names)
        for row in [dict(zip(names, each, strict=True))]
    }
    return _made(fact, values)


def _made(fact: str, values: dict[Key, dict[str, Any]]) -> dict[Key, Row]:
    if fact == "cases":
        _add_parts(values)
    return {key: ROWS[fact](**row) for key, row in values.items()}


def _add_parts(cases: dict[Key, dict[str, Any]]) -> None:
    ids, keys = {measure_id for measure_id, _ in cases}, sorted({key for _, key in cases})
    for name, kind in PARTS.items():
        columns = [field.name for field in fields(kind)]
        parts: dict[Key, list[Part]] = defaultdict(list)
        for some in in_portions(keys):
            stored = PART_TABLES[name]._default_manager.filter(measure_id__in=ids, case_key__in=some)
            for measure_id, key, *values in stored.values_list("measure_id", "case_key", *columns):
                parts[measure_id, key].append(kind(*values))
        for key, row in cases.items():
            row[name] = tuple(parts[key])


def in_portions(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The values, some at a time."""
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


@dataclass(frozen=True)
class Preview:
    """What rows would change: how many are new, stored already, or replace another value, with examples of those."""

    new: int
    unchanged: int
    corrected: int
    examples: Sequence[tuple[Row, Row]]


def preview_rows(*, measure: Measure, fact: str, rows: Sequence[Row]) -> Preview:
    """Compare rows with what is stored; nothing changes. Examples are pairs of the stored row and the new one."""
    stored = find_rows(fact=fact, wanted={measure.pk: [own_key(row) for row in rows]})
    pairs = [(stored.get((measure.pk, own_key(row))), row) for row in rows]
    replaced = [(old, row) for old, row in pairs if old is not None and old != row]
    new = sum(old is None for old, _ in pairs)
    return Preview(new, len(rows) - new - len(replaced), len(replaced), replaced[:EXAMPLES])


def list_corrections(*, measure: Measure) -> QuerySet[MeasurementRevision]:
    """The values that were replaced, latest first."""
    return MeasurementRevision.objects.filter(measure_id=measure.pk).order_by("-at", "-pk")
