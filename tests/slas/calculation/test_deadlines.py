from datetime import date

import pytest

from slas.calculation.deadlines import (
    DayRule,
    Months,
    WorkingDays,
    WorkingTime,
    due_at,
    nth_working_day,
    planned_start,
    working_days,
)
from slas.calculation.errors import NegativeLimit, NeverOpen
from tests.slas.calculation.builders import EVERY_DAY, at, hours

END, SAME, AGREED = DayRule.END_OF_HOURS, DayRule.SAME_TIME, DayRule.AGREED_HOURS
THREE_PM = 15 * 3600


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [
        pytest.param("2026-10-05 10:00", WorkingDays(2), "2026-10-07 17:00", id="end of hours of the second day after"),
        pytest.param("2026-10-05 16:00", WorkingDays(2, cut_off=THREE_PM), "2026-10-08 17:00", id="after the cut-off"),
        pytest.param("2026-10-05 15:00", WorkingDays(2, cut_off=THREE_PM), "2026-10-07 17:00", id="at the cut-off"),
        pytest.param("2026-10-05 18:00", WorkingDays(2), "2026-10-08 17:00", id="after hours, no cut-off agreed"),
        pytest.param("2026-10-05 07:00", WorkingDays(2), "2026-10-07 17:00", id="before hours"),
        pytest.param("2026-10-03 12:00", WorkingDays(1), "2026-10-06 17:00", id="on a Saturday: received on Monday"),
        pytest.param("2026-10-02 12:00", WorkingDays(1), "2026-10-05 17:00", id="Friday to Monday"),
        pytest.param("2026-10-05 10:00", WorkingDays(0), "2026-10-05 17:00", id="the same day"),
        pytest.param("2026-10-05 10:00", WorkingDays(2, SAME), "2026-10-07 10:00", id="same time"),
        pytest.param("2026-10-05 07:00", WorkingDays(2, SAME), "2026-10-07 09:00", id="same time, before opening"),
        pytest.param("2026-10-03 12:00", WorkingDays(2, SAME), "2026-10-07 09:00", id="same time, on a Saturday"),
        pytest.param("2026-10-05 10:00", WorkingDays(2, AGREED), "2026-10-07 10:00", id="two days of eight hours"),
        pytest.param(
            "2026-10-05 10:00", WorkingDays(2, AGREED, day_seconds=6 * 3600), "2026-10-06 14:00", id="of six hours"
        ),
        pytest.param("2026-10-05 16:00", WorkingTime(7200), "2026-10-06 10:00", id="two hours of service"),
        pytest.param("2026-01-31 10:00", Months(1), "2026-02-28 10:00", id="a month, clipped"),
        pytest.param(
            "2026-09-25 01:30", Months(1), "2026-10-25 01:30:00+00:00", id="into the repeated hour: second time"
        ),
        pytest.param("2026-02-28 01:30", Months(1), "2026-03-28 01:30", id="the day before the skipped hour"),
    ],
)
def test_a_limit_ends_at(received, limit, due):
    expected = at(due) if "+" not in due else at(due.replace("+00:00", ""), "UTC")

    assert due_at(hours(), at(received), limit) == expected


def test_a_deadline_on_a_short_day_is_not_later_than_its_end():
    short_friday = hours(exceptions={"2026-10-09": "09:00-12:00"})

    assert due_at(short_friday, at("2026-10-08 16:00"), WorkingDays(1, SAME)) == at("2026-10-09 12:00")
    assert due_at(short_friday, at("2026-10-08 16:00"), WorkingDays(1, END)) == at("2026-10-09 12:00")


def test_a_working_day_that_ends_after_midnight_ends_then():
    night = hours("22:00-06:00", days=EVERY_DAY)

    assert due_at(night, at("2026-10-05 23:00"), WorkingDays(1)) == at("2026-10-07 06:00")


@pytest.mark.parametrize(
    ("due", "limit", "start"),
    [
        ("2026-10-07 10:00", WorkingDays(2, SAME), "2026-10-05 10:00"),
        ("2026-10-07 10:00", WorkingDays(3, SAME), "2026-10-02 10:00"),
        ("2026-10-04 10:00", WorkingDays(1, SAME), "2026-10-01 17:00"),
        ("2026-10-07 17:00", WorkingDays(1, AGREED), "2026-10-07 09:00"),
    ],
)
def test_planning_backward(due, limit, start):
    assert planned_start(hours(), at(due), limit) == at(start)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-10-05", "2026-10-05", 0),
        ("2026-10-05", "2026-10-09", 4),
        ("2026-10-02", "2026-10-05", 1),
        ("2026-10-02", "2026-10-04", 0),
        ("2026-10-09", "2026-10-05", -4),
    ],
)
def test_working_days_after_the_start_up_to_the_end(start, end, days):
    assert working_days(hours(), date.fromisoformat(start), date.fromisoformat(end)) == days


def test_a_week_without_working_days_is_refused():
    with pytest.raises(NeverOpen):
        nth_working_day(hours(""), date(2026, 10, 5), 1)


@pytest.mark.parametrize("make", [WorkingTime, WorkingDays, Months])
def test_a_limit_below_zero_is_refused(make):
    with pytest.raises(NegativeLimit, match="-1 is below zero"):
        make(-1)
