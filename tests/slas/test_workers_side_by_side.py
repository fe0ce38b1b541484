"""Two workers at once, and facts that come while one of them computes: nothing is done twice, nothing is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from fractions import Fraction
from time import sleep

import psycopg
import pytest
from django.db import connection, transaction

from portal.tenancy.scope import tenant_scope
from slas.actions.attainments import mark_dirty, recompute_dirty
from slas.actions.batches import Arrival, count_rows
from slas.actions.hourly_counts import count_hours, count_waiting_hours
from slas.actions.service_hours import HoursDetails, edit_hours
from slas.errors import HoursNotNewest
from slas.models import Attainment, DirtyHour, DirtyTarget, HourlyCount, Origin, ReadingLimit, ServiceHours
from slas.queries.rows import ReadingRow
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import at

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at("2026-11-10 09:40")
NOON = at("2026-10-15 12:00")
QUEUE = (
    "INSERT INTO slas_dirtytarget (tenant_id, target_id, period_start, since, failure)"
    " VALUES (%s, %s, '2026-10-01', '2026-11-10', '')"
)


@contextmanager
def another_worker(tenant) -> Iterator[psycopg.Connection]:
    """A second connection of the same role, inside the same tenant."""
    given = connection.settings_dict
    where = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    with psycopg.connect(dbname=given["NAME"], **where) as other:
        other.execute("SELECT set_config('app.tenant_id', %s, false)", [str(tenant.pk)])
        yield other


@pytest.fixture
def targets(tenant):
    with tenant_scope(tenant.pk):
        made = [factories.make_target(starts_on=date(2026, 10, 1)) for _ in range(2)]
        ids = [target.measure_id for target in made]
        mark_dirty(measure_ids=ids, from_=NOON, until=NOON, now=NOW)
        return made


def waiting(tenant):
    with tenant_scope(tenant.pk):
        return sorted(DirtyTarget.objects.values_list("target_id", flat=True))


def test_a_target_that_another_worker_computes_is_left_to_it(tenant, targets):
    busy = targets[0]
    with another_worker(tenant) as other:
        other.execute("SELECT id FROM slas_serviceleveltarget WHERE id = %s FOR NO KEY UPDATE", [busy.pk])
        with tenant_scope(tenant.pk):
            computed = recompute_dirty(limit=10, now=NOW)

    assert (computed.written, computed.taken) == (1, 1)
    assert waiting(tenant) == [busy.pk]


def test_a_fact_that_comes_meanwhile_is_not_lost(tenant, targets):
    """It is committed after the worker has read the facts, and before the worker empties the queue."""
    target = targets[0]
    with another_worker(tenant) as other:
        other.execute(QUEUE, [tenant.pk, target.pk])
        with tenant_scope(tenant.pk):
            recompute_dirty(limit=10, now=NOW)
        other.execute(
            "INSERT INTO slas_outage (tenant_id, measure_id, started_at, ended_at, is_degraded, what, cause,"
            " component_slug, left_out_reason)"
            " VALUES (%s, %s, '2026-10-15 10:00Z', '2026-10-15 11:00Z', false, '', '', '', '')",
            [tenant.pk, target.measure_id],
        )

    assert waiting(tenant) == [target.pk]
    with tenant_scope(tenant.pk):
        recompute_dirty(limit=10, now=NOW)
        assert Fraction(Attainment.objects.get(target=target).result["lost_seconds"]) == 3600


def test_the_queue_never_makes_who_brings_facts_wait(tenant, targets):
    """A worker holds the target; rows that queue its period go in at once."""
    with tenant_scope(tenant.pk):
        recompute_dirty(limit=10, now=NOW)
        with another_worker(tenant) as other:
            other.execute("SET lock_timeout = '100ms'")
            other.execute(QUEUE, [tenant.pk, targets[0].pk])

    assert waiting(tenant) == [targets[0].pk]


# ---------------------------------------------------------------- readings, counted by the hour

EIGHT = at("2026-10-06 08:00")


def bring(measure, minute, value):
    rows = [ReadingRow(at(f"2026-10-06 08:{minute:02}"), Decimal(value))]
    count_rows(measure=measure, fact="readings", rows=rows, arrival=Arrival(Origin.PUSHED), now=NOW)


@pytest.fixture
def read(tenant):
    """The measure of a promise of at most 500, with one reading within it."""
    with tenant_scope(tenant.pk):
        target = factories.make_target("readings")
        bring(target.measure, 1, 400)
        return target.measure


def counted(tenant):
    """The hours with their counts, and how many wait to be counted again."""
    with tenant_scope(tenant.pk):
        hours = HourlyCount.objects.order_by("hour_from").values_list("hour_from", "n", "n_within")
        return list(hours), DirtyHour.objects.count()


def until_it_waits(future):
    """Whether the other worker waits for a lock, and has not ended."""
    while not future.done():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return True
        sleep(0.01)
    return False


def while_held(tenant, held, act):
    """One does `held` and another `act` before that is over; whether the other had to wait for it."""

    def run():
        try:
            with tenant_scope(tenant.pk):
                act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with tenant_scope(tenant.pk), transaction.atomic():
            held()
            other = pool.submit(run)
            waited = until_it_waits(other)
        other.result(30)
    return waited


def test_two_workers_count_a_new_limit_and_its_hours_once(tenant, read):
    def count():
        count_hours(measure_ids=[read.pk])

    assert while_held(tenant, count, count)

    assert counted(tenant) == ([(EIGHT, 1, 1)], 0)
    with tenant_scope(tenant.pk):
        assert ReadingLimit.objects.count() == 1


def test_a_reading_that_comes_while_a_new_limit_is_counted_by_is_not_lost(tenant, read):
    assert while_held(tenant, lambda: count_hours(measure_ids=[read.pk]), lambda: bring(read, 2, 600))

    assert counted(tenant) == ([(EIGHT, 1, 1)], 1)
    with tenant_scope(tenant.pk):
        count_waiting_hours()
    assert counted(tenant) == ([(EIGHT, 2, 1)], 0)


@pytest.fixture
def waiting_hour(tenant, read):
    """The hour has been counted, and a second reading above the limit has come since."""
    with tenant_scope(tenant.pk):
        count_hours(measure_ids=[read.pk])
        bring(read, 2, 600)


@pytest.mark.usefixtures("waiting_hour")
def test_two_workers_count_an_hour_that_waits_once(tenant):
    assert while_held(tenant, count_waiting_hours, count_waiting_hours)

    assert counted(tenant) == ([(EIGHT, 2, 1)], 0)


@pytest.mark.usefixtures("waiting_hour")
def test_a_reading_that_comes_while_its_hour_is_counted_waits_for_nobody_and_is_counted_next(tenant, read):
    assert not while_held(tenant, count_waiting_hours, lambda: bring(read, 3, 300))

    assert counted(tenant) == ([(EIGHT, 2, 1)], 1)
    with tenant_scope(tenant.pk):
        count_waiting_hours()
    assert counted(tenant) == ([(EIGHT, 3, 2)], 0)


# ---------------------------------------------------------------- two managers


@pytest.mark.parametrize(
    ("is_used", "kept"),
    [
        pytest.param(True, [(1, "as agreed", 7), (2, "of the first", 1)], id="in use: the second one is refused"),
        pytest.param(False, [(1, "of the second", 1)], id="of a draft: whole, as the second one saved them"),
    ],
)
def test_two_managers_who_edit_the_same_hours_at_once(tenant, is_used, kept):
    with tenant_scope(tenant.pk):
        hours, managers = factories.make_hours(words="as agreed"), [people.make_member() for _ in range(2)]
        if is_used:
            factories.make_target(service_hours=hours)

    def edit(by, words):
        details = HoursDetails(hours.name, words, "Europe/London", "", [(0, 540, 1020)], (), date(2026, 12, 10))
        edit_hours(hours=hours, details=details, by=by, now=NOW)

    def edit_too():
        if is_used:
            with pytest.raises(HoursNotNewest, match="2"):
                edit(managers[1], "of the second")
        else:
            edit(managers[1], "of the second")

    assert while_held(tenant, lambda: edit(managers[0], "of the first"), edit_too)

    with tenant_scope(tenant.pk):
        found = [(each.version, each.words, each.windows.count()) for each in ServiceHours.objects.order_by("version")]
    assert found == kept
