"""Credits: bands without a hole, what shortens them, and that they are a proposal."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slas.calculation.credits import (
    Billing,
    CreditBand,
    CreditGround,
    CreditScale,
    CreditTerms,
    CreditUnit,
    Several,
    TargetResult,
    propose_credits,
    prove_credits,
)
from slas.calculation.errors import BadBands, BelowScale, NegativeAmount, RepeatedMember
from slas.calculation.rounding import Better


def share(text):
    return Fraction(text) / 100


def band(low, high, credit):
    return CreditBand(share(low), share(high), share(credit))


SCALE = CreditScale(share("99.5"), (band(99, "99.5", 5), band(95, 99, 10), band(0, 95, 25)))
HOURS = CreditScale(
    Fraction(4),
    (CreditBand(Fraction(4), Fraction(8), Fraction(100)), CreditBand(Fraction(8), None, Fraction(300))),
    Better.LESS,
)
OF_FEE = CreditTerms(CreditUnit.SHARE_OF_FEE)
OCTOBER = Billing(date(2026, 11, 1), Fraction(2000), Fraction(24000))


def result(target="availability", value="98", scale=SCALE, **fields):
    return TargetResult(target, share(value), scale, **fields)


def proposed(*results, terms=OF_FEE, billing=OCTOBER):
    return propose_credits(terms, billing, results)


@pytest.mark.parametrize(
    ("value", "credit"),
    [
        pytest.param("99.5", None, id="equality is met"),
        pytest.param("99.4999", 5, id="just missed"),
        pytest.param("99", 5, id="a bound belongs to the better band"),
        pytest.param("98.9999", 10, id="just below it"),
        pytest.param("95", 10, id="the next bound"),
        pytest.param("94.99999999", 25, id="worst band"),
        pytest.param("0", 25, id="nothing at all"),
    ],
)
def test_bands_are_half_open_on_exact_values(value, credit):
    found = SCALE.band_of(share(value))

    assert (found and found.credit) == (credit and share(credit))


@pytest.mark.parametrize(("value", "credit"), [("4", None), ("4.01", 100), ("8", 100), ("8.01", 300), ("999", 300)])
def test_where_less_is_better_a_bound_belongs_to_the_better_band_too(value, credit):
    found = HOURS.band_of(Fraction(value))

    assert (found and found.credit) == credit


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        pytest.param([], "there is none", id="none"),
        pytest.param([band(99, "99.5", 5), band(0, 98, 10)], "what lies between 49/50 and 99/100", id="a hole"),
        pytest.param([band(98, "99.5", 5), band(0, 99, 10)], "two bands hold 49/50", id="an overlap"),
        pytest.param([band(0, 99, 10)], "run from 0 to 199/200", id="not up to the target"),
        pytest.param([band(50, "99.5", 10)], "run from 0 to 199/200", id="not from nothing"),
        pytest.param([band(0, 100, 10)], "up to the target and no further", id="beyond the target"),
        pytest.param([band(99, 99, 5), band(0, "99.5", 5)], "holds no value", id="of no length"),
        pytest.param(
            [CreditBand(Fraction(0), None, share(5)), band(99, "99.5", 5)], "two bands hold", id="without end"
        ),
    ],
)
def test_bands_with_holes_or_overlaps_are_refused(bands, words):
    with pytest.raises(BadBands, match=words):
        CreditScale(share("99.5"), tuple(bands))


@given(st.fractions(0, 1))
def test_each_value_lies_in_one_band_or_meets_the_target(value):
    holding = [each for each in SCALE.bands if each.low <= value < each.high]

    assert len(holding) == (value < SCALE.target)
    assert SCALE.band_of(value) == (holding[0] if holding else None)


PROMOTERS = CreditScale(share(30), (band(0, 30, 5), band(-100, 0, 10)), lowest=Fraction(-1))


@pytest.mark.parametrize(("value", "amount"), [("30", 0), ("29", 100), ("0", 100), ("-20", 200), ("-100", 200)])
def test_net_promoters_below_zero_are_credited_too(value, amount):
    assert proposed(result("promoters", value, PROMOTERS)).amount == amount


@pytest.mark.parametrize(("scale", "lowest"), [(SCALE, "0"), (PROMOTERS, "-1"), (HOURS, "0")])
def test_a_value_that_is_not_on_the_scale_is_refused_by_name(scale, lowest):
    with pytest.raises(BelowScale, match=f"“orders” stands at -11/10, below {lowest}, the lowest value of its scale"):
        result("orders", "-110", scale)


def test_bands_begin_with_the_lowest_value_of_the_scale():
    with pytest.raises(BadBands, match="run from -1 to 3/10"):
        CreditScale(share(30), (band(0, 30, 5),), lowest=Fraction(-1))


def test_a_share_of_the_fee_or_an_amount():
    assert proposed(result()).amount == 200
    late = result("hours", scale=HOURS, value="900")
    assert proposed(late, terms=CreditTerms(CreditUnit.AMOUNT)).amount == 300


@pytest.mark.parametrize(
    ("fields", "terms", "ground"),
    [
        pytest.param({}, OF_FEE, CreditGround.CREDITED, id="credited"),
        pytest.param({"value": "99.9"}, OF_FEE, CreditGround.KEPT, id="kept"),
        pytest.param(
            {"unmet_obligations": ("access",)}, OF_FEE, CreditGround.CUSTOMER_OBLIGATION, id="customer's part"
        ),
        pytest.param({}, replace(OF_FEE, claim_days=30), CreditGround.NOT_CLAIMED, id="not claimed"),
        pytest.param(
            {"claimed_on": date(2026, 11, 30)},
            replace(OF_FEE, claim_days=30),
            CreditGround.CREDITED,
            id="last day",
        ),
        pytest.param(
            {"claimed_on": date(2026, 12, 1)},
            replace(OF_FEE, claim_days=30),
            CreditGround.NOT_CLAIMED,
            id="a day too late",
        ),
    ],
)
def test_why_a_target_is_credited_or_not(fields, terms, ground):
    proposal = proposed(result(**fields), terms=terms)

    assert [line.ground for line in proposal.lines_of_targets] == [ground]
    assert bool(proposal.amount) == (ground is CreditGround.CREDITED)


def test_one_event_that_hits_several_targets_costs_the_highest_or_the_sum():
    results = [
        result("a", "98", events=frozenset({"INC-1"})),
        result("b", "90", events=frozenset({"INC-1", "INC-2"})),
        result("c", "99", events=frozenset({"INC-2"})),
        result("d", "99", events=frozenset({"INC-3"})),
        result("e", "99.9", events=frozenset({"INC-3"})),
    ]

    highest, together = proposed(*results), proposed(*results, terms=replace(OF_FEE, several=Several.SUM))

    assert [line.credit for line in highest.lines_of_targets] == [0, 500, 0, 100, 0]
    assert next(line.ground for line in highest.lines_of_targets) is CreditGround.SAME_EVENT
    assert (highest.amount, together.amount) == (600, 200 + 500 + 100 + 100)


def test_a_small_credit_between_two_events_takes_nothing_from_those_that_share_none():
    first, second = frozenset({"INC-1"}), frozenset({"INC-2"})
    results = [
        result("a", "98", events=first),
        result("b", "99", events=first | second),
        result("c", "98", events=second),
    ]

    highest = proposed(*results)

    assert [line.credit for line in highest.lines_of_targets] == [200, 0, 200]
    assert highest.lines_of_targets[1].ground is CreditGround.SAME_EVENT


def test_of_equal_credits_for_the_same_events_the_first_by_name_stays():
    hit = frozenset({"INC-1"})

    proposal = proposed(result("b", events=hit), result("a", events=hit))

    assert [(line.target, line.credit) for line in proposal.lines_of_targets] == [("a", 200), ("b", 0)]


@pytest.mark.parametrize("names", list(permutations("abcd")))
@pytest.mark.parametrize(
    ("hits", "total"),
    [
        pytest.param(("1", "12", "2", ""), 400, id="one of them stands for both events, one for none"),
        pytest.param(("12", "23", "34", "4"), 600, id="each beside the next"),
        pytest.param(("1", "12", "3", "23"), 400, id="two of them stand for all"),
    ],
)
def test_no_sum_depends_on_how_a_promise_is_called(names, hits, total):
    results = [result(name, events=frozenset(hit)) for name, hit in zip(names, hits, strict=True)]

    assert proposed(*results).total == total


def test_a_target_that_is_not_credited_takes_nothing_from_another():
    blocked = result("a", "90", events=frozenset({"INC-1"}), unmet_obligations=("access",))

    assert proposed(blocked, result("b", "98", events=frozenset({"INC-1"}))).amount == 200


@pytest.mark.parametrize(
    ("period", "year", "before", "after"),
    [
        pytest.param(None, None, 0, (500, 500), id="no cap"),
        pytest.param(15, None, 0, (300, 300), id="cap of the period"),
        pytest.param(15, 2, 300, (300, 180), id="what is left of the year"),
        pytest.param(None, 2, 480, (500, 0), id="the year is used up"),
        pytest.param(None, 2, 900, (500, 0), id="more than used up"),
    ],
)
def test_caps_of_period_and_year(period, year, before, after):
    terms = replace(
        OF_FEE,
        period_cap=None if period is None else share(period),
        year_cap=None if year is None else share(year),
    )

    proposal = proposed(result(value="90"), terms=terms, billing=replace(OCTOBER, credited_this_year=Fraction(before)))

    assert (proposal.total, proposal.after_period_cap, proposal.amount) == (500, *after)


@pytest.mark.parametrize(
    ("periods", "kept", "back"),
    [
        (None, [True] * 9, False), (3, [True, True, True], True), (3, [True, True], False),
        (3, [True, False, True], False), (2, [True, True, False], True),
    ],
)  # fmt: skip
def test_credits_are_earned_back_only_where_agreed(periods, kept, back):
    assert replace(OF_FEE, earn_back_periods=periods).is_earned_back(kept) is back


@pytest.mark.parametrize(
    "make",
    [
        lambda: replace(OF_FEE, year_cap=Fraction(-1)),
        lambda: replace(OCTOBER, fee=Fraction(-1)),
        lambda: CreditScale(share(99), (band(0, 99, -5),)),
    ],
)
def test_money_below_zero_is_refused(make):
    with pytest.raises(NegativeAmount, match="is below zero"):
        make()


def test_one_target_counts_once():
    with pytest.raises(RepeatedMember, match="“availability” is counted twice"):
        proposed(result(), result(value="90"))


def test_the_proof_ends_with_a_proposal():
    results = [result("b", "90", events=frozenset({"INC-2"})), result("a", events=frozenset({"INC-1"}))]

    proofs = [
        prove_credits(OF_FEE, OCTOBER, each, propose_credits(OF_FEE, OCTOBER, each))
        for each in (results, results[::-1])
    ]

    assert proofs[0].to_json() == proofs[1].to_json()
    assert proofs[0].lines[-1].value == "proposal"
    parts = [line.value for line in proofs[0].lines if line.key == "target"]
    assert (parts, proofs[0].evidence) == ([200, 500], ("INC-1", "INC-2"))
