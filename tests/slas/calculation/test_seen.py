"""What a period cannot see does not change the fingerprint of its figure; what it can see does."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.cases import MISSED, Attribution, CaseTerms, ChangeRule, measure_cases, settled_at
from slas.calculation.deadlines import WorkingTime
from slas.calculation.explain import prove_availability, prove_cases, prove_occasions
from slas.calculation.intervals import Interval
from slas.calculation.ledger import Case, Pause, Reopening
from slas.calculation.occasions import Completion, OccasionSchedule, Rhythm, measure_occasions
from slas.calculation.outages import Outage
from slas.calculation.outcomes import CasesInputs, attain
from slas.calculation.outcomes.frame import Frame, Promise
from slas.calculation.planned_work import PlannedWork, PlannedWorkTerms
from slas.calculation.seen import seen_cases, seen_facts, seen_hours
from slas.calculation.service_hours import ServiceHours
from slas.calculation.status import CloseRule, Status
from tests.slas.calculation.builders import at, hours, month, outage

OCTOBER = month("2026-10")
CLOSE = CloseRule()
SHOP = AvailabilityTerms(hours("04:00-22:00", days=range(7)))


def fingerprint(*outages, works=(), terms=SHOP):
    facts = AvailabilityFacts(tuple(outages), tuple(works))
    figure = measure_availability(OCTOBER, terms, facts)
    verdict = figure.judge(Fraction(995, 1000), CLOSE)
    proof = prove_availability(terms=terms, facts=facts, figure=figure, target="99.5", close=CLOSE, verdict=verdict)
    return proof.digest


def named(start, end):
    return outage(start, end, name="INC-1")


def work(end, ended=None):
    return PlannedWork(at("2026-10-31 20:00"), at(end), "CHG-1", "planned", ended_at=ended and at(ended))


@pytest.mark.parametrize(
    ("known_then", "known_later"),
    [
        pytest.param(named("2026-10-31 20:00", None), named("2026-10-31 20:00", "2026-11-02 09:00"), id="ended since"),
        pytest.param(named("2026-10-31 20:00", "2026-11-02 09:00"), named("2026-10-31 20:00", "2026-11-04 09:00"),
                     id="ended later than was said"),
        pytest.param(named("2026-09-28 20:00", "2026-10-01 09:00"), named("2026-09-29 20:00", "2026-10-01 09:00"),
                     id="began at another time before the month"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("minimum", [0, 600])
def test_an_outage_is_cut_off_with_the_month(known_then, known_later, minimum):
    terms = replace(SHOP, minimum_outage=minimum)

    assert fingerprint(known_then, terms=terms) == fingerprint(known_later, terms=terms)


def test_an_end_that_makes_an_outage_long_enough_is_seen():
    terms = replace(SHOP, hours=ServiceHours.always("Europe/London"), minimum_outage=600)
    still_open, ended = named("2026-10-31 23:55", None), named("2026-10-31 23:55", "2026-11-01 01:00")

    assert fingerprint(still_open, terms=terms) != fingerprint(ended, terms=terms)


@pytest.mark.parametrize(
    ("then", "later"),
    [
        pytest.param(work("2026-10-31 23:00"), work("2026-10-31 23:00", "2026-10-31 23:00"), id="ended as announced"),
        pytest.param(work("2026-10-31 23:00", "2026-11-01 05:00"), work("2026-10-31 23:00", "2026-11-01 06:00"),
                     id="overran into the next month"),
    ],
)  # fmt: skip
def test_planned_work_is_cut_off_with_the_month(then, later):
    assert fingerprint(works=[then]) == fingerprint(works=[later])


def test_holidays_and_exceptions_of_other_months_are_not_seen():
    def terms(exceptions, holidays):
        service = hours(exceptions=exceptions, holidays=holidays)
        return AvailabilityTerms(service, planned_work=PlannedWorkTerms(notice_hours=service))

    known = terms({"2026-10-05": ""}, ["2026-10-12"])

    assert fingerprint(terms=known) == fingerprint(
        terms=terms({"2026-10-05": "", "2027-01-04": ""}, ["2026-10-12", "2026-12-25"])
    )
    assert fingerprint(terms=known) != fingerprint(terms=terms({"2026-10-05": "", "2026-10-06": ""}, ["2026-10-12"]))
    assert fingerprint(terms=known) != fingerprint(terms=terms({"2026-10-05": ""}, []))


def test_a_window_over_midnight_belongs_to_the_date_before():
    night = hours("22:00-06:00", holidays=["2026-09-30"])

    seen = seen_hours(night, OCTOBER)

    assert seen.holidays == {date(2026, 9, 30)}
    assert list(seen.working(OCTOBER)) == list(night.working(OCTOBER))


def fingerprint_of_cases(*cases):
    terms = CaseTerms(hours(), WorkingTime(4 * 3600))
    figure = measure_cases(OCTOBER, terms, cases, OCTOBER.end)
    return prove_cases(
        span=OCTOBER, terms=terms, as_of=OCTOBER.end, figure=figure, target="90", close=CLOSE,
        verdict=figure.share.judge(Fraction(9, 10), CLOSE),
    ).digest  # fmt: skip


def case(stopped, *pauses, **changes):
    return Case("INC-1", at("2026-10-28 10:00"), stopped and at(stopped), pauses, **changes)


WAIT = Pause(at("2026-10-30 10:00"), None, "Awaiting caller")
WAITED = replace(WAIT, end=at("2026-11-03 10:00"))
WAITS_AGAIN = Pause(at("2026-11-04 10:00"), at("2026-11-04 12:00"), "Awaiting caller")


@pytest.mark.parametrize(
    ("then", "later"),
    [
        pytest.param(case(None), case("2026-11-05 10:00"), id="solved since"),
        pytest.param(case(None, WAIT), case("2026-11-05 10:00", WAITED, WAITS_AGAIN), id="waited, then solved"),
        pytest.param(case(None), case("2027-01-05 10:00"), id="solved in another year"),
        pytest.param(
            case("2026-10-30 10:00"),
            case(None, reopenings=(Reopening(at("2026-10-30 10:00"), at("2026-11-03 10:00")),)),
            id="solved too late, and opened again since",
        ),
        pytest.param(case(None), case(None, limit_since=at("2026-10-29 10:00")), id="a change that starts no clock"),
    ],
)
def test_a_missed_case_is_missed_whenever_it_is_solved(then, later):
    assert fingerprint_of_cases(then) == fingerprint_of_cases(later)


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(case("2026-10-28 12:00"), id="it had been solved in time"),
        pytest.param(case("2026-10-30 12:00"), id="it had been solved in the month"),
        pytest.param(case(None, left_out="duplicate"), id="it does not count"),
        pytest.param(case(None, merged_into="INC-7"), id="it goes on in another"),
        pytest.param(
            case(None, replace(WAIT, entered_at=at("2026-11-02 10:00"))), id="it waited, which was entered afterwards"
        ),
    ],
)
def test_what_is_learned_of_a_case_is_seen(later):
    assert fingerprint_of_cases(case(None)) != fingerprint_of_cases(later)


def fingerprint_of_nights(*records, as_of):
    schedule = OccasionSchedule(hours(days=range(7)), Rhythm.DAILY, 86_400 + 4 * 3600)
    figure = measure_occasions(OCTOBER, schedule, records, as_of)
    return prove_occasions(
        span=OCTOBER, schedule=schedule, records=records, as_of=as_of, figure=figure, rule="at most 1 late",
        close=CLOSE, verdict=figure.judge_at_most(1, CLOSE),
    ).digest  # fmt: skip


def test_occasions_are_the_same_on_each_day_after_the_last_is_over():
    night = Completion("2026-10-31", date(2026, 10, 31), at("2026-11-01 05:00"))
    not_done, done_late = replace(night, completed_at=None), replace(night, completed_at=at("2026-11-09 05:00"))
    first, second = at("2026-11-01 09:00"), at("2026-11-03 00:00")

    assert fingerprint_of_nights(night, as_of=first) == fingerprint_of_nights(night, as_of=second)
    assert fingerprint_of_nights(not_done, as_of=second) == fingerprint_of_nights(done_late, as_of=second)
    assert fingerprint_of_nights(as_of=at("2026-11-01 03:00")) != fingerprint_of_nights(as_of=first)


@pytest.mark.parametrize(
    ("change", "is_seen"),
    [
        pytest.param({"ended_at": "2026-11-01 09:00"}, False, id="the next outage took longer"),
        pytest.param({"started_at": "2026-11-01 00:04"}, True, id="the next outage came after the gap"),
    ],
)
def test_an_outage_after_the_month_is_seen_as_far_as_it_closes_a_gap(change, is_seen):
    terms = replace(SHOP, hours=ServiceHours.always("Europe/London"), minimum_outage=600, flap_gap=120)
    inside, times = named("2026-10-31 23:00", "2026-10-31 23:59"), {"started_at": "2026-11-01 00:00:30"}
    then, later = (
        outage(both["started_at"], both.get("ended_at", "2026-11-01 01:00"), name="INC-2")
        for both in (times, times | change)
    )

    assert (fingerprint(inside, then, terms=terms) != fingerprint(inside, later, terms=terms)) is is_seen


def test_how_many_users_an_outage_met_is_seen_where_it_counts():
    known = named("2026-10-05 10:00", "2026-10-05 12:00")
    told = replace(known, affected=Fraction(1, 4))

    assert fingerprint(known) == fingerprint(told)
    by_users = replace(SHOP, by_users=True)
    assert len({fingerprint(known), fingerprint(known, terms=by_users), fingerprint(told, terms=by_users)}) == 3


SPAN = Interval(0, 60)
edges = st.integers(-40, 100)


@settings(deadline=None, max_examples=300)
@given(
    pieces=st.lists(st.tuples(edges, edges).map(sorted), max_size=5),
    works=st.lists(st.tuples(edges, edges, edges).map(sorted), max_size=2),
    minimum=st.integers(0, 30),
    gap=st.integers(0, 10),
)
def test_what_is_seen_gives_the_same_figure(pieces, works, minimum, gap):
    terms = AvailabilityTerms(ServiceHours.always("UTC"), minimum_outage=minimum, flap_gap=gap)
    facts = AvailabilityFacts(
        tuple(Outage(f"INC-{n}", start, end) for n, (start, end) in enumerate(pieces)),
        tuple(PlannedWork(start, end, f"CHG-{n}", "planned", ended_at=late)
              for n, (start, end, late) in enumerate(works) if start < end),
    )  # fmt: skip

    whole, seen = (measure_availability(SPAN, terms, each) for each in (facts, seen_facts(facts, terms, SPAN)))

    assert (seen.lost, seen.counted_seconds, seen.experienced_lost) == (
        whole.lost, whole.counted_seconds, whole.experienced_lost,
    )  # fmt: skip


@st.composite
def case_ledgers(draw):
    """A case with what may happen to it, in seconds: solved and opened again, paused, raised to the promise."""
    opened, *inner, stopped = draw(st.lists(st.integers(-20, 120), min_size=2, max_size=6).map(sorted))
    gaps = tuple(Reopening(*pair) for pair in zip(inner[::2], inner[1::2], strict=False))
    pauses = draw(st.lists(st.tuples(st.integers(-20, 120), st.integers(0, 20)), max_size=2))
    return Case(
        "INC",
        opened,
        draw(st.sampled_from([stopped, None])),
        tuple(Pause(start, start + length, "") for start, length in pauses),
        reopenings=gaps,
        limit_since=draw(st.none() | st.integers(opened, stopped)),
    )


@settings(deadline=None, max_examples=300)
@given(
    case=case_ledgers(),
    limit=st.integers(0, 40),
    attribution=st.sampled_from(Attribution),
    change=st.sampled_from(ChangeRule),
    now=st.integers(1, 200),
)
@example(  # without what came later it would be due before it was raised to the promise
    case=Case("INC", -1, 3, reopenings=(Reopening(0, 2),), limit_since=1),
    limit=0,
    attribution=Attribution.DUE,
    change=ChangeRule.FROM_CHANGE,
    now=1,
)
def test_what_is_seen_of_cases_gives_the_same_states(case, limit, attribution, change, now):
    terms = CaseTerms(ServiceHours.always("UTC"), WorkingTime(limit), attribution=attribution, change=change)
    as_of = settled_at(SPAN, terms, [case], now) if attribution is Attribution.OPENED else min(now, SPAN.end)
    whole = measure_cases(SPAN, terms, [case], as_of)

    seen = measure_cases(SPAN, *seen_cases(terms, whole.results, as_of), as_of)

    assert stood(seen) == stood(whole)


def stood(figure):
    """Which cases count, when they are due, and whether they are missed; how late they are may still change."""
    return [(each.id, each.due_at, "missed" if each.state in MISSED else each.state) for each in figure.results]


BACK_IN_NOVEMBER = (Reopening(at("2026-10-30 18:00"), at("2026-11-10 10:00")),)
SOLVED = Case("INC-1", at("2026-10-30 13:00"), at("2026-10-30 18:00"))
AGAIN = replace(SOLVED, stopped_at=at("2026-11-12 17:00"), reopenings=BACK_IN_NOVEMBER)


@pytest.mark.parametrize(
    ("solved", "again", "attribution"),
    [
        pytest.param(SOLVED, AGAIN, Attribution.DUE, id="its time was used up at the last closing"),
        pytest.param(
            replace(SOLVED, stopped_at=at("2026-10-30 15:00")),
            replace(AGAIN, reopenings=(Reopening(at("2026-10-30 15:00"), at("2026-11-10 10:00")),)),
            Attribution.OPENED,
            id="it counts where it was opened",
        ),
    ],
)
def test_a_case_in_time_that_is_opened_again_and_missed_changes_the_fingerprint(solved, again, attribution):
    figures = [outcome_of(each, attribution, "2026-12-05 12:00") for each in (solved, again)]

    assert [figure.status for figure in figures] == [Status.KEPT, Status.MISSED]
    assert figures[0].digest != figures[1].digest


def test_a_case_that_was_overdue_when_its_month_was_closed_makes_no_correction_when_it_is_solved():
    waiting = Case("INC-1", at("2026-10-30 16:00"), None)

    then, later = (
        outcome_of(replace(waiting, stopped_at=stopped), Attribution.OPENED, now)
        for stopped, now in ((None, "2026-11-05 12:00"), (at("2026-11-12 17:00"), "2026-12-05 12:00"))
    )

    assert (then.status, then.digest) == (Status.MISSED, later.digest)


@pytest.mark.parametrize("pauses", [(), (Pause(at("2026-10-30 17:00"), None, "Awaiting part"),)])
def test_a_case_that_is_not_due_when_its_month_is_closed_makes_no_correction_while_it_waits(pauses):
    waiting = Case("INC-1", at("2026-10-30 16:30"), None, pauses)

    first, *later = (
        outcome_of(waiting, Attribution.OPENED, now)
        for now in ("2026-11-01 12:00", "2026-11-02 09:00", "2026-11-02 11:00")
    )

    assert first.result["warnings"]
    assert {(each.digest, each.status, str(each.records)) for each in later} == {
        (first.digest, first.status, str(first.records))
    }


def outcome_of(one, attribution, now):
    frame = Frame(Promise(threshold=Decimal("90")), OCTOBER, OCTOBER, at(now), "Europe/London", "")
    terms = CaseTerms(hours("09:00-17:00"), WorkingTime(4 * 3600), attribution=attribution)
    return attain(CasesInputs(frame, terms, (one,), {}))
