"""Few connections under many threads, pooled by us, by pgbouncer or by nobody: none carries a tenant to the next."""

import os
import random
import shutil
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from portal.accounts.models import BusinessUnit, Role
from portal.runner import places, postgres
from portal.runner.processes import Children
from portal.tenancy.scope import TenantMissing, current_tenant_id, tenant_scope
from tests import factories

TENANTS, THREADS = 19, 8


BOUNCER = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
BOUNCED = """
[databases]
{NAME} = host={HOST} port={PORT} dbname={NAME}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {users}
pool_mode = transaction
default_pool_size = 2
max_client_conn = 100
ignore_startup_parameters = options,extra_float_digits
"""
WAYS_TO_CONNECT = [
    "own pool",
    "no pool",
    pytest.param(
        "pgbouncer",
        marks=pytest.mark.skipif(BOUNCER is None, reason="pgbouncer is not here: apt-get install pgbouncer"),
    ),
]


@pytest.fixture
def small_pool(transactional_db, request):
    """Two connections of our own pool for everybody, or of pgbouncer's; or one for each thread, without a pool."""
    way, usual = getattr(request, "param", "own pool"), dict(connection.settings_dict)
    without_pool = {name: value for name, value in usual["OPTIONS"].items() if name != "pool"}
    connection.close()
    connection.close_pool()
    if way == "own pool":
        connection.settings_dict["OPTIONS"] = without_pool | {"pool": {"min_size": 1, "max_size": 2, "timeout": 60}}
        yield
    elif way == "no pool":
        connection.settings_dict["OPTIONS"] = without_pool
        yield
    else:
        with bounced(usual) as port:
            connection.settings_dict.update(HOST="127.0.0.1", PORT=port, OPTIONS=without_pool)
            yield
            connection.close()
    connection.close()
    connection.close_pool()
    connection.settings_dict.update(usual)


@contextmanager
def bounced(settings):
    """The port of a pgbouncer before the database of these settings; two connections, each for a transaction."""
    place, port = (
        places.make(Path(tempfile.mkdtemp(prefix="check-", dir=places.make_home())).name),
        postgres.free_port(),
    )
    try:
        users = place.write_private(place.folder / "users", f'"{settings["USER"]}" "{settings["PASSWORD"]}"\n')
        text = BOUNCED.format(**settings, port=port, users=users)
        configuration = place.write_private(place.folder / "pgbouncer.ini", text)
        with Children(place) as children:
            words = [BOUNCER, str(configuration)]
            children.start("pgbouncer", words, cwd=place.folder, env={"PATH": os.environ["PATH"]}, as_servers=True)
            wait_for(children, host="127.0.0.1", port=port, user=settings["USER"], dbname=settings["NAME"])
            yield port
    finally:
        shutil.rmtree(place.folder)


def wait_for(children, **address):
    end = time.monotonic() + 120
    while True:
        children.refuse_dead()
        try:
            return psycopg.connect(**address).close()
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


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


@pytest.mark.parametrize("small_pool", WAYS_TO_CONNECT, indirect=True)
def test_nothing_leaks_through_a_pool(tenants):
    assert run(tenants, 1_200, seed=1) == []

    with connection.cursor() as cursor:  # the check itself: a setting of the session, which our code never makes
        cursor.execute("SELECT set_config('app.tenant_id', %s, false)", [str(tenants[0].pk)])
    assert ask_without_tenant() == "rows without a tenant"


@pytest.mark.long
@pytest.mark.parametrize("small_pool", WAYS_TO_CONNECT, indirect=True)
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
