"""Dates and times of day as readers get them, always local and always with what they need to plan."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from portal.language.numbers import NBSP

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def month_name(on: date) -> str:
    """October."""
    return MONTHS[on.month - 1]


def month_short(on: date) -> str:
    """Oct."""
    return month_name(on)[:3]


def month_year(on: date) -> str:
    """October 2026."""
    return f"{month_name(on)} {on.year}"


def months_between(first: date, end: date) -> int:
    """How many months begin from one first of a month up to another."""
    return (end.year - first.year) * 12 + end.month - first.month


def period_words(first: date, end: date) -> str:
    """The month, `October to December`, or `the year from April 2023`; `end` is the date after the last."""
    months = months_between(first, end)
    if months == 1:
        return month_name(first)
    if months == 12:
        return f"the year from {month_year(first)}"
    last = date(end.year - (end.month == 1), (end.month - 2) % 12 + 1, 1)
    return f"{month_name(first)} to {month_name(last)}"


def period_year(first: date, end: date) -> str:
    """The same for a heading, where the year is not plain: `October 2026`, `October to December 2026`."""
    said = period_words(first, end)
    last = end - timedelta(days=1)
    return said if str(first.year) in said else f"{said} {last.year}"


def day(on: date) -> str:
    """6 Oct."""
    return f"{on.day}{NBSP}{month_short(on)}"


def day_year(on: date) -> str:
    """12 Mar 2026."""
    return f"{day(on)}{NBSP}{on.year}"


def day_long(on: date) -> str:
    """6 October."""
    return f"{on.day}{NBSP}{month_name(on)}"


def day_long_year(on: date) -> str:
    """6 November 2026."""
    return f"{day_long(on)} {on.year}"


def weekday_day(on: date) -> str:
    """Tue 6 Oct."""
    return f"{WEEKDAYS[on.weekday()][:3]}{NBSP}{day(on)}"


def weekday_day_long(on: date) -> str:
    """Tuesday 6 October."""
    return f"{WEEKDAYS[on.weekday()]} {day_long(on)}"


def clock(at: datetime) -> str:
    """05:12."""
    return f"{at:%H:%M}"


def from_to(start: datetime, end: datetime) -> str:
    """05:12 to 06:44; an end on another date says which."""
    until = clock(end) if end.date() == start.date() else f"{weekday_day(end.date())}, {clock(end)}"
    return f"{clock(start)} to {until}"


def moment(at: datetime) -> str:
    """Wed 11 Nov, 12:00."""
    return f"{weekday_day(at.date())}, {clock(at)}"


def moment_long(at: datetime) -> str:
    """11 November, 12:00."""
    return f"{day_long(at.date())}, {clock(at)}"


def when(start: datetime, end: datetime) -> str:
    """Tuesday 6 October, 05:12 to 06:44."""
    return f"{weekday_day_long(start.date())}, {from_to(start, end)}"


def local(at: datetime, zone: str) -> datetime:
    """An instant on the clocks of a place."""
    return at.astimezone(ZoneInfo(zone))


def place_of(zone: str) -> str:
    """Europe/London is London; UTC stays."""
    return zone.rpartition("/")[2].replace("_", " ")


def days_left(days: int) -> str:
    """What remains of a working-day clock: 3 working days left, last day today, 2 working days late."""
    if days == 0:
        return "last day today"
    plural = "" if abs(days) == 1 else "s"
    return f"{abs(days)}{NBSP}working day{plural} {'left' if days > 0 else 'late'}"
