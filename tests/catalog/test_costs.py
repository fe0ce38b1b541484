"""Cost and price month by month: what holds, what adds up, and what is not known."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from catalog.actions.portfolio import AmountDetails, end_amounts, remove_amount, set_amount
from catalog.errors import NotOfService
from catalog.models import ServiceAmount
from catalog.queries.costs import get_cost_table, of_month
from portal.accounts.models import Role
from tests.catalog import factories as catalog

JAN, MAR, JUN = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1)


@pytest.fixture
def manager(member):
    return member(Role.SERVICE_LEVEL_MANAGER)


@pytest.fixture
def service(manager):
    return catalog.make_service(slug="phones")


def put(service, manager, month, minor, **fields):
    details = AmountDetails(**{"kind": "cost", "from_month": month, "minor": minor, "per": "month"} | fields)
    return set_amount(service=service, details=details, by=manager)


def spans():
    return list(ServiceAmount.objects.order_by("from_month").values_list("from_month", "until_month", "minor"))


def test_an_amount_holds_until_the_next_whatever_their_order(service, manager):
    put(service, manager, JAN, 100)
    put(service, manager, JUN, 300)
    put(service, manager, MAR, 200)

    assert spans() == [(JAN, MAR, 100), (MAR, JUN, 200), (JUN, None, 300)]


def test_the_same_month_is_said_anew_and_a_wrong_amount_gives_way_to_the_one_before(service, manager):
    put(service, manager, JAN, 100)
    put(service, manager, MAR, 200)
    again = put(service, manager, MAR, 250)

    assert spans() == [(JAN, MAR, 100), (MAR, None, 250)]
    remove_amount(amount=again)
    assert spans() == [(JAN, None, 100)]


def test_amounts_of_one_kind_and_level_never_overlap(service, manager):
    catalog.make_amount(service, manager, 100, from_month=JAN)

    catalog.make_amount(service, manager, 100, from_month=MAR, kind="price")
    catalog.make_amount(service, manager, 100, from_month=MAR, offering=catalog.make_offering(service))
    with pytest.raises(IntegrityError, match="service_amount_times_apart"), transaction.atomic():
        catalog.make_amount(service, manager, 100, from_month=MAR)
    with pytest.raises(IntegrityError, match="service_amount_of_whole_months"), transaction.atomic():
        catalog.make_amount(service, manager, 100, from_month=date(2026, 3, 2), kind="price")


def test_a_level_of_another_service_is_refused(service, manager):
    other = catalog.make_offering(catalog.make_service())

    with pytest.raises(NotOfService):
        put(service, manager, JAN, 100, offering=other)


def test_what_is_retired_costs_nothing_from_the_next_month_on(service, manager):
    put(service, manager, JAN, 100)
    put(service, manager, JUN, 300)

    end_amounts(service=service, on=date(2026, 2, 14))

    assert spans() == [(JAN, MAR, 100)]


def test_months_are_counted_exactly_and_rounded_once(service, manager):
    """1,000 pence a year are 83 1/3 a month: twelve of them are 1,000 again, and not 996."""
    put(service, manager, JAN, 1000, per="year")
    put(service, manager, MAR, 50, offering=catalog.make_offering(service, name="Gold"))

    amounts = list(ServiceAmount.objects.all())
    table = get_cost_table(service=service, year=2026, currency="GBP")

    assert of_month(amounts, JAN) == Fraction(1000, 12)
    assert of_month(amounts, MAR) == Fraction(1000, 12) + 50
    assert of_month(amounts, date(2025, 12, 1)) is None
    assert [(row.level, row.total, row.gaps) for row in table.rows] == [("", "£10", 0), ("Gold", "£5", 2)]
    assert [(row.total, row.gaps) for row in table.sums] == [("£15", 0)]
    assert table.rows[1].months[:3] == ("", "", "£0.50")


def test_a_month_without_an_amount_is_named_and_not_nought(service, manager, client_of):
    put(service, manager, JUN, 100_00)

    page = client_of(manager).get("/t/larkmoor/services/phones/costs/?year=2026").content.decode()

    assert "without 5 months" in page
    assert "£700" in page


def test_it_keeps_an_amount_in_the_browser_and_takes_it_back(service, manager, member, client_of):
    client, url = client_of(manager), "/t/larkmoor/services/phones/costs/"
    form = {
        "kind": "cost",
        "amount": "120.50",
        "per": "month",
        "from_month": "2026-03",
        "offering": "",
        "note": "Lines",
    }

    assert client.post(url, form).status_code == 302
    assert spans() == [(MAR, None, 12050)]
    assert client.post(url, form | {"amount": "1.005"}).status_code == 422
    assert client_of(member(Role.AUDITOR)).post(url, form).status_code == 403
    assert client.post(f"{url}{ServiceAmount.objects.get().pk}/remove/").status_code == 302
    assert spans() == []
