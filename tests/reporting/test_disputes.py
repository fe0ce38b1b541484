"""A figure is disputed, answered and settled, with clocks on both sides; the edition itself never changes."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from portal.language.numbers import NBSP
from portal.language.sentences import plain
from reporting.actions.answers import (
    acknowledge_figure,
    acknowledge_review,
    ask_question,
    comment_on_anchor,
    reply_in_thread,
)
from reporting.actions.disputes import answer_dispute, dispute_figure, settle_dispute
from reporting.actions.editions import restate_review
from reporting.actions.improvements import raise_improvement
from reporting.errors import (
    AlreadyAcknowledged,
    AlreadyDisputed,
    AnchorUnknown,
    ClaimIncomplete,
    DisputeAnswered,
    DisputeNotAnswered,
    DisputeSettled,
    DisputesOpen,
    EditionClosed,
    EditionReplaced,
)
from reporting.models import Dispute, Edition, ImprovementOrigin
from reporting.queries.home import get_home
from reporting.queries.review_list import list_rows
from reporting.queries.shown import show_edition
from reporting.queries.workbench import get_workbench
from slas.models import AgreementState
from tests.reporting import factories as made
from tests.reporting.test_issuing import correct_the_phones
from tests.slas.factories import at

FRIDAY_AT_16H, TUESDAY_AT_16H = at("2026-11-06 16:00"), at("2026-11-10 16:00")
MONDAY_AT_17H, WEDNESDAY_AT_17H = at("2026-11-09 17:00"), at("2026-11-11 17:00")


@pytest.fixture
def dispute(month, figure):
    return dispute_figure(
        figure=figure("phones.result"),
        by=month.head,
        reason="Calls were cut on 19 October",
        now=FRIDAY_AT_16H,
        claimed_from=at("2026-10-19 09:10"),
        claimed_until=at("2026-10-19 09:41"),
    )


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        pytest.param({"claimed_until": None}, "claim_ends_after_start", id="half a claim"),
        pytest.param({"claimed_until": FRIDAY_AT_16H.replace(year=2025)}, "claim_ends_after_start", id="turned round"),
        pytest.param(
            {"settled_at": FRIDAY_AT_16H, "outcome": "kept"}, "dispute_settled_after_answer", id="settled unanswered"
        ),
        pytest.param({"outcome": "kept"}, "dispute_settled_after_answer", id="an outcome before its end"),
        pytest.param(
            {"answered_at": FRIDAY_AT_16H, "settled_at": FRIDAY_AT_16H, "outcome": "lost"},
            "dispute_settled_after_answer", id="no such outcome",
        ),
    ],
)  # fmt: skip
def test_the_database_keeps_no_dispute_without_sense(dispute, changed, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Dispute.objects.filter(pk=dispute.pk).update(**changed)


def shown(edition, reader=None, now=made.TODAY):
    return show_edition(edition=Edition.objects.get(pk=edition.pk), reader=reader, now=now)


def said(sentence):
    return plain(sentence).replace(NBSP, " ")


def test_without_an_agreement_in_force_no_clock_runs(month, figure):
    month.agreement.state = AgreementState.TERMINATED
    month.agreement.save()
    disputed, asked = figure("phones.result"), figure("orders.allowed")
    dispute = dispute_figure(figure=disputed, by=month.head, reason="Calls were cut", now=FRIDAY_AT_16H)
    question = ask_question(figure=asked, by=month.head, text="Why so much?", now=FRIDAY_AT_16H)
    assert (dispute.answer_due_at, dispute.thread.answer_due_at, question.answer_due_at) == (None, None, None)

    bench = get_workbench(reader=month.manager, now=made.TODAY, is_mine=True)
    assert [answer.clock.words for answer in bench.answers] == ["No date was agreed"] * 2
    assert bench.kpis[2].label == "answers you owe"
    assert {thread.due for thread in shown(disputed.edition).threads} == {""}

    answer_dispute(dispute=dispute, by=month.manager, is_agreed=False, text="They were not", now=made.TODAY)
    asks = get_home(reader=month.head, unit_slug="", now=made.TODAY, currency="GBP").asks
    assert [ask.clock.words for ask in asks if ask.about.startswith("Your dispute")] == ["No date was agreed"]


def test_dispute_is_answered_in_the_days_of_the_agreement(dispute):
    assert dispute.answer_due_at == TUESDAY_AT_16H  # two working days, at the same local time


def test_the_claimed_time_is_counted_by_the_same_rules(dispute):
    assert dispute.claimed_result["lost_seconds"] == f"{65 * 60}/1"
    assert dispute.claimed_result["status"] == "missed"


def test_both_figures_stand_side_by_side_and_the_cell_shows_d(month, edition, dispute):
    page = shown(edition, month.head).page
    phones = next(promise for promise in page.attention if promise.anchor == "phones")

    assert [(half.label, said(half.value), said(half.note)) for half in phones.halves] == [
        ("As IT counts", "34 min", "99.8 %, kept. Allowed: 48 min."),
        ("As you count", "65 min", "99.7 %, missed by 17 min. Also on 19 October, 09:10 to 09:41."),
    ]
    assert said(phones.key) == (
        "Lines were dead for 34 minutes, and 48 were allowed."
        " You say that it was also so for 31 minutes on 19 October, which we did not count."
    )
    assert next(row for row in page.chart if row.anchor == "phones").cells[-1].letter == "D"


def test_a_disputed_figure_counts_in_neither_kept_nor_missed(month, edition, dispute):
    review = shown(edition, month.head)
    cover = {item.anchor: (item.mark, said(item.sentence)) for item in review.page.cover}

    assert cover["cover.score"][1].startswith("3 of 6 promises were kept")
    assert cover["cover.data-gap"] == (
        "D",
        "You dispute one figure: we count 34 minutes without phones, you count 65."
        " For the sales figures, 3 of 22 days have no data.",
    )
    assert said(review.since_issue).endswith("As issued: 4 of 6 kept.")


def test_the_list_of_reviews_counts_as_the_page_does(month, edition, dispute):
    (line,) = list_rows(reviews=[edition.review], reader=month.head, now=made.TODAY)

    assert (line.score.replace(NBSP, " "), line.disputes) == ("3 of 6 promises kept", 1)


def test_a_dispute_about_what_still_runs_takes_nothing_from_what_was_kept(month):
    made.add_quarterly(month)
    edition = made.make_edition(month)
    figure = edition.figures.filter(anchor__startswith="quarter-1.").order_by("pk").first()
    dispute_figure(figure=figure, by=month.head, reason="We were cut off", now=made.TODAY)

    review = shown(edition, month.head)
    (line,) = list_rows(reviews=[edition.review], reader=month.head, now=made.TODAY)

    assert (review.page.score.kept, said(review.since_issue)) == (4, "")
    assert line.score.replace(NBSP, " ") == "4 of 6 promises kept, 1 promise not over yet"
    assert line.disputes == 1


def test_a_promise_that_was_only_just_kept_leaves_the_score_too(month, edition, figure):
    dispute_figure(figure=figure("confirm.result"), by=month.head, reason="More were late", now=made.TODAY)
    review = shown(edition, month.head)

    assert (edition.page["score"]["kept"], review.page.score.kept) == (4, 3)
    assert said(review.since_issue).endswith("As issued: 4 of 6 kept.")


def test_the_edition_itself_never_changes(edition, dispute):
    before = (edition.page, edition.page_hash)

    edition.refresh_from_db()

    assert (edition.page, edition.page_hash) == before
    assert edition.figures.get(anchor="phones.result").status == "kept"


def test_it_answers_then_the_reader_settles(month, edition, dispute):
    answered = answer_dispute(dispute=dispute, by=month.owner, is_agreed=True, text="You are right.", now=MONDAY_AT_17H)
    assert answered.settle_due_at == WEDNESDAY_AT_17H

    settled = settle_dispute(dispute=answered, by=month.head, is_accepted=True, now=made.TODAY)

    assert settled.outcome == "corrected"
    phones = next(promise for promise in shown(edition).page.promises if promise.anchor == "phones")
    assert phones.letter == "K"


def test_not_settled_asks_for_another_answer(month, dispute):
    answered = answer_dispute(dispute=dispute, by=month.owner, is_agreed=False, text="No.", now=MONDAY_AT_17H)

    again = settle_dispute(dispute=answered, by=month.head, is_accepted=False, text="Look again.", now=MONDAY_AT_17H)

    assert again.settled_at is None
    assert again.answered_at is None
    assert again.answer_due_at == WEDNESDAY_AT_17H
    assert answer_dispute(dispute=again, by=month.owner, is_agreed=True, text="Yes.", now=made.TODAY).is_agreed


def test_a_rejected_claim_that_is_accepted_keeps_the_figure(month, dispute):
    answered = answer_dispute(dispute=dispute, by=month.owner, is_agreed=False, text="No.", now=MONDAY_AT_17H)

    assert settle_dispute(dispute=answered, by=month.head, is_accepted=True, now=made.TODAY).outcome == "kept"


def test_one_open_dispute_for_a_promise(month, figure, dispute):
    with pytest.raises(AlreadyDisputed):
        dispute_figure(figure=figure("phones.allowed"), by=month.head, reason="Again", now=made.TODAY)


def test_a_claim_has_a_start_and_an_end(month, figure):
    with pytest.raises(ClaimIncomplete):
        dispute_figure(
            figure=figure("phones.result"),
            by=month.head,
            reason="Cut",
            now=made.TODAY,
            claimed_from=at("2026-10-19 09:10"),
        )


def test_a_dispute_without_a_time_is_said_without_a_second_figure(month, edition, figure):
    dispute_figure(figure=figure("rating.result"), by=month.head, reason="Too few were asked", now=made.TODAY)

    page = shown(edition).page
    rating = next(promise for promise in page.attention if promise.anchor == "rating")

    assert [half.label for half in rating.halves] == ["As IT counts"]
    assert "You dispute one figure: “The order desk rates our help as good”." in said(
        next(item for item in page.cover if item.mark == "D").sentence
    )


def test_disputes_are_answered_once_and_settled_once(month, dispute):
    with pytest.raises(DisputeNotAnswered):
        settle_dispute(dispute=dispute, by=month.head, is_accepted=True, now=made.TODAY)
    answered = answer_dispute(dispute=dispute, by=month.owner, is_agreed=True, text="Yes.", now=MONDAY_AT_17H)
    with pytest.raises(DisputeAnswered):
        answer_dispute(dispute=answered, by=month.owner, is_agreed=True, text="Yes.", now=made.TODAY)
    settle_dispute(dispute=answered, by=month.head, is_accepted=True, now=made.TODAY)
    with pytest.raises(DisputeSettled):
        settle_dispute(dispute=answered, by=month.head, is_accepted=True, now=made.TODAY)


def test_a_review_with_an_open_dispute_is_not_accepted(month, edition, dispute):
    with pytest.raises(DisputesOpen, match="Figures still disputed: 1"):
        acknowledge_review(edition=edition, by=month.head, now=made.TODAY)


def test_an_acknowledged_review_is_a_record(month, edition, figure):
    acknowledge_review(edition=edition, by=month.head, now=made.TODAY)

    with pytest.raises(EditionClosed, match="acknowledged on 10"):
        dispute_figure(figure=figure("phones.result"), by=month.head, reason="Late", now=made.TODAY)
    assert shown(edition, month.head).acknowledged.startswith("Acknowledged by Ines Calder")


def test_a_figure_is_acknowledged_once_by_each_reader(month, figure):
    acknowledge_figure(figure=figure("orders.result"), by=month.head, now=made.TODAY)

    with pytest.raises(AlreadyAcknowledged):
        acknowledge_figure(figure=figure("orders.result"), by=month.head, now=made.TODAY)


def test_a_replaced_edition_is_not_answered_any_more(month, edition, figure):
    old = figure("orders.result")
    correct_the_phones(month)
    restate_review(review=edition.review, reason="Calls were cut", by=month.manager, now=made.TODAY)

    with pytest.raises(EditionReplaced, match="Edition 1"):
        ask_question(figure=old, by=month.head, text="Why?", now=made.TODAY)
    assert shown(edition).edition.replaced_by == 2


def test_questions_have_a_clock_until_it_has_answered(month, edition, figure):
    thread = ask_question(figure=figure("orders.allowed"), by=month.head, text="Why so much?", now=FRIDAY_AT_16H)
    assert thread.answer_due_at == TUESDAY_AT_16H
    assert "IT’s answer to your question" in [clock.label for clock in shown(edition, month.head).clocks]

    reply_in_thread(thread=thread, by=month.reader, text="I wonder too.", now=MONDAY_AT_17H)
    assert "IT’s answer to your question" in [clock.label for clock in shown(edition, month.head).clocks]

    reply_in_thread(thread=thread, by=month.owner, text="Because of the nights.", now=MONDAY_AT_17H)
    assert "IT’s answer to your question" not in [clock.label for clock in shown(edition, month.head).clocks]


def test_threads_are_numbered_in_the_order_of_the_page(month, edition, figure, dispute):
    comment_on_anchor(edition=edition, anchor="orders.experienced", by=month.reader, text="This!", now=made.TODAY)
    comment_on_anchor(edition=edition, anchor="orders.allowed", by=month.head, text="Hm.", now=made.TODAY)

    threads = {thread.number: (thread.anchor, thread.place) for thread in shown(edition, month.head).threads}

    assert threads == {
        1: ("orders.allowed", "cover"),
        2: ("phones.result", "phones"),
        3: ("orders.experienced", "orders"),
    }


def test_a_talk_is_named_after_what_it_is_about(month, edition, figure):
    review = str(edition.review)
    sentence = shown(edition).page.cover[0]

    def subject(thread):
        return thread.conversation.subject.removeprefix(review)

    asked = ask_question(figure=figure("phones.result"), by=month.head, text="Why?", now=made.TODAY)
    assert subject(asked) == f": {figure('phones.result').name}, {figure('phones.result').printed}"
    said = {"edition": edition, "by": month.reader, "text": "Hm.", "now": made.TODAY}
    assert subject(comment_on_anchor(anchor="phones.result", **said)) == subject(asked)
    assert subject(comment_on_anchor(anchor="review", **said)) == ""
    words = "".join(piece.text for piece in sentence.sentence)[:60]
    assert subject(comment_on_anchor(anchor=sentence.anchor, **said)) == f": {words}"


def test_a_comment_is_about_something_on_the_page(month, edition):
    with pytest.raises(AnchorUnknown, match="nowhere"):
        comment_on_anchor(edition=edition, anchor="nowhere", by=month.reader, text="Hm.", now=made.TODAY)


def test_the_clock_of_the_review_turns_amber_and_red(month, edition):
    def state(now):
        return shown(edition, month.head, datetime.fromisoformat(f"{now}T10:00:00+00:00")).answer

    assert (state("2026-11-10").words.replace(NBSP, " "), state("2026-11-10").state) == (
        "By Fri 13 Nov, 3 working days left",
        "",
    )
    assert state("2026-11-11").state == "soon"
    assert state("2026-11-16").state == "late"


def test_an_improvement_remembers_where_it_came_from(month, figure, dispute):
    raised = raise_improvement(
        business_unit=month.unit,
        title="Count dropped calls",
        notice="",
        by=month.head,
        now=made.TODAY,
        figure=figure("orders.result"),
        dispute=dispute,
    )

    origin = ImprovementOrigin.objects.get(improvement=raised)
    assert (origin.figure.anchor, origin.dispute) == ("orders.result", dispute)
    assert raised.number == 15  # after the one that there is
    assert raised.why.startswith("Dispute:")


def test_a_promised_correction_waits_at_the_workbench_until_it_is_issued(month, edition, dispute):
    def promised():
        drafts = get_workbench(reader=month.manager, now=made.TODAY, is_mine=False).drafts
        return [draft.url for draft in drafts if draft.words.startswith("Correction promised")]

    answered = answer_dispute(dispute=dispute, by=month.owner, is_agreed=True, text="You are right.", now=MONDAY_AT_17H)
    assert promised() == []
    settle_dispute(dispute=answered, by=month.head, is_accepted=True, now=MONDAY_AT_17H)
    assert promised() == ["/t/larkmoor/reviews/customer-orders/2026-10/restate/"]

    correct_the_phones(month)
    restate_review(review=edition.review, reason="Calls were cut on 19 October", by=month.manager, now=made.TODAY)

    assert promised() == []


@pytest.mark.parametrize(
    ("who", "labels"),
    [
        ("head", ["Your answer to this review", "IT’s answer to your question"]),
        ("reader", ["Your answer to this review", "IT’s answer to your question"]),
        ("owner", ["The answer of Customer Orders", "Your answer to a question of Customer Orders"]),
        ("auditor", ["The answer of Customer Orders", "IT’s answer to a question of Customer Orders"]),
    ],
)
def test_the_clocks_speak_to_whoever_reads(month, edition, figure, member, who, labels):
    ask_question(figure=figure("orders.result"), by=month.head, text="Why at five?", now=made.TODAY)
    reader = member("auditor") if who == "auditor" else getattr(month, who)

    assert [clock.label for clock in shown(edition, reader).clocks] == labels
