"""From members to one figure: pooled by default, another way only by its name."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.aggregation import Member, Weight, mean_of_percentages, pool, prove_aggregate, weigh
from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.errors import MissingWeight, NegativeWeight, RepeatedMember
from slas.calculation.intervals import Interval
from slas.calculation.outages import Outage
from slas.calculation.service_hours import ServiceHours, Window

ON = date(2026, 10, 31)


def member(name, met, whole):
    return Member(name, Fraction(met), Fraction(whole))


TWO = [member("small", 1, 2), member("large", 98, 98), member("idle", 0, 0)]


def test_pooled_is_the_default_and_a_mean_is_another_figure():
    assert pool(TWO).share == Fraction(99, 100)
    assert mean_of_percentages(TWO).share == Fraction(3, 4)


def test_members_with_nothing_to_judge_drop_out_and_are_listed():
    for aggregate in (pool(TWO), mean_of_percentages(TWO)):
        assert aggregate.dropped == ("idle",)
    assert (pool(TWO[2:]).share, pool([]).share) == (None, None)


def test_weights_are_those_of_the_date_and_their_sum_is_told():
    weights = [
        Weight("small", date(2026, 11, 1), Fraction(9)),
        Weight("small", date(2026, 10, 1), Fraction(3)),
        Weight("small", date(2025, 1, 1), Fraction(7)),
        Weight("large", date(2025, 1, 1), Fraction(1)),
    ]

    aggregate = weigh(TWO, weights, ON)

    assert (aggregate.share, aggregate.weight) == (Fraction(3, 4) / 2 + Fraction(1, 4), 4)
    assert aggregate.dropped == ("idle",)
    assert weigh(TWO, [Weight("small", ON, Fraction(0)), Weight("large", ON, Fraction(0))], ON).share is None


def test_bad_input_is_refused():
    with pytest.raises(MissingWeight, match="No weight was agreed for “large” by 2026-10-31"):
        weigh(TWO, [Weight("small", ON, Fraction(1))], ON)
    with pytest.raises(NegativeWeight, match="small cannot weigh -1"):
        Weight("small", ON, Fraction(-1))
    with pytest.raises(RepeatedMember, match="“small” is counted twice"):
        pool([*TWO, member("small", 3, 4)])


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=6))
def test_an_aggregate_lies_between_its_members(pairs):
    members = [member(str(number), min(pair), max(pair)) for number, pair in enumerate(pairs)]
    shares = [each.met / each.whole for each in members if each.whole]

    for aggregate in (pool(members), mean_of_percentages(members)):
        assert (aggregate.share is None) == (not shares)
        if shares:
            assert min(shares) <= aggregate.share <= max(shares)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=5))
def test_a_quarter_is_measured_over_its_intervals_and_is_no_mean_of_months(pieces):
    terms = AvailabilityTerms(ServiceHours("UTC", ((Window(10, 60),),) * 7))
    facts = AvailabilityFacts(tuple(Outage(f"{n}", min(pair), max(pair)) for n, pair in enumerate(pieces)))
    months = [measure_availability(Interval(*pair), terms, facts) for pair in pairwise((0, 15, 60, 90))]
    quarter = measure_availability(Interval(0, 90), terms, facts)

    pooled = pool(
        Member(f"{number}", each.judged_seconds - each.lost, Fraction(each.judged_seconds))
        for number, each in enumerate(months)
    )

    assert pooled.share == quarter.share
    assert pooled.dropped == ("2",)  # no service time after the second month: it must not count as a month of 100 %


def test_the_proof_names_members_weights_and_what_dropped_out():
    proofs = [prove_aggregate(pool(each)) for each in (TWO, TWO[::-1])]

    assert proofs[0].to_json() == proofs[1].to_json()
    lines = {line.key: line for line in proofs[0].lines}
    assert (lines["weights"].value, dict(lines["weights"].details)["way"]) == (100, "pooled")
    assert lines["dropped"].details == (("idle", ""),)
    assert proofs[0].evidence == ("large", "small", "idle")
