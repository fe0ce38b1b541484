"""Short ways to write times, hours and outages in tests."""

from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from slas.calculation.intervals import Interval
from slas.calculation.outages import Outage
from slas.calculation.periods import Period
from slas.calculation.service_hours import ServiceHours, Window

LONDON = "Europe/London"
WEEKDAYS = range(5)
EVERY_DAY = range(7)


def at(text, zone=LONDON):
    """UTC seconds of a local time such as `2026-10-06 05:12`; one that exists twice is the first."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def between(start, end, zone=LONDON):
    return Interval(at(start, zone), at(end, zone))


def windows(text):
    """`09:00-12:30, 13:00-17:00`; nothing is closed."""
    return tuple(Window.parse(*pair.strip().split("-")) for pair in text.split(",") if pair.strip())


def hours(text="09:00-17:00", *, days=WEEKDAYS, zone=LONDON, exceptions=None, holidays=()):
    weekly = tuple(windows(text) if day in days else () for day in range(7))
    dated = tuple((date.fromisoformat(on), windows(text)) for on, text in (exceptions or {}).items())
    return ServiceHours(zone, weekly, dated, frozenset(map(date.fromisoformat, holidays)))


def month(text, zone=LONDON):
    return Period.parse(text).bounds(ZoneInfo(zone))


def outage(start, end, usable=Fraction(0), *, name=None, counts=True, zone=LONDON):
    begins = at(start, zone)
    return Outage(name or start, begins, None if end is None else at(end, zone), Fraction(usable), counts)
