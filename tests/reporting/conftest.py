"""A month that was issued, with its people; the same in every test of this folder."""

from datetime import timedelta

import pytest

from reporting.models import ReportAgreement
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from tests import factories
from tests.catalog import factories as catalog
from tests.reporting import factories as made
from tests.slas import factories as slas


@pytest.fixture
def month(in_tenant):
    """October of Customer Orders with figures, drafted by nobody yet."""
    return made.make_month(months=0)


@pytest.fixture
def edition(month):
    """Edition 1 of that October."""
    return made.make_edition(month)


@pytest.fixture
def figure(edition):
    """figure("orders.result") is a figure of the edition by its anchor."""

    def find(anchor):
        return edition.figures.get(anchor=anchor)

    return find


@pytest.fixture
def simple(in_tenant):
    """Customer Orders with one promise of October, drafted by nobody yet."""
    unit = factories.make_unit(slug="customer-orders", name="Customer Orders")
    people = made.make_people(unit)
    ReportAgreement.objects.create(
        business_unit=unit, agreed_on=made.TODAY.date(), agreed_by_business="Ines Calder", agreed_by_it="Pavel Orsin"
    )
    target = slas.make_target(unit=unit, service=catalog.make_service())
    compute_attainments(targets=[target], periods=[Period(2026, 10)], now=made.ISSUED_AT - timedelta(days=1))
    return made.Month(unit=unit, agreement=target.agreement, targets={"orders": target}, **people)
