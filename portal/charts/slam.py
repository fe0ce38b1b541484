"""The twelve-month chart of all promises of a review: a real table, so that page, paper and screen reader get the same.

It is written as text and not drawn by a template, because a chart of many promises is mostly cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from portal.charts.marks import status_mark


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


def slam_body(rows: Sequence[SlamRow], *, words: Mapping[str, str], mark_size: float = 18, linked: bool = True) -> str:
    """The table's body. `words` gives each status letter its word in the reader's language.

    A cell without an address is plain text; on paper (not `linked`) every cell is.
    """
    return f"<tbody>{''.join(_row(row, words, mark_size, linked) for row in rows)}</tbody>"


def _row(row: SlamRow, words: Mapping[str, str], mark_size: float, linked: bool) -> str:
    head = f'<th scope="row">{escape(row.name)}<small>{escape(row.target)}</small></th>'
    return f"<tr>{head}{''.join(_cell(cell, words, mark_size, linked) for cell in row.cells)}</tr>"


def _cell(cell: SlamCell, words: Mapping[str, str], mark_size: float, linked: bool) -> str:
    mark = status_mark(cell.letter, size=mark_size, title=words[cell.letter])
    figure = f' data-figure="{escape(cell.figure)}"' if cell.figure else ""
    inside = f"{mark}<span{figure}>{escape(cell.value)}</span>"
    if cell.url and linked:
        inside = f'<a class="p-cell" href="{escape(cell.url)}">{inside}</a>'
    else:
        inside = f'<span class="p-cell">{inside}</span>'
    return f'<td class="p-is-{cell.letter}">{inside}</td>'
