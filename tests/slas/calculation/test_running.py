from fractions import Fraction

import pytest

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.intervals import Interval
from slas.calculation.rounding import share_of, shown_percent
from slas.calculation.running import RunningFigure, burn, running
from slas.calculation.status import CloseRule, Status
from tests.slas.calculation.builders import EVERY_DAY, at, hours, month, outage

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
