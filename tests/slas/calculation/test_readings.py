"""Readings within a limit: service time as whole hours and the rest, and percentiles by their rank."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slas.calculation.intervals import Interval, measure, union
from slas.calculation.local_time import local
from slas.calculation.readings import Limit, stretches
from slas.calculation.rounding import share_of
from slas.calculation.shares import rank_of

KOLKATA, BERLIN = ZoneInfo("Asia/Kolkata"), ZoneInfo("Europe/Berlin")


def second(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def span(start, end):
    return Interval(second(start), second(end))


def test_an_hour_that_is_cut_by_opening_or_closing_is_not_a_whole_one():
    found = list(stretches([span("2026-10-05 07:30", "2026-10-05 10:15")], BERLIN))

    assert [(each.time, each.is_whole) for each in found] == [
        (span("2026-10-05 07:30", "2026-10-05 08:00"), False),
        (span("2026-10-05 08:00", "2026-10-05 10:00"), True),
        (span("2026-10-05 10:00", "2026-10-05 10:15"), False),
    ]
    assert {each.on for each in found} == {date(2026, 10, 5)}


def test_a_part_of_one_hour_is_one_stretch():
    (found,) = stretches([span("2026-10-05 07:15", "2026-10-05 07:45")], BERLIN)

    assert not found.is_whole


def test_midnight_of_the_zone_parts_the_dates_and_its_hour():
    found = list(stretches([span("2026-10-05 17:00", "2026-10-05 20:00")], KOLKATA))  # 22:30 to 01:30

    assert [(each.on.day, each.time.seconds, each.is_whole) for each in found] == [
        (5, 3600, True), (5, 1800, False), (6, 1800, False), (6, 3600, True),
    ]  # fmt: skip


@given(
    edges=st.lists(st.integers(0, 5 * 86_400), min_size=2, max_size=8),
    zone=st.sampled_from([KOLKATA, BERLIN, ZoneInfo("America/St_Johns"), ZoneInfo("UTC")]),
)
def test_nothing_is_lost_and_nothing_is_counted_twice(edges, zone):
    autumn = second("2026-10-23 00:00")  # Berlin's day of 25 hours is among them
    ordered = sorted(edges)
    working = list(union(Interval(autumn + a, autumn + b) for a, b in zip(ordered[::2], ordered[1::2], strict=False)))

    found = list(stretches(working, zone))

    assert sum(each.time.seconds for each in found) == measure(each.time for each in found) == measure(working)
    for each in found:
        assert each.on == local(each.time.start, zone).date() == local(each.time.end - 1, zone).date()
        assert each.is_whole == (each.time.start % 3600 == 0 and each.time.end % 3600 == 0)


@pytest.mark.parametrize(
    ("limit", "reading", "is_within"),
    [
        pytest.param(Limit(Decimal(500)), "500", True, id="equality is within"),
        pytest.param(Limit(Decimal(500)), "500.001", False, id="above"),
        pytest.param(Limit(Decimal("2.5"), is_least=True), "2.5", True, id="equality is within a least value"),
        pytest.param(Limit(Decimal("2.5"), is_least=True), "2.499", False, id="below"),
    ],
)
def test_a_limit_holds_at_equality(limit, reading, is_within):
    assert limit.allows(Decimal(reading)) is is_within


@given(readings=st.lists(st.integers(0, 1000), min_size=1, max_size=60), percent=st.integers(1, 100))
def test_the_share_is_kept_exactly_where_the_percentile_is_within_the_limit(readings, percent):
    limit, ordered = 500, sorted(readings)

    share_is_kept = sum(each <= limit for each in readings) * 100 >= percent * len(readings)

    assert share_is_kept == (ordered[rank_of(Fraction(percent, 100), len(readings)) - 1] <= limit)


def test_ranks_are_exact_where_binary_fractions_are_not():
    assert [rank_of(share_of(percent), count) for percent, count in (("55", 100), ("95", 60), ("0", 5))] == [55, 57, 1]
