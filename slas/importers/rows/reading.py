"""Many rows at once: what can count, what is refused, what is odd."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.importers.files import RowProblem
from slas.importers.rows.schema import Complaint, Schema
from slas.importers.rows.values import Surroundings
from slas.queries.rows import Row, key_words, own_key

MOST_ROWS = 50_000


@dataclass
class Reading:
    """The rows that can count, with the refused ones and the warnings; `refused` is the number of refused rows.

    `numbers` says in which row each key stands.
    """

    rows: list[Row] = field(default_factory=list)
    errors: list[RowProblem] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)
    refused: int = 0
    numbers: dict[Any, int] = field(default_factory=dict)


def read_rows(schema: Schema, records: Iterable[tuple[int, Mapping[str, object]]], around: Surroundings) -> Reading:
    """Read numbered records, all of them: one bad row does not hide the next.

    A row that contradicts an earlier one with the same key is refused; the same row twice is one.
    """
    reading = Reading()
    first: dict[object, tuple[int, Row]] = {}
    for number, values in records:
        row, complaints = schema.read(values, around)
        if row is not None:
            earlier, known = first.setdefault(own_key(row), (number, row))
            if known != row:
                complaints = [_contradiction(schema, row, earlier)]
        if complaints or row is None:
            reading.refused += 1
            reading.errors += _numbered(number, complaints)
        elif first[own_key(row)][0] == number:
            reading.rows.append(row)
            reading.numbers[own_key(row)] = number
            reading.warnings += _numbered(number, schema.warnings(row))
    return reading


def _contradiction(schema: Schema, row: Row, earlier: int) -> Complaint:
    return Complaint(
        schema.row.KEY[0],
        f"{key_words(row)} stands in row {earlier} with other values",
        "Keep the right one of the two.",
    )


def _numbered(number: int, complaints: Iterable[Complaint]) -> list[RowProblem]:
    return [RowProblem(number, each.field, each.what, each.to_do) for each in complaints]
