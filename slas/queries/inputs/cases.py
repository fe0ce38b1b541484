"""Cases with their pauses, of targets that count how many were solved in time."""

from collections.abc import Sequence
from datetime import datetime

from slas.calculation import ledger as core
from slas.calculation.cases import Attribution, CaseTerms, ChangeRule
from slas.calculation.deadlines import WorkingDays, due_at, nth_working_day
from slas.calculation.errors import NeverOpen
from slas.calculation.local_time import DAY, midnight
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outcomes.case_records import CaseStory
from slas.calculation.outcomes.counts import CasesInputs
from slas.calculation.shares import PercentileMethod
from slas.models import (
    Case,
    CaseAttribution,
    CasePause,
    CasePriority,
    CaseReopening,
    ClockStop,
    ServiceLevelTarget,
)
from slas.queries import evidence
from slas.queries.hours import HoursBook
from slas.queries.inputs.silence import silent_time
from slas.queries.inputs.terms import frame_of, hours_for, limit_of, maybe_seconds, seconds, share_of_percent
from slas.queries.targets import Slot, earlier_versions, version_bounds

# A case may be due at the first instant of a period although its clock ran out at a closing some days before.
LONGEST_REST = 14 * DAY
# Holidays that the clock of a case may have met before its period.
LOOK_BACK = 3 * 366 * DAY


class CasesSource:
    """The cases of many targets."""

    def __init__(self, slots: Sequence[Slot], book: HoursBook, now: datetime) -> None:
        self._book, self._now = book, now
        self._floors = {(slot.target.pk, slot.span): self._floor(slot) for slot in slots}
        floors: dict[int, int] = {}
        for slot in slots:
            measure_id, floor = slot.target.measure_id, self._floors[slot.target.pk, slot.span]
            floors[measure_id] = min(floor, floors.get(measure_id, floor))
        bounds = evidence.bounds(slot.span for slot in slots)
        by_stop = {slot.target.measure_id for slot in slots if slot.target.attribution == CaseAttribution.STOPPED}
        self._cases = evidence.cases(floors, bounds.end, by_stop)
        self._gaps = evidence.gaps(floors, bounds.start, bounds.end)
        self._pauses = evidence.case_parts(self._cases, CasePause)
        self._reopenings = evidence.case_parts(self._cases, CaseReopening)
        self._priorities = evidence.case_parts(self._cases, CasePriority)
        self._merged = {pk: _merged(rows) for pk, rows in self._cases.items()}
        self._earlier_reopen_days = _earlier_reopen_days([slot.target for slot in slots])
        self._by_key = {pk: {row.key: row for row in rows} for pk, rows in self._cases.items()}

    def _floor(self, slot: Slot) -> int:
        """No case opened before this instant, and never paused after it, can be due in the span."""
        start = slot.span.start
        hours = hours_for(slot.target, self._book, [start - LOOK_BACK, start])
        limit = limit_of(slot.target)
        if isinstance(limit, WorkingDays):
            return midnight(nth_working_day(hours, hours.date_of(start), -(limit.days + 1)), hours.tz) - LONGEST_REST
        return hours.latest_start(start, limit.seconds) - LONGEST_REST

    def inputs(self, slot: Slot) -> CasesInputs:
        """Terms and cases of one target in one period."""
        target = slot.target
        rows = [row for row in self._cases.get(target.measure_id, []) if self._may_count(row, slot)]
        found = [self._case(row, target) for row in rows]
        ends = [case.stopped_at for case in found if case.stopped_at is not None]
        beyond = [seconds(self._now)] if slot.looks_beyond else []
        hours = hours_for(slot.target, self._book, [*slot.span, *(case.opened_at for case in found), *ends, *beyond])
        since, until = version_bounds(target)
        return CasesInputs(
            frame=frame_of(slot, self._now),
            terms=CaseTerms(
                hours=hours,
                limit=limit_of(target),
                pause_reasons=frozenset(target.pause_reasons),
                unknown=UnknownPolicy(target.missing_policy),
                minimum_coverage=share_of_percent(target.minimum_coverage),
                attribution=Attribution(target.attribution),
                change=ChangeRule(target.priority_rule),
                reopen_days=target.reopen_days,
                longest_pause=target.longest_pause_seconds,
                since=since,
                until=until,
                earlier_reopen_days=self._earlier_reopen_days.get(target.pk, ()),
            ),
            cases=tuple(found),
            stories={row.key: CaseStory(row.title, row.priority) for row in rows},
            silent=tuple(silent_time(target.measure, slot.span, self._gaps.get(target.measure_id, []), slot.zone)),
            method=PercentileMethod(target.percentile_method),
        )

    def _may_count(self, row: Case, slot: Slot) -> bool:
        """Whether it was open before the end of the span, and something of it happened after the floor."""
        target, key = slot.target, (row.measure_id, row.key)
        if self._opened_at(row) >= slot.span.end:
            return False
        if target.priorities and row.priority not in target.priorities:
            return False
        floor = self._floors[target.pk, slot.span]
        if self._opened_at(row) >= floor:
            return True
        stopped_at = maybe_seconds(row.responded_at if target.clock_stop == ClockStop.ANSWERED else row.resolved_at)
        if target.attribution == CaseAttribution.STOPPED and stopped_at is not None and stopped_at >= floor:
            return True
        heard = [each.ended_at for each in self._pauses.get(key, ())]
        heard += [each.reopened_at for each in self._reopenings.get(key, ())]
        heard += [each.changed_at for each in self._priorities.get(key, ())]
        return any(at is None or seconds(at) > floor for at in heard)

    def _opened_at(self, row: Case) -> int:
        """When it was opened, or the earliest of those that were merged into it."""
        merged = self._merged[row.measure_id].get(row.key)
        return merged.opened_at if merged else seconds(row.opened_at)

    def _case(self, row: Case, target: ServiceLevelTarget) -> core.Case:
        """A case with the event that stops its clock; where that is not recorded it is unknown: neither met nor late.

        What is opened again was answered already.
        """
        key, stopped_at, unknown = (row.measure_id, row.key), row.resolved_at, row.unknown_reason
        reopenings = self._reopenings.get(key, [])
        if target.clock_stop == ClockStop.ANSWERED:
            stopped_at, reopenings = row.responded_at, []
            if stopped_at is None and row.resolved_at is not None:
                unknown = unknown or "no first answer is recorded"
        merged = self._merged[row.measure_id].get(row.key)
        return core.Case(
            id=row.key,
            opened_at=self._opened_at(row),
            stopped_at=maybe_seconds(stopped_at),
            pauses=tuple(_pause(each) for each in self._pauses.get(key, ())),
            left_out=row.excluded_reason,
            unknown=unknown,
            reopenings=tuple(core.Reopening(seconds(each.solved_at), seconds(each.reopened_at)) for each in reopenings),
            merged_into=merged.merged_into if merged else row.merged_into,
            joined=merged.joined if merged else (),
            astray=merged.astray if merged else "",
            elsewhere=self._elsewhere(row, target),
            limit_since=_limit_since(target, self._priorities.get(key, ())),
        )

    def _elsewhere(self, row: Case, target: ServiceLevelTarget) -> str:
        """The case that goes on in the place of this one, where the target does not count its priority."""
        if not target.priorities:
            return ""
        cases, merged, last = self._by_key[row.measure_id], self._merged[row.measure_id], row
        while last.merged_into and not (last.key in merged and merged[last.key].astray):
            last = cases[last.merged_into]
        return last.key if last is not row and last.priority not in target.priorities else ""


def _earlier_reopen_days(targets: Sequence[ServiceLevelTarget]) -> dict[int, tuple[tuple[int, int | None], ...]]:
    """Of targets that agreed another time to open again before: until when cases were opened under which, in order."""
    return {
        pk: tuple((until, each.reopen_days) for each in versions if (until := version_bounds(each)[1]) is not None)
        for pk, versions in earlier_versions(targets).items()
        if len({each.reopen_days for each in versions}) > 1
    }


def _pause(row: CasePause) -> core.Pause:
    return core.Pause(
        seconds(row.started_at),
        maybe_seconds(row.ended_at),
        row.reason,
        row.party,
        row.note,
        maybe_seconds(row.entered_at),
        row.entered_by,
        row.approved_by,
    )


def _merged(rows: Sequence[Case]) -> dict[str, core.Case]:
    """The cases into which others were merged, with their start and the others, and those that went astray."""
    if not any(row.merged_into for row in rows):
        return {}
    plain = (
        core.Case(row.key, seconds(row.opened_at), None, left_out=row.excluded_reason, merged_into=row.merged_into)
        for row in rows
    )
    return {case.id: case for case in core.follow_merges(plain) if case.joined or case.astray}


def _limit_since(target: ServiceLevelTarget, changes: Sequence[CasePriority]) -> int | None:
    """Since when the case has a priority that the target counts, where it had another before."""
    others = [each.changed_at for each in changes if target.priorities and each.before not in target.priorities]
    return seconds(max(others)) if others else None


def last_due(*, target: ServiceLevelTarget, book: HoursBook, until: datetime) -> datetime:
    """When a case whose clock ran or stood still up to the instant is due at the latest.

    In hours that never open it is never due; the period of the instant itself says so.
    """
    second = seconds(until)
    hours = hours_for(target, book, [second, second + LOOK_BACK])
    try:
        return evidence.moment(due_at(hours, second, limit_of(target)))
    except NeverOpen:
        return until
