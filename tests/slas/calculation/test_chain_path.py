"""A promise against the path under it: the worst start of all is found, in each part's own hours."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slas.calculation.chain.errors import EmptyPath, OtherWorkingDays
from slas.calculation.chain.path import Leg, check_path
from slas.calculation.deadlines import DayRule, WorkingDays, WorkingTime, due_at
from slas.calculation.errors import EmptyPeriod, NeverOpen
from slas.calculation.intervals import Interval
from slas.calculation.service_hours import ServiceHours
from tests.slas.calculation.builders import EVERY_DAY, LONDON, at, between, hours

HOUR, MINUTE = 3600, 60
ALWAYS = hours("00:00-24:00", days=EVERY_DAY)
OFFICE = hours("09:00-17:00")
WEEK = between("2026-10-05 00:00", "2026-10-12 00:00")
YEAR = between("2026-11-01 00:00", "2027-11-01 00:00")


def leg(limit, own=ALWAYS, name="A part"):
    return Leg(name, own, limit if isinstance(limit, WorkingDays) else WorkingTime(limit))


def test_a_chain_of_one_equals_its_promise():
    for own in (ALWAYS, OFFICE):
        for limit in (2 * HOUR, WorkingDays(3)):
            found = check_path(leg(limit, own), [(leg(limit, own),)], WEEK)
            assert (found.spare, found.holds, found.supported) == (0, True, leg(limit).limit)


def test_of_alternatives_the_slowest_counts_and_is_named():
    team, supplier = leg(90 * MINUTE, name="Ordering team"), leg(4 * HOUR, name="Northline")

    found = check_path(leg(2 * HOUR), [(team, supplier)], WEEK)

    assert (found.holds, found.spare, found.supported) == (False, -2 * HOUR, WorkingTime(4 * HOUR))
    assert [handed.name for handed in found.handed] == ["Northline"]


def test_steps_add_up_each_in_its_own_hours():
    """Two hours of the desk at any time, then four of the office: received on Friday after 11:00, Monday is needed."""
    found = check_path(leg(8 * HOUR), [(leg(2 * HOUR, name="Desk"),), (leg(4 * HOUR, OFFICE, "Office"),)], WEEK)

    assert found.received_at == at("2026-10-09 11:00") + 1
    assert [(handed.name, handed.done_at) for handed in found.handed] == [
        ("Desk", at("2026-10-09 13:00") + 1),
        ("Office", at("2026-10-12 09:00") + 1),
    ]
    assert found.supported == WorkingTime(70 * HOUR)


def test_holidays_and_clock_changes_of_the_year_are_starts_too():
    closed = hours(holidays=["2026-12-25", "2026-12-28"])
    over_christmas = check_path(leg(24 * HOUR), [(leg(1, closed),)], YEAR)
    over_the_change = check_path(leg(8 * HOUR, OFFICE), [(leg(WorkingDays(1), OFFICE),)], YEAR)

    assert over_christmas.received_at == at("2026-12-24 17:00")
    assert over_christmas.supported == WorkingTime(at("2026-12-29 09:00") + 1 - at("2026-12-24 17:00"))
    assert over_the_change.supported == WorkingTime(16 * HOUR)
    noon, fortnight = hours("12:00-13:00", days=EVERY_DAY), between("2026-10-20 00:00", "2026-10-28 00:00")
    autumn = check_path(leg(24 * HOUR), [(leg(1, noon),)], fortnight)
    assert autumn.supported == WorkingTime(24 * HOUR + 1)


def test_what_is_done_after_closing_is_in_time_by_service_hours_and_late_by_working_days():
    """At closing the two hours of the office are not used up; the working day is over."""
    late_shift = hours("17:00-20:00")
    by_hours = check_path(leg(8 * HOUR, OFFICE), [(leg(HOUR, late_shift),)], WEEK)
    by_days = check_path(leg(WorkingDays(0), OFFICE), [(leg(HOUR, late_shift),)], WEEK)

    assert (by_hours.holds, by_hours.spare) == (True, 0)
    assert (by_days.holds, by_days.supported) == (False, WorkingDays(1))


@pytest.mark.parametrize(
    ("limits", "supported"),
    [
        pytest.param((WorkingDays(1), WorkingDays(2)), WorkingDays(3), id="working days add up"),
        pytest.param((WorkingDays(0),), WorkingDays(0), id="on the same day"),
        pytest.param((8 * HOUR, WorkingDays(1)), WorkingDays(2), id="eight hours may end on the next day"),
    ],
)
def test_working_days_are_supported_in_working_days(limits, supported):
    found = check_path(leg(WorkingDays(2), OFFICE), [(leg(limit, OFFICE),) for limit in limits], WEEK)

    assert (found.supported, found.holds) == (supported, supported.days <= 2)


def test_in_one_set_of_hours_the_order_of_the_steps_does_not_matter():
    for order in permutations((HOUR, 3 * HOUR, 20 * MINUTE)):
        found = check_path(leg(5 * HOUR, OFFICE), [(leg(limit, OFFICE),) for limit in order], WEEK)
        assert (found.spare, found.supported) == (40 * MINUTE, WorkingTime(4 * HOUR + 20 * MINUTE))


def test_what_cannot_be_checked_says_why():
    with pytest.raises(EmptyPath, match="Nothing stands under “A part”"):
        check_path(leg(HOUR), [], WEEK)
    with pytest.raises(EmptyPath):
        check_path(leg(HOUR), [()], WEEK)
    with pytest.raises(EmptyPeriod):
        check_path(leg(HOUR), [(leg(HOUR),)], Interval(5, 5))
    with pytest.raises(NeverOpen):
        check_path(leg(HOUR), [(leg(HOUR, hours("")),)], WEEK)
    with pytest.raises(OtherWorkingDays, match="Count them to the end of hours"):
        leg(WorkingDays(1, DayRule.SAME_TIME))


@st.composite
def some_hours(draw):
    """Whole hours of the day on some weekdays, over midnight too, with a day off in the week."""
    opens = draw(st.integers(0, 23)) * HOUR
    length = draw(st.integers(1, 24)) * HOUR
    days = draw(st.sets(st.integers(0, 6), min_size=1))
    closes = opens + length
    text = f"{opens // HOUR:02}:00-" + (
        f"{closes // HOUR:02}:00" if closes <= 24 * HOUR else f"{closes // HOUR - 24:02}:00+1"
    )
    zone = draw(st.sampled_from([LONDON, "America/New_York"]))
    off = draw(st.sets(st.sampled_from(["2026-10-06", "2026-10-08"])))
    return hours(text, days=days, zone=zone, holidays=off)


limits = st.one_of(st.integers(0, 30).map(lambda n: WorkingTime(n * 20 * MINUTE)), st.integers(0, 2).map(WorkingDays))
legs = st.builds(Leg, st.sampled_from("ABC"), some_hours(), limits)


def tried_one_by_one(promised, steps, starts):
    """The worst of the starts by the deadlines themselves."""
    worst = None
    for start in starts:
        done = start
        for step in steps:
            done = max(due_at(each.hours, done, each.limit) for each in step)
        due = due_at(promised.hours, start, promised.limit)
        if isinstance(promised.limit, WorkingTime):
            spare = promised.limit.seconds - promised.hours.elapsed(start, done)
            holds = spare >= 0
        else:
            spare, holds = promised.hours.elapsed(done, due), done <= due
        worst = min(worst or (holds, spare), (holds, spare))
    return worst


def no_start_is_worse(promised, steps):
    span = between("2026-10-05 00:00", "2026-10-09 00:00")
    found = check_path(promised, steps, span)
    starts = {second + more for second in range(span.start, span.end, 20 * MINUTE) for more in (0, 1)}

    assert (found.holds, found.spare) == tried_one_by_one(promised, steps, starts | {found.received_at})
    # The start that is named is one of the worst, and the limit that is called supported is the shortest that holds.
    assert (found.holds, found.spare) == tried_one_by_one(promised, steps, [found.received_at])
    supported = Leg("A promise", promised.hours, found.supported)
    assert check_path(supported, steps, span).holds


@given(promised=legs, steps=st.lists(st.lists(legs, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3))
@pytest.mark.long
def test_no_start_is_worse_of_many(promised, steps):
    no_start_is_worse(promised, steps)


EVENING, NIGHT = hours("12:00-22:00", days=EVERY_DAY), hours("20:00-04:00+1")


@pytest.mark.parametrize(
    ("promised", "steps"),
    [
        (leg(4 * HOUR, OFFICE), [(leg(20 * MINUTE), leg(40 * MINUTE, NIGHT)), (leg(2 * HOUR, OFFICE),)]),
        (leg(WorkingDays(1), OFFICE), [(leg(3 * HOUR, EVENING),), (leg(WorkingDays(0), OFFICE),)]),
        (leg(HOUR), [(leg(0, OFFICE), leg(5 * HOUR))]),
    ],
)
def test_no_start_is_worse(promised, steps):
    no_start_is_worse(promised, steps)


def test_versions_of_hours_are_followed():
    shorter = ServiceHours(OFFICE.zone, OFFICE.weekly, versions=((date(2026, 10, 7), hours("09:00-11:00")),))

    found = check_path(leg(24 * HOUR), [(leg(3 * HOUR, shorter),)], WEEK)

    assert found.received_at >= at("2026-10-07 10:00")
