"""Percentiles on the page of a figure of readings: exact, from the single readings, when somebody asks."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Role
from slas.actions.hourly_counts import count_hours
from slas.calculation.intervals import Interval
from slas.calculation.rounding import share_of
from slas.calculation.shares import rank_of
from slas.errors import TooManyReadings
from slas.models import HourlyCount, Measurement
from slas.queries.percentiles import PERCENTS, list_percentiles
from slas.queries.readings import extent_of, readings_at_ranks
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


@pytest.mark.parametrize("number", [3_000, pytest.param(2_000_000, marks=pytest.mark.long)])
def test_however_many_readings_there_are_each_is_counted(figure, number):
    """Odd values far apart and many equal ones, against a sort of all of them."""
    with connection.cursor() as cursor:
        odd = "mod(n::bigint * 7919, 1000003) * (mod(n, 5) * 1001 + 1) - 5000000"
        value = f"CASE mod(n, 7) WHEN 0 THEN 1000 ELSE {odd} END"
        made = f"SELECT %s, %s, timestamptz '2026-10-06 12:00Z' + n * interval '1 ms', {value}"
        cursor.execute(
            f"INSERT INTO slas_measurement (tenant_id, measure_id, at, value) {made} FROM generate_series(1, %s) n",
            [figure.tenant_id, figure.target.measure_id, number],
        )
        sort = "SELECT value FROM slas_measurement WHERE measure_id = %s AND at >= %s ORDER BY value"
        cursor.execute(sort, [figure.target.measure_id, at("2026-10-06 09:00")])
        values = [value for (value,) in cursor.fetchall()]
    assert len(values) == number + 100

    ranks = [rank_of(share_of(percent), len(values)) for percent in PERCENTS]

    found = list_percentiles(attainment=figure, now=AFTERWARDS)
    assert [Decimal(said.split()[0]) for _, said in found] == [Decimal(values[rank - 1]) / 1000 for rank in ranks]


@pytest.mark.parametrize("values", [[7], [7, 7, 7], [-3, 4], [0, 10**12], list(range(-40, 40))], ids=len)
def test_a_rank_is_found_among_few_readings_and_far_apart(figure, values):
    measure = factories.make_measure("readings")
    start = at("2026-10-07 09:00")
    Measurement.objects.bulk_create(
        Measurement(measure_id=measure.pk, at=start + n * SECOND, value=Decimal(value) / 1000)
        for n, value in enumerate(values)
    )
    time = [Interval(int(start.timestamp()), int(start.timestamp()) + 3600)]
    asked = {"measure_id": measure.pk, "time": time}

    found = readings_at_ranks(**asked, extent=extent_of(**asked), ranks=range(1, len(values) + 1))

    assert [found[rank] for rank in sorted(found)] == [Decimal(value) / 1000 for value in sorted(values)]


def test_a_question_that_the_database_cuts_off_is_refused_in_words(figure, member, client_of):
    """What else is on the page is shown."""
    with connection.cursor() as cursor:
        made = "SELECT %s, %s, timestamptz '2026-10-06 12:00Z' + n * interval '1 ms', n"
        cursor.execute(
            f"INSERT INTO slas_measurement (tenant_id, measure_id, at, value) {made} FROM generate_series(1, 99999) n",
            [figure.tenant_id, figure.target.measure_id],
        )
        cursor.execute("SET LOCAL statement_timeout = '10ms'")
        with pytest.raises(TooManyReadings, match="did not count them in the time"):
            list_percentiles(attainment=figure, now=AFTERWARDS)
        cursor.execute("SET LOCAL statement_timeout = 0")

    assert "95" in client_of(member()).get(f"/t/larkmoor/attainments/{figure.pk}/").content.decode()


def test_counting_twice_changes_nothing(figure):
    before = list(HourlyCount.objects.order_by("hour_from").values())

    count_hours(measure_ids=[figure.target.measure_id])

    assert list(HourlyCount.objects.order_by("hour_from").values()) == before
