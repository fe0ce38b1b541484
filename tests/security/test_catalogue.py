"""What the database itself says of each table: forced row security, composite keys, rights of the unprivileged role."""

import pytest
from django.apps import apps
from django.db import connection

from portal.tenancy.fields import TenantForeignKey
from tests.security.rows import event_models, references, tenant_models

pytestmark = pytest.mark.django_db

WALLED = sorted({model._meta.db_table for model in [*tenant_models(), *event_models()]})
HISTORY = {model._meta.db_table for model in event_models()}
IN_FORCE = "tenant_id = ( SELECT (current_setting('app.tenant_id'::text))::bigint AS current_setting)"
IF_ANY = "tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::bigint AS \"nullif\")"
OWN_ROWS = "user_id = ( SELECT (NULLIF(current_setting('app.user_id'::text, true), ''::text))::bigint AS \"nullif\")"
# Tables that carry no tenant data, each with why.
GLOBAL = {
    "tenancy_tenant": "the list of tenants",
    "accounts_user": "people sign in before they choose a tenant",
    "accounts_user_groups": "unused tables of the user model",
    "accounts_user_user_permissions": "unused tables of the user model",
    "account_emailaddress": "addresses of people, by the sign-in library",
    "account_emailconfirmation": "addresses of people, by the sign-in library",
    "auth_group": "unused tables of the user model",
    "auth_group_permissions": "unused tables of the user model",
    "auth_permission": "unused tables of the user model",
    "django_content_type": "names of models",
    "django_migrations": "what was applied",
    "django_session": "who is signed in",
    "pghistory_context": "unused table of the history library: the context is in each event",
}
# Raw facts carry no foreign keys, for volume: `measure_id` is a plain column, guarded by the row policy alone.
RAW_FACTS = {
    *("slas_measurement", "slas_outage", "slas_datagap", "slas_coveredtime", "slas_case", "slas_casepause"),
    *("slas_casereopening", "slas_casepriority"),
    *("slas_occasion", "slas_volume", "slas_surveycount", "slas_measurementrevision"),
    *("slas_readinglimit", "slas_hourlycount", "slas_dirtyhour"),
}
APPENDED_ONLY = HISTORY | {"audit_auditentry", "slas_measurementrevision", "slas_forecast"}
READ_ONLY = {"django_migrations"}


def ask(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return cursor.fetchall()


def test_each_table_is_walled_or_named_as_global():
    tables = {
        name
        for (name,) in ask(
            "SELECT relname FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND NOT relispartition"
        )
    }

    assert tables - set(WALLED) - set(GLOBAL) == set()
    with_tenant = {
        name
        for (name,) in ask(
            "SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
            " WHERE attname = 'tenant_id' AND relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT relispartition"
            " AND relnamespace = 'public'::regnamespace"
        )
    }
    assert with_tenant == set(WALLED)


def test_no_view_function_or_large_object_goes_around_the_walls():
    assert (
        ask("SELECT relname FROM pg_class WHERE relkind IN ('v', 'm', 'f') AND relnamespace = 'public'::regnamespace")
        == []
    )
    assert ask("SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace") == [
        ("make_measurement_month",)  # see test_parts.py
    ]


@pytest.mark.parametrize("table", WALLED)
def test_row_security_is_on_and_forced(table):
    assert ask("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", table) == [
        (True, True)
    ]


@pytest.mark.parametrize("table", WALLED)
def test_the_policy_has_both_clauses_and_names_the_tenant(table):
    policies = ask(
        "SELECT policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies"
        " WHERE tablename = %s ORDER BY policyname",
        table,
    )

    if table == "accounts_membership":  # a person finds the tenants that they may enter
        assert policies == [
            ("own_rows", "PERMISSIVE", "{public}", "SELECT", f"({OWN_ROWS})", None),
            ("tenant_only", "PERMISSIVE", "{public}", "ALL", f"({IF_ANY})", f"({IN_FORCE})"),
        ]
    else:
        assert policies == [("tenant_only", "PERMISSIVE", "{public}", "ALL", f"({IN_FORCE})", f"({IN_FORCE})")]


FOREIGN_KEYS = """
SELECT conrelid::regclass::text, confrelid::regclass::text, convalidated, confdeltype,
       (SELECT array_agg(attname::text ORDER BY position) FROM unnest(conkey) WITH ORDINALITY AS key(number, position)
        JOIN pg_attribute ON attrelid = conrelid AND attnum = number),
       (SELECT array_agg(attname::text ORDER BY position) FROM unnest(confkey) WITH ORDINALITY AS key(number, position)
        JOIN pg_attribute ON attrelid = confrelid AND attnum = number)
FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace
"""


def test_references_between_tenant_tables_are_composite_and_validated():
    found = {}
    for table, target, is_valid, on_delete, columns, target_columns in ask(FOREIGN_KEYS):
        if target in WALLED:
            assert is_valid, (table, columns)
            assert on_delete in ("a", "c"), (table, columns)  # never SET NULL
            assert (columns[0], target_columns) == ("tenant_id", ["tenant_id", "id"]), (table, columns)
            found[table, columns[1]] = target
    expected = {
        (model._meta.db_table, field.column): field.related_model._meta.db_table
        for model in tenant_models()
        for field in references(model)
    }
    assert found == expected


def test_every_reference_to_a_tenant_table_is_a_tenant_reference():
    plain = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model not in event_models()
        for field in model._meta.local_fields
        if field.is_relation and field.related_model in tenant_models() and not isinstance(field, TenantForeignKey)
    ]

    assert plain == []


def test_only_raw_facts_name_rows_by_plain_columns():
    plain = {
        model._meta.db_table
        for model in tenant_models()
        for field in model._meta.local_fields
        if field.name.endswith("_id") and field.name not in ("tenant_id", "key_id") and not field.is_relation
    }

    assert plain == RAW_FACTS


UNIQUE = """
SELECT tables.relname, indexes.relname, indisprimary,
       CASE WHEN indkey[0] = 0 THEN pg_get_indexdef(indexrelid, 1, true)
            ELSE (SELECT attname::text FROM pg_attribute WHERE attrelid = indrelid AND attnum = indkey[0]) END
FROM pg_index JOIN pg_class tables ON tables.oid = indrelid JOIN pg_class indexes ON indexes.oid = indexrelid
WHERE indisunique AND tables.relnamespace = 'public'::regnamespace
"""


def test_unique_keys_start_with_the_tenant_or_they_would_tell_what_others_have():
    leading = [
        (table, index, first)
        for table, index, is_primary, first in ask(UNIQUE)
        if table in WALLED and not is_primary and first != "tenant_id"
    ]

    assert leading == []


def test_primary_keys_are_numbers_that_nobody_chooses_or_start_with_the_tenant():
    keys = [first for table, _, is_primary, first in ask(UNIQUE) if table in WALLED and is_primary]

    assert len(keys) == len(WALLED)
    assert set(keys) <= {"id", "pgh_id", "tenant_id"}


RIGHTS = (
    "SELECT privilege_type FROM information_schema.role_table_grants WHERE grantee = 'portal_app' AND table_name = %s"
)
ALL_TABLES = sorted({*WALLED, *GLOBAL} - {"django_migrations"})


@pytest.mark.parametrize("table", [*ALL_TABLES, "django_migrations"])
def test_the_unprivileged_role_has_exactly_these_rights(table):
    rights = {right for (right,) in ask(RIGHTS, table)}

    if table in READ_ONLY:
        assert rights == {"SELECT"}
    elif table in APPENDED_ONLY:
        assert rights == {"SELECT", "INSERT"}
    else:
        assert rights == {"SELECT", "INSERT", "UPDATE", "DELETE"}


def test_a_table_of_tomorrow_gets_the_same_rights():
    defaults = ask(
        "SELECT defaclobjtype, acl.privilege_type FROM pg_default_acl, aclexplode(defaclacl) acl"
        " WHERE acl.grantee = 'portal_app'::regrole"
    )

    assert {right for kind, right in defaults if kind == "r"} == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert {right for kind, right in defaults if kind == "S"} == {"USAGE"}
