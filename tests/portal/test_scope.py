"""The tenant in force is held by PostgreSQL, and forgotten when the block ends."""

import pytest
from django.db import DatabaseError, connection, transaction

from portal.accounts.models import BusinessUnit
from portal.tenancy.scope import TenantMissing, TenantSwitched, current_tenant_id, tenant_scope
from tests import factories


@pytest.fixture
def units(tenant, other_tenant):
    with tenant_scope(tenant.pk):
        ours = factories.make_unit(slug="orders")
    with tenant_scope(other_tenant.pk):
        theirs = factories.make_unit(slug="orders")
    return ours, theirs


def test_rows_of_another_tenant_do_not_exist(tenant, units):
    with tenant_scope(tenant.pk):
        assert list(BusinessUnit.objects.all()) == [units[0]]
        assert list(BusinessUnit._base_manager.all()) == [units[0]]


def test_raw_sql_sees_only_the_tenant_in_force(tenant, units):
    with tenant_scope(tenant.pk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_businessunit")
        assert cursor.fetchone() == (1,)


def test_without_a_tenant_a_query_is_an_error_not_an_empty_list(units):
    with pytest.raises(TenantMissing):
        BusinessUnit.objects.count()
    with pytest.raises(TenantMissing), transaction.atomic():
        BusinessUnit._base_manager.count()


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.django_db(transaction=True)
def test_raw_sql_without_a_tenant_is_the_same_error_in_a_new_session_and_in_a_used_one(tenant, units, is_new):
    connection.close()
    connection.close_pool()
    if not is_new:
        with tenant_scope(tenant.pk):
            BusinessUnit.objects.count()

    with connection.cursor() as cursor, pytest.raises(TenantMissing, match="enter tenant_scope"):
        cursor.execute("SELECT count(*) FROM accounts_businessunit")


@pytest.mark.parametrize(
    "statement", ["SELECT ''::bigint", "SELECT current_setting('app.other')", "SELECT 1 FROM nowhere"]
)
def test_any_other_mistake_in_sql_keeps_its_name(in_tenant, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_another_tenants_row_cannot_be_written(tenant, other_tenant, units):
    with pytest.raises(DatabaseError, match="row-level security"), tenant_scope(tenant.pk):
        BusinessUnit.objects.create(tenant_id=other_tenant.pk, slug="x", name="X")


def test_a_scope_inside_a_scope_of_another_tenant_is_refused(tenant, other_tenant):
    with tenant_scope(tenant.pk), pytest.raises(TenantSwitched), tenant_scope(other_tenant.pk):
        pass


@pytest.mark.parametrize("fails", [False, True])
def test_the_setting_ends_with_the_block(tenant, units, fails):
    try:
        with tenant_scope(tenant.pk):
            if fails:
                raise ValueError
    except ValueError:
        pass
    assert current_tenant_id() is None
    with pytest.raises(TenantMissing), transaction.atomic():
        BusinessUnit._base_manager.count()
