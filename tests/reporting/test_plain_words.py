"""Words that readers outside IT do not know: shown at their sentence, said plainly, or issued with a printed reason."""

import re
from datetime import date

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
from reporting.queries.plain_words import open_places, open_words
from reporting.queries.review_page import gather
from reporting.queries.shown import show_edition
from tests.improvement import factories as improvement
from tests.reporting import factories as made

AGREED = {"agreed_on": date(2026, 4, 1), "agreed_by_business": "Ines Calder", "agreed_by_it": "Pavel Orsin"}
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


@pytest.fixture
def elsewhere(simple):
    """An improvement with a word of IT in its title, which the review prints."""
    return improved(number=7, title="A hypervisor for all", unit=simple.unit)


def improved(*, number, title, unit):
    return improvement.make_improvement(
        number=number, title=title, business_unit=unit, state="in_progress", due_on=date(2026, 11, 20)
    )


def issue(simple, review, words_reason=""):
    words = made.reason_for(review, words_reason)
    return issue_review(review=review, by=simple.manager, now=made.ISSUED_AT, words=words)


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

    def restate(text, words_reason=""):
        edit_paragraph(paragraph=spoiled, text=text, by=simple.manager, now=made.TODAY)
        words = made.reason_for(review, words_reason)
        return restate_review(review=review, reason="Said better", by=simple.manager, now=made.TODAY, words=words)

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


def test_what_cannot_be_kept_yet_is_made_readable_all_the_same(simple, paragraph, client_of):
    """A number in it stops the sentence; each press of a button goes on, and nothing that was typed is lost."""
    client, field = client_of(simple.manager), f"s{paragraph.pk}-"
    text, script = "The failover of k8s took the pods down.", {"HX-Request": "true"}
    told = client.post(f"/t/larkmoor/sentences/{paragraph.pk}/check/", {f"{field}text": text}).content.decode()
    assert "The number 8 is typed in" in told

    sent = {f"{field}text": text, f"{field}at": "4:failover"}
    refused = client.post(f"/t/larkmoor/sentences/{paragraph.pk}/reword/", sent, headers=script)

    assert refused.status_code == 422
    page, written = refused.content.decode(), "The switch to the spare system of k8s took the pods down."
    assert f"{written}</textarea>" in page
    assert "The number 8 is typed in" in page
    assert "Say “the platform that runs our programs”" in page
    sent = {f"{field}text": written, f"{field}at": f"{written.index('k8s')}:k8s"}
    assert client.post(f"/t/larkmoor/sentences/{paragraph.pk}/reword/", sent, headers=script).status_code == 200
    paragraph.refresh_from_db()
    assert "platform that runs our programs took the pods down." in paragraph.text


def test_a_story_of_it_is_told_anew_rather_than_word_by_word(simple, paragraph, client_of):
    def told(text):
        sent = {f"s{paragraph.pk}-text": text}
        return client_of(simple.manager).post(f"/t/larkmoor/sentences/{paragraph.pk}/check/", sent).content.decode()

    advice = "Say in a short sentence what people could not do"
    assert advice in told("The failover of the pods flushed the DNS cache, and the rollback hit the cluster.")
    assert advice not in told("The pods were down after the failover.")


def test_what_is_refused_keeps_what_is_said_of_it(simple, paragraph, client_of):
    sent = {f"s{paragraph.pk}-text": "The pods were down for 3 hours."}

    refused = client_of(simple.manager).post(f"/t/larkmoor/sentences/{paragraph.pk}/", sent).content.decode()

    assert "<mark>pods</mark>" in refused
    assert "The pods were down for 3 hours.</textarea>" in refused


def test_the_reason_is_asked_for_before_issue_and_printed_in_the_appendix(simple, review, spoiled, client_of):
    client, issue_url = client_of(simple.manager), "/t/larkmoor/reviews/customer-orders/2026-10/issue/"
    assert "Why these words stay" in client.get(issue_url).content.decode()

    refused = client.post(issue_url, {"words_reason": ""})
    assert refused.status_code == 422
    assert "Readers outside IT may stumble here" in refused.content.decode()

    assert client.post(issue_url, {"words_reason": REASON, "words_read": shown_words(refused)}).status_code == 302
    page = client.get("/t/larkmoor/reviews/customer-orders/2026-10/").content.decode()
    assert REASON in page
    assert "In short: “failover”" in page


def test_a_reason_speaks_of_the_words_that_its_writer_has_seen(simple, review, spoiled, client_of):
    client, issue_url = client_of(simple.manager), "/t/larkmoor/reviews/customer-orders/2026-10/issue/"
    seen = shown_words(client.get(issue_url))
    edit_paragraph(paragraph=spoiled, text=f"{JARGON} The DNS did it.", by=simple.owner, now=made.ISSUED_AT)

    refused = client.post(issue_url, {"words_reason": REASON, "words_read": seen})

    assert refused.status_code == 422
    assert "Other words came in while you wrote" in refused.content.decode()
    assert "<mark>DNS</mark>" in refused.content.decode()
    assert not Edition.objects.exists()
    assert client.post(issue_url, {"words_reason": REASON, "words_read": shown_words(refused)}).status_code == 302


def test_a_correction_asks_for_the_reason_beside_the_words(simple, review, spoiled, client_of):
    issue(simple, review, words_reason=REASON)
    edit_paragraph(paragraph=spoiled, text="The hypervisor hit {figure:score.kept}.", by=simple.manager, now=made.TODAY)
    client, address = client_of(simple.manager), "/t/larkmoor/reviews/customer-orders/2026-10/restate/"
    page = client.get(address)
    assert "In short: “hypervisor”. It is printed in the appendix" in page.content.decode()

    sent = {"reason": "Said better", "words_reason": "So", "words_read": shown_words(page)}
    assert client.post(address, sent | {"words_read": ""}).status_code == 422
    assert client.post(address, sent).status_code == 302


def shown_words(page):
    """The fingerprint of the words that a page shows."""
    return re.search(r'name="words_read" value="([0-9a-f]{64})"', page.content.decode()).group(1)


def test_the_paper_prints_the_reason_too(simple, review, spoiled):
    edition = issue(simple, review, words_reason=REASON)

    paper = paper_html(shown=show_edition(edition=edition, reader=None, now=made.TODAY), tenant=edition.tenant)

    assert REASON in paper
    assert "In short: “pods”" in paper


def test_words_that_stand_in_no_sentence_stop_the_issue_too(simple, elsewhere, review, client_of):
    (place,) = open_places(gather(review=review))

    assert (place.kept.section, place.kept.words) == ("What will be better", "hypervisor")
    assert place.url == "/t/larkmoor/improvements/IMP-7/edit/"
    with pytest.raises(WordsOpen, match="What will be better: “hypervisor”"):
        issue(simple, review)
    page = client_of(simple.manager).get("/t/larkmoor/reviews/customer-orders/2026-10/edit/").content.decode()
    assert "Words that stand elsewhere on the page" in page
    assert place.url in page


def test_causes_and_agreed_words_that_a_review_prints_are_read(month):
    said = {"owner": None, "is_known_to_all": False, "known_by": [], "by": month.manager, "now": made.ISSUED_AT}
    add_term(term="bad change", plain="mistake of ours", **said)  # the cause of an event
    review = made.make_draft(month)

    found = {(place.kept.section, place.kept.words): place.url for place in open_places(gather(review=review))}

    measure = month.targets["orders"].measure.slug
    assert found == {("Promises in detail", "Bad change"): f"/t/larkmoor/measures/{measure}/facts/"}


def test_rules_of_english_do_not_read_german(simple, review, paragraph):
    made.make_layout(simple.unit, version=3, language="de", reason="Deutsch", **AGREED)
    made.make_draft(simple)

    def told(text):
        edit_paragraph(paragraph=paragraph, text=text, by=simple.manager, now=made.ISSUED_AT)
        review.refresh_from_db()
        return [(each.words, each.why) for each in open_words(gather(review=review))]

    assert told("Der Host war nach dem Failover weg, sagt „die API“.") == [
        ("Host", "Ein Fachwort. Wer nicht in der IT arbeitet, kennt es nicht oder versteht etwas anderes darunter."),
        (
            "Failover",
            "Ein Fachwort. Wer nicht in der IT arbeitet, kennt es nicht oder versteht etwas anderes darunter.",
        ),
    ]
    assert told("Die Bestellungen waren rechtzeitig da, die Leitung der Abteilung hat das schon bestätigt.") == []


def test_the_page_says_how_little_the_check_knows_of_german(simple, review, client_of):
    made.make_layout(simple.unit, version=3, language="de", reason="Deutsch", **AGREED)
    made.make_draft(simple)

    page = client_of(simple.manager).get("/t/larkmoor/reviews/customer-orders/2026-10/edit/").content.decode()

    assert "In Deutsch the check knows a short list of words and your glossary" in page


def test_a_sentence_that_is_too_long_to_be_read_is_not_called_plain(simple, paragraph, client_of):
    address = f"/t/larkmoor/sentences/{paragraph.pk}/check/"

    told = client_of(simple.manager).post(address, {f"s{paragraph.pk}-text": "pods " * 500}).content.decode()

    assert "at most 2000 characters" in told
