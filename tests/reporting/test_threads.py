"""Talk beside a review: it goes on until it is answered, and it is never lost."""

import pytest

from improvement.models import ImprovementOpportunity
from portal.conversations.actions import add_comment, close_conversation
from reporting.actions.answers import ask_question, comment_on_anchor, reply_in_thread
from reporting.actions.disputes import answer_dispute, dispute_figure, settle_dispute
from reporting.actions.editions import restate_review
from reporting.actions.improvements import raise_improvement
from reporting.actions.reviews import edit_paragraph
from reporting.exports.pdf import paper_html
from reporting.models import Dispute, Edition, ReviewParagraph
from reporting.queries.agreed import better_rows
from reporting.queries.improvements import list_origins
from reporting.queries.shown import show_edition
from reporting.queries.workbench_owed import open_questions
from slas.models import ServiceLevelTarget
from tests import factories
from tests.reporting import factories as made
from tests.reporting.test_issuing import correct_the_phones
from tests.slas import factories as slas

REVIEW = "/t/larkmoor/reviews/customer-orders/2026-10/"


@pytest.fixture
def question(month, figure):
    return ask_question(figure=figure("orders.allowed"), by=month.head, text="Why so much?", now=made.ISSUED_AT)


def thread_of(edition, thread):
    shown = show_edition(edition=Edition.objects.get(pk=edition.pk), reader=None, now=made.TODAY)
    return next(view for view in shown.threads if view.thread_id == thread.pk)


def close(thread):
    close_conversation(conversation=thread.conversation, by=thread.conversation.started_by, now=made.TODAY)


def is_closed(thread):
    thread.conversation.refresh_from_db()
    return thread.conversation.closed_at is not None


def test_a_dispute_is_answered_and_settled_in_a_talk_that_somebody_closed(month, figure):
    dispute = dispute_figure(figure=figure("phones.result"), by=month.head, reason="Calls were cut", now=made.ISSUED_AT)
    close(dispute.thread)
    answer_dispute(dispute=dispute, by=month.manager, is_agreed=False, text="They were not", now=made.TODAY)
    assert not is_closed(dispute.thread)

    close(dispute.thread)
    settle_dispute(dispute=dispute, by=month.head, is_accepted=False, text="They were", now=made.TODAY)

    assert not is_closed(dispute.thread)


def test_a_question_is_answered_in_a_talk_that_somebody_closed(month, edition, question):
    close(question)

    assert thread_of(edition, question).may_reply is False  # on paper nobody replies
    reply_in_thread(thread=question, by=month.owner, text="Because", now=made.TODAY)

    assert not is_closed(question)
    assert not open_questions().exists()


@pytest.mark.parametrize(
    ("who", "is_answer"),
    [("owner", True), ("manager", True), ("head", False), ("reader", False)],
)
@pytest.mark.parametrize("place", ["review", "talk"])
def test_a_question_is_answered_by_the_first_word_of_it_wherever_it_is_said(
    month, edition, question, who, is_answer, place
):
    by = getattr(month, who)
    if place == "review":
        reply_in_thread(thread=question, by=by, text="About this", now=made.TODAY)
    else:
        add_comment(conversation=question.conversation, by=by, text="About this", now=made.TODAY)

    assert open_questions().exists() is not is_answer
    assert (thread_of(edition, question).due == "") is is_answer


def test_a_question_of_it_itself_waits_for_an_answer(month, edition):
    asked = comment_on_anchor(
        edition=edition, anchor="review", by=month.manager, text="Who knows?", now=made.ISSUED_AT, is_question=True
    )

    assert list(open_questions()) == [asked]


@pytest.fixture
def orphan(month, edition):
    """Something said about a sentence that the corrected edition leaves out."""
    said = comment_on_anchor(
        edition=edition, anchor="cover.value.prices", by=month.head, text="Well done", now=made.ISSUED_AT
    )
    sentence = ReviewParagraph.objects.get(review=edition.review, anchor="cover.value.prices")
    edit_paragraph(paragraph=sentence, text="", by=month.manager, now=made.TODAY)
    restate_review(review=edition.review, reason="Left out", by=month.manager, now=made.TODAY)
    return said


def test_what_was_said_about_a_sentence_that_is_gone_stands_beside_the_beginning(orphan):
    newest = Edition.objects.get(number=2)
    view = thread_of(newest, orphan)

    assert view.place == "cover"
    assert view.about.endswith(", edition 1")
    assert not thread_of(Edition.objects.get(number=1), orphan).about.endswith(", edition 1")


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_it_can_be_replied_to(month, orphan, client_of, headers):
    form = {f"reply-{orphan.pk}-text": "Thank you"}

    answer = client_of(month.manager).post(f"/t/larkmoor/threads/{orphan.pk}/reply/", form, headers=headers)

    assert answer.status_code in (200, 302)
    assert "Thank you" in client_of(month.head).get(REVIEW).content.decode()


def test_where_an_improvement_comes_from_is_told_to_those_who_may_follow_the_talk(month, edition, question, member):
    finance = factories.make_unit(slug="finance")
    improvement = raise_improvement(
        business_unit=finance, title="Say less", notice="", by=month.manager, now=made.TODAY,
        comment=question.conversation.comments.get(),
    )  # fmt: skip
    other = member("business_unit_head", units=[finance])

    assert [origin.words.split(" in ")[0] for origin in list_origins(reader=month.head, improvement=improvement)] == [
        "Ines Calder"
    ]
    assert list_origins(reader=other, improvement=improvement) == []


def test_a_time_can_be_claimed_where_time_is_counted_whatever_its_words(month, client_of):
    """The words about a loss are for reading; the kind of the promise decides."""
    ServiceLevelTarget.objects.filter(slug="orders").update(loss_words="")
    number = made.make_edition(month).figures.get(anchor="orders.result").pk
    client = client_of(month.head)

    assert f'name="dispute-{number}-claimed_from"' in client.get(REVIEW).content.decode()
    claim = {"reason": "Longer", "claimed_from": "2026-10-19T09:10", "claimed_until": "2026-10-19T09:41"}
    form = {f"dispute-{number}-{name}": value for name, value in claim.items()}
    assert client.post(f"/t/larkmoor/figures/{number}/dispute/", form).status_code == 302
    assert Dispute.objects.get().claimed_until == slas.at("2026-10-19 09:41")


def test_paper_prints_words_and_not_their_markdown(month, edition):
    comment_on_anchor(
        edition=edition, anchor="review", by=month.head, now=made.ISSUED_AT,
        text="**Good** month, see [the list](https://example.org) & more",
    )  # fmt: skip
    shown = show_edition(edition=Edition.objects.get(), reader=None, now=made.TODAY)

    paper = paper_html(shown=shown, tenant=edition.tenant)

    assert "Good month, see the list &amp; more" in paper
    assert "**" not in paper


def test_improvements_for_everybody_stand_in_each_review(month, edition):
    ImprovementOpportunity.objects.create(
        number=99, title="One sign-in", why="All", state="in_progress", owner=month.owner, raised_by=month.manager,
        raised_at=made.ISSUED_AT, due_on=made.TODAY.date(),
    )  # fmt: skip

    assert "One sign-in" in [row.title for row in better_rows(review=edition.review)]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
@pytest.mark.parametrize(
    ("first", "late", "field", "refusal"),
    [
        pytest.param("figure", "dispute", "reason", "This figure is disputed already.", id="disputed"),
        pytest.param("review", "question", "text", "This review was acknowledged on", id="signed"),
    ],
)
def test_what_another_tab_forestalled_is_refused_in_words(
    month, figure, client_of, headers, first, late, field, refusal
):
    """The page has no form any more in which the refusal could stand; it says why, and what the reader wrote."""
    client, number = client_of(month.head), figure("orders.result").pk
    if first == "figure":
        client.post(f"/t/larkmoor/figures/{number}/dispute/", {f"dispute-{number}-reason": "It was longer."})
    else:
        client.post(f"{REVIEW}editions/1/acknowledge/", {})
    words = {f"{late}-{number}-{field}": "Ours says <b>more</b>."}

    answer = client.post(f"/t/larkmoor/figures/{number}/{late}/", words, headers=headers, follow=True)

    assert (answer.status_code, answer.redirect_chain == []) == ((422, True) if headers else (200, False))
    page = answer.content.decode()
    assert refusal in page
    assert "You wrote: “Ours says &lt;b&gt;more&lt;/b&gt;.”" in page


def test_what_was_said_stays_at_its_place_in_the_corrected_edition(month, edition):
    """About a sentence, a figure and the whole review. The figure has changed, and needs attention now."""
    said = {"edition": edition, "by": month.head, "now": made.ISSUED_AT, "text": "Hm."}
    threads = {
        anchor: comment_on_anchor(anchor=anchor, **said) for anchor in ("cover.score", "phones.result", "review")
    }
    assert thread_of(edition, threads["phones.result"]).place == "others"
    correct_the_phones(month)

    restate_review(review=edition.review, reason="Calls were cut", by=month.manager, now=made.TODAY)

    newest = Edition.objects.get(review=edition.review_id, number=2)
    assert newest.figures.get(anchor="phones.result").printed != edition.figures.get(anchor="phones.result").printed
    for anchor, thread in threads.items():
        after = thread_of(newest, thread)
        assert after.anchor == anchor
        assert after.place in (("cover", "phones") if anchor == "phones.result" else ("cover",))
        assert "edition 1" not in after.about
