"""Every way over the wall that was thought of, tried as the role that the portal runs as: refused, or nothing there."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from catalog.models import Service, ServiceOffering
from portal.accounts.models import BusinessUnit, Membership
from portal.conversations.models import Comment, Conversation
from portal.tenancy.scope import TenantMissing, tenant_scope
from tests import factories
from tests.security.rows import BESIDE, NOW, Rows, event_models, references, tenant_models
from tests.security.servers import as_app, as_owner

MODELS = tenant_models()
REFERENCES = [(model, field) for model in MODELS for field in references(model)]


@pytest.fixture
def inside(ours, theirs):
    """We are in our tenant; theirs has rows that could leak."""
    with tenant_scope(ours.tenant.pk):
        yield


@pytest.fixture
def units(tenant, other_tenant):
    """One business unit in each tenant."""
    for owner, name in ((tenant, "Ours"), (other_tenant, "Theirs")):
        with tenant_scope(owner.pk):
            factories.make_unit(name=name)


@pytest.fixture
def refusals():
    """refusals(statement, ...) is what PostgreSQL says no with, or what it did instead."""

    def ask(statement, *values):
        try:
            return f"{run(statement, *values)} rows"
        except DatabaseError as error:
            return str(error).partition("\n")[0]

    return ask


def run(statement, *values):
    """How many rows a statement touched, or found; undone if it is refused."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.rowcount


def refused(statement, *values, match=""):
    with pytest.raises(DatabaseError, match=match):
        run(statement, *values)


class TestEachTable:
    """The same attacks on every table of a tenant, present and future."""

    def test_another_tenants_rows_are_not_read(self, inside, ours, theirs):
        for model in MODELS:
            table, row = model._meta.db_table, theirs.rows.of(model)
            found = run(f'SELECT 1 FROM "{table}"')  # of some a row brings more with it, as a service its words
            assert found == run(f'SELECT 1 FROM "{table}" WHERE tenant_id = %s', ours.tenant.pk) >= 1, table
            assert run(f'SELECT 1 FROM "{table}" WHERE tenant_id = %s', theirs.tenant.pk) == 0, table
            assert not model._base_manager.filter(pk=row.pk).exists(), table
            assert not model._default_manager.filter(pk=row.pk).exists(), table

    def test_nor_is_what_they_were_before(self, inside, theirs):
        for model in event_models():
            assert run(f'SELECT 1 FROM "{model._meta.db_table}" WHERE tenant_id = %s', theirs.tenant.pk) == 0

    def test_another_tenants_rows_are_not_changed_or_removed(self, inside, theirs, refusals):
        answers = {
            (model._meta.db_table, verb): refusals(f"{verb} WHERE tenant_id = %s", theirs.tenant.pk)
            for model in MODELS
            for verb in (
                f'UPDATE "{model._meta.db_table}" SET tenant_id = tenant_id',
                f'DELETE FROM "{model._meta.db_table}"',
            )
        }

        assert len(answers) == 2 * len(MODELS)
        wrong = {key: said for key, said in answers.items() if said != "0 rows" and "permission denied" not in said}
        assert wrong == {}

    def test_no_row_is_written_for_another_tenant(self, inside, ours, theirs):
        for model in MODELS:
            table = model._meta.db_table
            columns = [
                field.column for field in model._meta.local_fields if field.column not in (None, "id", "tenant_id")
            ]
            names = ", ".join(f'"{name}"' for name in columns)
            copy = f'INSERT INTO "{table}" (tenant_id, {names}) SELECT %s, {names} FROM "{table}"'
            refused(copy, theirs.tenant.pk, match="row-level security")

    def test_no_row_moves_to_another_tenant(self, inside, ours, theirs):
        for model in MODELS:
            refused(
                f'UPDATE "{model._meta.db_table}" SET tenant_id = %s',
                theirs.tenant.pk,
                match="row-level security|permission denied|Cannot update",
            )

    def test_no_row_refers_to_another_tenants_row(self, inside, theirs):
        for model, field in REFERENCES:
            rule = f"{model._meta.db_table}_{field.column}"[:50] + "_same_tenant"
            foreign = {field.attname: theirs.rows.of(field.related_model).pk}
            with pytest.raises(DatabaseError, match=rule), transaction.atomic():
                Rows("x").create(model, **foreign, **BESIDE.get(str(field), {}))

    def test_without_a_tenant_each_table_is_an_error(self, ours):
        for model in MODELS:
            with pytest.raises(TenantMissing):
                model._default_manager.count()
            if model is not Membership:
                with pytest.raises(TenantMissing):
                    run(f'SELECT 1 FROM "{model._meta.db_table}"')

    def test_without_a_tenant_and_a_user_no_membership_is_found(self, ours):
        assert run("SELECT 1 FROM accounts_membership") == 0


class TestByTheOrm:
    def test_bulk_insert_with_another_tenants_id(self, inside, theirs):
        units = [BusinessUnit(tenant_id=theirs.tenant.pk, slug=f"x{n}", name=f"X{n}") for n in range(3)]

        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            BusinessUnit.objects.bulk_create(units)

    def test_an_upsert_does_not_take_over_another_tenants_row(self, inside, theirs):
        unit = theirs.rows.of(BusinessUnit)
        stolen = BusinessUnit(id=unit.pk, slug=unit.slug, name="Taken")

        with pytest.raises(DatabaseError), transaction.atomic():
            BusinessUnit.objects.bulk_create(
                [stolen], update_conflicts=True, update_fields=["name"], unique_fields=["id"]
            )

    def test_update_and_delete_by_id(self, inside, theirs):
        unit = theirs.rows.of(BusinessUnit)

        assert BusinessUnit._base_manager.filter(pk=unit.pk).update(name="Taken") == 0
        assert BusinessUnit._base_manager.filter(pk=unit.pk).delete() == (0, {})

    def test_saving_a_row_that_was_moved(self, inside, theirs):
        unit = factories.make_unit()
        unit.tenant_id = theirs.tenant.pk

        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            unit.save()

    def test_a_comment_in_another_tenants_conversation(self, inside, ours, theirs):
        wanted = {
            "author": ours.rows.of(Membership),
            "written_at": NOW,
            "text": "x",
            "html": "x",
            "sanitiser_version": 1,
        }

        with pytest.raises(DatabaseError, match="foreign key"), transaction.atomic():
            Comment.objects.create(conversation_id=theirs.rows.of(Conversation).pk, **wanted)

    def test_an_offering_of_another_tenants_service(self, inside, theirs):
        with pytest.raises(DatabaseError, match="foreign key"), transaction.atomic():
            ServiceOffering.objects.create(service_id=theirs.rows.of(Service).pk, name="x")

    def test_a_join_does_not_lead_across(self, inside, theirs):
        assert not Membership._base_manager.filter(unit_links__business_unit=theirs.rows.of(BusinessUnit)).exists()
        assert not Conversation._base_manager.filter(business_unit_id=theirs.rows.of(BusinessUnit).pk).exists()

    def test_an_aggregate_counts_only_ours(self, inside):
        assert BusinessUnit._base_manager.count() == 1
        assert list(BusinessUnit._base_manager.values_list(F("tenant_id")).distinct()) == [
            (BusinessUnit.objects.get().tenant_id,)
        ]


POWERS = [
    pytest.param("TRUNCATE accounts_businessunit CASCADE", id="truncate"),
    pytest.param("ALTER TABLE accounts_businessunit DISABLE ROW LEVEL SECURITY", id="disable row security"),
    pytest.param("ALTER TABLE accounts_businessunit NO FORCE ROW LEVEL SECURITY", id="no longer forced"),
    pytest.param("DROP POLICY tenant_only ON accounts_businessunit", id="drop the policy"),
    pytest.param("CREATE POLICY all_rows ON accounts_businessunit USING (true)", id="a policy of one's own"),
    pytest.param("ALTER TABLE accounts_businessunit OWNER TO portal_app", id="take the table"),
    pytest.param("ALTER TABLE accounts_businessunit DROP CONSTRAINT business_unit_slug", id="drop a constraint"),
    pytest.param("CREATE TABLE mine (id int)", id="a table of one's own"),
    pytest.param("CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'", id="a function of one's own"),
    pytest.param("SET ROLE portal_owner", id="become the owner"),
    pytest.param("SET ROLE portal_backup", id="become the backup"),
    pytest.param("SET SESSION AUTHORIZATION portal_owner", id="sign in as the owner"),
    pytest.param("ALTER ROLE portal_app BYPASSRLS", id="bypass the policies"),
    pytest.param("GRANT portal_owner TO portal_app", id="be granted the owner"),
    pytest.param(
        "ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT ALL ON TABLES TO portal_app", id="rights of tomorrow"
    ),
    pytest.param("COPY accounts_businessunit TO PROGRAM 'cat'", id="copy to a program"),
    pytest.param("COPY accounts_businessunit TO '/tmp/units'", id="copy to a file"),
    pytest.param("SELECT pg_read_file('/etc/passwd')", id="read a file of the server"),
    pytest.param("SELECT pg_ls_dir('.')", id="list a folder of the server"),
    pytest.param("SELECT lo_import('/etc/passwd')", id="import a file"),
    pytest.param("CREATE EXTENSION dblink", id="an extension that connects"),
    pytest.param("SELECT * FROM pg_authid", id="passwords of the roles"),
    pytest.param("UPDATE django_migrations SET name = 'x'", id="pretend a migration"),
    pytest.param(
        "LOCK TABLE accounts_businessunit IN ACCESS EXCLUSIVE MODE; DROP TABLE accounts_businessunit", id="drop"
    ),
]

# PostgreSQL 15 and 18 word some of these differently.
NO = "permission denied|must be (owner|superuser|able|member)|must have admin option|only roles|does not exist"


@pytest.mark.parametrize("statement", POWERS)
def test_powers_that_the_role_does_not_have(in_tenant, statement):
    refused(statement, match=NO)


def test_switching_row_security_off_is_an_error_not_a_door(in_tenant):
    run("SET LOCAL row_security = off")

    refused("SELECT * FROM accounts_businessunit", match="would be affected by row-level security")


@pytest.mark.django_db(transaction=True)
def test_the_statistics_of_walled_columns_are_not_shown(units):
    with as_owner(autocommit=True) as owner:
        owner.execute("ANALYZE accounts_businessunit")
        assert (
            owner.execute("SELECT count(*) FROM pg_stats WHERE tablename = 'accounts_businessunit'").fetchone()[0] > 0
        )
    with as_app() as app:
        assert app.execute("SELECT count(*) FROM pg_stats WHERE tablename = 'accounts_businessunit'").fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
class TestTheSettingItself:
    """The tenant is a setting of the transaction, and of nothing longer."""

    def names(self, app):
        return [name for (name,) in app.execute("SELECT name FROM accounts_businessunit")]

    def choose(self, app, value):
        app.execute("SELECT set_config('app.tenant_id', %s, true)", [str(value)])

    def test_it_ends_with_the_transaction(self, tenant, units):
        with as_app(autocommit=True) as app:
            with app.transaction():
                self.choose(app, tenant.pk)
                assert self.names(app) == ["Ours"]
            with pytest.raises(psycopg.DataError):
                self.names(app)

    def test_it_ends_with_a_rolled_back_savepoint(self, tenant, other_tenant, units):
        with as_app(autocommit=True) as app, app.transaction():
            self.choose(app, tenant.pk)
            with app.transaction(force_rollback=True):
                self.choose(app, other_tenant.pk)
            assert self.names(app) == ["Ours"]

    @pytest.mark.parametrize("value", ["0", "-1", "9223372036854775807"])
    def test_a_tenant_that_is_not_there_has_no_rows(self, units, value):
        with as_app() as app:
            self.choose(app, value)
            assert self.names(app) == []

    @pytest.mark.parametrize("value", ["", "1 OR 1=1", "null", "99999999999999999999", "1; DROP TABLE x"])
    def test_what_is_no_number_is_an_error(self, units, value):
        with as_app() as app:
            self.choose(app, value)
            with pytest.raises(psycopg.DataError, match="bigint"):
                self.names(app)

    def test_what_it_does_not_stop(self, other_tenant, units):
        """Injected SQL that can call set_config picks any tenant: why no SQL is ever built from strings here."""
        with as_app() as app:
            self.choose(app, other_tenant.pk)
            assert self.names(app) == ["Theirs"]
