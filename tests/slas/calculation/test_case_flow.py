"""Cases through several hands: a case is good only if every step and the whole were in time."""

from dataclasses import replace
from fractions import Fraction
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.case_flow import FlowCase, FlowTerms, Step, judge_flow, measure_flow, prove_flow
from slas.calculation.cases import Attribution, CaseState, CaseTerms
from slas.calculation.deadlines import WorkingTime
from slas.calculation.errors import RepeatedStep, UnknownStep, UnusedTerm
from slas.calculation.intervals import Interval
from slas.calculation.ledger import Case, Pause
from slas.calculation.service_hours import ServiceHours
from tests.slas.calculation.builders import EVERY_DAY, at, between, hours, month

HOUR = 3600
OFFICE, ALWAYS = hours(), hours("00:00-24:00", days=EVERY_DAY)
TERMS = FlowTerms(
    CaseTerms(OFFICE, WorkingTime(8 * HOUR)),
    (
        Step("approval", CaseTerms(OFFICE, WorkingTime(4 * HOUR))),
        Step("hand-over", CaseTerms(OFFICE, WorkingTime(HOUR))),
        Step("set-up", CaseTerms(ALWAYS, WorkingTime(2 * HOUR))),
    ),
)
OCTOBER = month("2026-10")
CLOSED = at("2026-11-10 12:00")


def clock(name, start, end):
    return name, Case(name, at(f"2026-10-{start}"), None if end is None else at(f"2026-10-{end}"))


def flow(*steps, start="05 09:00", end="05 15:00", **fields):
    whole = Case("REQ-1", at(f"2026-10-{start}"), None if end is None else at(f"2026-10-{end}"), **fields)
    return FlowCase(whole, tuple(clock(*step) for step in steps))


APPROVED = ("approval", "05 09:00", "05 12:00")
HANDED = ("hand-over", "05 12:00", "05 13:00")
SET_UP = ("set-up", "05 13:00", "05 15:00")


@pytest.mark.parametrize(
    ("case", "state", "missed"),
    [
        pytest.param(flow(APPROVED, HANDED, SET_UP), CaseState.MET, (), id="all in time"),
        pytest.param(
            flow(APPROVED, ("hand-over", "05 12:00", "05 13:01"), ("set-up", "05 13:01", "05 15:00")),
            CaseState.LATE, ("hand-over",), id="a hand-over took too long",
        ),
        pytest.param(
            flow(APPROVED, ("hand-over", "05 12:00", "05 13:00"), ("set-up", "05 16:50", "05 18:00"), end="06 16:00"),
            CaseState.LATE, (), id="steps in time, the whole not",
        ),
        pytest.param(flow(APPROVED, SET_UP), CaseState.UNKNOWN, (), id="a step without a record"),
        pytest.param(
            flow(("approval", "05 09:00", "05 14:00"), SET_UP), CaseState.LATE, ("approval",),
            id="what is missed is missed whatever is unknown",
        ),
        pytest.param(
            flow(APPROVED, HANDED, ("set-up", "30 16:30", None), start="30 16:00", end=None), CaseState.OVERDUE,
            ("set-up",), id="open and overdue",
        ),
        pytest.param(flow(APPROVED, left_out="cancelled"), CaseState.LEFT_OUT, (), id="left out"),
        pytest.param(flow(APPROVED, merged_into="REQ-2"), CaseState.MERGED, (), id="goes on in another"),
    ],
)  # fmt: skip
def test_a_case_is_good_if_every_step_and_the_whole_were_in_time(case, state, missed):
    result = judge_flow(case, TERMS, CLOSED)

    assert (result.state, result.missed) == (state, missed)


def test_while_a_case_runs_a_step_may_still_come():
    result = judge_flow(flow(APPROVED, end=None), TERMS, at("2026-10-05 12:30"))

    assert (result.state, dict(result.steps)["set-up"]) == (CaseState.OPEN, CaseState.UNKNOWN)


def test_total_time_runs_in_the_calendar_of_the_customer():
    weekend = flow(
        ("approval", "02 16:00", "02 16:30"), ("hand-over", "02 16:30", "02 16:45"), ("set-up", "03 10:00", "03 11:00"),
        start="02 16:00", end="03 11:00",
    )  # fmt: skip

    assert judge_flow(weekend, TERMS, CLOSED).total.elapsed_seconds == HOUR


def test_the_share_end_to_end_is_over_cases_and_not_a_product_of_steps():
    late = (
        ("approval", "05 09:00", "05 13:30"),
        ("hand-over", "05 13:30", "05 16:00"),
        ("set-up", "05 16:00", "05 18:30"),
    )
    good = flow(APPROVED, HANDED, SET_UP)
    cases = [
        FlowCase(replace(each.whole, id=f"REQ-{number}"), each.steps)
        for number, each in enumerate([good, good, good, flow(*late, end="05 16:40")])
    ]

    figure = measure_flow(OCTOBER, TERMS, cases, CLOSED)
    steps = [figure.step_share(step.name).share for step in TERMS.steps]

    assert figure.share.share == Fraction(3, 4)  # one case was late three times over
    assert prod(steps) == Fraction(27, 64)


def test_a_case_belongs_to_the_period_in_which_it_was_due():
    ends = flow(APPROVED, HANDED, SET_UP, start="30 16:00", end="30 16:30")

    assert measure_flow(OCTOBER, TERMS, [ends], CLOSED).results == ()
    assert measure_flow(month("2026-11"), TERMS, [ends], CLOSED).count(CaseState.LATE) == 0
    assert len(measure_flow(month("2026-11"), TERMS, [ends], CLOSED).results) == 1


def test_a_step_that_nobody_agreed_or_that_stands_twice_is_refused():
    with pytest.raises(UnknownStep, match="Case REQ-1 has a step “repair” that is not agreed"):
        judge_flow(flow(("repair", "05 09:00", "05 10:00")), TERMS, CLOSED)
    with pytest.raises(RepeatedStep, match="The step “approval” of case REQ-1 stands there twice"):
        judge_flow(flow(APPROVED, APPROVED), TERMS, CLOSED)
    with pytest.raises(RepeatedStep, match="The step “approval” stands there twice"):
        FlowTerms(TERMS.total, (TERMS.steps[0], TERMS.steps[0]))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(*[st.integers(0, 6)] * 4), max_size=6))
def test_no_step_is_worse_than_the_whole_way(lengths):
    utc = ServiceHours.always("UTC")
    terms = FlowTerms(
        CaseTerms(utc, WorkingTime(10)), tuple(Step(name, CaseTerms(utc, WorkingTime(4))) for name in "abc")
    )
    cases = [
        FlowCase(
            Case(f"{number}", 0, total),
            tuple((name, Case(name, 0, length)) for name, length in zip("abc", steps, strict=True)),
        )
        for number, (total, *steps) in enumerate(lengths)
    ]
    figure = measure_flow(Interval(0, 60), terms, cases, 60)

    for name in "abc":
        assert figure.share.met <= figure.step_share(name).met


def test_the_proof_names_what_was_late_and_does_not_hear_of_any_order():
    pauses = (
        Pause(at("2026-10-05 10:00"), at("2026-10-05 10:30"), "Waiting"),
        Pause(at("2026-10-05 09:30"), at("2026-10-05 09:45"), "Waiting"),
    )
    one = flow(("approval", "05 09:00", "05 13:30"), HANDED, SET_UP, pauses=pauses)
    turned = FlowCase(replace(one.whole, pauses=tuple(reversed(pauses))), tuple(reversed(one.steps)))

    proofs = [
        prove_flow(OCTOBER, TERMS, [case], CLOSED, measure_flow(OCTOBER, TERMS, [case], CLOSED)).to_json()
        for case in (one, turned)
    ]

    assert proofs[0] == proofs[1]
    lines = measure_flow(OCTOBER, TERMS, [one], CLOSED).lines
    assert {line.key: line.details for line in lines}["not_met"] == (("REQ-1", "approval"),)


@pytest.mark.parametrize(
    ("rule", "counts_in"), [(Attribution.DUE, "11"), (Attribution.STOPPED, "11"), (Attribution.OPENED, "10")]
)
def test_in_which_period_a_case_counts_is_agreed_of_the_total(rule, counts_in):
    """Opened on the last Friday of October, due and finished in November."""
    terms = FlowTerms(replace(TERMS.total, attribution=rule), TERMS.steps)
    case = FlowCase(Case("REQ-1", at("2026-10-30 16:00"), at("2026-11-03 10:00")), ())

    found = [number for number in ("10", "11") if measure_flow(month(f"2026-{number}"), terms, [case], CLOSED).results]

    assert found == [counts_in]


def test_a_case_that_stopped_long_before_it_was_due_counts_where_it_stopped():
    terms = FlowTerms(CaseTerms(OFFICE, WorkingTime(80 * HOUR), attribution=Attribution.STOPPED), ())
    case = FlowCase(Case("REQ-1", at("2026-10-29 09:00"), at("2026-10-30 10:00")), ())

    assert [len(measure_flow(month(m), terms, [case], CLOSED).results) for m in ("2026-10", "2026-11")] == [1, 0]


def test_time_without_data_is_part_of_the_figure_and_of_its_fingerprint():
    cases, silent = [flow(APPROVED, HANDED, SET_UP)], between("2026-10-26 00:00", "2026-11-01 00:00")
    figures = [measure_flow(OCTOBER, TERMS, cases, CLOSED, some) for some in ((), (silent,))]

    assert [figure.share.known_time for figure in figures] == [1, Fraction(17, 22)]
    proofs = [prove_flow(OCTOBER, TERMS, cases, CLOSED, figure) for figure in figures]
    assert proofs[0].digest != proofs[1].digest
    assert [line.value for line in proofs[1].lines if line.key == "silent_time"] == [Fraction(5, 22)]


@pytest.mark.parametrize(
    ("total", "step", "told"),
    [
        ({"reopen_days": 2}, {}, "The total cannot agree “reopen days”"),
        ({"longest_pause": 3600}, {}, "The total cannot agree “longest pause”"),
        ({"until": 0}, {}, "The total cannot agree “until”"),
        ({}, {"since": 0}, "The step “approval” cannot agree “since”"),
        ({}, {"reopen_days": 2}, "The step “approval” cannot agree “reopen days”"),
        ({}, {"attribution": Attribution.OPENED}, "The step “approval” cannot agree “attribution”"),
        ({}, {"minimum_coverage": Fraction(1, 2)}, "The step “approval” cannot agree “minimum coverage”"),
    ],
)
def test_what_nothing_goes_by_is_refused(total, step, told):
    first = replace(TERMS.steps[0], terms=replace(TERMS.steps[0].terms, **step))

    with pytest.raises(UnusedTerm, match=told):
        FlowTerms(replace(TERMS.total, **total), (first,))
