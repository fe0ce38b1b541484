"""What is claimed, against what happens: simulated months with a known truth, from fixed seeds."""

from fractions import Fraction
from functools import cache
from math import sqrt

import numpy as np
import pytest

from slas.calculation.forecast import Mark, Outlook, PastMonth, Told, calibrate, forecast
from slas.calculation.proposal import Proposal, predict, propose_each, share_bound, time_bound
from slas.calculation.shares import Observed

SIZES = [2_000, pytest.param(20_000, marks=pytest.mark.long)]
SURE = Fraction(95, 100)
DAY, HOUR = 86400, 3600


def within(points, claimed, runs):
    """The points that are agreed for the full size; fewer runs may miss by three deviations of chance besides."""
    return points / 100 + (3 * sqrt(claimed * (1 - claimed) / runs) if runs < 20_000 else 0)


@pytest.mark.parametrize("runs", SIZES)
@pytest.mark.parametrize("months", [3, 6, 9, 19])
@pytest.mark.parametrize("second", [False, True], ids=["worst", "second-worst"])
def test_a_level_of_measured_months_is_kept_as_often_as_is_claimed(runs, months, second):
    """Each run measures so many months, takes the worst or second worst as the level, and looks at the next month."""
    drawn = np.random.default_rng(months).beta(60, 1.5, size=(runs, months + 1))
    levels = np.sort(drawn[:, :months], axis=1)[:, int(second)]
    claimed = float(Proposal(Fraction(0), months - second, months).confidence)

    assert (drawn[:, months] >= levels).mean() == pytest.approx(claimed, abs=within(2, claimed, runs))


def test_the_simulated_level_is_the_one_that_is_proposed():
    drawn = [Fraction(value) for value in np.random.default_rng(9).beta(60, 1.5, size=9).tolist()]
    worst, second = sorted(drawn)[:2]

    assert [each.confidence for each in propose_each(drawn, [worst, second])] == [Fraction(8, 10), Fraction(9, 10)]


@cache
def bound_of(met, counted):
    return float(share_bound(met, counted, SURE).share)


@cache
def predicted(met, counted, cases):
    return float(predict(met, counted, cases, SURE).level)


GRID = [(counted, share) for counted in (1, 2, 5, 10, 30, 100, 200) for share in (0.5, 0.8, 0.9, 0.95, 0.99)]


@pytest.mark.parametrize("runs", SIZES)
@pytest.mark.parametrize(("counted", "share"), GRID)
def test_a_bound_on_a_share_is_never_above_the_truth_more_often_than_is_claimed(runs, counted, share):
    met = np.random.default_rng([counted, int(share * 100)]).binomial(counted, share, size=runs)
    held = np.array([bound_of(k, counted) for k in range(counted + 1)])[met] <= share

    assert held.mean() >= float(SURE) - within(1, float(SURE), runs)


@pytest.mark.parametrize("runs", SIZES)
@pytest.mark.parametrize(("counted", "share"), [pair for pair in GRID if pair[0] >= 5])
def test_a_month_to_come_keeps_what_is_predicted_as_often_as_is_claimed(runs, counted, share):
    chance = np.random.default_rng([counted, int(share * 100), 1])
    met, next_met = chance.binomial(counted, share, size=runs), chance.binomial(20, share, size=runs)
    levels = np.array([predicted(k, counted, 20) for k in range(counted + 1)])[met]

    assert (next_met / 20 >= levels - 1e-9).mean() >= float(SURE) - within(1, float(SURE), runs)


@pytest.mark.parametrize("runs", SIZES)
@pytest.mark.parametrize(("percent", "number"), [("90", 29), ("90", 60), ("90", 100), ("95", 59), ("50", 5)])
def test_a_bound_on_a_time_is_never_below_the_truth_more_often_than_is_claimed(runs, percent, number):
    rank = time_bound([Observed(n) for n in range(number)], percent, SURE).rank
    took = np.sort(np.random.default_rng(number).exponential(size=(runs, number)), axis=1)
    truth = -np.log(1 - float(percent) / 100)

    assert (took[:, rank - 1] >= truth).mean() >= float(SURE) - within(1, float(SURE), runs)


def months_with_outages(chance, number):
    """Months round the clock with three outages on average, of two hours on average; of each what is lost, and when."""
    for _ in range(number):
        begins = np.sort(chance.integers(0, 30 * DAY - 12 * HOUR, size=chance.poisson(3)))
        yield [(int(at), int(chance.exponential(2 * HOUR)) + 1) for at in begins]


def past(outages):
    return PastMonth(30, 30 * DAY, tuple(Mark(at, took, Fraction(0), Fraction(took)) for at, took in outages))


def said_and_happened(months, chance):
    """A forecast in the middle of each month from the twelve before it, and whether the month was missed."""
    target = Fraction(99, 100)
    room = (1 - target) * 30 * DAY
    for at in range(12, len(months)):
        now = int(chance.integers(5, 25)) * DAY
        so_far = sum(took for begins, took in months[at] if begins < now)
        ahead = Outlook(Fraction(so_far), room, 30 * DAY - now, target)
        history = [past(outages) for outages in months[at - 12 : at]]
        missed = sum(took for _, took in months[at]) > room
        yield Told(forecast(history, ahead, runs=500).chance, missed)


@pytest.mark.parametrize("number", [300, pytest.param(3_000, marks=pytest.mark.long)])
def test_forecasts_are_better_than_always_saying_the_share_of_missed_months(number):
    chance = np.random.default_rng(15)
    scored = calibrate(said_and_happened(list(months_with_outages(chance, number + 12)), chance))

    assert scored.forecasts == number
    assert 0.15 < scored.missed / number < 0.6
    assert scored.brier < scored.constant * Fraction(9, 10)
