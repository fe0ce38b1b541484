"""What outages hit: only in the time that the figure counts, from a profile that knows orders at each hour."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.models import BusinessGoal
from reporting.models import ImpactHour, ImpactProfile, ValueKind, ValueStatement
from reporting.queries.happened import list_events
from reporting.queries.promise_parts import budget, events, tell
from reporting.queries.review_rows import PromiseRows
from reporting.queries.worth import list_impacts, list_statements
from tests import factories
from tests.slas import factories as slas
from tests.slas.factories import at

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)
HALF = Decimal("0.5")


@pytest.fixture
def orders(unit):
    """Ordering from 04:00 to 22:00; agreed work is taken out; slow counts half; gaps up to five minutes are merged."""
    return slas.make_target(
        unit=unit,
        service=slas.make_service(),
        service_hours=slas.make_hours(slas.every_day(4, 22)),
        excludes_planned=True,
        degraded_share=HALF,
        merge_gap_seconds=300,
    )


@pytest.fixture
def impact(unit, orders):
    """impact(now) is what the October of the promise hit, with 60 orders in each hour of day and night."""
    profile = ImpactProfile.objects.create(
        service=orders.service, business_unit=unit, unit_words="orders", lost_share_low=Decimal("0.15"),
        lost_share_high=Decimal("0.20"), unit_value_minor=21400, confirmed_on=date(2026, 6, 15),
    )  # fmt: skip
    ImpactHour.objects.bulk_create(
        ImpactHour(profile=profile, weekday=day, hour=hour, units=60) for day in range(7) for hour in range(24)
    )
    goal = BusinessGoal.objects.create(slug="goal", name="Goal", short_name="Goal", business_unit=unit)
    ValueStatement.objects.create(
        business_unit=unit, goal=goal, slug="lost", kind=ValueKind.LOST_UNITS, grade="C", profile=profile,
        target=orders, unit_words="orders", cause_words="Down", result_words="sales not made",
    )  # fmt: skip

    def found(now="2026-11-05 09:00"):
        attainment = slas.judged(orders, now=at(now))
        impacts = list_impacts(
            statements=list_statements(unit=unit), attainments={orders.pk: attainment}, zone="Europe/London"
        )
        return attainment, impacts[orders.pk]

    return found


@pytest.fixture
def unit(in_tenant):
    return factories.make_unit()


@pytest.mark.parametrize(
    ("outages", "orders_hit"),
    [
        pytest.param([("2026-10-06 10:00", "2026-10-06 11:30")], 90, id="all of it in hours"),
        pytest.param([("2026-10-06 21:00", "2026-10-07 05:00")], 120, id="over night: not while nothing is promised"),
        pytest.param([("2026-10-06 23:00", "2026-10-07 03:00")], 0, id="only at night"),
        pytest.param([("2026-09-30 12:00", "2026-10-01 05:00")], 60, id="only the part in the month"),
        pytest.param([("2026-10-06 10:00:00", "2026-10-06 10:10"), ("2026-10-06 10:14", "2026-10-06 10:20")], 20,
                     id="a merged gap is lost as well"),
        pytest.param([("2026-10-06 10:00", "2026-10-06 11:00"), ("2026-10-06 10:30", "2026-10-06 11:30")], 90,
                     id="what overlaps is hit once"),
        pytest.param([("2026-10-18 04:30", "2026-10-18 06:00")], 60, id="not in work that is taken out"),
    ],
)  # fmt: skip
def test_orders_are_hit_in_the_time_that_counts(orders, impact, outages, orders_hit):
    slas.add_work(orders.service, "2026-10-18 04:00", "2026-10-18 05:00", "2026-10-07 09:00", "2026-10-09 09:00")
    for start, end in outages:
        slas.add_outage(orders.measure, start, end)

    _, found = impact()

    assert sum(found.by_event.values()) == orders_hit


def test_slow_time_hits_as_far_as_it_was_lost(orders, impact):
    slas.add_outage(orders.measure, "2026-10-06 21:00", "2026-10-07 05:00", is_degraded=True)

    _, found = impact()

    assert sum(found.by_event.values()) == 60


@pytest.mark.parametrize(
    ("now", "orders_hit"),
    [
        pytest.param("2026-10-31 12:00", 120, id="until now"),
        pytest.param("2026-11-05 09:00", 720, id="until the month is over"),
    ],
)
def test_an_outage_that_is_still_open_hits_so_far(orders, impact, now, orders_hit):
    slas.add_outage(orders.measure, "2026-10-31 10:00", None)

    _, found = impact(now)

    assert sum(found.by_event.values()) == orders_hit


def test_planned_work_that_counts_as_down_is_an_event_that_hits(orders, impact):
    slas.add_work(orders.service, "2026-10-18 10:00", "2026-10-18 11:00", "2026-10-07 09:00", None, title="New disks")

    attainment, found = impact()
    (event,) = list_events(attainment.result)
    told = tell(PromiseRows(orders, "orders", {OCTOBER: attainment}), OCTOBER, found.by_event, found.unit)
    table = events(told, "")

    assert (event["what"], event["cause"]) == ("New disks", "Not approved before it started, so it counts as down")
    assert found.by_event == {event["id"]: 60}
    assert [(row.start, row.end, row.counted, row.hit) for row in table.rows] == [("10:00", "11:00", "60", "60")]
    assert [piece.minutes for piece in budget(told).pieces] == [60.0]
