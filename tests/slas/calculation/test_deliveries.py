"""Deliveries against the date that was promised first and the one that both sides agreed since."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.cases import CaseState
from slas.calculation.deliveries import (
    Baseline,
    BaselineChange,
    Delivery,
    DeliveryTerms,
    Submission,
    Wait,
    acceptance,
    baseline_of,
    due_with_waits,
    measure_deliveries,
    prove_deliveries,
)
from slas.calculation.errors import NegativeLimit, ReversedDates, UnansweredSubmission
from tests.slas.calculation.builders import hours

TERMS = DeliveryTerms(hours(holidays=("2026-10-26",)), silent_days=5, reasons=frozenset({"customer"}))
OCTOBER = date(2026, 10, 1), date(2026, 11, 1)
LATER = date(2026, 12, 31)


def on(day):
    return date.fromisoformat(f"2026-{day}")


def handed(day, answered=None, *, accepted=True):
    return Submission(
        on(day), None if answered is None else on(answered), is_accepted=accepted and answered is not None
    )


def change(to, provider="10-05", customer="10-06"):
    return BaselineChange(on(to), *(None if day is None else on(day) for day in (provider, customer)))


def wait(since, until, reason="customer"):
    return Wait(on(since), None if until is None else on(until), reason)


def delivery(*submissions, due="10-16", name="D-1", **fields):
    return Delivery(name, on(due), submissions, **fields)


ORIGINAL = Baseline(None, on("10-16"))


@pytest.mark.parametrize(
    ("submissions", "as_of", "expected"),
    [
        pytest.param([handed("10-08", "10-09")], LATER, (on("10-09"), False, 0), id="accepted"),
        pytest.param([handed("10-08")], LATER, (on("10-15"), True, 0), id="silent for five working days"),
        pytest.param([handed("10-08")], on("10-14"), None, id="not yet deemed"),
        pytest.param([handed("10-08", "10-15")], LATER, (on("10-15"), False, 0), id="answered on the last day"),
        pytest.param(
            [handed("10-08", "10-16", accepted=False)], LATER, (on("10-15"), True, 0), id="sent back too late"
        ),
        pytest.param([handed("10-08", "10-14")], on("10-12"), None, id="not known yet"),
        pytest.param(
            [handed("10-08", "10-12", accepted=False), handed("10-14", "10-15")], LATER, (on("10-15"), False, 1),
            id="accepted after rework",
        ),
        pytest.param(
            [handed("10-14"), handed("10-08", "10-12", accepted=False)], LATER, (on("10-21"), True, 1),
            id="the second one in silence",
        ),
        pytest.param([handed("10-20")], on("10-27"), None, id="a holiday is no silent day"),
        pytest.param([handed("10-20")], on("10-28"), (on("10-28"), True, 0), id="over the holiday"),
        pytest.param([], LATER, None, id="nothing handed in"),
    ],
)  # fmt: skip
def test_acceptance(submissions, as_of, expected):
    found = acceptance(delivery(*submissions), TERMS, as_of)

    assert (found and (found.on, found.is_deemed, found.submission)) == expected


def test_silence_is_no_acceptance_where_that_is_not_agreed():
    assert acceptance(delivery(handed("10-08")), replace(TERMS, silent_days=None), LATER) is None


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        pytest.param([], "10-16", id="none"),
        pytest.param([change("10-30")], "10-30", id="approved by both"),
        pytest.param([change("10-30", customer=None)], "10-16", id="approved by one side"),
        pytest.param([change("10-30", customer="12-31")], "10-16", id="not approved yet"),
        pytest.param([change("10-23", "10-08", "10-07"), change("10-30")], "10-23", id="the one that was agreed last"),
    ],
)
def test_the_current_baseline_is_what_both_sides_approved_last(changes, due):
    assert baseline_of(delivery(changes=tuple(changes)), on("12-30")).due_on == on(due)


@pytest.mark.parametrize(
    ("waits", "due"),
    [
        pytest.param([], "10-16", id="none"),
        pytest.param([wait("10-12", "10-14")], "10-20", id="two working days"),
        pytest.param([wait("10-12", "10-14"), wait("10-13", "10-15")], "10-21", id="overlapping waits count once"),
        pytest.param([wait("10-10", "10-12")], "10-16", id="a weekend moves nothing"),
        pytest.param([wait("10-12", "10-14", "we were busy")], "10-16", id="not an agreed reason"),
        pytest.param([wait("10-19", "10-21")], "10-16", id="after the date it comes too late"),
        pytest.param([wait("10-16", "10-20")], "10-20", id="one day before the date, and one after that is no use"),
        pytest.param([wait("10-12", "10-12")], "10-16", id="no day"),
        pytest.param([wait("10-22", "10-28")], "10-16", id="later"),
    ],
)
def test_the_customer_s_waiting_moves_a_date_by_working_days(waits, due):
    assert due_with_waits(ORIGINAL, delivery(waits=tuple(waits)), TERMS, LATER) == on(due)


@pytest.mark.parametrize(
    ("waits", "due"),
    [
        pytest.param([wait("10-05", "10-09")], "10-16", id="before it was agreed: both sides knew"),
        pytest.param([wait("10-05", "10-13")], "10-20", id="one that goes on, by what comes after: 9 and 12 October"),
        pytest.param([wait("10-13", "10-14")], "10-19", id="after it was agreed"),
    ],
)
def test_a_date_agreed_anew_is_moved_by_what_was_waited_after_that(waits, due):
    one = delivery(due="10-09", changes=(change("10-16", "10-07", "10-08"),), waits=tuple(waits))

    assert due_with_waits(baseline_of(one, LATER), one, TERMS, LATER) == on(due)


def test_a_wait_that_is_not_over_lasts_until_now():
    assert due_with_waits(ORIGINAL, delivery(waits=(wait("10-12", None),)), TERMS, on("10-13")) == on("10-20")


FOUR = (
    delivery(handed("10-12", "10-16"), name="on time"),
    delivery(handed("10-16", "10-20"), name="late", due="10-16"),
    delivery(handed("10-16", "10-20"), name="moved", due="10-16", changes=(change("10-23"),)),
    delivery(name="not there", due="10-30"),
    delivery(handed("10-08", "10-09"), name="next month", due="11-20"),
)


def test_two_figures_stand_side_by_side():
    figure = measure_deliveries(*OCTOBER, TERMS, FOUR, on("10-31"))

    assert (figure.original.share.met, figure.original.share.eligible) == (1, 4)
    assert (figure.current.share.met, figure.current.share.eligible) == (2, 4)
    assert {each.id: each.slip for each in figure.original.results} == {
        "on time": 0, "late": 2, "moved": 2, "not there": 0,
    }  # fmt: skip
    assert (figure.original.median_slip.days, figure.original.worst_slip.days) == (0, 2)
    assert (figure.original.worst_slip.at_least, figure.first_time.share) == (True, 1)


def test_an_overdue_delivery_slips_on():
    by_november = measure_deliveries(*OCTOBER, TERMS, FOUR, on("11-10"))

    assert (by_november.original.worst_slip.days, by_november.original.worst_slip.at_least) == (7, True)
    assert measure_deliveries(*OCTOBER, TERMS, FOUR, on("10-29")).original.results[2].state is CaseState.OPEN


def test_early_is_no_slip_and_nothing_due_is_no_figure():
    figure = measure_deliveries(date(2026, 9, 1), date(2026, 10, 1), TERMS, FOUR, LATER)

    assert (figure.original.share.share, figure.original.median_slip, figure.first_time.share) == (None, None, None)
    early = measure_deliveries(*OCTOBER, TERMS, [delivery(handed("10-05", "10-06"))], LATER)
    assert (early.original.worst_slip.days, early.original.share.share) == (0, 1)


def test_accepted_first_time_leaves_open_what_has_no_answer():
    four = [
        delivery(handed("10-08", "10-09"), name="1"),
        delivery(handed("10-08", "10-09", accepted=False), handed("10-12", "10-13"), name="2"),
        delivery(handed("10-08"), name="3"),
        delivery(handed("10-30"), name="4"),
    ]

    share = measure_deliveries(*OCTOBER, TERMS, four, on("10-31")).first_time

    assert (share.met, share.eligible, share.unknown, share.share) == (2, 3, 1, Fraction(2, 3))


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (
            lambda: delivery(handed("10-08", "10-07")),
            ReversedDates,
            "A submission of delivery D-1 ends before it starts",
        ),
        (lambda: delivery(waits=(wait("10-08", "10-07"),)), ReversedDates, "A wait of delivery D-1"),
        (lambda: delivery(handed("10-08"), handed("10-09")), UnansweredSubmission, "D-1 was handed in on 2026-10-09"),
        (lambda: delivery(handed("10-08", "10-09"), handed("10-12")), UnansweredSubmission, "was not sent back before"),
        (lambda: DeliveryTerms(hours(), -1), NegativeLimit, "below zero"),
    ],
)
def test_bad_input_is_refused(make, error, words):
    with pytest.raises(error, match=words):
        make()


@settings(deadline=None, max_examples=50)
@given(
    due=st.integers(0, 40), done=st.integers(0, 60), waits=st.lists(st.tuples(*[st.integers(0, 40)] * 2), max_size=3)
)
def test_a_date_moves_by_as_many_working_days_as_were_waited(due, done, waits):
    first = date(2026, 10, 1)
    ledger = tuple(
        Wait(first + timedelta(days=min(pair)), first + timedelta(days=max(pair)), "customer") for pair in waits
    )
    one = delivery(waits=ledger)
    due_on = first + timedelta(days=due)

    moved = due_with_waits(Baseline(None, due_on), one, TERMS, LATER)

    waited = {wait.since + timedelta(days=day) for wait in ledger for day in range((wait.until - wait.since).days)}
    working = [first + timedelta(days=day) for day in range((moved - first).days + 1)]
    left = [day for day in working if TERMS.hours.is_working_day(day) and day not in waited]
    had = [day for day in working if TERMS.hours.is_working_day(day) and day <= due_on]
    assert len(left) == len(had)
    assert moved >= due_on


def test_the_proof_says_both_dates_and_does_not_hear_of_any_order():
    changes = (change("10-23"), change("10-30", customer=None))
    facts = [replace(FOUR[2], changes=changes), *FOUR]
    facts = [replace(each, id=f"{number} {each.id}") for number, each in enumerate(facts)]
    turned = [replace(each, changes=tuple(reversed(each.changes))) for each in reversed(facts)]

    proofs = [
        prove_deliveries(*OCTOBER, TERMS, each, LATER, measure_deliveries(*OCTOBER, TERMS, each, LATER))
        for each in (facts, turned)
    ]

    assert proofs[0].to_json() == proofs[1].to_json()
    shares = [line.value for line in proofs[0].lines if line.key == "share"]
    assert shares == [Fraction(1, 5), Fraction(3, 5)]
