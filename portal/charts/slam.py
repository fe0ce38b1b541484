"""The twelve-month chart of all promises of a review: a real table, so that page, paper and screen reader get the same.

It is written as text and not drawn by a template, because a chart of many promises is mostly cells.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from portal.charts.marks import status_mark

SHORT = 6  # letters that a twelfth of the paper's width beside the names holds


@dataclass(frozen=True)
class SlamCell:
    """One month of one promise: status letter, value in the promise's own unit (99.3, 31/31), where it leads.

    `figure` is the name of the figure that the value is, so that a reader of the page can tell figures from words.
    """

    letter: str
    value: str
    url: str = ""
    figure: str = ""


@dataclass(frozen=True)
class SlamRow:
    """One promise: its name, what was promised, and its months, oldest first."""

    name: str
    target: str
    cells: Sequence[SlamCell]


def slam_body(
    rows: Sequence[SlamRow], *, words: Mapping[str, str], mark_size: float = 18, on_paper: bool = False
) -> str:
    """The table's body. `words` gives each status letter its word in the reader's language.

    A cell without an address is plain text. On paper a cell holds nothing but mark, value and link: each box more
    takes as long to lay out as the value itself.
    """
    cell_of = _paper_cell if on_paper else _cell
    letters = {cell.letter for row in rows for cell in row.cells}
    marks = {letter: status_mark(letter, size=mark_size, title=words[letter]) for letter in letters}
    return f"<tbody>{''.join(_row(row, marks, cell_of) for row in rows)}</tbody>"


def has_short_values(rows: Sequence[SlamRow]) -> bool:
    """Whether each value fits a month's column when all of them have the same width."""
    return all(len(cell.value) <= SHORT for row in rows for cell in row.cells)


def _row(row: SlamRow, marks: Mapping[str, str], cell_of: Callable[[SlamCell, str], str]) -> str:
    head = f'<th scope="row">{escape(row.name)}<small>{escape(row.target)}</small></th>'
    return f"<tr>{head}{''.join(cell_of(cell, marks[cell.letter]) for cell in row.cells)}</tr>"


def _cell(cell: SlamCell, mark: str) -> str:
    figure = f' data-figure="{escape(cell.figure)}"' if cell.figure else ""
    inside = f"{mark}<span{figure}>{escape(cell.value)}</span>"
    if cell.url:
        inside = f'<a class="p-cell" href="{escape(cell.url)}">{inside}</a>'
    else:
        inside = f'<span class="p-cell">{inside}</span>'
    return f'<td class="p-is-{cell.letter}">{inside}</td>'


def _paper_cell(cell: SlamCell, mark: str) -> str:
    inside = f"{mark}{escape(cell.value)}"
    if cell.url:
        inside = f'<a class="p-cell" href="{escape(cell.url)}">{inside}</a>'
    return f'<td class="p-is-{cell.letter}">{inside}</td>'
