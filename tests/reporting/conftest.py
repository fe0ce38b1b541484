"""A month that was issued, with its people; the same in every test of this folder."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from portal.pdf import Variant
from portal.tenancy.models import Tenant
from portal.tenancy.scope import tenant_scope
from reporting.exports.pdf import edition_pdf
from reporting.models import Edition
from reporting.queries.shown import show_edition
from tests import factories
from tests.reporting import factories as made


@dataclass(frozen=True)
class Issued:
    """A tenant with its issued October."""

    tenant: Tenant
    month: made.Month
    edition: Edition


@pytest.fixture(scope="package")
def issued(django_db_setup: None, django_db_blocker: Any) -> Iterator[Issued]:
    """Made once for all tests that look at an issued month; what a test does to it is undone after the test."""
    with django_db_blocker.unblock():
        tenant = factories.make_tenant(**made.LARKMOOR)
        with tenant_scope(tenant.pk):
            month = made.make_month(months=0)
            edition = made.make_edition(month)
    yield Issued(tenant, month, edition)
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="package")
def drawn(issued: Issued, django_db_blocker: Any) -> dict[Variant, bytes]:
    """The file of that edition as it stands on the Tuesday after, of each kind: laid out once for all that look at it.

    Tests that ask for it are of the group "paper", so that one process draws it.
    """
    with django_db_blocker.unblock(), tenant_scope(issued.tenant.pk):
        shown = show_edition(edition=issued.edition, reader=None, now=made.TODAY)
        return {variant: edition_pdf(edition=issued.edition, shown=shown, variant=variant) for variant in Variant}


@pytest.fixture(scope="module")
def lasting(django_db_setup: None, django_db_blocker: Any) -> Iterator[Tenant]:
    """A tenant for what all tests of a module look at: each works in a savepoint, and after the last all is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        Tenant.objects.filter(slug=made.LARKMOOR["slug"]).update(slug="stepped-aside-before")
        yield factories.make_tenant(**made.LARKMOOR)
        transaction.set_rollback(True)


@pytest.fixture
def tenant(request, db):
    """That of the month which the test shares with others; else an empty one, for which the other steps aside."""
    for shared in {"issued", "october"} & set(request.fixturenames):
        return deepcopy(request.getfixturevalue(shared).tenant)
    Tenant.objects.filter(slug=made.LARKMOOR["slug"]).update(slug="stepped-aside")
    return factories.make_tenant(**made.LARKMOOR)


@pytest.fixture
def month(request, in_tenant):
    """October of Customer Orders with figures, drafted by nobody yet; issued where the test looks at the edition."""
    if "issued" in request.fixturenames:
        return deepcopy(request.getfixturevalue("issued").month)
    return made.make_month(months=0)


@pytest.fixture
def edition(in_tenant, issued):
    """Edition 1 of that October."""
    return deepcopy(issued.edition)


@pytest.fixture
def figure(edition):
    """figure("orders.result") is a figure of the edition by its anchor."""

    def find(anchor):
        return edition.figures.get(anchor=anchor)

    return find


@pytest.fixture
def simple(in_tenant):
    """Customer Orders with one promise of October, drafted by nobody yet."""
    return made.make_simple_month()
