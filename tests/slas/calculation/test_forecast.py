from fractions import Fraction

import pytest

from slas.calculation.errors import TooLittleHistory
from slas.calculation.forecast import Band, Mark, Outlook, PastMonth, Told, calibrate, forecast

DAY, HOUR = 86400, 3600
MONTH = 30 * DAY


def lost(at, hours):
    return Mark(at, hours * HOUR, Fraction(0), Fraction(hours * HOUR))


def due(at, *, late):
    return Mark(at, 0, Fraction(1), Fraction(late))


def months(*marks, number=6, seconds=MONTH):
    return [PastMonth(30, seconds, marks)] * number


def outlook(so_far, room, remaining, target="0.995"):
    return Outlook(Fraction(so_far), Fraction(room), remaining, Fraction(target))


def test_less_than_six_months_are_refused_with_how_many_there_are():
    with pytest.raises(TooLittleHistory, match="6 months must have ended before a miss can be forecast; 5 have so far"):
        forecast(months(number=5), outlook(0, HOUR, DAY))


def test_months_without_service_time_are_no_history():
    with pytest.raises(TooLittleHistory, match="0 have so far"):
        forecast(months(seconds=0), outlook(0, HOUR, DAY))


@pytest.mark.parametrize(("so_far", "misses"), [(HOUR, 0), (HOUR + 1, 10_000)])
def test_with_nothing_to_come_only_what_is_lost_counts_and_equality_is_met(so_far, misses):
    assert forecast(months(lost(0, 5)), outlook(so_far, HOUR, 0)).misses == misses


def test_a_history_without_losses_forecasts_none():
    drawn = forecast(months(), outlook(0, HOUR, 20 * DAY))

    assert (drawn.misses, drawn.months, drawn.chance) == (0, 6, 0)


def test_the_order_in_which_losses_came_in_changes_nothing():
    marks = lost(DAY, 2), lost(9 * DAY, 1), lost(20 * DAY, 3)

    drawn = [forecast(months(*each), outlook(0, HOUR, 7 * DAY), runs=500) for each in (marks, marks[::-1])]

    assert drawn[0] == drawn[1]


def test_one_outage_a_month_hits_a_week_as_often_as_it_should():
    """Two hours once in 30 days, one hour of room left, a week to come: hit by more than an hour where the week begins
    from 6 days and 23 hours before it to an hour after its beginning."""
    chance = forecast(months(lost(10 * DAY, 2)), outlook(0, HOUR, 7 * DAY)).chance

    assert float(chance) == pytest.approx((7 * DAY) / MONTH, abs=0.015)


def test_a_whole_month_to_come_loses_what_a_month_loses():
    """Each of four weeks and a rest is drawn by itself, so that none, one or more of them hit the outage."""
    drawn = forecast(months(lost(10 * DAY, 2)), outlook(0, 3 * HOUR, MONTH))

    assert 0.15 < float(drawn.chance) < 0.35


def test_what_is_lost_without_a_known_time_is_spread_over_its_month():
    spread = Mark(0, MONTH, Fraction(0), Fraction(30 * HOUR))

    assert forecast(months(spread), outlook(0, 10 * HOUR, 9 * DAY)).misses == 0
    assert forecast(months(spread), outlook(0, 8 * HOUR, 9 * DAY)).chance == 1


def test_cases_bring_their_own_room():
    """One case of ten is late, always: with nine of ten promised that is enough, and with more promised it is not."""
    cases = [due(n * 3 * HOUR, late=n % 10 == 0) for n in range(240)]

    assert forecast(months(*cases), outlook(1, "1.2", 10 * DAY, target="0.88")).misses == 0
    assert forecast(months(*cases), outlook(1, "0.8", 10 * DAY, target="0.92")).chance == 1


def test_equal_shares_are_met_although_sums_are_drawn_in_binary():
    cases = [due(n * 3 * HOUR, late=n % 10 == 0) for n in range(240)]
    # Blocks of 7 days hold 56 cases; what they lose differs, but no case to come leaves exactly what is promised.
    assert forecast(months(*cases), outlook(3, Fraction(1, 10) * 30, 0, target="0.9")).misses == 0


def test_the_same_inputs_give_the_same_forecast_and_others_another():
    history, ahead = months(lost(10 * DAY, 2)), outlook(0, HOUR, 10 * DAY)
    first, again = forecast(history, ahead), forecast(history, ahead)
    other = forecast(history, outlook(1, HOUR, 10 * DAY))

    assert first == again
    assert first.digest != other.digest


def test_the_score_is_the_mean_squared_distance_beside_that_of_a_constant_chance():
    told = [Told(Fraction(1, 5), missed=False), Told(Fraction(4, 5), missed=True), Told(Fraction(2, 5), missed=False)]
    scored = calibrate(told)

    assert (scored.forecasts, scored.missed) == (3, 1)
    assert scored.brier == Fraction(1 + 1 + 4, 25) / 3
    assert scored.constant == Fraction(1, 3) * Fraction(2, 3)


def test_what_was_said_stands_beside_what_happened_in_six_bands():
    told = [
        Told(Fraction(chance, 10), missed=missed) for chance, missed in ((0, False), (2, True), (1, False), (10, True))
    ]
    bands = calibrate(told).bands

    assert [(band.low, band.high) for band in bands][:2] == [(0, Fraction(1, 10)), (Fraction(1, 10), Fraction(3, 10))]
    assert bands[1] == Band(Fraction(1, 10), Fraction(3, 10), 2, 1, Fraction(3, 20))
    assert (bands[1].found, bands[2].found) == (Fraction(1, 2), None)
    assert [band.forecasts for band in bands] == [1, 2, 0, 0, 0, 1]


def test_without_an_ended_month_there_is_no_score():
    assert calibrate([]) is None
