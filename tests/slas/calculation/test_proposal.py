from fractions import Fraction
from math import comb

import pytest

from slas.calculation.errors import BadConfidence, BadShare, BadThreshold, TooFewMonths, TooFewValues
from slas.calculation.proposal import (
    Bound,
    Prediction,
    Proposal,
    TimeBound,
    fewest_values,
    predict,
    propose,
    propose_each,
    propose_safe,
    share_bound,
    share_step,
    time_bound,
    time_step,
    wilson_bound,
)
from slas.calculation.shares import Observed

# Customers can track deliveries: twelve months of a trial, in percent.
MONTHS = (99.81, 99.72, 99.63, 99.94, 99.85, 99.61, 99.12, 99.74, 99.83, 99.92, 99.71, 99.62)
TRACKING = [Fraction(str(month)) for month in MONTHS]
SURE = Fraction(95, 100)


def minutes(number, still_open=0):
    """Cases that took 1, 2, 3 and so on minutes; the last ones opened are still open, after a second."""
    return [*(Observed(60 * n) for n in range(1, number - still_open + 1)), *[Observed(1, is_open=True)] * still_open]


def test_how_each_level_would_have_done_the_strictest_first():
    levels = [Fraction(text) for text in ("99.0", "99.5", "99.7", "99.9")]

    assert [(each.level, each.kept) for each in propose_each(TRACKING, levels)] == [
        (Fraction("99.9"), 2), (Fraction("99.7"), 8), (Fraction("99.5"), 11), (Fraction("99.0"), 12),
    ]  # fmt: skip


def test_kept_in_11_of_12_months_means_about_two_misses_a_year():
    proposal = propose(TRACKING, Fraction("99.5"))

    assert (proposal.confidence, proposal.confidence_percent) == (Fraction(11, 13), 84)
    assert round(proposal.misses_a_year, 1) == Fraction(18, 10)


@pytest.mark.parametrize(("months", "percent"), [(3, 75), (6, 85), (9, 90), (19, 95)])
def test_the_worst_of_n_months_is_kept_next_month_with_confidence_n_of_n_plus_1(months, percent):
    assert Proposal(Fraction(99), months, months).confidence_percent == percent


def test_the_safe_levels_are_the_worst_months_rounded_down_to_levels_that_people_know():
    proposals = propose_safe(month / 100 for month in TRACKING)

    assert [(float(each.level * 100), each.kept, each.confidence_percent) for each in proposals] == [
        (99.9, 2, 15), (99.7, 8, 61), (99.5, 11, 84), (99.0, 12, 92),
    ]  # fmt: skip


def test_a_level_that_is_asked_for_stands_among_the_others():
    asked = [Fraction("0.9995"), Fraction("0.996"), Fraction("0.9")]
    proposals = propose_safe((month / 100 for month in TRACKING), also=asked)

    assert [(float(each.level * 100), each.kept) for each in proposals if each.level in asked] == [
        (99.95, 0), (99.6, 11), (90.0, 12),
    ]  # fmt: skip


@pytest.mark.parametrize("rule", [propose_safe, lambda values: propose(values, Fraction(99))])
def test_too_few_months_are_refused_with_how_many_there_are(rule):
    with pytest.raises(TooFewMonths, match="3 months are needed before a level can be proposed; 2 are measured"):
        rule(TRACKING[:2])


@pytest.mark.parametrize(
    ("share", "step"), [("1", "0.9995"), ("0.9995", "0.9995"), ("0.9912", "0.99"), ("0.12", "0.1"), ("0", "0")]
)
def test_a_share_is_rounded_down_to_a_level_that_people_know(share, step):
    assert share_step(Fraction(share)) == Fraction(step)


@pytest.mark.parametrize(
    ("took", "limit"), [(0, 300), (300, 300), (301, 600), (11400, 14400), (144000, 144000), (144001, 288000)]
)
def test_a_time_is_rounded_up_to_a_limit_that_people_know(took, limit):
    assert time_step(took) == limit


@pytest.mark.parametrize(
    ("met", "counted", "exact", "quick"),
    [(188, 200, "90.4", "90.6"), (10, 10, "74.1", "78.7"), (0, 10, "0", "0"), (1, 1, "5", "26.9")],
)
def test_the_true_share_is_at_least_the_exact_bound_and_wilson_claims_more(met, counted, exact, quick):
    assert share_bound(met, counted, SURE).share * 100 == Fraction(exact)
    assert int(wilson_bound(met, counted, SURE) * 1000) == Fraction(quick) * 10


def test_the_exact_bound_is_the_last_step_that_may_be_claimed():
    def at_least(share):
        return sum(
            Fraction(number) * share**good * (1 - share) ** (200 - good)
            for good, number in ((188, comb(200, 188)), *((k, comb(200, k)) for k in range(189, 201)))
        )

    bound = share_bound(188, 200, SURE, places=3).share

    assert at_least(bound) <= 1 - SURE < at_least(bound + Fraction(1, 100_000))


def test_a_month_to_come_has_luck_of_its_own_so_that_less_is_sure_of_it():
    bound, month = share_bound(188, 200, SURE), predict(188, 200, 20, SURE)

    assert (month.level, month.cases) == (Fraction(85, 100), 20)
    assert month.level < bound.share
    assert month.confidence >= SURE
    assert month.misses_a_year == 12 * (1 - month.confidence)


def test_the_prediction_is_the_exact_beta_binomial():
    # 9 of 10 met, a month of 2 cases: both met with (9 x 10) / (11 x 12), not both late with 1 - (2 x 1) / (11 x 12).
    assert predict(9, 10, 2, Fraction(60, 100)).confidence == pytest.approx(Fraction(90, 132), abs=1e-50)
    assert predict(9, 10, 2, Fraction(90, 100)) == Prediction(
        Fraction(50, 100), predict(9, 10, 2, Fraction(90, 100)).confidence, 2
    )
    assert predict(9, 10, 2, Fraction(90, 100)).confidence == pytest.approx(Fraction(126, 132), abs=1e-50)


def test_where_nothing_was_met_nothing_is_predicted():
    assert predict(0, 10, 5, SURE) == Prediction(Fraction(0), Fraction(1), 5)


@pytest.mark.parametrize(("percent", "needed"), [("90", 29), ("95", 59), ("50", 5), ("99.9", 2995)])
def test_so_many_values_are_needed_to_bound_a_time(percent, needed):
    assert fewest_values(percent, SURE) == needed


@pytest.mark.parametrize(("number", "rank"), [(29, 29), (60, 59), (100, 96)])
def test_the_time_that_nine_of_ten_keep_is_bounded_by_the_value_at_a_rank(number, rank):
    assert time_bound(minutes(number), "90", SURE) == TimeBound("90", rank * 60, rank, number, SURE)


def test_fewer_values_are_refused_with_how_many_are_missing():
    with pytest.raises(TooFewValues, match="29 cases are needed before that time can be said; 9 are missing"):
        time_bound(minutes(20), "90", SURE)


def test_a_case_that_is_still_open_may_take_longer_than_all_others():
    assert time_bound(minutes(60, still_open=1), "90", SURE).seconds == 59 * 60
    assert time_bound(minutes(60, still_open=2), "90", SURE).seconds is None


@pytest.mark.parametrize("claim", [Bound, TimeBound])
def test_a_confidence_bound_cannot_be_asked_for_misses_a_year(claim):
    assert not hasattr(claim, "misses_a_year")
    assert {hasattr(spoken, "misses_a_year") for spoken in (Proposal, Prediction)} == {True}


@pytest.mark.parametrize("confidence", [Fraction(0), Fraction(1), Fraction(95)])
@pytest.mark.parametrize(
    "claim",
    [
        lambda confidence: share_bound(1, 2, confidence),
        lambda confidence: wilson_bound(1, 2, confidence),
        lambda confidence: predict(1, 2, 3, confidence),
        lambda confidence: time_bound(minutes(60), "90", confidence),
    ],
)
def test_a_confidence_that_nobody_can_have_is_refused(claim, confidence):
    with pytest.raises(BadConfidence, match=f"A confidence of {confidence} is not between 0 and 1"):
        claim(confidence)


@pytest.mark.parametrize(("met", "counted"), [(0, 0), (3, 2), (-1, 2)])
@pytest.mark.parametrize(
    "claim", [share_bound, wilson_bound, lambda met, counted, confidence: predict(met, counted, 5, confidence)]
)
def test_counts_that_are_no_share_are_refused(claim, met, counted):
    with pytest.raises(BadShare, match=f"{met} of {counted} is not a share"):
        claim(met, counted, SURE)


@pytest.mark.parametrize("percent", ["0", "100", "ninety"])
def test_a_quantile_with_nothing_on_one_side_is_refused(percent):
    with pytest.raises(BadThreshold, match=f"“{percent}” is not a percentage"):
        time_bound(minutes(60), percent, SURE)
