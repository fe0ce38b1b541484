"""Services that stand on services: never on themselves, whoever writes at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from catalog.actions.composition import DependencyDetails, add_dependency, edit_dependency
from catalog.errors import PartTwice, StandsOnItself
from catalog.models import Dependency
from catalog.queries.standing import list_counted, path_words, reach
from portal.tenancy.scope import tenant_scope
from tests.catalog import factories as catalog


def on(service, requirement="needed", **fields):
    return DependencyDetails(None, requirement, on_service=service, **fields)


def services(*names):
    return [catalog.make_service(slug=name.lower(), name=name) for name in names]


@pytest.mark.parametrize("requirement", ["needed", "helps"])
def test_a_circle_is_refused_with_its_path(in_tenant, requirement):
    orders, payments, login = services("Orders", "Payments", "Login")
    add_dependency(service=orders, details=on(payments))
    add_dependency(service=payments, details=on(login, requirement))

    with pytest.raises(StandsOnItself, match="Orders on Payments") as caught:
        add_dependency(service=login, details=on(orders))

    assert str(caught.value).startswith("Login stands on Orders, Orders on Payments, Payments on Login.")
    assert not login.dependencies.exists()


def test_a_service_does_not_stand_on_itself(in_tenant):
    (orders,) = services("Orders")

    with pytest.raises(StandsOnItself, match="Orders stands on Orders"):
        add_dependency(service=orders, details=on(orders))


def test_a_part_that_is_changed_does_not_count_with_what_it_was(in_tenant):
    orders, payments, login = services("Orders", "Payments", "Login")
    part = add_dependency(service=orders, details=on(payments))

    edit_dependency(dependency=part, details=on(login))
    add_dependency(service=payments, details=on(orders))

    assert path_words(["Payments", "Orders", "Login"]) == "Payments stands on Orders, Orders on Login"


def test_the_same_service_is_named_once_and_may_be_reached_twice(in_tenant):
    orders, payments, desk, login = services("Orders", "Payments", "Desk", "Login")
    for upper, lower in ((orders, payments), (orders, desk), (payments, login), (desk, login)):
        add_dependency(service=upper, details=on(lower))

    with pytest.raises(PartTwice, match="“Payments”"):
        add_dependency(service=orders, details=on(payments, "helps"))
    assert reach({1: [2, 3], 2: [4], 3: [4]}, [1]) == {1: (1,), 2: (1, 2), 3: (1, 3), 4: (1, 2, 4)}


def test_the_database_refuses_a_circle_that_no_action_saw(in_tenant):
    orders, payments = services("Orders", "Payments")
    catalog.make_dependency(orders, on_service=payments)

    with pytest.raises(IntegrityError, match="would stand on itself"):
        catalog.make_dependency(payments, on_service=orders)


@pytest.mark.parametrize("fields", [{}, {"component": True, "on_service": True}], ids=["neither", "both"])
def test_a_part_is_one_thing(in_tenant, fields):
    orders, payments = services("Orders", "Payments")
    values = {"component": catalog.make_component()} if "component" in fields else {}
    values |= {"on_service": payments} if "on_service" in fields else {}

    with pytest.raises(IntegrityError, match="dependency_on_one_thing"):
        Dependency.objects.create(service=orders, **values)


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_close_no_circle(tenant):
    with tenant_scope(tenant.pk):
        orders, payments = services("Orders", "Payments")
    together = Barrier(2)

    def write(pair):
        upper, lower = pair
        try:
            with tenant_scope(tenant.pk):
                together.wait(60)
                try:
                    with transaction.atomic():
                        add_dependency(service=upper, details=on(lower))
                except StandsOnItself as refusal:
                    return str(refusal)
                return "written"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(write, [(orders, payments), (payments, orders)]))

    assert results[1] == "written"
    assert "stands on" in results[0]
    with tenant_scope(tenant.pk):
        assert Dependency.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_database_alone_holds_two_writers_apart(tenant):
    """No action, no lock of ours: only the table's own rule."""
    with tenant_scope(tenant.pk):
        pair = services("Orders", "Payments")
    together = Barrier(2)

    def write(number):
        try:
            with tenant_scope(tenant.pk):
                together.wait(60)
                try:
                    with transaction.atomic():
                        catalog.make_dependency(pair[number], on_service=pair[1 - number])
                except IntegrityError as refusal:
                    return str(refusal)
                return "written"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(write, (0, 1)))

    assert [("stand on itself" in each, each == "written") for each in results] == [(True, False), (False, True)]


def test_what_a_service_cannot_do_without_holds_the_parts_of_the_services_it_needs(
    in_tenant, django_assert_num_queries
):
    orders, payments, login, spare = services("Orders", "Payments", "Login", "Spare")
    network, card, shop, other = (catalog.make_component(name=name) for name in ("Network", "Card", "Shop", "Other"))
    catalog.make_dependency(orders, network)
    catalog.make_dependency(orders, on_service=payments)
    group = catalog.make_group(orders)
    for fields in ({"component": shop}, {"on_service": spare}):
        catalog.make_dependency(orders, fields.pop("component", None), group=group, **fields)
    catalog.make_dependency(payments, card)
    catalog.make_dependency(payments, network)
    catalog.make_dependency(payments, on_service=login)
    catalog.make_dependency(payments, other, requirement="helps")

    with django_assert_num_queries(3):
        counted = list_counted(service_ids=[orders.pk])

    assert [str(each.part) for each in counted[orders.pk]] == ["Network", "Card", "Login", "Shop", "Spare"]
