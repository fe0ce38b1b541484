"""Outages, checks, gaps and planned work of targets that count time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from slas.calculation import planned_work
from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms
from slas.calculation.deadlines import WorkingDays
from slas.calculation.intervals import Interval, clip
from slas.calculation.local_time import local
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outcomes.availability import AvailabilityInputs
from slas.calculation.outcomes.events import Event
from slas.calculation.outcomes.interruptions import InterruptionsInputs
from slas.calculation.reliability import name_of
from slas.calculation.service_hours import CLOSED, ROUND_THE_CLOCK, ServiceHours
from slas.models import FactKind, Outage, PlannedWork, ServiceLevelTarget
from slas.queries import evidence
from slas.queries.hours import HoursBook
from slas.queries.inputs.outages import (
    NO_STATES,
    checked_outages,
    key_of,
    looked_at,
    reach_of,
    recorded_outages,
    seen_outages,
)
from slas.queries.inputs.silence import silent_time, uncovered_time
from slas.queries.inputs.terms import frame_of, hours_for, maybe_seconds, seconds, share_of_percent
from slas.queries.targets import Slot, period_of, slot_of

SATURDAY = 5


class AvailabilitySource:
    """The facts of many availability targets."""

    def __init__(self, slots: Sequence[Slot], book: HoursBook, now: datetime) -> None:
        self._book, self._now = book, now
        measures = {slot.target.measure_id for slot in slots}
        start, end = evidence.bounds(slot.span for slot in slots)
        around = evidence.bounds(reach_of(slot) for slot in slots)
        self._states = checked_outages(slots, around, now)
        recorded = self._recorded(slots, around)
        self._seen = {
            _name(slot): seen_outages(
                slot, now, recorded.get(slot.target.measure_id, ()), self._states.get(slot.target.measure_id, NO_STATES)
            )
            for slot in slots
        }
        self._gaps = evidence.gaps(measures, start, end)
        services = {slot.target.service_id for slot in slots if slot.target.service_id}
        back = min([around.start, *(second for seen in self._seen.values() for second in seen.starts)])
        back = min([back, *(_capped_since(slot, back) for slot in slots)])
        self._works = evidence.planned_work(services, back, around.end) if services else {}
        logs = {slot.target.measure_id for slot in slots if slot.target.measure.fact_kind == FactKind.OUTAGES}
        self._covered = evidence.covered(logs, start, end) if logs else {}

    def _recorded(self, slots: Sequence[Slot], around: Interval) -> Mapping[int, Sequence[Outage]]:
        """The logs of outages of the measures."""
        return recorded_outages(slots, around)

    def _works_of(
        self, slot: Slot, began: Sequence[int]
    ) -> tuple[list[PlannedWork], list[PlannedWork], tuple[Interval, ...]]:
        """Planned work in the slot; that around it, since the first began of what lasts into the slot, outages by those
        seconds; the periods of that, where each has a cap of its own.
        """
        known, reach = self._works.get(slot.target.service_id or 0, []), reach_of(slot)
        inside = [row for row in known if _overlaps(row, slot.span)]
        since = min([slot.span.start, *began, *(seconds(row.starts_at) for row in inside)])
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
        target, span, seen = slot.target, slot.span, self._seen[_name(slot)]
        works, around, before = self._works_of(slot, seen.starts)
        known = [seconds(at) for row in (*works, *around) for at in (row.announced_at, row.starts_at)]
        known += [*seen.starts, *(each.start for each in before)]
        return AvailabilityInputs(
            frame=frame_of(slot, self._now),
            terms=_terms(target, hours_for(slot.target, self._book, [*span, *known])),
            facts=AvailabilityFacts(
                outages=seen.known,
                planned_works=tuple(_work(row) for row in works),
                unknown=tuple(self._silent(slot)),
                works_around=tuple(_work(row) for row in around),
                earlier_periods=before,
                outages_before=seen.before,
            ),
            events={
                key_of(row.started_at): Event(row.what, row.cause, row.component_slug, row.left_out_reason)
                for row in seen.rows
            },
            titles={key_of(row.starts_at): row.title for row in (*works, *around)},
        )

    def _silent(self, slot: Slot) -> Iterator[Interval]:
        measure = slot.target.measure
        yield from clip(self._states.get(measure.pk, NO_STATES).unknown, looked_at(slot, self._now))
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


def _name(slot: Slot) -> tuple[int, Interval]:
    return slot.target.pk, slot.span


def _capped_since(slot: Slot, since: int) -> int:
    """Since when planned work used up the cap of the period in which that second lies, and of the one before the slot;
    without a cap, that second.
    """
    if slot.target.planned_cap_seconds is None:
        return since
    on = local(min(since, slot.span.start - 1), slot.zone).date()
    return period_of(slot.target, on).bounds(slot.zone).start


def _overlaps(row: PlannedWork, span: Interval) -> bool:
    return seconds(row.starts_at) < span.end and seconds(row.away_until) > span.start


def _work(row: PlannedWork) -> planned_work.PlannedWork:
    return planned_work.PlannedWork(
        start=seconds(row.starts_at),
        end=seconds(row.ends_at),
        id=key_of(row.starts_at),
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
