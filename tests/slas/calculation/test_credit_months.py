"""Credits of a month: its band, the cap of its calendar year, and what is earned back by the months after it."""

from datetime import date
from fractions import Fraction

import pytest

from slas.calculation.credit_months import (
    CreditMonth,
    Scheme,
    billing_of,
    credits_for,
    kept_after,
    kept_months,
    results_of,
)
from slas.calculation.credits import (
    CreditBand,
    CreditGround,
    CreditScale,
    CreditTerms,
    CreditUnit,
    propose_credits,
)

GOOD, POOR, BAD = Fraction("0.996"), Fraction("0.992"), Fraction("0.97")
SCALE = CreditScale(
    Fraction("0.995"),
    (
        CreditBand(Fraction("0.99"), Fraction("0.995"), Fraction("0.05")),
        CreditBand(Fraction(0), Fraction("0.99"), Fraction("0.10")),
    ),
)


def months(*values, first=8, **fields):
    return [
        CreditMonth(date(2026 + (first + at - 1) // 12, (first + at - 1) % 12 + 1, 1), {"shop": value}, **fields)
        if value is not None
        else CreditMonth(date(2026, first + at, 1), {})
        for at, value in enumerate(values)
    ]


def scheme(**terms):
    return Scheme(CreditTerms(CreditUnit.SHARE_OF_FEE, **terms), Fraction(2000), {"shop": SCALE})


def amount(month, agreed, credited=0):
    billing = billing_of(month, agreed, Fraction(credited))
    return propose_credits(agreed.terms, billing, results_of(month, agreed)).amount


def test_each_month_is_credited_by_its_band():
    assert [amount(month, scheme()) for month in months(GOOD, POOR, BAD, None)] == [0, 100, 200, 0]


def test_what_the_year_had_already_is_taken_from_its_cap():
    """One eightieth of 24,000 a year."""
    (month,) = months(BAD)

    assert [amount(month, scheme(year_cap=Fraction(1, 80)), had) for had in (0, 250, 300, 400)] == [200, 50, 0, 0]


@pytest.mark.parametrize(
    ("values", "kept", "is_back"),
    [
        pytest.param((GOOD, GOOD), [True, True], True, id="kept"),
        pytest.param((GOOD, GOOD, POOR), [True, True], True, id="what comes later does not matter"),
        pytest.param((GOOD, POOR), [True, False], False, id="missed"),
        pytest.param((None, GOOD), [False, True], False, id="not judged"),
        pytest.param((GOOD,), [True], False, id="not over yet"),
        pytest.param((), [], False, id="nothing is over yet"),
    ],
)
def test_a_credit_is_earned_back_by_keeping_the_promise_in_the_months_after(values, kept, is_back):
    agreed = scheme(earn_back_periods=2)
    found = kept_after(date(2026, 8, 1), kept_months(months(BAD, *values), agreed, "shop"), 2)

    assert (found, agreed.terms.is_earned_back(found)) == (kept, is_back)


def test_a_month_in_between_that_is_not_closed_is_waited_for():
    first, _, third = months(BAD, GOOD, GOOD)

    assert kept_after(date(2026, 8, 1), kept_months([first, third], scheme(), "shop"), 2) == []


def test_months_that_are_tried_together_share_the_cap_of_their_year():
    made = credits_for(months(BAD, BAD, BAD, GOOD, first=11), scheme(year_cap=Fraction(1, 80), earn_back_periods=1))

    assert [each.proposal.amount for each in made] == [200, 100, 200, 0]
    assert [each.is_earned_back for each in made] == [False, False, True, False]


def test_a_duty_that_was_overdue_leaves_the_promise_out():
    (month,) = months(BAD, unmet={"shop": ("Promotion calendar",)})
    agreed = scheme()
    (line,) = propose_credits(
        agreed.terms, billing_of(month, agreed, Fraction(0)), results_of(month, agreed)
    ).lines_of_targets

    assert (line.credit, line.ground) == (0, CreditGround.CUSTOMER_OBLIGATION)
