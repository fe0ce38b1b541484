"""Centuries of service time are counted by kinds of years, and give the same seconds as date by date."""

from calendar import isleap
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from slas.calculation.deadlines import working_days
from slas.calculation.intervals import Interval
from slas.calculation.local_time import local, midnight
from slas.calculation.service_hours import ServiceHours
from slas.calculation.year_kinds import year_kind
from tests.slas.calculation.builders import EVERY_DAY, at, hours, windows

# London had double summer time, Apia skipped 30 December 2011, Casablanca moves its clock for Ramadan until 2087.
ZONES = ("Europe/London", "America/New_York", "Pacific/Apia", "Africa/Casablanca", "Asia/Kolkata", "UTC")
days = st.dates(date(1830, 1, 1), date(2120, 1, 1))
texts = st.sampled_from(["", "09:00-17:00", "22:00-06:00", "00:00-24:00", "08:00-12:00, 18:00-02:00"])


@st.composite
def services(draw):
    zone = draw(st.sampled_from(ZONES))
    week = tuple(windows(draw(texts)) for _ in range(7))
    own = {draw(days): windows(draw(texts)) for _ in range(draw(st.integers(0, 2)))}
    plain = ServiceHours(zone, week, tuple(own.items()), frozenset(draw(st.lists(days, max_size=3))))
    since = draw(st.none() | days)
    later = ServiceHours(zone, tuple(windows(draw(texts)) for _ in range(7)), (), frozenset(draw(st.sets(days))))
    return plain if since is None else ServiceHours(zone, week, plain.exceptions, plain.holidays, ((since, later),))


def date_by_date(service, start, end):
    return sum(opening.seconds for opening in service.working(Interval(start, end)))


@settings(deadline=None, max_examples=15)
@given(service=services(), on=days, years=st.integers(3, 9), seconds=st.integers(0, 10**8))
@example(service=hours("22:00-06:00", days=EVERY_DAY, zone="Pacific/Apia"), on=date(2005, 6, 1), years=12, seconds=7)
@example(service=hours("22:00-06:00", days=EVERY_DAY, holidays=["2001-12-31"]), on=date(1998, 3, 1), years=9, seconds=1)
def test_elapsed_over_years_is_that_of_their_dates(service, on, years, seconds):
    start = midnight(on, service.tz) + seconds % 86_400
    end = start + years * 366 * 86_400 + seconds

    assert service.elapsed(start, end) == date_by_date(service, start, end)


@settings(deadline=None, max_examples=30)
@given(service=services(), start=days, length=st.integers(-200, 2000))
def test_working_days_are_counted_as_one_after_the_other(service, start, length):
    end = start + timedelta(days=length)
    low, high = sorted((start, end))

    found = sum(service.is_working_day(low + timedelta(days=n)) for n in range(1, (high - low).days + 1))

    assert working_days(service, start, end) == (found if length >= 0 else -found)


@pytest.mark.parametrize("zone", ["Europe/London"])
def test_all_years_of_the_calendar_are_of_few_kinds(zone):
    service = hours(zone=zone)

    whole = service.elapsed(at("0002-01-01 00:00", zone), at("9999-01-01 00:00", zone))

    dates = date(9999, 1, 1).toordinal() - date(2, 1, 1).toordinal()
    assert whole // (8 * 3600) in range(dates * 5 // 7 - 1, dates * 5 // 7 + 2)
    assert len(service._opening_on) < 80_000  # of more than three and a half million dates


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("year", [2, 1000, 1800, 2130, 2400, 9998])
def test_the_years_before_and_after_all_that_zones_have_recorded_are_of_these_kinds(zone, year):
    """What is taken for granted, looked at each six hours."""
    tz = ZoneInfo(zone)
    weekday, is_long, changes = year_kind(year, tz)
    begins = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
    hours_of_year = range(begins, begins + 365 * 86_400, 6 * 3600)

    stands = [local(each, tz).utcoffset().total_seconds() for each in hours_of_year]

    told = [next(to for at, to in reversed(changes) if at <= each - begins + 2 * 86_400) for each in hours_of_year]
    assert stands == told
    assert (weekday, is_long) == (date(year, 1, 1).weekday(), isleap(year))
