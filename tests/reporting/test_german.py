"""A review in German: the language is a field of its report agreement, and the figures are the same."""

import re
from datetime import date

import pytest

from portal.language.printed import printed_in
from portal.language.sentences import plain
from reporting.actions.layouts import layout_of
from reporting.exports.pdf import paper_html
from reporting.queries.page_parts import pieces_in
from reporting.queries.review_page import build_page
from reporting.queries.shown import show_draft
from tests.reporting import factories as made

AGREED = {"agreed_on": date(2026, 4, 1), "agreed_by_business": "Ines Calder", "agreed_by_it": "Pavel Orsin"}


@pytest.fixture
def pages(month):
    """The same draft in English and in German."""
    review = made.make_draft(month)
    english = build_page(review=review, now=made.ISSUED_AT)
    made.make_layout(month.unit, version=3, language="de", reason="Deutsch", felt_by_words="your customers", **AGREED)
    review.report_agreement = layout_of(unit=month.unit)
    review.save()
    made.make_draft(month)
    review.refresh_from_db()
    return review, english, build_page(review=review, now=made.ISSUED_AT)


def said(sentence):
    return plain(sentence).replace("\u00a0", " ")


def test_a_german_review_has_the_same_figures(pages):
    _review, english, german = pages
    told = {piece.figure: piece.text for piece in pieces_in(english) if piece.figure}
    gesagt = {piece.figure: piece.text for piece in pieces_in(german) if piece.figure}

    assert german.head.language == "de"
    assert gesagt == {anchor: printed_in("de", text) for anchor, text in told.items()}
    assert [entry.anchor for entry in german.figures] == [entry.anchor for entry in english.figures]
    for anchor, text in told.items():
        assert re.findall(r"\d", gesagt[anchor]) == re.findall(r"\d", text), anchor


def test_its_sentences_and_headings_are_german(pages):
    review, _english, german = pages

    assert (german.head.month_words, german.months[0]) == ("Oktober 2026", "Nov.")
    cover = {item.anchor: said(item.sentence) for item in german.cover}
    assert cover["cover.score"].startswith("4 von 6 Zusagen eingehalten, eine davon nur knapp: 1.509 von 96.412 orders")
    assert "Zugesagt hatten wir höchstens 2 h 47 min." in cover["cover.orders"]
    assert "Dienstag, 6. Oktober, 05:12 bis 06:44" in cover["cover.orders"]
    (orders,) = german.attention
    assert "damit haben wir die Zusage um 41 Minuten verfehlt" in said(orders.key)
    assert said(orders.badge) == "Um 41 min verfehlt"
    paper = paper_html(shown=show_draft(review=review, now=made.ISSUED_AT), tenant=review.tenant)
    assert "Zusagen, die Ihre Aufmerksamkeit brauchen" in paper
    assert '<html lang="de">' in paper
    assert "Promises that need your attention" not in paper


def test_the_page_says_in_which_language_it_is(pages, month, client_of):
    page = client_of(month.manager).get("/t/larkmoor/reviews/customer-orders/2026-10/").content.decode()

    assert '<div class="p-review" lang="de">' in page
    assert "Zusagen im Einzelnen" in page
