"""The portfolio's page and the way of one service through it, for each kind of reader."""

from datetime import date

import pytest

from catalog.models import Service
from portal.accounts.models import Role
from reporting.queries.portfolio import Wanted, get_portfolio
from reporting.queries.portfolio_risk import Risk, risk_of
from tests import factories
from tests.catalog import factories as catalog
from tests.slas import factories as slas

TODAY = date(2026, 11, 10)
STEPS = ("analysed", "approved", "building", "catalogue", "retired")


@pytest.fixture
def manager(member):
    return member(Role.SERVICE_LEVEL_MANAGER)


def page_of(reader, **wanted):
    return get_portfolio(reader=reader, wanted=Wanted(**wanted), today=TODAY, currency="GBP")


def post_step(client, slug, step):
    form = {"to_step": step, "on": "2026-11-10", "reason": f"Ready: {step}"}
    return client.post(f"/t/larkmoor/services/{slug}/move/", form)


def test_a_proposal_goes_live_and_is_retired_by_both_sides(manager, member, client_of):
    unit = factories.make_unit()
    head = member(Role.BUSINESS_UNIT_HEAD, units=[unit])
    service = catalog.make_service(slug="mobile", stage="pipeline", it_owner=manager, business_owner=head)
    it, business = client_of(manager), client_of(head)
    case = {
        "summary": "Chains order at night.", "build": "96000", "run": "165000", "run_per": "year",
        "value_unit": "money", "low": "560000", "likely": "600000", "high": "760000", "grade": "D",
    }  # fmt: skip

    assert post_step(it, "mobile", "analysed").status_code == 302
    lacking = post_step(it, "mobile", "approved")
    assert lacking.status_code == 422
    assert "/t/larkmoor/services/mobile/case/" in lacking.content.decode()
    assert it.post("/t/larkmoor/services/mobile/case/", case).status_code == 302
    assert post_step(it, "mobile", "approved").status_code == 302
    assert post_step(it, "mobile", "building").status_code == 302
    slas.make_target(service=service, unit=unit)
    assert post_step(it, "mobile", "catalogue").status_code == 422
    assert it.post("/t/larkmoor/services/mobile/purpose/", {"text": "IT says"}).status_code == 403
    assert business.post("/t/larkmoor/services/mobile/purpose/", {"text": "Our chains order."}).status_code == 302
    assert post_step(it, "mobile", "catalogue").status_code == 302
    assert post_step(it, "mobile", "retired").status_code == 302

    page = business.get("/t/larkmoor/portfolio/services/mobile/").content.decode()
    assert Service.objects.get().stage == "retired"
    assert [move.to_stage for move in service.transitions.order_by("pk")] == list(STEPS)
    assert "Our chains order." in page
    assert "£560,000 to £760,000" in page


def test_a_level_with_its_lines_is_a_promise_too(manager):
    from reporting.queries.portfolio_steps import is_promised

    service = catalog.make_service()
    offering = catalog.make_offering(service)
    assert not is_promised(service=service)

    offering.levels.create(name="Open", words="05:00 to 20:00")

    assert is_promised(service=service)


def test_who_reads_what(manager, member, client_of):
    unit = factories.make_unit()
    catalog.make_entitlement(catalog.make_offering(catalog.make_service(slug="ours", name="Ours")), unit)
    catalog.make_service(slug="theirs", name="Theirs")
    head = client_of(member(Role.BUSINESS_UNIT_HEAD, units=[unit]))

    listed = head.get("/t/larkmoor/portfolio/").content.decode()

    assert "Ours" in listed
    assert "Theirs" not in listed
    assert head.get("/t/larkmoor/portfolio/services/theirs/").status_code == 404
    assert head.get("/t/larkmoor/services/theirs/costs/").status_code == 404
    assert client_of(member(Role.BUSINESS_MEMBER, units=[unit])).get("/t/larkmoor/portfolio/").status_code == 403
    for role in (Role.ADMINISTRATOR, Role.SERVICE_OWNER, Role.AUDITOR):
        assert client_of(member(role)).get("/t/larkmoor/portfolio/services/theirs/").status_code == 200, role


def test_sums_are_of_all_and_what_is_not_known_is_named(manager):
    known, promised, unknown = (catalog.make_service() for _ in range(3))
    catalog.make_amount(known, manager, 100_00)
    catalog.make_amount(known, manager, 600_00, per="year", offering=catalog.make_offering(known))
    catalog.make_amount(promised, manager, 50_00, from_month=date(2026, 11, 1))
    catalog.make_amount(unknown, manager, 50_00, from_month=date(2026, 12, 1))
    catalog.make_case(known, manager, grade="B")
    catalog.make_case(promised, manager, grade="D")
    catalog.make_case(unknown, manager, grade="D", value_unit="hours")

    page = page_of(manager)

    assert [entry.cost for entry in page.entries] == [180000, 60000, None]
    assert (page.totals.cost_a_year, page.totals.cost_a_month) == ("£2,400", "£200")
    assert (page.totals.count, page.totals.without_cost) == (3, 1)
    assert [(each.grade, each.words, each.count) for each in page.totals.grades] == [
        ("B", "£1,000 to £3,000", 1), ("D", "£1,000 to £3,000", 1),
    ]  # fmt: skip
    assert [entry.why_not_drawn for entry in page.entries] == ["", "", "no cost is known"]


def test_filters_are_in_the_address(manager, client_of):
    unit = factories.make_unit(slug="orders")
    line = catalog.make_line(name="Sell")
    wanted = catalog.make_service(name="Wanted", line_of_service=line, service_class="technical")
    catalog.make_entitlement(catalog.make_offering(wanted), unit)
    catalog.make_goal(wanted, slug="reach")
    catalog.make_service(name="Other")
    catalog.make_service(name="Planned", stage="pipeline")

    for address in ({"line": "Sell"}, {"goal": "reach"}, {"unit": "orders"}, {"kind": "technical"}):
        assert [entry.name for entry in page_of(manager, **address).entries] == ["Wanted"], address
    assert [entry.name for entry in page_of(manager, stage="pipeline").entries] == ["Planned"]
    hostile = client_of(manager).get("/t/larkmoor/portfolio/?stage=x&sort=x&page=x&line=x&unit='").content.decode()
    assert "No service is like that" in hostile


@pytest.mark.parametrize(
    ("missed", "judged", "risk"),
    [(0, 0, Risk.UNKNOWN), (0, 5, Risk.LOW), (1, 6, Risk.MEDIUM), (1, 5, Risk.HIGH), (2, 12, Risk.MEDIUM)],
)
def test_risk_comes_from_what_was_missed(missed, judged, risk):
    assert risk_of(missed=missed, judged=judged) == risk


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_as_many_questions_for_one_service_as_for_thirty(
    number, manager, client_of, django_assert_num_queries
):
    unit = factories.make_unit()
    for _ in range(number):
        service = catalog.make_service(line_of_service=catalog.make_line())
        catalog.make_amount(service, manager, 100)
        catalog.make_case(service, manager)
        slas.make_target(service=service, unit=unit)
    client = client_of(manager)
    client.get("/t/larkmoor/portfolio/")

    with django_assert_num_queries(20):
        client.get("/t/larkmoor/portfolio/")
