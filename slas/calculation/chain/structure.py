"""What is promised about the parts of a service, put together: a share of the hours of a promise that stands on them.

Two figures, each the lowest of all periods: one if parts fail independently, and one that holds whatever happens, as
long as what is promised about each part is kept (calculation, section 11a).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from slas.calculation.composite import predicted_k_of_n, predicted_series
from slas.calculation.errors import BadGroup, EmptyPeriod
from slas.calculation.intervals import Interval, Ruler, intersect
from slas.calculation.service_hours import ServiceHours


@dataclass(frozen=True)
class PartPromise:
    """What somebody promises about a part: a share of its own hours in each of its own periods.

    The periods are those in which it is promised; any other time is promised by nobody.
    """

    name: str
    share: Fraction
    hours: ServiceHours
    periods: tuple[Interval, ...]


@dataclass(frozen=True)
class Alternatives:
    """Parts of which `needed` must be up. None stands for one that nobody promises anything about. Raises BadGroup."""

    name: str
    needed: int
    parts: tuple[PartPromise | None, ...]

    def __post_init__(self) -> None:
        if not 1 <= self.needed <= len(self.parts):
            raise BadGroup(self.needed, len(self.parts))


@dataclass(frozen=True)
class Supportable:
    """The share that can be promised, at its lowest: if parts fail independently, and whatever happens."""

    independent: Fraction
    guaranteed: Fraction


def supportable(
    hours: ServiceHours, periods: Sequence[Interval], stands_on: Sequence[PartPromise | Alternatives]
) -> Supportable:
    """What a promise in these hours and periods can stand on; all parts, or groups of alternatives, are needed.

    Periods in which the hours are never open have nothing to lose. Raises EmptyPeriod without any other.
    """
    span = Interval(min(each.start for each in periods), max(each.end for each in periods))
    service = Ruler(hours.working(span))
    counted = [period for period in periods if service.within(period)]
    if not counted:
        raise EmptyPeriod(span.start, span.end)
    factors = [_factor(each, service, counted) for each in stands_on]
    independent, guaranteed = Fraction(1), Fraction(1)
    for number, period in enumerate(counted):
        time = service.within(period)
        independent = min(independent, predicted_series(factor[number].expected for factor in factors))
        lost = sum((factor[number].lost for factor in factors), Fraction(0))
        guaranteed = min(guaranteed, max(Fraction(0), 1 - lost / time))
    return Supportable(independent, guaranteed)


@dataclass(frozen=True)
class _Factor:
    """What one part gives in one period: the share that is expected, and the most seconds that can be lost."""

    expected: Fraction
    lost: Fraction


def _factor(each: PartPromise | Alternatives, service: Ruler, periods: Sequence[Interval]) -> list[_Factor]:
    if isinstance(each, PartPromise):
        return list(_of_part(each, service, periods))
    times = [service.within(period) for period in periods]
    nothing = [_Factor(Fraction(0), Fraction(time)) for time in times]
    parts = [nothing if part is None else list(_of_part(part, service, periods)) for part in each.parts]
    return [
        _Factor(
            predicted_k_of_n(each.needed, [part[number].expected for part in parts]),
            _most_lost(each.needed, [part[number].lost for part in parts]),
        )
        for number in range(len(times))
    ]


def _of_part(part: PartPromise, service: Ruler, periods: Sequence[Interval]) -> Iterator[_Factor]:
    """Time in which nobody promises the part counts as lost; what may be lost of the rest falls where it hurts."""
    known = [*periods, *part.periods]
    reach = Interval(min(each.start for each in known), max(each.end for each in known))
    own = Ruler(part.hours.working(reach))
    both = Ruler(intersect(service.intervals, own.intervals))
    for period in periods:
        time, covered, lost = service.within(period), 0, Fraction(0)
        for promised in part.periods:
            shared = Interval(max(period.start, promised.start), min(period.end, promised.end))
            if shared.start >= shared.end:
                continue
            inside = both.within(shared)
            covered += inside
            lost += min((1 - part.share) * own.within(promised), Fraction(inside))
        yield _Factor(part.share * Fraction(covered, time), lost + time - covered)


def _most_lost(needed: int, lost: Sequence[Fraction]) -> Fraction:
    """The longest time in which too few parts can be up, when each loses at most so much, all at the worst moments.

    It takes `spare + 1` parts at once. Those that lose longest can be down all that time; the others take turns.
    """
    at_once = len(lost) - needed + 1
    falling = sorted(lost, reverse=True)
    return min(sum(falling[most:], Fraction(0)) / (at_once - most) for most in range(at_once))
