"""The figures of an edition, taken from page, PDF, CSV, XLSX and API: each time the complete list, letter by letter."""

import csv
import io
import re
from html import unescape

import openpyxl
import pytest

from portal.accounts.actions.tokens import create_token
from portal.accounts.models import Role
from portal.exports import unguarded
from reporting.exports.pdf import edition_pdf
from reporting.queries.shown import show_edition
from tests import factories
from tests.browser.figures import on_paper
from tests.reporting import factories as made

EDITION = "/t/larkmoor/reviews/customer-orders/2026-10/editions/1"
ON_PAGE = re.compile(r'data-figure="([^"]+)"[^>]*>(.*?)</', re.DOTALL)
TAG = re.compile(r"<[^>]+>")


@pytest.fixture
def listed(edition):
    """What is frozen: anchor, number, and what is printed."""
    return {(each.anchor, str(each.pk), each.printed) for each in edition.figures.all()}


@pytest.fixture
def reader(client_of, month):
    return client_of(month.head)


def table_of(lines):
    heading, *rows = lines
    return [dict(zip(heading, row, strict=True)) for row in rows]


def rows_of(rows):
    found = [(row["figure"], str(row["number"]), row["printed"]) for row in rows]
    assert len(found) == len(set(found)), "a figure is listed twice"
    return set(found)


def test_the_page(reader, listed):
    page = reader.get(f"{EDITION}/").content.decode()

    shown = {(unescape(anchor), unescape(TAG.sub("", words))) for anchor, words in ON_PAGE.findall(page)}
    assert len(listed) > 40
    assert shown == {(anchor, printed) for anchor, _number, printed in listed}


def test_the_paper(edition, listed):
    shown = show_edition(edition=edition, reader=None, now=made.TODAY)

    assert on_paper(edition_pdf(edition=edition, shown=shown)) == {(number, words) for _anchor, number, words in listed}


def test_the_table(reader, listed):
    table = csv.reader(io.StringIO(reader.get(f"{EDITION}/figures.csv").content.decode()))

    assert rows_of(table_of([[unguarded(cell) for cell in row] for row in table])) == listed


def test_the_workbook(reader, listed, edition):
    answer = reader.get(f"{EDITION}/figures.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))

    assert answer["Content-Disposition"] == 'attachment; filename="figures-customer-orders-2026-10-1.xlsx"'
    assert rows_of(table_of(book["Figures"].iter_rows(values_only=True))) == listed
    about = dict(book["Edition"].iter_rows(min_row=2, values_only=True))
    assert about["SHA-256"] == edition.page_hash
    assert edition.verify_code in about["Verify a file of it"]


def test_the_api(client, month, listed):
    _, key = create_token(
        membership=month.reader, name="Reports", scopes=["results.read"], days=3650,
        by=factories.make_member(role=Role.ADMINISTRATOR), now=made.TODAY,
    )  # fmt: skip

    address = "/t/larkmoor/api/v1/reviews/customer-orders/2026-10/editions/1/"
    answer = client.get(address, headers={"Authorization": f"Bearer {key}"}).json()

    told = [(each["anchor"], each["printed"]) for each in answer["page"]["figures"]]
    assert len(told) == len(set(told))
    assert set(told) == {(anchor, printed) for anchor, _number, printed in listed}
