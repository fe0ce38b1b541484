from dataclasses import replace
from fractions import Fraction
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slas.calculation.errors import BadShare
from slas.calculation.missing import UnknownPolicy
from slas.calculation.shares import Observed, PercentileMethod, ShareFigure, nearest_rank, percentile
from slas.calculation.status import CloseRule, Status


@pytest.mark.parametrize(
    ("met", "eligible", "unknown", "policy", "share"),
    [
        pytest.param(9, 10, 0, UnknownPolicy.EXCLUDE, Fraction(9, 10), id="nine of ten"),
        pytest.param(9, 10, 2, UnknownPolicy.EXCLUDE, Fraction(9, 10), id="unknown left out"),
        pytest.param(9, 10, 2, UnknownPolicy.DOWN, Fraction(9, 12), id="unknown not met"),
        pytest.param(9, 10, 2, UnknownPolicy.UP, Fraction(11, 12), id="unknown met"),
        pytest.param(12, 10, 0, UnknownPolicy.EXCLUDE, Fraction(6, 5), id="more met than counted: as published"),
        pytest.param(0, 0, 0, UnknownPolicy.EXCLUDE, None, id="nothing to judge"),
        pytest.param(0, 0, 3, UnknownPolicy.EXCLUDE, None, id="nothing known"),
    ],
)
def test_a_share_is_met_of_eligible(met, eligible, unknown, policy, share):
    assert ShareFigure(met, eligible, unknown, policy).share == share


@pytest.mark.parametrize(
    ("met", "eligible", "unknown", "target", "status", "certain"),
    [
        (98, 100, 0, "98", Status.CLOSE, True),
        (97, 100, 0, "98", Status.MISSED, False),
        (99, 100, 0, "98", Status.KEPT, True),
        (0, 0, 0, "98", Status.NO_CASES, None),
        (0, 0, 5, "98", Status.DATA_GAP, None),
        (90, 90, 10, "90", Status.DATA_GAP, True),
        (50, 90, 10, "98", Status.DATA_GAP, False),
        (90, 90, 10, "95", Status.DATA_GAP, None),
    ],
)
def test_verdicts(met, eligible, unknown, target, status, certain):
    verdict = ShareFigure(met, eligible, unknown).judge(Fraction(int(target), 100), CloseRule())

    assert (verdict.status, verdict.certain) == (status, certain)


def test_small_numbers_are_said_in_words():
    assert ShareFigure(8, 9).is_small
    assert not ShareFigure(8, 10).is_small


@pytest.mark.parametrize("policy", UnknownPolicy)
def test_where_nothing_is_known_there_is_a_gap_and_nothing_to_judge_is_something_else(policy):
    silent = ShareFigure(0, 0, policy=policy, minimum_coverage=Fraction(0), known_time=Fraction(0))

    assert silent.judge(Fraction(9, 10), CloseRule()).status is Status.DATA_GAP
    assert replace(silent, known_time=Fraction(1)).judge(Fraction(9, 10), CloseRule()).status is Status.NO_CASES


@pytest.mark.parametrize(("met", "eligible"), [(-1, 5), (1, -5)])
def test_counts_below_zero_are_refused(met, eligible):
    with pytest.raises(BadShare):
        ShareFigure(met, eligible)


@pytest.mark.parametrize(
    ("count", "percent", "rank"),
    [(10, "90", 9), (11, "90", 10), (1, "90", 1), (100, "95", 95), (3, "0", 1), (3, "100", 3), (1000, "99.9", 999)],
)
def test_the_nearest_rank_is_found_in_whole_numbers(count, percent, rank):
    found = nearest_rank([Observed(value) for value in range(1, count + 1)], percent)

    assert (found.rank, found.seconds, found.count) == (rank, rank, count)


def test_without_values_there_is_no_percentile():
    assert nearest_rank([], "90") is None


@given(
    values=st.lists(st.integers(0, 100), min_size=1, max_size=60),
    limit=st.integers(0, 100),
    percent=st.integers(1, 100),
)
def test_p90_within_four_hours_and_90_percent_within_four_hours_agree(values, limit, percent):
    within = ShareFigure(sum(value <= limit for value in values), len(values))
    found = nearest_rank(map(Observed, values), str(percent))

    assert (found.seconds <= limit) == (within.share >= Fraction(percent, 100))


FIFTEEN_TO_FIFTY = (15, 20, 35, 40, 50)


@pytest.mark.parametrize(
    ("method", "percent", "seconds", "rank"),
    [
        # The five values and p40 by the first three methods are the worked example of the encyclopaedia's article.
        (PercentileMethod.NEAREST_RANK, "40", 20, 2),
        (PercentileMethod.INCLUSIVE, "40", 29, Fraction(13, 5)),
        (PercentileMethod.EXCLUSIVE, "40", 26, Fraction(12, 5)),
        (PercentileMethod.MIDPOINT, "40", Fraction(55, 2), Fraction(5, 2)),
        (PercentileMethod.MIDPOINT, "50", 35, 3),
        (PercentileMethod.INCLUSIVE, "99.9", Fraction(4996, 100), Fraction(4996, 1000)),
        (PercentileMethod.EXCLUSIVE, "50", 35, 3),
        (PercentileMethod.INCLUSIVE, "0", 15, 1),
        (PercentileMethod.MIDPOINT, "0", 15, 1),
        (PercentileMethod.MIDPOINT, "100", 50, 5),
    ],
)
def test_each_method_gives_its_own_exact_value(method, percent, seconds, rank):
    found = percentile(map(Observed, FIFTEEN_TO_FIFTY), percent, method)

    assert (found.seconds, found.rank, found.count, found.method) == (seconds, rank, 5, method)


@pytest.mark.parametrize(("percent", "count", "has_one"), [("90", 8, False), ("90", 9, True), ("10", 8, False)])
def test_exclusive_has_no_value_at_the_ends_of_few(percent, count, has_one):
    found = percentile(map(Observed, range(count)), percent, PercentileMethod.EXCLUSIVE)

    assert (found is not None) is has_one


@pytest.mark.parametrize("method", PercentileMethod)
def test_without_values_no_method_has_a_percentile(method):
    assert percentile([], "90", method) is None


@pytest.mark.parametrize(
    ("method", "at_least"),
    [(PercentileMethod.NEAREST_RANK, False), (PercentileMethod.INCLUSIVE, True), (PercentileMethod.MIDPOINT, True)],
)
def test_an_open_case_counts_for_at_least_where_its_value_is_used(method, at_least):
    values = [Observed(10), Observed(20), Observed(20, is_open=True), Observed(40)]

    assert percentile(values, "50", method).at_least is at_least


@given(
    values=st.lists(st.integers(0, 100), min_size=2, max_size=40),
    method=st.sampled_from(PercentileMethod),
    percents=st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted),
)
def test_percentiles_rise_and_stay_among_the_values(values, method, percents):
    found = [percentile(map(Observed, values), str(percent), method) for percent in percents]
    known = [each.seconds for each in found if each is not None]

    assert known == sorted(known)
    assert all(min(values) <= each <= max(values) for each in known)


@given(values=st.lists(st.integers(0, 10**9), min_size=2, max_size=40), percent=st.integers(1, 99))
def test_inclusive_is_what_the_standard_library_calls_inclusive(values, percent):
    hundred = quantiles([Fraction(value) for value in values], n=100, method="inclusive")

    assert percentile(map(Observed, values), str(percent), PercentileMethod.INCLUSIVE).seconds == hundred[percent - 1]
