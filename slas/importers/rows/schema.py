"""What a kind of facts may say: its columns, and what must hold between them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.importers.files import shown
from slas.importers.rows.values import Reader, Surroundings, Unreadable, clean
from slas.queries.rows import Row


@dataclass(frozen=True)
class Column:
    """One column of a file, one field of a JSON row: how people call it, how it is read, what it means, an example.

    `explained` says line by line how it is written and what it does, where that is more than one value.
    """

    name: str
    label: str
    read: Reader
    what: str
    example: str = ""
    is_required: bool = False
    explained: tuple[str, ...] = ()


@dataclass(frozen=True)
class Complaint:
    """Something that is wrong, or odd, with one field of a row; an empty field is the whole row."""

    field: str
    what: str
    to_do: str


Checker = Callable[[Any], Iterator[Complaint]]


def nothing(_row: Any) -> Iterator[Complaint]:
    """No complaint about any row."""
    yield from ()


@dataclass(frozen=True)
class Schema:
    """One kind of facts: its row, its columns, what refuses a row and what only warns."""

    fact: str
    row: type[Row]
    columns: tuple[Column, ...]
    refusals: Checker = nothing
    warnings: Checker = nothing
    by_name: Mapping[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    def read(self, values: Mapping[str, object], around: Surroundings) -> tuple[Row | None, list[Complaint]]:
        """The row, or None and all that is wrong with it."""
        unknown = [name for name in values if name not in self.by_name]
        known = ", ".join(self.by_name)
        complaints = [
            Complaint(shown(name)[1:-1], "This field is not known", f"Leave it out. Known: {known}.")
            for name in unknown
        ]
        found: dict[str, Any] = {}
        for column in self.columns:
            try:
                self._read_column(column, values, around, found)
            except Unreadable as error:
                complaints.append(Complaint(column.name, error.what, error.to_do))
        if complaints:
            return None, complaints
        row = self.row(**found)
        complaints = list(self.refusals(row))
        return (None, complaints) if complaints else (row, [])

    def _read_column(
        self, column: Column, values: Mapping[str, object], around: Surroundings, found: dict[str, Any]
    ) -> None:
        value = clean(values.get(column.name))
        if value is not None:
            found[column.name] = column.read(value, around)
        elif column.is_required:
            example = f", like {column.example}" if column.example else ""
            raise Unreadable("This is missing", f"Write {column.what}{example}.")
