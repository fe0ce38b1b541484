"""The whole catalogue as JSON: every kind of row, in few queries, of this tenant alone."""

import json
from datetime import UTC, datetime

import pytest

from catalog.exports import catalogue_document, exported_models
from catalog.models import Entitlement
from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from portal.tenancy.scope import tenant_scope
from tests import factories
from tests.catalog import factories as catalog
from tests.security.rows import Rows

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
ADDRESS = "/t/larkmoor/services/catalogue.json"


def test_it_holds_every_kind_of_row_and_refers_by_id(in_tenant):
    rows = Rows().make_all()

    document = json.loads(json.dumps(catalogue_document(tenant=in_tenant, now=NOW)))

    assert {name for name, value in document.items() if isinstance(value, list)} >= {"service", "service_offering"}
    for model in exported_models():
        assert any(
            row["id"] == rows.of(model).pk for value in document.values() if isinstance(value, list) for row in value
        )
    (entitlement,) = document["entitlement"]
    held = rows.of(Entitlement)
    assert entitlement["offering"] == held.offering_id
    assert entitlement["business_unit"] == (held.business_unit.slug if held.business_unit else None)
    assert entitlement["starts_on"] == held.starts_on.isoformat()


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_one_query_a_list(in_tenant, django_assert_num_queries, count):
    for _number in range(count):
        catalog.make_offering(catalog.make_service())

    with django_assert_num_queries(len(exported_models())):
        document = catalogue_document(tenant=in_tenant, now=NOW)

    assert len(document["service_offering"]) == count


def test_it_is_downloaded_and_kept_in_the_audit(client_of, tenant, other_tenant):
    with tenant_scope(other_tenant.pk):
        catalog.make_service(name="Theirs")
    with tenant_scope(tenant.pk):
        catalog.make_service(name="Ours")
        manager = factories.make_member(role=Role.SERVICE_LEVEL_MANAGER)

    answer = client_of(manager).get(ADDRESS)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="catalogue-larkmoor.json"'
    assert [service["name"] for service in json.loads(answer.content)["service"]] == ["Ours"]
    with tenant_scope(tenant.pk):
        act = AuditEntry.objects.get(act="catalogue.exported")
        assert (act.actor_id, act.detail) == (manager.user_id, {"services": 1})
