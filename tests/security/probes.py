"""A fast suite of checks that can be asked of one table: what the walls do, tried as portal_app, all in one question.

Each check that fails is named. Nothing that is tried stays: whoever calls rolls back.
"""

from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import models
from psycopg import sql

from portal.tenancy.fields import TenantForeignKey
from tests.security.rows import BESIDE, Rows, event_models, references, tenant_models

# Tables whose rows are never updated, or not in one column alone: a copy with another key is tried instead.
COPIED = {
    "reporting_edition": {"number": "number + 1000", "reason": "'x'", "verify_code": "md5(verify_code)"},
    "reporting_editionfile": {"sha256": "md5(sha256) || md5(sha256)"},
    "reporting_figure": {"anchor": "anchor || 'x'"},
    "reporting_meetinginvitation": {"number": "number + 1000"},
    "reporting_meetingdecision": {},
    "reporting_pulseanswer": {},
    "reporting_reviewacknowledgement": {"edition_id": "(SELECT max(id) FROM reporting_edition WHERE id <> edition_id)"},
    "slas_acceptance": {"party_id": "(SELECT max(id) FROM slas_party WHERE id <> party_id)"},
    "slas_forecast": {"said_on": "said_on + 1"},
    "slas_servicehours": {"version": "version + 1000", "starts_on": "DATE '2026-01-01'"},
}
ONE_CHECK = """
BEGIN
    {statement};
    GET DIAGNOSTICS found = ROW_COUNT;
    IF found <> {rows} THEN failed := failed || {name}::text; END IF;
EXCEPTION WHEN OTHERS THEN
    IF SQLSTATE <> {error} OR SQLERRM NOT LIKE {words} THEN failed := failed || ({name} || ': ' || SQLERRM); END IF;
END;
"""
SUITE = """
DO $suite$
DECLARE failed text[] := '{{}}'; found bigint;
BEGIN
{checks}
RAISE EXCEPTION USING ERRCODE = 'PR0BE', MESSAGE = array_to_string(failed, E'\\n');
END $suite$
"""
RLS, FOREIGN_KEY, MISSING = "42501", "23503", "22P02"
NEVER = -1  # the statement must be an error


@dataclass(frozen=True, slots=True)
class Check:
    """A statement, the number of rows that it must touch, or the error that it must be."""

    name: str
    statement: sql.Composable
    rows: int
    error: str = "none"
    words: str = "%"

    def block(self) -> sql.Composable:
        return sql.SQL(ONE_CHECK).format(
            statement=self.statement,
            rows=sql.Literal(self.rows),
            name=sql.Literal(self.name),
            error=sql.Literal(self.error),
            words=sql.Literal(self.words),
        )


@dataclass(frozen=True, slots=True)
class Walls:
    """Two tenants that have one row of every kind each."""

    ours: int
    theirs: int
    rows: Rows
    their_rows: Rows

    def failures(self, app: "psycopg.Connection[Any]", model: type[models.Model]) -> list[str]:
        """The checks of one table that fail, asked in our tenant as portal_app."""
        checks = [*self.row_checks(model), *self.reference_checks(model), *self.tenantless_checks(model)]
        suite = sql.SQL(SUITE).format(checks=sql.SQL("\n").join(check.block() for check in checks))
        try:
            with app.transaction(force_rollback=True):
                app.execute("SELECT set_config('app.tenant_id', %s, true)", [str(self.ours)])
                app.execute(suite)
        except psycopg.Error as error:
            if error.sqlstate != "PR0BE":
                raise
            return [line for line in (error.diag.message_primary or "").splitlines() if line]
        raise AssertionError("the suite ends by telling what it found")

    def row_checks(self, model: type[models.Model]) -> list[Check]:
        table = sql.Identifier(model._meta.db_table)
        columns = [field.column for field in model._meta.local_fields]
        others = [name for name in columns if name and name not in ("id", "tenant_id", "pgh_id")]
        if model in event_models():
            others = [name for name in columns if name not in ("tenant_id", "pgh_id")]
        names = sql.SQL(", ").join(map(sql.Identifier, others))
        theirs = sql.Literal(self.theirs)
        return [
            Check("our row is found", sql.SQL("PERFORM 1 FROM {} LIMIT 1").format(table), 1),
            Check(
                "their rows are not read", sql.SQL("PERFORM 1 FROM {} WHERE tenant_id = {}").format(table, theirs), 0
            ),
            Check(
                "no row is written for them",
                sql.SQL("INSERT INTO {0} (tenant_id, {1}) SELECT {2}, {1} FROM {0} LIMIT 1").format(
                    table, names, theirs
                ),
                NEVER,
                RLS,
                f'%policy for table "{model._meta.db_table}"',  # and not the one of its history
            ),
        ]

    def reference_checks(self, model: type[models.Model]) -> list[Check]:
        return [
            Check(
                f"{field.column} stays within the tenant",
                self.refer(field, self.their_rows.of(field.related_model).pk),
                NEVER,
                FOREIGN_KEY,
            )
            for field in references(model)
        ]

    def refer(self, field: TenantForeignKey, foreign: int) -> sql.Composable:
        model = field.model
        table = sql.Identifier(model._meta.db_table)
        change = COPIED.get(model._meta.db_table)
        if change is None:
            values = ({field.column: foreign} | BESIDE.get(str(field), {})).items()
            each = (sql.SQL("{} = {}").format(sql.Identifier(name), sql.Literal(value)) for name, value in values)
            return sql.SQL("UPDATE {} SET {}").format(table, sql.SQL(", ").join(each))
        instead = {name: sql.SQL(words) for name, words in change.items()} | {field.column: sql.Literal(foreign)}
        names = [field.column for field in model._meta.local_fields if field.column != "id"]
        return sql.SQL("INSERT INTO {0} ({1}) SELECT {2} FROM {0} LIMIT 1").format(
            table,
            sql.SQL(", ").join(map(sql.Identifier, names)),
            sql.SQL(", ").join(instead.get(name, sql.Identifier(name)) for name in names),
        )

    def tenantless_checks(self, model: type[models.Model]) -> list[Check]:
        """Last, because the tenant is gone afterwards."""
        nobody = sql.SQL("PERFORM set_config('app.tenant_id', '', true)")
        table = sql.Identifier(model._meta.db_table)
        reads_own = model._meta.db_table == "accounts_membership"
        return [
            Check("the tenant can be left", nobody, 1),
            Check(
                "without a tenant nothing is read",
                sql.SQL("PERFORM 1 FROM {}").format(table),
                0 if reads_own else NEVER,
                "none" if reads_own else MISSING,
            ),
        ]


def walled_models() -> list[type[models.Model]]:
    """Every model whose table is behind the walls."""
    return [*tenant_models(), *event_models()]
