"""Tables for spreadsheets, whose text can never be run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

# What spreadsheets take as the start of a formula, plain and in full-width forms.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def guarded(value: object) -> object:
    """Text that starts like a formula, blanks apart, gets an apostrophe; numbers stay numbers."""
    if isinstance(value, str) and (value.startswith(("\t", "\r", "\n")) or value.strip().startswith(FORMULA)):
        return f"'{value}"
    return value


def unguarded(text: str) -> str:
    """Text as it was before `guarded`: a file that was written here can be read here again."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def csv_of(heading: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """A CSV file, with each cell quoted and guarded."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(heading)
    writer.writerows([[guarded(cell) for cell in line] for line in lines])
    return text.getvalue()


def csv_file(text: str) -> bytes:
    """The same as a file: the mark at its start tells spreadsheets in which letters it is written."""
    return text.encode("utf-8-sig")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its name, its heading, its lines, and how wide its columns are, in letters."""

    name: str
    heading: Sequence[str]
    lines: Iterable[Sequence[object]]
    widths: Sequence[int] = ()


def xlsx_of(*sheets: Sheet) -> bytes:
    """A workbook. Texts are kept letter by letter, but for signs that no workbook can hold; none becomes a formula."""
    book = Workbook(write_only=True)
    for each in sheets:
        page = book.create_sheet(each.name)
        page.freeze_panes = "A2"
        for place, width in enumerate(each.widths):
            page.column_dimensions[chr(ord("A") + place)].width = width
        for number, line in enumerate(chain([each.heading], each.lines)):
            page.append([_cell(page, value, is_bold=number == 0) for value in line])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(page: Any, value: Any, *, is_bold: bool) -> Any:
    if isinstance(value, str):
        cell = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"
    else:
        cell = WriteOnlyCell(page, value=value)
    if is_bold:
        cell.font = Font(bold=True)
    return cell
