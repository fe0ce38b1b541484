"""A failure over the first day of an agreement, or of a version of it, counts once: where its first second counts."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, FormerTerms
from slas.calculation.intervals import Interval
from slas.calculation.outages import Outage
from slas.calculation.planned_work import PlannedWork, PlannedWorkTerms
from slas.calculation.reliability import measure_interruptions, measure_reliability
from slas.calculation.seen import seen_terms
from slas.calculation.service_hours import ServiceHours, Window
from tests.slas.calculation.builders import EVERY_DAY, at, between, hours, month, outage

ALWAYS, DAYTIME = ServiceHours.always("Europe/London"), hours("04:00-22:00", days=EVERY_DAY)
FIRST, SECOND = between("2026-10-01", "2026-10-15"), between("2026-10-15", "2026-11-01")
NO_WORK = PlannedWorkTerms()
NIGHT = AvailabilityFacts((outage("2026-10-14 23:00", "2026-10-15 06:00"),))


def in_both(old, new, facts=NIGHT, **of_first):
    """How many count in the two versions, as interruptions of more than ten minutes and beside an availability."""
    first = AvailabilityTerms(old, minimum_outage=601, in_force=FIRST, **of_first)
    former = FormerTerms(FIRST, old, first.planned_work)
    second = AvailabilityTerms(new, minimum_outage=601, in_force=SECOND, former=(former,))
    found = [
        (measure_interruptions(span, terms, facts).number, measure_reliability(span, terms, facts).failures)
        for span, terms in ((FIRST, first), (SECOND, second))
    ]
    assert all(promised == beside for promised, beside in found)
    return [promised for promised, _ in found]


@pytest.mark.parametrize(
    ("old", "new", "counted"),
    [
        pytest.param(DAYTIME, ALWAYS, [0, 1], id="from the day to round the clock"),
        pytest.param(ALWAYS, DAYTIME, [1, 0], id="from round the clock to the day"),
        pytest.param(DAYTIME, DAYTIME, [0, 1], id="the same hours"),
    ],
)
def test_a_failure_over_the_first_day_of_a_version_counts_once(old, new, counted):
    assert in_both(old, new) == counted


def test_the_version_of_the_time_says_whether_planned_work_is_taken_out_of_it():
    """The first version takes out the work in which the outage begins; the second would not."""
    work = PlannedWork(at("2026-10-14 22:00"), at("2026-10-15 00:00"), "CHG", "agreed")
    agreed = PlannedWorkTerms(frozenset({"agreed"}), approval_needed=False)
    facts = replace(NIGHT, works_around=(work,))

    assert in_both(ALWAYS, ALWAYS, facts, planned_work=agreed) == [0, 1]
    assert in_both(ALWAYS, ALWAYS, facts) == [1, 0]


@pytest.mark.parametrize("began", ["2026-02-05 00:00", "2026-01-31 12:00"])
def test_what_began_before_the_agreement_counts_from_its_first_day(began):
    terms = AvailabilityTerms(ALWAYS, in_force=between("2026-02-10", "2026-03-01"))
    facts = AvailabilityFacts((outage(began, "2026-02-11 00:00"),))

    for span in (month("2026-02"), terms.in_force):
        figure = measure_reliability(span, terms, facts)
        assert (figure.failures, figure.lost, figure.began_before) == (1, 24 * 3600, None)


def test_since_when_it_is_in_force_is_no_part_of_the_fingerprint_of_what_is_in_force_throughout():
    terms, span = AvailabilityTerms(DAYTIME), month("2026-10")
    known = replace(terms, in_force=Interval(span.start, span.end + 60), former=(FormerTerms(FIRST, ALWAYS, NO_WORK),))

    assert seen_terms(known, NIGHT, span) == seen_terms(terms, NIGHT, span)
    assert seen_terms(replace(terms, in_force=SECOND), NIGHT, span).in_force == SECOND


# ---------------------------------------------------------------- each failure counts once, whatever the versions say

SPANS = (Interval(0, 40), Interval(40, 80), Interval(80, 120))
windows = st.tuples(st.integers(0, 100), st.integers(1, 120)).map(lambda pair: Window(pair[0], sum(pair)))


@settings(deadline=None, max_examples=100)
@given(
    versions=st.tuples(windows, windows, windows),
    times=st.lists(st.tuples(st.integers(-10, 119), st.integers(1, 80)), max_size=4),
    gap=st.integers(0, 3),
)
def test_each_failure_counts_in_the_version_of_its_first_second_that_counts(versions, times, gap):
    """By hand: each failure, merged, at the first of its seconds in the hours of the version of that second."""
    kept = [ServiceHours("UTC", ((window,),) * 7) for window in versions]
    outages = tuple(Outage(f"INC-{n}", start, start + length) for n, (start, length) in enumerate(times))
    former = tuple(FormerTerms(span, each, NO_WORK) for span, each in zip(SPANS, kept, strict=True))

    found = [
        measure_interruptions(
            span,
            AvailabilityTerms(kept[n], flap_gap=gap, in_force=span, former=former[:n]),
            AvailabilityFacts(outages),
        ).number
        for n, span in enumerate(SPANS)
    ]

    expected = [0, 0, 0]
    runs: list[list[int]] = []
    for second in sorted({second for each in outages for second in range(*each.interval)}):
        if runs and second - runs[-1][-1] - 1 <= gap:
            runs[-1] += range(runs[-1][-1] + 1, second + 1)
        else:
            runs.append([second])
    open_in = [range(max(s.start, w.opens), min(s.end, w.closes)) for s, w in zip(SPANS, versions, strict=True)]
    for run in runs:
        first = next((n for second in run for n, each in enumerate(open_in) if second in each), None)
        if first is not None:
            expected[first] += 1
    assert found == expected
