"""Two people at once, and rows that no form offers: each gets an answer, the database holds the rules."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from catalog.actions.alternatives import edit_group
from catalog.actions.components import ComponentDetails, create_component
from catalog.actions.composition import DependencyDetails, add_dependency
from catalog.actions.offerings import OfferingDetails, create_offering
from catalog.errors import NameTaken, PartTwice
from catalog.models import Component, ComponentKind, Dependency, DependencyGroup
from portal.tenancy.errors import Refusal
from portal.tenancy.scope import tenant_scope
from tests import factories
from tests.catalog import factories as catalog

FOUR = 4
ALTERNATIVE = {"requirement": "alternative", "group_name": "Ways in"}


def at_once(tenant, act):
    """What the same act gave to four people who did it together; a refusal is named by its class."""
    together = Barrier(FOUR)

    def run(_number):
        try:
            with tenant_scope(tenant.pk):
                together.wait(120)
                try:
                    with transaction.atomic():
                        return act()
                except Refusal as refusal:
                    return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(FOUR) as pool:
        return list(pool.map(run, range(FOUR)))


@pytest.mark.django_db(transaction=True)
def test_things_of_one_name_made_at_once_get_an_address_each(tenant):
    at_once(tenant, lambda: create_component(details=ComponentDetails("Order storage", ComponentKind.IT)))

    with tenant_scope(tenant.pk):
        assert set(Component.objects.values_list("slug", flat=True)) == {
            "order-storage", "order-storage-2", "order-storage-3", "order-storage-4",
        }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_part_named_at_once_by_several_is_named_once(tenant):
    with tenant_scope(tenant.pk):
        service, component = catalog.make_service(), catalog.make_component()
    details = DependencyDetails(component=component, requirement="needed")

    results = at_once(tenant, lambda: add_dependency(service=service, details=details))

    assert Counter(each for each in results if each is PartTwice) == {PartTwice: FOUR - 1}
    with tenant_scope(tenant.pk):
        assert Dependency.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_alternatives_named_at_once_share_one_group(tenant):
    with tenant_scope(tenant.pk):
        service = catalog.make_service()
        parts = [catalog.make_component() for _ in range(FOUR)]

    at_once(
        tenant,
        lambda: add_dependency(service=service, details=DependencyDetails(component=parts.pop(), **ALTERNATIVE)),
    )

    with tenant_scope(tenant.pk):
        assert [group.dependencies.count() for group in DependencyGroup.objects.all()] == [FOUR]


@pytest.mark.django_db(transaction=True)
def test_a_level_named_at_once_by_several_is_made_once(tenant):
    with tenant_scope(tenant.pk):
        service = catalog.make_service()

    results = at_once(tenant, lambda: create_offering(service=service, details=OfferingDetails("Gold", 100)))

    assert results.count(NameTaken) == FOUR - 1


def test_alternatives_cannot_take_the_name_of_others(in_tenant):
    service = catalog.make_service()
    catalog.make_group(service, name="Ways in")
    other = catalog.make_group(service, name="Ways out")

    with pytest.raises(NameTaken, match="already one called “Ways in”"):
        edit_group(group=other, name="Ways in", needed=1)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        pytest.param({"requirement": "alternative"}, "dependency_group_of_alternatives", id="alternative to nothing"),
        pytest.param(
            {"requirement": "needed", "group": True},
            "dependency_group_of_alternatives",
            id="needed, and one of several",
        ),
        pytest.param({"first_step": 3, "last_step": 2}, "dependency_steps_in_order", id="backward"),
        pytest.param({"first_step": 0, "last_step": 2}, "dependency_steps_in_order", id="before the first"),
        pytest.param({"last_step": 2}, "dependency_steps_in_order", id="no beginning"),
    ],
)
def test_the_database_refuses_parts_that_no_form_offers(in_tenant, fields, constraint):
    service = catalog.make_service()
    if fields.pop("group", False):
        fields["group"] = catalog.make_group(service)

    with pytest.raises(IntegrityError, match=constraint):
        catalog.make_dependency(service, **fields)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [({"needed": 0}, "dependency_group_needs_one"), ({"name": "Ways in"}, "dependency_group_name")],
    ids=["none is enough", "name twice"],
)
def test_the_database_refuses_alternatives_that_no_form_offers(in_tenant, fields, constraint):
    service = catalog.make_service()
    catalog.make_group(service, name="Ways in")

    with pytest.raises(IntegrityError, match=constraint):
        catalog.make_group(service, **{"name": "Other"} | fields)


@pytest.mark.parametrize("for_everyone", [True, False])
@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_refused"),
    [
        pytest.param(date(2026, 3, 1), None, True, id="inside"),
        pytest.param(date(2025, 1, 1), date(2026, 1, 2), True, id="one day"),
        pytest.param(date(2025, 1, 1), date(2026, 1, 1), False, id="before"),
        pytest.param(date(2026, 7, 1), None, False, id="after"),
    ],
)
def test_a_unit_has_a_level_once_on_each_day(in_tenant, for_everyone, starts_on, ends_on, is_refused):
    unit = None if for_everyone else factories.make_unit()
    offering = catalog.make_offering(catalog.make_service())
    catalog.make_entitlement(offering, unit, starts_on=date(2026, 1, 1), ends_on=date(2026, 7, 1))

    if is_refused:
        with pytest.raises(IntegrityError, match="entitlement_times_apart"):
            catalog.make_entitlement(offering, unit, starts_on=starts_on, ends_on=ends_on)
    else:
        assert catalog.make_entitlement(offering, unit, starts_on=starts_on, ends_on=ends_on).pk
