"""Percent within target, and percentiles (calculation, section 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from slas.calculation.errors import BadShare, NoShare
from slas.calculation.missing import DEFAULT_MINIMUM_COVERAGE, Evidence, UnknownPolicy
from slas.calculation.rounding import share_of
from slas.calculation.status import CloseRule, Standing, Verdict, judge

SMALL_NUMBER = 10


@dataclass(frozen=True)
class ShareFigure:
    """So many of so many: cases, orders, answers. `unknown` were due as well, but nobody knows how they went.

    `known_time` is the part of the service time in which the source spoke; what the rest hides nobody has counted.
    More met than eligible can be published by mistake; the share is shown as it is, never clipped, but what is too many
    makes up for nothing that is lost. Raises BadShare below zero.
    """

    met: int
    eligible: int
    unknown: int = 0
    policy: UnknownPolicy = UnknownPolicy.EXCLUDE
    minimum_coverage: Fraction = DEFAULT_MINIMUM_COVERAGE
    known_time: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        if min(self.met, self.eligible, self.unknown) < 0:
            raise BadShare(self.met, self.eligible)
        for what, part in (("The known time", self.known_time), ("The minimum coverage", self.minimum_coverage)):
            if not 0 <= part <= 1:
                raise NoShare(what, part)

    @property
    def due(self) -> int:
        """All that were counted, known or not."""
        return self.eligible + self.unknown

    @property
    def unseen(self) -> int:
        """What the time without data hides: as many as came in the known time, in proportion, rounded up."""
        known = self.known_time
        return -(-self.due * (1 - known) // known) if known else 0

    @property
    def whole(self) -> int:
        """What the share is taken of, by the agreed policy on the unknown."""
        left_out = self.policy in (UnknownPolicy.EXCLUDE, UnknownPolicy.CARRY)
        return self.eligible if left_out else self.due + self.unseen

    @property
    def too_many(self) -> int:
        """How many more were met than there were."""
        return max(self.met - self.eligible, 0)

    @property
    def lost(self) -> int:
        """How many of the whole were not met."""
        unknown = self.unknown + self.unseen if self.policy is UnknownPolicy.DOWN else 0
        return self.eligible - (self.met - self.too_many) + unknown

    @property
    def good(self) -> int:
        """How many of the whole were met, as published."""
        return self.whole - self.lost + self.too_many

    @property
    def coverage(self) -> Fraction | None:
        """Known part of what should be known; None where nothing was due and nothing can be missing."""
        if not self.due:
            return None if self.known_time == 1 else self.known_time
        return Fraction(self.eligible, self.due) * self.known_time

    @property
    def share(self) -> Fraction | None:
        """Met / eligible; None when there was nothing to judge."""
        return Fraction(self.good, self.whole) if self.whole else None

    @property
    def is_complete(self) -> bool:
        """Whether it is known of everything how it went, and nothing may be missing."""
        return not self.unknown and self.known_time == 1

    @property
    def low(self) -> Fraction | None:
        """The share if all that is unknown was lost, with as many as may be missing; None where nothing is known."""
        return self._bound(0)

    @property
    def high(self) -> Fraction | None:
        """The share if all of it was good."""
        return self._bound(self.unknown + self.unseen)

    def _bound(self, good: int) -> Fraction | None:
        whole = self.due + self.unseen
        return Fraction(self.met + good, whole) if whole and self.known_time else None

    @property
    def is_small(self) -> bool:
        """Whether “k of n” should stand beside the percentage."""
        return self.whole < SMALL_NUMBER

    def standing(self, target: Fraction) -> Standing | None:
        """Lost against allowed, in cases; None when there is nothing to judge."""
        if not self.whole:
            return None
        return Standing(Fraction(self.lost), (1 - target) * self.whole, Fraction(self.whole))

    def judge(self, target: Fraction, close: CloseRule) -> Verdict:
        """The verdict on a closed period; no cases at all: nothing to judge. Nothing known at all: a data gap."""
        coverage = self.coverage
        if coverage is None or (not self.due and self.known_time and coverage >= self.minimum_coverage):
            return judge(None, None, close)
        # How many a time without data hides is not known: then no verdict is certain.
        is_counted = self.known_time == 1
        met = self.met - self.too_many
        evidence = Evidence(
            coverage=coverage,
            minimum=self.minimum_coverage,
            met_at_worst=is_counted and met >= target * self.due,
            met_at_best=not is_counted or met + self.unknown >= target * self.due,
        )
        return judge(self.standing(target) if self.known_time else None, evidence, close)


class Observed(NamedTuple):
    """A duration in seconds; still open, it is at least so long."""

    seconds: int
    is_open: bool = False


class PercentileMethod(Enum):
    """How the value is found that a share of all lies at or below; each has its own result for the same values.

    NEAREST_RANK is PostgreSQL's `percentile_disc`; INCLUSIVE is `percentile_cont` and the spreadsheet's PERCENTILE.INC;
    EXCLUSIVE is PERCENTILE.EXC; MIDPOINT takes the mean of two neighbours where the rank falls between them.
    """

    NEAREST_RANK = "nearest_rank"
    INCLUSIVE = "inclusive"
    EXCLUSIVE = "exclusive"
    MIDPOINT = "midpoint"


@dataclass(frozen=True)
class Percentile:
    """A value in exact seconds, and the rank that it stands at, which lies between two values where they are mixed.

    `at_least` when an open case stands at or before the rank: its time still runs.
    """

    seconds: Fraction
    rank: Fraction
    count: int
    at_least: bool
    method: PercentileMethod


def percentile(
    values: Iterable[Observed], percent: str, method: PercentileMethod = PercentileMethod.NEAREST_RANK
) -> Percentile | None:
    """The percentile of an agreed percentage such as `90`, its rank exact; None where there is none for so few values.

    Without values there never is; EXCLUSIVE has none in the last 1 / (n + 1) at each end: p90 needs nine values.
    """
    ordered = sorted(values)
    rank = _rank(share_of(percent), len(ordered), method)
    if not 1 <= rank <= len(ordered):
        return None
    below, above = floor(rank), ceil(rank)
    low, high = ordered[below - 1].seconds, ordered[above - 1].seconds
    return Percentile(
        seconds=low + (high - low) * (rank - below),
        rank=rank,
        count=len(ordered),
        at_least=any(value.is_open for value in ordered[:above]),
        method=method,
    )


def rank_of(q: Fraction, count: int) -> int:
    """The nearest rank of a quantile among so many values in order, from 1 on: ceil(q x n), exact.

    A share of at least q lies within a limit exactly where this value does: “p90 <= 4 h” and “90 % within 4 h” agree.
    """
    return max(1, ceil(q * count))


def _rank(q: Fraction, count: int, method: PercentileMethod) -> Fraction:
    """The rank from 1 on; between two values where they are mixed."""
    match method:
        case PercentileMethod.NEAREST_RANK:
            return Fraction(rank_of(q, count))
        case PercentileMethod.INCLUSIVE:
            return 1 + q * (count - 1)
        case PercentileMethod.EXCLUSIVE:
            return q * (count + 1)
        case PercentileMethod.MIDPOINT:
            whole = (q * count).denominator == 1 and 0 < q < 1
            return q * count + Fraction(1, 2) if whole else Fraction(rank_of(q, count))


def nearest_rank(values: Iterable[Observed], percent: str) -> Percentile | None:
    """The default: the value at index ceil(q x n)."""
    return percentile(values, percent)
