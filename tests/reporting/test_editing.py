"""The manager says it in other words; the figures stay bound."""

import pytest

from reporting.actions.editions import restate_review
from reporting.actions.reviews import edit_paragraph, take_back_edit
from reporting.errors import SentenceEmpty, SentenceRefused
from reporting.models import ReviewParagraph
from reporting.queries.page_parts import ReviewPage, from_json
from tests.reporting import factories as made
from tests.reporting.test_drafting import said


@pytest.fixture
def paragraph(month):
    """paragraph("cover.orders") is a sentence of the draft."""
    review = made.make_draft(month)

    def find(anchor):
        return ReviewParagraph.objects.get(review=review, anchor=anchor)

    return find


def edit(month, paragraph, text):
    return edit_paragraph(paragraph=paragraph, text=text, by=month.manager, now=made.ISSUED_AT)


def test_an_edited_sentence_is_issued_with_its_figures(month, paragraph):
    edit(month, paragraph("cover.value.lost-orders"), "About **{figure:value.lost-orders.units}** were never placed.")

    page = from_json(ReviewPage, made.make_edition(month).page)

    item = next(item for item in page.cover if item.anchor == "cover.value.lost-orders")
    assert said(item.sentence) == "About 190 to 260 orders were never placed."
    assert [piece.figure for piece in item.sentence if piece.strong] == ["value.lost-orders.units"]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        pytest.param("About 200 orders were lost.", "The number 200 is typed in", id="typed number"),
        pytest.param("About {figure:value.nothing} orders.", "There is no figure “value.nothing”", id="unknown figure"),
        pytest.param("About {figure:value.lost-orders.units", "used only to name a figure", id="broken binding"),
        pytest.param("**About {figure:value.lost-orders.units}.", "one of the two is missing", id="bold without end"),
    ],
)
def test_a_sentence_that_breaks_its_figures_is_refused(month, paragraph, text, refusal):
    target = paragraph("cover.value.lost-orders")

    with pytest.raises(SentenceRefused, match=refusal):
        edit(month, target, text)

    target.refresh_from_db()
    assert target.text == target.drafted_text


def test_names_of_promises_may_hold_digits(month, paragraph):
    edited = edit(month, paragraph("cover.score"), "“Orders are confirmed within 15 minutes” was close.")

    assert edited.edited_by == month.manager


def test_a_sentence_of_the_first_page_can_be_left_out(month, paragraph):
    edit(month, paragraph("cover.value.prices"), "")

    page = from_json(ReviewPage, made.make_edition(month).page)

    assert "cover.value.prices" not in [item.anchor for item in page.cover]
    assert "value.prices.before" not in [figure.anchor for figure in page.figures]


def test_a_sentence_that_explains_a_figure_cannot_be_left_out(month, paragraph):
    with pytest.raises(SentenceEmpty):
        edit(month, paragraph("promise.orders"), "  ")


def test_an_edit_after_the_review_was_issued_waits_for_a_corrected_edition(month, paragraph):
    score = paragraph("cover.score")
    issued = made.make_edition(month)
    edit(month, score, "Most were kept.")

    def told(edition):
        page = from_json(ReviewPage, edition.page)
        return next(said(item.sentence) for item in page.cover if item.anchor == "cover.score")

    issued.refresh_from_db()
    corrected = restate_review(review=issued.review, reason="Said better", by=month.manager, now=made.TODAY)
    assert told(issued) != "Most were kept."
    assert told(corrected) == "Most were kept."


def test_an_edit_can_be_taken_back(month, paragraph):
    edit(month, paragraph("cover.score"), "Most were kept.")

    taken = take_back_edit(paragraph=paragraph("cover.score"), by=month.manager, now=made.ISSUED_AT)

    assert taken.text == taken.drafted_text
    assert taken.edited_by is None
