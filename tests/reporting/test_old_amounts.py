"""Amounts that were written as hundredths of a currency without hundredths are put right, each once."""

from importlib import import_module

import pytest

from catalog.models import ServiceOffering
from portal.tenancy.scope import tenant_scope
from tests import factories as people
from tests.catalog.factories import make_offering, make_service
from tests.security.servers import as_owner

MIGRATION = import_module("reporting.migrations.0009_old_amounts_have_the_decimals_of_their_currency")
OLD = "UPDATE catalog_serviceofferingevent SET pgh_created_at = '2020-01-01' WHERE pgh_obj_id = %s AND pgh_label = %s"


def priced(first, **later):
    """An offering of that price, and what was written into it afterwards."""
    offering = make_offering(make_service(), price_minor=first)
    if later:
        ServiceOffering.objects.filter(pk=offering.pk).update(**later)
    return offering.pk


@pytest.mark.django_db(transaction=True)
def test_prices_from_before_are_put_right_and_those_from_since_stay():
    made = {}
    for currency in ("JPY", "KWD", "GBP"):
        with tenant_scope(people.make_tenant(slug=currency.lower(), currency=currency).pk):
            made |= {
                (currency, "old"): priced(120050),
                (currency, "described since"): priced(120050, description="More"),
            }
            made |= {(currency, "new"): priced(120050), (currency, "written anew"): priced(120050, price_minor=120051)}
    with as_owner() as owner:
        owner.execute("ALTER TABLE catalog_serviceofferingevent NO FORCE ROW LEVEL SECURITY")
        for (_currency, what), pk in made.items():
            if what != "new":
                owner.execute(OLD, (pk, "insert"))
        for statement in [each for amount in MIGRATION.AMOUNTS for each in MIGRATION.put_right(*amount)]:
            owner.execute(statement)
        owner.execute("ALTER TABLE catalog_serviceoffering NO FORCE ROW LEVEL SECURITY")
        prices = dict(owner.execute("SELECT id, price_minor FROM catalog_serviceoffering").fetchall())
        owner.rollback()

    found = {key: prices[pk] for key, pk in made.items()}
    right = {"JPY": 1201, "KWD": 1200500, "GBP": 120050}  # half a yen is rounded up
    for currency, price in right.items():
        assert (found[currency, "old"], found[currency, "described since"]) == (price, price)
        assert (found[currency, "new"], found[currency, "written anew"]) == (120050, 120051)
