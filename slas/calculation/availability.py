"""Availability: agreed and experienced, with every second in exactly one state (calculation, sections 2, 9 and 12).

The first state that matches wins: not in service, out of hours, excluded, down, degraded (lowest usable share),
unknown, up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from slas.calculation.conventions import PARLEY, Convention
from slas.calculation.errors import EmptyPeriod, NegativeLimit, NoShare, ReversedInterval
from slas.calculation.intervals import Interval, clip, intersect, measure, subtract, union
from slas.calculation.missing import DEFAULT_MINIMUM_COVERAGE, Evidence, UnknownPolicy
from slas.calculation.outages import DOWN, Account, Fate, Ledger, Outage, OutageUse, Spell, failures, hull, touches
from slas.calculation.planned_work import PlannedWork, PlannedWorkTerms, WorkSplit, WorkUse, split_work
from slas.calculation.proof import LATER
from slas.calculation.service_hours import ServiceHours
from slas.calculation.status import CloseRule, Standing, Verdict, judge


@dataclass(frozen=True)
class FormerTerms:
    """By what a period of an earlier version of the agreement was counted: it says whether a failure began in it."""

    span: Interval
    hours: ServiceHours
    planned_work: PlannedWorkTerms


@dataclass(frozen=True)
class AvailabilityTerms:
    """What is agreed about counting: everything that changes the figure and is not a fact.

    `in_force` is the time in which the service and this version of its agreement exist (None: throughout), and `former`
    are periods of the versions before it, in which what goes on may have begun. All lengths are in seconds.
    `carry_seconds` belongs to the policy CARRY: for so long the last known state is taken to go on. `by_users`: an
    outage costs the share of the agreed users whom it met, A = 1 - sum(share x time) / T.
    """

    hours: ServiceHours
    in_force: Interval | None = None
    planned_work: PlannedWorkTerms = field(default_factory=PlannedWorkTerms)
    unknown: UnknownPolicy = UnknownPolicy.EXCLUDE
    carry_seconds: int = 0
    minimum_outage: int = 0
    flap_gap: int = 0
    minimum_coverage: Fraction = DEFAULT_MINIMUM_COVERAGE
    by_users: bool = field(default=False, metadata=LATER)
    former: tuple[FormerTerms, ...] = field(default=(), metadata=LATER)

    def __post_init__(self) -> None:
        lengths = (("A carried state", self.carry_seconds), ("A minimum outage", self.minimum_outage))
        for what, seconds in (*lengths, ("A gap to merge", self.flap_gap)):
            if seconds < 0:
                raise NegativeLimit(seconds, what)
        if not 0 <= self.minimum_coverage <= 1:
            raise NoShare("The minimum coverage", self.minimum_coverage)
        if self.in_force is not None and self.in_force.end < self.in_force.start:
            raise ReversedInterval("The time in force", *self.in_force)

    def within(self, span: Interval) -> "AvailabilityTerms":
        """The same without what is agreed about the time around the span, where the span is in force throughout."""
        start, end = self.in_force or span
        is_throughout = start <= span.start and span.end <= end
        return replace(self, in_force=None if is_throughout else self.in_force, former=())


@dataclass(frozen=True)
class AvailabilityFacts:
    """What happened, in any order; outages also just outside the period, as far as `outages.reach` tells.

    `works_around` is planned work outside the period, as far as it can change in which period a failure began and how
    long it took; `earlier_periods` are those in which it may have begun, where each has a cap of its own, and
    `outages_before` those outages beyond `outages.reach` with which it began. `unknown_around` is time without data
    outside the period that says the same of an interruption.
    """

    outages: tuple[Outage, ...] = ()
    planned_works: tuple[PlannedWork, ...] = ()
    unknown: tuple[Interval, ...] = ()
    works_around: tuple[PlannedWork, ...] = field(default=(), metadata=LATER)
    earlier_periods: tuple[Interval, ...] = field(default=(), metadata=LATER)
    outages_before: tuple[Outage, ...] = field(default=(), metadata=LATER)
    unknown_around: tuple[Interval, ...] = field(default=(), metadata=LATER)

    def __post_init__(self) -> None:
        for start, end in (*self.unknown_around, *self.unknown):
            if end < start:
                raise ReversedInterval("A time without data", start, end)


@dataclass(frozen=True)
class AvailabilityFigure:
    """Availability of one service in one period; whole seconds, exact shares, None where nothing can be divided.

    service - excluded = counted (T); counted, less unknown time where that is left out, = judged (K). `lost` is D',
    with the unknown time where that counts as down. `degraded` holds the seconds of each usable share; where users are
    weighed, of each share of users who could work.
    """

    span: Interval
    service_seconds: int
    excluded_seconds: int
    counted_seconds: int
    judged_seconds: int
    down_seconds: int
    planned_down_seconds: int
    degraded: tuple[tuple[Fraction, int], ...]
    unknown_seconds: int
    lost: Fraction
    experienced_seconds: int
    experienced_lost: int
    minimum_coverage: Fraction
    outages: tuple[OutageUse, ...]
    works: tuple[WorkUse, ...]

    @property
    def share(self) -> Fraction | None:
        """Agreed availability A; None when no time counts."""
        return _share(self.judged_seconds - self.lost, self.judged_seconds)

    @property
    def experienced(self) -> Fraction | None:
        """Experienced availability E: no exclusion, degradation in full, as people at the screen lived it."""
        return _share(self.experienced_seconds - self.experienced_lost, self.experienced_seconds)

    @property
    def coverage(self) -> Fraction | None:
        """Known part of the time that counts."""
        return _share(self.counted_seconds - self.unknown_seconds, self.counted_seconds)

    @property
    def lost_to_events(self) -> Fraction:
        """D': what outages and planned work cost, without unknown time."""
        return self.down_seconds + self.planned_down_seconds + _unusable(self.degraded)

    @property
    def low(self) -> Fraction | None:
        """The figure if all unknown time had been down."""
        return _share(self.counted_seconds - self.lost_to_events - self.unknown_seconds, self.counted_seconds)

    @property
    def high(self) -> Fraction | None:
        """The figure if all unknown time had been up."""
        return _share(self.counted_seconds - self.lost_to_events, self.counted_seconds)

    @property
    def with_planned_work(self) -> "AvailabilityFigure":
        """The same to whom planned work that was agreed counts as up: it stays in the time that counts."""
        judged = self.judged_seconds + self.excluded_seconds
        return replace(self, excluded_seconds=0, counted_seconds=self.service_seconds, judged_seconds=judged)

    def allowed(self, target: Fraction) -> Fraction:
        """Seconds that may be lost under a target."""
        return (1 - target) * self.judged_seconds

    def standing(self, target: Fraction) -> Standing | None:
        """Lost against allowed; None when no time can be judged."""
        if not self.judged_seconds:
            return None
        return Standing(self.lost, self.allowed(target), Fraction(self.judged_seconds))

    def judge(self, target: Fraction, close: CloseRule) -> Verdict:
        """The verdict on a closed period: met when target x K <= K - lost. No time that counts: nothing to judge."""
        if self.coverage is None or self.low is None or self.high is None:
            return judge(None, None, close)
        evidence = Evidence(self.coverage, self.minimum_coverage, self.low >= target, self.high >= target)
        return judge(self.standing(target), evidence, close)


def measure_availability(
    span: Interval, terms: AvailabilityTerms, facts: AvailabilityFacts, by: Convention = PARLEY
) -> AvailabilityFigure:
    """Agreed and experienced availability over the span; open outages run to its end. Raises EmptyPeriod.

    The order of the facts changes nothing. By a convention of others, the agreed one changes as that says.
    """
    if span.start >= span.end:
        raise EmptyPeriod(*span)
    facts = _settled(facts, terms, span)
    service = service_of(span, terms)
    work = split_work(facts.planned_works, terms.planned_work, service)
    account = _account(facts.outages, terms, span, service, work)
    unknown = measure(intersect(account.free, facts.unknown))
    figure = _figure(span, terms, service, work, account, unknown, _experience(facts, terms, service))
    return figure.with_planned_work if by.planned_work_stays else figure


def service_of(span: Interval, terms: AvailabilityTerms) -> tuple[Interval, ...]:
    """Service time of the span, as far as the service and its agreement exist."""
    start, end = terms.in_force or span
    return tuple(terms.hours.working(Interval(max(span.start, start), min(span.end, end))))


def _settled(facts: AvailabilityFacts, terms: AvailabilityTerms, span: Interval) -> AvailabilityFacts:
    """Facts with open outages ended with the span, gaps in order, and the last state carried into them where agreed."""
    ended = tuple(outage.ended_by(span.end) for outage in facts.outages)
    gaps = tuple(clip(union(facts.unknown), span))
    if terms.unknown is not UnknownPolicy.CARRY:
        return replace(facts, outages=ended, unknown=gaps)
    carried = [Interval(gap.start, min(gap.end, gap.start + terms.carry_seconds)) for gap in gaps]
    outages = tuple(_carry(outage, carried) for outage in ended)
    return replace(facts, outages=outages, unknown=tuple(subtract(gaps, carried)))


def _carry(outage: Outage, carried: Sequence[Interval]) -> Outage:
    """The outage, going on into a gap in the data that begins as it ends; an end inside the gap is known."""
    start, end = outage.interval
    for piece in carried:
        if start < piece.start == end:
            end = piece.end
    return replace(outage, end=end)


def _account(
    outages: Sequence[Outage], terms: AvailabilityTerms, span: Interval, service: Sequence[Interval], work: WorkSplit
) -> Account:
    """The use of each outage that lies in the span, or whose merged gap does; those around it decide what is merged."""
    counted = tuple(subtract(service, work.excluded))
    ledger = Ledger(service, counted, tuple(subtract(counted, work.down)))
    spells: list[Spell] = []
    short: set[str] = set()
    for failure in failures((outage for outage in outages if outage.counts), terms.flap_gap):
        if terms.minimum_outage and hull(failure).seconds < terms.minimum_outage:
            short.update(spell.id for spell in failure)
        else:
            spells += (spell for spell in failure if touches(spell.interval, span))
    account = ledger.weigh(spells) if terms.by_users else ledger.account(spells)
    inside = [outage for outage in outages if touches(outage.interval, span)]
    aside = [ledger.set_aside(outage, Fate.TOO_SHORT) for outage in inside if outage.counts and outage.id in short]
    aside += [ledger.set_aside(outage, Fate.AGREED_NOT_TO_COUNT) for outage in inside if not outage.counts]
    in_order = sorted([*account.uses, *aside], key=lambda use: (use.start, use.id))
    return replace(account, uses=tuple(in_order))


def _experience(facts: AvailabilityFacts, terms: AvailabilityTerms, service: Sequence[Interval]) -> tuple[int, int]:
    """Seconds of the experienced figure, and how many of them were lost."""
    away = [outage.interval for outage in facts.outages] + [work.away for work in facts.planned_works]
    lost = tuple(intersect(service, union(away)))
    unknown = measure(subtract(intersect(service, facts.unknown), lost))
    seconds, lost_seconds = measure(service), measure(lost)
    if terms.unknown is UnknownPolicy.DOWN:
        return seconds, lost_seconds + unknown
    return (seconds, lost_seconds) if terms.unknown is UnknownPolicy.UP else (seconds - unknown, lost_seconds)


def _figure(
    span: Interval,
    terms: AvailabilityTerms,
    service: Sequence[Interval],
    work: WorkSplit,
    account: Account,
    unknown: int,
    experience: tuple[int, int],
) -> AvailabilityFigure:
    counted = measure(service) - measure(work.excluded)
    levels = dict(account.levels)
    down = levels.pop(DOWN, 0)
    degraded = tuple((usable, seconds) for usable, seconds in levels.items() if seconds)
    lost = Fraction(down + measure(work.down)) + _unusable(degraded)
    return AvailabilityFigure(
        span=span,
        service_seconds=measure(service),
        excluded_seconds=measure(work.excluded),
        counted_seconds=counted,
        judged_seconds=counted - unknown if terms.unknown in (UnknownPolicy.EXCLUDE, UnknownPolicy.CARRY) else counted,
        down_seconds=down,
        planned_down_seconds=measure(work.down),
        degraded=degraded,
        unknown_seconds=unknown,
        lost=lost + unknown if terms.unknown is UnknownPolicy.DOWN else lost,
        experienced_seconds=experience[0],
        experienced_lost=experience[1],
        minimum_coverage=terms.minimum_coverage,
        outages=account.uses,
        works=work.uses,
    )


def _unusable(degraded: Sequence[tuple[Fraction, int]]) -> Fraction:
    return sum(((1 - usable) * seconds for usable, seconds in degraded), Fraction(0))


def _share(part: Fraction | int, whole: int) -> Fraction | None:
    return Fraction(part) / whole if whole else None
