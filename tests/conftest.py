"""Fixtures for all tests: the real PostgreSQL, as the unprivileged role."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import environ
import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management.commands import flush
from django.db import connection
from django.test import Client
from django.test.utils import override_settings, setup_databases, teardown_databases
from hypothesis import HealthCheck
from hypothesis import settings as properties

from portal import config
from portal.accounts.models import Membership, Role
from portal.tenancy.middleware import ENTERED
from portal.tenancy.models import Tenant
from portal.tenancy.scope import tenant_scope
from tests import factories

pytest_plugins = ["tests.plugins.no_skips"]

# No property is a timed test: on a busy machine each of them may be slow. `make test` draws the same examples each
# time, so that a change is judged by what it changed; `make test-long` draws new ones.
properties.register_profile("fresh", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.register_profile("same", properties.get_profile("fresh"), derandomize=True)
properties.load_profile("same")


def pytest_collection_finish() -> None:
    """What has been loaded by now stays: looking through it for rubbish again and again only takes time."""
    gc.collect()
    gc.freeze()


@contextmanager
def owner_credentials() -> Iterator[None]:
    """Be the owner for making, migrating and emptying tables; the tests themselves never are."""
    owner = environ.Env.db_url_config(config.load().owner_database_url)
    usual = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD", "OPTIONS")}
    connection.close()
    connection.close_pool()  # after `close`, which would make the pool anew
    connection.settings_dict.update({"USER": owner["USER"], "PASSWORD": owner["PASSWORD"], "OPTIONS": {}})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(usual)


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """Where `collectstatic` would have put its files; the web server warns when the folder is not there."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def own_cache() -> Iterator[None]:
    """Tests that run beside each other share the cache's server, and not its keys: who empties it empties their own."""
    place = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
    location = urlsplit(config.load().redis_url)._replace(path=f"/{place}").geturl()
    with override_settings(CACHES={"default": settings.CACHES["default"] | {"LOCATION": location}}):
        assert caches["default"]._cache._servers == [location]  # a connection that was there already would stay
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """How a password is stored takes its time on purpose; the tests that are about it ask for the portal's own way."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(request: Any, django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database is made and migrated by the owner and used by portal_app, as in production."""
    if hasattr(request.config, "workerinput"):
        suffix = request.config.workerinput["workerid"]
        connection.settings_dict["TEST"]["NAME"] = f"{config.test_database_name()}_{suffix}"
    with django_db_blocker.unblock():
        with owner_credentials():
            databases = setup_databases(verbosity=0, interactive=False)
        usual_flush = flush.Command.handle

        def flush_as_owner(self: flush.Command, **options: Any) -> None:
            with owner_credentials():
                usual_flush(self, **options)

        flush.Command.handle = flush_as_owner  # portal_app may not TRUNCATE
        yield
        flush.Command.handle = usual_flush
        with owner_credentials():
            teardown_databases(databases, verbosity=0)


@pytest.fixture
def tenant(db: None) -> Tenant:
    return factories.make_tenant(slug="larkmoor", name="Larkmoor Foods", provider_name="Larkmoor IT")


@pytest.fixture
def other_tenant(db: None) -> Tenant:
    return factories.make_tenant(slug="harbour", name="Harbour Trust", provider_name="Harbour IT")


@pytest.fixture
def in_tenant(tenant: Tenant) -> Iterator[Tenant]:
    """The body of the test runs inside the tenant's scope."""
    with tenant_scope(tenant.pk):
        yield tenant


@pytest.fixture
def member(in_tenant: Tenant) -> Any:
    """member(role, units=[...]) makes a person of the tenant."""

    def make(role: str = Role.SERVICE_LEVEL_MANAGER, **kwargs: Any) -> Membership:
        return factories.make_member(role=role, **kwargs)

    return make


@pytest.fixture
def client_of() -> Any:
    """client_of(membership) is a browser in which that person has signed in and entered their tenant."""

    def make(membership: Membership) -> Client:
        client = Client()
        client.force_login(membership.user)
        session = client.session
        session[ENTERED] = [membership.tenant_id]
        session.save()
        return client

    return make
