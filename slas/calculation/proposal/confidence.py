"""How sure something is: always rounded down, so that nothing is claimed too much (calculation, section 14)."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Context
from fractions import Fraction

from slas.calculation.errors import BadConfidence

MONTHS_A_YEAR = 12
# Tails are added with sixty digits, each step rounded against whoever makes the claim: up where what is added may not
# grow too large, down where it must be large enough.
_LARGEST = 10**15
UPWARD = Context(prec=60, rounding=ROUND_CEILING, Emin=-_LARGEST, Emax=_LARGEST)
DOWNWARD = Context(prec=60, rounding=ROUND_FLOOR, Emin=-_LARGEST, Emax=_LARGEST)


def whole_percent(confidence: Fraction) -> int:
    """Confidence in whole percent, rounded down."""
    return int(confidence * 100)


def misses_in_a_year(confidence: Fraction) -> Fraction:
    """Expected misses in twelve months, each of which is kept with that confidence."""
    return MONTHS_A_YEAR * (1 - confidence)


def open_to_doubt(confidence: Fraction) -> Fraction:
    """1 - confidence. Raises BadConfidence unless it lies between 0 and 1: certainty needs no statistics."""
    if not 0 < confidence < 1:
        raise BadConfidence(confidence)
    return 1 - confidence
