"""Levels of a service and who has them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from catalog.actions.offerings import (
    EntitlementDetails,
    OfferingDetails,
    create_offering,
    edit_entitlement,
    grant_entitlement,
    remove_offering,
)
from catalog.errors import EntitlementTwice, NameTaken, OfferingInUse
from catalog.models import Entitlement
from catalog.queries.offerings import list_levels, price_words
from portal.accounts.models import Role
from tests import factories
from tests.catalog import factories as catalog

JANUARY, MARCH, JUNE = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("fields", "monthly_said", "words"),
    [
        ({"price_minor": 2140000}, False, "£21,400 a month"),
        ({"price_minor": 2140000}, True, "£21,400"),
        ({"price_minor": 64000, "price_unit": "a day"}, True, "£640 a day"),
        ({"price_minor": 1999}, True, "£19.99"),
        ({"price_minor": None, "price_words": "In the base fee"}, True, "In the base fee"),
    ],
)
def test_a_price_is_said_with_its_unit_or_in_words(in_tenant, fields, monthly_said, words):
    offering = catalog.make_offering(catalog.make_service(), **fields)

    assert price_words(offering=offering, currency="GBP", is_monthly_said=monthly_said) == words


def test_two_levels_of_a_service_have_two_names(in_tenant):
    service = catalog.make_service()
    create_offering(service=service, details=OfferingDetails("Gold"))

    with pytest.raises(NameTaken, match="“Gold”"):
        create_offering(service=service, details=OfferingDetails("Gold"))
    create_offering(service=catalog.make_service(), details=OfferingDetails("Gold"))  # another service may


def test_a_level_that_somebody_had_stays_for_the_record(in_tenant):
    offering = catalog.make_offering(catalog.make_service())
    unused = catalog.make_offering(offering.service)
    catalog.make_entitlement(offering, factories.make_unit(), ends_on=MARCH)

    with pytest.raises(OfferingInUse):
        remove_offering(offering=offering)
    remove_offering(offering=unused)

    assert list(offering.service.offerings.all()) == [offering]


@pytest.mark.parametrize(
    ("has", "starts_on", "ends_on", "same_level", "is_refused"),
    [
        pytest.param(True, MARCH, None, True, True, id="same level, overlapping"),
        pytest.param(True, MARCH, None, False, True, id="another level of the same service"),
        pytest.param(True, JUNE, None, True, False, id="begins when the first ends"),
        pytest.param(True, date(2025, 1, 1), JANUARY, True, False, id="ends when the first begins"),
        pytest.param(False, MARCH, None, False, False, id="may ask for another level"),
        pytest.param(False, MARCH, None, True, True, id="may ask for what it has"),
    ],
)
def test_a_unit_has_one_level_of_a_service_at_a_time(in_tenant, has, starts_on, ends_on, same_level, is_refused):
    unit, service = factories.make_unit(), catalog.make_service()
    gold, silver = catalog.make_offering(service, name="Gold"), catalog.make_offering(service, name="Silver")
    catalog.make_entitlement(gold, unit, starts_on=JANUARY, ends_on=JUNE)
    details = EntitlementDetails(unit, has, starts_on, ends_on)

    if is_refused:
        with pytest.raises(EntitlementTwice, match="already has “Gold”"):
            grant_entitlement(offering=gold if same_level else silver, details=details)
    else:
        grant_entitlement(offering=gold if same_level else silver, details=details)

    assert Entitlement.objects.count() == (1 if is_refused else 2)


def test_an_entitlement_is_ended_by_a_date_and_can_be_kept_unchanged(in_tenant):
    unit = factories.make_unit()
    entitlement = catalog.make_entitlement(catalog.make_offering(catalog.make_service()), unit, starts_on=JANUARY)

    edit_entitlement(entitlement=entitlement, details=EntitlementDetails(unit, True, JANUARY, JUNE))

    entitlement.refresh_from_db()
    assert entitlement.ends_on == JUNE


def test_the_database_too_refuses_the_same_entitlement_twice(in_tenant):
    offering = catalog.make_offering(catalog.make_service())
    catalog.make_entitlement(offering, None)

    with pytest.raises(IntegrityError, match=r"entitlement_(once|times_apart)"), transaction.atomic():
        catalog.make_entitlement(offering, None)


def test_a_business_reader_sees_its_own_and_what_is_for_everyone(member):
    own, other = factories.make_unit(name="Own"), factories.make_unit(name="Other")
    offering = catalog.make_offering(catalog.make_service())
    for unit in (own, other, None):
        catalog.make_entitlement(offering, unit)

    def units_seen_by(reader):
        (level,) = list_levels(reader=reader, service=offering.service, currency="GBP")
        return {entitlement.business_unit for entitlement in level.entitlements}

    assert units_seen_by(member(Role.BUSINESS_UNIT_HEAD, units=[own])) == {own, None}
    assert units_seen_by(member(Role.AUDITOR)) == {own, other, None}


def test_a_level_is_priced_and_given_in_the_browser(member, client_of):
    unit = factories.make_unit()
    service = catalog.make_service(slug="phones")
    client = client_of(member(Role.SERVICE_OWNER))

    client.post(
        "/t/larkmoor/services/phones/offerings/new/",
        {"name": "Gold", "price": "6300.50", "price_unit": "a month", "position": "1"},
    )
    offering = service.offerings.get()
    client.post(
        f"/t/larkmoor/services/phones/offerings/{offering.pk}/entitlements/new/",
        {"business_unit": unit.pk, "is_subscribed": "on", "starts_on": "2026-01-01", "covered_words": "40 lines"},
    )

    assert Decimal(offering.price_minor) / 100 == Decimal("6300.50")
    entitlement = offering.entitlements.get()
    assert (entitlement.business_unit, entitlement.is_subscribed, entitlement.covered_words) == (unit, True, "40 lines")
    assert "40 lines" in client.get("/t/larkmoor/services/phones/offerings/").content.decode()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        pytest.param({"price": "", "price_words": ""}, "price", id="neither price nor words"),
        pytest.param({"price": "10", "price_words": "Free"}, "price", id="both"),
        pytest.param({"price": "-1"}, "price", id="negative"),
        pytest.param({"price": "ten"}, "price", id="no number"),
    ],
)
def test_a_level_has_a_price_or_words(member, client_of, fields, field):
    catalog.make_service(slug="phones")
    client = client_of(member(Role.SERVICE_OWNER))

    answer = client.post("/t/larkmoor/services/phones/offerings/new/", {"name": "Gold", "position": "0"} | fields)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_refusal_is_told_on_the_page_that_was_left(member, client_of):
    offering = catalog.make_offering(catalog.make_service(slug="phones"), name="Gold")
    catalog.make_entitlement(offering)
    client = client_of(member(Role.SERVICE_OWNER))

    answer = client.post(f"/t/larkmoor/services/phones/offerings/{offering.pk}/remove/", follow=True)

    assert "“Gold” is or was given to somebody" in answer.content.decode()
    assert offering.service.offerings.exists()
