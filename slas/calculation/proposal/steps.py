"""Levels that people know: what is proposed is one of them, rounded toward safety (calculation, section 14)."""

from bisect import bisect_left
from fractions import Fraction

from slas.calculation.rounding import share_of

_SHARES = "99.95 99.9 99.7 99.5 99 98 97 95 90 85 80 75 70 60 50 40 30 20 10 0"
_MINUTES = (5, 10, 15, 20, 30, 45)
_HOURS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 40)
_MINUTE, _HOUR = 60, 3600

# The strictest first; none leaves no room at all.
SHARE_STEPS = tuple(share_of(percent) for percent in _SHARES.split())
# In seconds, the shortest first; beyond the longest its multiples.
TIME_STEPS = (*(minutes * _MINUTE for minutes in _MINUTES), *(hours * _HOUR for hours in _HOURS))


def share_step(share: Fraction) -> Fraction:
    """The strictest known level that the share reaches: 99.12 % gives 99 %."""
    return next(step for step in SHARE_STEPS if step <= share)


def time_step(seconds: int) -> int:
    """The shortest known limit in which that time fits: 3 h 10 min gives 4 h; beyond 40 h, steps of 40 h."""
    longest = TIME_STEPS[-1]
    if seconds > longest:
        return -(-seconds // longest) * longest
    return TIME_STEPS[bisect_left(TIME_STEPS, seconds)]
