"""Tables of text, row by row: what cannot be read is named by row and field, and nothing else is lost."""

import csv
import gzip
import io
import zlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from itertools import chain
from pathlib import Path
from typing import Generic, TextIO, TypeVar

from catalog.importers.files import CONTROL
from portal.language.numbers import and_list
from slas.importers.rows.times import EARLIEST, LATEST
from slas.importers.rows.values import LARGEST, is_slug

T = TypeVar("T")
Row = Mapping[str, str]
_GZIP = b"\x1f\x8b"


class UnreadableTable(ValueError):
    """A file that is no table of the expected columns."""


class FieldError(ValueError):
    """A field of one row that cannot be used."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class RowError:
    """What is wrong with which field of which row; the header is row 1."""

    row: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.field}: {self.message}"


@dataclass(frozen=True)
class Parsed(Generic[T]):
    """The rows that could be read, and the errors of the others."""

    items: tuple[T, ...]
    errors: tuple[RowError, ...]


def read_file(path: Path, columns: Iterable[str]) -> list[tuple[int, Row]]:
    """Numbered rows of a CSV file, plain or compressed with gzip. Raises UnreadableTable."""
    try:
        content = path.read_bytes()
        text = (gzip.decompress(content) if content.startswith(_GZIP) else content).decode("utf-8-sig")
        return list(read_rows(io.StringIO(text, newline=""), columns))
    except OSError as error:
        raise UnreadableTable(f"{path} cannot be opened: {error.strerror or error}") from error
    except (EOFError, zlib.error, UnicodeDecodeError, csv.Error, UnreadableTable) as error:
        raise UnreadableTable(f"{path} is no such table: {error}") from error


def read_rows(stream: TextIO, columns: Iterable[str]) -> Iterator[tuple[int, Row]]:
    """Numbered rows of a CSV stream that must have the named columns. Raises UnreadableTable."""
    reader = csv.DictReader(stream, restval="")
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise UnreadableTable(f"the columns {', '.join(missing)} are missing")
    for number, row in enumerate(reader, start=2):
        yield number, {field: value.strip() for field, value in row.items() if field is not None}


def parse(rows: Iterable[tuple[int, Row]], parse_one: Callable[[Row], T]) -> Parsed[T]:
    """Read each row; one that raises FieldError becomes a RowError and the rest goes on."""
    items: list[T] = []
    errors: list[RowError] = []
    for number, row in rows:
        try:
            items.append(parse_one(row))
        except FieldError as error:
            errors.append(RowError(number, error.field, str(error)))
    return Parsed(tuple(items), tuple(errors))


def parse_agreeing(
    rows: Iterable[tuple[int, Row]],
    parse_one: Callable[[Row], T],
    *,
    key: Callable[[T], Hashable],
    says: Callable[[T], Hashable],
    field: str,
) -> Parsed[T]:
    """The same, where rows of one key must say one thing: of those that do not none is used, and each is named.

    `field` says in the file's words what they disagree about.
    """
    rows = list(rows)
    parsed = parse(rows, parse_one)
    unusable = {error.row for error in parsed.errors}
    numbers = [number for number, _row in rows if number not in unusable]
    said: dict[Hashable, dict[Hashable, list[int]]] = defaultdict(dict)
    for number, item in zip(numbers, parsed.items, strict=True):
        said[key(item)].setdefault(says(item), []).append(number)
    odd = {known: values for known, values in said.items() if len(values) > 1}
    errors = [
        RowError(number, field, _disagreement(sorted(set(chain.from_iterable(values.values())) - set(same))))
        for values in odd.values()
        for same in values.values()
        for number in same
    ]
    kept = tuple(item for item in parsed.items if key(item) not in odd)
    return Parsed(kept, tuple(sorted((*parsed.errors, *errors), key=lambda error: error.row)))


def _disagreement(others: Sequence[int]) -> str:
    """What a row is told of those that say something else."""
    which = f"row {others[0]} says" if len(others) == 1 else f"rows {and_list([str(row) for row in others])} say"
    return f"{which} something else about the same; keep the right one"


def text(row: Row, field: str, most: int) -> str:
    """A text of at most so many characters, which may be empty. Raises FieldError."""
    value = row[field]
    if CONTROL.search(value):
        raise FieldError(field, "holds a control character; remove it")
    if len(value) > most:
        raise FieldError(field, f"has {len(value)} characters; shorten it to {most} at most")
    return value


def required(row: Row, field: str, most: int) -> str:
    """A text that must be there, of at most so many characters. Raises FieldError."""
    if not row[field]:
        raise FieldError(field, "is empty")
    return text(row, field, most)


def address(row: Row, field: str, most: int) -> str:
    """A short name that becomes part of an address. Raises FieldError."""
    value = required(row, field, most)
    if not is_slug(value):
        raise FieldError(field, f"“{value}” is no name as in an address; use small letters, digits and single hyphens")
    return value


def instant(row: Row, field: str) -> int | None:
    """UTC seconds of a time with its offset, such as 2026-05-10T18:25:50Z; None when empty. Raises FieldError."""
    if not row[field]:
        return None
    try:
        at = datetime.fromisoformat(row[field])
    except ValueError as error:
        raise FieldError(field, f"“{row[field]}” is not a time such as 2026-05-10T18:25:50Z") from error
    if at.tzinfo is None:
        raise FieldError(field, f"“{row[field]}” names no zone; end it with Z for UTC")
    if not EARLIEST.timestamp() <= at.timestamp() < LATEST.timestamp():
        raise FieldError(field, f"“{row[field]}” is before {EARLIEST.year} or far ahead; check the year")
    return int(at.timestamp())


def required_instant(row: Row, field: str) -> int:
    """A time that must be there. Raises FieldError."""
    at = instant(row, field)
    if at is None:
        raise FieldError(field, "is empty")
    return at


def number(row: Row, field: str) -> Decimal | None:
    """A decimal number; None when empty. Raises FieldError."""
    if not row[field]:
        return None
    try:
        value = Decimal(row[field])
    except InvalidOperation as error:
        raise FieldError(field, f"“{row[field]}” is not a number such as 0.95") from error
    if not value.is_finite():
        raise FieldError(field, f"“{row[field]}” is not a number such as 0.95")
    return value


def count(row: Row, field: str) -> int | None:
    """A whole number from zero; None when empty. Raises FieldError."""
    value = number(row, field)
    if value is None:
        return None
    if not 0 <= value <= LARGEST or value != value.to_integral_value():
        raise FieldError(field, f"“{row[field]}” is not a count; write a whole number from 0 to {LARGEST}")
    return int(value)
