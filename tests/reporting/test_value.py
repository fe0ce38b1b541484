"""What a month was worth: ranges on the careful side."""

from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.value import (
    Hit,
    Range,
    fewer,
    loss,
    shift,
    t_quantile,
    two_figures_down,
    two_figures_up,
    units_hit,
)

TUESDAY = {(1, 5): 540, (1, 6): 610, (1, 23): 60, (2, 0): 120}
BEFORE = (405, 431, 418, 396, 409, 413)
AFTER = (329, 322, 311, 310, 318)


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "weight", "units"),
    [
        pytest.param("2026-10-06 05:12", "2026-10-06 06:44", 1, 432 + Fraction(44 * 610, 60), id="two hours"),
        pytest.param("2026-10-06 05:00", "2026-10-06 06:00", 1, 540, id="one whole hour"),
        pytest.param("2026-10-06 05:00", "2026-10-06 06:00", Fraction(1, 2), 270, id="slow counts half"),
        pytest.param("2026-10-06 12:00", "2026-10-06 13:00", 1, 0, id="an hour without orders"),
        pytest.param("2026-10-06 23:30", "2026-10-07 00:30", 1, 90, id="over midnight"),
        pytest.param("2026-10-06 05:00", "2026-10-06 05:00", 1, 0, id="no time"),
    ],
)  # fmt: skip
def test_units_hit_follow_the_profile_of_the_hour(start, end, weight, units):
    assert units_hit(Hit(at(start), at(end), Fraction(weight)), TUESDAY) == units


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        pytest.param("2026-10-25 01:30+01:00", "2026-10-25 01:30+00:00", 1, id="the hour that comes twice"),
        pytest.param("2026-10-25 00:00+01:00", "2026-10-25 02:00+00:00", 3, id="a night with an hour more"),
        pytest.param("2026-03-29 00:30+00:00", "2026-03-29 02:30+01:00", 1, id="a night with an hour less"),
    ],
)
def test_units_hit_count_real_time_when_the_clocks_change(start, end, hours):
    london = ZoneInfo("Europe/London")
    every_hour = {(day, hour): 60 for day in range(7) for hour in range(24)}

    assert (
        units_hit(Hit(at(start).astimezone(london), at(end).astimezone(london), Fraction(1)), every_hour) == 60 * hours
    )


def test_a_loss_counts_whole_units():
    lost = loss(
        [Fraction(879), Fraction(165), Fraction(84), Fraction(160)], Range(Fraction(15, 100), Fraction(1, 5)), 21400
    )

    assert lost.hit == 1288
    assert (lost.units.low, lost.units.high) == (193, 257)
    assert (two_figures_down(lost.units.low), two_figures_up(lost.units.high)) == (190, 260)
    assert (two_figures_down(lost.minor.low / 100), two_figures_up(lost.minor.high / 100)) == (41000, 55000)


def test_work_that_moved_to_the_cheaper_way():
    moved = shift((61801, 96412), (55384, 92000), Range(Fraction(4), Fraction("5.5")))

    assert moved.units == 3760
    assert [two_figures_down(hours) for hours in (moved.hours.low, moved.hours.high)] == [250, 340]


def test_a_smaller_share_moves_nothing():
    assert shift((50, 100), (60, 100), Range(Fraction(4), Fraction(5))).units == 0


def test_fewer_units_with_their_interval():
    saved = fewer(BEFORE, AFTER, Range(Fraction(6000), Fraction(8000)))

    assert (saved.before, saved.after) == (412, 318)
    assert [two_figures_down(minor / 100) for minor in (saved.minor.low, saved.minor.high)] == [4800, 8600]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(BEFORE, (330,), id="one month after says nothing"),
        pytest.param((), AFTER, id="nothing before"),
        pytest.param((400, 300, 500), (380, 310, 480), id="as well chance"),
        pytest.param(AFTER, BEFORE, id="it became more"),
    ],
)
def test_nothing_is_claimed_without_proof(before, after):
    assert fewer(before, after, Range(Fraction(1), Fraction(2))) is None


@pytest.mark.parametrize(("freedom", "quantile"), [(1, 12.706), (4, 2.776), (9, 2.262), (30, 2.042), (1000, 1.962)])
def test_quantiles_of_student(freedom, quantile):
    assert t_quantile(freedom) == pytest.approx(quantile, abs=0.001)


@given(st.fractions(min_value=0, max_value=10**9, max_denominator=100))
def test_two_figures_stay_on_the_careful_side(value):
    down, up = two_figures_down(value), two_figures_up(value)

    assert down <= value <= up
    assert len(str(down).rstrip("0")) <= 2
