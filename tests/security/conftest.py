"""Two tenants with one row of every kind each: ours, and theirs that must never be reached."""

from types import SimpleNamespace
from typing import Any

import pytest

from portal.tenancy.scope import tenant_scope
from tests.security.rows import Rows


@pytest.fixture
def ours(tenant: Any) -> SimpleNamespace:
    """Our tenant and its rows."""
    with tenant_scope(tenant.pk):
        return SimpleNamespace(tenant=tenant, rows=Rows("ours").make_all())


@pytest.fixture
def theirs(other_tenant: Any) -> SimpleNamespace:
    """The other tenant and its rows."""
    with tenant_scope(other_tenant.pk):
        return SimpleNamespace(tenant=other_tenant, rows=Rows("theirs").make_all())
