"""Bands of credits as people write them, a row each, and what is wrong with a row (calculation, section 15)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from portal.language import currencies
from slas.calculation.credits import CreditBand, CreditScale, CreditUnit
from slas.calculation.rounding import Better

MOST = Decimal(100)


@dataclass(frozen=True)
class Promised:
    """What the bands of one promise lie below: a percentage, or a number that is not to be passed."""

    level: Decimal
    is_number: bool = False

    @property
    def better(self) -> Better:
        """Which way its values are good."""
        return Better.LESS if self.is_number else Better.MORE

    @property
    def sign(self) -> str:
        """What stands behind a value."""
        return "" if self.is_number else " %"

    def say(self, value: Decimal) -> str:
        """A bound as people write it: `99.5 %`, `2`."""
        return f"{_bare(value)}{self.sign}"

    def exact(self, value: Decimal) -> Fraction:
        """A bound as figures are: a share, or a number."""
        return Fraction(value) if self.is_number else Fraction(value) / 100


@dataclass(frozen=True)
class BandRow:
    """One row: from, to, and what a value between them is worth. Without an end a band of percentages reaches up to the
    promise, whatever that becomes, and one of numbers has none.

    Percentages run from one bound up to but not with the other; of numbers the higher bound belongs to the band.
    """

    place: int
    low: Decimal
    high: Decimal | None
    credit: Decimal


@dataclass(frozen=True)
class BandProblem:
    """What is wrong with one field of one row, and what to do."""

    place: int
    field: str
    words: str


def band_problems(
    rows: Sequence[BandRow], promised: Promised, unit: CreditUnit, places: int = currencies.MOST
) -> list[BandProblem]:
    """Everything that is wrong with the bands of one promise: bounds and credits out of range, credits of more decimals
    than `places`, bands that hold nothing, gaps, overlaps, and ends that are not those of the promise. None: `scale_of`
    takes them.
    """
    ended = [_ended(row, promised) for row in rows]
    found = [problem for row in ended for problem in _own(row, promised, unit, places)]
    if found or not rows:
        return found
    ordered = sorted(ended, key=lambda row: row.low)
    return [*_first(ordered[0], promised), *_joints(ordered, promised), *_last(ordered[-1], promised)]


def scale_of(rows: Sequence[BandRow], promised: Promised, unit: CreditUnit) -> CreditScale:
    """The bands as credits are calculated from them. Raises BadBands."""
    bands = (
        CreditBand(
            promised.exact(row.low),
            None if row.high is None else promised.exact(row.high),
            Fraction(row.credit) / unit.divisor,
        )
        for row in (_ended(each, promised) for each in rows)
    )
    return CreditScale(promised.exact(promised.level), tuple(bands), promised.better)


def bands_below(rows: Sequence[BandRow], promised: Promised) -> list[BandRow]:
    """The bands as they would be below another promise of their kind: the one next to it reaches up to it, and those
    that lie wholly on its better side fall away.
    """
    if promised.is_number:
        left = sorted((row for row in rows if row.high is None or row.high > promised.level), key=lambda row: row.low)
        return [replace(left[0], low=promised.level), *left[1:]] if left else []
    left = sorted((row for row in rows if row.low < promised.level), key=lambda row: row.low)
    return [*left[:-1], replace(left[-1], high=None)] if left else []


def band_words(low: Decimal, high: Decimal | None, promised: Promised) -> str:
    """Which values a band holds: `from 97 % to below 99 %`, `below 97 %`, `more than 2, up to 4`, `more than 4`."""
    if promised.is_number:
        return f"more than {_bare(low)}" + ("" if high is None else f", up to {_bare(high)}")
    upper = promised.level if high is None else high
    return f"from {_bare(low)} % to below {_bare(upper)} %" if low else f"below {_bare(upper)} %"


def _ended(row: BandRow, promised: Promised) -> BandRow:
    return replace(row, high=promised.level) if row.high is None and not promised.is_number else row


def _own(row: BandRow, promised: Promised, unit: CreditUnit, places: int) -> Iterator[BandProblem]:
    bounds = {"low": row.low, "high": row.high}
    for field, value in bounds.items():
        if value is not None and value < 0:
            yield BandProblem(row.place, field, "A bound is 0 or more.")
        if value is not None and value > MOST and not promised.is_number:
            yield BandProblem(row.place, field, "Nothing is better than 100 %. Write a percentage up to 100.")
    if row.high is not None and row.high <= row.low:
        words = f"A band runs from the lower value to the higher one, and {_bare(row.high)} is not above"
        yield BandProblem(row.place, "high", f"{words} {_bare(row.low)}.")
    if row.credit < 0:
        yield BandProblem(row.place, "credit", "A credit is 0 or more.")
    if currencies.decimals_in(row.credit) > places:
        yield BandProblem(row.place, "credit", currencies.too_fine(places))
    if row.credit > MOST and unit is CreditUnit.SHARE_OF_FEE:
        yield BandProblem(row.place, "credit", "A credit is at most 100 % of the fee.")


def _first(row: BandRow, promised: Promised) -> Iterator[BandProblem]:
    begins = promised.level if promised.is_number else Decimal(0)
    if row.low == begins:
        return
    reason = "more than is promised" if promised.is_number else "the worst value that there is"
    words = f"The lowest band begins at {promised.say(begins)}, {reason}."
    yield BandProblem(row.place, "low", words)


def _last(row: BandRow, promised: Promised) -> Iterator[BandProblem]:
    if promised.is_number:
        if row.high is not None:
            words = f"The highest band has no end: what is more than {_bare(row.high)} would be worth nothing. Leave it"
            yield BandProblem(row.place, "high", f"{words} empty.")
    elif row.high != promised.level:
        words = f"The highest band ends where the promise is kept, at {promised.say(promised.level)}."
        yield BandProblem(row.place, "high", words)


def _joints(ordered: Sequence[BandRow], promised: Promised) -> Iterator[BandProblem]:
    for lower, upper in pairwise(ordered):
        if lower.high is None:
            words = f"This band has no end, so it holds {promised.say(upper.low)} too. Let it end there."
            yield BandProblem(lower.place, "high", words)
        elif lower.high > upper.low:
            words = f"Two bands hold {promised.say(upper.low)}. Let this one begin at {promised.say(lower.high)}."
            yield BandProblem(upper.place, "low", words)
        elif lower.high < upper.low:
            between = f"{promised.say(lower.high)} and {promised.say(upper.low)}"
            words = f"No band holds what lies between {between}. Let this one begin at {promised.say(lower.high)}."
            yield BandProblem(upper.place, "low", words)


def _bare(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
