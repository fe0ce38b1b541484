"""Every address x every foreign row: 404, and not a row more or less anywhere."""

import itertools

import pytest
from django.db import connection
from django.test import Client

from portal.accounts.models import BusinessUnit, Role
from portal.tenancy.middleware import ENTERED
from portal.tenancy.scope import tenant_scope
from tests import factories
from tests.security.routes import NUMBERED, SLUGS, tenant_routes
from tests.security.rows import tenant_models

ROUTES = tenant_routes()
PAGES = [route for route in ROUTES if not route.is_api]
NOT_ALLOWED = {403, 405}
ASKING = (Role.SERVICE_LEVEL_MANAGER, Role.BUSINESS_UNIT_HEAD, Role.ADMINISTRATOR, Role.SERVICE_OWNER)


def browser_of(member):
    client = Client()
    client.force_login(member.user)
    session = client.session
    session[ENTERED] = [member.tenant_id]
    session.save()
    return client


@pytest.fixture
def askers(ours):
    """A browser for each role that may do something, all of our tenant and our unit."""
    with tenant_scope(ours.tenant.pk):
        unit = ours.rows.of(BusinessUnit)
        members = [factories.make_member(role=role, units=[unit]) for role in ASKING]
    return [browser_of(member) for member in members]


def count_rows(tenant):
    """How many rows of each table a tenant has; refusals of ours are audit entries and not counted."""
    tables = [model._meta.db_table for model in tenant_models() if model._meta.db_table != "audit_auditentry"]
    with tenant_scope(tenant.pk), connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{table}', count(*), max(xmin::text::bigint) FROM {table}" for table in tables)
        )
        return {table: rest for table, *rest in cursor.fetchall()}


def told(askers, method, path):
    """What those are told who may use the address at all; everybody else is told that their role may not."""
    statuses = [getattr(client, method)(path).status_code for client in askers]
    return [status for status in statuses if status not in NOT_ALLOWED]


def foreign_paths(route, ours, theirs):
    """The address with each mix of our rows and theirs in its blanks that holds one of theirs."""
    for choice in itertools.product((theirs, ours), repeat=len(route.blanks)):
        if any(rows is theirs for rows in choice):
            yield route.path("larkmoor", dict(zip(route.blanks, choice, strict=True)))


def test_each_blank_of_each_address_has_its_row():
    blanks = {blank for route in ROUTES for blank in route.blanks}

    assert blanks - set(NUMBERED) - SLUGS - {"number"} == set()
    assert set(NUMBERED) - blanks == set()


def test_rows_of_another_tenant_are_found_at_no_address(ours, theirs, askers):
    before = count_rows(ours.tenant), count_rows(theirs.tenant)
    asked, wrong = 0, {}
    for route in PAGES:
        for path in foreign_paths(route, ours.rows, theirs.rows):
            for method in route.methods:
                statuses = told(askers, method, path)
                asked += len(statuses)
                if set(statuses) - {404}:
                    wrong[f"{method} {route.pattern} {path}"] = statuses

    assert wrong == {}
    assert asked > 500
    assert (count_rows(ours.tenant), count_rows(theirs.tenant)) == before


def test_another_tenant_is_entered_at_no_address(ours, theirs, askers):
    before = count_rows(theirs.tenant)
    statuses = {
        (method, route.pattern): getattr(askers[0], method)(
            route.path("harbour", dict.fromkeys(route.blanks, theirs.rows))
        ).status_code
        for route in PAGES
        for method in route.methods
    }

    assert {key: status for key, status in statuses.items() if status != 404} == {}
    assert count_rows(theirs.tenant) == before
