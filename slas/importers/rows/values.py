"""One value at a time: what a cell or a JSON value may look like, and what to do when it looks different.

Values come as text from CSV and typed from spreadsheets and JSON. Blank text and None mean that nothing is said.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from catalog.importers.files import CONTROL, STEERING, shown

LARGEST = 2**63 - 1
MOST_PEOPLE = 2**31 - 1
SPREADSHEET_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
SHORTENED = re.compile(r"\d+(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)
DIGITS = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?", re.ASCII)
BOOLEANS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class Unreadable(ValueError):
    """A value that says nothing usable: what is wrong, and what to do."""

    def __init__(self, what: str, to_do: str) -> None:
        super().__init__(what)
        self.what, self.to_do = what, to_do


@dataclass(frozen=True)
class Surroundings:
    """What a value is read with: the present instant, and the zone of times without one (None: they are refused).

    `is_pushed` rows come from a program and count without a second person.
    """

    now: datetime
    zone: ZoneInfo | None = None
    is_pushed: bool = False


Reader = Callable[[object, Surroundings], Any]


def clean(value: object) -> object:
    """The value without blanks around it, None when nothing is said.

    Raises Unreadable for what a spreadsheet leaves in a broken cell.
    """
    if not isinstance(value, str):
        return value
    text = value.strip()
    if text.upper() in SPREADSHEET_ERRORS or (len(text) > 1 and set(text) == {"#"}):
        raise Unreadable(f"“{text}” is a spreadsheet's error", "Put the cell right and save the file again.")
    return text or None


def one_line(text: str) -> str:
    """What a file of somebody else says, as one line of a terminal: nothing in it moves the cursor or hides a word."""
    return STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def count(value: object, _around: Surroundings) -> int:
    """A whole number, not negative."""
    number = _number(value, "a whole number")
    if number != int(number):
        raise Unreadable(f"{shown(value)} is not whole", "Count whole units, like 1284.")
    if number < 0:
        raise Unreadable(f"{shown(value)} is not a possible count", "Write 0 or more.")
    if number > LARGEST:
        raise Unreadable(f"{shown(value)} is larger than any count", "Check the number.")
    return int(number)


def people(value: object, around: Surroundings) -> int:
    """A number of people or of answers."""
    number = count(value, around)
    if number > MOST_PEOPLE:
        raise Unreadable(f"{shown(value)} is more than there are people", "Check the number.")
    return number


def milliseconds(value: object, _around: Surroundings) -> float:
    """A response time."""
    number = _number(value, "a number of milliseconds")
    if not 0 <= number < 10**9:
        raise Unreadable(f"{shown(value)} is not a possible response time", "Write milliseconds, 0 or more.")
    return float(number)


def agreed_percent(value: object, around: Surroundings) -> Decimal:
    """A percentage with at most two decimals, as both sides agreed it."""
    _refuse_pushed(value, around)
    number = _number(value, "a percentage")
    if not 0 <= number <= 100:
        raise Unreadable(f"{shown(value)} is not a percentage", "Write 0 to 100, like 25.")
    if number != round(number, 2):
        raise Unreadable(f"{shown(value)} has more than two decimals", "Round it, like 12.25.")
    return number


def reading(value: object, _around: Surroundings) -> Decimal:
    """A value that was read, exact to three decimals."""
    number = _number(value, "a number")
    if abs(number) >= 10**12:
        raise Unreadable(f"{shown(value)} is larger than any reading", "Check the number, or send a larger unit.")
    if number != round(number, 3):
        raise Unreadable(f"{shown(value)} has more than three decimals", "Round it, or send a smaller unit.")
    return number


def _number(value: object, expected: str) -> Decimal:
    text = repr(value) if isinstance(value, float) else str(value)
    if isinstance(value, str) and SHORTENED.fullmatch(text):
        raise Unreadable(
            f"{shown(text)} was shortened by a spreadsheet",
            "Format the column as a number without decimals and save the file again.",
        )
    if isinstance(value, bool) or not isinstance(value, str | int | float) or not DIGITS.fullmatch(text):
        raise Unreadable(
            f"{shown(value)} is not {expected}", "Write digits only, like 1284: no blanks, commas or units."
        )
    return Decimal(text)


def yes_or_no(value: object, _around: Surroundings) -> bool:
    """Yes or no."""
    known = BOOLEANS.get(str(value).lower())
    if known is None:
        raise Unreadable(f"{shown(value)} is neither yes nor no", "Write yes or no.")
    return known


def one_of(numbers: Mapping[str, int]) -> Reader:
    """One of some words, or the number that stands for it."""

    def read(value: object, _around: Surroundings) -> int:
        text = str(value).lower()
        for word, number in numbers.items():
            if text in (word, str(number)) and not isinstance(value, bool | float):
                return number
        raise Unreadable(f"{shown(value)} is not known", f"Write one of: {', '.join(numbers)}.")

    return read


def words(most: int) -> Reader:
    """Text of at most so many characters; numbers of a spreadsheet are read as text."""

    def read(value: object, _around: Surroundings) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise Unreadable(f"{shown(value)} is not text", "Write text.")
        text = f"{value:.15g}" if isinstance(value, float) else str(value)
        if CONTROL.search(text):
            raise Unreadable(f"{shown(text)} holds a control character", "Remove it and save the file as UTF-8.")
        if len(text) > most:
            raise Unreadable(f"{shown(text)} has {len(text)} characters", f"Shorten it to {most} at most.")
        return text

    return read


def agreed(value: object, around: Surroundings) -> str:
    """Text about what both sides agreed."""
    _refuse_pushed(value, around)
    text: str = words(300)(value, around)
    return text


def _refuse_pushed(value: object, around: Surroundings) -> None:
    """What is agreed is brought by people, so that a second one approves it."""
    if around.is_pushed:
        raise Unreadable(
            f"{shown(value)} is agreed between people, so that a program cannot say it",
            "Leave it out: what was agreed before stays. To agree it now, enter or upload the fact in the portal.",
        )


def is_slug(text: str) -> bool:
    """Whether a text can be part of an address."""
    return re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text, re.ASCII) is not None


def slug(value: object, around: Surroundings) -> str:
    """The short name in the address of a thing."""
    text: str = words(100)(value, around)
    if not is_slug(text):
        raise Unreadable(
            f"{shown(text)} is not a name as in an address", "Use small letters, digits and single hyphens."
        )
    return text
