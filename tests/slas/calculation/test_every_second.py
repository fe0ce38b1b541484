"""Availability against the naive truth: each second looked at by itself, in the order of states that the rule gives."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.intervals import Interval, measure
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outages import Outage
from slas.calculation.planned_work import PlannedWork, PlannedWorkTerms
from slas.calculation.service_hours import ServiceHours, Window

SECONDS = 60
SECOND_SPAN = Interval(0, SECONDS)
usable_shares = st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(3, 4), Fraction(1)])
affected_shares = st.sampled_from([Fraction(1), Fraction(1, 3), Fraction(3, 5), Fraction(0)])
edges = st.integers(-5, SECONDS + 5)


@st.composite
def spans(draw):
    start, end = sorted((draw(edges), draw(edges)))
    return Interval(start, end)


@st.composite
def facts(draw):
    outages = [
        Outage(f"INC-{number}", *piece, draw(usable_shares), draw(st.booleans()), draw(affected_shares))
        for number, piece in enumerate(draw(st.lists(spans(), max_size=5)))
    ]
    works = [
        PlannedWork(*piece, f"CHG-{number}", draw(st.sampled_from(["agreed", "other"])), None, None, ended)
        for number, piece in enumerate(draw(st.lists(spans(), max_size=3)))
        for ended in [draw(st.none() | st.integers(piece.start, SECONDS + 5))]
    ]
    return AvailabilityFacts(tuple(outages), tuple(works), tuple(draw(st.lists(spans(), max_size=2))))


@st.composite
def all_terms(draw):
    opens = draw(st.integers(0, SECONDS - 2))
    window = Window(opens, draw(st.integers(opens + 1, SECONDS)))
    return AvailabilityTerms(
        ServiceHours("UTC", ((window,),) * 7),
        in_force=draw(st.none() | spans()),
        planned_work=PlannedWorkTerms(
            frozenset({"agreed"}), approval_needed=False, cap=draw(st.none() | edges.map(abs))
        ),
        unknown=draw(st.sampled_from([UnknownPolicy.EXCLUDE, UnknownPolicy.DOWN, UnknownPolicy.UP])),
        by_users=draw(st.booleans()),
    )


def inside(second, pieces):
    return any(start <= second < end for start, end in pieces)


class Simulator:
    """Looks at each second once."""

    def __init__(self, terms, facts):
        self.counted = self.excluded = self.unknown = self.experienced_lost = self.experienced_unknown = 0
        self.lost = Fraction(0)
        self.left = terms.planned_work.cap
        (window,) = terms.hours.weekly[3]
        for second in range(SECONDS):
            if terms.in_force is not None and not inside(second, [terms.in_force]):
                continue
            if window.opens <= second < window.closes:
                self.experience(second, facts)
                self.count(second, terms, facts)

    def experience(self, second, facts):
        if inside(second, [each.interval for each in facts.outages] + [each.away for each in facts.planned_works]):
            self.experienced_lost += 1
        elif inside(second, facts.unknown):
            self.experienced_unknown += 1

    def count(self, second, terms, facts):
        agreed = [each.announced for each in facts.planned_works if each.kind == "agreed"]
        if inside(second, agreed) and self.left != 0:
            self.left = self.left if self.left is None else self.left - 1
            self.excluded += 1
            return
        self.counted += 1
        present = [each for each in facts.outages if each.counts and inside(second, [each.interval])]
        if inside(second, [each.away for each in facts.planned_works]):
            self.lost += 1
        elif present and terms.by_users:
            self.lost += min(Fraction(1), sum((1 - each.usable) * each.affected for each in present))
        elif present:
            self.lost += 1 - min(each.usable for each in present)
        elif inside(second, facts.unknown):
            self.unknown += 1


@settings(deadline=None, max_examples=300)
@given(terms=all_terms(), happened=facts())
def test_every_second_is_in_exactly_one_state(terms, happened):
    figure, truth = measure_availability(SECOND_SPAN, terms, happened), Simulator(terms, happened)

    assert (figure.counted_seconds, figure.excluded_seconds) == (truth.counted, truth.excluded)
    assert (figure.lost_to_events, figure.unknown_seconds) == (truth.lost, truth.unknown)
    assert sum(use.lost for use in figure.outages) + figure.planned_down_seconds == truth.lost
    pieces = [piece for use in figure.outages for piece in use.pieces] + [p for use in figure.works for p in use.down]
    assert sum(piece.seconds for piece in pieces) == measure(pieces) or terms.by_users
    assert all(sum(piece.seconds for piece in use.pieces) == use.counted for use in figure.outages)
    assert sum(piece.seconds for use in figure.works for piece in use.down) == figure.planned_down_seconds
    down = truth.unknown if terms.unknown is UnknownPolicy.DOWN else 0
    assert figure.lost == truth.lost + down
    assert figure.judged_seconds == truth.counted - (truth.unknown if terms.unknown is UnknownPolicy.EXCLUDE else 0)
    assert figure.experienced_lost == truth.experienced_lost + (
        truth.experienced_unknown if terms.unknown is UnknownPolicy.DOWN else 0
    )


@settings(deadline=None)
@given(terms=all_terms(), happened=facts(), data=st.data())
def test_the_order_of_the_facts_changes_nothing(terms, happened, data):
    shuffled = AvailabilityFacts(
        tuple(data.draw(st.permutations(happened.outages))),
        tuple(data.draw(st.permutations(happened.planned_works))),
        tuple(data.draw(st.permutations(happened.unknown))),
    )

    assert measure_availability(SECOND_SPAN, terms, shuffled) == measure_availability(SECOND_SPAN, terms, happened)


@settings(deadline=None)
@given(terms=all_terms(), happened=facts(), extra=spans())
def test_one_more_outage_never_raises_attainment(terms, happened, extra):
    worse = replace(happened, outages=(*happened.outages, Outage("INC-more", *extra)))

    before, after = (measure_availability(SECOND_SPAN, terms, each) for each in (happened, worse))

    assert after.lost_to_events >= before.lost_to_events
    assert after.experienced_lost >= before.experienced_lost or terms.unknown is UnknownPolicy.DOWN
