"""A second person reads a draft before it is issued, where that is agreed; what they read is what is issued."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.accounts.models import Role
from portal.conversations.models import Notification
from reporting.actions.checks import ask_for_check, pass_check, return_check
from reporting.actions.editions import issue_review
from reporting.actions.layouts import accept_layout, propose_layout
from reporting.actions.reviews import draft_review, edit_paragraph
from reporting.errors import (
    CheckByWriter,
    CheckIsOwn,
    CheckMissing,
    CheckNotAsked,
    CheckOpen,
    CheckOutdated,
    CheckReadAgain,
)
from reporting.layout import STANDARD, lines_of, values_of
from reporting.models import ReviewCheck, ReviewParagraph, ReviewState
from reporting.queries.checks import read_hash
from reporting.queries.shown import show_draft
from tests import factories
from tests.reporting import factories as made

PAGE = "/t/larkmoor/reviews/customer-orders/2026-10/"


@pytest.fixture
def review(simple):
    terms = replace(STANDARD, is_checked=True)
    layout = propose_layout(unit=simple.unit, terms=terms, reason="Four eyes", by=simple.manager, now=made.TODAY)
    accept_layout(layout=layout, by=simple.head, now=made.TODAY)
    return made.make_draft(simple)


def read(review):
    return read_hash(show_draft(review=review, now=made.TODAY).page)


def ask(review, simple):
    return ask_for_check(review=review, by=simple.manager, now=made.TODAY)


def issue(review, simple):
    return issue_review(review=review, by=simple.manager, now=made.TODAY + timedelta(hours=1))


def change_a_sentence(review, simple):
    paragraph = ReviewParagraph.objects.filter(review=review).order_by("pk")[0]
    text = f"{paragraph.text} The web shop was new."
    edit_paragraph(paragraph=paragraph, text=text, by=simple.manager, now=made.TODAY)


def test_it_is_issued_once_a_second_person_has_read_it(simple, review):
    with pytest.raises(CheckMissing, match="a second person reads this first"):
        issue(review, simple)
    ask(review, simple)
    review.refresh_from_db()
    assert review.state == ReviewState.CHECK
    with pytest.raises(CheckMissing):
        issue(review, simple)

    pass_check(review=review, read=read(review), by=simple.owner, now=made.TODAY)
    edition = issue(review, simple)

    assert edition.number == 1
    assert Notification.objects.filter(member=simple.owner, text__contains="asks you to read it").exists()
    assert Notification.objects.filter(member=simple.manager, text__contains="has read it").exists()


def test_nobody_checks_their_own_nor_what_they_have_not_read(simple, review):
    with pytest.raises(CheckNotAsked):
        pass_check(review=review, read=read(review), by=simple.owner, now=made.TODAY)
    ask(review, simple)
    with pytest.raises(CheckIsOwn):
        pass_check(review=review, read=read(review), by=simple.manager, now=made.TODAY)
    seen = read(review)
    change_a_sentence(review, simple)

    with pytest.raises(CheckReadAgain):
        pass_check(review=review, read=seen, by=simple.owner, now=made.TODAY)


def test_who_wrote_a_sentence_of_it_does_not_pass_it(simple, review, client_of):
    change_a_sentence(review, simple)
    ask_for_check(review=review, by=simple.owner, now=made.TODAY)
    second = factories.make_member(
        role=Role.SERVICE_OWNER, user=factories.make_user(email="tam.redfern@larkmoor.example", name="Tam Redfern")
    )
    box = client_of(simple.manager).get(PAGE).content.decode()
    assert "somebody else passes it. Tam Redfern may pass it." in box
    assert "it can be issued" not in box

    with pytest.raises(CheckByWriter, match="Tam Redfern may pass it"):
        pass_check(review=review, read=read(review), by=simple.manager, now=made.TODAY)

    assert pass_check(review=review, read=read(review), by=second, now=made.TODAY).checked_by == second


def test_a_writer_hears_how_there_can_be_a_second_person(simple, review):
    change_a_sentence(review, simple)
    ask_for_check(review=review, by=simple.owner, now=made.TODAY)

    with pytest.raises(CheckByWriter, match="Nobody else of IT may pass it yet"):
        pass_check(review=review, read=read(review), by=simple.manager, now=made.TODAY)

    assert return_check(review=review, note="I go on writing.", by=simple.manager, now=made.TODAY).outcome


def test_what_was_changed_after_the_check_is_checked_again(simple, review):
    ask(review, simple)
    pass_check(review=review, read=read(review), by=simple.owner, now=made.TODAY)
    change_a_sentence(review, simple)

    with pytest.raises(CheckOutdated, match="have changed since Maia Lindqvar read this on"):
        issue(review, simple)

    ask(review, simple)
    pass_check(review=review, read=read(review), by=simple.owner, now=made.TODAY)
    assert issue(review, simple).number == 1


def test_what_is_sent_back_is_a_draft_again(simple, review):
    ask(review, simple)
    with pytest.raises(CheckOpen, match="Pavel Orsin asked for a check already"):
        ask(review, simple)

    return_check(review=review, note="Say why October was worse.", by=simple.owner, now=made.TODAY)

    review.refresh_from_db()
    assert review.state == ReviewState.DRAFT
    said = Notification.objects.filter(member=simple.manager).order_by("-pk")[0].text
    assert "Maia Lindqvar sends it back. Say why October was worse." in said


def test_a_review_that_is_drafted_anew_is_asked_for_again(simple, review):
    ask(review, simple)
    draft_review(unit=simple.unit, month=made.OCTOBER, by=simple.manager, now=made.TODAY)

    ask(review, simple)

    assert ReviewCheck.objects.filter(review=review).count() == 1


def test_without_an_agreement_on_it_no_check_is_needed(simple):
    review = made.make_draft(simple)

    assert issue(review, simple).number == 1


def test_the_database_wants_a_second_person(simple, review):
    check = ask(review, simple)

    with pytest.raises(IntegrityError, match="review_check_by_a_second_person"), transaction.atomic():
        ReviewCheck.objects.filter(pk=check.pk).update(
            checked_by=simple.manager, checked_at=made.TODAY, outcome="passed", page_hash="0" * 64
        )


def test_what_came_later_is_part_of_a_version_only_where_it_is_chosen():
    """Fingerprints of versions that were signed before stay as they are."""
    chosen = replace(STANDARD, is_checked=True, issues_itself=True)

    assert not {"is_checked", "issues_itself"} & set(values_of(STANDARD))
    assert set(values_of(chosen)) - set(values_of(STANDARD)) == {"is_checked", "issues_itself"}
    assert [line.key for line in lines_of(chosen) if line not in lines_of(STANDARD)] == ["delivery", "check"]


def test_both_see_in_the_browser_where_it_stands(simple, review, client_of):
    manager, owner = client_of(simple.manager), client_of(simple.owner)
    assert owner.get(PAGE).status_code == 404
    assert "Ask a second person to read it" in manager.get(PAGE).content.decode()

    assert manager.post(f"{PAGE}check/ask/").status_code == 302
    page = owner.get(PAGE)
    assert "I have read it: it can be issued" in page.content.decode()
    assert "I have read it" not in manager.get(PAGE).content.decode()
    empty = owner.post(f"{PAGE}check/", {"check-is_passed": "no", "check-read": "x"}, follow=True)
    assert "Say what must be better first." in empty.content.decode()
    hashed = page.context["check"].page_hash
    done = owner.post(f"{PAGE}check/", {"check-is_passed": "yes", "check-read": hashed}, follow=True)

    assert "Thank you. Whoever asked is told." in done.content.decode()
    assert "Maia Lindqvar read it on" in manager.get(PAGE).content.decode()
    head = client_of(factories.make_member(role=Role.BUSINESS_UNIT_HEAD, units=[simple.unit]))
    assert head.get(PAGE).status_code == 404
