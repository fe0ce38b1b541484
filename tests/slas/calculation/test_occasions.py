from datetime import date
from fractions import Fraction

import pytest

from slas.calculation.errors import EmptyPeriod, RepeatedOccasion
from slas.calculation.intervals import Interval
from slas.calculation.occasions import (
    Completion,
    OccasionSchedule,
    OccasionState,
    Rhythm,
    measure_occasions,
)
from slas.calculation.status import CloseRule, Status
from tests.slas.calculation.builders import at, hours, month

SEVEN, FOUR, NOON = 7 * 3600, 4 * 3600, 12 * 3600
WORKING = OccasionSchedule(hours(holidays=["2026-12-25", "2026-12-28"]), Rhythm.WORKING_DAYS, SEVEN)
LATER = at("2027-01-15 09:00")


def done(on, clock):
    """A completion on a date at a local time; None: known not to have been done."""
    return Completion(f"rec {on}", date.fromisoformat(on), clock and at(f"{on} {clock}"))


def october(late=(), missing=()):
    """Sales figures of October 2026: ready at 06:40, but at 08:00 on the late days."""
    days = [f"2026-10-{day:02}" for day in range(1, 32) if date(2026, 10, day).weekday() < 5 and day not in missing]
    return [done(on, "08:00" if int(on[-2:]) in late else "06:40") for on in days]


@pytest.mark.parametrize(
    ("schedule", "period", "count"),
    [
        pytest.param(WORKING, "2026-10", 22, id="working days"),
        pytest.param(WORKING, "2026-12", 21, id="working days without holidays"),
        pytest.param(OccasionSchedule(hours(), Rhythm.DAILY, FOUR), "2026-10", 31, id="every night"),
        pytest.param(OccasionSchedule(hours(), Rhythm.MONTHLY, NOON, 25), "2026-10", 1, id="once a month"),
        pytest.param(
            OccasionSchedule(hours(), Rhythm.MONTHLY, NOON, 31), "Q2026-10", 3, id="the last day of each month"
        ),
    ],
)
def test_occasions_of_a_period(schedule, period, count):
    assert len(list(schedule.dates(month(period)))) == count


def test_a_monthly_occasion_on_the_31st_falls_on_the_last_day():
    schedule = OccasionSchedule(hours(), Rhythm.MONTHLY, NOON, 31)

    assert list(schedule.dates(month("2026-02"))) == [date(2026, 2, 28)]


@pytest.mark.parametrize(
    ("on", "due"),
    [
        pytest.param("2026-10-05", "2026-10-05 03:00", id="summer: 04:00 is 03:00 UTC"),
        pytest.param("2026-10-25", "2026-10-25 04:00", id="winter has begun"),
    ],
)
def test_each_occasion_is_due_by_the_local_clock(on, due):
    assert OccasionSchedule(hours(), Rhythm.DAILY, FOUR).due_at(date.fromisoformat(on)) == at(due, "UTC")


@pytest.mark.parametrize(
    ("second", "due"),
    [
        pytest.param(90 * 60, "2026-10-25 01:30", id="due in the repeated hour: its second time"),
        pytest.param(24 * 3600, "2026-10-26 00:00", id="24:00"),
        pytest.param(31 * 3600, "2026-10-26 07:00", id="the morning after"),
    ],
)
def test_due_times_at_the_edges(second, due):
    assert OccasionSchedule(hours(), Rhythm.DAILY, second).due_at(date(2026, 10, 25)) == at(due, "UTC")


@pytest.mark.parametrize(
    ("records", "met", "late", "unknown", "status", "certain"),
    [
        pytest.param(october(), 22, 0, 0, Status.KEPT, True, id="all in time"),
        pytest.param(october(late=[6]), 21, 1, 0, Status.CLOSE, True, id="one late, one allowed"),
        pytest.param(october(late=[6, 7]), 20, 2, 0, Status.MISSED, False, id="two late"),
        pytest.param(october(missing=[6]), 21, 0, 1, Status.KEPT, True, id="one unknown cannot change it"),
        pytest.param(october(missing=[6, 7, 8]), 19, 0, 3, Status.DATA_GAP, None, id="three unknown could"),
        pytest.param(october(late=[1, 2], missing=[6, 7, 8]), 17, 2, 3, Status.MISSED, False, id="missed already"),
        pytest.param([], 0, 0, 22, Status.DATA_GAP, None, id="no record at all"),
    ],
)
def test_at_most_one_late_day(records, met, late, unknown, status, certain):
    figure = measure_occasions(month("2026-10"), WORKING, records, LATER)
    verdict = figure.judge_at_most(1, CloseRule())

    assert (figure.met, figure.late, figure.unknown) == (met, late, unknown)
    assert (verdict.status, verdict.certain) == (status, certain)


@pytest.mark.parametrize(
    ("records", "target", "status"),
    [
        (october(late=[6]), "90", Status.KEPT),
        (october(late=[6, 7, 8]), "90", Status.MISSED),
        (october(missing=[6, 7, 8]), "90", Status.DATA_GAP),
        ([], "90", Status.DATA_GAP),
    ],
)
def test_a_share_of_occasions(records, target, status):
    figure = measure_occasions(month("2026-10"), WORKING, records, LATER)

    assert figure.judge_share(Fraction(int(target), 100), CloseRule()).status is status


def test_done_exactly_in_time_is_met_and_not_done_at_all_is_late():
    records = [done("2026-10-01", "07:00"), done("2026-10-02", "07:00:01"), done("2026-10-05", None)]

    figure = measure_occasions(month("2026-10"), WORKING, records, at("2026-10-06 00:00"))

    assert [each.state for each in figure.occasions[:4]] == [
        OccasionState.MET, OccasionState.LATE, OccasionState.LATE, OccasionState.TO_COME,
    ]  # fmt: skip


def test_what_is_still_to_come_is_not_unknown():
    figure = measure_occasions(month("2026-10"), WORKING, [], at("2026-10-01 06:00"))

    assert (figure.unknown, figure.due, figure.coverage) == (0, 0, None)
    assert figure.judge_at_most(1, CloseRule()).status is Status.NO_CASES
    assert figure.judge_share(Fraction(1, 2), CloseRule()).status is Status.NO_CASES


def test_at_the_due_instant_itself_it_may_still_come():
    first = measure_occasions(month("2026-10"), WORKING, [], at("2026-10-01 07:00")).occasions[0]
    later = measure_occasions(month("2026-10"), WORKING, [], at("2026-10-01 07:00:01")).occasions[0]

    assert (first.state, later.state) == (OccasionState.TO_COME, OccasionState.UNKNOWN)


def test_records_of_other_dates_are_left_alone():
    figure = measure_occasions(month("2026-10"), WORKING, [*october(), done("2026-10-04", "12:00")], LATER)

    assert len(figure.occasions) == 22


def test_two_records_of_one_occasion_are_refused():
    with pytest.raises(RepeatedOccasion, match="2026-10-01"):
        measure_occasions(month("2026-10"), WORKING, [done("2026-10-01", "06:00"), done("2026-10-01", "08:00")], LATER)


def test_an_empty_period_is_refused():
    with pytest.raises(EmptyPeriod):
        measure_occasions(Interval(10, 10), WORKING, [], LATER)
