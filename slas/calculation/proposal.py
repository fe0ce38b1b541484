"""What could be promised, from months that were measured (calculation, section 14).

Months are taken as exchangeable: the next is as likely to be the worst as any other. No distribution is assumed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from slas.calculation.errors import TooFewMonths

FEWEST_MONTHS = 3


@dataclass(frozen=True)
class Proposal:
    """A level, in how many of the measured months it was kept, and how sure the next month is to keep it."""

    level: Fraction
    kept: int
    months: int

    @property
    def confidence(self) -> Fraction:
        """Kept k of n: the next month keeps it with confidence k/(n+1); the worst month itself, n/(n+1)."""
        return Fraction(self.kept, self.months + 1)

    @property
    def confidence_percent(self) -> int:
        """Confidence in whole percent, rounded down."""
        return int(self.confidence * 100)

    @property
    def misses_a_year(self) -> Fraction:
        """Expected misses in twelve months."""
        return 12 * (1 - self.confidence)


def propose(values: Iterable[Fraction], level: Fraction) -> Proposal:
    """How a level would have done; more is better. Raises TooFewMonths below three."""
    measured = _enough(tuple(values))
    return Proposal(level, sum(value >= level for value in measured), len(measured))


def propose_each(values: Iterable[Fraction], levels: Iterable[Fraction]) -> tuple[Proposal, ...]:
    """How each level would have done, the strictest first. Raises TooFewMonths below three."""
    measured = _enough(tuple(values))
    return tuple(propose(measured, level) for level in sorted(levels, reverse=True))


def safe_level(values: Iterable[Fraction], step: Fraction) -> Proposal:
    """The worst month, rounded toward safety (down) to a human step such as 1/1000. Raises TooFewMonths below three."""
    measured = _enough(tuple(values))
    return propose(measured, min(measured) // step * step)


def _enough(values: Sequence[Fraction]) -> Sequence[Fraction]:
    if len(values) < FEWEST_MONTHS:
        raise TooFewMonths(FEWEST_MONTHS, len(values))
    return values
