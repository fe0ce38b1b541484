"""A file that a person uploads: from hostile bytes to numbered records, or a sentence about what to do.

CSV and XLSX only, told apart by their first bytes and never by their name. Row 1 is the heading, as in a spreadsheet.
"""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

MOST_BYTES = 5_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 60
MOST_ENTRIES = 200
MOST_UNPACKED = 60_000_000
DELIMITERS = ",;\t"
ZIP = b"PK\x03\x04"
OTHER_KINDS = {
    b"PK": "an empty or broken archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)",
    b"%PDF": "a PDF",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"Rar!": "an archive",
    b"7z\xbc\xaf": "an archive",
    b"{\\rtf": "a text document",
    b"<": "a web page or XML",
}
BROKEN = (
    *(InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, NotImplementedError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, EOFError, RuntimeError),
)

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

Record = tuple[int, Mapping[str, object]]


@dataclass(frozen=True)
class RowProblem:
    """What is wrong, or odd, with one field of one numbered row; an empty field is the whole row."""

    row: int
    field: str
    what: str
    to_do: str


class UnusableFile(ValueError):
    """A file that is no such table: what is wrong, and what to do."""

    def __init__(self, what: str, to_do: str) -> None:
        super().__init__(f"{what}. {to_do}")


@dataclass(frozen=True)
class Table:
    """The columns of a file in its order, and its records by row number; blank rows are left out.

    `problems` are the rows that cannot be records.
    """

    columns: tuple[str, ...]
    records: Sequence[Record]
    problems: Sequence[RowProblem] = ()


def shown(value: object) -> str:
    """A value as a message quotes it: readable, and not long."""
    text = CONTROL.sub("\N{REPLACEMENT CHARACTER}", str(value))
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def read_table(content: bytes, *, known: Sequence[str], required: Sequence[str]) -> Table:
    """The records of a CSV or XLSX file with these columns, in any order.

    Raises UnusableFile for other kinds of file, too much, bad encodings, and unknown, missing or repeated columns.
    """
    lines = _lines(content, known)
    heading = _heading(lines)
    _check_known(heading, known)
    _check_once(heading)
    _check_required(heading, known, required)
    return _table(heading, lines)


def read_any_table(content: bytes) -> Table:
    """The records of a CSV or XLSX file whose columns its bringer explains afterwards; each has a name of its own.

    Raises UnusableFile as `read_table` does.
    """
    lines = _lines(content, ())
    heading = _heading(lines)
    nameless = [number for number, name in enumerate(heading, start=1) if not name]
    if nameless:
        raise UnusableFile(f"Column {nameless[0]} has no name", "The first row names the columns. Name each of them.")
    if len(heading) > MOST_COLUMNS:
        raise UnusableFile(f"The file has {len(heading)} columns", f"Keep at most {MOST_COLUMNS}.")
    _check_once(heading)
    return _table(heading, lines)


def _lines(content: bytes, known: Sequence[str]) -> Iterator[Sequence[object]]:
    if not content.strip():
        raise UnusableFile("The file is empty", "Upload the one that holds the rows.")
    if len(content) > MOST_BYTES:
        raise UnusableFile(f"The file has more than {MOST_BYTES // 1_000_000} MB", "Split it into parts.")
    return _lines_of_workbook(content) if content.startswith(ZIP) else _lines_of_text(content, known)


def _heading(lines: Iterator[Sequence[object]]) -> list[str]:
    heading = [str(cell).strip().lower() if cell is not None else "" for cell in next(lines, ())]
    while heading and not heading[-1]:
        heading.pop()
    return heading


def _table(heading: Sequence[str], lines: Iterator[Sequence[object]]) -> Table:
    records: list[Record] = []
    for number, cells in enumerate(islice(lines, MOST_ROWS + 1), start=2):
        if any(cell is not None and str(cell).strip() for cell in cells):
            records.append((number, _record(heading, cells)))
        if number > MOST_ROWS + 1:
            raise UnusableFile(f"The file has more than {MOST_ROWS:,} rows", "Split it into parts.")
    if not records:
        raise UnusableFile("The file has a heading and no rows", "Upload the one that holds the rows.")
    return Table(tuple(heading), records)


def _check_known(heading: Sequence[str], known: Sequence[str]) -> None:
    unknown = [name for name in heading if name not in known]
    if unknown:
        listed = ", ".join(f"“{name[:40]}”" for name in unknown[:5])
        to_do = f"The first row names the columns. Known: {', '.join(known)}."
        raise UnusableFile(f"Not known as a column: {listed}", to_do)


def _check_once(heading: Sequence[str]) -> None:
    repeated = sorted({name for name in heading if heading.count(name) > 1})
    if repeated:
        raise UnusableFile(f"Named twice: {', '.join(repeated)}", "Name each column once.")


def _check_required(heading: Sequence[str], known: Sequence[str], required: Sequence[str]) -> None:
    missing = [name for name in required if name not in heading]
    if missing:
        to_do = f"Add it to the first row. Known: {', '.join(known)}."
        raise UnusableFile(f"Missing as a column: {', '.join(missing)}", to_do)


def _record(heading: Sequence[str], cells: Sequence[object]) -> dict[str, object]:
    record: dict[str, object] = dict(zip(heading, cells, strict=False))
    for position, cell in enumerate(cells[len(heading) :], start=len(heading) + 1):
        if cell is not None and str(cell).strip():
            record[f"column {position}"] = cell
    return record


def _lines_of_text(content: bytes, known: Sequence[str]) -> Iterator[Sequence[object]]:
    kind = next((kind for start, kind in OTHER_KINDS.items() if content.startswith(start)), None)
    if kind:
        raise UnusableFile(f"This is {kind}", "Save the table as CSV UTF-8 or as XLSX and upload that.")
    text = _decode(content)
    delimiter = None
    if text[:4].lower() == "sep=" and text[4:5] in DELIMITERS:  # what Excel writes for itself
        delimiter, text = text[4], text.partition("\n")[2]
    delimiter = delimiter or _delimiter(text.partition("\n")[0], known)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnusableFile(
                f"Line {reader.line_num} is not CSV ({error})", "Save the table again as CSV UTF-8."
            ) from error
        yield [cell or None for cell in cells]


def _decode(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnusableFile(
            f"Line {line} holds bytes that are not UTF-8", "Save the table again as “CSV UTF-8”."
        ) from error
    if "\0" in text:
        raise UnusableFile("The file holds binary data", "Save the table as CSV UTF-8 or as XLSX.")
    return text


def _delimiter(heading: str, known: Sequence[str]) -> str:
    """The sign that parts the heading into the most known columns; into the most columns where none are known."""

    def recognised(sign: str) -> tuple[int, int]:
        names = [name.strip().strip('"').lower() for name in heading.split(sign)]
        return sum(name in known for name in names), 0 if known else len(names)

    return max(DELIMITERS, key=recognised)


def _lines_of_workbook(content: bytes) -> Iterator[Sequence[object]]:
    _check_archive(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # styles that we do not read
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            if len(book.worksheets) != 1:
                raise UnusableFile(
                    f"The workbook has {len(book.worksheets)} sheets", "Keep only the sheet that holds the rows."
                )
            lines = list(_cells(book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS + 2)))
    except UnusableFile:
        raise
    except BROKEN as error:
        raise UnusableFile("The workbook cannot be read", "Save it again as XLSX, or as CSV UTF-8.") from error
    yield from lines


def _cells(rows: Iterable[Iterable[object]]) -> Iterator[list[object]]:
    for row in rows:
        yield [_value(getattr(cell, "value", None)) for cell in row]


def _value(value: object) -> object:
    """A spreadsheet keeps times as parts of a day, so that seconds come out a little beside."""
    if isinstance(value, datetime):
        return (value + timedelta(milliseconds=500)).replace(microsecond=0)
    return value


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    _check_xml(archive.read(entry))
    except UnusableFile:
        raise
    except BROKEN as error:
        raise UnusableFile("The workbook is broken", "Save it again as XLSX, or as CSV UTF-8.") from error


def _check_entries(entries: Sequence[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise UnusableFile("The workbook unpacks to too much", "Keep only the sheet with the rows, or save it as CSV.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnusableFile("The workbook is protected by a password", "Save it without one.")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise UnusableFile("This is an archive, not a workbook", "Save the table as XLSX or as CSV UTF-8.")
    if any("vbaproject" in name.lower() or name.startswith("xl/externalLinks/") for name in names):
        raise UnusableFile("The workbook holds macros or links to other files", "Save it as XLSX with values only.")


def _check_xml(xml: bytes) -> None:
    """No declarations of entities, in no encoding that could hide them."""
    if b"\0" in xml or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise UnusableFile(
            "The workbook holds something that workbooks do not", "Save it again as XLSX or as CSV UTF-8."
        )
