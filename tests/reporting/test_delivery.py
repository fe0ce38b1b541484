"""Reviews come by their agreed day: who must read them is told, and only what was agreed is issued by itself."""

from dataclasses import replace
from datetime import date

import pytest

from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from portal.conversations.models import Notification
from portal.jobs.models import Job
from reporting import tasks
from reporting.actions.checks import ask_for_check, pass_check
from reporting.actions.delivery import issue_by_itself
from reporting.actions.editions import issue_review
from reporting.actions.layouts import accept_layout, propose_layout
from reporting.layout import STANDARD
from reporting.models import ReviewState, ServiceReview
from reporting.queries.checks import read_hash
from reporting.queries.delivery import due_of
from reporting.queries.shown import show_draft
from tests import factories
from tests.reporting import factories as made
from tests.slas.factories import at

# October ended on a Saturday: working day 5 is Friday 6 November.
DUE, AT_EIGHT = date(2026, 11, 6), "2026-11-06 08:00"


@pytest.fixture
def told(simple):
    """What each of IT has been told, in order."""
    return lambda member: list(Notification.objects.filter(member=member).order_by("pk").values_list("text", flat=True))


@pytest.fixture
def agree(simple):
    """agree(issues_itself=True) makes a version of both sides."""

    def make(**terms):
        said = {"unit": simple.unit, "reason": "To have it in time.", "now": made.TODAY}
        layout = propose_layout(terms=replace(STANDARD, **terms), by=simple.manager, **said)
        return accept_layout(layout=layout, by=simple.head, now=made.TODAY)

    return make


@pytest.fixture
def run(simple, monkeypatch, django_capture_on_commit_callbacks):
    """run("2026-11-06 08:00") is what the timetable does then."""

    def go(moment):
        monkeypatch.setattr("portal.clock.now", lambda: at(moment))
        tenant_id = simple.unit.tenant_id
        monkeypatch.setattr(tasks.issue_due_review, "delay", lambda **given: tasks.issue_due_review(**given))
        monkeypatch.setattr("portal.jobs.tasks.run_job.delay", lambda **given: None)
        with django_capture_on_commit_callbacks(execute=True):
            tasks.deliver_due_reviews(tenant_id=tenant_id)

    return go


def draft(simple, moment="2026-11-02 07:00"):
    return made.make_draft(simple, now=at(moment))


def test_the_day_is_that_of_the_report_agreement(simple, agree):
    agree(issue_working_day=3)

    due = due_of(review=draft(simple), now=at("2026-11-02 07:00"))

    assert (due.due_on, due.days_left, due.step) == (date(2026, 11, 4), 2, "")
    assert due_of(review=due.review, now=at("2026-10-31 12:00")) is None


def test_a_scheduled_draft_is_told_of_once(simple, told, monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: at("2026-11-01 07:00"))
    for _ in range(2):
        tasks.draft_reviews(tenant_id=simple.unit.tenant_id, month="2026-10-01", slugs=[simple.unit.slug], tells=True)

    (said,) = told(simple.manager)
    assert "drafted. Read it, and issue it by Fri" in said


def test_who_must_issue_it_is_reminded_the_day_before_on_the_day_and_when_it_is_late(simple, run, told):
    draft(simple)
    for moment in ("2026-11-04 08:00", "2026-11-05 08:00", "2026-11-05 15:00", AT_EIGHT, "2026-11-09 08:00"):
        run(moment)

    assert [text.partition(": ")[2][:22] for text in told(simple.manager)] == [
        "to be issued by Fri 6 ", "to be issued today.", "was to be issued by Fr"
    ]  # fmt: skip
    assert told(simple.owner) == []


@pytest.mark.parametrize("is_accepted", [False, True])
def test_nothing_is_issued_by_itself_unless_both_sides_agreed(simple, run, agree, is_accepted):
    terms = replace(STANDARD, issues_itself=True)
    layout = propose_layout(unit=simple.unit, terms=terms, reason="In time", by=simple.manager, now=made.TODAY)
    if is_accepted:
        accept_layout(layout=layout, by=simple.head, now=made.TODAY)
    review = draft(simple)
    ServiceReview.objects.filter(pk=review.pk).update(report_agreement=layout)

    run("2026-11-05 23:00")
    review.refresh_from_db()
    assert review.state == ReviewState.DRAFT
    run(AT_EIGHT)
    run("2026-11-06 09:00")

    review.refresh_from_db()
    assert review.state == (ReviewState.ISSUED if is_accepted else ReviewState.DRAFT)
    assert AuditEntry.objects.filter(act="review.issued_itself").count() == is_accepted
    assert Job.objects.filter(kind="edition_pdf").count() == is_accepted
    if is_accepted:
        assert review.editions.get().issued_by == simple.manager


def test_what_cannot_be_issued_is_told_with_its_reason(simple, run, agree, told):
    agree(issues_itself=True, is_checked=True)
    review = draft(simple)

    run(AT_EIGHT)

    review.refresh_from_db()
    assert review.state == ReviewState.DRAFT
    assert (
        "not issued by itself. The report agreement says that a second person reads this first."
        in told(simple.manager)[-1]
    )


def test_what_somebody_issued_a_moment_ago_is_no_news(simple, agree, told):
    agree(issues_itself=True)
    review = draft(simple)
    due = due_of(review=review, now=at(AT_EIGHT))
    issue_review(review=review, by=simple.manager, now=at(AT_EIGHT))
    before = told(simple.manager)

    assert issue_by_itself(due=due, now=at(AT_EIGHT)) is None
    assert told(simple.manager) == before


def test_a_checked_review_is_issued_by_itself(simple, run, agree):
    agree(issues_itself=True, is_checked=True)
    review = draft(simple)
    ask_for_check(review=review, by=simple.manager, now=made.TODAY)
    read = read_hash(show_draft(review=review, now=made.TODAY).page)
    pass_check(review=review, read=read, by=simple.owner, now=made.TODAY)

    run(AT_EIGHT)

    review.refresh_from_db()
    assert review.state == ReviewState.ISSUED


def test_whose_turn_it_is_where_a_check_is_open(simple, run, told):
    review = draft(simple)
    ask_for_check(review=review, by=simple.manager, now=at("2026-11-03 10:00"))

    run(AT_EIGHT)

    assert any("to be issued today" in text for text in told(simple.owner))
    assert not any("to be issued today" in text for text in told(simple.manager))


def test_nobody_s_review_is_not_issued_in_nobody_s_name(simple, run, agree, told):
    agree(issues_itself=True)
    second = factories.make_member(role=Role.SERVICE_LEVEL_MANAGER)
    review = draft(simple)
    ServiceReview.objects.filter(pk=review.pk).update(prepared_by=None)
    simple.manager.is_active = False
    simple.manager.save()
    third = factories.make_member(role=Role.SERVICE_LEVEL_MANAGER)

    run(AT_EIGHT)

    review.refresh_from_db()
    assert review.state == ReviewState.DRAFT
    assert [told(each)[-1].endswith("in your name.") for each in (second, third)] == [True, True]
