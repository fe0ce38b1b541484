from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slas.calculation.errors import BadShare
from slas.calculation.missing import UnknownPolicy
from slas.calculation.shares import Observed, ShareFigure, nearest_rank, pooled
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


def test_shares_are_pooled_and_never_averaged():
    whole = pooled([ShareFigure(1, 1), ShareFigure(0, 9), ShareFigure(0, 0)])

    assert whole.share == Fraction(1, 10)


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
    percentile = nearest_rank(map(Observed, values), str(percent))

    assert (percentile.seconds <= limit) == (within.share >= Fraction(percent, 100))
