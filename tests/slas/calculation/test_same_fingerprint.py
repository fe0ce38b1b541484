"""What is told of interruptions follows from what is in their fingerprint: another number, another fingerprint."""

from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms
from slas.calculation.explain import prove_interruptions
from slas.calculation.intervals import Interval, clip, subtract, union
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outages import Outage
from slas.calculation.planned_work import PlannedWork, PlannedWorkTerms
from slas.calculation.reliability import measure_interruptions
from slas.calculation.service_hours import ServiceHours, Window
from slas.calculation.status import CloseRule

SPAN = Interval(0, 60)
CLOSE = CloseRule()
AGREED = PlannedWorkTerms(frozenset({"agreed"}), approval_needed=False)
edges = st.integers(-30, 90)
pieces = st.tuples(edges, edges).map(sorted).filter(lambda piece: piece[0] < piece[1])
kinds = st.sampled_from(["agreed", "other"])


@st.composite
def tellings(draw):
    """The facts of one period twice: what one event says is told otherwise, or one event comes or goes."""
    outages = [(f"INC-{n}", *piece) for n, piece in enumerate(draw(st.lists(pieces, max_size=3)))]
    works = [(f"CHG-{n}", draw(kinds), *piece) for n, piece in enumerate(draw(st.lists(pieces, max_size=2)))]
    told = [*outages, *works]
    at = draw(st.integers(0, len(told)))
    start, end = draw(pieces)
    kept = told[at][:-2] if at < len(told) else ("INC-9",)
    again = draw(st.sampled_from([[(*kept, start, end)], []]))
    return facts(told), facts([*told[:at], *again, *told[at + 1 :]])


def facts(told):
    works = [PlannedWork(each[2], each[3], each[0], each[1]) for each in told if len(each) == 4]
    return AvailabilityFacts(
        tuple(Outage(*each) for each in told if len(each) == 3),
        tuple(work for work in works if work.start < SPAN.end and work.end > SPAN.start),
        works_around=tuple(work for work in works if work.start >= SPAN.end or work.end <= SPAN.start),
    )


@settings(deadline=None)
@given(both=tellings(), opens=st.integers(0, 40), minimum=st.integers(0, 20), gap=st.integers(0, 10))
@example(both=(facts([("INC-0", -10, 20)]), facts([("INC-0", 0, 20)])), opens=0, minimum=0, gap=0)
@example(
    both=(facts([("INC-0", -10, 20)]), facts([("INC-0", -10, 20), ("CHG-0", "agreed", -20, 0)])),
    opens=0, minimum=0, gap=0,
)  # fmt: skip
def test_another_number_of_interruptions_has_another_fingerprint(both, opens, minimum, gap):
    hours = ServiceHours("UTC", ((Window(opens, 86_400),),) * 7)
    terms = AvailabilityTerms(hours, planned_work=AGREED, minimum_outage=minimum, flap_gap=gap)

    (then, digest), (now, another) = (of(each, terms) for each in both)

    assert digest != another or then == now


@st.composite
def silences(draw):
    """Outages and times without data of one period, and the same with one of them told otherwise, or not at all."""
    outages, gaps = (draw(st.lists(pieces, max_size=3)) for _ in range(2))
    told = [*((False, each) for each in outages), *((True, each) for each in gaps)]
    at = draw(st.integers(0, len(told)))
    kind = told[at][0] if at < len(told) else draw(st.booleans())
    again = draw(st.sampled_from([[(kind, draw(pieces))], []]))
    return silent_facts(told), silent_facts([*told[:at], *again, *told[at + 1 :]])


def silent_facts(told):
    gaps = tuple(union(Interval(*piece) for is_gap, piece in told if is_gap))
    outages = (Outage(f"INC-{start}-{end}", start, end) for is_gap, (start, end) in told if not is_gap)
    inside = tuple(clip(gaps, SPAN))
    return AvailabilityFacts(tuple(outages), unknown=inside, unknown_around=tuple(subtract(gaps, [SPAN])))


@settings(deadline=None)
@given(
    both=silences(), opens=st.integers(0, 40), minimum=st.integers(0, 20), gap=st.integers(0, 10),
    policy=st.sampled_from([UnknownPolicy.DOWN, UnknownPolicy.EXCLUDE]),
)  # fmt: skip
@example(
    both=(silent_facts([(False, (0, 9)), (True, (-9, 0))]), silent_facts([(False, (0, 9))])),
    opens=0, minimum=0, gap=0, policy=UnknownPolicy.EXCLUDE,
)  # fmt: skip
def test_another_number_that_silence_makes_has_another_fingerprint(both, opens, minimum, gap, policy):
    hours = ServiceHours("UTC", ((Window(opens, 86_400),),) * 7)
    terms = AvailabilityTerms(hours, minimum_outage=minimum, flap_gap=gap, unknown=policy, minimum_coverage=Fraction(0))

    (then, digest), (now, another) = (of(each, terms) for each in both)

    assert digest != another or then == now


def of(known, terms):
    """Number and fates of the interruptions, what is certain, and the fingerprint."""
    figure = measure_interruptions(SPAN, terms, known)
    proof = prove_interruptions(
        terms=terms, facts=known, figure=figure, allowed=0, close=CLOSE, verdict=figure.judge_at_most(0, CLOSE)
    )
    verdict = figure.judge_at_most(0, CLOSE)
    return (figure.number, figure.too_short, verdict.status, verdict.certain), proof.digest
