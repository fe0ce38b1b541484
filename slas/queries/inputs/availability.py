"""Outages, checks, gaps and planned work of targets that count time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from slas.calculation import outages, planned_work
from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms
from slas.calculation.checks import States, states_of
from slas.calculation.deadlines import WorkingDays
from slas.calculation.intervals import Interval
from slas.calculation.local_time import local
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outcomes.availability import AvailabilityInputs
from slas.calculation.outcomes.events import Event
from slas.calculation.outcomes.frame import instant
from slas.calculation.outcomes.interruptions import InterruptionsInputs
from slas.calculation.reliability import name_of
from slas.calculation.service_hours import CLOSED, ROUND_THE_CLOCK, ServiceHours
from slas.models import FactKind, Outage, PlannedWork, ServiceLevelTarget
from slas.queries import evidence
from slas.queries.hours import HoursBook
from slas.queries.inputs.silence import silent_time, uncovered_time
from slas.queries.inputs.terms import frame_of, hours_for, maybe_seconds, seconds, share_of_percent
from slas.queries.months_away import refuse_away
from slas.queries.targets import Slot, period_of, slot_of

SATURDAY = 5
NO_STATES = States((), (), ())


class AvailabilitySource:
    """The facts of many availability targets."""

    def __init__(self, slots: Sequence[Slot], book: HoursBook, now: datetime) -> None:
        self._book, self._now = book, now
        measures = {slot.target.measure_id for slot in slots}
        start, end = evidence.bounds(slot.span for slot in slots)
        around = evidence.bounds(reach_of(slot) for slot in slots)
        self._outages = self._recorded(measures, around)
        self._gaps = evidence.gaps(measures, start, end)
        services = {slot.target.service_id for slot in slots if slot.target.service_id}
        back = min([around.start, *(seconds(rows[0].started_at) for rows in self._outages.values())])
        back = min([back, *(_capped_since(slot, back) for slot in slots)])
        self._works = evidence.planned_work(services, back, around.end) if services else {}
        logs = {slot.target.measure_id for slot in slots if slot.target.measure.fact_kind == FactKind.OUTAGES}
        self._covered = evidence.covered(logs, start, end) if logs else {}
        checked = [slot for slot in slots if slot.target.measure.fact_kind == FactKind.CHECKS]
        self._states = dict(self._read_states(checked, *around)) if checked else {}

    def _recorded(self, measures: Iterable[int], around: Interval) -> Mapping[int, Sequence[Outage]]:
        """The log of outages of each measure."""
        return evidence.outages(measures, *around)

    def _read_states(
        self, slots: Sequence[Slot], start: int, end: int
    ) -> Iterator[tuple[tuple[int, Interval], States]]:
        """Single checks become states at once, so that only a few measures are held in memory."""
        longest = {slot.target.measure_id: slot.target.measure.max_gap_seconds for slot in slots}
        wanted: dict[int, set[Interval]] = defaultdict(set)
        for slot in slots:
            wanted[slot.target.measure_id].add(self._looked_at(slot))
        refuse_away(Interval(start, end))
        for measure_id, found in evidence.checks(longest, start, end):
            for span in wanted[measure_id]:
                known = [check for check in found if check.at < span.end]
                yield (measure_id, span), states_of(known, span, longest[measure_id])

    def _looked_at(self, slot: Slot) -> Interval:
        """The span and what lies around it, as far as something can be known."""
        start, end = reach_of(slot)
        return Interval(start, min(end, seconds(self._now)))

    def _works_of(
        self, slot: Slot, recorded: Sequence[Outage]
    ) -> tuple[list[PlannedWork], list[PlannedWork], tuple[Interval, ...]]:
        """Planned work in the slot; that around it, since the first began of what lasts into the slot; the periods of
        that, where each has a cap of its own.
        """
        known, reach = self._works.get(slot.target.service_id or 0, []), reach_of(slot)
        inside = [row for row in known if _overlaps(row, slot.span)]
        lasting = [*(row.started_at for row in recorded), *(row.starts_at for row in inside)]
        since = min([slot.span.start, *map(seconds, lasting)])
        before = tuple(self._periods_before(slot, since))
        time = Interval(min([since, reach.start, *(each.start for each in before)]), reach.end)
        around = [row for row in known if _overlaps(row, time) and not _overlaps(row, slot.span)]
        return inside, around, before

    def _periods_before(self, slot: Slot, since: int) -> Iterator[Interval]:
        """The periods of the promise from that second to the slot, the latest first; none without a cap."""
        before: Slot | None = slot
        while slot.target.planned_cap_seconds is not None and before is not None and since < before.span.start:
            before = slot_of(slot.target, before.period.previous(), self._now)
            if before is not None:
                yield before.span

    def inputs(self, slot: Slot) -> AvailabilityInputs:
        """Terms and facts of one target in one period."""
        target, span, reach = slot.target, slot.span, reach_of(slot)
        recorded = [row for row in self._outages.get(target.measure_id, []) if _touches(row, reach)]
        works, around, before = self._works_of(slot, recorded)
        known = [seconds(at) for row in (*works, *around) for at in (row.announced_at, row.starts_at)]
        known += [*(seconds(row.started_at) for row in recorded), *(each.start for each in before)]
        states = self._states.get((target.measure_id, self._looked_at(slot)), NO_STATES)
        return AvailabilityInputs(
            frame=frame_of(slot, self._now),
            terms=_terms(target, hours_for(slot.target, self._book, [*span, *known])),
            facts=AvailabilityFacts(
                outages=(*_outages(recorded, target), *_checked(states, target)),
                planned_works=tuple(_work(row) for row in works),
                unknown=(*states.unknown, *self._silent(slot)),
                works_around=tuple(_work(row) for row in around),
                earlier_periods=before,
            ),
            events={
                _key(row.started_at): Event(row.what, row.cause, row.component_slug, row.left_out_reason)
                for row in recorded
            },
            titles={_key(row.starts_at): row.title for row in (*works, *around)},
        )

    def _silent(self, slot: Slot) -> Iterator[Interval]:
        measure = slot.target.measure
        yield from silent_time(measure, slot.span, self._gaps.get(measure.pk, []), slot.zone)
        if measure.fact_kind == FactKind.OUTAGES:
            yield from uncovered_time(slot.span, self._covered.get(measure.pk, []))


class InterruptionsSource:
    """The same facts, of targets that count interruptions."""

    def __init__(self, slots: Sequence[Slot], book: HoursBook, now: datetime) -> None:
        self._source = AvailabilitySource(slots, book, now)

    def inputs(self, slot: Slot) -> InterruptionsInputs:
        """Terms and facts of one target in one period."""
        read = self._source.inputs(slot)
        works = {name_of(key): Event(title, "Planned work") for key, title in read.titles.items()}
        return InterruptionsInputs(read.frame, read.terms, read.facts, {**read.events, **works})


def reach_of(slot: Slot) -> Interval:
    """The time in which outages can change the figure of the slot."""
    return outages.reach(slot.span, slot.target.minimum_outage_seconds, slot.target.merge_gap_seconds)


def _capped_since(slot: Slot, since: int) -> int:
    """Since when planned work used up the cap of the period in which that second lies, and of the one before the slot;
    without a cap, that second.
    """
    if slot.target.planned_cap_seconds is None:
        return since
    on = local(min(since, slot.span.start - 1), slot.zone).date()
    return period_of(slot.target, on).bounds(slot.zone).start


def _key(at: datetime) -> str:
    """The name of a fact inside its measure, the same in each database: its own instant."""
    return instant(seconds(at)) or ""


def _touches(row: Outage, span: Interval) -> bool:
    return seconds(row.started_at) < span.end and (row.ended_at is None or seconds(row.ended_at) > span.start)


def _overlaps(row: PlannedWork, span: Interval) -> bool:
    return seconds(row.starts_at) < span.end and seconds(row.away_until) > span.start


def _outages(rows: Iterable[Outage], target: ServiceLevelTarget) -> Iterator[outages.Outage]:
    degraded = Fraction(target.degraded_share)
    for row in rows:
        usable = degraded if row.is_degraded else outages.DOWN
        start, end = seconds(row.started_at), maybe_seconds(row.ended_at)
        affected = outages.EVERYBODY if row.affected_percent is None else share_of_percent(row.affected_percent)
        yield outages.Outage(_key(row.started_at), start, end, usable, not row.left_out_reason, affected)


def _checked(states: States, target: ServiceLevelTarget) -> Iterator[outages.Outage]:
    """What checks found, as outages."""
    for usable, found in ((outages.DOWN, states.down), (Fraction(target.degraded_share), states.degraded)):
        for start, end in found:
            yield outages.Outage(f"checks {instant(start)}", start, end, usable)


def _work(row: PlannedWork) -> planned_work.PlannedWork:
    return planned_work.PlannedWork(
        start=seconds(row.starts_at),
        end=seconds(row.ends_at),
        id=_key(row.starts_at),
        kind=row.kind,
        announced_at=seconds(row.announced_at),
        approved_at=maybe_seconds(row.approved_at),
        ended_at=maybe_seconds(row.ended_at),
    )


def _terms(target: ServiceLevelTarget, hours: ServiceHours) -> AvailabilityTerms:
    days = target.planned_notice_days
    return AvailabilityTerms(
        hours=hours,
        planned_work=planned_work.PlannedWorkTerms(
            kinds=frozenset(target.excluded_work),
            notice=WorkingDays(days) if days else planned_work.NO_NOTICE,
            notice_hours=_office_days(hours),
            cap=target.planned_cap_seconds,
        ),
        unknown=UnknownPolicy(target.missing_policy),
        minimum_outage=target.minimum_outage_seconds,
        flap_gap=target.merge_gap_seconds,
        minimum_coverage=share_of_percent(target.minimum_coverage),
        by_users=target.weighs_users,
    )


def _office_days(hours: ServiceHours) -> ServiceHours:
    """The days that count as notice: Monday to Friday without public holidays, also for a service of every day."""
    weekly = tuple(ROUND_THE_CLOCK if day < SATURDAY else CLOSED for day in range(7))
    versions = tuple((on, _office_days(version)) for on, version in hours.versions)
    return ServiceHours(zone=hours.zone, weekly=weekly, holidays=hours.holidays, versions=versions)
