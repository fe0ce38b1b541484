"""Outages, checks, gaps and planned work of targets that count time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from slas.calculation import planned_work
from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, FormerTerms
from slas.calculation.deadlines import WorkingDays
from slas.calculation.intervals import Interval, clip, union
from slas.calculation.local_time import local, midnight
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outcomes.availability import AvailabilityInputs
from slas.calculation.outcomes.events import Event
from slas.calculation.outcomes.interruptions import InterruptionsInputs
from slas.calculation.reliability import work_name
from slas.calculation.service_hours import CLOSED, ROUND_THE_CLOCK, ServiceHours
from slas.models import Outage, PlannedWork, ServiceLevelTarget
from slas.queries import evidence
from slas.queries.hours import HoursBook
from slas.queries.inputs.gaps import Gaps
from slas.queries.inputs.outages import (
    NO_STATES,
    checked_outages,
    key_of,
    looked_at,
    reach_of,
    recorded_outages,
    seen_outages,
)
from slas.queries.inputs.silence import Silence
from slas.queries.inputs.terms import frame_of, hours_for, maybe_seconds, seconds, share_of_percent
from slas.queries.targets import Slot, former_targets, period_of, promised_dates, slot_of

SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Surrounding:
    """What says in which period a failure began that lasts into a slot: planned work inside it and around it, the
    periods of its promise before it, and those of earlier versions of the agreement; `since` when is known.
    """

    inside: list[PlannedWork]
    around: list[PlannedWork]
    before: tuple[Interval, ...]
    former: tuple[Slot, ...]
    since: int


class AvailabilitySource:
    """The facts of many availability targets; `follows_gaps`: time without data may be an interruption."""

    def __init__(self, slots: Sequence[Slot], book: HoursBook, now: datetime, *, follows_gaps: bool = False) -> None:
        self._book, self._now = book, now
        around = evidence.bounds(reach_of(slot) for slot in slots)
        self._silence = Silence((slot.target.measure for slot in slots), around)
        self._former = former_targets(slot.target for slot in slots)
        gaps = Gaps(slots if follows_gaps else (), self._former, self._silence, around)
        self._states = checked_outages(slots, around, now, gaps)
        recorded = self._recorded(slots, around, gaps)
        self._seen = {
            _name(slot): seen_outages(
                slot,
                now,
                recorded.get(slot.target.measure_id, ()),
                self._states.get(slot.target.measure_id, NO_STATES),
                gaps,
            )
            for slot in slots
        }
        services = {slot.target.service_id for slot in slots if slot.target.service_id}
        back = min([around.start, *(second for seen in self._seen.values() for second in seen.starts)])
        self._former_book = HoursBook(
            ids=(each.service_hours_id for some in self._former.values() for each in some if each.service_hours_id)
        )
        back = min([back, *(_capped_since(slot, self._former.get(slot.target.pk, ()), back) for slot in slots)])
        self._works = evidence.planned_work(services, back, around.end) if services else {}

    def _recorded(self, slots: Sequence[Slot], around: Interval, gaps: Gaps) -> Mapping[int, Sequence[Outage]]:
        """The logs of outages of the measures."""
        return recorded_outages(slots, around, gaps)

    def _around(self, slot: Slot, began: Sequence[int]) -> _Surrounding:
        """What surrounds the slot, since the first began of what lasts into it: outages by those seconds, and work."""
        known, reach = self._works.get(slot.target.service_id or 0, []), reach_of(slot)
        inside = [row for row in known if _overlaps(row, slot.span)]
        since = min([slot.span.start, *began, *(seconds(row.starts_at) for row in inside)])
        before, former = tuple(self._periods_before(slot, since)), tuple(self._former_slots(slot, since))
        starts = (each.start for each in (*before, *(found.span for found in former)))
        time = Interval(min([since, reach.start, *starts]), reach.end)
        around = [row for row in known if _overlaps(row, time) and not _overlaps(row, slot.span)]
        return _Surrounding(inside, around, before, former, since)

    def _periods_before(self, slot: Slot, since: int) -> Iterator[Interval]:
        """The periods of the promise from that second to the slot, the latest first; none without a cap."""
        before: Slot | None = slot
        while slot.target.planned_cap_seconds is not None and before is not None and since < before.span.start:
            before = slot_of(slot.target, before.period.previous(), self._now)
            if before is not None:
                yield before.span

    def _former_slots(self, slot: Slot, since: int) -> Iterator[Slot]:
        """The periods of the promise since that second in earlier versions of its agreement, the latest first."""
        for target in self._former.get(slot.target.pk, ()):
            _starts_on, ends_on = promised_dates(target)
            period = period_of(target, ends_on - _ONE_DAY) if ends_on else slot.period
            while (found := slot_of(target, period, self._now)) is not None and since < found.span.end:
                yield found
                period = period.previous()

    def _terms_of(self, slot: Slot, around: _Surrounding, known: Sequence[int]) -> AvailabilityTerms:
        """What is agreed about the slot; with those instants, and with the time before it where something lasts in."""
        target, starts = slot.target, midnight(promised_dates(slot.target)[0], slot.zone)
        terms = _terms(target, hours_for(target, self._book, [*slot.span, *known]))
        if around.since >= starts:
            return terms
        former = (
            (each.span, each.target, hours_for(each.target, self._former_book, [*each.span, *known]))
            for each in around.former
        )
        return replace(
            terms,
            in_force=Interval(starts, reach_of(slot).end),
            former=tuple(FormerTerms(span, hours, _planned_terms(before, hours)) for span, before, hours in former),
        )

    def inputs(self, slot: Slot) -> AvailabilityInputs:
        """Terms and facts of one target in one period."""
        seen = self._seen[_name(slot)]
        found = self._around(slot, seen.starts)
        works, around = found.inside, found.around
        known = [seconds(at) for row in (*works, *around) for at in (row.announced_at, row.starts_at)]
        known += [*seen.starts, *(each.start for each in found.before)]
        return AvailabilityInputs(
            frame=frame_of(slot, self._now),
            terms=self._terms_of(slot, found, known),
            facts=AvailabilityFacts(
                outages=seen.known,
                planned_works=tuple(_work(row) for row in works),
                unknown=tuple(self._silent(slot)),
                works_around=tuple(_work(row) for row in around),
                earlier_periods=found.before,
                outages_before=seen.before,
                unknown_around=seen.gaps,
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
        yield from self._silence.of(measure, slot.span, slot.zone)


class InterruptionsSource:
    """The same facts, of targets that count interruptions."""

    def __init__(self, slots: Sequence[Slot], book: HoursBook, now: datetime) -> None:
        self._source, self._now = AvailabilitySource(slots, book, now, follows_gaps=True), now

    def inputs(self, slot: Slot) -> InterruptionsInputs:
        """Terms and facts of one target in one period; what has no data is as long as it has been without so far."""
        read = self._source.inputs(slot)
        so_far = Interval(slot.span.start, min(slot.span.end, seconds(self._now)))
        facts = replace(read.facts, unknown=tuple(clip(union(read.facts.unknown), so_far)))
        works = {work_name(key): Event(title, "Planned work") for key, title in read.titles.items()}
        return InterruptionsInputs(read.frame, read.terms, facts, {**read.events, **works})


def _name(slot: Slot) -> tuple[int, Interval]:
    return slot.target.pk, slot.span


def _capped_since(slot: Slot, former: Sequence[ServiceLevelTarget], since: int) -> int:
    """Since when planned work used up the cap of the period in which that second lies, and of the one before the slot,
    also where that was one of an earlier version of the agreement; without a cap, that second.
    """
    on = local(min(since, slot.span.start - 1), slot.zone).date()
    capped = [target for target in (slot.target, *former) if target.planned_cap_seconds is not None]
    return min([since, *(period_of(target, on).bounds(slot.zone).start for target in capped)])


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
    return AvailabilityTerms(
        hours=hours,
        planned_work=_planned_terms(target, hours),
        unknown=UnknownPolicy(target.missing_policy),
        minimum_outage=target.minimum_outage_seconds,
        flap_gap=target.merge_gap_seconds,
        minimum_coverage=share_of_percent(target.minimum_coverage),
        by_users=target.weighs_users,
    )


def _planned_terms(target: ServiceLevelTarget, hours: ServiceHours) -> planned_work.PlannedWorkTerms:
    days = target.planned_notice_days
    return planned_work.PlannedWorkTerms(
        kinds=frozenset(target.excluded_work),
        notice=WorkingDays(days) if days else planned_work.NO_NOTICE,
        notice_hours=_office_days(hours),
        cap=target.planned_cap_seconds,
    )


def _office_days(hours: ServiceHours) -> ServiceHours:
    """The days that count as notice: Monday to Friday without public holidays, also for a service of every day."""
    weekly = tuple(ROUND_THE_CLOCK if day < SATURDAY else CLOSED for day in range(7))
    versions = tuple((on, _office_days(version)) for on, version in hours.versions)
    return ServiceHours(zone=hours.zone, weekly=weekly, holidays=hours.holidays, versions=versions)
