"""A figure by one convention of others at a time, beside Parley's own."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.cases import CaseState, CaseTerms, judge_case
from slas.calculation.conventions import PARLEY
from slas.calculation.deadlines import DayRule, Months, WorkingDays, WorkingTime
from slas.calculation.ledger import Case, Pause, Reopening
from slas.calculation.outcomes import AvailabilityInputs, CasesInputs, attain
from slas.calculation.outcomes.frame import Frame, Promise
from slas.calculation.outcomes.others import NEXT_OPENING, PAUSES, PLANNED_WORK, ROUNDING, OwnFigure, as_others
from slas.calculation.planned_work import PlannedWork, PlannedWorkTerms
from slas.calculation.rounding import half_up_percent
from slas.calculation.service_hours import ServiceHours
from slas.calculation.status import Status
from tests.slas.calculation.builders import LONDON, at, between, hours, month, outage

HOUR = 3600
OCTOBER = month("2026-10")
FOUR_HOURS = CaseTerms(hours(), WorkingTime(4 * HOUR))
NEXT_DAY = CaseTerms(hours(), WorkingDays(1, DayRule.END_OF_HOURS))
NOW = at("2026-11-10 09:40")
TAKEN_OUT = PlannedWorkTerms(frozenset({"standard"}), approval_needed=False)


def own(share, words, status=Status.KEPT, decimals=2):
    return OwnFigure(words, share, decimals, status)


@pytest.mark.parametrize(
    ("share", "places", "words"),
    [
        pytest.param("0.999949", 3, "99.995", id="down by Parley, up by others"),
        pytest.param("0.99995", 2, "100.00", id="exactly half goes up"),
        pytest.param("0.99994", 2, "99.99", id="less than half goes down"),
        pytest.param("1", 2, "100", id="exactly 100"),
        pytest.param("0", 1, "0.0", id="nothing"),
    ],
)
def test_others_round_to_the_nearest(share, places, words):
    assert half_up_percent(Fraction(share), places) == words


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        pytest.param(own(Fraction("0.99496"), "99.49", Status.MISSED), [("99.50", Status.MISSED, False)], id="up"),
        pytest.param(own(Fraction("0.9942"), "99.42"), [("99.42", Status.KEPT, True)], id="the same"),
        pytest.param(own(Fraction(8, 9), "8/9"), [], id="few are not rounded"),
        pytest.param(own(Fraction("0.99496"), "99.49", Status.DATA_GAP), [], id="a gap in the data"),
        pytest.param(own(None, "–", Status.NO_CASES), [], id="no value"),
    ],
)
def test_ordinary_rounding_keeps_the_status(figure, told):
    found = as_others(figure)

    assert [(each.words, each.status, each.is_same) for each in found] == told
    assert {each.convention for each in found} <= {ROUNDING}


# ---------------------------------------------------------------- planned work


def week(*facts, now=NOW, **terms):
    """A week of 40 hours, promised at 99.5 %."""
    span = between("2026-10-05 00:00", "2026-10-12 00:00")
    frame = Frame(Promise(Decimal("99.5"), decimals=2), span, span, now, LONDON, "office hours")
    works = tuple(each for each in facts if isinstance(each, PlannedWork))
    known = AvailabilityFacts(tuple(each for each in facts if not isinstance(each, PlannedWork)), works)
    return AvailabilityInputs(frame, AvailabilityTerms(hours(), planned_work=TAKEN_OUT, **terms), known, {}, {})


def work(start, end, kind="standard"):
    return PlannedWork(at(start), at(end), start, kind)


TWO_HOURS = work("2026-10-06 15:00", "2026-10-06 17:00")
TWELVE_MINUTES = outage("2026-10-07 10:00", "2026-10-07 10:12")


@pytest.mark.parametrize(
    ("inputs", "ours", "theirs"),
    [
        pytest.param(
            week(TWO_HOURS, TWELVE_MINUTES), ("99.47", "missed"), ("99.50", "close"), id="more time counts"
        ),
        pytest.param(week(TWELVE_MINUTES), ("99.50", "close"), ("99.50", "close"), id="no planned work"),
        pytest.param(
            week(TWO_HOURS, outage("2026-10-06 15:30", "2026-10-06 16:30")), ("100", "kept"), ("100", "kept"),
            id="down while work was planned",
        ),
        pytest.param(
            week(work("2026-10-06 15:00", "2026-10-06 17:00", "other")), ("95.00", "missed"), ("95.00", "missed"),
            id="work that was not agreed is down by both",
        ),
        pytest.param(
            week(TWO_HOURS, outage("2026-10-06 14:54", "2026-10-06 15:06"), minimum_outage=600),
            ("99.73", "kept"), ("99.75", "kept"),
            id="an outage that goes into the work is as long as it was",
        ),
        pytest.param(
            week(TWO_HOURS, TWELVE_MINUTES, now=at("2026-10-08 09:00")), ("99.47", "missed"), ("99.50", "at_risk"),
            id="while it runs",
        ),
    ],
)  # fmt: skip
def test_planned_work_in_the_denominator(inputs, ours, theirs):
    figure = attain(inputs)
    share = Fraction(figure.result.get("if_nothing_else", figure.result["agreed"]))
    found = {each.convention: each for each in as_others(own(share, figure.value_words, figure.status), inputs)}

    assert (figure.value_words, figure.status.value) == ours
    assert (found[PLANNED_WORK].words, found[PLANNED_WORK].status.value) == theirs
    assert found[PLANNED_WORK].is_same is (ours == theirs)
    assert set(found) == {ROUNDING, PLANNED_WORK}


def test_time_without_data_stays_left_out():
    span = between("2026-10-05 00:00", "2026-10-06 00:00")
    gap = (between("2026-10-05 09:00", "2026-10-05 10:00"),)
    facts = AvailabilityFacts(
        (outage("2026-10-05 11:00", "2026-10-05 11:12"),), (work("2026-10-05 15:00", "2026-10-05 17:00"),), gap
    )
    terms = AvailabilityTerms(hours(), planned_work=TAKEN_OUT)

    figure, other = (measure_availability(span, terms, facts, by) for by in (PARLEY, PLANNED_WORK))

    assert (figure.share, other.share) == (1 - Fraction(12, 300), 1 - Fraction(12, 420))
    assert (figure.coverage, other.coverage) == (Fraction(5, 6), Fraction(7, 8))
    assert (figure.experienced, figure.lost) == (other.experienced, other.lost)


# ---------------------------------------------------------------- cases


def case(opened, stopped, *pauses, **changes):
    ledger = tuple(Pause(at(start), None if end is None else at(end), "Awaiting caller") for start, end in pauses)
    return Case(opened, at(opened), None if stopped is None else at(stopped), ledger, **changes)


MET, LATE, OVERDUE, OPEN = CaseState.MET, CaseState.LATE, CaseState.OVERDUE, CaseState.OPEN


@pytest.mark.parametrize(
    ("one", "ours", "theirs"),
    [
        pytest.param(
            case("2026-10-05 10:00", "2026-10-05 16:00", ("2026-10-05 11:00", "2026-10-05 13:00")),
            ("2026-10-05 16:00", MET), ("2026-10-05 16:00", MET), id="inside the hours it is the same",
        ),
        pytest.param(
            case("2026-10-05 16:00", "2026-10-07 12:00", ("2026-10-05 18:00", "2026-10-06 08:00")),
            ("2026-10-06 12:00", LATE), ("2026-10-08 10:00", MET), id="a night outside the hours",
        ),
        pytest.param(
            case("2026-10-05 10:00", "2026-10-07 12:00", ("2026-10-05 13:00", "2026-10-06 10:00")),
            ("2026-10-06 11:00", LATE), ("2026-10-08 11:00", MET), id="over night",
        ),
        pytest.param(
            case("2026-10-05 10:00", "2026-10-06 10:30", ("2026-10-05 15:00", "2026-10-06 10:00")),
            ("2026-10-05 14:00", LATE), ("2026-10-05 14:00", LATE), id="a limit that has run out is not moved",
        ),
        pytest.param(
            case("2026-10-05 10:00", "2026-10-05 14:30", ("2026-10-05 14:00", "2026-10-05 15:00")),
            ("2026-10-05 14:00", MET), ("2026-10-05 14:30", MET), id="it stood still from the due instant on",
        ),
        pytest.param(
            case("2026-10-05 13:00", "2026-10-05 19:00"),
            ("2026-10-05 17:00", MET), ("2026-10-05 17:00", MET), id="after closing no time passes",
        ),
        pytest.param(
            case(
                "2026-10-05 10:00", "2026-10-05 15:00",
                reopenings=(Reopening(at("2026-10-05 11:00"), at("2026-10-05 12:00")),),
            ),
            ("2026-10-05 15:00", MET), ("2026-10-05 15:00", MET), id="solved time is service time for both",
        ),
        pytest.param(
            case("2026-10-05 16:00", None, ("2026-10-05 18:00", "2026-11-09 08:00")),
            ("2026-11-09 12:00", OVERDUE), ("2027-03-01 11:00", OPEN), id="still open",
        ),
    ],
)  # fmt: skip
def test_pauses_in_clock_time(one, ours, theirs):
    found = [judge_case(one, FOUR_HOURS, NOW, by) for by in (PARLEY, PAUSES)]

    assert [(each.due_at, each.state) for each in found] == [(at(due), state) for due, state in (ours, theirs)]
    assert found[0].elapsed_seconds == found[1].elapsed_seconds


@pytest.mark.parametrize(
    ("terms", "one", "ours", "theirs"),
    [
        pytest.param(
            NEXT_DAY, case("2026-10-05 10:00", "2026-10-06 18:00"),
            ("2026-10-06 17:00", LATE), ("2026-10-07 09:00", MET), id="solved after closing",
        ),
        pytest.param(
            FOUR_HOURS, case("2026-10-05 13:00", "2026-10-06 09:01"),
            ("2026-10-05 17:00", LATE), ("2026-10-06 09:00", LATE), id="late by both",
        ),
        pytest.param(
            FOUR_HOURS, case("2026-10-05 10:00", "2026-10-05 14:00"),
            ("2026-10-05 14:00", MET), ("2026-10-05 14:00", MET), id="within the day it is the same",
        ),
    ],
)  # fmt: skip
def test_due_at_the_next_opening(terms, one, ours, theirs):
    found = [judge_case(one, terms, NOW, by) for by in (PARLEY, NEXT_OPENING)]

    assert [(each.due_at, each.state) for each in found] == [(at(due), state) for due, state in (ours, theirs)]


def cases(terms, *known):
    frame = Frame(Promise(Decimal(90)), OCTOBER, OCTOBER, NOW, LONDON, "office hours")
    return CasesInputs(frame, terms, known, {})


def test_the_same_cases_are_counted_by_all():
    """Nine in time and one that was paused over a night and was late for it, by Parley alone."""
    in_time = [replace(case("2026-10-05 10:00", "2026-10-05 11:00"), id=str(number)) for number in range(11)]
    paused = case("2026-10-29 16:00", "2026-11-02 12:00", ("2026-10-29 18:00", "2026-10-30 08:00"))
    after_closing = case("2026-10-12 13:00", "2026-10-12 17:30")
    inputs = cases(FOUR_HOURS, *in_time, paused, after_closing)

    figure = attain(inputs)
    found = as_others(own(Fraction(12, 13), figure.value_words, figure.status, 1), inputs)

    assert figure.value_words == "92.3"
    assert [(each.convention, each.words, each.is_same) for each in found] == [
        (ROUNDING, "92.3", True),
        (PAUSES, "100", False),
        (NEXT_OPENING, "92.3", True),
    ]


def test_a_limit_in_months_has_no_closing():
    terms = CaseTerms(ServiceHours.always(LONDON), Months(1))
    inputs = cases(terms, case("2026-09-05 10:00", "2026-09-06 10:00"))

    assert {each.convention for each in as_others(own(Fraction(1), "1/1"), inputs)} == {PAUSES}
