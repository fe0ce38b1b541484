"""Reliability and maintainability: how often it failed, how long it took to bring back (calculation, section 3)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from slas.calculation.availability import (
    AvailabilityFacts,
    AvailabilityFigure,
    AvailabilityTerms,
    measure_availability,
    service_of,
)
from slas.calculation.intervals import Interval, Ruler, subtract
from slas.calculation.missing import Evidence, UnknownPolicy
from slas.calculation.outages import EVERYBODY, Failure, Outage, failures, hull, reach, touches
from slas.calculation.planned_work import PlannedWork, PlannedWorkTerms, split_work
from slas.calculation.status import CloseRule, Standing, Verdict, judge

# The probability of no failure in T is exp(-T / MTBF): at 5 % of it MTBF is T / 3, rounded from T / 2.996.
WITHOUT_FAILURE = 3
NO_DATA = "no data"  # how time without data is called among the ids of an interruption, before its first second


@dataclass(frozen=True)
class ReliabilityFigure:
    """Failures of a service in a period; times are mean seconds, None while none began.

    `lost` may be above zero with no failure: minutes go where they fell, the count goes where it began. `began_before`
    is then the first second of the earliest of those that began before the period.
    """

    failures: int
    counted_seconds: int
    lost: Fraction
    began_before: int | None = None

    @property
    def restore_time(self) -> Fraction | None:
        """MTRS: mean time to restore service."""
        return self.lost / self.failures if self.failures else None

    @property
    def time_between_failures(self) -> Fraction | None:
        """MTBF: mean time from the end of one failure to the start of the next."""
        return (self.counted_seconds - self.lost) / self.failures if self.failures else None

    @property
    def time_between_incidents(self) -> Fraction | None:
        """MTBSI: mean time from start to start, MTBF + MTRS."""
        return Fraction(self.counted_seconds, self.failures) if self.failures else None

    @property
    def at_least_between(self) -> Fraction | None:
        """Where none began: the mean time between failures that is exceeded with 95 % confidence, T / 3."""
        return None if self.failures else Fraction(self.counted_seconds, WITHOUT_FAILURE)


class FailureFate(Enum):
    """What became of a failure in the count of a period."""

    COUNTED = "counted"
    TOO_SHORT = "too_short"
    BEGAN_BEFORE = "began_before"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Interruption:
    """One failure after merging: its length is that of the clock, `began` its first second that counts, if any.

    `goes_on`: it lasts beyond the end of the period, or is open.
    """

    ids: tuple[str, ...]
    time: Interval
    began: int | None
    fate: FailureFate
    goes_on: bool

    def until(self, instant: int) -> int:
        """How long it had lasted by then."""
        return min(self.time.end, instant) - self.time.start

    def name_in(self, facts: AvailabilityFacts) -> str:
        """The first of its ids that the period itself knows: what was before it may be entered later."""
        apart = {outage.id for outage in facts.outages_before} | {work_name(work.id) for work in facts.works_around}
        apart |= {gap_name(start) for start, _ in facts.unknown_around}
        return next((name for name in self.ids if name not in apart), self.ids[0])


@dataclass(frozen=True)
class InterruptionsFigure:
    """Interruptions that share time with a period, in order of their start, and the time in which they are looked for.

    `at_fewest` is how many there are whatever the unknown time hides: where it was down, several may be one.
    """

    availability: AvailabilityFigure
    policy: UnknownPolicy
    interruptions: tuple[Interruption, ...]
    at_fewest: int

    @property
    def number(self) -> int:
        """N: those that began in the period and are long enough."""
        return sum(each.fate is FailureFate.COUNTED for each in self.interruptions)

    @property
    def too_short(self) -> int:
        """Those that began in the period and are not longer than agreed."""
        return sum(each.fate is FailureFate.TOO_SHORT for each in self.interruptions)

    def judge_at_most(self, allowed: int, close: CloseRule) -> Verdict:
        """At most so many. What the unknown time hides may be more of them; it cannot undo those that are known."""
        coverage, unknown = self.availability.coverage, self.availability.unknown_seconds
        if coverage is None:
            return judge(None, None, close)
        evidence = Evidence(
            coverage=coverage,
            minimum=self.availability.minimum_coverage,
            met_at_worst=not unknown and self.number <= allowed,
            met_at_best=self.at_fewest <= allowed,
        )
        standing = Standing(Fraction(self.number), Fraction(allowed), Fraction(0))
        return judge(standing if self.availability.judged_seconds else None, evidence, close)


def measure_reliability(span: Interval, terms: AvailabilityTerms, facts: AvailabilityFacts) -> ReliabilityFigure:
    """Failures that began in the span: those whose first second in service hours, not excluded, lies in it.

    An outage that closing hours cut in two is one failure. One that costs nothing, as is agreed, is none. Planned work
    that counts as down is one, from its first second that does.
    """
    return reliability_of(measure_availability(span, terms, facts), terms, facts)


def reliability_of(figure: AvailabilityFigure, terms: AvailabilityTerms, facts: AvailabilityFacts) -> ReliabilityFigure:
    """The failures behind an availability that was measured with these terms and facts.

    The minimum outage does not hold for planned work: each second of it that counts as down is lost.
    """
    found = list(_interruptions(figure.span, terms, facts, shortest_work=0))
    before = [each.began for each in found if each.fate is FailureFate.BEGAN_BEFORE and each.began is not None]
    return ReliabilityFigure(
        failures=sum(each.fate is FailureFate.COUNTED for each in found),
        counted_seconds=figure.counted_seconds,
        lost=figure.lost_to_events,
        began_before=min(before, default=None),
    )


def measure_interruptions(span: Interval, terms: AvailabilityTerms, facts: AvailabilityFacts) -> InterruptionsFigure:
    """Interruptions of the span; one shorter than the minimum outage of the terms is too short to count.

    Unknown time counts as an interruption where that is the policy, and belongs where it began as an outage does.
    """
    gaps = tuple(Outage(gap_name(start), start, end) for start, end in (*facts.unknown_around, *facts.unknown))
    with_gaps = replace(facts, outages=(*facts.outages, *gaps), unknown=(), unknown_around=())
    as_down = tuple(_interruptions(span, terms, with_gaps, terms.minimum_outage))
    is_down = terms.unknown is UnknownPolicy.DOWN
    known = as_down if is_down else tuple(_interruptions(span, terms, facts, terms.minimum_outage))
    sure = {name for each in known if each.fate is FailureFate.COUNTED for name in each.ids}
    return InterruptionsFigure(
        availability=measure_availability(span, terms, facts),
        policy=terms.unknown,
        interruptions=known,
        at_fewest=sum(each.fate is FailureFate.COUNTED and not sure.isdisjoint(each.ids) for each in as_down),
    )


def decided_around(span: Interval, terms: AvailabilityTerms, facts: AvailabilityFacts) -> dict[str, FailureFate | None]:
    """What became of failures where that does not follow from the span alone: outages, planned work or versions of the
    agreement around it decide. None: it is a part of one that is named after another.
    """
    outages = tuple(
        each if each.known_since is None else replace(each, start=each.known_since) for each in facts.outages
    )
    alone = replace(facts, outages=outages, works_around=(), earlier_periods=(), outages_before=())
    if alone == facts and terms.within(span) == terms:
        return {}
    found, follows = (
        {each.name_in(facts): each.fate for each in _interruptions(span, agreed, known, shortest_work=0)}
        for agreed, known in ((terms, facts), (terms.within(span), alone))
    )
    return {name: found.get(name) for name in found | follows if found.get(name) is not follows.get(name)}


def work_name(work_id: str) -> str:
    """What planned work is called among the ids of an interruption, where an outage may have the same id."""
    return f"work {work_id}"


def gap_name(start: int) -> str:
    """What time without data is called among the ids of an interruption."""
    return f"{NO_DATA} {start}"


def is_gap(name: str) -> bool:
    """Whether time without data is called so."""
    return name.startswith(f"{NO_DATA} ")


def _interruptions(
    span: Interval, terms: AvailabilityTerms, facts: AvailabilityFacts, shortest_work: int
) -> Iterator[Interruption]:
    """The failures that share time with the span, in order; one with planned work is long enough from its own limit."""
    recorded = (*facts.outages_before, *facts.outages)
    outages = [outage.ended_by(span.end) for outage in recorded if outage.counts and _costs(outage, terms)]
    works = (*facts.works_around, *facts.planned_works)
    found = _lasting([*outages, *(Outage(work_name(work.id), *work.away) for work in works)], terms, span)
    earliest = min((hull(failure).start for failure in found), default=span.start)
    counted, down = _divided(works, _services(span, terms, facts, earliest))
    if works:
        found = _lasting([*outages, *down], terms, span)
    planned, still_open = {work.id for work in down}, {outage.id for outage in recorded if outage.end is None}
    for failure in found:
        ids, time = tuple(spell.id for spell in failure), hull(failure)
        shortest = terms.minimum_outage if planned.isdisjoint(ids) else shortest_work
        began, fate = _fate(time, span, counted, shortest)
        yield Interruption(ids, time, began, fate, time.end > span.end or not still_open.isdisjoint(ids))


def _costs(outage: Outage, terms: AvailabilityTerms) -> bool:
    return (1 - outage.usable) * (outage.affected if terms.by_users else EVERYBODY) > 0


def _lasting(outages: Iterable[Outage], terms: AvailabilityTerms, span: Interval) -> list[Failure]:
    return [failure for failure in failures(outages, terms.flap_gap) if touches(hull(failure), span)]


def _services(
    span: Interval, terms: AvailabilityTerms, facts: AvailabilityFacts, earliest: int
) -> Iterator[tuple[tuple[Interval, ...], PlannedWorkTerms]]:
    """Service time by periods, each with a cap of its own: those of earlier versions of the agreement as they counted
    them, before the span since the earliest failure began, the span, and after it as far as a failure is followed.
    """
    for former in sorted(terms.former, key=lambda each: each.span):
        yield tuple(former.hours.working(former.span)), former.planned_work
    before = [each for each in sorted(facts.earlier_periods) if each.end > earliest]
    first = before[0].start if before else span.start
    after = Interval(span.end, reach(span, terms.minimum_outage, terms.flap_gap).end)
    for period in (Interval(min(earliest, first), first), *before, span, after):
        yield service_of(period, terms), terms.planned_work


def _divided(
    works: tuple[PlannedWork, ...], services: Iterable[tuple[tuple[Interval, ...], PlannedWorkTerms]]
) -> tuple[Ruler, list[Outage]]:
    """The time that counts, and planned work that counts as down: from its first second that does to its end."""
    counted: list[Interval] = []
    down: list[Interval] = []
    for service, agreed in services:
        split = split_work(works, agreed, service)
        counted += subtract(service, split.excluded)
        down += split.down
    known = Ruler(down)
    began = ((work, known.first_within(work.away)) for work in works)
    return Ruler(counted), [Outage(work_name(w.id), first, w.away.end) for w, first in began if first is not None]


def _fate(time: Interval, span: Interval, counted: Ruler, shortest: int) -> tuple[int | None, FailureFate]:
    """The first second of a failure that counts, and what became of it."""
    seen = Interval(time.start, min(time.end, span.end))
    began = counted.first_within(seen)
    if began is None:
        return None, FailureFate.OUTSIDE
    is_long = time.seconds >= shortest
    if began >= span.start:
        return began, FailureFate.COUNTED if is_long else FailureFate.TOO_SHORT
    goes_on = counted.within(Interval(span.start, seen.end)) > 0
    return began, FailureFate.BEGAN_BEFORE if is_long and goes_on else FailureFate.OUTSIDE
