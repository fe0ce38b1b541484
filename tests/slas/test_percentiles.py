"""Percentiles on the page of a figure of readings: exact, from the single readings, when somebody asks."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Role
from slas.actions.hourly_counts import count_hours
from slas.models import HourlyCount
from slas.queries.percentiles import list_percentiles
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import AFTERWARDS, at, every_day, judged

pytestmark = pytest.mark.usefixtures("in_tenant")

SECOND = timedelta(seconds=1)


@pytest.fixture
def figure():
    """A hundred readings of 10, 20 ... 1000 milliseconds in service time, and a slow one before it."""
    target = factories.make_target(
        "readings",
        unit=people.make_unit(),
        measure=factories.make_measure("readings", unit_words="milliseconds"),
        service_hours=factories.make_hours(every_day(9, 17)),
    )
    factories.add_reading(target.measure, "2026-10-06 08:59", 99_999)
    opens = at("2026-10-06 09:00")
    for number in range(100):
        when = (opens + number * SECOND).astimezone(factories.LONDON).replace(tzinfo=None)
        factories.add_reading(target.measure, str(when), Decimal(10 * number + 10))
    return judged(target)


def test_they_stand_at_the_nearest_rank_of_the_readings_in_service_time(figure):
    assert list_percentiles(attainment=figure, now=AFTERWARDS) == [
        ("50 %", "500 milliseconds"),
        ("90 %", "900 milliseconds"),
        ("95 %", "950 milliseconds"),
        ("99 %", "990 milliseconds"),
    ]


def test_the_page_reads_single_readings_only_when_it_is_asked(figure, member, client_of):
    client = client_of(member(Role.SERVICE_LEVEL_MANAGER))
    address = f"/t/larkmoor/attainments/{figure.pk}/"

    pages, read = [], []
    for query in ("", "?percentiles=1"):
        with CaptureQueriesContext(connection) as captured:
            pages.append(client.get(address + query).content.decode())
        read.append(any("slas_measurement" in each["sql"] for each in captured))
    plain, asked = pages

    assert read == [False, True]
    assert "?percentiles=1" in plain
    assert "950\u00a0milliseconds" not in plain
    assert "950" in asked
    assert "by the nearest rank" in asked
    assert "50 of 100" in plain.replace("\u00a0", " ")


def test_a_month_without_readings_in_service_time_says_so(member, client_of):
    figure = judged(factories.make_target("readings", unit=people.make_unit()))

    page = client_of(member()).get(f"/t/larkmoor/attainments/{figure.pk}/?percentiles=1").content.decode()

    assert "There are no readings in service time." in page


@pytest.mark.parametrize("most", [99, pytest.param(1_000_000, marks=pytest.mark.long)])
def test_more_readings_than_a_page_can_wait_for_are_not_sorted(figure, member, client_of, monkeypatch, most):
    client, address = client_of(member()), f"/t/larkmoor/attainments/{figure.pk}/?percentiles=1"
    shown = client.get(address).content.decode()
    monkeypatch.setattr("slas.queries.percentiles.MOST_SORTED", most)
    with connection.cursor() as cursor:
        many = "SELECT %s, %s, timestamptz '2026-10-06 12:00Z' + n * interval '1 ms', n FROM generate_series(101, %s) n"
        values = [figure.tenant_id, figure.target.measure_id, most + 1]
        cursor.execute(f"INSERT INTO slas_measurement (tenant_id, measure_id, at, value) {many}", values)

    page = client.get(address).content.decode().replace("\u00a0", " ")

    assert "by the nearest rank" in shown
    assert f"There are more than {most:,} readings in service time" in page
    assert "or sort them where they come from" in page
    assert "by the nearest rank" not in page


def test_counting_twice_changes_nothing(figure):
    before = list(HourlyCount.objects.order_by("hour_from").values())

    count_hours(measure_ids=[figure.target.measure_id])

    assert list(HourlyCount.objects.order_by("hour_from").values()) == before
