"""One tenant with a promise, a measure and a key; its scope is left before the API is called."""

import pytest
from django.core.cache import cache

from portal.tenancy.scope import tenant_scope
from slas.models import FactKind
from tests import factories
from tests.slas.api.programs import NOW, Clock, Program, make_key
from tests.slas.factories import make_measure, make_target


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    Clock.now = NOW
    monkeypatch.setattr("portal.clock.now", lambda: Clock.now)
    cache.clear()


@pytest.fixture
def world(tenant):
    """One tenant with a unit, its promise on volumes and the measure “orders” behind it, and a key."""
    with tenant_scope(tenant.pk):
        unit = factories.make_unit()
        target = make_target("volume", unit=unit, measure=make_measure(FactKind.VOLUMES, slug="orders"))
        token, key = make_key()
    return {"tenant": tenant, "unit": unit, "target": target, "token": token, "key": key}


@pytest.fixture
def program(world):
    return Program(world["key"])


@pytest.fixture
def inside(world):
    """inside(action) is what the action finds in the tenant."""

    def run(action):
        with tenant_scope(world["tenant"].pk):
            return action()

    return run
