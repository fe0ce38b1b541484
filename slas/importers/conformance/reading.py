"""Read files of cases; what cannot be read is named with its file, case and field."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

# No figure needs more: 10 to the power of a million could be written in a few letters, and never be calculated with.
MOST_DIGITS = 60
_SHORT_FOR_MANY = re.compile(r"\s*[+-]?[\d_]*\.?[\d_]*e[+-]?\d{3,}\s*", re.IGNORECASE)


class UnreadableFile(ValueError):
    """A file that is not a file of cases."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}. Expected a JSON object with a list named “cases”.")


class UnreadableCase(ValueError):
    """A case that lacks something, or holds something that is not what it should be."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"field “{field}” {reason}")


@dataclass(frozen=True)
class Case:
    """One case as it was written. Numbers with a point are decimals, so that their digits are known."""

    id: str
    kind: str
    source: str
    content: Mapping[str, Any]

    def __getitem__(self, field: str) -> Any:
        """A field that must be there. Raises UnreadableCase."""
        if field not in self.content:
            raise UnreadableCase(field, "is missing")
        return self.content[field]

    def get(self, field: str) -> Any:
        """A field that may be missing or empty: None then."""
        return self.content.get(field)

    @property
    def expected(self) -> dict[str, Any]:
        """The figures to compare with; an empty one was not stated."""
        wanted = {name: value for name, value in self.content.items() if name.startswith("expected")}
        return {name: value for name, value in wanted.items() if value is not None}


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of a file, in its order. Raises UnreadableFile."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise UnreadableFile(path, f"cannot be opened ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(path, f"is not JSON ({error})") from error
    cases = content.get("cases") if isinstance(content, dict) else None
    if not isinstance(cases, list):
        raise UnreadableFile(path, "holds no list of cases")
    for number, entry in enumerate(cases, start=1):
        if not isinstance(entry, dict) or not isinstance(entry.get("kind"), str):
            raise UnreadableFile(path, f"case {number} is not an object with a “kind”")
        yield Case(str(entry.get("id", f"case {number}")), entry["kind"], _source(entry.get("source")), entry)


def refuse_endless(content: Mapping[str, Any]) -> None:
    """Raises UnreadableCase where a case says a number that is none, or has more digits than any figure."""
    waiting: list[tuple[str, Any]] = list(content.items())
    while waiting:
        field, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(f"{field}.{name}", each) for name, each in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{field}[{at}]", each) for at, each in enumerate(value)]
        elif isinstance(value, str) and _SHORT_FOR_MANY.fullmatch(value):
            raise UnreadableCase(field, f"has more than {MOST_DIGITS} digits")
        elif isinstance(value, float | Decimal):
            _refuse_number(field, Decimal(value))


def _refuse_number(field: str, number: Decimal) -> None:
    if not number.is_finite():
        raise UnreadableCase(field, f"is {number}, which is no number")
    if max(abs(number.adjusted()), abs(int(number.as_tuple().exponent))) > MOST_DIGITS:
        raise UnreadableCase(field, f"has more than {MOST_DIGITS} digits")


def whole_number(case: Case, field: str, most: int) -> int:
    """A whole number from 0 to the most. Raises UnreadableCase."""
    number = case[field]
    if type(number) is not int or not 0 <= number <= most:
        raise UnreadableCase(field, f"is not a whole number from 0 to {most:,}")
    return number


def _source(source: Any) -> str:
    """Where a case comes from, in one line."""
    if isinstance(source, dict):
        return ", ".join(str(value) for value in source.values())
    return str(source or "source not stated")
