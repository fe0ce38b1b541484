"""The fields of an object, each with where it stands; what nobody asks for is told at the end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from catalog.importers.files import shown

MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong, not understood, or understood otherwise: in which document, at which path."""

    document: int
    path: str
    what: str
    to_do: str


@dataclass
class Report:
    """All that is told of a file: `problems` refuse it, `notes` say what of it is lost or becomes something else."""

    problems: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


class Part:
    """A mapping of the file. Each way to read a field tells a problem where the field cannot be used."""

    def __init__(self, body: Mapping[Any, Any], *, document: int, path: str, report: Report) -> None:
        self.body, self.document, self.path, self.report = body, document, path, report
        self.taken: set[str] = set()

    def at(self, name: str) -> str:
        """The path of a field."""
        return f"{self.path}.{name}" if self.path else name

    def problem(self, name: str, what: str, to_do: str) -> None:
        """Refuse the file for a field."""
        self.report.problems.append(Remark(self.document, self.at(name) if name else self.path, what, to_do))

    def note(self, name: str, what: str, to_do: str) -> None:
        """Tell what becomes of a field."""
        self.report.notes.append(Remark(self.document, self.at(name) if name else self.path, what, to_do))

    def value(self, name: str) -> Any:
        """The field as it is; None where it is missing."""
        self.taken.add(name)
        return self.body.get(name)

    def text(self, name: str, most: int, *, is_required: bool = False) -> str:
        """A text of at most so many characters; empty where there is none."""
        value = self.value(name)
        if value is None:
            if is_required:
                self.problem(name, "This is missing", "Write it as OpenSLO asks for it.")
            return ""
        if not isinstance(value, str):
            self.problem(name, f"{shown(value)} is not text", "Put it between quotation marks.")
            return ""
        text = " ".join(value.split()) if name != "description" else value.strip()
        if len(text) > most:
            self.problem(name, f"{shown(text)} has {len(text)} characters", f"Shorten it to {most} at most.")
        return text[:most]

    def number(self, name: str) -> Decimal | None:
        """A number of digits that can be kept exactly."""
        value = self.value(name)
        if value is None:
            return None
        number = Decimal(repr(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None
        if number is None or not number.is_finite() or abs(number) >= 10**12 or len(f"{number:f}") > MOST_DIGITS + 5:
            self.problem(name, f"{shown(value)} is not a number that can be promised", "Write digits, like 99.5.")
            return None
        return number

    def flag(self, name: str) -> bool | None:
        """True or false."""
        value = self.value(name)
        if value is not None and not isinstance(value, bool):
            self.problem(name, f"{shown(value)} is neither true nor false", "Write one of them.")
            return None
        return value

    def instant(self, name: str) -> datetime | None:
        """A local time without a zone, as OpenSLO writes it."""
        value = self.value(name)
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                value = None
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, datetime.min.time())
        if isinstance(value, datetime):
            return value
        self.problem(name, "This is no time", "Write it like 2026-01-01 00:00:00, without a zone.")
        return None

    def part(self, name: str) -> "Part | None":
        """The mapping in a field; None where it is missing or no mapping."""
        value = self.value(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.problem(name, f"{shown(value)} has no fields", "Write fields under it.")
            return None
        return Part(value, document=self.document, path=self.at(name), report=self.report)

    def parts(self, name: str) -> list["Part"]:
        """The mappings of a list."""
        value = self.value(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.problem(name, "This is no list of objects", "Begin each with a hyphen.")
            return []
        place = self.at(name)
        return [
            Part(each, document=self.document, path=f"{place}[{position}]", report=self.report)
            for position, each in enumerate(value)
        ]

    def leave(self, names: Mapping[str, str]) -> None:
        """Take fields that are not kept, and say why not; the values themselves are never repeated."""
        for name, why in names.items():
            if self.value(name) not in (None, {}, []):
                self.note(name, why, "")

    def rest(self) -> Iterator[str]:
        """The fields that nobody asked for."""
        for name in self.body:
            if name not in self.taken:
                yield str(name)[:60]

    def end(self) -> None:
        """Say of each field that nobody asked for that it is lost."""
        for name in self.rest():
            self.note(name, "This is not understood and not kept", "")
