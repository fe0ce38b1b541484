"""People and business units: changed by the administrator, in force at the next request."""

from datetime import date

import pytest
from django.urls import reverse

from portal.accounts.actions import members, units
from portal.accounts.errors import LastAdministrator, UnitNameTaken, UnitNeeded
from portal.accounts.models import BusinessUnit, Membership, Role
from portal.accounts.queries import units_in_use
from portal.tenancy.scope import tenant_scope
from tests import factories


def url(name, **kwargs):
    return reverse(name, kwargs={"tenant": "larkmoor", **kwargs})


@pytest.fixture
def admin(tenant):
    with tenant_scope(tenant.pk):
        return factories.make_member(role=Role.ADMINISTRATOR)


@pytest.fixture
def orders(tenant):
    with tenant_scope(tenant.pk):
        return factories.make_unit(slug="orders", name="Orders")


@pytest.fixture
def dana(tenant, orders):
    with tenant_scope(tenant.pk):
        return factories.make_member(role=Role.BUSINESS_UNIT_HEAD, units=[orders])


def change(member, **fields):
    known = {"role": member.role, "title": member.title, "units": [], "is_active": True}
    return members.change_member(member=member, **known | fields)


class TestRules:
    @pytest.fixture(autouse=True)
    def _larkmoor(self, in_tenant):
        pass

    def test_a_business_role_needs_a_unit(self, admin, dana):
        with pytest.raises(UnitNeeded, match="A business unit head belongs to at least one business unit"):
            change(dana, units=[])

    def test_who_speaks_for_it_has_no_unit(self, admin, dana, orders):
        change(dana, role=Role.SERVICE_OWNER, units=[orders])

        assert list(dana.unit_links.all()) == []

    def test_units_are_these_and_no_others(self, admin, dana, orders):
        finance, shops = factories.make_unit(), factories.make_unit()
        change(dana, units=[orders, finance])
        change(dana, units=[finance, shops])

        assert {link.business_unit for link in dana.unit_links.all()} == {finance, shops}

    @pytest.mark.parametrize("fields", [{"is_active": False}, {"role": Role.AUDITOR}])
    def test_the_last_administrator_stays(self, admin, fields):
        with pytest.raises(LastAdministrator, match="Make somebody else administrator first"):
            change(admin, **fields)

        assert Membership.objects.get(pk=admin.pk).role == Role.ADMINISTRATOR

    def test_an_administrator_without_access_does_not_count(self, admin):
        factories.make_member(role=Role.ADMINISTRATOR, is_active=False)

        with pytest.raises(LastAdministrator):
            change(admin, is_active=False)

    def test_one_of_two_administrators_may_go(self, admin):
        factories.make_member(role=Role.ADMINISTRATOR)

        assert not change(admin, is_active=False).is_active

    @pytest.mark.parametrize(
        ("name", "slug"),
        [
            ("Order desk", "order-desk"),
            ("Orders!", "orders-2"),
            ("Größe & Co", "groe-co"),
            ("注文", "unit"),
            ("New", "new-2"),
        ],
    )
    def test_the_address_of_a_unit_is_made_from_its_name(self, orders, name, slug):
        assert units.create_unit(name=name).slug == slug

    def test_two_units_have_two_names(self, orders):
        with pytest.raises(UnitNameTaken, match="There is a business unit “ORDERS” already"):
            units.create_unit(name="ORDERS")
        with pytest.raises(UnitNameTaken):
            units.edit_unit(unit=factories.make_unit(), name="orders", retired_on=None)
        assert units.edit_unit(unit=orders, name="orders", retired_on=None).name == "orders"


PAGES = [
    ("member_list", {"administrator": 200}),
    ("invitation_create", {"administrator": 200}),
    ("unit_list", {"administrator": 200, "service_level_manager": 200}),
    ("unit_create", {"administrator": 200, "service_level_manager": 200}),
]


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize(("name", "allowed"), PAGES)
def test_who_sees_the_pages(tenant, admin, orders, client_of, name, allowed, role):
    with tenant_scope(tenant.pk):
        somebody = factories.make_member(role=role, units=[orders])

    assert client_of(somebody).get(url(name)).status_code == allowed.get(role, 403)


def test_a_stranger_finds_no_people(tenant, other_tenant, admin, client_of):
    with tenant_scope(other_tenant.pk):
        eve = factories.make_member(role=Role.ADMINISTRATOR)
    client = client_of(eve)

    assert client.get(url("member_list")).status_code == 404
    assert client.get(reverse("member_edit", kwargs={"tenant": "harbour", "member_id": admin.pk})).status_code == 404


class TestNextRequest:
    def test_who_is_shut_out_is_shut_out_at_the_next_request(self, admin, dana, orders, client_of):
        theirs = client_of(dana)
        assert theirs.get(url("conversation_list")).status_code == 200
        sent = {"role": dana.role, "units": [orders.pk], "title": ""}

        assert client_of(admin).post(url("member_edit", member_id=dana.pk), sent).status_code == 302

        assert theirs.get(url("conversation_list")).status_code == 404

    def test_a_new_role_holds_at_the_next_request(self, tenant, admin, dana, client_of):
        theirs = client_of(dana)
        assert theirs.get(url("unit_list")).status_code == 403
        sent = {"role": Role.SERVICE_LEVEL_MANAGER, "title": "", "is_active": "on"}

        client_of(admin).post(url("member_edit", member_id=dana.pk), sent)

        assert theirs.get(url("unit_list")).status_code == 200

    def test_a_disabled_account_is_out_everywhere(self, dana, client_of):
        theirs = client_of(dana)
        dana.user.is_active = False
        dana.user.save()

        assert theirs.get(url("conversation_list"))["Location"].startswith("/account/login/")


def test_a_refusal_is_said_in_the_form(admin, client_of):
    sent = {"role": Role.BUSINESS_MEMBER, "title": "", "is_active": "on"}

    answer = client_of(admin).post(url("member_edit", member_id=admin.pk), sent)

    assert answer.status_code == 422
    assert "A business member belongs to at least one business unit. Choose one." in answer.content.decode()


def test_a_unit_of_another_tenant_cannot_be_chosen(tenant, other_tenant, admin, dana, client_of):
    with tenant_scope(other_tenant.pk):
        foreign = factories.make_unit()
    sent = {"role": dana.role, "title": "", "is_active": "on", "units": [foreign.pk]}

    assert client_of(admin).post(url("member_edit", member_id=dana.pk), sent).status_code == 422


def test_a_unit_is_made_renamed_and_retired(tenant, admin, client_of):
    client = client_of(admin)
    client.post(url("unit_create"), {"name": "Deliveries"})
    client.post(url("unit_edit", slug="deliveries"), {"name": "Delivery", "retired_on": "2026-11-01"})

    with tenant_scope(tenant.pk):
        unit = BusinessUnit.objects.get(slug="deliveries")
    assert (unit.name, unit.retired_on.isoformat()) == ("Delivery", "2026-11-01")
    assert "Retired on 1 Nov 2026" in client.get(url("unit_list")).content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_people_asks_the_same_number_of_questions(
    tenant, admin, orders, client_of, django_assert_num_queries, no_menu, count
):
    with tenant_scope(tenant.pk):
        for _ in range(count):
            factories.make_member(role=Role.BUSINESS_MEMBER, units=[orders])
    client = client_of(admin)

    with django_assert_num_queries(15):
        client.get(url("member_list"))


class TestStart:
    def test_who_is_a_member_once_goes_straight_on(self, dana, client_of):
        assert client_of(dana).get("/")["Location"] == "/t/larkmoor/"

    def test_who_is_a_member_twice_chooses(self, other_tenant, dana, client_of):
        with tenant_scope(other_tenant.pk):
            factories.make_member(role=Role.AUDITOR, user=dana.user)

        page = client_of(dana).get("/").content.decode()

        assert ("/t/larkmoor/" in page, "/t/harbour/" in page) == (True, True)

    def test_who_is_a_member_nowhere_is_told_what_to_do(self, tenant, other_tenant, admin, client_of):
        with tenant_scope(other_tenant.pk):
            gone = factories.make_member(is_active=False)

        page = client_of(gone).get("/").content.decode()

        assert "Ask its administrator for an invitation." in page
        assert "/t/" not in page


@pytest.mark.parametrize(
    ("retired_on", "is_in_use"),
    [
        pytest.param(None, True, id="not retired"),
        pytest.param(date(2026, 11, 11), True, id="from tomorrow on"),
        pytest.param(date(2026, 11, 10), False, id="from today on"),
        pytest.param(date(2026, 1, 1), False, id="long ago"),
    ],
)
def test_a_unit_is_in_use_until_the_day_on_which_it_retires(in_tenant, retired_on, is_in_use):
    unit = factories.make_unit(retired_on=retired_on)

    assert (unit in units_in_use(on=date(2026, 11, 10))) is is_in_use
