from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.cases import CaseState, CaseTerms, judge_case, measure_cases
from slas.calculation.deadlines import DayRule, WorkingDays, WorkingTime
from slas.calculation.errors import EmptyPeriod, ReversedInterval
from slas.calculation.intervals import Interval
from slas.calculation.ledger import Case, Pause, Reply, first_answer
from slas.calculation.missing import UnknownPolicy
from slas.calculation.service_hours import ServiceHours
from slas.calculation.shares import nearest_rank
from tests.slas.calculation.builders import at, hours, month

HOUR = 3600
FOUR_HOURS = CaseTerms(hours(), WorkingTime(4 * HOUR))
NOW = at("2026-11-10 09:40")


def pause(start, end, reason="Awaiting caller", party="customer"):
    return Pause(at(start), None if end is None else at(end), reason, party)


def case(opened, stopped=None, *pauses, **changes):
    return Case(opened, at(opened), None if stopped is None else at(stopped), pauses, **changes)


@pytest.mark.parametrize(
    ("one", "elapsed", "paused", "due", "state"),
    [
        pytest.param(
            case("2026-10-05 10:00", "2026-10-05 13:00"), 3, 0, "2026-10-05 14:00", CaseState.MET, id="in time"
        ),
        pytest.param(
            case("2026-10-05 10:00", "2026-10-05 14:00"), 4, 0, "2026-10-05 14:00", CaseState.MET, id="equality is met"
        ),
        pytest.param(
            case("2026-10-05 10:00", "2026-10-05 15:00"), 5, 0, "2026-10-05 14:00", CaseState.LATE, id="late"
        ),
        pytest.param(
            case("2026-10-02 16:00", "2026-10-05 11:00"), 3, 0, "2026-10-05 12:00", CaseState.MET, id="over the weekend"
        ),
        pytest.param(
            case("2026-10-05 10:00", "2026-10-05 16:00", pause("2026-10-05 11:00", "2026-10-05 13:00")),
            4, 2, "2026-10-05 16:00", CaseState.MET, id="a pause moves the due instant",
        ),
        pytest.param(
            case(
                "2026-10-05 10:00", "2026-10-05 16:00",
                pause("2026-10-05 11:00", "2026-10-05 13:00"), pause("2026-10-05 12:00", "2026-10-05 13:30"),
            ),
            3.5, 2.5, "2026-10-05 16:30", CaseState.MET, id="overlapping pauses count once",
        ),
        pytest.param(
            case(
                "2026-10-05 10:00", "2026-10-05 16:00",
                pause("2026-10-05 11:00", None), pause("2026-10-05 11:00", "2026-10-05 13:00"),
            ),
            1, 5, "2026-10-06 11:00", CaseState.MET, id="two pauses from one instant, one of them open",
        ),
        pytest.param(
            case("2026-10-05 10:00", "2026-10-05 15:00", pause("2026-10-04 10:00", "2026-10-05 08:00")),
            5, 0, "2026-10-05 14:00", CaseState.LATE, id="a pause before opening moves nothing",
        ),
        pytest.param(
            case("2026-10-05 15:00", "2026-10-06 11:00", pause("2026-10-05 17:00", "2026-10-06 09:00")),
            4, 0, "2026-10-06 11:00", CaseState.MET, id="a pause out of hours moves nothing",
        ),
        pytest.param(
            case("2026-10-05 10:00", "2026-10-05 16:30", pause("2026-10-05 15:00", "2026-10-05 16:30")),
            5, 1.5, "2026-10-05 14:00", CaseState.LATE, id="a pause after the due instant comes too late",
        ),
        pytest.param(
            case("2026-10-05 10:00", "2026-10-05 12:00", pause("2026-10-05 11:00", None)),
            1, 1, "2026-10-05 15:00", CaseState.MET, id="an open pause ends with the case",
        ),
        pytest.param(
            case("2026-11-10 09:00"), 40 / 60, 0, "2026-11-10 13:00", CaseState.OPEN, id="open, not due"
        ),
        pytest.param(
            case("2026-11-09 09:00"), 8 + 40 / 60, 0, "2026-11-09 13:00", CaseState.OVERDUE, id="open and overdue"
        ),
        pytest.param(
            case("2026-11-09 09:00", None, pause("2026-11-09 10:00", None)),
            1, 7 + 40 / 60, "2026-11-10 12:40", CaseState.OPEN, id="paused until now: the rest is still to come",
        ),
        pytest.param(
            case("2026-10-05 10:00", "2026-10-05 11:00", left_out="duplicate"),
            1, 0, "2026-10-05 14:00", CaseState.LEFT_OUT, id="left out",
        ),
        pytest.param(
            case("2026-10-05 10:00", unknown="no first reply in the log"),
            26 * 8 - 1 + 40 / 60, 0, "2026-10-05 14:00", CaseState.UNKNOWN, id="nobody knows when it stopped",
        ),
    ],
)  # fmt: skip
def test_the_clock_of_a_case(one, elapsed, paused, due, state):
    result = judge_case(one, FOUR_HOURS, NOW)

    assert (result.elapsed_seconds, result.paused_seconds) == (round(elapsed * HOUR), round(paused * HOUR))
    assert (result.due_at, result.state) == (at(due), state)


def test_only_agreed_reasons_stop_the_clock():
    one = case("2026-10-05 10:00", "2026-10-05 16:00", pause("2026-10-05 11:00", "2026-10-05 13:00", "On holiday"))
    terms = replace(FOUR_HOURS, pause_reasons=frozenset({"Awaiting caller"}))

    assert judge_case(one, terms, NOW).state is CaseState.LATE
    assert judge_case(one, FOUR_HOURS, NOW).state is CaseState.MET


def test_paused_time_is_told_by_party_and_adds_up():
    one = case(
        *("2026-10-05 10:00", "2026-10-05 16:00"),
        pause("2026-10-05 11:00", "2026-10-05 13:00", party="customer"),
        pause("2026-10-05 12:00", "2026-10-05 14:00", party="supplier"),
    )

    result = judge_case(one, FOUR_HOURS, NOW)

    assert result.paused_by == (("customer", 2 * HOUR), ("supplier", HOUR))
    assert result.paused_seconds == 3 * HOUR


@pytest.mark.parametrize(
    ("stopped", "state"),
    [
        ("2026-10-19 17:00", CaseState.MET),
        ("2026-10-19 17:00:01", CaseState.LATE),
        (None, CaseState.OVERDUE),
    ],
)
def test_ten_working_days_end_with_the_hours_of_the_tenth(stopped, state):
    terms = CaseTerms(hours(), WorkingDays(10, DayRule.END_OF_HOURS))

    assert judge_case(case("2026-10-05 10:00", stopped), terms, NOW).state is state


def test_a_pause_moves_a_deadline_in_working_days_by_its_service_time():
    terms = CaseTerms(hours(), WorkingDays(2))
    one = case("2026-10-05 10:00", None, pause("2026-10-06 09:00", "2026-10-06 12:00"))

    assert judge_case(one, terms, NOW).due_at == at("2026-10-08 12:00")


def test_cases_count_in_the_period_in_which_they_were_due():
    cases = [
        case("2026-09-30 15:00", "2026-09-30 16:00"),  # due 1 October
        case("2026-10-05 10:00", "2026-10-05 11:00"),
        case("2026-10-06 10:00", "2026-10-06 16:00"),  # late
        case("2026-10-07 10:00"),  # open and overdue
        case("2026-10-08 10:00", "2026-10-08 11:00", left_out="duplicate"),
        case("2026-10-09 10:00", unknown="not in the log"),
        case("2026-10-30 16:00", "2026-10-30 16:30"),  # due 2 November
    ]

    figure = measure_cases(month("2026-10"), FOUR_HOURS, cases, NOW)

    assert (figure.share.met, figure.share.eligible, figure.share.unknown) == (2, 4, 1)
    assert {state: figure.count(state) for state in CaseState} == {
        CaseState.MET: 2, CaseState.LATE: 1, CaseState.OVERDUE: 1,
        CaseState.OPEN: 0, CaseState.MERGED: 0, CaseState.LEFT_OUT: 1, CaseState.UNKNOWN: 1,
    }  # fmt: skip
    assert "2026-10-30 16:00" not in [result.id for result in figure.results]
    assert measure_cases(month("2026-11"), FOUR_HOURS, cases, NOW).share.met == 1


@pytest.mark.parametrize(
    ("due", "period"),
    [
        pytest.param("2026-10-01 00:00", "2026-10", id="at the first instant"),
        pytest.param("2026-10-31 23:59:59", "2026-10", id="at the last second"),
        pytest.param("2026-11-01 00:00", "2026-11", id="at the first instant of the next"),
    ],
)
def test_a_case_due_at_the_edge_counts_in_one_period(due, period):
    terms = CaseTerms(ServiceHours.always("UTC"), WorkingTime(HOUR))
    one = Case("INC", at(due) - HOUR, at(due))

    counted = [
        each for each in ("2026-09", "2026-10", "2026-11") if measure_cases(month(each), terms, [one], NOW).results
    ]

    assert counted == [period]


def test_open_cases_that_are_not_due_do_not_count():
    figure = measure_cases(month("2026-11"), FOUR_HOURS, [case("2026-11-10 09:00")], NOW)

    assert (figure.share.eligible, figure.count(CaseState.OPEN)) == (0, 1)


def test_an_open_case_due_at_the_last_closing_of_a_month_is_missed_in_that_month():
    terms = CaseTerms(hours(), WorkingTime(8 * HOUR))
    never_solved = case("2026-10-30 09:00")  # a Friday; due at 17:00, and the weekend ends the month
    october, november = month("2026-10"), month("2026-11")

    closed = measure_cases(october, terms, [never_solved], october.end)

    assert (closed.count(CaseState.OVERDUE), closed.share.met, closed.share.eligible) == (1, 0, 1)
    assert judge_case(never_solved, terms, at("2026-10-30 17:00")).state is CaseState.OPEN
    assert not measure_cases(november, terms, [never_solved], november.end).results


def test_a_percentile_says_at_least_when_an_open_case_stands_at_or_before_it():
    cases = [case(f"2026-10-05 10:0{hour}", f"2026-10-05 1{hour}:00") for hour in range(1, 4)]
    cases.append(case("2026-10-06 10:00"))

    durations = measure_cases(month("2026-10"), FOUR_HOURS, cases, at("2026-10-06 12:30")).durations

    assert nearest_rank(durations, "50").at_least is False
    assert nearest_rank(durations, "75").at_least is True


def test_the_paused_part_is_shown():
    one = case("2026-10-05 10:00", "2026-10-05 14:00", pause("2026-10-05 11:00", "2026-10-05 12:00"))

    assert measure_cases(month("2026-10"), FOUR_HOURS, [one], NOW).pause_share == Fraction(1, 4)
    assert measure_cases(month("2026-10"), FOUR_HOURS, [], NOW).pause_share is None


def test_unknown_cases_follow_the_agreed_policy():
    terms = replace(FOUR_HOURS, unknown=UnknownPolicy.DOWN)
    cases = [case("2026-10-05 10:00", "2026-10-05 11:00"), case("2026-10-09 10:00", unknown="not in the log")]

    assert measure_cases(month("2026-10"), terms, cases, NOW).share.share == Fraction(1, 2)


def test_reversed_times_are_refused_by_case():
    with pytest.raises(ReversedInterval, match="Case INC-1 ends before it starts"):
        Case("INC-1", 10, 5)
    with pytest.raises(ReversedInterval, match="Pause 1 of case INC-1"):
        Case("INC-1", 10, 20, (Pause(15, 12, ""),))


ALWAYS = ServiceHours.always("UTC")
moments = st.integers(0, 60)


@settings(deadline=None)
@given(
    opened=moments,
    length=moments,
    limit=st.integers(0, 40),
    pieces=st.lists(st.tuples(moments, moments), max_size=4),
)
def test_a_case_round_the_clock_is_what_its_seconds_say(opened, length, limit, pieces):
    stopped = opened + length
    pauses = tuple(Pause(start, start + end, "") for start, end in pieces)
    paused = {second for each in pauses for second in range(*each.until(stopped)) if opened <= second < stopped}

    result = judge_case(Case("INC", opened, stopped, pauses), CaseTerms(ALWAYS, WorkingTime(limit)), stopped)

    assert result.elapsed_seconds == length - len(paused)
    assert (result.state is CaseState.MET) == (length - len(paused) <= limit)
    assert sum(seconds for _, seconds in result.paused_by) == len(paused)
    ran = [second for second in range(opened, result.due_at) if second not in paused]
    assert len(ran) == limit


@settings(deadline=None)
@given(opened=st.integers(0, 10**6), seconds=st.integers(1, 10**5))
def test_met_and_due_agree_in_service_time(opened, seconds):
    service = hours("09:00-12:30, 13:00-17:00", zone="America/New_York")
    terms = CaseTerms(service, WorkingTime(seconds))
    due = judge_case(Case("INC", opened, None), terms, opened).due_at

    assert judge_case(Case("INC", opened, due), terms, due).state is CaseState.MET
    opens_again = service.next_open(due)
    assert judge_case(Case("INC", opened, opens_again + 1), terms, due).state is CaseState.LATE
    assert Interval(opened, due).seconds >= seconds


def test_an_empty_period_is_refused():
    with pytest.raises(EmptyPeriod):
        measure_cases(Interval(10, 10), FOUR_HOURS, [], NOW)


def test_the_first_answer_is_the_first_of_a_person_that_says_something():
    replies = [Reply(10, False), Reply(30, True), Reply(20, True, False), Reply(40, True), Reply(25, False)]

    assert first_answer(replies) == 30
    assert first_answer(replies[:1]) is None
    assert first_answer([]) is None
