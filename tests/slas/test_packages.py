"""Promises that are agreed again: as a package, put into a draft in one go, and as the copy of a whole agreement."""

from datetime import date

import pytest

from slas.forms.target_sheet import record_of
from slas.models import Agreement, Obligation, TargetKind, TargetPackage
from tests import factories as people
from tests.slas import factories

PAGE = "/t/larkmoor/agreements/orders/v1/"
PACKAGES = "/t/larkmoor/packages/"


@pytest.fixture
def manager(people_of, client_of):
    return client_of(people_of["manager"])


@pytest.fixture
def promises(agreement):
    """Two promises for a service, and a package of them."""
    service = factories.make_service(slug="online-ordering")
    agreement.targets.update(service=service)
    factories.make_target(TargetKind.CASES, agreement=agreement, service=service, name="Problems are solved in time")
    return list(agreement.targets.select_related("service", "measure").order_by("pk"))


@pytest.fixture
def package(promises, manager):
    assert manager.post(f"{PAGE}package/", {"name": "Shop, gold", "purpose": "For shops"}).status_code == 302
    return TargetPackage.objects.get()


@pytest.fixture
def other(promises):
    """A draft of another unit that has a promise of the same address already."""
    made = factories.make_agreement(slug="claims", state="draft")
    factories.make_target(agreement=made, slug="place-orders", name="Claims can be sent")
    return made


def put(client, package, **fields):
    return client.post("/t/larkmoor/agreements/claims/v1/targets/package/", {"package": package.pk} | fields)


def without_address(target):
    return {name: cell for name, cell in record_of(target).items() if name != "address"}


def test_a_package_is_put_into_a_draft_beside_what_is_there(promises, package, other, manager):
    assert put(manager, package).status_code == 302

    added = other.targets.exclude(name="Claims can be sent").select_related("service", "measure").order_by("pk")
    assert [without_address(each) for each in added] == [without_address(each) for each in promises]
    assert other.targets.count() == 3
    assert len({each.slug for each in other.targets.all()}) == 3


def test_it_can_be_promised_for_another_service(package, other, manager):
    service = factories.make_service()

    put(manager, package, service=service.pk)

    assert {each.service for each in other.targets.exclude(name="Claims can be sent")} == {service}


def test_what_has_gone_since_is_said_and_nothing_is_added(promises, package, other, manager):
    gone = promises[0].measure.slug
    TargetPackage.objects.update(rows=[row | {"measure": f"{gone}-gone"} for row in package.rows])

    answer = put(manager, package)

    assert answer.status_code == 422
    assert f"no measure “{gone}-gone” here" in answer.text
    assert other.targets.count() == 1


def test_a_package_stays_as_it_is_when_the_agreement_changes(promises, package, agreement, manager):
    before = package.rows
    agreement.targets.update(name="Something else")

    assert TargetPackage.objects.get().rows == before
    page = manager.get(PACKAGES).text
    assert "Customers can place orders" in page
    assert "Remove the package" in manager.get(f"{PACKAGES}{package.pk}/remove/").text
    assert TargetPackage.objects.exists()
    assert manager.post(f"{PACKAGES}{package.pk}/remove/").status_code == 302
    assert "No packages yet" in manager.get(PACKAGES).text


def test_names_are_given_once_and_an_empty_package_is_refused(package, manager):
    again = manager.post(f"{PAGE}package/", {"name": "Shop, gold"})
    factories.make_agreement(slug="empty")
    empty = manager.post("/t/larkmoor/agreements/empty/v1/package/", {"name": "Nothing"})

    assert "There is a package of that name already." in again.text
    assert "there is nothing to keep" in empty.text
    assert (again.status_code, empty.status_code) == (422, 422)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_as_often_for_thirty_packages_as_for_one(manager, rows, django_assert_num_queries, settings):
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"
    TargetPackage.objects.bulk_create(TargetPackage(name=f"Package {number}") for number in range(rows))
    manager.get(PACKAGES)

    with django_assert_num_queries(7):
        assert manager.get(PACKAGES).text.count("Remove") == rows


def test_an_agreement_is_copied_for_another_customer(promises, agreement, manager):
    Obligation.objects.create(
        agreement=agreement, slug="calendar", text="Send the calendar", short_text="Calendar", due_on=date(2026, 1, 1)
    )
    agreement.targets.update(starts_on=date(2026, 1, 1))
    unit = people.make_unit()
    customer = factories.make_party(kind="business_unit", name=unit.name, business_unit=unit)
    filled = {"name": "Claims and Larkmoor IT", "kind": "sla", "customer": customer.pk}
    filled |= {"provider": agreement.provider_id, "time_zone": "Europe/London", "starts_on": "2026-12-01"}

    shown = manager.get(f"{PAGE}copy/")
    done = manager.post(f"{PAGE}copy/", filled | {"answer_working_days": 3})

    assert shown.context["form"]["customer"].value() is None
    copy = Agreement.objects.get(slug="claims-and-larkmoor-it")
    assert done["Location"].endswith("/agreements/claims-and-larkmoor-it/v1/")
    assert (copy.state, copy.version, copy.customer, copy.acceptances.count()) == ("draft", 1, customer, 0)
    copied = copy.targets.select_related("service", "measure").order_by("pk")
    assert [record_of(each) for each in copied] == [record_of(each) for each in promises]
    duty = copy.obligations.get()
    assert (duty.text, duty.owner, duty.due_on, duty.done_on) == ("Send the calendar", None, None, None)
    assert agreement.targets.count() == 2


def test_only_managers_keep_put_and_copy(draft, people_of, client_of):
    asked = ("package/", "targets/package/", "copy/")
    clients = {who: client_of(person) for who, person in people_of.items()}
    codes = {who: {client.get(PAGE + each).status_code for each in asked} for who, client in clients.items()}

    wanted = {"manager": {200}} | {who: {403} for who in ("owner", "auditor", "admin")}
    assert codes == wanted | {who: {404} for who in ("head", "business", "outsider")}


def test_another_tenant_has_packages_of_its_own(stranger, package, client_of):
    assert client_of(stranger).get(PACKAGES).status_code == 404
    assert client_of(stranger).post(f"{PACKAGES}{package.pk}/remove/").status_code == 404
    assert TargetPackage.objects.filter(pk=package.pk).exists()
