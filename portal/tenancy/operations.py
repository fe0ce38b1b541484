"""Migration operations that put the tenant's walls into the database."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import AddConstraint, AddIndex, CreateModel, IndexOperation, ModelOperation
from django.db.migrations.operations.special import RunSQL
from django.db.migrations.state import ProjectState
from django.db.migrations.utils import resolve_relation
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from portal.tenancy.fields import TenantForeignKey

APP_ROLE = "portal_app"
TENANT_IN_FORCE = "(SELECT current_setting('app.tenant_id')::bigint)"
TENANT_IF_ANY = "(SELECT NULLIF(current_setting('app.tenant_id', true), '')::bigint)"
USER_IF_ANY = "(SELECT NULLIF(current_setting('app.user_id', true), '')::bigint)"

# Who writes holds the sealed row meanwhile, so that nobody seals it under a row that is not committed yet.
SEALED_ROWS = """
CREATE FUNCTION keep_sealed_rows() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    free text[] := string_to_array(TG_ARGV[0], ',');
    was jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) - free END;
    becomes jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) - free END;
    line jsonb;
    parent bigint;
    hop integer;
    sealed_in bigint;
BEGIN
    IF was = becomes THEN
        RETURN NEW;
    END IF;
    FOREACH line IN ARRAY array_remove(ARRAY[was, becomes], NULL) LOOP
        parent := (line ->> TG_ARGV[1])::bigint;
        hop := 2;
        WHILE hop + 2 < TG_NARGS LOOP
            EXECUTE format('SELECT %I FROM %I WHERE id = $1', TG_ARGV[hop + 1], TG_ARGV[hop]) INTO parent USING parent;
            hop := hop + 2;
        END LOOP;
        EXECUTE format('SELECT sealed_in FROM %I WHERE id = $1 FOR SHARE', TG_ARGV[hop]) INTO sealed_in USING parent;
        IF sealed_in <> txid_current() THEN
            RAISE EXCEPTION 'Both sides agreed on this: a row of % under % % stays as it is',
                            TG_TABLE_NAME, TG_ARGV[hop], parent USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$
"""


def policy_statements(table: str, *, own_rows_of_user: bool = False) -> list[str]:
    """Forced row security: only the tenant in force, and an error when none is.

    With own_rows_of_user a signed-in person may also read their own rows (memberships) before a tenant is chosen.
    """
    statements = [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
    ]
    if not own_rows_of_user:
        return [
            *statements,
            f'CREATE POLICY tenant_only ON "{table}" USING (tenant_id = {TENANT_IN_FORCE})'
            f" WITH CHECK (tenant_id = {TENANT_IN_FORCE})",
        ]
    return [
        *statements,
        f'CREATE POLICY tenant_only ON "{table}" USING (tenant_id = {TENANT_IF_ANY})'
        f" WITH CHECK (tenant_id = {TENANT_IN_FORCE})",
        f'CREATE POLICY own_rows ON "{table}" FOR SELECT USING (user_id = {USER_IF_ANY})',
    ]


def key_statement(table: str) -> str:
    """The target of composite foreign keys."""
    return f'ALTER TABLE "{table}" ADD CONSTRAINT "{table[:45]}_tenant_key" UNIQUE (tenant_id, id)'


def reference_statement(model: type[models.Model], field: TenantForeignKey) -> str:
    """A composite foreign key, so that a row can refer only to rows of its own tenant."""
    table, column = model._meta.db_table, field.column
    target = field.related_model._meta.db_table
    rule = "CASCADE" if field.remote_field.on_delete is models.CASCADE else "NO ACTION"
    return (
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{(table + "_" + column)[:50]}_same_tenant"'
        f' FOREIGN KEY (tenant_id, "{column}") REFERENCES "{target}" (tenant_id, id) ON DELETE {rule}'
        " DEFERRABLE INITIALLY IMMEDIATE"
    )


def referring_statements(model: type[models.Model], fields: Sequence[TenantForeignKey]) -> list[str]:
    """The references of a model, checked against all rows that are there, whatever the owner's role may do.

    An owner that cannot pass row security would check them through the policies and not find a bad row: for the time of
    this transaction the policies do not bind the owner. They bind everybody else throughout.
    """
    tables = sorted({model._meta.db_table, *(field.related_model._meta.db_table for field in fields)})
    return [
        *(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY' for table in tables),
        *(reference_statement(model, field) for field in fields),
        *(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY' for table in tables),
    ]


class _ModelOperation(Operation):
    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The walls are no part of the models' state."""

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """The table itself is dropped by the step before."""

    def describe(self) -> str:
        return f"{type(self).__name__} {self.model}"


class ProtectTenantTable(_ModelOperation):
    """Row security and the tenant's key for one model; the step after its creation."""

    def __init__(self, model: str, own_rows_of_user: bool = False) -> None:
        super().__init__(model)
        self.own_rows_of_user = own_rows_of_user

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        table = model._meta.db_table
        if any(field.column == "id" for field in model._meta.local_fields):
            schema_editor.execute(key_statement(table))
        for statement in policy_statements(table, own_rows_of_user=self.own_rows_of_user):
            schema_editor.execute(statement)


class ReferWithinTenant(_ModelOperation):
    """Composite foreign keys for the references of one model, or for one reference that was added later.

    Runs when the referred tables have their tenant's key: after `ProtectTenantTable` of each of them.
    """

    def __init__(self, model: str, field: str | None = None) -> None:
        super().__init__(model)
        self.field = field

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        fields = [
            field
            for field in model._meta.local_fields
            if isinstance(field, TenantForeignKey) and self.field in (None, field.name)
        ]
        for statement in referring_statements(model, fields):
            schema_editor.execute(statement)


class KeepHistory(_ModelOperation):
    """An event table of row history: under the row policy, appended and read only."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = to_state.apps.get_model(app_label, self.model)._meta.db_table
        for statement in policy_statements(table):
            schema_editor.execute(statement)
        schema_editor.execute(f'REVOKE UPDATE, DELETE ON "{table}" FROM {APP_ROLE}')


class AppendOnly(_ModelOperation):
    """The unprivileged role may add and read rows of this table, never change or remove them."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = to_state.apps.get_model(app_label, self.model)._meta.db_table
        schema_editor.execute(f'REVOKE UPDATE, DELETE ON "{table}" FROM {APP_ROLE}')


class SealWith(_ModelOperation):
    """Rows that belong to a sealed row stay as they are: no insert, no change but of `free` columns, no removal.

    `path` leads over references to the row whose `sealed_in` names the transaction in which it was sealed, by its
    number and when it began; that transaction alone may still write. The function `keep_sealed_rows` holds it:
    `SEALED_ROWS`, where `slas` 0017 put `this_transaction` for `txid_current`: its numbers come again after a restore.
    """

    def __init__(self, model: str, path: Sequence[str], free: Sequence[str] = ()) -> None:
        super().__init__(model)
        self.path = path
        self.free = free

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        table = model._meta.db_table
        words = [",".join(self.free)]
        for name in self.path:
            field = model._meta.get_field(name)
            model = field.related_model
            words += [field.column, model._meta.db_table]
        arguments = ", ".join(f"'{word}'" for word in words)
        schema_editor.execute(
            f'CREATE TRIGGER "{table[:45]}_sealed" BEFORE INSERT OR UPDATE OR DELETE ON "{table}"'
            f" FOR EACH ROW EXECUTE FUNCTION keep_sealed_rows({arguments})"
        )


class CreateTables(Operation):
    """All first tables of an app in one step.

    Django renders every related model again after each operation, and through the tenant all models are related: one
    step instead of hundreds takes the migration of an empty database from half a minute to seconds.
    """

    reduces_to_sql = True

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)  # rendered once, when the tables are made
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """A table is made in its final form, so that its constraints and indexes come with it; triggers follow."""
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                schema_editor.create_model(to_state.apps.get_model(app_label, operation.name))
        for operation in self.operations:
            if isinstance(operation, AddTrigger):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in reversed(self.operations):
            if isinstance(operation, CreateModel):
                schema_editor.delete_model(from_state.apps.get_model(app_label, operation.name))

    def describe(self) -> str:
        return f"Create the first {len(self.operations)} tables, constraints and triggers"


class InOneStep(Operation):
    """Several changes of tables at once, for the same reason: the models are rendered before them and after them, and
    of all models only those that the changes name, with whatever these refer to.

    A table that is made here is made in its final form.
    """

    reduces_to_sql = True

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        was_rendered = state.__dict__.pop("apps", None) is not None
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if was_rendered:  # else Django would render all models before the next migration, whatever it needs
            state.__dict__["apps"] = _ModelsOnDemand(state.models, state.real_apps)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        made = {operation.name_lower for operation in self.operations if isinstance(operation, CreateModel)}
        changed = {(app_label, name) for operation in self.operations for name in _named(operation)}
        before, after = _only(from_state, changed), _only(to_state, changed)
        for operation in self.operations:
            if isinstance(operation, AddConstraint | AddIndex) and operation.model_name_lower in made:
                continue
            operation.database_forwards(app_label, schema_editor, before, after)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"{len(self.operations)} changes of tables, constraints and triggers"


class _ModelsOnDemand:
    """In the place of a state's rendered models: they are rendered, as they were then, when somebody asks for them."""

    def __init__(self, models: Mapping[tuple[str, str], Any], real_apps: Any) -> None:
        self._state = ProjectState({key: model.clone() for key, model in models.items()}, real_apps)

    def clone(self) -> Any:
        """As for rendered models: what becomes of the copy does not change these."""
        if "apps" in self._state.__dict__:
            return self._state.apps.clone()
        return _ModelsOnDemand(self._state.models, self._state.real_apps)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._state.apps, name)


def _named(operation: Operation) -> set[str]:
    """The model that an operation is about, as states of models call it; bare SQL is about none."""
    if isinstance(operation, ModelOperation):
        return {operation.name_lower}
    if isinstance(operation, FieldOperation | IndexOperation):
        return {operation.model_name_lower}
    if isinstance(operation, AddTrigger | RemoveTrigger):
        return {operation.model_name.lower()}
    if isinstance(operation, _ModelOperation):
        return {operation.model.lower()}
    if isinstance(operation, RunSQL):
        return set()
    raise TypeError(f"{operation} cannot be part of one step: its models are not known")


def _only(state: ProjectState, changed: set[tuple[str, str]]) -> ProjectState:
    """The state with these models and all that they refer to, which is what Django renders of it."""
    needed: set[tuple[str, str]] = set()
    waiting = {key for key in changed if key in state.models}
    while waiting:
        key = waiting.pop()
        needed.add(key)
        waiting |= _references(state, key) - needed
    return ProjectState({key: state.models[key] for key in needed}, state.real_apps)


def _references(state: ProjectState, key: tuple[str, str]) -> set[tuple[str, str]]:
    fields = [field for field in state.models[key].fields.values() if field.remote_field]
    named = [
        model for field in fields for model in (field.remote_field.model, getattr(field.remote_field, "through", None))
    ]
    bases = [base for base in state.models[key].bases if isinstance(base, str)]
    return {resolve_relation(model, *key) for model in (*named, *bases) if model} & state.models.keys()
