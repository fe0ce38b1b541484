"""Missing data: what is agreed about it, and what can still be said for certain (calculation, section 9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from slas.calculation.intervals import Interval, intersect, measure, union

DEFAULT_MINIMUM_COVERAGE = Fraction(95, 100)


class UnknownPolicy(Enum):
    """How time or cases without data count; agreed per target. CARRY is for time only."""

    EXCLUDE = "exclude"
    DOWN = "down"
    UP = "up"
    CARRY = "carry"


@dataclass(frozen=True)
class Evidence:
    """How complete the facts are, and the two verdicts that the missing ones leave possible.

    `coverage` is the known share of what should be known; below `minimum` there is a data gap.
    """

    coverage: Fraction
    minimum: Fraction
    met_at_worst: bool
    met_at_best: bool

    @property
    def certain(self) -> bool | None:
        """Met or missed whatever the unknown hides; None where it depends on it."""
        return self.met_at_worst if self.met_at_worst == self.met_at_best else None


def known_share(time: Iterable[Interval], silent: Iterable[Interval]) -> Fraction:
    """The part of some service time in which the source spoke; 1 where there is no time: then nothing is missing."""
    whole = tuple(union(time))
    seconds = measure(whole)
    return Fraction(seconds - measure(intersect(whole, union(silent))), seconds) if seconds else Fraction(1)
