"""Credits of several months: the cap of a calendar year, and what is earned back."""

from datetime import date
from fractions import Fraction

from slas.calculation.credit_months import CreditMonth, Scheme, credits_for, places_of
from slas.calculation.credits import CreditBand, CreditScale, CreditTerms, CreditUnit

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


def amounts(made):
    return [int(each.proposal.amount) for each in made]


def test_each_month_is_credited_by_its_band():
    assert amounts(credits_for(months(GOOD, POOR, BAD), scheme())) == [0, 100, 200]


def test_the_year_has_one_cap_and_the_next_year_its_own():
    made = credits_for(months(BAD, BAD, BAD, first=11), scheme(year_cap=Fraction(1, 80)))

    assert amounts(made) == [200, 100, 200]


def test_what_the_year_had_already_is_counted():
    made = credits_for(months(BAD), scheme(year_cap=Fraction(1, 80)), credited={2026: Fraction(250)})

    assert amounts(made) == [50]


def test_a_credit_is_earned_back_by_keeping_the_promise_in_the_months_after():
    made = credits_for(months(BAD, GOOD, GOOD, POOR, GOOD), scheme(earn_back_periods=2))

    assert [each.is_earned_back for each in made] == [True, False, False, False, False]


def test_a_month_without_a_value_gives_nothing_back_and_costs_nothing():
    made = credits_for(months(BAD, None, GOOD), scheme(earn_back_periods=2))

    assert amounts(made) == [200, 0, 0]
    assert not any(each.is_earned_back for each in made)


def test_a_duty_that_was_overdue_leaves_the_promise_out():
    made = credits_for(months(BAD, unmet={"shop": ("Promotion calendar",)}), scheme())

    assert amounts(made) == [0]
    assert made[0].proposal.lines_of_targets[0].ground.value == "customer_obligation"


def test_yen_have_no_hundredths():
    assert [places_of(currency) for currency in ("JPY", "GBP")] == [0, 2]
