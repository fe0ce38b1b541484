"""Larkmoor Foods, October 2026: figures that both sides know by heart."""

from fractions import Fraction

import pytest

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.deadlines import WorkingDays
from slas.calculation.planned_work import PlannedWork, PlannedWorkTerms
from slas.calculation.rounding import share_of, shown_percent
from slas.calculation.satisfaction import SatisfactionFigure
from slas.calculation.service_hours import ServiceHours
from slas.calculation.shares import ShareFigure
from slas.calculation.status import CloseRule, Status
from tests.slas.calculation.builders import EVERY_DAY, at, hours, month, outage

OCTOBER = month("2026-10")
SHOP_HOURS = hours("04:00-22:00", days=EVERY_DAY)
SHOP = AvailabilityTerms(
    SHOP_HOURS, planned_work=PlannedWorkTerms(frozenset({"maintenance"}), WorkingDays(7), SHOP_HOURS, cap=120 * 60)
)
OUTAGES = (
    outage("2026-10-06 05:12", "2026-10-06 06:44"),
    outage("2026-10-14 11:20", "2026-10-14 12:18"),
    outage("2026-10-22 20:31", "2026-10-22 20:52"),
    outage("2026-10-28 16:05", "2026-10-28 17:19", Fraction(1, 2)),
)
UPGRADE = PlannedWork(
    at("2026-10-18 05:00"),
    at("2026-10-18 06:00"),
    "CHG-1",
    "maintenance",
    at("2026-10-08 09:00"),
    at("2026-10-08 10:00"),
)


@pytest.fixture(scope="module")
def orders():
    return measure_availability(OCTOBER, SHOP, AvailabilityFacts(OUTAGES, (UPGRADE,)))


def test_customers_can_place_orders(orders):
    minutes = {
        "service": orders.service_seconds / 60,
        "taken out": orders.excluded_seconds / 60,
        "counts": orders.counted_seconds / 60,
        "down": orders.down_seconds / 60,
        "lost": orders.lost / 60,
        "allowed": orders.allowed(share_of("99.5")) / 60,
        "experienced": orders.experienced_lost / 60,
    }

    assert minutes == {
        "service": 33_480, "taken out": 60, "counts": 33_420, "down": 171, "lost": 208,
        "allowed": Fraction(1671, 10), "experienced": 305,
    }  # fmt: skip
    assert orders.degraded == ((Fraction(1, 2), 74 * 60),)


def test_99_3_percent_is_missed_and_99_0_was_experienced(orders):
    assert shown_percent(orders.share, 4) == "99.3776"
    assert shown_percent(orders.share, 1) == "99.3"
    assert shown_percent(orders.experienced, 1) == "99.0"
    assert orders.coverage == 1
    assert orders.judge(share_of("99.5"), CloseRule()).status is Status.MISSED


def test_each_event_with_what_it_cost(orders):
    assert [use.lost / 60 for use in orders.outages] == [92, 58, 21, 37]


@pytest.mark.parametrize(
    ("cut", "shown", "status"),
    [
        pytest.param(34, "99.8", Status.KEPT, id="as IT counts"),
        pytest.param(65, "99.7", Status.MISSED, id="as the order desk counts"),
    ],
)
def test_the_order_desk_phones_that_both_count_differently(cut, shown, status):
    phones = AvailabilityTerms(hours("05:00-20:00", days=range(6)))
    event = outage("2026-10-19 09:10", "2026-10-19 11:10")
    event = type(event)("lines", event.start, event.start + cut * 60)

    figure = measure_availability(OCTOBER, phones, AvailabilityFacts((event,)))

    assert (figure.counted_seconds / 60, figure.allowed(share_of("99.8")) / 60) == (24_300, Fraction(486, 10))
    assert shown_percent(figure.share, 1) == shown
    assert figure.judge(share_of("99.8"), CloseRule()).status is status


def test_orders_confirmed_in_15_minutes_are_kept_but_only_just():
    figure = ShareFigure(94_903, 96_412)
    verdict = figure.judge(share_of("98"), CloseRule())

    assert shown_percent(figure.share, 1) == "98.4"
    assert (figure.lost, int(verdict.standing.room)) == (1509, 1928)
    assert verdict.status is Status.CLOSE


def test_urgent_problems_and_the_rating_of_our_help():
    assert ShareFigure(19, 20).judge(share_of("90"), CloseRule()).status is Status.KEPT
    rating = SatisfactionFigure(36, 41, 62).share
    assert shown_percent(rating.share, 0) == "87"
    assert rating.judge(share_of("80"), CloseRule()).status is Status.KEPT


def test_deliveries_are_tracked_round_the_clock_in_a_month_of_745_hours():
    tracking = AvailabilityTerms(ServiceHours.always("Europe/London"))
    figure = measure_availability(
        OCTOBER, tracking, AvailabilityFacts((outage("2026-10-09 10:00", "2026-10-09 12:50"),))
    )

    assert figure.counted_seconds == 745 * 3600
    assert figure.allowed(share_of("99.5")) / 60 == Fraction("223.5")
    assert shown_percent(figure.share, 1) == "99.6"
