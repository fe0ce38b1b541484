"""Fixtures for all tests: the real PostgreSQL, as the unprivileged role."""

import gc
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.core.management.commands import flush
from django.test import Client
from django.test.utils import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as properties
from whitenoise.middleware import WhiteNoiseMiddleware

from portal import config
from portal.accounts.models import Membership, Role
from portal.tenancy.middleware import ENTERED
from portal.tenancy.models import Tenant
from portal.tenancy.scope import tenant_scope
from tests import factories
from tests.databases import copied_database, own_database, remove_rows

pytest_plugins = ["tests.plugins.compiled_once", "tests.plugins.no_skips"]

# No property is a timed test: on a busy machine each of them may be slow. `make test` draws the same examples each
# time, so that a change is judged by what it changed; `make test-long` draws new ones.
properties.register_profile("fresh", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.register_profile("same", properties.get_profile("fresh"), derandomize=True)
properties.load_profile("same")


def pytest_collection_finish() -> None:
    """What has been loaded by now stays: looking through it for rubbish again and again only takes time. What a page or
    a calculation makes mostly goes by itself, so that a look each 50,000 objects is often enough.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """Where `collectstatic` would have put its files; the web server warns when the folder is not there."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def files_looked_for_once() -> Iterator[None]:
    """Each client of a test makes the middleware anew, which looks at every static file: the first has done so."""
    look, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def find(self: WhiteNoiseMiddleware) -> None:
        if not found:
            look(self)
            found.update(self.files)
        self.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", find)
        yield


@pytest.fixture(scope="session", autouse=True)
def own_cache() -> Iterator[None]:
    """Tests that run beside each other share the cache's server, and not its keys: who empties it empties their own."""
    place = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
    location = urlsplit(config.load().redis_url)._replace(path=f"/{place}").geturl()
    with override_settings(CACHES=settings.CACHES | {"default": settings.CACHES["default"] | {"LOCATION": location}}):
        assert caches["default"]._cache._servers == [location]  # a connection that was there already would stay
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """How a password is stored takes its time on purpose; the tests that are about it ask for the portal's own way."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(request: Any, django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database is made and migrated by the owner and used by portal_app, as in production."""
    shared = getattr(request.config, "workerinput", None)
    made = copied_database(run=shared["testrunuid"], process=shared["workerid"]) if shared else own_database()
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, made:
        patch.setattr(flush.Command, "handle", lambda *_args, **_options: remove_rows())  # portal_app may not TRUNCATE
        yield


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
    """client_of(membership) is a browser in which that person has signed in and entered their tenant.

    Its session is written as signing in leaves it, at once: Django's `force_login` takes a dozen statements for that.
    """

    def make(membership: Membership) -> Client:
        client, session = Client(), SessionStore()
        session.update(
            {
                SESSION_KEY: str(membership.user_id),
                BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                HASH_SESSION_KEY: membership.user.get_session_auth_hash(),
                ENTERED: [membership.tenant_id],
            }
        )
        session.create()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    return make
