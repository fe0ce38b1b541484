"""Every address x every foreign row: 404, and not a row more or less anywhere."""

import itertools

import pytest

from portal.accounts.models import BusinessUnit
from portal.tenancy.scope import tenant_scope
from reporting.models import Edition, PortfolioReview
from tests.security.access_table import is_let_in
from tests.security.readers import LETTERS, make_reader, told
from tests.security.routes import COUNTED, NAMED, NUMBERED, SLUGS, tenant_routes
from tests.security.rows import NOW, Rows, count_rows

pytestmark = pytest.mark.xdist_group("routes")  # they look at the same rows
ROUTES = tenant_routes()
NOT_ALLOWED = {403, 405}
# A role for each thing that may be done at all.
ASKING = "MHAO"


@pytest.fixture
def askers(tenant, own):
    """Somebody of our tenant and our unit in each role that may do something."""
    with tenant_scope(tenant.pk):
        return {letter: make_reader(LETTERS[letter], own.of(BusinessUnit)) for letter in ASKING}


def everybody(askers, route, method):
    return askers.values()


def who_may(askers, route, method):
    """The first who may use the address at all; nobody where it is not offered."""
    return [askers[letter] for letter in ASKING if is_let_in(route.name, method, letter)][:1]


def statuses(asking, route, method, path):
    """What those are told who may use the address at all; everybody else is told that their role may not."""
    found = [told(asker, route, method, path).status_code for asker in asking]
    return [status for status in found if status not in NOT_ALLOWED]


def wrong_answers(askers, own, foreign, mixes_of, asked_of):
    """Each answer that is not 404, and how many were given, over the addresses that hold a foreign row."""
    asked, wrong = 0, {}
    for route in ROUTES:
        for choice in mixes_of(own, foreign, len(route.blanks)):
            path = route.path("larkmoor", dict(zip(route.blanks, choice, strict=True)))
            for method in route.methods:
                found = statuses(asked_of(askers, route, method), route, method, path)
                asked += len(found)
                if set(found) - {404}:
                    wrong[f"{method} {route.pattern} {path}"] = found
    return asked, wrong


def with_a_foreign_row(own, foreign, number):
    """Each way to fill so many blanks with at least one foreign row."""
    return [mix for mix in itertools.product((foreign, own), repeat=number) if foreign in mix]


def with_both(own, foreign, number):
    return [mix for mix in with_a_foreign_row(own, foreign, number) if own in mix]


def test_each_blank_of_each_address_has_its_row():
    blanks = {blank for route in ROUTES for blank in route.blanks}

    assert blanks - set(NUMBERED) - set(COUNTED) - SLUGS - {"number"} == set()
    assert set(NUMBERED) - blanks == set()


@pytest.mark.parametrize("asked_of", [who_may, pytest.param(everybody, marks=pytest.mark.long)])
def test_rows_of_another_tenant_are_found_at_no_address(tenant, own, theirs, askers, asked_of):
    before = count_rows(tenant), count_rows(theirs.tenant)

    asked, wrong = wrong_answers(askers, own, theirs.rows, with_a_foreign_row, asked_of)

    assert wrong == {}
    assert asked > 250
    assert (count_rows(tenant), count_rows(theirs.tenant)) == before


@pytest.mark.parametrize("asked_of", [who_may, pytest.param(everybody, marks=pytest.mark.long)])
def test_a_row_is_found_only_below_what_it_belongs_to(tenant, own, askers, asked_of):
    """An offering of one service is not found below another, nor a promise below another's agreement."""
    with tenant_scope(tenant.pk):
        others = Rows("other")
        others.made[PortfolioReview] = others.create(PortfolioReview, closed_at=NOW)  # one is open already
        for model in {*NUMBERED.values(), *NAMED.values(), Edition}:
            others.of(model)

    asked, wrong = wrong_answers(askers, own, others, with_both, asked_of)

    assert wrong == {}
    assert asked > 50


def test_another_tenant_is_entered_at_no_address(theirs, askers):
    before = count_rows(theirs.tenant)
    found = {
        (method, route.pattern): told(askers[ASKING[0]], route, method, path).status_code
        for route in ROUTES
        if (path := route.path("harbour", dict.fromkeys(route.blanks, theirs.rows)))
        for method in route.methods
    }

    closed = {(method, pattern): status for (method, pattern), status in found.items() if status != 404}
    described = {"api/v1/schema/", "api/v1/docs/", "api/v1/docs/try/"}  # the same for every tenant, also for nobody
    assert {pattern for _, pattern in closed if not pattern.startswith("api/")} == set()
    assert {pattern for (_, pattern), status in closed.items() if status != 401} == described
    assert count_rows(theirs.tenant) == before
