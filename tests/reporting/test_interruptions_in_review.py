"""A number of interruptions in the monthly review: its sentence, its cell in the chart, and its own page."""

import re

import pytest

from reporting.models import Figure
from reporting.queries.shown import show_edition
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.models import TargetKind
from tests.reporting import factories as made
from tests.slas import factories as slas


@pytest.fixture
def edition(month):
    """October with three outages of half an hour at the tills, and planned work that nobody agreed to take out."""
    tills = slas.make_target(
        TargetKind.RELIABILITY, agreement=month.agreement, service=month.targets["orders"].service, slug="tills",
        name="Tills work", loss_words="Tills were down", position=9,
    )  # fmt: skip
    for day in (6, 7, 8):
        slas.add_outage(tills.measure, f"2026-10-0{day} 10:00", f"2026-10-0{day} 10:30", what="Network")
    compute_attainments(targets=[tills], periods=[Period(2026, 10)], now=made.ISSUED_AT)
    return made.make_edition(month)


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", "", response.content.decode()).split())


def test_it_is_told_charted_and_opened_like_any_promise(month, edition, client_of):
    client = client_of(month.head)
    figure = Figure.objects.get(edition=edition, anchor="tills.result")

    review = text_of(client.get(f"/t/larkmoor/reviews/{month.unit.slug}/2026-10/"))
    page = text_of(client.get(f"/t/larkmoor/figures/{figure.pk}/"))

    (row,) = [
        row
        for row in show_edition(edition=edition, reader=month.head, now=made.TODAY).page.chart
        if row.anchor == "tills"
    ]
    assert [cell.value.text for cell in row.cells if cell.letter == "M"] == ["4×"]
    assert "Tills were down 4 times for more than 10 min" in review
    assert "Interruptions of more than 10 min" in page
    assert page.count("Network") >= 3
    assert "All 4" not in page


def test_its_page_draws_the_months_as_numbers_beside_what_was_promised(month, edition, client_of):
    figure = Figure.objects.get(edition=edition, anchor="tills.result")

    drawn = re.findall(r"<svg[^>]*p-plot.*?</svg>", page_of(client_of(month.head), figure), flags=re.DOTALL)

    assert len(drawn) == 2  # for a wide page and for a phone
    for svg in drawn:
        words = re.findall(r"<text[^>]*>([^<]*)", svg)
        assert {"0", "2", "4", "Promised: at most 2"} <= set(words)
        assert not any("%" in each for each in words)
        assert svg.count("<rect") == 1  # the one missed month


def page_of(client, figure):
    return client.get(f"/t/larkmoor/figures/{figure.pk}/").content.decode()
