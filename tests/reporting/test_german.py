"""A review in German: the language is a field of its report agreement, and the figures are the same."""

import re
from datetime import date
from html import unescape

import pytest

from portal.language.printed import printed_in
from portal.language.sentences import plain
from portal.language.told_in import counted_in, told_in
from reporting.actions.answers import acknowledge_review, ask_question
from reporting.actions.disputes import dispute_figure
from reporting.actions.editions import issue_review, restate_review
from reporting.actions.layouts import layout_of
from reporting.actions.reviews import edit_paragraph
from reporting.exports.pdf import paper_html
from reporting.models import ReviewParagraph
from reporting.queries.page_parts import pieces_in
from reporting.queries.review_page import build_page
from reporting.queries.shown import show_draft, show_edition
from tests.reporting import factories as made
from tests.slas.factories import at

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


# Words that the portal alone writes: none of them stands on a German page. What people wrote stays as they wrote it.
ENGLISH_WORDS = (
    "Announced", "Below", "Time that counts", "Service hours", "Counting rules", "Proposed by",
    "does not mean", "We estimate", "Nothing to state", "working days", "Minutes", "Counted", "Sum",
    "The events", "Issued", "Check code", "Verify", "Page", "edition", "Edition", "draft", "Draft", "Kept",
    "Missed", "Data gap", "Close", "No cases", "As agreed", "were hit", "Evidence", "exactly", "rounded",
    "is more than", "Acknowledge", "last year", "Last 12 months", "Promised", "Allowed", "Not planned yet",
    "Prepared by", "service review", "Service review", "notice,", "October", "Oct", "Tuesday", "worse than",
    "better than", "You dispute", "As you count", "Sign with", "Done", "Open", "midnight", "Agreed by",
    "Report agreement", "the figure", "how many", "time lost", "answers by", "of 96,412", "Send",
    "Here", "Others", "The figure is", "Change it", "missed by", "Also on", "Comments until", "This edition", "Back to",
    "The proof", "Rounding", "What counts", "In time", "No record", "When", "Asked", "counted", "What we know", "Yes",
    "This field", "To the newest", "Before", "Now", "differ", "version", "Version", "Until then", "Nov..", "Okt..",
    "Acknowledged", "Signed",
)  # fmt: skip


def text_of(page):
    """What a reader sees, without what the frame of each page says in the reader's own language."""
    main = re.sub(r"(?s)<(script|style|header|footer).*?</\1>", "", page)
    return unescape(re.sub(r"<[^>]+>", " | ", main)).replace("\u00a0", " ")


def english_in(text):
    return [word for word in ENGLISH_WORDS if re.search(rf"(?<![\w“-]){re.escape(word)}(?![\w])", text)]


def said(sentence):
    return plain(sentence).replace("\u00a0", " ")


def test_a_german_review_has_the_same_figures(pages):
    _review, english, german = pages
    told = {piece.figure: piece.text for piece in pieces_in(english) if piece.figure}
    gesagt = {piece.figure: piece.text for piece in pieces_in(german) if piece.figure}

    assert german.head.language == "de"
    assert gesagt == {anchor: printed_in("de", text) for anchor, text in told.items()}
    assert [len(entry.name) > 0 for entry in german.figures] == [True] * len(english.figures)
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


def test_a_german_review_is_german_from_head_to_foot(pages, month, client_of):
    review, _english, _german = pages
    edition = issue_review(review=review, by=month.manager, now=made.ISSUED_AT)
    shown = show_edition(edition=edition, reader=None, now=made.TODAY)

    assert english_in(text_of(paper_html(shown=shown, tenant=review.tenant))) == []
    client = client_of(month.head)
    page = text_of(client.get("/t/larkmoor/reviews/customer-orders/2026-10/").content.decode())
    assert english_in(page[page.index("Servicebericht") :]) == []
    verified = text_of(client.get(f"/t/larkmoor/verify/{edition.verify_code}/").content.decode())
    assert "6. November 2026" in verified
    assert english_in(verified[verified.index("Einen Bericht prüfen") :]) == []


def german_part(page):
    """What of a page is the review's own: the frame around it speaks to its reader in theirs."""
    assert 'lang="de"' in page
    return text_of(page.partition('lang="de"')[2].partition("</main>")[0])


def test_all_that_belongs_to_it_is_german(pages, month, client_of):
    review, _english, _german = pages
    edition = issue_review(review=review, by=month.manager, now=made.ISSUED_AT)
    missed = edition.figures.get(anchor="orders.result")
    lost = {"claimed_from": at("2026-10-06 10:40"), "claimed_until": at("2026-10-06 11:00")}
    dispute_figure(figure=missed, by=month.head, reason="Mehr", now=made.TODAY, **lost)
    head, address = client_of(month.head), "/t/larkmoor/reviews/customer-orders/2026-10/"

    addresses = [f"{address}present/"]
    for figure in edition.figures.filter(anchor__endswith=".result"):
        addresses += [f"/t/larkmoor/figures/{figure.pk}/", f"/t/larkmoor/figures/{figure.pk}/proof/"]
    found = {each: english_in(german_part(head.get(each).content.decode())) for each in addresses}
    assert {each: words for each, words in found.items() if words} == {}
    trend = head.get(f"/t/larkmoor/figures/{missed.pk}/").content.decode()
    assert ">Okt.<" in trend
    assert "Zugesagt 99,5 %" in trend.replace("\u00a0", " ")

    paragraph = ReviewParagraph.objects.get(review=review, anchor="cover.score")
    edit_paragraph(paragraph=paragraph, text="Ganz {figure:score.kept}.", by=month.manager, now=made.TODAY)
    newer = restate_review(review=review, reason="Neu gesagt", by=month.manager, now=made.TODAY)
    for each in (newer, edition):
        paper = paper_html(shown=show_edition(edition=each, reader=None, now=made.TODAY), tenant=review.tenant)
        assert english_in(text_of(paper)) == []
    assert english_in(german_part(head.get(address).content.decode())) == []
    acknowledge_review(edition=newer, by=month.head, now=made.TODAY, reservations="Zu spät")
    assert "Mit Vorbehalten unterschrieben von Ines Calder am Di., 10. Nov." in german_part(
        head.get(address).content.decode()
    )


def test_what_is_loaded_in_parts_is_german_too(pages, month, client_of):
    review, _english, _german = pages
    edition = issue_review(review=review, by=month.manager, now=made.ISSUED_AT)
    missed = edition.figures.get(anchor="orders.result")
    thread = ask_question(figure=missed, by=month.head, text="Warum?", now=made.TODAY)
    head, script = client_of(month.head), {"HX-Request": "true"}

    parts = [
        head.post(f"/t/larkmoor/figures/{missed.pk}/question/", {f"question-{missed.pk}-text": ""}, headers=script),
        head.post(f"/t/larkmoor/threads/{thread.pk}/reply/", {f"reply-{thread.pk}-text": ""}, headers=script),
    ]

    assert [part.status_code for part in parts] == [422, 422]
    assert [english_in(text_of(part.content.decode())) for part in parts] == [[], []]
    assert all("Dieses Feld ist zwingend erforderlich." in part.content.decode() for part in parts)


def test_what_people_agreed_on_stays_as_they_wrote_it(pages, month, client_of):
    review, _english, _german = pages
    edition = issue_review(review=review, by=month.manager, now=made.ISSUED_AT)
    score = edition.figures.get(anchor="score.kept")

    page = client_of(month.head).get(f"/t/larkmoor/figures/{score.pk}/").content.decode().replace("\u00a0", " ")

    assert "80 % of answers are 4 or 5 of 5" in page
    assert "99.5 % of 04:00 to 22:00, every day" in page


def test_figures_are_printed_once_in_a_language_however_often_they_are_shown(pages, month):
    review, _english, german = pages
    edition = issue_review(review=review, by=month.manager, now=made.ISSUED_AT)

    page = show_edition(edition=edition, reader=month.head, now=made.TODAY).page

    (orders,) = page.attention
    issued = next(each for each in german.attention if each.anchor == orders.anchor)
    assert (orders.proof, orders.events, orders.budget) == (issued.proof, issued.events, issued.budget)
    assert [line.how for line in orders.proof.lines if line.label == "Erlaubte Zeit"] == [
        "0,5 % von 33.420, genau 167,1"
    ]


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("No orders were hit.", "Keine orders waren betroffen."),
        ("For “A”, what has no data counts as lost.", "Für “A” zählt, was keine Daten hat, als verloren."),
        ("Disk of the house full", "Disk of the house full"),
        ("Agreed not to count: test of ours", "Zählt nach Vereinbarung nicht: test of ours"),
        ("4 of 6", "4\u00a0von\u00a06"),
        ("Dispute about October, “Phones: time lost”: 34 min", "Streit über Oktober, „Phones: time lost“: 34 min"),
    ],
)
def test_what_the_portal_wrote_is_told_and_what_people_wrote_stays(english, german):
    assert told_in("de", english) == german
    assert told_in("de", german) == german
    assert told_in("en", english) == english


def test_how_a_figure_came_about_is_told_in_numbers_and_small_words():
    assert told_in("de", "Acknowledged by A on Sa.,\u00a010.\u00a0Okt.") == "Bestätigt von A am Sa.,\u00a010.\u00a0Okt."
    assert told_in("de", "Until Fri 6 Nov.") == "Bis Fr., 6. Nov."
    assert told_in("de", "Until then we cannot order.") == "Until then we cannot order."
    assert counted_in("de", "208 is more than 167.1") == "208 ist mehr als 167,1"
    assert counted_in("de", "6 Oct 92, 14 Oct 58 and 3 more") == "6. Okt. 92, 14. Okt. 58 und 3 weitere"
    assert counted_in("de", "1 event, data complete (100 %). Counting rules version 3.") == (
        "1 Ereignis, Daten vollständig (100 %). Zählregeln Fassung 3."
    )
