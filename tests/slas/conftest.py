"""An agreement between a unit and its IT, and the people around it."""

from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from django.test import Client

from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from slas.models import AgreementState
from tests import factories as people
from tests.slas import factories
from tests.slas.contracts import make_contact, make_contract, make_link
from tests.slas.factories import every_day


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


@pytest.fixture
def orders(in_tenant):
    """Customers can place orders: 99.5 % of 04:00 to 22:00, every day; slow time counts half."""
    service = factories.make_service(name="Online ordering")
    target = factories.make_target(
        service=service,
        service_hours=factories.make_hours(every_day(4, 22), words="04:00 to 22:00, every day"),
        degraded_share=Decimal("0.5"),
        excluded_work=["planned"],
        planned_notice_days=5,
        planned_cap_seconds=7200,
        short_loss_words="Not possible",
    )
    factories.add_work(service, "2026-10-18 04:00", "2026-10-18 05:00", "2026-10-07 09:00", "2026-10-09 09:00")
    for start, end, fields in (
        ("2026-10-06 05:12", "2026-10-06 06:44", {"what": "No orders could be saved", "cause": "Storage was full"}),
        ("2026-10-14 11:20", "2026-10-14 12:18", {"what": "No orders could be saved", "cause": "Faulty change"}),
        ("2026-10-22 20:31", "2026-10-22 20:52", {"what": "Sign-in failed", "cause": "Certificate ran out"}),
        (
            "2026-10-28 16:05",
            "2026-10-28 17:19",
            {"what": "Very slow: over 20 seconds a page", "cause": "Backup", "is_degraded": True},
        ),
    ):
        factories.add_outage(target.measure, start, end, **fields)
    return target


@pytest.fixture
def manager(member):
    return member(Role.SERVICE_LEVEL_MANAGER, title="Head of service")


@pytest.fixture
def contract(manager):
    return make_contract(manager)


@pytest.fixture
def contact(contract, manager):
    return make_contact(contract, manager)


@pytest.fixture
def ask(contract, contact, manager):
    """ask() sends a link to sign the contract and is the path in it."""
    return lambda **instead: make_link(contract, instead.pop("contact", contact), manager, **instead)


_origins = count(1)


@pytest.fixture
def guest():
    """A browser that nobody has signed in with, from an origin of its own."""
    number = next(_origins)
    return Client(REMOTE_ADDR=f"10.77.{number // 250}.{number % 250}")
