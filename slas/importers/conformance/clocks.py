"""Answers about the clock of a case: when it was due, how long it ran, how long it stood still."""

from collections.abc import Iterator

from slas.calculation.cases import CaseTerms, judge_case
from slas.calculation.conventions import Convention
from slas.calculation.deadlines import DayRule, TimeLimit, WorkingDays, WorkingTime, due_at, planned_start
from slas.calculation.due import due_by
from slas.calculation.intervals import Interval, measure, union
from slas.calculation.ledger import Case as ServiceCase
from slas.calculation.ledger import Pause
from slas.calculation.local_time import DAY
from slas.calculation.service_hours import ServiceHours
from slas.importers.conformance.calendars import clock_of, hours_of
from slas.importers.conformance.figures import At, Figure, Plain
from slas.importers.conformance.reading import Case, UnreadableCase
from slas.importers.conformance.service_time import Answers, settle

_UNIT_SECONDS = {"second": 1, "minute": 60, "hour": 3600}


def sla_clock(case: Case, convention: Convention) -> Answers:
    """Due instant, running and paused time, what is left, and an escalation some time from the due instant."""
    return dict(_answers(case, convention))


def _answers(case: Case, convention: Convention) -> Iterator[tuple[str, Figure]]:
    clock, hours, limit = clock_of(case, convention), hours_of(case, convention), _limit(case)
    opened = _started(case, convention)
    stopped = case.get("stopped") or case.get("closed")
    stop = clock.instant(stopped) if stopped else None
    pauses = _pauses(case, convention, opened if stop is None else stop)
    as_of = max([opened, *(pause.end for pause in pauses)]) if stop is None else stop
    ledger = tuple(Pause(start, end, "") for start, end in pauses)
    result = judge_case(ServiceCase(case.id, opened, stop, ledger), CaseTerms(hours, limit), as_of)
    held = measure(pauses) if convention.pauses_in_clock_time else result.paused_seconds
    due = _due(case, convention, hours, limit, opened, pauses)
    yield "expected_due", At(due, clock)
    yield "expected_hold_seconds", Plain(held)
    yield "expected_active_seconds", Plain(result.elapsed_seconds)
    if isinstance(limit, WorkingTime):
        yield "expected_remaining_seconds", Plain(limit.seconds - result.elapsed_seconds)
    if case.get("escalation_offset_seconds") is not None:
        yield "expected_escalation", At(_moved(hours, due, case["escalation_offset_seconds"], convention), clock)


def _started(case: Case, convention: Convention) -> int:
    """When the clock starts: with the case, or by a convention with its assignment or the change of its target."""
    changed = case.get("changed") or {}
    other = case.get("assigned") if convention.clock_starts_with_assignment else None
    if convention.change_starts_anew:
        other = changed.get("at")
    return clock_of(case, convention).instant(case["opened"] if other is None else other)


def _limit(case: Case) -> TimeLimit:
    """The target that holds: the one that the case was changed to, if it was."""
    target = case.get("target")
    if target is None:
        changed = case.get("changed")
        return WorkingTime(case["target_seconds"] if changed is None else changed["target_seconds"])
    if target["unit"] == "day":
        rule = DayRule.END_OF_HOURS if target.get("end_of_working_day") else DayRule.SAME_TIME
        return WorkingDays(target["number"], rule)
    if target["unit"] not in _UNIT_SECONDS:
        raise UnreadableCase("target", f"is counted in “{target['unit']}”, not in day, hour, minute or second")
    return WorkingTime(target["number"] * _UNIT_SECONDS[target["unit"]])


def _pauses(case: Case, convention: Convention, until: int) -> tuple[Interval, ...]:
    clock, changed = clock_of(case, convention), case.get("changed")
    pauses = [clock.interval(pair, until) for pair in case.get("pauses") or ()]
    if convention.change_loses_pauses and changed is not None:
        pauses = [pause for pause in pauses if pause.start >= clock.instant(changed["at"])]
    return tuple(union(pauses))


def _due(
    case: Case, convention: Convention, hours: ServiceHours, limit: TimeLimit, opened: int, pauses: tuple[Interval, ...]
) -> int:
    """The due instant moved on by the pauses, or by an amount of paused time that is given without its intervals."""
    held = case.get("hold_seconds")
    if held:
        return settle(hours.due(due_at(hours, opened, limit), held), hours, convention)
    return due_by(convention, hours, opened, limit, pauses)


def _moved(hours: ServiceHours, due: int, offset: int, convention: Convention) -> int:
    """The instant some service time after the due instant, or before it."""
    if offset == 0:
        return due
    if convention.offset_days_are_working_days and offset % DAY == 0:
        days = WorkingDays(abs(offset) // DAY, DayRule.SAME_TIME)
        return due_at(hours, due, days) if offset > 0 else planned_start(hours, due, days)
    return hours.due(due, offset) if offset > 0 else hours.latest_start(due, -offset)
