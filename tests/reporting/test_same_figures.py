"""The figures of an edition, taken from page, PDF, CSV, XLSX and API: each time the complete list, letter by letter."""

import codecs
import csv
import io
import re
from html import unescape

import openpyxl
import pikepdf
import pytest

from portal.accounts.actions.tokens import create_token
from portal.accounts.models import Role
from portal.exports import unguarded
from portal.pdf import Variant
from tests import factories
from tests.browser.figures import NUMBER, on_paper
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


def figures_in(page):
    found = ON_PAGE.findall(page)
    assert page.count("data-figure=") == len(found), "one is not looked at"
    return {(unescape(anchor), unescape(TAG.sub("", words))) for anchor, words in found}


def only_once(page):
    """The page with the first figure at one place only, so that without it the figure is gone."""
    first, *_others = ON_PAGE.findall(page)
    head, found, rest = page.partition(f'data-figure="{first[0]}"')
    return head + found + rest.replace(found, 'class="twin"')


def pressed_on_paper(pdf):
    """The numbers of the figures that links on the pages lead to, marks in the chart too."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        notes = [note for page in document.pages for note in page.get("/Annots", [])]
        links = [str(note.get("/A", {}).get("/URI", "")) for note in notes]  # the contents lead to places in the file
    return {found[1] for link in links if (found := NUMBER.search(link))}


def table_of(lines):
    heading, *rows = lines
    return [dict(zip(heading, row, strict=True)) for row in rows]


def rows_of(rows):
    found = [(row["figure"], str(row["number"]), row["printed"]) for row in rows]
    assert len(found) == len(set(found)), "a figure is listed twice"
    return set(found)


def test_the_page(reader, listed):
    page = reader.get(f"{EDITION}/").content.decode()

    assert len(listed) > 40
    assert figures_in(page) == {(anchor, printed) for anchor, _number, printed in listed}


@pytest.mark.xdist_group("paper")
def test_the_paper(drawn, listed):
    """Read from the tagged text, and no link that can be pressed leads to another figure than these."""
    pdf = drawn[Variant.READING]

    assert on_paper(pdf) == {(number, words) for _anchor, number, words in listed}
    assert pressed_on_paper(pdf) == {number for _anchor, number, _words in listed}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda page: page.replace("data-figure=", "data-other=", 1), id="one is missing"),
        pytest.param(lambda page: page + '<a data-figure="orders.extra">7 of 8</a>', id="one is extra"),
        pytest.param(lambda page: re.sub(r"(data-figure=[^>]*>)", r"\g<1>9", page, count=1), id="one is another"),
    ],
)
def test_one_figure_less_more_or_other_is_found(reader, listed, change):
    page = reader.get(f"{EDITION}/").content.decode()

    assert figures_in(change(only_once(page))) != {(anchor, printed) for anchor, _number, printed in listed}


def test_the_table(reader, listed):
    content = reader.get(f"{EDITION}/figures.csv").content
    table = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert content.startswith(codecs.BOM_UTF8)  # or spreadsheets read the letters of another alphabet

    assert rows_of(table_of([[unguarded(cell) for cell in row] for row in table])) == listed


def test_the_workbook(reader, listed, edition):
    answer = reader.get(f"{EDITION}/figures.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))

    assert answer["Content-Disposition"] == 'attachment; filename="figures-customer-orders-2026-10-1.xlsx"'
    assert rows_of(table_of(book["Figures"].iter_rows(values_only=True))) == listed
    about = dict(book["Edition"].iter_rows(min_row=2, values_only=True))
    assert about["SHA-256"] == edition.page_hash
    assert edition.verify_code in about["Verify a PDF of it"]


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
