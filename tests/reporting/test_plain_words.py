"""Words that readers outside IT do not know: shown at their sentence, said plainly, or issued with a printed reason."""

import pytest

from catalog.actions.glossary import add_term
from portal.language.jargon.kept import WordKept
from reporting.actions.editions import issue_review, restate_review
from reporting.actions.reviews import edit_paragraph, reword_paragraph
from reporting.errors import NothingToReword, WordsOpen
from reporting.exports.pdf import paper_html
from reporting.models import Edition, ReviewParagraph
from reporting.queries.editing import editing_page
from reporting.queries.page_parts import ReviewPage, from_json
from reporting.queries.plain_words import open_words
from reporting.queries.review_page import gather
from reporting.queries.shown import show_edition
from tests.reporting import factories as made

REASON = "The head of the unit asked for these words."
JARGON = "After the failover the pods hit {figure:score.kept}."


@pytest.fixture
def review(simple):
    return made.make_draft(simple)


@pytest.fixture
def paragraph(review):
    """The sentence of the first page that counts the promises."""
    return ReviewParagraph.objects.get(review=review, anchor="cover.score")


@pytest.fixture
def spoiled(simple, paragraph):
    """The same in words of IT."""
    return edit_paragraph(paragraph=paragraph, text=JARGON, by=simple.manager, now=made.ISSUED_AT)


def issue(simple, review, **said):
    return issue_review(review=review, by=simple.manager, now=made.ISSUED_AT, **said)


def page_of(edition):
    return from_json(ReviewPage, edition.page)


def test_what_the_rules_draft_has_no_word_that_a_reader_stumbles_at(month):
    review = made.make_draft(month)

    assert open_words(gather(review=review)) == ()
    assert editing_page(review=review).open_words == 0


def test_each_finding_stands_at_its_sentence_and_offers_a_phrase(review, spoiled):
    page = editing_page(review=review)

    (row,) = [row for _section, rows in page.sections for row in rows if row.anchor == "cover.score"]
    assert [(each.words, each.plain) for each in row.checked.open] == [
        ("failover", "switch to the spare system"),
        ("pods", "running copies of a program"),
    ]
    assert page.open_words == 2


def test_a_word_is_said_plainly_and_the_figure_stays_bound(simple, spoiled):
    for at in ("10:failover", "23:pods"):
        text = ReviewParagraph.objects.get(pk=spoiled.pk).text
        spoiled = reword_paragraph(paragraph=spoiled, text=text, at=at, by=simple.manager, now=made.ISSUED_AT)

    assert "{figure:score.kept}" in spoiled.text
    assert not any(words in spoiled.text for words in ("failover", "pods"))


def test_words_that_are_gone_are_not_replaced(simple, paragraph):
    with pytest.raises(NothingToReword):
        reword_paragraph(paragraph=paragraph, text="All is well.", at="4:pods", by=simple.manager, now=made.ISSUED_AT)


def test_the_glossary_decides_for_the_readers_of_the_unit(simple, review, spoiled):
    said = {"owner": None, "is_known_to_all": False, "by": simple.manager, "now": made.ISSUED_AT}
    add_term(term="pod", plain="boxes of peas", known_by=[simple.unit], **said)

    assert [each.words for each in open_words(gather(review=review))] == ["failover"]


def test_a_review_with_open_words_is_not_issued_without_a_reason(simple, review, spoiled):
    with pytest.raises(WordsOpen, match="In short: “failover” and “pods”"):
        issue(simple, review)

    assert not Edition.objects.exists()


def test_a_long_sentence_stops_only_whoever_wrote_it(simple, review, paragraph):
    long = " ".join(["It was so on each of the days"] * 5)
    ReviewParagraph.objects.filter(pk=paragraph.pk).update(text=long, drafted_text=long)
    assert open_words(gather(review=review)) == ()

    edit_paragraph(paragraph=paragraph, text=long, by=simple.manager, now=made.ISSUED_AT)

    assert [each.anchor for each in open_words(gather(review=review))] == ["cover.score"]


def test_the_reason_is_frozen_with_the_edition(simple, review, spoiled):
    kept = page_of(issue(simple, review, words_reason=f" {REASON} ")).words_kept

    assert (kept.reason, kept.by) == (REASON, simple.manager.user.name)
    assert [(each.anchor, each.section, each.words) for each in kept.words] == [
        ("cover.score", "In short", "failover"),
        ("cover.score", "In short", "pods"),
    ]
    assert all(isinstance(each, WordKept) and each.why for each in kept.words)


def test_a_review_in_plain_words_keeps_no_reason(simple, review):
    assert page_of(issue(simple, review, words_reason=REASON)).words_kept is None


def test_a_correction_goes_on_with_the_reason_for_the_same_words_alone(simple, review, spoiled):
    issue(simple, review, words_reason=REASON)

    def restate(text, **said):
        edit_paragraph(paragraph=spoiled, text=text, by=simple.manager, now=made.TODAY)
        return restate_review(review=review, reason="Said better", by=simple.manager, now=made.TODAY, **said)

    assert page_of(restate("The failover hit {figure:score.kept}.")).words_kept.reason == REASON
    with pytest.raises(WordsOpen, match="“hypervisor”"):
        restate("The hypervisor hit {figure:score.kept}.")
    assert page_of(restate("The hypervisor hit {figure:score.kept}.", words_reason="So")).words_kept.reason == "So"
    assert page_of(restate("We hit {figure:score.kept}.")).words_kept is None


def test_words_are_mended_on_the_page_of_the_sentences(simple, review, spoiled, client_of):
    client = client_of(simple.manager)
    edit = "/t/larkmoor/reviews/customer-orders/2026-10/edit/"
    page = client.get(edit).content.decode()
    assert "At 2 places a reader outside IT may stumble" in page
    assert "Say “switch to the spare system”" in page

    field = f"s{spoiled.pk}-"
    sent = {f"{field}text": spoiled.text, f"{field}at": "10:failover"}
    answer = client.post(f"/t/larkmoor/sentences/{spoiled.pk}/reword/", sent)

    assert answer.url == f"{edit}#cover.score"
    assert "At 1 place a reader outside IT may stumble" in client.get(edit).content.decode()
    gone = client.post(f"/t/larkmoor/sentences/{spoiled.pk}/reword/", sent | {f"{field}text": "Nothing."})
    assert gone.status_code == 422
    assert "not in the sentence any more" in gone.content.decode()


def test_words_are_told_while_one_writes_and_nothing_is_kept(simple, paragraph, client_of):
    address = f"/t/larkmoor/sentences/{paragraph.pk}/check/"

    told = client_of(simple.manager).post(address, {f"s{paragraph.pk}-text": "The pods were down."}).content.decode()

    assert "<mark>pods</mark>" in told
    assert "Reading ease" in told
    assert ReviewParagraph.objects.get(pk=paragraph.pk).text == paragraph.text


def test_the_reason_is_asked_for_before_issue_and_printed_in_the_appendix(simple, review, spoiled, client_of):
    client, issue_url = client_of(simple.manager), "/t/larkmoor/reviews/customer-orders/2026-10/issue/"
    assert "Why these words stay" in client.get(issue_url).content.decode()

    refused = client.post(issue_url, {"words_reason": ""})
    assert refused.status_code == 422
    assert "Readers outside IT may stumble here" in refused.content.decode()

    assert client.post(issue_url, {"words_reason": REASON}).status_code == 302
    page = client.get("/t/larkmoor/reviews/customer-orders/2026-10/").content.decode()
    assert REASON in page
    assert "In short: “failover”" in page


def test_the_paper_prints_the_reason_too(simple, review, spoiled):
    edition = issue(simple, review, words_reason=REASON)

    paper = paper_html(shown=show_edition(edition=edition, reader=None, now=made.TODAY), tenant=edition.tenant)

    assert REASON in paper
    assert "In short: “pods”" in paper
