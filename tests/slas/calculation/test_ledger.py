"""What happens to a case on its way: late entries, reopenings, merges, another priority (calculation, section 4)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.cases import (
    Attribution,
    CaseState,
    CaseTerms,
    ChangeRule,
    PauseFlag,
    judge_case,
    measure_cases,
    overdue_next,
    settled_at,
)
from slas.calculation.deadlines import WorkingDays, WorkingTime
from slas.calculation.errors import BadLedger, ReversedInterval
from slas.calculation.ledger import Case, Pause, Reopening, clocks_of, follow_merges
from slas.calculation.service_hours import ServiceHours
from tests.slas.calculation.builders import at, hours, month

HOUR = 3600
FOUR_HOURS = CaseTerms(hours(), WorkingTime(4 * HOUR))
OCTOBER, NOVEMBER = month("2026-10"), month("2026-11")
NOW = at("2026-11-10 09:40")


def pause(start, end, reason="Awaiting caller", entered=None, **changes):
    return Pause(at(start), end and at(end), reason, entered_at=entered and at(entered), **changes)


def again(solved, reopened):
    return Reopening(at(solved), at(reopened))


def case(opened, stopped=None, *pauses, name="INC-1", **changes):
    return Case(name, at(opened), stopped and at(stopped), pauses, **changes)


@pytest.mark.parametrize(
    ("entered", "approved_by", "paused", "flags"),
    [
        pytest.param(None, "", 2, [], id="nobody knows when it was entered"),
        pytest.param("2026-10-05 11:00", "", 2, [], id="entered as it began"),
        pytest.param("2026-10-05 12:30", "", 0.5, [PauseFlag.NOT_APPROVED], id="counts from its entry"),
        pytest.param("2026-10-05 12:30", "A. Reyes", 2, [PauseFlag.APPROVED], id="approved"),
        pytest.param("2026-10-05 15:00", "", 0, [PauseFlag.NOT_APPROVED], id="entered when it was over"),
        pytest.param("2026-10-05 15:00", "A. Reyes", 2, [PauseFlag.APPROVED], id="over, and approved"),
    ],
)
def test_a_pause_that_was_entered_afterwards_counts_from_its_entry_unless_approved(entered, approved_by, paused, flags):
    late = pause("2026-10-05 11:00", "2026-10-05 13:00", entered=entered, approved_by=approved_by)

    result = judge_case(case("2026-10-05 10:00", "2026-10-05 16:00", late), FOUR_HOURS, NOW)

    assert result.paused_seconds == paused * HOUR
    assert sum(seconds for _, seconds in result.paused_by) == result.paused_seconds
    assert result.flags == tuple((late, flag) for flag in flags)


@pytest.mark.parametrize(
    ("end", "note", "is_flagged"),
    [
        ("2026-10-05 12:00", "", False),
        ("2026-10-05 12:00:01", "", True),
        ("2026-10-05 12:00:01", "The caller is on leave", False),
        (None, "", True),
    ],
)
def test_a_pause_longer_than_agreed_counts_and_needs_a_note(end, note, is_flagged):
    terms = replace(FOUR_HOURS, longest_pause=HOUR)
    long = pause("2026-10-05 11:00", end, note=note)

    result = judge_case(case("2026-10-05 10:00", "2026-10-05 14:00", long), terms, NOW)

    assert result.paused_seconds >= HOUR
    assert result.flags == (((long, PauseFlag.LONG),) if is_flagged else ())


def test_the_length_of_a_pause_is_service_time():
    over_night = pause("2026-10-05 16:30", "2026-10-06 09:30")
    terms = replace(FOUR_HOURS, longest_pause=HOUR)

    assert judge_case(case("2026-10-05 10:00", "2026-10-06 10:00", over_night), terms, NOW).flags == ()


def reopened(opened, stopped, *gaps, days=None):
    one = case(opened, stopped, reopenings=tuple(again(*gap) for gap in gaps))
    terms = replace(FOUR_HOURS, reopen_days=days)
    return [judge_case(clock, terms, NOW) for clock in clocks_of(one, terms.hours, days)]


GAP = ("2026-10-05 12:00", "2026-10-07 10:00")


@pytest.mark.parametrize("days", [None, 2, 5])
def test_a_case_that_is_opened_again_in_time_goes_on_without_the_solved_time(days):
    (result,) = reopened("2026-10-05 10:00", "2026-10-07 11:30", GAP, days=days)

    assert (result.elapsed_seconds, result.solved_seconds, result.paused_seconds) == (3.5 * HOUR, 14 * HOUR, 0)
    assert (result.due_at, result.state) == (at("2026-10-07 12:00"), CaseState.MET)


@pytest.mark.parametrize("days", [0, 1])
def test_a_case_that_is_opened_again_too_late_is_a_new_one(days):
    first, second = reopened("2026-10-05 10:00", "2026-10-07 16:00", GAP, days=days)

    assert (first.id, first.elapsed_seconds, first.state) == ("INC-1", 2 * HOUR, CaseState.MET)
    assert (second.id, second.case.again, second.elapsed_seconds) == ("INC-1 (2)", "INC-1", 6 * HOUR)
    assert (second.due_at, second.state) == (at("2026-10-07 14:00"), CaseState.LATE)


def test_days_to_open_again_are_dates_whatever_the_clock_does():
    over_the_change = ("2026-10-24 16:00", "2026-10-25 23:59")  # the clock goes back: 24 hours and 59 minutes more

    assert len(reopened("2026-10-23 10:00", "2026-10-26 10:00", over_the_change, days=1)) == 1
    assert len(reopened("2026-10-23 10:00", "2026-10-26 10:00", over_the_change, days=0)) == 2


def test_what_belongs_to_which_of_the_new_cases():
    one = case(
        *("2026-10-05 10:00", None),
        pause("2026-10-05 11:00", "2026-10-05 11:30"), pause("2026-10-20 11:00", "2026-10-20 12:00"),
        reopenings=(again("2026-10-05 12:00", "2026-10-06 09:00"), again("2026-10-06 10:00", "2026-10-20 10:00"),
                    again("2026-10-20 13:00", "2026-10-20 14:00")),
        unknown="nobody knows how it ended", joined=("INC-0",), limit_since=at("2026-10-20 11:30"),
    )  # fmt: skip

    first, second = clocks_of(one, hours(), 3)

    assert (first.stopped_at, second.opened_at) == (at("2026-10-06 10:00"), at("2026-10-20 10:00"))
    assert (len(first.pauses), len(first.reopenings), len(second.pauses), len(second.reopenings)) == (1, 1, 1, 1)
    assert (first.unknown, second.unknown) == ("", "nobody knows how it ended")
    assert (first.joined, second.joined) == (("INC-0",), ())
    assert (first.limit_since, second.limit_since) == (None, at("2026-10-20 11:30"))
    assert list(clocks_of(second, hours(), 3)) == [second]


def test_a_pause_in_solved_time_is_no_pause():
    one = case(
        *("2026-10-05 10:00", "2026-10-05 16:00"), pause("2026-10-05 11:00", "2026-10-05 13:00", party="customer"),
        reopenings=(again("2026-10-05 12:00", "2026-10-05 14:00"),),
    )  # fmt: skip

    result = judge_case(one, FOUR_HOURS, NOW)

    assert (result.elapsed_seconds, result.paused_seconds, result.solved_seconds) == (3 * HOUR, HOUR, 2 * HOUR)
    assert result.paused_by == (("customer", HOUR),)


@pytest.mark.parametrize(
    ("reopenings", "stopped", "error", "words"),
    [
        ([(20, 15)], 30, ReversedInterval, "Reopening 1 of case INC-1 ends before it starts"),
        (
            [(12, 14), (13, 15)],
            30,
            BadLedger,
            "solved at 1970-01-01 00:00:13 UTC, before it was open at 1970-01-01 00:00:14 UTC",
        ),
        ([(5, 14)], 30, BadLedger, "Reopening 1 of case INC-1 was solved at 1970-01-01 00:00:05 UTC, before it"),
        ([(12, 20)], 19, BadLedger, "Case INC-1 stops at 1970-01-01 00:00:19 UTC, before it is opened again at"),
    ],
)
def test_a_ledger_that_contradicts_itself_is_refused_by_case_and_row(reopenings, stopped, error, words):
    with pytest.raises(error, match=words):
        Case("INC-1", 10, stopped, reopenings=tuple(Reopening(*each) for each in reopenings))


def test_the_case_that_goes_on_starts_with_the_earliest_that_was_merged_into_it():
    cases = [
        case("2026-10-05 12:00", "2026-10-05 15:00", name="INC-3"),
        case("2026-10-05 11:00", "2026-10-05 12:30", name="INC-2", merged_into="INC-3"),
        case("2026-10-05 10:00", "2026-10-05 11:30", name="INC-1", merged_into="INC-2"),
    ]

    figure = measure_cases(OCTOBER, FOUR_HOURS, follow_merges(cases), NOW)
    states = {result.id: result.state for result in figure.results}

    assert states == {"INC-1": CaseState.MERGED, "INC-2": CaseState.MERGED, "INC-3": CaseState.LATE}
    assert (figure.share.eligible, figure.count(CaseState.MERGED)) == (1, 2)
    goes_on = next(result for result in figure.results if result.id == "INC-3")
    assert (goes_on.elapsed_seconds, goes_on.case.joined) == (5 * HOUR, ("INC-1", "INC-2"))
    assert set(follow_merges(follow_merges(cases))) == set(follow_merges(cases))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param([], id="a typing error"),
        pytest.param([case("2026-10-05 09:00", name="INC-9", left_out="spam")], id="one that is left out"),
        pytest.param([case("2026-10-05 09:00", name="INC-9", merged_into="INC-1")], id="one that is merged into it"),
    ],
)
def test_no_merge_makes_a_case_disappear(other):
    merged = case("2026-10-05 10:00", "2026-10-20 10:00", merged_into="INC-9")

    figure = measure_cases(OCTOBER, FOUR_HOURS, follow_merges([merged, *other]), NOW)

    counts = next(result for result in figure.results if result.id == "INC-1")
    assert (counts.state, counts.case.astray) == (CaseState.LATE, "INC-9")


@pytest.mark.parametrize(
    ("merges", "astray"),
    [
        ({"INC-1": "INC-2", "INC-2": "INC-1"}, {"INC-1", "INC-2"}),
        ({"INC-1": "INC-2", "INC-2": "INC-3", "INC-3": "INC-2"}, {"INC-2", "INC-3"}),
        ({"INC-1": "INC-2", "INC-2": "INC-9"}, {"INC-2"}),
        ({"INC-1": "INC-2", "INC-2": "INC-3", "INC-3": ""}, set()),
    ],
)
def test_cases_that_are_merged_in_a_circle_count_themselves(merges, astray):
    found = follow_merges([Case(name, 10, 20, merged_into=into) for name, into in merges.items()])

    assert {each.id for each in found if each.astray} == astray
    assert any(not each.merged_into for each in found)


def test_a_case_is_not_merged_into_itself():
    with pytest.raises(BadLedger, match="Case INC-1 is merged into itself"):
        Case("INC-1", 10, 20, merged_into="INC-1")


@pytest.mark.parametrize(("rule", "counts_in"), [(ChangeRule.FROM_START, [1, 0]), (ChangeRule.FROM_CHANGE, [0, 1])])
def test_an_open_case_that_came_to_the_limit_after_the_period_counts_once(rule, counts_in):
    raised = case("2026-10-05 10:00", limit_since=at("2026-11-05 10:00"))
    terms = replace(FOUR_HOURS, change=rule)

    found = [measure_cases(span, terms, [raised], min(span.end, NOW)).results for span in (OCTOBER, NOVEMBER)]

    assert [len(results) for results in found] == counts_in


RAISED = at("2026-10-05 13:00")


@pytest.mark.parametrize(
    ("rule", "since", "elapsed", "state"),
    [
        (ChangeRule.FROM_START, RAISED, 4.5, CaseState.LATE),
        (ChangeRule.FROM_CHANGE, RAISED, 2.5, CaseState.MET),
        (ChangeRule.FROM_CHANGE, None, 4.5, CaseState.LATE),
        (ChangeRule.FROM_CHANGE, at("2026-10-05 16:30"), 4.5, CaseState.LATE),  # changed when it was solved
    ],
)
def test_a_new_limit_runs_from_the_original_start_unless_the_change_is_agreed(rule, since, elapsed, state):
    one = case(
        *("2026-10-05 10:00", "2026-10-05 16:00"),
        pause("2026-10-05 11:00", "2026-10-05 11:30"), pause("2026-10-05 12:30", "2026-10-05 13:30"),
        limit_since=since,
    )  # fmt: skip

    result = judge_case(one, replace(FOUR_HOURS, change=rule), NOW)

    assert (result.elapsed_seconds, result.state) == (elapsed * HOUR, state)


STORIES = {
    "in time": case("2026-09-30 16:30", "2026-10-01 09:30", name="in time"),  # due 1 October
    "late": case("2026-10-29 10:00", "2026-11-03 10:00", name="late"),  # due 29 October
    "open": case("2026-10-30 16:00", None, name="open"),  # due 2 November
    "duplicate": case("2026-10-06 10:00", None, name="duplicate", left_out="duplicate"),
    "unknown": case("2026-10-07 10:00", None, name="unknown", unknown="the log has a hole"),
}


@pytest.mark.parametrize(
    ("rule", "october", "november"),
    [
        (Attribution.DUE, {"in time", "late", "duplicate", "unknown"}, {"open"}),
        (Attribution.STOPPED, {"in time", "duplicate", "unknown"}, {"late"}),
        (Attribution.OPENED, {"late", "open", "duplicate", "unknown"}, set()),
    ],
)
def test_a_case_counts_where_the_agreed_rule_puts_it(rule, october, november):
    terms = replace(FOUR_HOURS, attribution=rule)

    def names(period, as_of):
        return {result.id for result in measure_cases(period, terms, STORIES.values(), as_of).results}

    assert (names(OCTOBER, OCTOBER.end), names(NOVEMBER, NOW)) == (october, november)


@pytest.mark.parametrize(
    ("now", "until", "state"),
    [
        ("2026-10-31 12:00", "2026-10-31 12:00", CaseState.OPEN),
        ("2026-11-02 09:00", "2026-11-01 00:00", CaseState.OPEN),
        ("2026-11-02 12:00", "2026-11-01 00:00", CaseState.OPEN),
        ("2026-11-03 15:00", "2026-11-02 12:00:01", CaseState.OVERDUE),
        ("2026-12-24 15:00", "2026-11-02 12:00:01", CaseState.OVERDUE),
    ],
)
def test_by_creation_cases_are_looked_at_until_the_last_that_is_overdue_was(now, until, state):
    terms = replace(FOUR_HOURS, attribution=Attribution.OPENED)

    reach = settled_at(OCTOBER, terms, STORIES.values(), at(now))

    assert reach == at(until)
    assert measure_cases(OCTOBER, terms, [STORIES["open"]], reach).results[0].state is state


@pytest.mark.parametrize(
    ("now", "pauses", "at_once"),
    [
        pytest.param("2026-10-30 16:30", (), "2026-11-02 12:00:01", id="to come"),
        pytest.param("2026-11-02 12:00", (), "2026-11-02 12:00:01", id="at the last second"),
        pytest.param("2026-11-02 12:01", (), None, id="overdue already"),
        pytest.param("2026-11-02 11:00", ("2026-11-02 10:00", None), None, id="its clock stands still"),
        pytest.param("2026-11-02 11:30", ("2026-11-02 10:00", "2026-11-02 11:00"), "2026-11-02 13:00:01", id="it did"),
    ],
)
def test_by_creation_the_next_case_is_overdue_by_the_passing_of_time(now, pauses, at_once):
    waiting = case("2026-10-30 16:00", None, *([pause(*pauses)] if pauses else []), name="open")
    left_out = [STORIES["duplicate"], STORIES["unknown"], STORIES["late"]]
    terms = replace(FOUR_HOURS, attribution=Attribution.OPENED)

    assert overdue_next(OCTOBER, terms, [waiting, *left_out], at(now)) == (at_once and at(at_once))
    assert overdue_next(NOVEMBER, terms, [waiting], at(now)) is None


def test_by_creation_the_first_of_those_that_wait_is_named():
    one, two = (case(f"2026-10-30 {opened}", name=opened) for opened in ("16:30", "16:00"))
    terms = replace(FOUR_HOURS, attribution=Attribution.OPENED)

    assert overdue_next(OCTOBER, terms, [one, two], at("2026-10-30 16:45")) == at("2026-11-02 12:00:01")


ALWAYS = ServiceHours.always("UTC")
moments = st.integers(0, 40)
pauses = st.lists(st.tuples(moments, moments, st.none() | moments, st.booleans()), max_size=3)
rising = st.lists(moments, min_size=2, max_size=8).map(sorted)


@settings(deadline=None)
@given(
    times=rising, pieces=pauses, since=st.none() | moments, limit=st.integers(0, 30), rule=st.sampled_from(ChangeRule)
)
def test_the_whole_ledger_is_what_its_seconds_say(times, pieces, since, limit, rule):
    opened, *inner, stopped = times
    gaps = tuple(Reopening(*pair) for pair in zip(inner[::2], inner[1::2], strict=False))
    ledger = tuple(
        Pause(start, start + length, "", entered_at=entered, approved_by="A. Reyes" if is_approved else "")
        for start, length, entered, is_approved in pieces
    )
    start = since if rule is ChangeRule.FROM_CHANGE and since is not None and opened <= since <= stopped else opened
    solved = {second for gap in gaps for second in range(*gap) if start <= second < stopped}
    paused = set()
    for start_of, length, entered, is_approved in pieces:
        from_ = start_of if is_approved or entered is None else max(start_of, entered)
        paused |= {second for second in range(from_, start_of + length) if start <= second < stopped}
    paused -= solved
    terms = CaseTerms(ALWAYS, WorkingTime(limit), change=rule)

    result = judge_case(Case("INC", opened, stopped, ledger, reopenings=gaps, limit_since=since), terms, stopped)

    assert (result.paused_seconds, result.solved_seconds) == (len(paused), len(solved))
    assert result.elapsed_seconds == stopped - start - len(paused) - len(solved)
    assert (result.state is CaseState.MET) == (result.elapsed_seconds <= limit)
    assert sum(seconds for _, seconds in result.paused_by) == len(paused)
    assert len([second for second in range(start, result.due_at) if second not in paused | solved]) == limit


@settings(deadline=None)
@given(times=rising, days=st.none() | st.integers(0, 1))
def test_new_cases_leave_out_no_second_but_the_solved_ones(times, days):
    opened, *inner, stopped = (time * 7200 for time in times)
    gaps = tuple(Reopening(*pair) for pair in zip(inner[::2], inner[1::2], strict=False))
    terms = CaseTerms(ALWAYS, WorkingDays(1), reopen_days=days)

    results = [judge_case(each, terms, stopped) for each in clocks_of(
        Case("INC", opened, stopped, reopenings=gaps), ALWAYS, days)]  # fmt: skip

    assert sum(result.elapsed_seconds for result in results) == stopped - opened - sum(b - a for a, b in gaps)
    assert len({result.id for result in results}) == len(results)


def test_what_is_merged_into_a_case_that_is_left_out_and_goes_nowhere_counts_itself():
    first = case("2026-10-05 10:00", "2026-10-05 15:00", name="INC-1", merged_into="INC-2")
    second = case("2026-10-05 11:00", "2026-10-05 12:00", name="INC-2", merged_into="INC-X", left_out="Spam")

    followed = follow_merges([first, second])

    assert [(each.astray, judge_case(each, FOUR_HOURS, NOW).state.value) for each in followed] == [
        ("INC-2", "late"),
        ("INC-X", "left_out"),
    ]
    assert follow_merges(followed) == followed
