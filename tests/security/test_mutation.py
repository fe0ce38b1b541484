"""Each wall is taken away in turn, and each time a check must notice: 100 % of the mutants are killed.

A mutant is committed by the owner, asked about as portal_app, and put right again.
"""

import re

import pytest
from django.db import models

from portal.tenancy.operations import TENANT_IF_ANY, TENANT_IN_FORCE, policy_statements, reference_statement
from portal.tenancy.scope import TenantMissing, tenant_scope
from reporting.models import Edition
from slas.models import Party
from tests.security.probes import Walls, walled_models
from tests.security.rows import WANTED, Rows, references, tenant_models
from tests.security.servers import as_app, as_owner


@pytest.fixture
def walls(transactional_db, tenant, other_tenant, monkeypatch):
    # A draft: what both sides agreed on is held by triggers, which would speak before these walls.
    monkeypatch.setitem(WANTED, "slas.Agreement", WANTED["slas.Agreement"] | {"state": "draft"})
    unsigned = {"agreed_on": None, "agreed_by_business": "", "agreed_by_it": "", "sealed_in": None}
    monkeypatch.setitem(WANTED, "reporting.ReportAgreement", unsigned)
    made = []
    for owner in (tenant, other_tenant):
        with tenant_scope(owner.pk):
            made.append(Rows("row").make_all())
            for model in tenant_models():  # so that each history has an entry
                made[-1].of(model)
            made[-1].create(Party, name="another")  # a signature is copied with the other side of an agreement
            made[-1].create(Edition, number=2, verify_code="another")  # and that of a review with another edition
    return Walls(tenant.pk, other_tenant.pk, *made)


def policy_mutants(model):
    """(what is broken, how, how it is put right) for the row security of one table."""
    table = f'"{model._meta.db_table}"'
    reads_own = model._meta.db_table == "accounts_membership"
    *_, policy = [
        statement for statement in policy_statements(model._meta.db_table) if statement.startswith("CREATE POLICY")
    ]
    if reads_own:
        policy = policy_statements(model._meta.db_table, own_rows_of_user=True)[2]
    using = f"USING (tenant_id = {TENANT_IF_ANY if reads_own else TENANT_IN_FORCE})"
    check = f"WITH CHECK (tenant_id = {TENANT_IN_FORCE})"
    alter = f"ALTER POLICY tenant_only ON {table}"
    yield "policy dropped", f"DROP POLICY tenant_only ON {table}", policy
    yield (
        "row security off",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
    )
    yield "every row is read", f"{alter} USING (true)", f"{alter} {using}"
    yield "every row is written", f"{alter} WITH CHECK (true)", f"{alter} {check}"
    yield "another door beside it", f"CREATE POLICY door ON {table} USING (true)", f"DROP POLICY door ON {table}"
    if not reads_own:
        lenient = f"USING (tenant_id = {TENANT_IF_ANY})"
        yield "no tenant is an empty list", f"{alter} {lenient}", f"{alter} {using}"
    else:
        own = "(user_id = (SELECT NULLIF(current_setting('app.user_id', true), '')::bigint))"
        yield (
            "own rows are all rows",
            f"ALTER POLICY own_rows ON {table} USING (true)",
            f"ALTER POLICY own_rows ON {table} USING {own}",
        )


def reference_mutants(model):
    """The same for its references: gone, or without the tenant."""
    for field in references(model):
        right = reference_statement(model, field)
        name = re.search(r'ADD CONSTRAINT "([^"]+)"', right)[1]
        drop = f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{name}"'
        plain = right.replace(f'FOREIGN KEY (tenant_id, "{field.column}")', f'FOREIGN KEY ("{field.column}")')
        plain = plain.replace("(tenant_id, id)", "(id)")
        assert plain != right
        yield f"{field.column} without reference", drop, right
        yield f"{field.column} by id alone", f"{drop}; {plain}", f"{drop}; {right}"


POLICIES = "SELECT * FROM pg_policies WHERE schemaname = 'public' ORDER BY tablename, policyname"
SECURITY = "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class ORDER BY relname"
KEYS = (
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint"
    " WHERE contype = 'f' ORDER BY 1, 2"
)


def test_every_mutant_is_killed(walls):
    survivors, killed = [], 0
    with as_app(autocommit=True) as app, as_owner(autocommit=True) as owner:
        before = [owner.execute(question).fetchall() for question in (POLICIES, SECURITY, KEYS)]
        assert {model._meta.label: walls.failures(app, model) for model in walled_models()} == {
            model._meta.label: [] for model in walled_models()
        }
        for model in walled_models():
            for name, break_it, right_it in [*policy_mutants(model), *reference_mutants(model)]:
                owner.execute(break_it)
                try:
                    if walls.failures(app, model):
                        killed += 1
                    else:
                        survivors.append(f"{model._meta.label}: {name}")
                finally:
                    owner.execute(right_it)
        after = [owner.execute(question).fetchall() for question in (POLICIES, SECURITY, KEYS)]

    assert after == before
    assert survivors == []
    assert killed > 700


class Unscoped(models.Manager):
    """The mutant of the second wall: a manager that forgets the tenant."""


def scope_failures(model, tenant_id):
    """What the manager of a model does wrong: outside each tenant, and inside one."""
    manager = model._default_manager
    failures = []
    try:
        str(manager.all().query)
    except TenantMissing:
        pass
    else:
        failures.append("it answers without a tenant")
    with tenant_scope(tenant_id):
        words = str(manager.all().query)
    if f'"{model._meta.db_table}"."tenant_id" = {tenant_id}' not in words:
        failures.append("it does not name the tenant")
    return failures


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model._meta.label)
def test_the_second_wall_is_missed_when_it_is_gone(tenant, monkeypatch, model):
    assert scope_failures(model, tenant.pk) == []

    mutant = Unscoped()
    mutant.model = model
    monkeypatch.setattr(type(model._default_manager), "get_queryset", Unscoped.get_queryset)

    assert scope_failures(model, tenant.pk) == ["it answers without a tenant", "it does not name the tenant"]
