"""Bad input is refused or handled as stated: what, where, what to do; and nothing else of the batch is lost."""

import re
from datetime import UTC, date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from slas.calculation.aggregation import Member
from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.backlog import measure_backlog
from slas.calculation.case_flow import FlowCase, FlowTerms, measure_flow
from slas.calculation.cases import CaseTerms, measure_cases
from slas.calculation.checks import Check, State, states_of
from slas.calculation.credits import CreditTerms, CreditUnit
from slas.calculation.deadlines import WorkingDays, WorkingTime
from slas.calculation.deliveries import Delivery, DeliveryTerms, measure_deliveries
from slas.calculation.errors import CalculationError
from slas.calculation.estimates import Estimate, measure_estimates
from slas.calculation.first_contact import Contact, FirstContactTerms, measure_first_contact
from slas.calculation.forecast import PastMonth
from slas.calculation.intervals import Interval
from slas.calculation.ledger import Case, Pause
from slas.calculation.occasions import OccasionSchedule, Rhythm
from slas.calculation.outages import Fate, Outage
from slas.calculation.planned_work import PlannedWork, PlannedWorkTerms
from slas.calculation.rounding import share_of
from slas.calculation.satisfaction import measure_satisfaction
from slas.calculation.service_hours import ServiceHours, Window
from slas.calculation.shares import ShareFigure
from slas.calculation.status import CloseRule, Status
from slas.importers.rows.kinds import SCHEMAS
from slas.importers.rows.reading import read_rows
from slas.importers.rows.values import Surroundings
from tests.slas.calculation.builders import hours

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
ALWAYS = AvailabilityTerms(ServiceHours.always("UTC"))
HOUR = Interval(0, 3600)
FLOW = FlowTerms(CaseTerms(ALWAYS.hours, WorkingTime(9)), ())
TO_DO = ("Add", "Agree", "Choose", "Correct", "Enter", "Give", "Keep", "Leave", "Name", "Put", "Send", "Use", "Write")
ON, LATER = date(2026, 10, 1), date(2026, 11, 1)


def measured(*outages, terms=ALWAYS, works=(), unknown=()):
    return measure_availability(HOUR, terms, AvailabilityFacts(outages, works, unknown))


def first_contact(span, contacts):
    return measure_first_contact(span, FirstContactTerms("UTC", days=1), contacts, 60)


def delivered(first_on, end_on, deliveries):
    return measure_deliveries(first_on, end_on, DeliveryTerms(ALWAYS.hours), deliveries, LATER)


def hours_of(zone):
    return ServiceHours(zone, ((Window(0, 60),),) * 7)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        pytest.param(
            lambda: Outage("INC-1", 20, 10), "(1970-01-01 00:00:10 UTC is before 1970-01-01 00:00:20 UTC)",
            id="reversed outage",
        ),
        pytest.param(lambda: measured(unknown=(Interval(20, 10),)), "A time without data ends", id="reversed gap"),
        pytest.param(
            lambda: AvailabilityTerms(ALWAYS.hours, in_force=Interval(20, 10)), "The time in force ends before",
            id="reversed agreement",
        ),
        pytest.param(
            lambda: PlannedWork(20, 10, "CHG-1", "planned"), "Planned work CHG-1 ends before", id="reversed work"
        ),
        pytest.param(
            lambda: PlannedWork(20, 30, "CHG-1", "planned", ended_at=10), "Planned work CHG-1 ends before",
            id="work that ended before it began",
        ),
        pytest.param(lambda: Case("INC-1", 20, 10), "Case INC-1 ends before it starts", id="solved before opened"),
        pytest.param(
            lambda: Case("INC-1", 0, 60, (Pause(1, 2, "User"), Pause(20, 10, "User"))),
            "Pause 2 of case INC-1 ends before it starts", id="reversed pause",
        ),
        pytest.param(
            lambda: measure_availability(Interval(60, 60), ALWAYS, AvailabilityFacts()),
            "from 1970-01-01 00:01:00 UTC to 1970-01-01 00:01:00 UTC holds no time",
            id="a period of no time",
        ),
        pytest.param(
            lambda: measure_cases(HOUR, CaseTerms(ALWAYS.hours, WorkingTime(9)), [Case("INC-1", 0, 9)] * 2, 60),
            "Case INC-1 stands there twice", id="one case twice",
        ),
        *(
            pytest.param(lambda zone=zone: hours_of(zone), f"“{zone}” is not a time zone", id=f"zone “{zone}”")
            for zone in ("Mars/Base", "", "localtime", "right/Europe/London", "posixrules", "../etc/passwd", "Europe")
        ),
        pytest.param(lambda: hours("").due(0, 1), "do not open again", id="hours that never open"),
        pytest.param(lambda: Window(60, 60), "it must close after it opens", id="a window of no time"),
        pytest.param(lambda: Window(-1, 60), "it must open between", id="a window before the day"),
        *(
            pytest.param(lambda text=text: share_of(text), f"“{text}” is not a percentage", id=f"threshold {text}")
            for text in ("NaN", "sNaN", "Infinity", "-Infinity", "-0.1", "100.01", "99,5", "")
        ),
        pytest.param(lambda: WorkingTime(-1), "A time limit of -1 is below zero", id="negative limit"),
        pytest.param(lambda: WorkingDays(1, day_seconds=0), "A day of 0 cannot be", id="a day of no hours"),
        pytest.param(lambda: WorkingDays(1, cut_off=-1), "A cut-off of -1 cannot be", id="cut-off"),
        pytest.param(
            lambda: AvailabilityTerms(ALWAYS.hours, flap_gap=-1), "A gap to merge of -1 is below", id="negative gap"
        ),
        pytest.param(
            lambda: AvailabilityTerms(ALWAYS.hours, minimum_outage=-1), "A minimum outage of -1", id="negative minimum"
        ),
        pytest.param(lambda: AvailabilityTerms(ALWAYS.hours, carry_seconds=-1), "A carried state of -1", id="carry"),
        pytest.param(lambda: PlannedWorkTerms(cap=-1), "A cap on planned work of -1 is below zero", id="negative cap"),
        pytest.param(
            lambda: CaseTerms(ALWAYS.hours, WorkingTime(9), longest_pause=-1), "A longest pause of -1", id="pause"
        ),
        pytest.param(
            lambda: CaseTerms(ALWAYS.hours, WorkingTime(9), reopen_days=-1), "A time to open again of", id="reopening"
        ),
        pytest.param(
            lambda: Outage("INC-1", 0, 10, Fraction(3, 2)), "What is usable in outage INC-1 of 3/2 is no share",
            id="more usable than all",
        ),
        pytest.param(
            lambda: AvailabilityTerms(ALWAYS.hours, minimum_coverage=Fraction(95)), "The minimum coverage of 95 is no",
            id="coverage in percent",
        ),
        pytest.param(lambda: ShareFigure(1, 2, known_time=Fraction(2)), "The known time of 2 is no share", id="known"),
        pytest.param(lambda: ShareFigure(-1, 2), "-1 of 2 is not a share", id="negative count"),
        *(
            pytest.param(
                lambda met=met, whole=whole: Member("shop", Fraction(met), Fraction(whole)),
                f"“shop”: {met} of {whole} is not a share", id=f"a member of {met} of {whole}",
            )
            for met, whole in ((3, -2), (5, 2), (-1, 2))
        ),
        pytest.param(lambda: measure_satisfaction([7]), "A score of 7 is not on the scale from 1 to 5", id="score"),
        pytest.param(lambda: CreditTerms(CreditUnit.AMOUNT, claim_days=-5), "A time to claim of -5", id="claim"),
        *(
            pytest.param(
                lambda periods=periods: CreditTerms(CreditUnit.AMOUNT, earn_back_periods=periods),
                f"cannot be earned back in {periods} periods", id=f"earned back in {periods}",
            )
            for periods in (0, -1)
        ),
        pytest.param(lambda: CloseRule(Fraction(-1)), "The room used of -1 is no share", id="negative room"),
        pytest.param(lambda: CloseRule(margin=Fraction(3)), "The margin of 3 is no share", id="margin"),
        pytest.param(lambda: PastMonth(0, 5), "A past month of 0 days", id="a month of no days"),
        pytest.param(lambda: PastMonth(30, -5), "with -5 seconds of service time", id="negative service time"),
        pytest.param(
            lambda: OccasionSchedule(ALWAYS.hours, Rhythm.DAILY, -1), "A due time of -1", id="due before the day"
        ),
        pytest.param(
            lambda: OccasionSchedule(ALWAYS.hours, Rhythm.MONTHLY, 0, 32), "A day of the month of 32 cannot be",
            id="day of the month",
        ),
        *(
            pytest.param(make, "“1” is counted twice", id=f"{name} twice")
            for name, make in (
                ("contact", lambda: first_contact(HOUR, [Contact("1", 5, "password", is_solved=True)] * 2)),
                ("backlog", lambda: measure_backlog(ALWAYS.hours, [Case("1", 0, None)] * 2, 60)),
                ("delivery", lambda: delivered(ON, LATER, [Delivery("1", ON)] * 2)),
                ("estimate", lambda: measure_estimates([Estimate("1", Fraction(1), Fraction(1))] * 2)),
                ("flow", lambda: measure_flow(HOUR, FLOW, [FlowCase(Case("1", 0, 9), ())] * 2, 60)),
            )
        ),
        *(
            pytest.param(make, "holds no time", id=f"{name} in no time")
            for name, make in (
                ("contacts", lambda: first_contact(Interval(9, 9), [])),
                ("flow", lambda: measure_flow(Interval(9, 5), FLOW, [], 60)),
                ("deliveries", lambda: delivered(LATER, ON, [])),
            )
        ),
        pytest.param(
            lambda: states_of([Check(5, State.UP), Check(5, State.DOWN)], HOUR, None),
            "Two checks at 1970-01-01 00:00:05 UTC", id="a clock that jumped back onto another check",
        ),
    ],
)  # fmt: skip
def test_the_core_refuses_by_name(make, told):
    with pytest.raises(CalculationError) as refused:
        make()

    assert told in str(refused.value)
    # And then what to do about it: the last sentence asks for something.
    assert re.search(rf"[.)] ({'|'.join(TO_DO)}) .+\.$", str(refused.value)), str(refused.value)


def test_what_the_core_takes_as_stated():
    outside = Outage("after", 4000, 5000)
    twice = (Outage("a", 600, 1200), Outage("b", 600, 1200), Outage("c", 900, 1500), Outage("zero", 100, 100))

    figure = measured(*twice, outside)

    assert figure.lost == 900  # overlapping and equal outages count once, one of no time costs nothing
    assert {use.id: use.fate for use in figure.outages}["c"] is Fate.COUNTED
    assert "after" not in {use.id for use in figure.outages if use.counted}
    later = AvailabilityTerms(ALWAYS.hours, in_force=Interval(1200, 3600))
    assert (measured(*twice, terms=later).counted_seconds, measured(*twice, terms=later).lost) == (2400, 300)


def test_hours_that_are_never_open_are_nothing_to_judge():
    assert measured(terms=AvailabilityTerms(hours(""))).judge(share_of("99"), CloseRule()).status is Status.NO_CASES


def test_one_hundred_percent_leaves_no_room():
    whole = measured().judge(share_of("100"), CloseRule())
    one_second = measured(Outage("INC-1", 0, 1)).judge(share_of("100"), CloseRule())

    assert (whole.status, one_second.status, one_second.standing.room) == (Status.KEPT, Status.MISSED, 0)


def test_a_feed_whose_clock_jumped_back_is_put_in_order():
    checks = [Check(0, State.UP), Check(600, State.DOWN), Check(300, State.DOWN), Check(900, State.UP)]

    assert states_of(checks, HOUR, None).down == (Interval(300, 900),)


GOOD = {
    "outages": {"started_at": "2026-10-06T05:12Z", "ended_at": "2026-10-06T05:26Z"},
    "checks": {"at": "2026-10-06T05:12Z", "state": "up"},
    "cases": {"key": "INC-1", "opened_at": "2026-10-06T05:12Z"},
    "occasions": {"on": "2026-10-06", "completed_at": "2026-10-06T05:12Z"},
    "volumes": {"on": "2026-10-06", "total": "10", "met": "9"},
    "surveys": {"on": "2026-10-06", "asked": "10", "answers": "9", "good": "8"},
    "gaps": {"started_at": "2026-10-06T05:12Z", "ended_at": "2026-10-06T05:26Z"},
    "covered": {"started_at": "2026-10-06T05:12Z", "ended_at": "2026-10-06T05:26Z"},
}


@pytest.mark.parametrize(
    ("fact", "values", "field", "words"),
    [
        *(
            pytest.param(
                fact, {"started_at": "2026-10-07T06:00Z", "ended_at": end}, "ended_at", "is not after started_at",
                id=f"{fact}, {name}",
            )
            for fact in ("outages", "gaps", "covered")
            for name, end in (("reversed", "2026-10-07T05:00Z"), ("of no time", "2026-10-07T06:00Z"))
        ),
        pytest.param(
            "outages", {"started_at": "2026-10-06T05:12Z"}, "started_at", "stands in row 2 with other values",
            id="the same outage otherwise",
        ),
        pytest.param(
            "checks", {"at": "2026-10-06T05:12Z", "state": "down"}, "at", "stands in row 2 with other values",
            id="one second, two findings",
        ),
        pytest.param("checks", {"at": "2026-11-10T09:46Z", "state": "up"}, "at", "in the future", id="clock ahead"),
        pytest.param("checks", {"at": "1970-01-01T00:00Z", "state": "up"}, "at", "is before 1990", id="clock at zero"),
        pytest.param(
            "checks", {"at": "1990-01-01T00:00+14:00", "state": "up"}, "at", "is before 1990", id="before by its offset"
        ),
        pytest.param(
            "checks", {"at": "2026-10-07T05:12Z", "state": "up", "response_ms": "NaN"}, "response_ms",
            "“NaN” is not a number of milliseconds", id="NaN",
        ),
        pytest.param(
            "checks", {"at": "2026-10-07T05:12Z", "state": "up", "response_ms": float("nan")}, "response_ms",
            "“nan” is not a number of milliseconds", id="NaN of a program",
        ),
        pytest.param(
            "checks", {"at": "2026-10-07T05:12Z", "state": "up", "response_ms": float("inf")}, "response_ms",
            "“inf” is not a number of milliseconds", id="infinite",
        ),
        pytest.param(
            "checks", {"at": "2026-10-07T05:12Z", "state": "up", "response_ms": "-5"}, "response_ms",
            "is not a possible response time", id="negative duration",
        ),
        pytest.param(
            "cases", {"key": "INC-2", "opened_at": "2026-10-07T05:12Z", "resolved_at": "2026-10-07T05:11Z"},
            "resolved_at", "is before opened_at", id="solved before opened",
        ),
        pytest.param(
            "cases", {"key": "INC-2", "opened_at": "2026-10-07T05:12Z", "responded_at": "2026-10-07T05:11Z"},
            "responded_at", "is before opened_at", id="answered before opened",
        ),
        pytest.param(
            "cases",
            {
                "key": "INC-2", "opened_at": "2026-10-07T05:12Z",
                "pauses": "2026-10-07T07:00Z/2026-10-07T06:00Z Supplier",
            },
            "pauses", "ends before it starts", id="reversed pause",
        ),
        pytest.param(
            "occasions", {"on": "2026-10-06", "completed_at": "2026-10-06T06:00Z"}, "on", "with other values",
            id="one occasion twice",
        ),
        pytest.param("occasions", {"on": "2026-02-30"}, "on", "is not a date", id="no such date"),
        pytest.param("volumes", {"on": "2026-10-07", "total": "NaN"}, "total", "is not a whole number", id="no count"),
        pytest.param("volumes", {"on": "2026-10-07", "total": "-1"}, "total", "not a possible count", id="below zero"),
        pytest.param(
            "surveys", {"on": "2026-10-07", "asked": "9", "answers": "10", "good": "8"}, "answers",
            "10 answers from 9 people asked", id="more answers than people",
        ),
        pytest.param(
            "outages", {"started_at": "2026-10-07T05:12"}, "started_at", "names no time zone", id="naive time"
        ),
        pytest.param(
            "outages", {"started_at": "2026-10-07T05:12 Mars/Base"}, "started_at", "is not a time", id="unknown zone"
        ),
    ],
)  # fmt: skip
def test_a_batch_loses_only_the_bad_row_and_names_it(fact, values, field, words):
    reading = read_rows(SCHEMAS[fact], [(2, GOOD[fact]), (3, values)], Surroundings(NOW))

    assert (len(reading.rows), reading.refused) == (1, 1)
    [problem] = reading.errors
    assert (problem.row, problem.field) == (3, field)
    assert words in problem.what
    assert problem.to_do


@pytest.mark.parametrize(
    ("local", "words"), [("2026-03-29T01:30", "does not exist"), ("2026-10-25T01:30", "happened twice")]
)
def test_a_time_of_the_night_of_the_change_is_refused_by_row_and_field(local, words):
    around = Surroundings(NOW, ZoneInfo("Europe/London"))
    rows = [(2, {"started_at": "2026-10-06T05:12"}), (3, {"started_at": local})]

    reading = read_rows(SCHEMAS["outages"], rows, around)

    assert (len(reading.rows), [(each.row, each.field) for each in reading.errors]) == (1, [(3, "started_at")])
    assert words in reading.errors[0].what
