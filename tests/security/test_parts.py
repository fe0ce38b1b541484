"""The months that measurements lie in: made for the unprivileged role, and reached by it only through the whole."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from portal.tenancy.scope import tenant_scope
from slas.actions.measured_months import make_measured_months
from slas.calculation.periods import Period, add_months
from slas.models import Measurement
from tests.security.test_catalogue import IN_FORCE, ask

pytestmark = pytest.mark.django_db

PARTS = """
SELECT relname, relrowsecurity, relforcerowsecurity,
       (SELECT string_agg(qual || with_check, ' or ') FROM pg_policies WHERE tablename = relname),
       has_table_privilege('portal_app', oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'),
       pg_get_expr(relpartbound, oid)
FROM pg_class WHERE relispartition AND relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname
"""
THIS = Period.containing(datetime.now(UTC).date())  # the database looks at its own clock
MONTH = (
    f"slas_measurement_{THIS.first_on:%Y_%m}",
    f"FOR VALUES FROM ('{THIS.first_on} 00:00:00+00') TO ('{THIS.end_on} 00:00:00+00')",
)
OTHERS = ("slas_measurement_default", "DEFAULT")


def make_month(on):
    ask("SELECT make_measurement_month(%s)", on)


def parts():
    return ask(PARTS)


def test_each_part_has_the_policy_and_the_unprivileged_role_no_right_on_it():
    make_month(THIS.end_on - timedelta(days=1))

    found = {name: (bounds, *rest) for name, *rest, bounds in parts()}
    assert {tuple(rest) for _bounds, *rest in found.values()} == {(True, True, f"({IN_FORCE})" * 2, False)}
    assert {name: bounds for name, (bounds, *_rest) in found.items()}.items() >= {MONTH, OTHERS}


@pytest.mark.parametrize("table", [MONTH[0], OTHERS[0]])
def test_a_part_is_not_read_or_written_beside_the_whole(in_tenant, table):
    make_month(THIS.first_on)

    for act in (f"SELECT * FROM {table}", f"DELETE FROM {table}", f"INSERT INTO {table} DEFAULT VALUES"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            ask(act)


def test_through_the_whole_each_tenant_sees_its_own_rows_of_a_part(tenant, other_tenant):
    make_month(THIS.first_on)
    for number, each in enumerate((tenant, other_tenant)):
        with tenant_scope(each.pk):
            Measurement.objects.create(measure_id=1, at=datetime.combine(THIS.first_on, time(12), UTC), state=number)

    with tenant_scope(other_tenant.pk):
        assert ask("SELECT tableoid::regclass::text, state FROM slas_measurement") == [(MONTH[0], 1)]


def test_making_a_month_again_changes_nothing():
    make_month(THIS.first_on)
    before = parts()

    make_month(THIS.end_on - timedelta(days=1))

    assert parts() == before


def test_what_lies_in_the_default_stays_there(in_tenant):
    before = parts()
    next_month = THIS.next().first_on
    Measurement.objects.create(measure_id=1, at=datetime.combine(next_month, time(12), UTC), state=0)

    make_month(next_month)

    assert parts() == before
    assert Measurement.objects.count() == 1


@pytest.mark.parametrize("on", [None, date(1989, 12, 31), add_months(THIS.first_on, -61), add_months(THIS.first_on, 2)])
def test_who_brings_facts_makes_no_other_table_than_of_five_years_and_the_next_month(on):
    before = parts()

    make_month(on)

    assert parts() == before


def test_a_month_five_years_back_is_made():
    first_on = add_months(THIS.first_on, -60)

    make_month(first_on)

    assert f"slas_measurement_{first_on:%Y_%m}" in {name for name, *_ in parts()}


def test_this_month_and_the_next_are_made_ahead(in_tenant):
    make_measured_months(now=datetime.now(UTC))

    made = {name for name, *_ in parts()}
    assert made >= {f"slas_measurement_{each.first_on:%Y_%m}" for each in (THIS, THIS.next())}


def test_the_function_is_the_owner_s_with_a_fixed_search_path_and_for_the_unprivileged_role_only():
    (found,) = ask(
        "SELECT pg_get_userbyid(proowner), proconfig, proacl::text[] FROM pg_proc"
        " WHERE proname = 'make_measurement_month'"
    )

    assert found[:2] == ("portal_owner", ["search_path=pg_catalog, pg_temp"])
    assert sorted(found[2]) == ["portal_app=X/portal_owner", "portal_owner=X/portal_owner"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("portal_app",)
