"""What the edge of a period cuts in two counts as one: merging and minimum length look beyond it, just far enough."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.intervals import Interval
from slas.calculation.outages import DOWN, Fate, Outage, reach, touches
from slas.calculation.service_hours import ServiceHours

HALF = Fraction(1, 2)
FIRST, SECOND = Interval(0, 60), Interval(60, 120)
BOTH = Interval(0, 120)
lengths, gaps = st.integers(0, 30), st.integers(0, 15)
outages = st.lists(
    st.tuples(st.integers(-60, 180), st.integers(1, 25), st.sampled_from([DOWN, HALF])), max_size=10
).map(lambda rows: tuple(Outage(f"INC-{n:02}", at, at + long, share) for n, (at, long, share) in enumerate(rows)))


def measured(span, facts, minimum, gap):
    terms = AvailabilityTerms(ServiceHours.always("UTC"), minimum_outage=minimum, flap_gap=gap)
    return measure_availability(span, terms, AvailabilityFacts(tuple(facts)))


def content(figure):
    uses = [(use.id, use.fate, use.counted, use.pieces) for use in figure.outages]
    return figure.lost, figure.degraded, figure.experienced_lost, uses


@settings(deadline=None, max_examples=400)
@given(facts=outages, minimum=lengths, gap=gaps)
def test_outages_within_reach_are_enough(facts, minimum, gap):
    near = [outage for outage in facts if touches(outage.interval, reach(FIRST, minimum, gap))]

    assert content(measured(FIRST, near, minimum, gap)) == content(measured(FIRST, facts, minimum, gap))


@settings(deadline=None, max_examples=400)
@given(facts=outages, minimum=lengths, gap=gaps)
def test_two_periods_lose_what_both_together_lose(facts, minimum, gap):
    def lost(span):
        near = [outage for outage in facts if touches(outage.interval, reach(span, minimum, gap))]
        return measured(span, near, minimum, gap)

    first, second, both = lost(FIRST), lost(SECOND), lost(BOTH)

    assert first.lost + second.lost == both.lost
    assert first.experienced_lost + second.experienced_lost == both.experienced_lost


def test_a_gap_over_the_edge_belongs_to_the_outage_before_it():
    before, after = Outage("before", 40, 55), Outage("after", 65, 70)

    first, second = (measured(span, [before, after], 20, 10) for span in (FIRST, SECOND))

    assert [(use.id, use.fate, use.counted) for use in first.outages] == [("before", Fate.COUNTED, 20)]
    assert [(use.id, use.counted) for use in second.outages] == [("before", 5), ("after", 5)]
    assert measured(FIRST, [before], 20, 10).lost == 0  # alone it is too short


def test_a_merged_gap_does_not_change_which_of_two_equal_outages_is_charged():
    first, second, after = Outage("first", 40, 62), Outage("second", 40, 62), Outage("after", 63, 64)

    figure = measured(FIRST, [first, second, after], 0, 1)

    assert [(use.id, use.counted) for use in figure.outages] == [("first", 20), ("second", 0)]
