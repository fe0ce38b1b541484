"""Levels from measured months (calculation, section 14).

Months are taken as exchangeable: the next is as likely to be the worst as any other. No distribution is assumed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from slas.calculation.errors import TooFewMonths
from slas.calculation.proposal.confidence import misses_in_a_year, whole_percent
from slas.calculation.proposal.steps import share_step
from slas.calculation.rounding import Better

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
        return whole_percent(self.confidence)

    @property
    def misses_a_year(self) -> Fraction:
        """Expected misses in twelve months."""
        return misses_in_a_year(self.confidence)


def propose(values: Iterable[Fraction], level: Fraction, better: Better = Better.MORE) -> Proposal:
    """How a level would have done; what is equal to it keeps it. Raises TooFewMonths below three."""
    measured = _enough(tuple(values))
    is_more = better is Better.MORE
    kept = sum(value >= level if is_more else value <= level for value in measured)
    return Proposal(level, kept, len(measured))


def propose_each(values: Iterable[Fraction], levels: Iterable[Fraction]) -> tuple[Proposal, ...]:
    """How each level would have done, the strictest first. Raises TooFewMonths below three."""
    measured = _enough(tuple(values))
    return tuple(propose(measured, level) for level in sorted(levels, reverse=True))


def propose_safe(values: Iterable[Fraction], also: Iterable[Fraction] = ()) -> tuple[Proposal, ...]:
    """Each measured month, rounded toward safety to a level that people know, and levels that are asked for besides.

    The strictest first; the level of the worst month is the safest. A level that stands for several months has the
    confidence of the worst of them. Raises TooFewMonths below three.
    """
    measured = _enough(tuple(values))
    return propose_each(measured, {*map(share_step, measured), *also})


def propose_numbers(numbers: Iterable[int], also: Iterable[int] = ()) -> tuple[Proposal, ...]:
    """Each number of a measured month as the most that is promised, and numbers that are asked for besides.

    The strictest first; the number of the worst month is the safest. Raises TooFewMonths below three.
    """
    measured = _enough([Fraction(number) for number in numbers])
    levels = sorted({*measured, *map(Fraction, also)})
    return tuple(propose(measured, level, Better.LESS) for level in levels)


def _enough(values: Sequence[Fraction]) -> Sequence[Fraction]:
    if len(values) < FEWEST_MONTHS:
        raise TooFewMonths(FEWEST_MONTHS, len(values))
    return values
