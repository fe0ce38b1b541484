"""A review is issued, talked about, signed and closed: each act in each state, and what the database holds of it."""

import re
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from itertools import product

import pytest
from django.db import DatabaseError, transaction

from portal.audit.models import AuditEntry
from reporting.actions.answers import acknowledge_review, close_review, comment_on_anchor, reply_in_thread
from reporting.actions.checks import ask_for_check
from reporting.actions.disputes import dispute_figure
from reporting.actions.editions import issue_review, restate_review
from reporting.actions.reviews import draft_review
from reporting.errors import (
    CheckOpen,
    DisputesOpen,
    EditionClosed,
    ReviewIssued,
    ReviewNotIssued,
    ReviewNotSigned,
    StillOpen,
)
from reporting.exports.pdf import paper_html
from reporting.models import MOVES, ReviewAcknowledgement, ReviewState, ServiceReview
from reporting.queries.page_parts import ReviewPage, from_json
from reporting.queries.restated import changes_between
from reporting.queries.shown import show_edition
from reporting.queries.talk_parts import ChangeKind
from reporting.tasks import close_signed_reviews
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from tests.reporting import factories as made
from tests.security.servers import as_owner
from tests.slas import factories as slas

DRAFT, CHECK, ISSUED, DISCUSSED = ReviewState.DRAFT, ReviewState.CHECK, ReviewState.ISSUED, ReviewState.DISCUSSED
SIGNED, RESERVED, CLOSED = ReviewState.SIGNED, ReviewState.RESERVED, ReviewState.CLOSED
RESERVATIONS = "The 34 minutes of the phones are not what we felt."
REVIEW = "/t/larkmoor/reviews/customer-orders/2026-10/"
# Before reviews were signed neither the list of states nor the lock on signatures was there.
KEPT_THEN = """
ALTER TABLE reporting_servicereview DROP CONSTRAINT review_state_known, NO FORCE ROW LEVEL SECURITY;
ALTER TABLE reporting_servicereview DISABLE TRIGGER USER;
ALTER TABLE reporting_reviewacknowledgement DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY
"""
ACKNOWLEDGE = """
INSERT INTO reporting_reviewacknowledgement (tenant_id, edition_id, by_id, at, name, role, fingerprint, reservations)
VALUES (%s, %s, %s, %s, '', '', '', '')
"""
# What each act makes of each state: another state, or the refusal by its name.
TABLE = {
    DRAFT: {"draft": DRAFT, "ask": CHECK, "issue": ISSUED, "close": ReviewNotSigned, "restate": ReviewNotIssued},
    CHECK: {"draft": DRAFT, "ask": CheckOpen, "issue": ISSUED, "close": ReviewNotSigned, "restate": ReviewNotIssued},
    ISSUED: {"talk": DISCUSSED, "sign": SIGNED, "reserve": RESERVED, "close": ReviewNotSigned, "restate": ISSUED},
    DISCUSSED: {"talk": DISCUSSED, "sign": SIGNED, "reserve": RESERVED, "close": ReviewNotSigned, "restate": ISSUED},
    SIGNED: {"close": CLOSED, "restate": ISSUED},
    RESERVED: {"close": CLOSED, "restate": ISSUED},
    CLOSED: {"close": ReviewNotSigned, "restate": ISSUED},
}
ISSUED_ALREADY = {"draft": ReviewIssued, "ask": ReviewIssued, "issue": ReviewIssued}
ANSWERED_ALREADY = {"talk": EditionClosed, "sign": EditionClosed, "reserve": EditionClosed}
BY_ACTS = {
    ISSUED: (),
    DISCUSSED: ("talk",),
    SIGNED: ("sign",),
    RESERVED: ("talk", "reserve"),
    CLOSED: ("sign", "close"),
}


def act(name, month, review):
    """One act of one side, as the page would do it."""
    edition = review.editions.order_by("-number").first()
    by_it, by_head = {"by": month.manager, "now": made.TODAY}, {"by": month.head, "now": made.TODAY}
    match name:
        case "draft":
            draft_review(unit=month.unit, month=made.OCTOBER, **by_it)
        case "ask":
            ask_for_check(review=review, **by_it)
        case "issue":
            issue_review(review=review, **by_it)
        case "talk":
            comment_on_anchor(edition=edition, anchor="review", text="Thank you", **by_head)
        case "sign":
            acknowledge_review(edition=edition, **by_head)
        case "reserve":
            acknowledge_review(edition=edition, reservations=RESERVATIONS, **by_head)
        case "close":
            close_review(review=review, now=made.TODAY)
        case "restate":
            restate_review(review=review, reason="Calls were cut", **by_it)


def correct_the_phones(month):
    slas.add_outage(month.targets["phones"].measure, "2026-10-19 09:10", "2026-10-19 09:41")
    compute_attainments(targets=[month.targets["phones"]], periods=[Period(2026, 10)], now=made.TODAY)


def outcome_of(name, month, review):
    """The state after an act, or the kind of refusal; taken back afterwards."""
    try:
        with transaction.atomic():
            try:
                act(name, month, review)
            except (CheckOpen, ReviewIssued, ReviewNotIssued, ReviewNotSigned, EditionClosed) as refusal:
                return type(refusal)
            state = ServiceReview.objects.get(pk=review.pk).state
            transaction.set_rollback(True)
            return ReviewState(state)
    finally:
        review.refresh_from_db()


@pytest.mark.parametrize("state", [DRAFT, CHECK])
def test_each_act_before_the_issue(month, state):
    review = made.make_draft(month)
    if state == CHECK:
        act("ask", month, review)

    assert {name: outcome_of(name, month, review) for name in TABLE[state]} == TABLE[state]


@pytest.mark.parametrize("state", list(BY_ACTS))
def test_each_act_in_each_state_after_the_issue(month, edition, state):
    review = edition.review
    for name in BY_ACTS[state]:
        act(name, month, review)
    correct_the_phones(month)
    assert ServiceReview.objects.get(pk=review.pk).state == state
    wanted = ISSUED_ALREADY | (ANSWERED_ALREADY if state in (SIGNED, RESERVED, CLOSED) else {}) | TABLE[state]

    assert {name: outcome_of(name, month, review) for name in wanted} == wanted
    assert len(wanted) == 8


def test_the_database_knows_each_move_and_no_other(month):
    """Also for what passes by the actions: a bulk update, or a hand on the database."""
    made_of = {"business_unit": month.unit, "report_agreement": month.unit.report_agreements.get()}
    allowed, refused = set(), set()
    for number, (was, becomes) in enumerate(product(ReviewState, ReviewState)):
        row = ServiceReview.objects.create(month=date(2020 + number // 12, number % 12 + 1, 1), state=was, **made_of)
        try:
            with transaction.atomic():
                ServiceReview.objects.filter(pk=row.pk).update(state=becomes)
        except DatabaseError as refusal:
            refused.add(str(refusal).partition(" of field")[0])
        else:
            allowed.add((was, becomes))

    assert allowed == {*MOVES, *((state, state) for state in ReviewState)}
    assert refused == {"pgtrigger: Invalid transition"}


def test_the_states_that_acts_reach_are_those_of_the_database():
    reached = {(was, becomes) for was, acts in TABLE.items() for becomes in acts.values() if becomes in ReviewState}

    assert {pair for pair in reached if pair[0] != pair[1]} == set(MOVES)


@pytest.mark.parametrize("said", ["", RESERVATIONS])
def test_a_signature_keeps_who_signed_what_and_when(month, edition, said):
    acknowledge_review(edition=edition, by=month.head, reservations=said, now=made.TODAY)
    month.head.user.name = "Somebody Else"
    month.head.user.save()

    kept = ReviewAcknowledgement.objects.get()
    assert (kept.name, kept.role, kept.at) == ("Ines Calder", "Customer Orders", made.TODAY)
    assert (kept.fingerprint, kept.reservations) == (edition.page_hash, said)
    assert AuditEntry.objects.get(act="review.acknowledged").detail["fingerprint"] == edition.page_hash
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        ReviewAcknowledgement.objects.update(reservations="None")
    shown = show_edition(edition=edition, reader=None, now=made.TODAY)
    paper = paper_html(shown=shown, tenant=edition.tenant)
    assert shown.acknowledged.startswith("Signed with reservations by" if said else "Acknowledged by Ines Calder")
    assert f"SHA-256 {edition.page_hash}" in paper
    assert re.search(r"10.November.2026, \d\d:40", paper)
    assert (RESERVATIONS in paper) == bool(said)


def test_what_is_disputed_is_signed_with_reservations_only(month, edition, figure):
    dispute_figure(figure=figure("phones.result"), by=month.head, reason="Cut", now=made.TODAY)

    with pytest.raises(DisputesOpen, match="or sign with reservations"):
        acknowledge_review(edition=edition, by=month.head, reservations="  ", now=made.TODAY)
    acknowledge_review(edition=edition, by=month.head, reservations=RESERVATIONS, now=made.TODAY)

    assert ServiceReview.objects.get().state == RESERVED


def test_a_signed_review_is_closed_once_its_questions_are_answered_or_its_days_have_passed(month, edition):
    thread = comment_on_anchor(
        edition=edition, anchor="review", by=month.head, text="Why?", is_question=True, now=made.TODAY
    )
    act("sign", month, edition.review)

    with pytest.raises(StillOpen, match="open: 1"):
        close_review(review=edition.review, now=made.TODAY)
    with transaction.atomic():
        late = made.TODAY + timedelta(days=4)  # the answer was due on Friday the 13th
        assert close_review(review=edition.review, now=late).state == CLOSED
        transaction.set_rollback(True)
    reply_in_thread(thread=thread, by=month.owner, text="A backup ran.", now=made.TODAY)
    assert close_review(review=edition.review, now=made.TODAY).state == CLOSED


def test_the_workers_close_what_is_signed_and_leave_what_is_open(month, edition, monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: made.TODAY)
    act("talk", month, edition.review)
    act("sign", month, edition.review)
    other = ServiceReview.objects.create(
        business_unit=month.unit, month=date(2026, 9, 1), state=ISSUED, report_agreement=edition.review.report_agreement
    )

    close_signed_reviews.run(tenant_id=month.unit.tenant_id)
    close_signed_reviews.run(tenant_id=month.unit.tenant_id)

    assert ServiceReview.objects.get(pk=edition.review_id).state == CLOSED
    assert ServiceReview.objects.get(pk=other.pk).state == ISSUED
    assert AuditEntry.objects.filter(act="review.closed").count() == 1


def test_reservations_are_signed_in_the_browser(month, edition, client_of):
    head, manager = client_of(month.head), client_of(month.manager)
    assert manager.get(f"{REVIEW}editions/1/reservations/").status_code == 403
    assert head.post(f"{REVIEW}editions/1/reservations/", {"reservations": " "}).status_code == 422

    answer = head.post(f"{REVIEW}editions/1/reservations/", {"reservations": RESERVATIONS}, follow=True)

    assert "Signed with reservations by Ines Calder" in answer.content.decode()
    assert head.post(f"{REVIEW}editions/1/reservations/", {"reservations": RESERVATIONS}).status_code == 422


def test_an_edition_that_came_meanwhile_is_not_signed_unread(month, edition, client_of):
    correct_the_phones(month)
    restate_review(review=edition.review, reason="Calls were cut", by=month.manager, now=made.TODAY)
    head = client_of(month.head)

    said = head.post(f"{REVIEW}editions/1/acknowledge/", follow=True).content.decode()
    reserved = head.post(f"{REVIEW}editions/1/reservations/", {"reservations": RESERVATIONS})

    assert "Edition 1 was replaced" in said
    assert reserved.status_code == 422
    assert not ReviewAcknowledgement.objects.exists()
    assert head.post(f"{REVIEW}editions/2/acknowledge/").status_code == 302
    assert ReviewAcknowledgement.objects.get().edition.number == 2


def test_a_correction_lists_each_figure_that_it_prints_otherwise(month, edition, client_of):
    correct_the_phones(month)
    newest = restate_review(review=edition.review, reason="Calls were cut", by=month.manager, now=made.TODAY)
    before, now = (dict(each.figures.values_list("anchor", "printed")) for each in (edition, newest))

    shown = show_edition(edition=newest, reader=None, now=made.TODAY)

    listed = {each.anchor: (each.was, each.becomes) for each in shown.changes if each.kind == ChangeKind.FIGURE}
    assert listed["phones.result"] == ("34\u00a0min", "1\u00a0h\u00a005\u00a0min")
    assert listed == {
        anchor: (before.get(anchor, ""), now.get(anchor, ""))
        for anchor in {*before, *now}
        if before.get(anchor) != now.get(anchor)
    }
    assert show_edition(edition=edition, reader=None, now=made.TODAY).changes == ()
    paper, page = paper_html(shown=shown, tenant=newest.tenant), client_of(month.head).get(REVIEW).content.decode()
    for text in (paper, page):
        assert f"{len(listed)} figures differ from the edition before" in text


def test_a_correction_lists_what_else_it_says_otherwise(month, edition, client_of):
    """The stop of the phones makes a kept promise a missed one, in words and with an event of its own."""
    correct_the_phones(month)
    newest = restate_review(review=edition.review, reason="Calls were cut", by=month.manager, now=made.TODAY)

    shown = show_edition(edition=newest, reader=None, now=made.TODAY)

    told = {(each.kind, each.anchor): (each.was, each.becomes) for each in shown.changes}
    assert told[ChangeKind.STATUS, "phones"] == ("K", "M")
    assert told[ChangeKind.SENTENCE, "cover.phones"][0] == ""
    assert "missed" in told[ChangeKind.SENTENCE, "phones.key"][1]
    events = {anchor: words for (kind, anchor), words in told.items() if kind == ChangeKind.EVENT}
    assert {anchor.partition(".")[0] for anchor in events} == {"phones"}, events
    assert {was for was, _becomes in events.values()} == {""}
    assert any("31 min" in becomes for _was, becomes in events.values())
    paper, page = paper_html(shown=shown, tenant=newest.tenant), client_of(month.head).get(REVIEW).content.decode()
    for text in (paper, page):
        assert "What is said otherwise than in the edition before" in text
        assert "Statuses that differ from the edition before" in text


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [
        pytest.param(None, lambda page: replace(page, head=replace(page.head, meeting="later")), id="nothing"),
        pytest.param(ChangeKind.FIGURE, lambda page: replace(page, figures=page.figures[1:]), id="a figure less"),
        pytest.param(ChangeKind.STATUS, lambda page: with_first(page, letter="D"), id="a status"),
        pytest.param(ChangeKind.SENTENCE, lambda page: with_first(page, target_words="99 %"), id="a target"),
        pytest.param(ChangeKind.SENTENCE, lambda page: replace(page, cover=page.cover[1:]), id="a sentence less"),
        pytest.param(ChangeKind.EVENT, lambda page: with_first(page, events=None), id="events"),
        pytest.param(ChangeKind.MEANING, lambda page: with_first(page, meaning=None), id="a meaning"),
        pytest.param(
            ChangeKind.MEANING, lambda page: replace(page, interpretations=page.interpretations[1:]), id="a word less"
        ),
        pytest.param(ChangeKind.RULE, lambda page: replace(page, rules=(*page.rules, "New.")), id="a rule more"),
    ],
)
def test_nothing_that_a_correction_says_otherwise_is_left_out(edition, kind, becomes):
    page = from_json(ReviewPage, edition.page)

    assert {each.kind for each in changes_between(page, becomes(page))} == ({kind} if kind else set())


def test_a_sentence_in_which_only_figures_differ_is_not_listed_beside_them(edition):
    page = from_json(ReviewPage, edition.page)
    said = tuple(replace(piece, text="9") if piece.figure else piece for piece in page.cover[0].sentence)
    other = replace(page, cover=(replace(page.cover[0], sentence=said), *page.cover[1:]))

    assert said != page.cover[0].sentence
    assert changes_between(page, other) == ()


def with_first(page, **changes):
    """The page with another first promise."""
    return replace(page, promises=(replace(page.promises[0], **changes), *page.promises[1:]))


def test_what_was_acknowledged_before_is_signed_by_whoever_did_it(issued):
    """The statements of the migration run as the owner, on rows as they were kept then; taken back afterwards."""
    migration = import_module("reporting.migrations.0006_reviews_are_discussed_signed_and_closed")
    edition, head = issued.edition, issued.month.head
    with as_owner() as owner:
        owner.execute(KEPT_THEN)
        owner.execute("UPDATE reporting_servicereview SET state = 'acknowledged' WHERE id = %s", [edition.review_id])
        owner.execute(ACKNOWLEDGE, [issued.tenant.pk, edition.pk, head.pk, made.TODAY])
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owner.execute(migration.SIGN)
        states = owner.execute("SELECT state FROM reporting_servicereview").fetchall()
        signed = owner.execute("SELECT name, role, fingerprint FROM reporting_reviewacknowledgement").fetchall()
        owner.rollback()

    assert states == [("signed",)]
    assert signed == [("Ines Calder", "Customer Orders", edition.page_hash)]
