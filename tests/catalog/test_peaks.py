"""When work is heavy: rules on the clock on the wall, also on the days when it is moved."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalog.peaks import DATED, MINUTES, MONTH_END, WEEKLY, YEARLY, Rule, between, falls_on, following, present, words

LONDON, BERLIN = ZoneInfo("Europe/London"), ZoneInfo("Europe/Berlin")
ZONES = [ZoneInfo(name) for name in ("Europe/London", "America/Havana", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")]
MORNINGS = Rule(WEEKLY, "Weekend orders", frozenset({0}), start=480, end=660)
MONTH_ENDS = Rule(MONTH_END, last_days=3)
CHRISTMAS = Rule(YEARLY, "Christmas", first=date(2026, 11, 1), last=date(2026, 12, 24))
NIGHTS = Rule(YEARLY, first=date(2020, 12, 20), last=date(2021, 1, 6), start=1320, end=1440)
PROMOTION = Rule(DATED, "Promotion", first=date(2027, 3, 1), last=date(2027, 3, 3), start=540)


@pytest.mark.parametrize(
    ("rule", "day", "is_heavy"),
    [
        pytest.param(MORNINGS, date(2026, 11, 9), True, id="a Monday"),
        pytest.param(MORNINGS, date(2026, 11, 10), False, id="a Tuesday"),
        pytest.param(MONTH_ENDS, date(2026, 10, 28), True, id="third last working day before a weekend"),
        pytest.param(MONTH_ENDS, date(2026, 10, 27), False, id="fourth last working day"),
        pytest.param(MONTH_ENDS, date(2026, 10, 31), False, id="the last day, a Saturday"),
        pytest.param(MONTH_ENDS, date(2027, 2, 24), True, id="a short month"),
        pytest.param(CHRISTMAS, date(2031, 11, 1), True, id="a season comes back each year"),
        pytest.param(CHRISTMAS, date(2026, 12, 25), False, id="the day after the season"),
        pytest.param(NIGHTS, date(2027, 1, 6), True, id="a season over the turn of the year"),
        pytest.param(NIGHTS, date(2027, 1, 7), False, id="and the day after it"),
        pytest.param(Rule(YEARLY, first=date(2028, 2, 29), last=date(2028, 3, 2)), date(2027, 3, 1), True, id="29 Feb"),
        pytest.param(PROMOTION, date(2027, 3, 3), True, id="the last of certain dates"),
        pytest.param(PROMOTION, date(2028, 3, 3), False, id="certain dates do not come back"),
    ],
)
def test_the_days_of_a_rule(rule, day, is_heavy):
    assert falls_on(rule, day) is is_heavy


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (MORNINGS, "Mondays, 08:00 to 11:00"),
        (Rule(WEEKLY, weekdays=frozenset({0, 4})), "Mondays and Fridays"),
        (Rule(WEEKLY, weekdays=frozenset(range(5)), start=300, end=480), "Monday to Friday, 05:00 to 08:00"),
        (Rule(WEEKLY, weekdays=frozenset(range(7)), end=480), "Each day, 00:00 to 08:00"),
        (MONTH_ENDS, "The last 3\xa0working days of each month"),
        (Rule(MONTH_END, last_days=1), "The last working day of each month"),
        (CHRISTMAS, "Each year, 1\xa0November to 24\xa0December"),
        (PROMOTION, "1\xa0March 2027 to 3\xa0March 2027, 09:00 to 24:00"),
        (Rule(DATED, first=date(2027, 3, 1), last=date(2027, 3, 1)), "1\xa0March 2027"),
    ],
)
def test_a_rule_is_told_as_people_say_it(rule, told):
    assert words(rule) == told


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        pytest.param(date(2026, 3, 29), 23, id="the clock goes forward"),
        pytest.param(date(2026, 6, 7), 24, id="an ordinary Sunday"),
        pytest.param(date(2026, 10, 25), 25, id="the clock goes back"),
    ],
)
def test_a_whole_day_is_as_long_as_the_clock_makes_it(day, hours):
    sundays = Rule(WEEKLY, weekdays=frozenset({6}))
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    (peak,) = present([sundays], noon, LONDON)

    assert peak.ended_at - peak.started_at == timedelta(hours=hours)


def test_mornings_begin_at_the_same_time_on_the_wall_in_summer_and_winter():
    summer = following([MORNINGS], datetime(2026, 7, 3, tzinfo=UTC), LONDON)
    winter = following([MORNINGS], datetime(2026, 11, 3, tzinfo=UTC), LONDON)

    assert summer.started_at == datetime(2026, 7, 6, 7, tzinfo=UTC)
    assert winter.started_at == datetime(2026, 11, 9, 8, tzinfo=UTC)


def test_a_time_that_the_clock_jumps_over_is_the_first_one_after_the_jump():
    early = Rule(DATED, first=date(2026, 3, 29), last=date(2026, 3, 29), start=90, end=240)
    gone = Rule(DATED, first=date(2026, 3, 29), last=date(2026, 3, 29), start=70, end=110)

    peak = following([early], datetime(2026, 3, 28, tzinfo=UTC), LONDON)

    assert (peak.started_at.hour, peak.ended_at.hour) == (1, 3)
    assert following([gone], datetime(2026, 3, 28, tzinfo=UTC), LONDON) is None


def test_a_season_is_one_peak_and_the_next_one_is_next_year():
    now = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)

    (peak,) = present([CHRISTMAS, MORNINGS], now, LONDON)

    assert (peak.started_at, peak.ended_at) == (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 25, tzinfo=UTC))
    assert following([CHRISTMAS], now, LONDON).started_at == datetime(2027, 11, 1, tzinfo=UTC)
    assert following([PROMOTION], now, LONDON).started_at == datetime(2027, 3, 1, 9, tzinfo=UTC)
    assert following([PROMOTION], datetime(2027, 4, 1, tzinfo=UTC), LONDON) is None


@st.composite
def rules(draw):
    start = draw(st.sampled_from([0, 0, 30, 60, 90, 480, 1320]))
    end = draw(st.sampled_from([MINUTES, MINUTES, 100, 150, 660, 1410]).filter(lambda minute: minute > start))
    first = draw(st.dates(date(2026, 1, 1), date(2027, 6, 1)))
    last = first + timedelta(days=draw(st.integers(0, 200)))
    kind = draw(st.sampled_from([WEEKLY, MONTH_END, YEARLY, DATED]))
    if kind == WEEKLY:
        return Rule(kind, weekdays=frozenset(draw(st.sets(st.integers(0, 6), min_size=1))), start=start, end=end)
    if kind == MONTH_END:
        return Rule(kind, last_days=draw(st.integers(1, 6)), start=start, end=end)
    return Rule(kind, first=first, last=last, start=start, end=end)


instants = st.integers(0, 1_000_000).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


@settings(max_examples=60)
@given(rule=rules(), at=instants, zone=st.sampled_from(ZONES))
@example(rule=Rule(WEEKLY, weekdays=frozenset({6}), start=60, end=120), at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
         zone=LONDON)  # fmt: skip
def test_whatever_the_clock_on_the_wall_says_is_heavy_is_heavy(rule, at, zone):
    """And nothing else, but for a stretch that the clock passes twice on the night when it goes back."""
    wall = at.astimezone(zone)
    minute = wall.hour * 60 + wall.minute
    is_heavy = falls_on(rule, wall.date()) and rule.start <= minute < rule.end
    is_plain = all((at + timedelta(hours=hours)).astimezone(zone).utcoffset() == wall.utcoffset() for hours in (-3, 3))

    found = present([rule], at, zone)

    if is_heavy:
        assert len(found) == 1
    elif is_plain:
        assert found == []


@settings(max_examples=40)
@given(wanted=st.lists(rules(), min_size=1, max_size=3), at=instants, zone=st.sampled_from(ZONES))
def test_the_next_peak_is_the_first_that_begins_later(wanted, at, zone):
    peak = following(wanted, at, zone)

    until = peak.started_at if peak else at + timedelta(days=40)
    begun = [found for rule in wanted for found in between(rule, at, min(until, at + timedelta(days=40)), zone)]
    assert [found for found in begun if at < found.started_at < until] == []
    if peak:
        assert at < peak.started_at < peak.ended_at
        assert peak in present(wanted, peak.started_at, zone)
        assert peak not in present(wanted, peak.ended_at, zone)
