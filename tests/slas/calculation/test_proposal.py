from fractions import Fraction

import pytest

from slas.calculation.errors import TooFewMonths
from slas.calculation.proposal import Proposal, propose, propose_each, safe_level

# Customers can track deliveries: twelve months of a trial, in percent.
MONTHS = (99.81, 99.72, 99.63, 99.94, 99.85, 99.61, 99.12, 99.74, 99.83, 99.92, 99.71, 99.62)
TRACKING = [Fraction(str(month)) for month in MONTHS]


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


def test_the_safe_level_is_the_worst_month_rounded_down_to_a_human_step():
    proposal = safe_level(TRACKING, Fraction(1, 10))

    assert (proposal.level, proposal.kept) == (Fraction("99.1"), 12)


def test_too_few_months_are_refused_with_how_many_there_are():
    with pytest.raises(TooFewMonths, match="3 months are needed before a level can be proposed; 2 are measured"):
        propose(TRACKING[:2], Fraction(99))
