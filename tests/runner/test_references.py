"""A reference that is added later is checked against every row, by owners of both kinds."""

import psycopg
import pytest

from catalog.models import Need
from portal.tenancy.operations import key_statement, policy_statements, referring_statements

TABLES = """
CREATE TABLE accounts_businessunit (id bigint PRIMARY KEY, tenant_id bigint NOT NULL);
CREATE TABLE catalog_need (id bigint PRIMARY KEY, tenant_id bigint NOT NULL, business_unit_id bigint NOT NULL);
"""
ROWS = """
INSERT INTO accounts_businessunit VALUES (1, 7);
INSERT INTO catalog_need VALUES (1, 7, 1);
"""
WALLED = ("accounts_businessunit", "catalog_need")
FIELD = Need._meta.get_field("business_unit")


@pytest.fixture(params=["BYPASSRLS", "NOBYPASSRLS"])
def owner(server, request):
    """An owner's connection to two walled tables with a row each, in a schema that is its own."""
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        admin.execute(f"CREATE ROLE some_owner NOSUPERUSER {request.param}")
        admin.execute("CREATE SCHEMA of_owner AUTHORIZATION some_owner")
        admin.execute("SET ROLE some_owner")
        admin.execute("SET search_path = of_owner")
        admin.execute(TABLES)
        for table in WALLED:
            for statement in [key_statement(table), *policy_statements(table)]:
                admin.execute(statement)
        with admin.transaction():
            admin.execute("SELECT set_config('app.tenant_id', '7', true)")
            admin.execute(ROWS)
        yield admin
        admin.execute("RESET ROLE")
        admin.execute("DROP SCHEMA of_owner CASCADE")
        admin.execute("DROP ROLE some_owner")


def add_reference(owner):
    with owner.transaction():
        for statement in referring_statements(Need, [FIELD]):
            owner.execute(statement)


def forced(owner):
    rows = owner.execute("SELECT relforcerowsecurity FROM pg_class WHERE oid = ANY(%s::regclass[])", [list(WALLED)])
    return [is_forced for (is_forced,) in rows]


def test_a_reference_over_good_rows_is_valid_and_the_walls_stand_again(owner):
    add_reference(owner)

    assert owner.execute("SELECT convalidated FROM pg_constraint WHERE contype = 'f'").fetchall() == [(True,)]
    assert forced(owner) == [True, True]


@pytest.mark.parametrize("row", ["(2, 7, 99)", "(2, 8, 1)"], ids=["a unit that is not there", "of another tenant"])
def test_a_reference_over_a_bad_row_is_refused_and_the_walls_stand_again(owner, row):
    with owner.transaction():
        owner.execute("SELECT set_config('app.tenant_id', %s, true)", [row.split(",")[1].strip()])
        owner.execute(f"INSERT INTO catalog_need VALUES {row}")

    with pytest.raises(psycopg.errors.ForeignKeyViolation, match="same_tenant"):
        add_reference(owner)

    assert forced(owner) == [True, True]
