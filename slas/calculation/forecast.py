"""Whether a running month will be missed: its own history, drawn again in blocks (calculation, section 15).

The same inputs give the same forecast: chance is drawn from a seed that is the hash of the inputs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from slas.calculation.errors import EmptyMonth, TooLittleHistory
from slas.calculation.proof import canonical, digest_of

FEWEST_MONTHS_OF_HISTORY = 6
RUNS = 10_000
_BLOCK_DAYS = 7
# Seconds and cases that differ by less are the same: equality is met, and drawn sums are binary.
_SAME = 1e-6

Numbers = NDArray[np.float64]


@dataclass(frozen=True, order=True)
class Mark:
    """What happened in a past month, by its second of service time: so much was counted there, and so much lost.

    `seconds` is how long it went on (0: at that instant). Time: one mark for each loss, counted 0, because the room of
    the month is known. Cases: one mark for each case at the instant at which it was due, counted 1.
    """

    at: int
    seconds: int
    counted: Fraction
    lost: Fraction


@dataclass(frozen=True)
class PastMonth:
    """A month that has ended: its days, its seconds of service time, and what happened in them, in order of time."""

    days: int
    service_seconds: int
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        if self.days < 1 or self.service_seconds < 0:
            raise EmptyMonth(self.days, self.service_seconds)
        object.__setattr__(self, "marks", tuple(sorted(self.marks)))


@dataclass(frozen=True)
class Outlook:
    """A month that still runs: lost so far, the room that is sure, and the seconds of service time to come.

    Each thing that is counted in these adds 1 - target to the room.
    """

    lost: Fraction
    room: Fraction
    remaining_seconds: int
    target: Fraction


@dataclass(frozen=True)
class Forecast:
    """In how many of the drawn ends of the month it was missed, from how many months of history, of which inputs."""

    misses: int
    runs: int
    months: int
    digest: str

    @property
    def chance(self) -> Fraction:
        """P(miss)."""
        return Fraction(self.misses, self.runs)


def forecast(history: Sequence[PastMonth], outlook: Outlook, runs: int = RUNS) -> Forecast:
    """P(miss) of the running month: the rest of it is put together from weeks of service time of its own history.

    A week begins at any second, each as likely as any other; the history is taken as a ring. The last week is cut where
    the month ends. Months without service time are no history. Raises TooLittleHistory below six months.
    """
    months = [month for month in history if month.service_seconds]
    if len(months) < FEWEST_MONTHS_OF_HISTORY:
        raise TooLittleHistory(FEWEST_MONTHS_OF_HISTORY, len(months))
    digest = digest_of(canonical({"history": months, "outlook": outlook, "runs": runs}))
    counted, lost = _drawn(months, outlook.remaining_seconds, runs, int(digest, 16))
    room = float(outlook.room) + float(1 - outlook.target) * counted
    missed = float(outlook.lost) + lost - room > _SAME
    return Forecast(int(missed.sum()), runs, len(months), digest)


def _drawn(months: Sequence[PastMonth], remaining: int, runs: int, seed: int) -> tuple[Numbers, Numbers]:
    """What would be counted and lost in the rest of the month, in each run."""
    seconds = sum(month.service_seconds for month in months)
    block = max(1, seconds * _BLOCK_DAYS // sum(month.days for month in months))
    lengths = np.diff(np.append(np.arange(0, remaining, block), remaining))
    chance = np.random.Generator(np.random.PCG64(seed))
    starts = chance.integers(0, seconds, size=(runs, len(lengths)))
    marks = _on_one_line(months)
    counted, lost = (_Sum(marks, amounts, seconds) for amounts in _amounts(marks))
    return (
        (counted.until(starts + lengths) - counted.until(starts)).sum(axis=1),
        (lost.until(starts + lengths) - lost.until(starts)).sum(axis=1),
    )


def _on_one_line(months: Iterable[PastMonth]) -> list[Mark]:
    """The marks of all months, one month after the other."""
    marks, before = [], 0
    for month in months:
        marks += [Mark(before + mark.at, mark.seconds, mark.counted, mark.lost) for mark in month.marks]
        before += month.service_seconds
    return marks


def _amounts(marks: Iterable[Mark]) -> tuple[Numbers, Numbers]:
    pairs = np.array([(float(mark.counted), float(mark.lost)) for mark in marks]).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


class _Sum:
    """How much there is up to a second of the ring; what goes on for some time grows evenly in it."""

    def __init__(self, marks: Sequence[Mark], amounts: Numbers, seconds: int) -> None:
        begins = np.array([mark.at for mark in marks], dtype=np.float64)
        lengths = np.array([mark.seconds for mark in marks], dtype=np.float64)
        self._seconds = seconds
        self._knots = np.unique(np.concatenate(([0.0, float(seconds)], begins, begins + lengths)))
        slopes, jumps = np.zeros(len(self._knots)), np.zeros(len(self._knots))
        lasts = lengths > 0
        rates = np.divide(amounts, lengths, out=np.zeros(len(marks)), where=lasts)
        np.add.at(slopes, np.searchsorted(self._knots, begins), rates)
        np.add.at(slopes, np.searchsorted(self._knots, begins + lengths), -rates)
        np.add.at(jumps, np.searchsorted(self._knots, begins[~lasts]), amounts[~lasts])
        self._slopes = np.cumsum(slopes)
        grown = np.concatenate(([0.0], np.cumsum(self._slopes[:-1] * np.diff(self._knots))))
        self._values = np.cumsum(jumps) + grown

    def until(self, seconds: NDArray[np.int64]) -> Numbers:
        """The sum from the beginning up to each of these seconds, round the ring."""
        rounds, at = np.divmod(seconds, self._seconds)
        place = np.searchsorted(self._knots, at, side="right") - 1
        within = self._values[place] + self._slopes[place] * (at - self._knots[place])
        return np.asarray(rounds * self._values[-1] + within)


@dataclass(frozen=True)
class Told:
    """A chance that was said of a month, and whether the month was missed in the end; so many forecasts were such."""

    chance: Fraction
    missed: bool
    number: int = 1


@dataclass(frozen=True)
class Band:
    """Forecasts that said a chance from `low` on and below `high` (the last one with it), and how many came true."""

    low: Fraction
    high: Fraction
    forecasts: int
    missed: int
    said: Fraction | None

    @property
    def found(self) -> Fraction | None:
        """Share of them whose month was missed; None without forecasts."""
        return Fraction(self.missed, self.forecasts) if self.forecasts else None


@dataclass(frozen=True)
class Calibration:
    """How good forecasts were: the mean squared distance from what happened, 0 at best (Brier score).

    `constant` is the score of whoever had always said the share of months that were missed in the end.
    """

    forecasts: int
    missed: int
    brier: Fraction
    constant: Fraction
    bands: tuple[Band, ...]


_EDGES = tuple(Fraction(tenths, 10) for tenths in (0, 1, 3, 5, 7, 9, 10))


def calibrate(told: Iterable[Told]) -> Calibration | None:
    """The scores of forecasts whose months have ended; None before there is one."""
    all_told = tuple(told)
    if not all_told:
        return None
    number, missed = _number(all_told), _number(each for each in all_told if each.missed)
    rate = Fraction(missed, number)
    distances = sum(each.number * (each.chance - each.missed) ** 2 for each in all_told)
    bands = [_band(low, high, all_told) for low, high in pairwise(_EDGES)]
    return Calibration(number, missed, Fraction(distances, number), rate * (1 - rate), tuple(bands))


def _band(low: Fraction, high: Fraction, told: Iterable[Told]) -> Band:
    inside = [each for each in told if low <= each.chance < high or each.chance == high == 1]
    number = _number(inside)
    said = sum(each.number * each.chance for each in inside)
    missed = _number(each for each in inside if each.missed)
    return Band(low, high, number, missed, Fraction(said, number) if number else None)


def _number(told: Iterable[Told]) -> int:
    return sum(each.number for each in told)
