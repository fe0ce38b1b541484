"""Percent within target, and percentiles (calculation, section 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from slas.calculation.errors import BadShare
from slas.calculation.missing import DEFAULT_MINIMUM_COVERAGE, Evidence, UnknownPolicy
from slas.calculation.rounding import share_of
from slas.calculation.status import CloseRule, Standing, Verdict, judge

SMALL_NUMBER = 10


@dataclass(frozen=True)
class ShareFigure:
    """So many of so many: cases, orders, answers. `unknown` were due as well, but nobody knows how they went.

    `known_time` is the part of the service time in which the source spoke; what the rest hides nobody has counted.
    More met than eligible can be published by mistake; it is shown as it is, never clipped. Raises BadShare below zero.
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
    def lost(self) -> int:
        """How many of the whole were not met."""
        return self.eligible - self.met + (self.unknown + self.unseen if self.policy is UnknownPolicy.DOWN else 0)

    @property
    def coverage(self) -> Fraction | None:
        """Known part of what should be known; None where nothing was due and nothing can be missing."""
        if not self.due:
            return None if self.known_time == 1 else self.known_time
        return Fraction(self.eligible, self.due) * self.known_time

    @property
    def share(self) -> Fraction | None:
        """Met / eligible; None when there was nothing to judge."""
        return Fraction(self.whole - self.lost, self.whole) if self.whole else None

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
        """The verdict on a closed period; no cases at all: nothing to judge."""
        coverage = self.coverage
        if coverage is None or (not self.due and coverage >= self.minimum_coverage):
            return judge(None, None, close)
        # How many a time without data hides is not known: then no verdict is certain.
        is_counted = self.known_time == 1
        evidence = Evidence(
            coverage=coverage,
            minimum=self.minimum_coverage,
            met_at_worst=is_counted and self.met >= target * self.due,
            met_at_best=not is_counted or self.met + self.unknown >= target * self.due,
        )
        return judge(self.standing(target), evidence, close)


def pooled(figures: Iterable[ShareFigure]) -> ShareFigure:
    """One share over all: counts are added, percentages never averaged (calculation, section 10)."""
    members = tuple(figures)
    return ShareFigure(
        met=sum(figure.met for figure in members),
        eligible=sum(figure.eligible for figure in members),
        unknown=sum(figure.unknown for figure in members),
    )


class Observed(NamedTuple):
    """A duration in seconds; still open, it is at least so long."""

    seconds: int
    is_open: bool = False


@dataclass(frozen=True)
class Percentile:
    """The value at a nearest rank; `at_least` when an open case stands at or before that rank."""

    seconds: int
    rank: int
    count: int
    at_least: bool


def nearest_rank(values: Iterable[Observed], percent: str) -> Percentile | None:
    """The value at index ceil(q x n), q an agreed percentage such as `90`; None without values. The index is exact."""
    ordered = sorted(values)
    if not ordered:
        return None
    q = share_of(percent)
    rank = max(1, -(-q.numerator * len(ordered) // q.denominator))
    return Percentile(
        seconds=ordered[rank - 1].seconds,
        rank=rank,
        count=len(ordered),
        at_least=any(value.is_open for value in ordered[:rank]),
    )
