"""The catalogue as a table, as filters, words and order leave it."""

from collections.abc import Iterable, Iterator

from portal.exports import Sheet, csv_of, xlsx_of
from reporting.queries.services import Entry

COLUMNS = (
    "heading",
    "service",
    "what_it_does",
    "who_uses_it",
    "kind",
    "stage",
    "last_month",
    "price",
    "level",
    "yours",
)


def services_csv(*, entries: Iterable[Entry]) -> str:
    """A line each service, in the order of the list; texts cannot be read as formulas by a spreadsheet."""
    return csv_of(COLUMNS, _lines(entries))


def services_xlsx(*, entries: Iterable[Entry]) -> bytes:
    """The same table as a workbook, letter by letter."""
    return xlsx_of(Sheet("Services", COLUMNS, _lines(entries), widths=(24, 34, 60, 28, 14, 12, 18, 18, 18, 8)))


def _lines(entries: Iterable[Entry]) -> Iterator[tuple[str, ...]]:
    return (
        (
            entry.line,
            entry.name,
            entry.description,
            entry.used_by,
            entry.kind,
            entry.stage,
            entry.mark.words,
            entry.price,
            entry.level,
            "yes" if entry.is_yours else "no",
        )
        for entry in entries
    )
