"""Exact values, shown rounded toward failure, so that print never contradicts the verdict (calculation, section 12)."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction

from slas.calculation.errors import BadThreshold


class Better(Enum):
    """Which way a value is good."""

    MORE = "more"
    LESS = "less"


def share_of(percent: str | Decimal) -> Fraction:
    """An agreed percentage, a decimal or its text, as an exact share: `99.5` is 199/200. Raises BadThreshold."""
    try:
        value = Decimal(percent)
    except InvalidOperation as error:
        raise BadThreshold(str(percent)) from error
    if not value.is_finite() or not 0 <= value <= 100:
        raise BadThreshold(str(percent))
    return Fraction(value) / 100


def shown(value: Fraction, places: int, better: Better = Better.MORE) -> str:
    """The value with so many decimals: rounded down where more is better, up where less is better."""
    return f"{_quantize(value, places, ROUND_FLOOR if better is Better.MORE else ROUND_CEILING):f}"


def shown_percent(share: Fraction, places: int, better: Better = Better.MORE) -> str:
    """A share as a percentage; `100` is printed only for exactly 100, and then without decimals.

    What would be rounded up to 100 is shown with as many more decimals as it takes.
    """
    if share == 1:
        return "100"
    text = shown(share * 100, places, better)
    return shown_percent(share, places + 1, better) if share < 1 and Decimal(text) == 100 else text


def shown_half_up(value: Fraction, places: int) -> str:
    """The value as others round it: to the nearest, and up from half of the last place."""
    return f"{_quantize(value, places, ROUND_HALF_UP):f}"


def half_up_percent(share: Fraction, places: int) -> str:
    """A share as a percentage as others round it; exactly 100 without decimals, as everywhere."""
    return "100" if share == 1 else shown_half_up(share * 100, places)


def shown_money(amount: Fraction, places: int = 2) -> str:
    """An amount of money, rounded half-even once, at the end."""
    return f"{_quantize(amount, places, ROUND_HALF_EVEN):f}"


def _quantize(value: Fraction, places: int, rounding: str) -> Decimal:
    """Exact: the division is done in integers, so no binary or decimal approximation can cross a boundary."""
    whole, rest = divmod(value.numerator * 10**places, value.denominator)
    if rounding == ROUND_CEILING and rest:
        whole += 1
    if rounding == ROUND_HALF_UP and 2 * rest >= value.denominator:
        whole += 1
    if rounding == ROUND_HALF_EVEN and (2 * rest > value.denominator or (2 * rest == value.denominator and whole % 2)):
        whole += 1
    return Decimal(whole).scaleb(-places)
