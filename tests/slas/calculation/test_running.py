from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.cases import Attribution, CaseTerms
from slas.calculation.deadlines import WorkingTime
from slas.calculation.intervals import Interval
from slas.calculation.ledger import Case
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outcomes import CasesInputs, VolumeInputs, attain
from slas.calculation.outcomes.counts import VolumeRow
from slas.calculation.outcomes.frame import Frame, Promise
from slas.calculation.rounding import share_of, shown_percent
from slas.calculation.running import RunningFigure, burn, running
from slas.calculation.service_hours import ServiceHours
from slas.calculation.status import CloseRule, Status
from tests.slas.calculation.builders import EVERY_DAY, LONDON, at, between, hours, month, outage

NOVEMBER = month("2026-11")
TARGET = share_of("99.5")
TERMS = AvailabilityTerms(hours("04:00-22:00", days=EVERY_DAY))


def november(now, *outages):
    facts = AvailabilityFacts(outages)
    so_far = measure_availability(Interval(NOVEMBER.start, at(now)), TERMS, facts)
    return running(so_far, measure_availability(NOVEMBER, TERMS, facts), TARGET)


def test_three_numbers_of_a_running_month():
    figure = november("2026-11-10 09:40", outage("2026-11-03 10:00", "2026-11-03 12:01"))

    assert (figure.elapsed, figure.whole, figure.lost) == (10_060 * 60, 32_400 * 60, 121 * 60)
    assert shown_percent(figure.so_far, 1) == "98.7"
    assert shown_percent(figure.if_nothing_else, 1) == "99.6"
    assert figure.worst == Fraction(10_060 - 121, 32_400)
    assert (figure.standing.room, figure.standing.left) == (162 * 60, 41 * 60)
    assert round(figure.burn, 1) == Fraction(24, 10)
    assert figure.status(CloseRule()) is Status.AT_RISK


@pytest.mark.parametrize(
    ("now", "end", "status"),
    [
        pytest.param("2026-11-10 09:40", "2026-11-03 10:30", Status.KEPT, id="less than a quarter used"),
        pytest.param("2026-11-29 09:40", "2026-11-03 12:10", Status.CLOSE, id="much used, late in the month"),
        pytest.param("2026-11-04 09:40", "2026-11-03 13:00", Status.MISSED, id="missed already"),
    ],
)
def test_status_of_a_running_month(now, end, status):
    assert november(now, outage("2026-11-03 10:00", end)).status(CloseRule()) is status


def test_an_open_outage_has_cost_only_what_has_passed():
    figure = november("2026-11-03 11:00", outage("2026-11-03 10:00", None))

    assert figure.lost == 3600


def test_before_any_time_counts_there_is_no_figure():
    empty = RunningFigure(0, 0, Fraction(0), TARGET)

    assert (empty.so_far, empty.if_nothing_else, empty.worst, empty.burn) == (None,) * 4
    assert empty.status(CloseRule()) is Status.NO_CASES


def test_without_room_there_is_no_burn():
    assert burn(Fraction(1), 60, Fraction(1)) is None
    assert burn(Fraction(6), 600, Fraction(99, 100)) == 1


def running_cases(*cases, rule=Attribution.DUE):
    """Within four hours, on 10 November at noon."""
    frame = Frame(Promise(Decimal(90)), NOVEMBER, NOVEMBER, at("2026-11-10 12:00"), LONDON, "round the clock")
    terms = CaseTerms(ServiceHours.always(LONDON), WorkingTime(4 * 3600), attribution=rule)
    return three(attain(CasesInputs(frame, terms, cases, {})))


def three(outcome):
    return [outcome.result[key] for key in ("so_far", "if_nothing_else", "worst_case", "to_come")]


MET = Case("1", at("2026-11-03 09:00"), at("2026-11-03 10:00"))
LATE = Case("2", at("2026-11-04 09:00"), at("2026-11-04 19:00"))
OPEN = Case("3", at("2026-11-10 11:00"), None)


@pytest.mark.parametrize(
    ("cases", "rule", "numbers"),
    [
        pytest.param((MET, LATE, OPEN), Attribution.DUE, ["1/2", "2/3", "1/3", 1], id="an open one may be late"),
        pytest.param((MET, LATE), Attribution.DUE, ["1/2", "1/2", "1/2", 0], id="none is open"),
        pytest.param((OPEN,), Attribution.OPENED, [None, "1/1", "0/1", 1], id="nothing is due yet"),
        pytest.param((MET, OPEN), Attribution.STOPPED, ["1/1", "1/1", None, None], id="open ones are in no period"),
        pytest.param(
            (MET, replace(OPEN, opened_at=at("2026-11-10 05:00"))), Attribution.DUE, ["1/2", "1/2", "1/2", 0],
            id="overdue is late already",
        ),
        pytest.param((MET, replace(OPEN, left_out="spam")), Attribution.DUE, ["1/1", "1/1", "1/1", 0], id="left out"),
    ],
)  # fmt: skip
def test_open_cases_are_good_at_best_and_late_at_worst(cases, rule, numbers):
    assert running_cases(*cases, rule=rule) == numbers


def running_volume(day, *rows, silent=(), hours=None, **terms):
    frame = Frame(Promise(Decimal(90), **terms), NOVEMBER, NOVEMBER, at(f"2026-11-{day}"), LONDON, "round the clock")
    counts = tuple(VolumeRow(date(2026, 11, 1 + n), total, met) for n, (met, total) in enumerate(rows))
    return three(attain(VolumeInputs(frame, counts, False, hours or ServiceHours.always(LONDON), silent)))


@pytest.mark.parametrize(
    ("rows", "more", "numbers"),
    [
        pytest.param([(9, 10)], {}, ["9/10", "29/30", "3/10", 20], id="twice as much is to come"),
        pytest.param([(9, 10)], {"silent": (between("2026-11-01 00:00", "2026-11-06 00:00"),)},
                     ["9/10", "49/50", "9/50", 40], id="in half of the time 10 came"),
        pytest.param([(9, 10), (None, 5)], {}, ["9/10", "39/40", "9/40", 30], id="what nobody knows came as well"),
        pytest.param([(9, 10), (None, 5)], {"unknown": UnknownPolicy.DOWN}, ["3/5", "13/15", "1/5", 30], id="as lost"),
        pytest.param([], {}, [None, None, None, 0], id="nothing came"),
        pytest.param([(9, 10)], {"silent": (NOVEMBER,)}, ["9/10", "9/10", None, None], id="nobody knows how many"),
    ],
)  # fmt: skip
def test_counts_are_expected_as_they_came_in_proportion_to_the_service_time(rows, more, numbers):
    assert running_volume("11 00:00", *rows, **more) == numbers


def test_without_service_time_so_far_nobody_can_say_what_is_to_come():
    daytime = hours("09:00-17:00", days=EVERY_DAY)

    assert running_volume("01 08:00", (9, 10), hours=daytime) == ["9/10", "9/10", None, None]
    assert running_volume("30 18:00", (9, 10), hours=daytime) == ["9/10", "9/10", "9/10", 0]
