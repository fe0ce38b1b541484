"""The catalogue as a table: what filters, words and order leave, of what the reader may see."""

import csv
import io

import pytest
from openpyxl import load_workbook

from catalog.models import Stage
from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from tests import factories
from tests.catalog import factories as catalog


@pytest.fixture
def unit(in_tenant):
    unit = factories.make_unit(slug="orders")
    line = catalog.make_line(name="Sell")
    for name, price, stage in (
        ("Ordering", 2140000, "catalogue"),
        ("=Prices", 490000, "catalogue"),
        ("Next", 1, "pipeline"),
    ):
        service = catalog.make_service(
            name=name, line_of_service=line, stage=Stage(stage), description="For customers."
        )
        catalog.make_entitlement(catalog.make_offering(service, name="Gold", price_minor=price), unit)
    return unit


def lines(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_the_table_holds_what_the_list_shows_in_its_order(unit, member, client_of):
    head = member(Role.BUSINESS_UNIT_HEAD, units=[unit])

    answer = client_of(head).get("/t/larkmoor/services.csv?sort=cost")
    rows = lines(answer)

    assert [(row["service"], row["price"], row["level"], row["yours"]) for row in rows] == [
        ("Ordering", "£21,400", "Gold", "yes"), ("'=Prices", "£4,900", "Gold", "yes"),
    ]  # fmt: skip
    assert rows[0]["heading"] == "Sell"
    assert "services-larkmoor.csv" in answer.headers["Content-Disposition"]
    assert AuditEntry.objects.get(act="services.exported").actor_id == head.user_id


def test_filters_and_words_narrow_the_table_too(unit, member, client_of):
    client = client_of(member(Role.SERVICE_OWNER))

    assert [row["service"] for row in lines(client.get("/t/larkmoor/services.csv?stage=pipeline"))] == ["Next"]
    assert [row["service"] for row in lines(client.get("/t/larkmoor/services.csv?q=ordring"))] == ["Ordering"]


def test_the_workbook_says_the_same(unit, member, client_of):
    answer = client_of(member(Role.BUSINESS_UNIT_HEAD, units=[unit])).get("/t/larkmoor/services.xlsx")
    heading, *rows = load_workbook(io.BytesIO(answer.content)).active.values

    assert heading[:2] == ("heading", "service")
    assert [row[1] for row in rows] == ["=Prices", "Ordering"]
    assert all(cell.data_type == "s" for cell in load_workbook(io.BytesIO(answer.content)).active["B"])
