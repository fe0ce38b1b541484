"""Time limits as people agree them (in hours of service, in working days, in months) and the instants they end at."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from slas.calculation.errors import BadDue, NegativeLimit, NeverOpen
from slas.calculation.local_time import DAY, Edge, instant_of, local
from slas.calculation.periods import add_months
from slas.calculation.service_hours import ServiceHours

_ONE_DAY = timedelta(days=1)


class DayRule(Enum):
    """What “n working days” means; the target must name it (calculation, section 1)."""

    END_OF_HOURS = "end_of_hours"
    AGREED_HOURS = "agreed_hours"
    SAME_TIME = "same_time"


@dataclass(frozen=True)
class WorkingTime:
    """So many seconds of service time."""

    seconds: int

    def __post_init__(self) -> None:
        if self.seconds < 0:
            raise NegativeLimit(self.seconds)


@dataclass(frozen=True)
class WorkingDays:
    """So many working days after receipt, by one of three rules.

    `cut_off` is the local time (seconds after midnight) after which a receipt counts as the next working day's;
    without one, the end of that day's hours. `day_seconds` is the agreed length of a day for the rule AGREED_HOURS.
    """

    days: int
    rule: DayRule = DayRule.END_OF_HOURS
    cut_off: int | None = None
    day_seconds: int = 8 * 3600

    def __post_init__(self) -> None:
        if self.days < 0:
            raise NegativeLimit(self.days)
        if self.day_seconds <= 0:
            raise BadDue("A day", self.day_seconds, 1, DAY)
        if self.cut_off is not None and not 0 <= self.cut_off <= DAY:
            raise BadDue("A cut-off", self.cut_off, 0, DAY)


@dataclass(frozen=True)
class Months:
    """So many calendar months: the same day and time, clipped to the end of a shorter month."""

    months: int

    def __post_init__(self) -> None:
        if self.months < 0:
            raise NegativeLimit(self.months)


TimeLimit = WorkingTime | WorkingDays | Months


def due_at(hours: ServiceHours, received: int, limit: TimeLimit) -> int:
    """The instant at which the limit ends for something received at that instant. Raises NeverOpen."""
    match limit:
        case WorkingTime(seconds):
            return hours.due(received, seconds)
        case WorkingDays():
            return _due_on_working_day(hours, received, limit)
        case Months(months):
            wall = local(received, hours.tz)
            return instant_of(add_months(wall.date(), months), _clock_seconds(received, hours), hours.tz, Edge.CLOSING)


def _due_on_working_day(hours: ServiceHours, received: int, limit: WorkingDays) -> int:
    if limit.rule is DayRule.AGREED_HOURS:
        return hours.due(received, limit.days * limit.day_seconds)
    receipt_on, clock = receipt(hours, received, limit.cut_off)
    due_on = nth_working_day(hours, receipt_on, limit.days)
    return _instant_on(hours, due_on, clock, limit.rule)


def _instant_on(hours: ServiceHours, on: date, clock: int, rule: DayRule) -> int:
    """The local time on a working day, its closing for END_OF_HOURS; never later than closing."""
    closes = _closing(hours, on)
    clock = closes if rule is DayRule.END_OF_HOURS else min(clock, closes)
    return instant_of(on, clock, hours.tz, Edge.OPENING if clock % DAY == 0 else Edge.CLOSING)


def _closing(hours: ServiceHours, on: date) -> int:
    return max(window.closes for window in hours.windows_on(on))


def receipt(hours: ServiceHours, received: int, cut_off: int | None = None) -> tuple[date, int]:
    """The working day, and its local time in seconds, on which something counts as received.

    Before opening counts as at opening. On a day without hours, or after the cut-off, it is received at the opening of
    the next working day.
    """
    on, clock = hours.date_of(received), _clock_seconds(received, hours)
    windows = hours.windows_on(on)
    if windows:
        latest = cut_off if cut_off is not None else _closing(hours, on)
        if clock <= latest:
            return on, max(clock, windows[0].opens)
    on = nth_working_day(hours, on, 1)
    return on, hours.windows_on(on)[0].opens


def nth_working_day(hours: ServiceHours, on: date, days: int) -> date:
    """The n-th working day after the date; earlier when negative; the date itself when 0. Raises NeverOpen."""
    step = _ONE_DAY if days > 0 else -_ONE_DAY
    left = abs(days)
    idle = 0
    while left:
        on += step
        idle += 1
        if hours.is_working_day(on):
            left, idle = left - 1, 0
        elif idle > _LONGEST_REST:
            raise NeverOpen(hours.zone)
    return on


# Ten years without a working day: these hours never open again.
_LONGEST_REST = 3660


def planned_start(hours: ServiceHours, due: int, limit: WorkingDays) -> int:
    """When work must start to be ready so many working days later. For planning, never for judging."""
    if limit.rule is DayRule.AGREED_HOURS:
        return hours.latest_start(due, limit.days * limit.day_seconds)
    on, clock = hours.date_of(due), _clock_seconds(due, hours)
    if not hours.is_working_day(on):
        on, clock = nth_working_day(hours, on, -1), DAY
    closes = _closing(hours, on)
    return _instant_on(hours, nth_working_day(hours, on, -limit.days), min(clock, closes), limit.rule)


def working_days(hours: ServiceHours, start: date, end: date) -> int:
    """Working days after the start, up to and including the end; below zero when the end comes first."""
    if end < start:
        return -working_days(hours, end, start)
    return hours.working_dates(start + _ONE_DAY, end + _ONE_DAY) if start < end else 0


def _clock_seconds(instant: int, hours: ServiceHours) -> int:
    wall = local(instant, hours.tz)
    return wall.hour * 3600 + wall.minute * 60 + wall.second
