"""Our figures beside the expected ones: each knows when it is the same, and how it is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from slas.calculation.intervals import Interval
from slas.calculation.rounding import shown, shown_half_up
from slas.importers.conformance.calendars import Clock

# With more decimals than this a number is a binary one as it was printed, and is compared as such.
MOST_DECIMALS = 10
BINARY = Fraction(1, 10**9)


class Figure(Protocol):
    """One figure of ours."""

    def matches(self, expected: Any) -> bool:
        """Whether the expected figure is the same."""

    def __str__(self) -> str: ...


@dataclass(frozen=True)
class Plain:
    """A count, a number of seconds, a yes or no, a date."""

    value: int | bool | str

    def matches(self, expected: Any) -> bool:
        return bool(self.value == expected)

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True)
class At:
    """An instant."""

    instant: int
    clock: Clock

    def matches(self, expected: Any) -> bool:
        return self.clock.same(self.instant, expected)

    def __str__(self) -> str:
        return self.clock.shows(self.instant)


@dataclass(frozen=True)
class Pieces:
    """Stretches of time, in order."""

    pieces: Sequence[Interval]
    clock: Clock

    def matches(self, expected: Any) -> bool:
        edges = [edge for pair in expected for edge in pair]
        ours = [edge for piece in self.pieces for edge in piece]
        return len(edges) == len(ours) and all(map(self.clock.same, ours, edges))

    def __str__(self) -> str:
        return ", ".join(f"{self.clock.shows(start)} to {self.clock.shows(end)}" for start, end in self.pieces)


@dataclass(frozen=True)
class Names:
    """Names in order."""

    names: tuple[str, ...]

    def matches(self, expected: Any) -> bool:
        return list(self.names) == expected

    def __str__(self) -> str:
        return ", ".join(self.names) or "none"


@dataclass(frozen=True)
class Number:
    """An exact number, compared with as many decimals as the expected one has (or as it says it has).

    Rounded toward failure, or half up under that convention; None where there is no figure.
    """

    value: Fraction | None
    half_up: bool = False
    places: int | None = None

    def matches(self, expected: Any) -> bool:
        if self.value is None:
            return False
        stated = Decimal(expected)
        places = max(0, -int(stated.as_tuple().exponent))
        if places > MOST_DECIMALS:
            return abs(Fraction(stated) - self.value) <= BINARY
        places = places if self.places is None else self.places
        told = shown_half_up(self.value, places) if self.half_up else shown(self.value, places)
        return Decimal(told) == stated

    def __str__(self) -> str:
        return "no figure" if self.value is None else shown(self.value, MOST_DECIMALS)


@dataclass(frozen=True)
class Least:
    """A number for each name, of which at least so much is expected; rounded half up to the decimals of that."""

    values: Mapping[str, Fraction]

    def matches(self, expected: Any) -> bool:
        same_names = isinstance(expected, dict) and set(expected) == set(self.values)
        return same_names and all(self._reaches(name, Decimal(wanted)) for name, wanted in expected.items())

    def _reaches(self, name: str, wanted: Decimal) -> bool:
        step = Fraction(1, 10 ** max(0, -int(wanted.as_tuple().exponent)))
        return (self.values[name] + step / 2) // step * step >= Fraction(wanted)

    def __str__(self) -> str:
        return ", ".join(f"{name} {shown(value, 2)}" for name, value in self.values.items())


@dataclass(frozen=True)
class Numbers:
    """A number for each name; all names are wanted."""

    values: Mapping[str, Fraction]

    def matches(self, expected: Any) -> bool:
        same_names = isinstance(expected, dict) and set(expected) == set(self.values)
        return same_names and all(Number(self.values[name]).matches(wanted) for name, wanted in expected.items())

    def __str__(self) -> str:
        return ", ".join(f"{name} {Number(value)}" for name, value in self.values.items())
