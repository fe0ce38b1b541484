"""The register in the browser: who may do what, lists, and the way of one improvement."""

import re
from datetime import date

import pytest

from catalog.models import Stage
from improvement.models import ImprovementOpportunity, ImprovementState
from improvement.queries import CLOSED, COLUMNS
from portal import clock
from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from reporting.actions.improvements import raise_improvement
from tests import factories
from tests.catalog.factories import make_goal, make_service
from tests.improvement.factories import make_improvement
from tests.reporting import factories as made

ADMIN, MANAGER, OWNER = Role.ADMINISTRATOR, Role.SERVICE_LEVEL_MANAGER, Role.SERVICE_OWNER
HEAD, MEMBER, AUDITOR = Role.BUSINESS_UNIT_HEAD, Role.BUSINESS_MEMBER, Role.AUDITOR


@pytest.fixture
def stranger(other_tenant):
    """A manager of another tenant; made before the tenant under test is entered."""
    with tenant_scope(other_tenant.pk):
        return factories.make_member(role=MANAGER)


@pytest.fixture
def unit(in_tenant):
    return factories.make_unit()


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [
        pytest.param("", "get", set(Role), id="register"),
        pytest.param("?view=table&state=closed", "get", set(Role), id="one column"),
        pytest.param("IMP-7/", "get", set(Role), id="one"),
        pytest.param("IMP-7/origin/", "get", set(Role), id="where it comes from"),
        pytest.param("new/", "get", {MANAGER, OWNER, HEAD, MEMBER}, id="suggest"),
        pytest.param("IMP-7/edit/", "get", {MANAGER, OWNER}, id="edit"),
        pytest.param("IMP-7/", "post", {MANAGER, OWNER}, id="move"),
    ],
)
def test_who_may_do_what(unit, member, client_of, path, method, allowed):
    make_improvement(number=7, business_unit=unit)

    for role in Role:
        answer = getattr(client_of(member(role, units=[unit])), method)(f"/t/larkmoor/improvements/{path}")
        is_done = answer.status_code in (200, 422)
        assert (is_done, answer.status_code == 403) == (role in allowed, role not in allowed), role


@pytest.mark.parametrize("path", ["IMP-7/", "IMP-7/edit/", "IMP-7/origin/"])
def test_outsider_and_stranger_find_nothing(stranger, unit, member, client_of, path):
    make_improvement(number=7, business_unit=unit)
    outsider = member(HEAD, units=[factories.make_unit()])

    assert client_of(outsider).get(f"/t/larkmoor/improvements/{path}").status_code == 404
    assert client_of(stranger).get(f"/t/larkmoor/improvements/{path}").status_code == 404


def test_what_is_for_everybody_names_no_goal_of_another_unit_and_no_service_that_is_not_offered(
    unit, member, client_of
):
    goal = make_goal(name="Close the Leeds depot", short_name="Leeds depot", business_unit=unit)
    service = make_service(name="Robot packing", stage=Stage.PIPELINE)
    make_improvement(number=7, goal=goal, service=service)
    readers = {
        "own head": member(HEAD, units=[unit]),
        "other head": member(HEAD, units=[factories.make_unit()]),
        "manager": member(MANAGER),
    }

    seen = {}
    for name, reader in readers.items():
        register, detail = (
            client_of(reader).get(f"/t/larkmoor/improvements/{path}").content.decode() for path in ("", "IMP-7/")
        )
        seen[name] = ("Leeds depot" in register, "Close the Leeds depot" in detail, "Robot packing" in detail)

    assert seen == {
        "own head": (True, True, False),
        "other head": (False, False, False),
        "manager": (True, True, True),
    }


def test_from_suggested_to_confirmed(unit, member, client_of):
    owner = member(OWNER)
    head, manager = client_of(member(HEAD, units=[unit])), client_of(member(MANAGER))
    today = clock.today("Europe/London").isoformat()
    form = {"title": "Count dropped calls", "why": "Dispute on phones", "business_unit": unit.pk}

    def move(client, state):
        sent = {"move-to_state": state, "move-on": today, "move-reason": "As agreed"}
        return client.post("/t/larkmoor/improvements/IMP-1/", sent)

    assert head.post("/t/larkmoor/improvements/new/", form).url == "/t/larkmoor/improvements/IMP-1/"
    assert "Name an owner and a date first" in move(manager, "approved").content.decode()
    manager.post(
        "/t/larkmoor/improvements/IMP-1/edit/",
        form | {"owner": owner.pk, "size": "small", "priority": "1", "due_on": "2026-12-18"},
    )
    for state in ("approved", "in_progress", "measuring"):
        assert move(manager, state).status_code == 302, state
    assert move(manager, "confirmed").status_code == 422
    assert move(head, "confirmed").status_code == 302

    improvement = ImprovementOpportunity.objects.get()
    assert (improvement.state, improvement.owner, improvement.size) == ("confirmed", owner, "small")
    page = head.get("/t/larkmoor/improvements/IMP-1/").content.decode()
    assert "As agreed" in page
    assert "Move it" not in page


def test_each_state_has_one_name_on_each_page(unit, member, client_of):
    manager = member(MANAGER)
    client = client_of(manager)
    names = {}
    for number, state in enumerate(ImprovementState, start=1):
        make_improvement(
            number=number, state=state, owner=manager, raised_by=manager, due_on=date(2026, 12, 18),
            closed_on=clock.today("Europe/London") if state in CLOSED else None,
        )  # fmt: skip
        chip = rf'<span class="p-chip[^"]*">{state.label}</span>'
        column = next(key for key, _name, states in COLUMNS if state in states)
        for address in (f"?state={column}", f"IMP-{number}/"):
            assert re.search(chip, client.get(f"/t/larkmoor/improvements/{address}").content.decode()), address
        names[state.value] = state.label.lower()

    assert list(names.values()) == [
        "opportunity", "assessed", "approved", "in progress", "measuring", "confirmed", "not proven", "dropped",
    ]  # fmt: skip


def test_a_page_and_its_fragment_are_kept_apart_under_one_address(unit, member, client_of):
    client = client_of(member(HEAD, units=[unit]))
    whole, part = (client.get("/t/larkmoor/improvements/", headers=sent) for sent in ({}, {"HX-Request": "true"}))

    assert b"<html" in whole.content
    assert b"<html" not in part.content
    for answer in (whole, part):
        assert {"HX-Request", "HX-Boosted"} <= {name.strip() for name in answer["Vary"].split(",")}


def test_the_business_suggests_for_its_own_unit(unit, member, client_of):
    client = client_of(member(MEMBER, units=[unit]))
    form = {"title": "Count dropped calls", "why": "Comment"}

    assert client.post("/t/larkmoor/improvements/new/", form).status_code == 422
    theirs = client.post("/t/larkmoor/improvements/new/", form | {"business_unit": factories.make_unit().pk})
    assert "business_unit" in theirs.context["form"].errors
    assert not ImprovementOpportunity.objects.exists()


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("path", "queries"), [("", 11), ("?view=table", 9)])
def test_the_register_asks_as_often_for_thirty_as_for_one(
    settings, unit, member, client_of, django_assert_num_queries, rows, path, queries
):
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"
    owner = member(OWNER)
    for _row in range(rows):
        make_improvement(business_unit=unit, owner=owner, raised_by=owner, goal=make_goal(business_unit=unit))
    client = client_of(member(HEAD, units=[unit]))

    with django_assert_num_queries(queries):
        assert client.get(f"/t/larkmoor/improvements/{path}").status_code == 200


def test_an_empty_register_says_what_it_is_for(unit, member, client_of):
    page = client_of(member(HEAD, units=[unit])).get("/t/larkmoor/improvements/").content.decode()

    assert "Nothing in the register" in page
    assert "/t/larkmoor/improvements/new/" in page


def test_where_it_comes_from_is_shown_to_those_who_may_see_it(in_tenant, member, client_of):
    month = made.make_month(months=0)
    figure = made.make_edition(month).figures.get(anchor="orders.result")
    improvement = raise_improvement(
        business_unit=None, title="Second storage", notice="", by=month.manager, now=made.TODAY, figure=figure
    )
    outsider = member(HEAD, units=[factories.make_unit()])
    url = f"/t/larkmoor/improvements/IMP-{improvement.number}/origin/"

    assert f"/t/larkmoor/figures/{figure.pk}/" in client_of(month.head).get(url).content.decode()
    assert f"/t/larkmoor/figures/{figure.pk}/" not in client_of(outsider).get(url).content.decode()
