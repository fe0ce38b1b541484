"""Who may look at what, and who may do what: each page of the catalogue for each role, for outsiders and strangers."""

import pytest

from catalog.models import Service, Stage
from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from tests import factories
from tests.catalog import factories as catalog

ADMIN, MANAGER, OWNER = Role.ADMINISTRATOR, Role.SERVICE_LEVEL_MANAGER, Role.SERVICE_OWNER
HEAD, MEMBER, AUDITOR = Role.BUSINESS_UNIT_HEAD, Role.BUSINESS_MEMBER, Role.AUDITOR
EVERYBODY, WRITERS = set(Role), {MANAGER, OWNER}

READ = [
    *("services/phones/offerings/", "services/phones/map/", "components/", "components/lines/"),
    *("goals/", "goals/reach/", "needs/", "needs/{need}/"),
]
WRITE = [
    *("services/new/", "services/phones/edit/", "services/phones/offerings/new/", "services/phones/case/"),
    *("services/phones/offerings/{offering}/edit/", "services/phones/offerings/{offering}/entitlements/new/"),
    *(
        "services/phones/entitlements/{entitlement}/edit/",
        "services/phones/map/steps/",
        "services/phones/map/parts/new/",
    ),
    *("services/phones/map/parts/{dependency}/edit/", "services/phones/map/groups/{group}/edit/", "components/new/"),
    *("services/phones/map/parts/{dependency}/remove/", "services/phones/map/groups/new/"),
    *("services/phones/map/hand-overs/new/", "services/phones/map/hand-overs/{hand_over}/edit/"),
    *(
        "services/phones/map/hand-overs/{hand_over}/remove/",
        "components/lines/edit/",
        "goals/new/",
        "goals/reach/edit/",
    ),
]
POSTS = [
    *("services/phones/offerings/{offering}/remove/", "services/phones/map/parts/{dependency}/move/"),
    "goals/reach/contributions/{contribution}/remove/",
]
# A head follows what their unit has through the whole portfolio, so that its case exists for them.
ABOUT_A_SERVICE = [path for path in (*READ, *WRITE) if path.startswith("services/phones/") and "/case/" not in path]


@pytest.fixture
def unit(in_tenant):
    return factories.make_unit(slug="orders")


@pytest.fixture
def rows(unit):
    """One service with everything that hangs on it; by name, the numbers for addresses."""
    service = catalog.make_service(slug="phones")
    offering = catalog.make_offering(service)
    group = catalog.make_group(service)
    dependency = catalog.make_dependency(service, catalog.make_component(slug="lines"), group=group)
    goal = catalog.make_goal(service, slug="reach")
    return {
        "offering": offering.pk,
        "entitlement": catalog.make_entitlement(offering, unit).pk,
        "dependency": dependency.pk,
        "group": group.pk,
        "hand_over": catalog.make_hand_over(dependency).pk,
        "contribution": goal.contributions.get().pk,
        "need": catalog.make_need(business_unit=unit).pk,
    }


@pytest.mark.parametrize("path", READ)
def test_everybody_of_the_tenant_may_read(rows, unit, member, client_of, path):
    for role in Role:
        assert client_of(member(role, units=[unit])).get(f"/t/larkmoor/{path.format(**rows)}").status_code == 200, role


@pytest.mark.parametrize("path", WRITE)
def test_only_it_may_change_the_catalogue(rows, unit, member, client_of, path):
    for role in Role:
        answer = client_of(member(role, units=[unit])).get(f"/t/larkmoor/{path.format(**rows)}")
        assert answer.status_code == (200 if role in WRITERS else 403), role


@pytest.mark.parametrize("path", POSTS)
def test_only_it_may_remove(rows, unit, member, client_of, path):
    url = f"/t/larkmoor/{path.format(**rows)}"
    for role in EVERYBODY - WRITERS:
        assert client_of(member(role, units=[unit])).post(url).status_code == 403, role
    assert client_of(member(MANAGER)).get(url).status_code == 405
    assert client_of(member(MANAGER)).post(url).status_code == 302


@pytest.mark.parametrize(
    ("path", "allowed"), [("needs/new/", {HEAD, MEMBER}), ("needs/{need}/", {MANAGER, OWNER})], ids=["raise", "answer"]
)
def test_the_business_asks_and_it_answers(rows, unit, member, client_of, path, allowed):
    for role in Role:
        answer = client_of(member(role, units=[unit])).post(f"/t/larkmoor/{path.format(**rows)}", {})
        assert answer.status_code == (422 if role in allowed else 403), role


@pytest.mark.parametrize("path", ABOUT_A_SERVICE)
def test_what_is_not_in_the_catalogue_does_not_exist_for_the_business(rows, unit, member, client_of, path):
    Service.objects.update(stage=Stage.PIPELINE)

    assert client_of(member(HEAD, units=[unit])).get(f"/t/larkmoor/{path.format(**rows)}").status_code == 404
    assert client_of(member(MANAGER)).get(f"/t/larkmoor/{path.format(**rows)}").status_code == 200


def test_needs_and_goals_of_another_unit_do_not_exist(rows, member, client_of):
    goal = catalog.make_goal(slug="theirs", business_unit=factories.make_unit())
    outsider = client_of(member(HEAD, units=[factories.make_unit()]))

    assert outsider.get(f"/t/larkmoor/needs/{rows['need']}/").status_code == 404
    assert outsider.get(f"/t/larkmoor/goals/{goal.slug}/").status_code == 404


@pytest.fixture
def stranger(other_tenant):
    """A manager of another tenant; made before the tenant under test is entered."""
    with tenant_scope(other_tenant.pk):
        return factories.make_member(role=MANAGER)


@pytest.mark.parametrize("path", [*READ, *WRITE, *POSTS])
def test_a_stranger_does_not_get_in(stranger, rows, client_of, path):
    url = f"/t/larkmoor/{path.format(**rows)}"

    assert client_of(stranger).get(url).status_code == 404
    assert client_of(stranger).post(url).status_code == 404


@pytest.mark.parametrize("path", ["components/no-such/", "goals/no-such/", "needs/999999/", "services/no-such/map/"])
def test_what_is_not_there_is_not_found(unit, member, client_of, path):
    assert client_of(member(MANAGER)).get(f"/t/larkmoor/{path}").status_code == 404
