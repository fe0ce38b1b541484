"""Planned work and failures: what counts as down is a failure, what is taken out decides in which period one began."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.explain import prove_availability, prove_interruptions
from slas.calculation.intervals import Interval
from slas.calculation.outages import Fate, Outage
from slas.calculation.planned_work import PlannedWork, PlannedWorkTerms
from slas.calculation.reliability import FailureFate, measure_interruptions, measure_reliability
from slas.calculation.service_hours import ServiceHours, Window
from slas.calculation.status import CloseRule, Status
from tests.slas.calculation.builders import at, between, month, outage

JANUARY, FEBRUARY = month("2026-01"), month("2026-02")
AGREED = PlannedWorkTerms(frozenset({"agreed"}), approval_needed=False)
CAPPED = replace(AGREED, cap=2 * 3600)
# Interruptions of more than ten minutes.
TERMS = AvailabilityTerms(ServiceHours.always("Europe/London"), planned_work=AGREED, minimum_outage=601)
MINUTE = 60


def work(start, end, ended=None, kind="agreed"):
    return PlannedWork(at(start), at(end), start, kind, ended_at=ended and at(ended))


def counted(span, terms, facts):
    """How many failures began in the span: as a promise, and beside an availability without a minimum."""
    interruptions = measure_interruptions(span, terms, facts)
    return interruptions.number, measure_reliability(span, replace(terms, minimum_outage=0), facts).failures


OVER_THE_EDGE = work("2026-01-31 20:00", "2026-02-01 01:00")


@pytest.mark.parametrize(
    "before",
    [
        pytest.param((), id="nothing lasts into the month"),
        pytest.param((outage("2026-01-31 19:00", "2026-02-01 02:00"),), id="an outage does"),
    ],
)
def test_planned_work_of_the_month_before_uses_up_no_cap_of_this_one(before):
    terms = replace(TERMS, planned_work=CAPPED)
    works = (OVER_THE_EDGE, work("2026-02-10 00:00", "2026-02-10 00:50"))
    inside = outage("2026-02-10 00:10", "2026-02-10 00:40", name="inside")
    facts = AvailabilityFacts((*before, inside), works)

    fates = {use.id: use.fate for use in measure_availability(FEBRUARY, terms, facts).outages}

    assert fates["inside"] is Fate.EXCLUDED
    assert counted(FEBRUARY, terms, facts) == (0, 0)
    assert measure_interruptions(FEBRUARY, terms, facts).judge_at_most(0, CloseRule()).status is Status.KEPT


BEGINS_INSIDE = outage("2026-01-31 22:30", "2026-02-01 03:00")
UNTIL_THE_EDGE = work("2026-01-31 22:00", "2026-02-01 00:00")


def test_a_failure_that_begins_inside_agreed_work_of_the_month_before_counts_once():
    january = AvailabilityFacts((BEGINS_INSIDE,), (UNTIL_THE_EDGE,))
    february = AvailabilityFacts((BEGINS_INSIDE,), works_around=(UNTIL_THE_EDGE,))

    assert counted(JANUARY, TERMS, january) == (0, 0)
    assert counted(FEBRUARY, TERMS, february) == (1, 1)
    assert measure_reliability(FEBRUARY, TERMS, february).began_before is None
    assert measure_reliability(FEBRUARY, TERMS, AvailabilityFacts((BEGINS_INSIDE,))).began_before == at(
        "2026-01-31 22:30"
    )


def test_what_the_cap_of_the_month_before_left_decides_where_a_failure_began():
    """Two hours on the 5th used up the cap of January: the work before the edge counts as down there."""
    terms, used = replace(TERMS, planned_work=CAPPED), work("2026-01-05 08:00", "2026-01-05 10:00")
    january = AvailabilityFacts((BEGINS_INSIDE,), (used, UNTIL_THE_EDGE))
    february = AvailabilityFacts((BEGINS_INSIDE,), works_around=(used, UNTIL_THE_EDGE), earlier_periods=(JANUARY,))

    assert counted(JANUARY, terms, january) == (1, 1)
    assert counted(FEBRUARY, terms, february) == (0, 0)
    assert counted(FEBRUARY, terms, replace(february, works_around=(UNTIL_THE_EDGE,))) == (1, 1)


@pytest.mark.parametrize(
    ("done", "failures", "minutes"),
    [
        pytest.param(work("2026-02-12 00:00", "2026-02-12 02:00"), 0, 0, id="as agreed"),
        pytest.param(work("2026-02-12 00:00", "2026-02-12 02:00", "2026-02-12 07:00"), 1, 300, id="overrun"),
        pytest.param(work("2026-02-12 00:00", "2026-02-12 02:00", kind="other"), 1, 120, id="not agreed"),
        pytest.param(work("2026-01-31 23:00", "2026-02-01 02:00", kind="other"), 0, 120, id="began in January"),
    ],
)
def test_planned_work_that_counts_as_down_is_a_failure(done, failures, minutes):
    facts = AvailabilityFacts(planned_works=(done,))
    reliability = measure_reliability(FEBRUARY, TERMS, facts)

    assert counted(FEBRUARY, TERMS, facts) == (failures, failures)
    assert reliability.lost == minutes * MINUTE
    assert reliability.restore_time == (minutes * MINUTE if failures else None)
    verdict = measure_interruptions(FEBRUARY, TERMS, facts).judge_at_most(0, CloseRule())
    assert verdict.status is (Status.MISSED if failures else Status.KEPT)


def test_time_to_restore_is_of_all_that_was_lost():
    """Ten minutes of an outage and an overrun of five hours: two failures, and neither took 310 minutes."""
    overrun = work("2026-02-12 00:00", "2026-02-12 02:00", "2026-02-12 07:00")
    terms = replace(TERMS, minimum_outage=0)

    figure = measure_reliability(
        FEBRUARY, terms, AvailabilityFacts((outage("2026-02-10 00:00", "2026-02-10 00:10"),), (overrun,))
    )

    assert (figure.failures, figure.restore_time) == (2, 155 * MINUTE)


def test_an_outage_that_outlasts_work_which_counts_as_down_is_one_failure_with_it():
    late = work("2026-02-12 00:00", "2026-02-12 02:00", kind="other")
    facts = AvailabilityFacts((outage("2026-02-12 01:00", "2026-02-12 03:00"),), (late,))

    (failure,) = measure_interruptions(FEBRUARY, TERMS, facts).interruptions

    assert failure.ids == ("work 2026-02-12 00:00", "2026-02-12 01:00")
    assert failure.time == between("2026-02-12 00:00", "2026-02-12 03:00")


def test_what_the_work_after_the_edge_adds_to_a_failure_makes_it_long_enough_in_both_months():
    before = outage("2026-01-31 23:55", "2026-02-01 00:00")
    after = work("2026-02-01 00:00", "2026-02-01 01:00", kind="other")

    assert counted(JANUARY, TERMS, AvailabilityFacts((before,), works_around=(after,))) == (1, 1)
    assert counted(FEBRUARY, TERMS, AvailabilityFacts((before,), (after,))) == (0, 0)
    assert counted(JANUARY, TERMS, AvailabilityFacts((before,))) == (0, 1)


def test_no_minimum_holds_for_planned_work_beside_an_availability():
    """Each second of it that counts as down is lost there; as a promise, an interruption is long or none."""
    overrun = work("2026-02-12 00:00", "2026-02-12 02:00", "2026-02-12 02:05")
    facts = AvailabilityFacts(planned_works=(overrun,))

    interruptions = measure_interruptions(FEBRUARY, TERMS, facts)

    assert measure_reliability(FEBRUARY, TERMS, facts).failures == 1
    assert (interruptions.number, interruptions.too_short) == (0, 1)


def test_before_an_agreement_is_in_force_nothing_fails():
    terms = replace(TERMS, in_force=between("2026-02-10 00:00", "2026-03-01 00:00"))
    facts = AvailabilityFacts((outage("2026-02-05 00:00", "2026-02-05 01:00"),))

    assert counted(FEBRUARY, terms, facts) == (0, 0)


def test_an_outage_that_met_none_of_the_users_is_no_failure_where_they_are_weighed():
    nobody = replace(outage("2026-02-05 00:00", "2026-02-05 01:00"), affected=Fraction(0))

    assert counted(FEBRUARY, replace(TERMS, by_users=True), AvailabilityFacts((nobody,))) == (0, 0)
    assert counted(FEBRUARY, TERMS, AvailabilityFacts((nobody,))) == (1, 1)


def fingerprint(*works, around=(), terms=TERMS, event=BEGINS_INSIDE):
    facts = AvailabilityFacts((event,), works, works_around=tuple(around))
    figure = measure_interruptions(FEBRUARY, terms, facts)
    close = CloseRule()
    verdict = figure.judge_at_most(0, close)
    proof = prove_interruptions(terms=terms, facts=facts, figure=figure, allowed=0, close=close, verdict=verdict)
    return figure.number, proof.digest


def test_work_of_the_month_before_is_seen_where_it_changes_what_counts():
    number, digest = fingerprint()
    other = work("2026-01-05 08:00", "2026-01-05 10:00")

    assert fingerprint(around=[other]) == (number, digest) == (0, digest)
    assert fingerprint(around=[UNTIL_THE_EDGE])[0] == 1
    assert fingerprint(around=[UNTIL_THE_EDGE])[1] != digest


def test_work_with_which_a_failure_of_the_month_before_began_changes_nothing_in_this_one():
    joined = work("2026-01-31 22:00", "2026-01-31 23:00", kind="other")

    assert fingerprint(around=[joined]) == fingerprint() == (0, fingerprint()[1])


def availability_digest(span, terms, facts):
    figure, target, close = measure_availability(span, terms, facts), "99.5", CloseRule()
    verdict = figure.judge(Fraction(995, 1000), close)
    return prove_availability(
        terms=terms, facts=facts, figure=figure, target=target, close=close, verdict=verdict
    ).digest


def test_the_fingerprint_of_an_availability_hears_of_what_moves_a_failure_into_it_alone():
    alone = AvailabilityFacts((BEGINS_INSIDE,))
    terms = replace(TERMS, minimum_outage=0)

    def digest(facts, agreed=terms):
        return availability_digest(FEBRUARY, agreed, facts)

    assert digest(replace(alone, works_around=(UNTIL_THE_EDGE,))) != digest(alone)
    other = work("2026-01-31 22:00", "2026-01-31 23:00", kind="other")
    assert digest(replace(alone, works_around=(other,))) == digest(alone)
    assert digest(replace(alone, earlier_periods=(JANUARY,))) == digest(alone)
    begun = replace(terms, in_force=between("2026-02-01", "2026-03-01"))
    assert digest(alone, begun) != digest(alone)
    (inside,) = (outage("2026-02-05", "2026-02-06"),)
    assert digest(AvailabilityFacts((inside,)), begun) == digest(AvailabilityFacts((inside,)))


def test_an_end_in_the_next_month_is_seen_where_it_makes_work_long_enough():
    short, long, longer = (
        fingerprint(
            work("2026-02-28 23:55", "2026-03-01 00:01", ended, "other"), event=outage("2026-02-02", "2026-02-03")
        )
        for ended in (None, "2026-03-01 01:00", "2026-03-01 02:00")
    )

    assert (short[0], long[0]) == (1, 2)
    assert short[1] != long[1] == longer[1]


# ---------------------------------------------------------------- each failure counts once, over periods with caps

PERIODS = (Interval(0, 40), Interval(40, 80), Interval(80, 120))
LAST = 140
pieces = st.tuples(st.integers(0, LAST - 21), st.integers(1, 20))


@st.composite
def happenings(draw):
    outages = draw(st.lists(pieces, max_size=4))
    works = draw(st.lists(st.tuples(pieces, st.integers(0, 20), st.booleans()), max_size=4))
    return (
        tuple(Outage(f"INC-{n}", start, start + length) for n, (start, length) in enumerate(outages)),
        tuple(
            PlannedWork(start, start + length, f"CHG-{n}", "agreed" if is_agreed else "other", ended_at=start + took)
            for n, ((start, length), took, is_agreed) in enumerate(works)
        ),
    )


def known_in(span, outages, works):
    """The facts of one period: its own work, all other work around it, and the periods before."""
    inside = tuple(each for each in works if each.away.start < span.end and each.away.end > span.start)
    around = tuple(each for each in works if each not in inside)
    earlier = tuple(each for each in PERIODS if each.end <= span.start)
    return AvailabilityFacts(outages, inside, works_around=around, earlier_periods=earlier)


def simulate(outages, works, window, cap, gap):
    """In which period each failure begins: every second looked at by itself, with what is left of its period's cap."""
    taken, down = set(), set()
    for period in (*PERIODS, Interval(PERIODS[-1].end, LAST)):
        left = LAST if cap is None else cap
        for second in (each for each in range(*period) if window.opens <= each < window.closes):
            if left and any(w.kind == "agreed" and second in range(*w.announced) for w in works):
                taken.add(second)
                left -= 1
            elif any(second in range(*w.away) for w in works):
                down.add(second)
    lost = {second for each in outages for second in range(*each.interval)}
    for each in works:
        first = min(down.intersection(range(*each.away)), default=each.away.end)
        lost.update(range(first, each.away.end))
    runs: list[list[int]] = []
    for second in sorted(lost):
        if runs and second - runs[-1][-1] - 1 <= gap:
            runs[-1] += range(runs[-1][-1] + 1, second + 1)
        else:
            runs.append([second])
    open_in = range(window.opens, window.closes)
    firsts = [next((second for second in run if second in open_in and second not in taken), None) for run in runs]
    return [sum(first is not None and first in range(*period) for first in firsts) for period in PERIODS]


@settings(deadline=None, max_examples=100)
@given(
    happened=happenings(), opens=st.integers(0, 100), length=st.integers(1, LAST),
    cap=st.none() | st.integers(0, 25), gap=st.integers(0, 3),
)  # fmt: skip
# The third work has no second of its own that counts as down, and yet joins the first to the second.
@example(
    happened=(
        (),
        (
            PlannedWork(25, 30, "CHG-0", "agreed", ended_at=43),
            PlannedWork(39, 46, "CHG-1", "agreed", ended_at=58),
            PlannedWork(28, 32, "CHG-2", "agreed", ended_at=46),
        ),
    ),
    opens=1, length=55, cap=20, gap=0,
)  # fmt: skip
def test_each_failure_counts_in_the_period_of_its_first_second_that_counts(happened, opens, length, cap, gap):
    outages, works = happened
    window = Window(opens, min(opens + length, LAST))
    terms = AvailabilityTerms(
        ServiceHours("UTC", ((window,),) * 7), planned_work=replace(AGREED, cap=cap), flap_gap=gap
    )

    found = [measure_interruptions(period, terms, known_in(period, outages, works)) for period in PERIODS]

    assert [figure.number for figure in found] == simulate(outages, works, window, cap, gap)
    assert [figure.number for figure in found] == [
        measure_reliability(period, terms, known_in(period, outages, works)).failures for period in PERIODS
    ]
    assert not any(each.fate is FailureFate.TOO_SHORT for figure in found for each in figure.interruptions)


@settings(deadline=None, max_examples=60)
@given(happened=happenings(), cap=st.none() | st.integers(0, 25), gap=st.integers(0, 3), left_out=st.integers(0, 15))
def test_figures_of_one_fingerprint_tell_the_same_number_of_failures(happened, cap, gap, left_out):
    """Some of the work around the period is entered later: either it is seen, or it changes nothing."""
    outages, works = happened
    terms = AvailabilityTerms(
        ServiceHours("UTC", ((Window(5, 130),),) * 7), planned_work=replace(AGREED, cap=cap), flap_gap=gap
    )
    for span in PERIODS:
        known = known_in(span, outages, works)
        around = tuple(each for n, each in enumerate(known.works_around) if not left_out >> n & 1)
        found = [
            (availability_digest(span, terms, each), measure_reliability(span, terms, each).failures)
            for each in (known, replace(known, works_around=around))
        ]
        assert found[0] == found[1] or found[0][0] != found[1][0]
