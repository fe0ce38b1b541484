"""At most so many interruptions of more than so many minutes, against the naive truth of each second."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms
from slas.calculation.intervals import Interval, clip, subtract, union
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outages import Outage
from slas.calculation.outcomes.frame import Frame, Promise
from slas.calculation.outcomes.interruptions import InterruptionsInputs, judge_interruptions
from slas.calculation.reliability import FailureFate, measure_interruptions, measure_reliability
from slas.calculation.service_hours import ServiceHours, Window
from slas.calculation.status import CloseRule, Status
from tests.slas.calculation.builders import EVERY_DAY, at, hours, month, outage

OCTOBER = month("2026-10")
# Interruptions of more than ten minutes, merged over a gap of one minute.
TERMS = AvailabilityTerms(hours("04:00-22:00", days=EVERY_DAY), minimum_outage=601, flap_gap=60)
FOUR = (
    outage("2026-10-05 10:00", "2026-10-05 10:10"),  # ten minutes are not more than ten
    outage("2026-10-06 10:00", "2026-10-06 10:08"),
    outage("2026-10-06 10:09", "2026-10-06 10:14"),  # one with the former
    outage("2026-10-07 21:50", "2026-10-08 05:00"),
    outage("2026-10-09 10:00", "2026-10-09 11:00", 1),  # slow, which costs nothing
)
INTO_NOVEMBER = "2026-10-31 21:30"
SPAN = Interval(20, 60)
LAST = 80
SPANS = Interval(0, 30), Interval(30, 55), Interval(55, LAST + 20)


def measured(*outages, terms=TERMS, unknown=()):
    return measure_interruptions(OCTOBER, terms, AvailabilityFacts(outages, unknown=unknown))


def gap(start, end):
    return Interval(at(start), at(end))


def test_interruptions_longer_than_agreed_are_counted():
    figure = measured(*FOUR)

    assert (figure.number, figure.too_short) == (2, 1)
    assert [(each.time.seconds // 60, each.fate) for each in figure.interruptions] == [
        (10, FailureFate.TOO_SHORT), (14, FailureFate.COUNTED), (430, FailureFate.COUNTED),
    ]  # fmt: skip


@pytest.mark.parametrize(("allowed", "status"), [(3, Status.KEPT), (2, Status.CLOSE), (1, Status.MISSED)])
def test_equality_is_kept(allowed, status):
    verdict = measured(*FOUR).judge_at_most(allowed, CloseRule())

    assert (verdict.status, verdict.certain) == (status, allowed >= 2)


def outcome(*outages):
    frame = Frame(Promise(allowed_misses=2), OCTOBER, OCTOBER, OCTOBER.end + 10**6, "Europe/London", "by day")
    return judge_interruptions(InterruptionsInputs(frame, TERMS, AvailabilityFacts(outages), {}))


def test_of_one_that_goes_on_nothing_is_told_of_what_comes_after_the_period():
    still, until_two, until_five = (
        outcome(outage(INTO_NOVEMBER, end)) for end in (None, "2026-11-01 02:00", "2026-11-01 05:00")
    )

    assert still == until_two == until_five
    ((record,), lines) = still.records, {line["key"]: line["detail"] for line in still.proof["lines"]}
    assert (record["ended_at"], record["seconds"]) == (None, 150 * 60)
    assert lines["interruptions"].replace("\u00a0", " ") == "31 Oct 150 min and goes on"
    over = outcome(outage(INTO_NOVEMBER, "2026-11-01 00:00"))
    assert over.digest != still.digest
    assert over.records[0]["ended_at"] == "2026-11-01T00:00:00+00:00"


def test_none_was_agreed_and_none_was():
    assert measured().judge_at_most(0, CloseRule()).status is Status.KEPT


def test_an_interruption_counts_where_it_began():
    over = outage("2026-10-31 21:55", "2026-11-01 05:00")
    november = measure_interruptions(month("2026-11"), TERMS, AvailabilityFacts((over,)))

    assert (measured(over).number, november.number) == (1, 0)
    assert [each.fate for each in november.interruptions] == [FailureFate.BEGAN_BEFORE]


DAY = gap("2026-10-20 04:00", "2026-10-20 22:00")


@pytest.mark.parametrize(
    ("policy", "number", "certain"),
    [(UnknownPolicy.EXCLUDE, 2, None), (UnknownPolicy.UP, 2, None), (UnknownPolicy.DOWN, 3, None)],
)
def test_what_has_no_data_may_hide_interruptions(policy, number, certain):
    figure = measured(*FOUR, terms=replace(TERMS, unknown=policy), unknown=(DAY,))

    assert (figure.number, figure.judge_at_most(3, CloseRule()).certain) == (number, certain)
    assert figure.judge_at_most(1, CloseRule()).certain is False


def test_two_that_may_be_one_are_no_certain_miss():
    around = gap("2026-10-06 10:14", "2026-10-07 21:50")
    figure = measured(*FOUR, terms=replace(TERMS, minimum_coverage=Fraction(1, 2)), unknown=(around,))

    assert (figure.number, figure.at_fewest) == (2, 1)
    assert figure.judge_at_most(1, CloseRule()).status is Status.MISSED
    assert figure.judge_at_most(1, CloseRule()).certain is None
    assert figure.judge_at_most(0, CloseRule()).certain is False


def test_too_little_data_is_a_data_gap():
    figure = measured(*FOUR, unknown=(gap("2026-10-10 04:00", "2026-10-14 04:00"),))

    assert figure.judge_at_most(3, CloseRule()).status is Status.DATA_GAP


def test_no_time_that_counts_is_nothing_to_judge():
    figure = measured(terms=replace(TERMS, hours=hours("")))

    assert figure.judge_at_most(0, CloseRule()).status is Status.NO_CASES


@pytest.mark.parametrize(
    ("event", "began"),
    [
        pytest.param(outage("2026-09-20 10:00", "2026-10-01 10:00"), "2026-09-20 10:00", id="before"),
        pytest.param(outage("2026-09-30 21:00", "2026-10-01 03:00"), None, id="over before hours opened"),
        pytest.param(outage("2026-10-02 10:00", "2026-10-02 11:00"), None, id="here"),
    ],
)
def test_the_first_second_of_what_began_before_is_known(event, began):
    figure = measure_reliability(OCTOBER, TERMS, AvailabilityFacts((event,)))

    assert figure.began_before == (began and at(began))
    assert figure.at_least_between == (None if figure.failures else figure.counted_seconds / 3)


@st.composite
def facts(draw):
    pieces = draw(st.lists(st.tuples(st.integers(0, LAST - 1), st.integers(1, 20)), max_size=6))
    kinds = st.tuples(st.sampled_from([0, 1]), st.booleans())
    return AvailabilityFacts(
        tuple(Outage(f"INC-{n}", start, start + length, *draw(kinds)) for n, (start, length) in enumerate(pieces))
    )


def simulate(happened, window, minimum, gap, span=SPAN):
    """How many runs of lost seconds there are, at most `gap` apart, that first touch hours inside the span."""
    lost = sorted(
        {
            second
            for each in happened.outages
            if each.counts and not each.usable
            for second in range(each.start, each.end)
        }
    )
    runs = []
    for second in lost:
        if runs and second - runs[-1][-1] - 1 <= gap:
            runs[-1].append(second)
        else:
            runs.append([second])
    open_in = [[at for at in range(run[0], run[-1] + 1) if window.opens <= at < window.closes] for run in runs]
    return sum(
        bool(inside) and span.start <= inside[0] < span.end and run[-1] + 1 - run[0] >= minimum
        for run, inside in zip(runs, open_in, strict=True)
    )


@settings(deadline=None, max_examples=150)
@given(
    happened=facts(), opens=st.integers(0, 50), length=st.integers(1, 60), minimum=st.integers(0, 15),
    gap=st.integers(0, 5),
)  # fmt: skip
def test_each_failure_counts_once_where_its_first_second_falls(happened, opens, length, minimum, gap):
    window = Window(opens, opens + length)
    terms = AvailabilityTerms(ServiceHours("UTC", ((window,),) * 7), minimum_outage=minimum, flap_gap=gap)

    figure = measure_interruptions(SPAN, terms, happened)

    assert figure.number == figure.at_fewest == simulate(happened, window, minimum, gap)
    assert figure.number == measure_reliability(SPAN, terms, happened).failures


@settings(deadline=None, max_examples=100)
@given(
    happened=facts(),
    silent=st.lists(st.tuples(st.integers(-20, LAST - 1), st.integers(1, 40)), max_size=4),
    opens=st.integers(0, 50), length=st.integers(1, 60), minimum=st.integers(0, 15), gap=st.integers(0, 5),
)  # fmt: skip
def test_silence_that_counts_as_down_counts_once_where_its_first_second_falls(
    happened, silent, opens, length, minimum, gap
):
    """Three periods one after the other, each with the time without data inside it and around it."""
    window = Window(opens, opens + length)
    hours = ServiceHours("UTC", ((window,),) * 7)
    terms = AvailabilityTerms(hours, minimum_outage=minimum, flap_gap=gap, unknown=UnknownPolicy.DOWN)
    unknown = tuple(union(Interval(start, start + seconds) for start, seconds in silent))
    as_outages = tuple(Outage(f"silent {n}", *each) for n, each in enumerate(unknown))
    with_them = replace(happened, outages=(*happened.outages, *as_outages))

    for span in SPANS:
        around = tuple(subtract(unknown, [span]))
        figure = measure_interruptions(
            span, terms, replace(happened, unknown=tuple(clip(unknown, span)), unknown_around=around)
        )
        assert figure.number == figure.at_fewest == simulate(with_them, window, minimum, gap, span)
