"""Tables for spreadsheets, whose text can never be run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

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
