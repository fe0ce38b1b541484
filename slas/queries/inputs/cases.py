"""Cases with their pauses, of targets that count how many were solved in time."""

from collections.abc import Sequence
from datetime import datetime

from slas.calculation import ledger as core
from slas.calculation.cases import CaseTerms
from slas.calculation.deadlines import WorkingDays, WorkingTime, due_at, nth_working_day
from slas.calculation.errors import NeverOpen
from slas.calculation.local_time import DAY, midnight
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outcomes.case_records import CaseStory
from slas.calculation.outcomes.counts import CasesInputs
from slas.models import Case, CasePause, ClockStop, ServiceLevelTarget
from slas.queries import evidence
from slas.queries.hours import HoursBook
from slas.queries.inputs.silence import silent_time
from slas.queries.inputs.terms import frame_of, hours_for, limit_of, maybe_seconds, seconds, share_of_percent
from slas.queries.targets import Slot

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
        self._cases = evidence.cases(floors, bounds.end)
        self._gaps = evidence.gaps(floors, bounds.start, bounds.end)
        self._pauses = evidence.pauses(self._cases)

    def _floor(self, slot: Slot) -> int:
        """No case opened before this instant, and never paused after it, can be due in the span."""
        start = slot.span.start
        hours = hours_for(slot.target, self._book, [start - LOOK_BACK, start])
        limit = limit_of(slot.target)
        if isinstance(limit, WorkingDays):
            return midnight(nth_working_day(hours, hours.date_of(start), -(limit.days + 1)), hours.tz) - LONGEST_REST
        return hours.latest_start(start, limit.seconds if isinstance(limit, WorkingTime) else 0) - LONGEST_REST

    def inputs(self, slot: Slot) -> CasesInputs:
        """Terms and cases of one target in one period."""
        target = slot.target
        rows = [row for row in self._cases.get(target.measure_id, []) if self._may_be_due(row, slot)]
        found = [_case(row, self._ledger(row), target) for row in rows]
        ends = [case.stopped_at for case in found if case.stopped_at is not None]
        hours = hours_for(slot.target, self._book, [*slot.span, *(case.opened_at for case in found), *ends])
        return CasesInputs(
            frame=frame_of(slot, self._now),
            terms=CaseTerms(
                hours=hours,
                limit=limit_of(target),
                pause_reasons=frozenset(target.pause_reasons),
                unknown=UnknownPolicy(target.missing_policy),
                minimum_coverage=share_of_percent(target.minimum_coverage),
            ),
            cases=tuple(found),
            stories={row.key: CaseStory(row.title, row.priority) for row in rows},
            silent=tuple(silent_time(target.measure, slot.span, self._gaps.get(target.measure_id, []), slot.zone)),
        )

    def _ledger(self, row: Case) -> list[CasePause]:
        return self._pauses.get((row.measure_id, row.key), [])

    def _may_be_due(self, row: Case, slot: Slot) -> bool:
        if seconds(row.opened_at) >= slot.span.end:
            return False
        if slot.target.priorities and row.priority not in slot.target.priorities:
            return False
        floor = self._floors[slot.target.pk, slot.span]
        if seconds(row.opened_at) >= floor:
            return True
        return any(pause.ended_at is None or seconds(pause.ended_at) > floor for pause in self._ledger(row))


def _case(row: Case, pauses: Sequence[CasePause], target: ServiceLevelTarget) -> core.Case:
    """A case with the event that stops its clock; where that is not recorded it is unknown: neither met nor late."""
    stopped_at, unknown = row.resolved_at, row.unknown_reason
    if target.clock_stop == ClockStop.ANSWERED:
        stopped_at = row.responded_at
        if stopped_at is None and row.resolved_at is not None:
            unknown = unknown or "no first answer is recorded"
    return core.Case(
        id=row.key,
        opened_at=seconds(row.opened_at),
        stopped_at=maybe_seconds(stopped_at),
        pauses=tuple(
            core.Pause(seconds(each.started_at), maybe_seconds(each.ended_at), each.reason) for each in pauses
        ),
        left_out=row.excluded_reason,
        unknown=unknown,
    )


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
