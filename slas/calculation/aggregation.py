"""From members to one figure: pooled unless another way was agreed by name (calculation, section 10).

Members with nothing to judge drop out and are listed. A quarter or a year is not an aggregate of its months: it is
measured over its own span.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from slas.calculation.errors import BadShare, MissingWeight, NegativeWeight, RepeatedMember
from slas.calculation.proof import Line, Proof, Role, Unit, prove


class Pooling(Enum):
    """How members become one; the value is what a proof says."""

    POOLED = "pooled"
    MEAN_OF_PERCENTAGES = "mean_of_percentages"
    WEIGHTED = "weighted"


@dataclass(frozen=True)
class Member:
    """One service, unit or site: what was met of what was judged, in its own unit."""

    name: str
    met: Fraction
    whole: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.met <= self.whole:
            raise BadShare(self.met, self.whole, f"“{self.name}”: ")


@dataclass(frozen=True)
class Weight:
    """What a member weighs (users, revenue, importance) from a date on, as agreed."""

    name: str
    since: date
    weight: Fraction

    def __post_init__(self) -> None:
        if self.weight < 0:
            raise NegativeWeight(self.name, self.weight)


@dataclass(frozen=True)
class Aggregate:
    """One share from many: each member with its weight, what dropped out, and the sum of the weights.

    Pooled, a member weighs what was judged of it.
    """

    way: Pooling
    used: tuple[tuple[Member, Fraction], ...]
    dropped: tuple[str, ...]

    @property
    def weight(self) -> Fraction:
        """The sum of all weights."""
        return sum((weight for _, weight in self.used), Fraction(0))

    @property
    def share(self) -> Fraction | None:
        """The figure; None where nothing weighs anything."""
        if not self.weight:
            return None
        return sum((weight * member.met / member.whole for member, weight in self.used), Fraction(0)) / self.weight

    @property
    def lines(self) -> tuple[Line, ...]:
        """The sum: each member with its share and weight, those that dropped out, the weights together, the figure."""
        members = (
            Line(
                "member", Role.PART, Unit.SHARE, member.met / member.whole, (("name", member.name), ("weight", weight))
            )
            for member, weight in self.used
        )
        gone = tuple((name, "") for name in self.dropped)
        dropped = (Line("dropped", Role.TAKEN_OUT, Unit.COUNT, Fraction(len(gone)), gone),) if gone else ()
        weights = Line("weights", Role.TOTAL, Unit.NUMBER, self.weight, (("way", self.way.value),))
        share = () if self.share is None else (Line("share", Role.TOTAL, Unit.SHARE, self.share),)
        return (*members, *dropped, weights, *share)


def pool(members: Iterable[Member]) -> Aggregate:
    """Met and judged are added up: the default. Raises RepeatedMember."""
    judged, dropped = _judged(members)
    return Aggregate(Pooling.POOLED, tuple((member, member.whole) for member in judged), dropped)


def mean_of_percentages(members: Iterable[Member]) -> Aggregate:
    """Each member weighs the same, however much was judged of it: only where agreed by this name."""
    judged, dropped = _judged(members)
    return Aggregate(Pooling.MEAN_OF_PERCENTAGES, tuple((member, Fraction(1)) for member in judged), dropped)


def weigh(members: Iterable[Member], weights: Iterable[Weight], on: date) -> Aggregate:
    """Each member weighs what was agreed for it on that date. Raises MissingWeight."""
    judged, dropped = _judged(members)
    agreed = _weights_on(weights, on)
    for member in judged:
        if member.name not in agreed:
            raise MissingWeight(member.name, on)
    return Aggregate(Pooling.WEIGHTED, tuple((member, agreed[member.name]) for member in judged), dropped)


def _weights_on(weights: Iterable[Weight], on: date) -> Mapping[str, Fraction]:
    """The latest weight of each member that was agreed by then."""
    ordered = sorted((weight for weight in weights if weight.since <= on), key=lambda weight: weight.since)
    return {weight.name: weight.weight for weight in ordered}


def _judged(members: Iterable[Member]) -> tuple[Sequence[Member], tuple[str, ...]]:
    """Members of which something was judged, in order of name, and the names of the others."""
    ordered = sorted(members, key=lambda member: member.name)
    RepeatedMember.check(member.name for member in ordered)
    return [each for each in ordered if each.whole], tuple(each.name for each in ordered if not each.whole)


def prove_aggregate(aggregate: Aggregate) -> Proof:
    """The proof of an aggregate: its members, whatever order they came in."""
    inputs = {
        "way": aggregate.way,
        "members": [{"member": member, "weight": weight} for member, weight in aggregate.used],
        "dropped": list(aggregate.dropped),
    }
    evidence = (*(member.name for member, _ in aggregate.used), *aggregate.dropped)
    return prove("aggregate", inputs, aggregate.lines, evidence)
