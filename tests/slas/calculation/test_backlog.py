from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from slas.calculation.backlog import measure_backlog, prove_backlog
from slas.calculation.ledger import Case, Reopening
from slas.calculation.service_hours import ServiceHours
from tests.slas.calculation.builders import at, hours

HOUR = 3600
NOON = at("2026-10-12 12:00")  # a Monday
FRIDAY = Case("INC-1", at("2026-10-09 15:00"), None)
CASES = [
    FRIDAY,
    Case("INC-2", at("2026-10-10 09:00"), None),
    Case("INC-3", at("2026-10-01 09:00"), at("2026-10-12 11:59")),
    Case("INC-4", at("2026-10-12 11:00"), at("2026-10-12 12:01")),
    Case("INC-5", at("2026-10-12 12:00"), None),
    Case("INC-6", at("2026-10-01 09:00"), None, left_out="duplicate"),
    Case("INC-7", at("2026-10-01 09:00"), None, merged_into="INC-1"),
    Case("INC-8", at("2026-10-01 09:00"), None, reopenings=(Reopening(NOON, NOON + 60),)),
]


def test_age_is_counted_in_working_time_and_not_by_the_calendar():
    figure = measure_backlog(hours(), CASES, NOON)

    assert figure.ages == (("INC-1", 5 * HOUR), ("INC-2", 3 * HOUR), ("INC-4", HOUR))
    assert (figure.count, figure.total, figure.oldest) == (3, 9 * HOUR, 5 * HOUR)
    assert figure.percentile("50").seconds == 3 * HOUR


def test_without_open_cases_there_is_no_oldest():
    figure = measure_backlog(hours(), CASES[2:3], NOON)

    assert (figure.count, figure.oldest, figure.percentile("50"), figure.total) == (0, None, None, 0)
    assert [line.key for line in figure.lines] == ["open", "age_together"]


@given(st.lists(st.tuples(st.integers(0, 50), st.none() | st.integers(50, 150)), max_size=8))
def test_the_ages_are_those_of_each_case_alone(cases):
    facts = [Case(f"{number}", opened, stopped) for number, (opened, stopped) in enumerate(cases)]
    always = ServiceHours.always("UTC")

    figure = measure_backlog(always, facts, 100)

    open_then = [case for case in facts if case.stopped_at is None or case.stopped_at > 100]
    assert dict(figure.ages) == {case.id: 100 - case.opened_at for case in open_then}
    assert sorted(figure.ages, key=lambda age: -age[1]) == list(figure.ages)


def test_the_proof_does_not_hear_of_what_happened_later():
    solved = [replace(FRIDAY, stopped_at=at("2026-10-13 12:00")), *reversed(CASES[1:])]

    proofs = [prove_backlog(hours(), cases, NOON, measure_backlog(hours(), cases, NOON)) for cases in (CASES, solved)]

    assert proofs[0].to_json() == proofs[1].to_json()
    assert set(proofs[0].evidence) == {"INC-1", "INC-2", "INC-4"}
