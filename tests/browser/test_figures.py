"""An issued edition, read by its reader: every figure of its list is on the page and on paper, and nothing else."""

import pytest

from tests.browser import figures
from tests.browser.chromium import THEMES, download
from tests.browser.pages import AUDITOR, HEAD

EDITION = "/t/larkmoor/reviews/customer-orders/2026-10/editions/1/"


@pytest.mark.parametrize("theme", THEMES)
def test_the_page_shows_the_complete_list(person, theme):
    page = person(HEAD, color_scheme=theme)
    page.goto(EDITION)

    listed = figures.listed(page.request, EDITION)

    assert len(listed) > 100
    assert figures.on_page(page) == {(row["figure"], row["printed"]) for row in listed}


@pytest.mark.parametrize("reader", [HEAD, pytest.param(AUDITOR, marks=pytest.mark.long)])
def test_the_paper_shows_the_complete_list(person, reader):
    page = person(reader)
    page.goto(EDITION)

    pdf = download(page, page.get_by_role("button", name="PDF", exact=True))

    listed = figures.listed(page.request, EDITION)
    assert figures.on_paper(pdf) == {(row["number"], row["printed"]) for row in listed}
