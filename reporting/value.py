"""What a month was worth: from outages and counts to ranges, always rounded to the careful side.

A gain is never said larger, a loss never smaller than it may be: gain down, loss outward, two figures each.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import cos, exp, lgamma, pi, sqrt, tan
from statistics import mean, variance

HOUR = timedelta(hours=1)
CONFIDENCE = 0.95
STEPS = 400
FEWEST = 2  # months before and after a change, below which nothing is claimed


@dataclass(frozen=True)
class Hit:
    """A time without a service, in local time; `weight` is the share lost (1 down, 1/2 when slow counts half)."""

    started_at: datetime
    ended_at: datetime
    weight: Fraction = Fraction(1)


@dataclass(frozen=True)
class Range:
    """From at least to at most."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Loss:
    """Units of work that were hit, those of them never done, and what these were worth in minor units of money."""

    hit: int
    units: Range
    minor: Range


@dataclass(frozen=True)
class Shift:
    """Two shares, the units that moved between them, and the hours that this freed."""

    now: Fraction
    then: Fraction
    units: int
    hours: Range


@dataclass(frozen=True)
class Fewer:
    """Mean of a month before and after a change, the interval of the difference, and money saved a month."""

    before: Fraction
    after: Fraction
    interval: Range
    minor: Range


def units_hit(hit: Hit, units_by_hour: Mapping[tuple[int, int], int]) -> Fraction:
    """Units of work in the time of an outage, from a profile by (weekday, hour), Monday 0, local time."""
    total = Fraction(0)
    start, until = hit.started_at.astimezone(UTC), hit.ended_at.astimezone(UTC)  # local clocks may jump in between
    while start < until:
        local = start.astimezone(hit.started_at.tzinfo)
        end = min(start + HOUR - timedelta(minutes=local.minute, seconds=local.second), until)
        share = Fraction(int((end - start).total_seconds()), 3600)
        total += share * units_by_hour.get((local.weekday(), local.hour), 0)
        start = end
    return total * hit.weight


def loss(hits: Iterable[Fraction], lost_share: Range, unit_minor: int) -> Loss:
    """What a month's outages cost. Units are whole things: a part of an order is none."""
    hit = int(sum(hits, Fraction(0)))
    low, high = int(hit * lost_share.low), int(hit * lost_share.high)
    return Loss(
        hit, Range(Fraction(low), Fraction(high)), Range(Fraction(low * unit_minor), Fraction(high * unit_minor))
    )


def shift(now: tuple[int, int], then: tuple[int, int], minutes_a_unit: Range) -> Shift:
    """Units done the cheaper way now beyond the share of then; each pair is (done so, all). None of `all` may be 0."""
    share_now, share_then = Fraction(*now), Fraction(*then)
    units = max(int(now[1] * (share_now - share_then)), 0)
    hours = Range(units * minutes_a_unit.low / 60, units * minutes_a_unit.high / 60)
    return Shift(share_now, share_then, units, hours)


def fewer(before: Sequence[int], after: Sequence[int], unit_minor: Range) -> Fewer | None:
    """Fewer unwanted units a month since a change, with the 95 % interval of the difference (Welch).

    None while too few months are known, and where the difference may as well be chance.
    """
    if min(len(before), len(after)) < FEWEST:
        return None
    difference = mean(before) - mean(after)
    spread_before, spread_after = variance(before) / len(before), variance(after) / len(after)
    error = sqrt(spread_before + spread_after)
    margin = t_quantile(_freedom(before, after)) * error if error else 0.0
    if difference <= margin:
        return None
    low, high = (Fraction(difference + side * margin).limit_denominator(10**6) for side in (-1, 1))
    return Fewer(
        Fraction(sum(before), len(before)),
        Fraction(sum(after), len(after)),
        Range(low, high),
        Range(low * unit_minor.low, high * unit_minor.high),
    )


def _freedom(before: Sequence[int], after: Sequence[int]) -> float:
    """Welch's degrees of freedom."""
    parts = [(variance(sample) / len(sample), len(sample) - 1) for sample in (before, after)]
    whole = float(sum(part for part, _ in parts))
    return whole**2 / float(sum(part**2 / freedom for part, freedom in parts))


def t_quantile(freedom: float) -> float:
    """The two-sided 95 % quantile of Student's distribution: 2.262 at 9 degrees of freedom."""
    low, high = 0.0, pi / 2  # of the angle whose tangent is t / sqrt(freedom)
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if _inside(middle, freedom) < CONFIDENCE else (low, middle)
    return sqrt(freedom) * tan(low)


def _inside(angle: float, freedom: float) -> float:
    """The chance of a value between the two angles, by Simpson's rule: there the density is a power of the cosine."""
    scale = exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2)) / sqrt(pi)
    width = angle / STEPS
    inner = sum((4 if n % 2 else 2) * cos(n * width) ** (freedom - 1) for n in range(1, STEPS))
    chance: float = 2 * scale * width / 3 * (1 + inner + cos(angle) ** (freedom - 1))
    return chance


def two_figures_down(value: Fraction) -> int:
    """344 is 340: the careful side of a gain, and the low end of a loss."""
    step = _step(value)
    return int(value // step) * step


def two_figures_up(value: Fraction) -> int:
    """257 is 260: the high end of a loss."""
    step = _step(value)
    return -int(-value // step) * step


def _step(value: Fraction) -> int:
    digits = len(str(int(value)))
    return int(10 ** max(digits - 2, 0))
