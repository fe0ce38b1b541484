"""Each table that can be saved, filled with texts that spreadsheets would run: not one cell is a formula."""

import csv
import io

import openpyxl
import pytest
from django.db import transaction

from catalog.models import Service, Stage
from portal.accounts.models import BusinessUnit, Role
from portal.tenancy.scope import tenant_scope
from tests import factories
from tests.reporting.factories import LARKMOOR
from tests.security.routes import tenant_routes
from tests.security.rows import Rows

pytestmark = pytest.mark.xdist_group("formulas")  # they look at the same rows
FORMULA = "=HYPERLINK(A1)"
TABLES = {route.name: route for route in tenant_routes() if route.pattern.endswith(".csv")}
# Tables behind an address of another kind, with the query that asks for them.
ASKED = {"figure_proof": "?format=csv"}
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# What these hold was not written by people.
OF_OURS = {"fact_template", "gap_template", "covered_template"}


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker):
    """The rows and a reader of each role, made once: tables are only read here. After the last test all is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        tenant = factories.make_tenant(**LARKMOOR)
        with tenant_scope(tenant.pk):
            rows = Rows(FORMULA).make_all()
            Service.objects.update(stage=Stage.CATALOGUE)  # which the list begins with
            units = [rows.of(BusinessUnit)]
            readers = [factories.make_member(role=role, units=units) for role in Role]
        yield rows, readers
        transaction.set_rollback(True)


@pytest.fixture
def hostile(written, db):
    return written[0]


@pytest.fixture
def browsers(written, db, client_of):
    return [client_of(reader) for reader in written[1]]


@pytest.mark.parametrize("name", [*TABLES, *ASKED])
def test_no_cell_of_a_table_is_a_formula(hostile, browsers, name):
    route = TABLES.get(name) or next(route for route in tenant_routes() if route.name == name)
    path = route.path("larkmoor", dict.fromkeys(route.blanks, hostile)) + ASKED.get(name, "")
    answers = [answer for browser in browsers if (answer := browser.get(path)).status_code == 200]

    assert answers, "nobody may read it"
    for answer in answers:
        assert answer["Content-Type"].startswith("text/csv")
        assert answer["Content-Disposition"].startswith("attachment; ")
        cells = [cell for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) for cell in row]
        assert [cell for cell in cells if cell.lstrip().startswith(STARTS)] == []
        assert (name in OF_OURS) or any(cell.startswith(f"'{FORMULA}") for cell in cells), cells


@pytest.mark.parametrize("name", [route.name for route in tenant_routes() if route.pattern.endswith(".xlsx")])
def test_no_cell_of_a_workbook_is_a_formula_and_every_text_is_as_it_was(hostile, browsers, name):
    route = next(route for route in tenant_routes() if route.name == name)
    path = route.path("larkmoor", dict.fromkeys(route.blanks, hostile))
    answers = [answer for browser in browsers if (answer := browser.get(path)).status_code == 200]

    assert answers, "nobody may read it"
    for answer in answers:
        assert answer["Content-Disposition"].startswith("attachment; ")
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert [cell.value for cell in cells if cell.data_type == "f"] == []
        assert any(str(cell.value).startswith(FORMULA) and cell.data_type == "s" for cell in cells)
