"""What a month without a service cost by part, and what a component or a service carries."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import ComponentKind, Stage
from portal.accounts.models import Role
from portal.language.numbers import NBSP
from portal.tenancy.scope import tenant_scope
from reporting.queries.carries import get_carries
from reporting.queries.component_measures import list_fitting
from reporting.queries.services_lost import get_lost, in_whole_seconds
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from tests import factories
from tests.catalog import factories as catalog
from tests.slas import factories as slas

TODAY, NOW = date(2026, 11, 10), datetime(2026, 11, 10, 9, 0, tzinfo=UTC)


def measured(*stops, component=None, service=None, **fields):
    """A log of outages about a component or a service, with stops of one day in October."""
    measure = slas.make_measure(component=component, service=service, **fields)
    for start, end in stops:
        slas.add_outage(measure, f"2026-10-06 {start}", f"2026-10-06 {end}")
    return measure


@pytest.fixture
def orders(in_tenant):
    """Orders stands on the shop, on Payments (a card and the login), and on one of two ways in."""
    orders, payments = (catalog.make_service(slug=name.lower(), name=name) for name in ("Orders", "Payments"))
    made = {
        name: catalog.make_component(slug=name.lower(), name=name) for name in ("Shop", "Card", "Login", "Web", "Desk")
    }
    catalog.make_dependency(orders, made["Shop"])
    catalog.make_dependency(orders, on_service=payments)
    group = catalog.make_group(orders, name="Ways in")
    for name in ("Web", "Desk"):
        catalog.make_dependency(orders, made[name], group=group)
    catalog.make_dependency(payments, made["Card"])
    catalog.make_dependency(payments, made["Login"])
    target = slas.make_target(service=orders, name="Orders can be placed")
    compute_attainments(targets=[target], periods=[Period(2026, 10)], now=NOW)
    return orders


def component(name):
    return catalog.Component.objects.get(name=name)


def lost(service, member, wanted=None):
    reader = member(Role.SERVICE_LEVEL_MANAGER)
    return get_lost(reader=reader, service=service, wanted=wanted, now=NOW, today=TODAY, time_zone="Europe/London")


def told(page):
    """By part, what it alone cost, with others, and its share of the loss."""
    return {part.name: tuple(said(each) for each in (part.alone, part.shared, part.answers)) for part in page.parts}


def said(words):
    return words.replace(NBSP, " ")


def test_what_each_part_cost_adds_up_over_services(orders, member):
    """10:00 to 10:20 the shop, 10:10 to 10:30 the card inside Payments: 30 minutes. 10 are shared, 5 each.

    The web was down from 12:00 to 13:00 and the desk from 12:50 to 13:30: only 12:50 to 13:00 were both, 5 each.
    """
    measured(("10:00", "10:20"), component=component("Shop"))
    measured(("10:10", "10:30"), component=component("Card"))
    measured(component=component("Login"))
    measured(("12:00", "13:00"), component=component("Web"))
    measured(("12:50", "13:30"), component=component("Desk"))

    page = lost(orders, member)

    assert said(page.lost) == "40 min"
    assert told(page) == {
        "Shop": ("10 min", "10 min", "15 min"),
        "Card": ("10 min", "10 min", "15 min"),
        "Web": ("", "10 min", "5 min"),
        "Desk": ("", "10 min", "5 min"),
        "Login": ("", "", ""),
    }
    assert [part.name for part in page.parts][:2] == ["Shop", "Card"]
    assert {part.name: part.path for part in page.parts}["Card"] == "Payments"
    assert sum(part.seconds for part in page.parts) == page.lost_seconds == 40 * 60
    assert (page.unmeasured, page.no_part) == ((), "")
    assert page.share.endswith("%")


def test_a_part_that_nobody_measures_leaves_no_judgement(orders, member):
    measured(("10:00", "10:20"), component=component("Shop"))
    for name in ("Card", "Web", "Desk"):
        measured(component=component(name))

    page = lost(orders, member)

    assert page.unmeasured == ("Login",)
    assert page.share == ""
    assert said(page.lost) == "20 min"


def test_what_nobody_knows_of_an_alternative_matters_only_while_it_decides(orders, member):
    for name in ("Shop", "Card", "Login", "Web"):
        measured(component=component(name))

    page = lost(orders, member)

    assert page.unmeasured == ("Desk",)
    assert (said(page.coverage), page.lost_seconds) == ("100 %", 0)
    assert page.share != ""


def test_a_service_without_parts_counts_with_its_own_log(in_tenant, member):
    orders, login = (catalog.make_service(slug=slug, name=slug) for slug in ("orders", "login"))
    catalog.make_dependency(orders, on_service=login)
    target = slas.make_target(service=orders)
    compute_attainments(targets=[target], periods=[Period(2026, 10)], now=NOW)
    measured(("10:00", "10:09"), service=login)

    assert told(lost(orders, member)) == {"login": ("9 min", "", "9 min")}


def test_what_is_left_out_or_only_slow_costs_nothing(orders, member):
    for name in ("Card", "Login", "Web", "Desk"):
        measured(component=component(name))
    measure = measured(component=component("Shop"))
    slas.add_outage(measure, "2026-10-06 10:00", "2026-10-06 10:20", left_out_reason="Agreed")
    slas.add_outage(measure, "2026-10-06 11:00", "2026-10-06 11:20", is_degraded=True)

    assert lost(orders, member).lost_seconds == 0


def test_other_months_are_chosen_by_the_address_and_only_those_that_are_shown(orders, member, client_of):
    measured(("10:00", "10:20"), component=component("Shop"))
    client = client_of(member(Role.SERVICE_OWNER))

    october, september, future, nonsense = (
        client.get(f"/t/larkmoor/services/orders/lost/?month={month}").context["lost"].month
        for month in ("2026-10", "2026-09", "2026-12", "x")
    )

    assert (october, september) == (date(2026, 10, 1), date(2026, 9, 1))
    assert future == nonsense == date(2026, 10, 1)


def test_a_service_that_says_nothing_of_its_parts_is_told_so(in_tenant, member, client_of):
    catalog.make_service(slug="alone")

    page = client_of(member(Role.SERVICE_OWNER)).get("/t/larkmoor/services/alone/lost/").content.decode()

    assert "Nothing to put together yet" in page


@given(st.lists(st.fractions(min_value=0, max_value=50, max_denominator=7), max_size=8))
def test_whole_seconds_add_up(parts):
    found = in_whole_seconds(parts)

    assert sum(found) == -(-sum(parts, Fraction(0)) // 1)
    assert all(0 <= whole - part < 1 or 0 <= part - whole < 1 for whole, part in zip(found, parts, strict=True))


@pytest.fixture
def theirs(other_tenant):
    """Another tenant's service on a component of the same name and address."""
    with tenant_scope(other_tenant.pk):
        catalog.make_dependency(catalog.make_service(name="Theirs"), catalog.make_component(slug="shop", name="Shop"))


def carries(thing, reader):
    return get_carries(reader=reader, thing=thing, today=TODAY)


def stops(found):
    return [each.service.name for each in found.stopping], [each.service.name for each in found.going_on]


def test_what_a_component_carries_over_services(orders, member):
    unit = factories.make_unit(name="Customer Orders")
    catalog.make_entitlement(catalog.make_offering(orders), unit)
    catalog.make_goal(orders, name="Take orders online")
    reader = member(Role.SERVICE_LEVEL_MANAGER)

    found = carries(component("Card"), reader)

    assert stops(found) == (["Orders", "Payments"], [])
    upper = found.stopping[0]
    assert upper.path == "Orders stands on Payments, Payments on Card"
    assert upper.why == "It needs Payments."
    assert upper.promises[0].endswith(": Orders can be placed")
    assert (upper.units, upper.goals) == (("Customer Orders",), ("Take orders online",))
    assert found.units == ("Customer Orders",)


def test_alternatives_let_services_go_on(orders, member):
    reader = member(Role.SERVICE_LEVEL_MANAGER)
    found = carries(component("Web"), reader)

    assert stops(found) == ([], ["Orders"])
    assert found.going_on[0].why == "“Ways in” still holds: Desk would be left."
    orders.dependency_groups.update(needed=2)
    short = carries(component("Web"), reader)
    assert stops(short) == (["Orders"], [])
    assert short.stopping[0].why == "“Ways in” needs 2, and only Desk would be left."


def test_what_only_helps_stops_nothing(orders, member):
    help_line = catalog.make_component(name="Help line")
    catalog.make_dependency(orders, help_line, requirement="helps")

    found = carries(help_line, member(Role.SERVICE_LEVEL_MANAGER))

    assert stops(found) == ([], ["Orders"])
    assert found.going_on[0].why == "What it stands on goes on, or only helps."


def test_what_a_service_carries(orders, member):
    payments = catalog.Service.objects.get(name="Payments")
    top = catalog.make_service(name="Sales")
    catalog.make_dependency(top, on_service=orders)

    found = carries(payments, member(Role.SERVICE_LEVEL_MANAGER))

    assert stops(found) == (["Orders", "Sales"], [])
    assert found.stopping[1].path == "Sales stands on Orders, Orders on Payments"


def test_the_business_sees_what_is_in_the_catalogue_and_nobody_sees_another_tenant(theirs, orders, member, client_of):
    hidden = catalog.make_service(name="Hidden", stage=Stage.PIPELINE)
    catalog.make_dependency(hidden, component("Shop"))
    unit = factories.make_unit()
    head = factories.make_member(role=Role.BUSINESS_UNIT_HEAD, units=[unit])

    assert stops(carries(component("Shop"), member(Role.SERVICE_LEVEL_MANAGER))) == (["Hidden", "Orders"], [])
    page = client_of(head).get("/t/larkmoor/components/shop/carries/").content.decode()
    assert "Orders" in page
    assert "Hidden" not in page
    assert "Theirs" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_as_many_questions_for_thirty_services_as_for_one(in_tenant, member, django_assert_num_queries, count):
    shop = catalog.make_component(name="Shop")
    below = catalog.make_service()
    catalog.make_dependency(below, shop)
    for _each in range(count):
        above = catalog.make_service()
        catalog.make_dependency(above, on_service=below)
        catalog.make_goal(above)
        below = above
    reader = member(Role.SERVICE_LEVEL_MANAGER)

    with django_assert_num_queries(8):
        assert len(carries(shop, reader).stopping) == count + 1


@pytest.mark.parametrize("count", [1, 30])
def test_a_month_by_part_asks_as_often_for_thirty_parts_as_for_one(orders, member, django_assert_num_queries, count):
    for _each in range(count):
        extra = catalog.make_component()
        catalog.make_dependency(orders, extra)
        measured(("10:00", "10:20"), component=extra)
    reader = member(Role.SERVICE_LEVEL_MANAGER)

    with django_assert_num_queries(12):
        get_lost(reader=reader, service=orders, wanted=None, now=NOW, today=TODAY, time_zone="Europe/London")


def test_a_component_names_what_fits_its_kind_and_begins_a_measure_of_it(in_tenant, member, client_of):
    desk = catalog.make_component(slug="desk", name="Order desk", kind="people")
    shifts = slas.make_measure("occasions", component=desk, name="Staffed shifts")
    odd = slas.make_measure(component=desk, name="Desk shut")

    owner = member(Role.SERVICE_OWNER)
    fitting = list_fitting(reader=owner, component=desk)
    client = client_of(owner)
    page = client.get("/t/larkmoor/components/desk/status/").content.decode()
    form = client.get("/t/larkmoor/measures/new/?component=desk&kind=surveys").context["form"]

    assert [(each.kind, each.measures) for each in fitting] == [
        ("occasions", (shifts,)), ("cases", ()), ("surveys", ()), ("outages", (odd,)),
    ]  # fmt: skip
    assert "what those say who were helped" in page
    assert (form["component"].value(), form["fact_kind"].value()) == (desk.pk, "surveys")
    assert client.get("/t/larkmoor/measures/new/?component=x&kind=y").context["form"]["fact_kind"].value() is None


@pytest.mark.parametrize("kind", ComponentKind.values)
def test_each_kind_of_component_has_measures_that_fit(member, kind):
    assert len(list_fitting(reader=member(Role.SERVICE_OWNER), component=catalog.make_component(kind=kind))) >= 2
