"""Answers to questions about service hours: elapsed time, deadlines, openings, working days."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import islice

from slas.calculation.conventions import Convention
from slas.calculation.deadlines import DayRule, WorkingDays, due_at, planned_start, working_days
from slas.calculation.intervals import merge
from slas.calculation.service_hours import ServiceHours
from slas.importers.conformance.calendars import clock_of, hours_of
from slas.importers.conformance.figures import At, Figure, Pieces, Plain
from slas.importers.conformance.reading import Case, UnreadableCase, whole_number

Answers = Mapping[str, Figure]
MOST_PERIODS = 10_000


def elapsed(case: Case, convention: Convention) -> Answers:
    """Service time from start to end."""
    clock, hours = clock_of(case, convention), hours_of(case, convention)
    start, end = clock.instant(case["start"]), clock.instant(case["end"])
    if convention.day_before_is_overlooked:
        still_open = (opening.end for opening in hours.opening_on(hours.date_of(start) - timedelta(days=1)))
        start = min(end, max(start, *still_open, start))
    seconds = hours.elapsed(start, end)
    return {"expected_seconds": Plain(max(0, seconds) if convention.reversed_is_nothing else seconds)}


def due(case: Case, convention: Convention) -> Answers:
    """The instant so many seconds of service time later, or earlier when planning backward."""
    return {"expected_end": At(_due(case, convention), clock_of(case, convention))}


def due_date_only(case: Case, convention: Convention) -> Answers:
    """The local date of that instant."""
    on = hours_of(case, convention).date_of(_due(case, convention))
    return {"expected_date": Plain(on.isoformat())}


def _due(case: Case, convention: Convention) -> int:
    hours, start = hours_of(case, convention), clock_of(case, convention).instant(case["start"])
    seconds = case["add_seconds"]
    if seconds < 0 or case.get("direction") == "backward":
        return hours.latest_start(start, -seconds)
    return settle(hours.due(start, seconds), hours, convention)


def settle(instant: int, hours: ServiceHours, convention: Convention) -> int:
    """A due instant at a closing edge stays there, unless the convention moves it to the next opening."""
    return hours.next_open(instant) if convention.due_at_next_opening else instant


def due_business_days(case: Case, convention: Convention) -> Answers:
    """The instant so many working days later or earlier, by the rule that the case names."""
    hours, clock = hours_of(case, convention), clock_of(case, convention)
    days, start = case["add_days"], clock.instant(case["start"])
    if type(days) is not int:
        raise UnreadableCase("add_days", "is not a whole number")
    limit = _working_days(case, abs(days))
    return {"expected_end": At((planned_start if days < 0 else due_at)(hours, start, limit), clock)}


def _working_days(case: Case, days: int) -> WorkingDays:
    """The rule that the case names: so many seconds for a day, the end of hours, or the same local time."""
    if case.get("day_seconds") is not None:
        return WorkingDays(days, DayRule.AGREED_HOURS, day_seconds=case["day_seconds"])
    return WorkingDays(days, DayRule.END_OF_HOURS if case.get("end_of_working_day") else DayRule.SAME_TIME)


def business_days_between(case: Case, convention: Convention) -> Answers:
    """Working days after the start up to the end; the start itself too where the case says so."""
    start, end = date.fromisoformat(case["start"]), date.fromisoformat(case["end"])
    if case.get("inclusive"):
        start -= timedelta(days=1)
    return {"expected_days": Plain(working_days(hours_of(case, convention), start, end))}


def is_open(case: Case, convention: Convention) -> Answers:
    """Whether the instant is in service time."""
    instant = clock_of(case, convention).instant(case["at"])
    return {"expected": Plain(hours_of(case, convention).is_open(instant))}


def next_open(case: Case, convention: Convention) -> Answers:
    """The next instant in service time."""
    clock = clock_of(case, convention)
    return {"expected": At(hours_of(case, convention).next_open(clock.instant(case["start"])), clock)}


def periods(case: Case, convention: Convention) -> Answers:
    """The next stretches of service time."""
    clock = clock_of(case, convention)
    openings = merge(hours_of(case, convention).openings_from(clock.instant(case["start"])))
    return {"expected_periods": Pieces(tuple(islice(openings, whole_number(case, "count", MOST_PERIODS))), clock)}
