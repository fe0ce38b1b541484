"""An uploaded file is checked as a whole before anything counts."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from catalog.importers.files import RowProblem, read_table
from slas.importers.rows.kinds import SCHEMAS
from slas.importers.rows.reading import Reading, read_rows
from slas.importers.rows.stored import compare_with_stored
from slas.importers.rows.values import Surroundings
from slas.models import Measure
from slas.queries.rows import Row

MOST_KEPT = 1_000


@dataclass(frozen=True)
class Checked:
    """The rows that can count, and what their batch keeps about the others."""

    rows: Sequence[Row]
    outcome: dict[str, Any]


def check_file(*, measure: Measure, content: bytes, fact: str, around: Surroundings, is_whole: bool) -> Checked:
    """Read a file of one kind of facts for a measure. With `is_whole` no row can count when one is refused.

    Raises UnusableFile for a file that is no such table.
    """
    schema = SCHEMAS[fact]
    required = [column.name for column in schema.columns if column.is_required]
    table = read_table(content, known=list(schema.by_name), required=required)
    reading = read_rows(schema, table.records, around)
    compare_with_stored(reading, measure=measure, is_pushed=around.is_pushed)
    rows = [] if is_whole and reading.refused else reading.rows
    return Checked(rows, outcome_of(reading))


def outcome_of(reading: Reading) -> dict[str, Any]:
    """What a batch keeps about refused rows and warnings: their number, and the first thousand in words."""
    return {
        "refused": reading.refused,
        "errors": _kept(reading.errors),
        "warnings": _kept(reading.warnings),
    }


def _kept(problems: Sequence[RowProblem]) -> list[dict[str, Any]]:
    return [asdict(problem) for problem in problems[:MOST_KEPT]]
