"""Two tenants with one row of every kind each: ours, and theirs that must never be reached."""

import shutil
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test.utils import override_settings

from portal.tenancy.models import Tenant
from portal.tenancy.scope import tenant_scope
from tests import factories
from tests.reporting.factories import LARKMOOR, TODAY
from tests.security.rows import Rows
from tests.security.world import make_world


@dataclass(frozen=True)
class Used:
    """A tenant that is in use, its rows, and the folder of its files."""

    tenant: Tenant
    rows: Rows
    files: Path


@pytest.fixture(scope="module")
def used(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Used]:
    """Made once for what all tests of a module ask; each works in a savepoint, and after the last all is undone."""
    files = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), transaction.atomic():
        tenant = factories.make_tenant(**LARKMOOR)
        with override_settings(FILES_DIR=files), pytest.MonkeyPatch.context() as patch, tenant_scope(tenant.pk):
            patch.setattr("portal.clock.now", lambda: TODAY)
            rows = make_world("own")
        yield Used(tenant, rows, files)
        transaction.set_rollback(True)


@pytest.fixture
def tenant(request: pytest.FixtureRequest, db: None) -> Tenant:
    """That of the rows which the test shares with others; else an empty one, for which the other steps aside."""
    if "used" in request.fixturenames:
        return deepcopy(request.getfixturevalue("used").tenant)
    Tenant.objects.filter(slug=LARKMOOR["slug"]).update(slug="stepped-aside")
    return factories.make_tenant(**LARKMOOR)


@pytest.fixture
def own(used: Used, tenant: Tenant, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rows:
    """Our rows, each of which its readers find, with files of their own; see the table of access."""
    settings.FILES_DIR = shutil.copytree(used.files, tmp_path / "files")
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"
    monkeypatch.setattr("portal.clock.now", lambda: TODAY)
    return deepcopy(used.rows)


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
