"""Two workers at once, and facts that come while one of them computes: nothing is done twice, nothing is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from fractions import Fraction

import psycopg
import pytest
from django.db import connection

from portal.tenancy.scope import tenant_scope
from slas.actions.attainments import mark_dirty, recompute_dirty
from slas.models import Attainment, DirtyTarget
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
