"""People of two units and of another tenant, and a conversation of the first unit."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from portal.accounts.models import Role
from portal.conversations import actions
from portal.conversations.models import Level
from portal.tenancy.scope import tenant_scope
from tests import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


@pytest.fixture
def people(tenant: Any, other_tenant: Any) -> Any:
    """Dana heads Orders, Ben works there, Ann heads Finance, Sam manages, Ola audits, Eve is of another tenant."""
    with tenant_scope(tenant.pk):
        orders, finance = factories.make_unit(slug="orders", name="Orders"), factories.make_unit(slug="finance")

        def make(name: str, role: str, *units: Any, **fields: Any) -> Any:
            user = factories.make_user(name=name, email=f"{name.split()[0].lower()}@larkmoor.example")
            return factories.make_member(user=user, role=role, units=units, **fields)

        found = SimpleNamespace(
            orders=orders,
            finance=finance,
            dana=make("Dana Price", Role.BUSINESS_UNIT_HEAD, orders),
            ben=make("Ben Okoro", Role.BUSINESS_MEMBER, orders),
            ann=make("Ann Lee", Role.BUSINESS_UNIT_HEAD, finance),
            sam=make("Sam Roy", Role.SERVICE_LEVEL_MANAGER),
            owner=make("Ida Holm", Role.SERVICE_OWNER),
            ola=make("Ola Berg", Role.AUDITOR),
            left=make("Max Left", Role.SERVICE_LEVEL_MANAGER, is_active=False),
        )
    with tenant_scope(other_tenant.pk):
        found.eve = factories.make_member(role=Role.ADMINISTRATOR)
    return found


@pytest.fixture
def start(tenant: Any, people: Any) -> Any:
    """start(by=people.dana, text="…") opens a conversation with Orders."""

    def make(*, by: Any = None, text: str = "When will it be faster?", hours: int = 0, **fields: Any) -> Any:
        wanted = {"business_unit": people.orders, "subject": "Order entry is slow", "level": Level.OPERATIONAL}
        with tenant_scope(tenant.pk):
            return actions.start_conversation(
                by=by or people.dana, text=text, now=NOW + timedelta(hours=hours), **wanted | fields
            )

    return make
