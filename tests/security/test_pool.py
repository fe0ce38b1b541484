"""A pool of two connections under many threads: no connection carries a tenant to the next user."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, connections, transaction

from portal.accounts.models import BusinessUnit, Role
from portal.tenancy.scope import TenantMissing, current_tenant_id, tenant_scope
from tests import factories

TENANTS, THREADS = 19, 8


@pytest.fixture
def small_pool(transactional_db):
    """Two connections for everybody."""
    usual = connection.settings_dict["OPTIONS"]
    connection.close()
    connection.close_pool()
    connection.settings_dict["OPTIONS"] = usual | {"pool": {"min_size": 1, "max_size": 2, "timeout": 60}}
    yield
    connection.close()
    connection.close_pool()
    connection.settings_dict["OPTIONS"] = usual


@pytest.fixture
def tenants(small_pool):
    """Each tenant with a business unit that bears its number."""
    made = [factories.make_tenant() for _ in range(TENANTS)]
    for tenant in made:
        with tenant_scope(tenant.pk):
            factories.make_unit(name=f"Unit of {tenant.pk}")
            tenant.member = factories.make_member(role=Role.SERVICE_LEVEL_MANAGER)
    connection.close()
    return made


class Undone(Exception):
    """Rolls a request back."""


def names():
    return list(BusinessUnit._base_manager.values_list("name", flat=True))


def read(tenant):
    with tenant_scope(tenant.pk):
        return names()


def read_then_fail(tenant):
    found = []
    try:
        with tenant_scope(tenant.pk):
            found = names()
            raise Undone
    except Undone:
        return found


def read_after_an_error(tenant):
    with tenant_scope(tenant.pk):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        except DatabaseError:
            return names()


def read_nested(tenant):
    with transaction.atomic(), tenant_scope(tenant.pk), tenant_scope(tenant.pk):
        return names()


WAYS = [read, read_then_fail, read_after_an_error, read_nested]


def ask_without_tenant():
    """What a request without a tenant sees: it must be an error, each time."""
    try:
        with transaction.atomic():
            names()
    except TenantMissing:
        return None
    return "rows without a tenant"


def ask(tenant, way):
    found = ask_without_tenant() if tenant is None else way(tenant)
    if current_tenant_id() is not None:
        return "the tenant stayed"
    expected = None if tenant is None else [f"Unit of {tenant.pk}"]
    return None if found == expected else f"{tenant}: {found}"


def run(tenants, count, *, seed):
    """Leaks found in so many requests, a tenth of them without a tenant."""
    chance = random.Random(seed)
    plan = [(None if chance.random() < 0.1 else chance.choice(tenants), chance.choice(WAYS)) for _ in range(count)]
    barrier = threading.Barrier(THREADS)

    def work(part):
        barrier.wait()
        try:
            return [ask(tenant, way) for tenant, way in part]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as threads:
        answers = [answer for part in threads.map(work, (plan[n::THREADS] for n in range(THREADS))) for answer in part]
    assert len(answers) == count
    return [answer for answer in answers if answer]


def test_nothing_leaks_through_a_pool(tenants):
    assert run(tenants, 1_200, seed=1) == []

    with connection.cursor() as cursor:  # the check itself: a setting of the session, which our code never makes
        cursor.execute("SELECT set_config('app.tenant_id', %s, false)", [str(tenants[0].pk)])
    assert ask_without_tenant() == "rows without a tenant"


@pytest.mark.long
def test_nothing_leaks_in_ten_thousand_requests(tenants):
    assert run(tenants, 10_000, seed=2) == []


def visit(tenants, client_of, count, *, seed):
    """The same through the whole portal: middleware, view and template in one request, on pages of mixed tenants."""
    chance = random.Random(seed)
    browsers = {tenant.pk: client_of(tenant.member) for tenant in tenants}
    plan = [(chance.choice(tenants), chance.choice(tenants)) for _ in range(count)]

    def work(part):
        try:
            return [(tenant, other, browsers[tenant.pk].get(f"/t/{other.slug}/admin/units/")) for tenant, other in part]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as threads:
        return [answer for part in threads.map(work, (plan[n::THREADS] for n in range(THREADS))) for answer in part]


def leaks_in(answers):
    for tenant, other, answer in answers:
        page = answer.content.decode()
        if tenant != other and answer.status_code != 404:
            yield f"{tenant} entered {other}"
        if tenant == other and page.count("Unit of ") != page.count(f"Unit of {tenant.pk}<"):
            yield f"{tenant} saw another's unit"


def test_no_page_shows_another_tenant(tenants, client_of):
    answers = visit(tenants, client_of, 80, seed=3)

    assert {answer.status_code for *_, answer in answers} == {200, 404}
    assert list(leaks_in(answers)) == []
