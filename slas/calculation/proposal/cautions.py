"""When the next month may not be like the measured ones: trend, season, change of volume (calculation, section 14).

A trend and a season are warned of when chance alone would order the months so in fewer than one case of twenty. Months
are compared two at a time, so that no distribution is assumed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import combinations
from math import factorial
from statistics import median

from portal.language.dates import MONTHS
from portal.language.numbers import and_list
from slas.calculation.outcomes.words import plain
from slas.calculation.periods import Period

RARE = Fraction(1, 20)
RECENT = 3
MORE, FEWER = Fraction(5, 4), Fraction(4, 5)
_YEAR = 12


class CautionKind(Enum):
    """What may make the next month unlike the measured ones."""

    TREND = "trend"
    SEASON = "season"
    UNSEEN = "unseen"
    VOLUME = "volume"


@dataclass(frozen=True)
class Caution:
    """A warning beside a proposal, in a sentence that says what was found."""

    kind: CautionKind
    words: str


@dataclass(frozen=True)
class MeasuredMonth:
    """The value of one month; more is better. `volume` is how many were counted, None for time."""

    month: Period
    value: Fraction
    volume: int | None = None


def cautions(measured: Iterable[MeasuredMonth]) -> tuple[Caution, ...]:
    """All that there is to warn of, from the months on which a proposal rests and earlier ones, in any order.

    Trend: of all pairs of the last twelve months, far more got better than worse, or the other way round. Season: two
    months of the year mostly stand in the same order as a year before; not looked for where all months show a trend.
    Unseen: a month of the year is not among the last twelve. Volume: the usual number of the last three months is a
    quarter more, or a fifth less, than in the (at least three) months before.
    """
    months = sorted(measured, key=lambda each: each.month)
    latest = months[-_YEAR:]
    found = (_trend(latest), _season(months), _unseen(latest), _volume(latest))
    return tuple(caution for caution in found if caution is not None)


def _trend(months: Sequence[MeasuredMonth]) -> Caution | None:
    moved = _moved([each.value for each in months])
    if moved is None:
        return None
    better, worse, pairs = moved
    way, most = ("better", better) if better > worse else ("worse", worse)
    return Caution(
        CautionKind.TREND,
        f"The months are getting {way}: of {pairs} pairs of months the later one is {way} in {most}. "
        "The next month may lie outside what was measured.",
    )


def _season(months: Sequence[MeasuredMonth]) -> Caution | None:
    if _moved([each.value for each in months]) is not None:
        return None
    value = {each.month: each.value for each in months}
    years = [(value[before], each.value) for each in months[-_YEAR:] if (before := each.month.shifted(-_YEAR)) in value]
    pairs = list(combinations(years, 2))
    same = sum((one[0] - two[0]) * (one[1] - two[1]) > 0 for one, two in pairs)
    if not pairs or _chance_of_at_most(len(pairs) - same, len(years)) > RARE:
        return None
    return Caution(
        CautionKind.SEASON,
        f"The months have a season: {same} of {len(pairs)} pairs of months stand in the same order as a year before. "
        "What is sure for any month is not sure for the worst season.",
    )


def _unseen(months: Sequence[MeasuredMonth]) -> Caution | None:
    seen = {each.month.month for each in months}
    missing = [number for number in range(1, _YEAR + 1) if number not in seen]
    if not missing:
        return None
    names = and_list([MONTHS[number - 1] for number in missing])
    return Caution(CautionKind.UNSEEN, f"Not measured yet: {names}. What is special in them is not in the figures.")


def _volume(months: Sequence[MeasuredMonth]) -> Caution | None:
    counted = [each.volume for each in months if each.volume is not None]
    if len(counted) < 2 * RECENT:
        return None
    before, now = Fraction(median(counted[:-RECENT])), Fraction(median(counted[-RECENT:]))
    if before * FEWER < now < before * MORE or now == before:
        return None
    return Caution(
        CautionKind.VOLUME,
        f"The volume has changed: usually {plain(now)} a month in the last three, {plain(before)} before. "
        "What was kept with one volume may not be kept with another.",
    )


def _moved(values: Sequence[Fraction]) -> tuple[int, int, int] | None:
    """How many of all pairs got better and worse, where chance would rarely order them so; else None."""
    pairs = list(combinations(values, 2))
    better, worse = sum(later > earlier for earlier, later in pairs), sum(later < earlier for earlier, later in pairs)
    rare = 2 * _chance_of_at_most(len(pairs) - max(better, worse), len(values)) <= RARE
    return (better, worse, len(pairs)) if rare else None


def _chance_of_at_most(against: int, number: int) -> Fraction:
    """That so few or fewer of all pairs stand against the order when so many values come in an order of chance.

    Counted over all orders (Kendall's test, exact). Equal values are taken as standing against it.
    """
    orders = [1]
    for size in range(2, number + 1):
        wider = len(orders) + size - 1
        orders = [sum(orders[max(0, at - size + 1) : at + 1]) for at in range(wider)]
    return Fraction(sum(orders[: against + 1]), factorial(number))
