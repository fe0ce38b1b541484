"""Services: written down, changed, moved through the portfolio for a reason, found again with typos."""

from datetime import date

import pytest

from catalog.actions.services import ServiceDetails, create_service, edit_service, move_service
from catalog.errors import MoveBeforeLast, MoveInFuture
from catalog.models import LineOfService, Service, Stage
from catalog.queries.search import search_services
from catalog.queries.services import list_visible_services
from portal import clock
from portal.accounts.models import Role
from tests import factories
from tests.catalog import factories as catalog

TODAY = date(2026, 11, 10)
DETAILS = ServiceDetails("Price list", "The prices of tomorrow, tonight.", "business", line_name="Sell")


def move(service, to_step, on=TODAY, reason="Agreed"):
    return move_service(service=service, to_step=to_step, on=on, reason=reason, by=None, today=TODAY, is_promised=True)


def test_a_new_service_starts_in_the_pipeline_with_a_dated_reason(member):
    manager = member(Role.SERVICE_LEVEL_MANAGER)

    service = create_service(details=DETAILS, reason="Asked for by Sales", by=manager, on=TODAY)

    first = service.transitions.get()
    assert (service.stage, service.slug, service.line_of_service.name) == ("pipeline", "price-list", "Sell")
    assert (first.from_stage, first.to_stage, first.on, first.reason) == ("", "proposed", TODAY, "Asked for by Sales")
    assert first.decided_by == manager


@pytest.mark.parametrize(
    ("taken", "slug"),
    [
        pytest.param([], "price-list", id="free"),
        pytest.param(["price-list"], "price-list-2", id="taken once"),
        pytest.param(["price-list", "price-list-2"], "price-list-3", id="taken twice"),
    ],
)
def test_an_address_is_made_from_the_name(in_tenant, taken, slug):
    for each in taken:
        catalog.make_service(slug=each)

    assert create_service(details=DETAILS, reason="Wanted", by=None, on=TODAY).slug == slug


@pytest.mark.parametrize(("name", "slug"), [("New", "new-2"), ("Import", "import-2"), ("Imports", "imports")])
def test_what_is_called_like_a_form_does_not_take_its_address(in_tenant, name, slug):
    service = create_service(details=ServiceDetails(name, "Anything.", "business"), reason="Wanted", by=None, on=TODAY)

    assert service.slug == slug


def test_an_edited_service_keeps_its_address_and_shares_a_heading(in_tenant):
    service = catalog.make_service(slug="prices", name="Prices")
    LineOfService.objects.create(name="Sell", position=4)

    edit_service(service=service, details=DETAILS)

    service.refresh_from_db()
    assert (service.slug, service.name, service.line_of_service.position) == ("prices", "Price list", 4)
    assert LineOfService.objects.count() == 1


def test_a_transition_is_a_record_of_the_past_in_order_of_time(in_tenant):
    service = catalog.make_service(stage="pipeline")

    with pytest.raises(MoveInFuture, match="11 November 2026 has not come yet"):
        move(service, "analysed", on=date(2026, 11, 11))
    move(service, "analysed", on=date(2026, 11, 2))
    with pytest.raises(MoveBeforeLast, match="2 November 2026"):
        move(service, "retired", on=date(2026, 11, 1))

    assert [each.to_stage for each in service.transitions.all()] == ["analysed"]


def test_retiring_a_service_ends_what_units_have_of_it(in_tenant):
    service = catalog.make_service()
    offering = catalog.make_offering(service)
    running = catalog.make_entitlement(offering, factories.make_unit())
    over = catalog.make_entitlement(offering, factories.make_unit(), ends_on=date(2026, 3, 1))
    to_come = catalog.make_entitlement(offering, factories.make_unit(), starts_on=date(2027, 1, 1))

    move(service, "retired")

    running.refresh_from_db()
    over.refresh_from_db()
    assert (running.ends_on, over.ends_on) == (TODAY, date(2026, 3, 1))
    assert not offering.entitlements.filter(pk=to_come.pk).exists()


@pytest.mark.parametrize(
    ("role", "stages"),
    [
        (Role.BUSINESS_UNIT_HEAD, {Stage.CATALOGUE}),
        (Role.BUSINESS_MEMBER, {Stage.CATALOGUE}),
        (Role.SERVICE_LEVEL_MANAGER, set(Stage)),
        (Role.SERVICE_OWNER, set(Stage)),
        (Role.AUDITOR, set(Stage)),
        (Role.ADMINISTRATOR, set(Stage)),
    ],
)
def test_the_business_sees_the_catalogue_and_it_the_whole_portfolio(member, role, stages):
    for stage in Stage:
        catalog.make_service(stage=stage)

    assert {service.stage for service in list_visible_services(reader=member(role))} == stages


@pytest.mark.parametrize(
    ("words", "names"),
    [
        pytest.param("phone", ["Order desk phones"], id="part of a name"),
        pytest.param("phnoes", ["Order desk phones"], id="letters swapped"),
        pytest.param("delivry", ["Tracking"], id="letter missing, in the description"),
        pytest.param("analists", ["Business analysis"], id="spelled by ear, in who uses it"),
        pytest.param("submarine", [], id="nothing like it"),
        pytest.param("tracking", ["Tracking"], id="what is hardly like it stays away when something is"),
        pytest.param("%", [], id="a sign that a pattern would read"),
    ],
)
def test_search_forgives_typos(member, words, names):
    catalog.make_service(name="Order desk phones", description="Customers reach a person.")
    catalog.make_service(name="Tracking", description="Customers see where a delivery is.")
    catalog.make_service(name="Business analysis", description="Works out what you need.", used_by="Our analysts")
    services = list_visible_services(reader=member(Role.SERVICE_OWNER))

    assert [service.name for service in search_services(services=services, words=words)] == names


def test_search_never_leaves_what_the_reader_may_see(member):
    catalog.make_service(name="Phones of tomorrow", stage=Stage.PIPELINE)
    services = list_visible_services(reader=member(Role.BUSINESS_MEMBER))

    assert not search_services(services=services, words="phones").exists()


def test_the_manager_writes_moves_and_finds_a_service_in_the_browser(member, client_of):
    client = client_of(member(Role.SERVICE_LEVEL_MANAGER))
    form = {"name": "Price list", "description": "Tomorrow’s prices.", "service_class": "business", "line_name": "Sell"}

    created = client.post("/t/larkmoor/services/new/", form | {"reason": "Asked for by Sales"})
    today = clock.today("Europe/London").isoformat()
    moved = client.post(
        "/t/larkmoor/services/price-list/move/", {"to_step": "analysed", "on": today, "reason": "Worth a look"}
    )

    assert created.url == "/t/larkmoor/services/price-list/"
    assert moved.url == "/t/larkmoor/portfolio/services/price-list/"
    assert Service.objects.get().pipeline_step == "analysed"
    assert "Price list" in client.get("/t/larkmoor/services/?stage=pipeline").content.decode()


def test_what_is_missing_is_said_at_the_field_and_nothing_is_written(member, client_of):
    client = client_of(member(Role.SERVICE_OWNER))

    answer = client.post("/t/larkmoor/services/new/", {"name": "Price list"})

    assert answer.status_code == 422
    assert {"description", "service_class", "reason"} == set(answer.context["form"].errors)
    assert 'href="#id_description"' in answer.content.decode()
    assert not Service.objects.exists()


def test_only_a_manager_can_retire(member, client_of):
    service = catalog.make_service(slug="prices")
    form = {"to_step": "retired", "on": "2026-11-10", "reason": "Nobody uses it"}

    refused = client_of(member(Role.SERVICE_OWNER)).post("/t/larkmoor/services/prices/move/", form)
    assert refused.status_code == 422
    assert Service.objects.get().stage == "catalogue"

    client_of(member(Role.SERVICE_LEVEL_MANAGER)).post("/t/larkmoor/services/prices/move/", form)
    service.refresh_from_db()
    assert service.stage == "retired"
