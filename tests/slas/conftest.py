"""An agreement between a unit and its IT, and the people around it."""

from datetime import date

import pytest

from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from slas.models import AgreementState
from tests import factories as people
from tests.slas import factories


@pytest.fixture
def unit(in_tenant):
    return people.make_unit(slug="customer-orders", name="Customer Orders")


@pytest.fixture
def agreement(unit):
    made = factories.make_agreement(unit=unit, slug="orders", name="Customer Orders and Larkmoor IT")
    factories.make_target(
        agreement=made, slug="place-orders", name="Customers can place orders", meaning="Orders are saved"
    )
    return made


@pytest.fixture
def draft(agreement):
    agreement.state = AgreementState.DRAFT
    agreement.starts_on = date(2026, 12, 1)
    agreement.save()
    return agreement


@pytest.fixture
def people_of(unit, member):
    """The persons of the tests by name."""
    with_units = {"head": Role.BUSINESS_UNIT_HEAD, "business": Role.BUSINESS_MEMBER}
    found = {name: member(role, units=[unit]) for name, role in with_units.items()}
    found["outsider"] = member(Role.BUSINESS_UNIT_HEAD, units=[people.make_unit()])
    for name, role in (("owner", Role.SERVICE_OWNER), ("auditor", Role.AUDITOR), ("admin", Role.ADMINISTRATOR)):
        found[name] = member(role)
    found["manager"] = member(Role.SERVICE_LEVEL_MANAGER, title="Head of service")
    return found


@pytest.fixture
def stranger(other_tenant):
    """A manager of another tenant, who has an agreement of the same address."""
    with tenant_scope(other_tenant.pk):
        factories.make_agreement(slug="orders")
        return people.make_member()
