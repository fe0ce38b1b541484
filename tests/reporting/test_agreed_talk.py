"""What a report agreement says of talk: a window for comments, questions that are asked by themselves; and the meeting
that was planned before the issue.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.accounts.models import Role
from portal.conversations.models import Notification, OutboxMessage
from reporting.actions.answers import ask_question, comment_on_anchor, reply_in_thread
from reporting.actions.disputes import dispute_figure
from reporting.actions.editions import issue_review
from reporting.actions.layouts import accept_layout, propose_layout
from reporting.errors import CommentsOver
from reporting.exports.pdf import paper_html
from reporting.layout import STANDARD, lines_of, values_of
from reporting.models import Pulse, ServiceReview
from reporting.queries.shown import show_edition
from reporting.tasks import ask_what_was_agreed
from slas.models import Case, TargetKind
from tests.reporting import factories as made
from tests.slas import factories as slas
from tests.slas.factories import at

REVIEW = "/t/larkmoor/reviews/customer-orders/2026-10/"
WINDOW = date(2026, 11, 9)
AGREED = replace(STANDARD, comment_working_days=3, asks_after_review=True, asks_after_case=True)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: made.TODAY)


def go_on(monkeypatch, **later):
    now = made.ISSUED_AT + timedelta(**later)
    monkeypatch.setattr("portal.clock.now", lambda: now)
    return now


def agree(month):
    layout = propose_layout(
        unit=month.unit, terms=AGREED, reason="Talk has its days.", by=month.manager, now=made.ISSUED_AT
    )
    return accept_layout(layout=layout, by=month.head, now=made.ISSUED_AT)


def test_the_window_is_a_term_of_its_own_and_older_versions_say_what_they_said():
    said = {line.key: line.text for line in lines_of(AGREED)}

    assert said["answer"] == "Within 5 working days of issue"
    assert said["comments"] == "Within 3 working days of issue. Later ones go on the agenda of the meeting"
    assert said["surveys"] == "After each review; after a case that was solved, at most every 14 days"
    before = {line.key: (line.title, line.text) for line in lines_of(STANDARD)}
    assert before["answer"] == ("Comments and answer", "Within 5 working days of issue")
    assert not {"comments", "surveys"} & set(before)
    later = {"comment_working_days": 3, "asks_after_review": True, "asks_after_case": True}
    assert values_of(AGREED) == values_of(STANDARD) | later  # nobody's fingerprint changes


def test_what_was_agreed_and_planned_begins_with_the_issue(simple, client_of, monkeypatch):
    agree(simple)
    review = made.make_draft(simple)
    manager = client_of(simple.manager)
    sent = {"meeting_at": "2026-11-12T10:00", "minutes": "45"}
    planned = manager.post(f"{REVIEW}meeting/plan/", sent, follow=True).content.decode()
    assert "The unit is invited when the review is issued." in planned
    assert not OutboxMessage.objects.exclude(calendar="").exists()
    assert "The unit is invited to the meeting on Thu 12 Nov, 10:00." in manager.get(f"{REVIEW}issue/").content.decode()

    edition = issue_review(review=review, by=simple.manager, now=made.ISSUED_AT)

    assert edition.review.comments_end_on == date(2026, 11, 11)
    assert edition.page["head"]["comments_by"] == "2026-11-11"
    invited = OutboxMessage.objects.exclude(calendar="").values_list("to", flat=True)
    assert set(invited) == {simple.head.user.email, simple.reader.user.email}
    shown = show_edition(edition=edition, reader=simple.head, now=made.ISSUED_AT)
    assert ("Comments and questions", "Until Wed 11 Nov, 3 working days left") in {
        (clock.label, clock.words.replace("\u00a0", " ")) for clock in shown.clocks
    }
    paper = paper_html(shown=shown, tenant=edition.tenant).replace("\u00a0", " ")
    assert "Comments until Wednesday 11 November" in paper or "Comments until 11 November" in paper

    ask_what_was_agreed.run(tenant_id=simple.unit.tenant_id)
    pulse = Pulse.objects.get()
    assert (pulse.review, pulse.opened_by, pulse.closes_at) == (review, None, made.TODAY + timedelta(days=10))
    assert Notification.objects.filter(key=f"pulse-{pulse.pk}").count() == 2
    ask_what_was_agreed.run(tenant_id=simple.unit.tenant_id)
    assert Pulse.objects.count() == 1
    page = client_of(simple.head).get(f"/t/larkmoor/surveys/{pulse.pk}/").content.decode()
    assert "Asked of Customer Orders, as its report agreement says" in page


def test_who_did_not_agree_is_not_asked_and_nobody_at_once_or_late(month, edition, monkeypatch):
    ask_what_was_agreed.run(tenant_id=month.unit.tenant_id)
    agreed = made.make_layout(
        month.unit, version=3, agreed_on=date(2026, 11, 6), agreed_by_business="a", agreed_by_it="b",
        asks_after_review=True, reason="x",
    )  # fmt: skip
    ServiceReview.objects.filter(pk=edition.review_id).update(report_agreement=agreed)
    for later in ({"hours": 23}, {"days": 15}):
        go_on(monkeypatch, **later)
        ask_what_was_agreed.run(tenant_id=month.unit.tenant_id)

    assert not Pulse.objects.exists()


def test_after_a_case_one_question_is_asked_and_no_other_for_a_while(simple, monkeypatch):
    agree(simple)
    target = slas.make_target(TargetKind.CASES, agreement=simple.agreement, slug="help")

    def solve(key, days):
        now = go_on(monkeypatch, days=days)
        Case.objects.create(measure_id=target.measure_id, key=key, title="Printer", opened_at=now, resolved_at=now)
        ask_what_was_agreed.run(tenant_id=simple.unit.tenant_id)
        return list(Pulse.objects.order_by("pk").values_list("case_words", flat=True))

    assert solve("C-1", 0) == ["C-1, Printer"]
    assert solve("C-2", 13) == ["C-1, Printer"]
    assert solve("C-3", 14) == ["C-1, Printer", "C-3, Printer"]
    go_on(monkeypatch, days=40)  # long solved
    ask_what_was_agreed.run(tenant_id=simple.unit.tenant_id)
    assert Pulse.objects.count() == 2


def test_after_the_window_what_was_begun_goes_on_and_the_rest_is_for_the_meeting(
    month, edition, figure, client_of, member, monkeypatch
):
    said = {"by": month.head, "text": "Why?"}
    begun = ask_question(figure=figure("orders.result"), now=made.ISSUED_AT, **said)
    ServiceReview.objects.filter(pk=edition.review_id).update(comments_end_on=WINDOW)
    edition.review.refresh_from_db()
    last_minute = at("2026-11-09 23:59")
    comment_on_anchor(edition=edition, anchor="review", now=last_minute, **said)

    for late in (
        lambda: comment_on_anchor(edition=edition, anchor="review", now=made.TODAY, **said),
        lambda: ask_question(figure=figure("phones.result"), now=made.TODAY, **said),
    ):
        with pytest.raises(CommentsOver, match="possible until 9"):
            late()
    reply_in_thread(thread=begun, by=month.manager, text="So.", now=made.TODAY)
    page = client_of(month.head).get(REVIEW).content.decode()
    assert "Now they go on the agenda of the meeting" in page
    assert 'id="ask"' not in page
    assert "/question/" not in page
    assert "/dispute/" in page
    stale = client_of(month.head).post(
        f"/t/larkmoor/figures/{figure('orders.result').pk}/question/",
        {f"question-{figure('orders.result').pk}-text": "Late"},
        follow=True,
    )
    assert "possible until" in stale.content.decode()
    assert "You wrote: “Late”" in stale.content.decode()
    sent = {"comment-anchor": "review", "comment-text": "Late too"}
    commented = client_of(month.head).post(f"{REVIEW}comments/", sent, follow=True).content.decode()
    assert "possible until" in commented
    assert "You wrote: “Late too”" in commented
    dispute_figure(figure=figure("phones.result"), by=month.head, reason="Calls were cut", now=made.TODAY)
    assert client_of(member(Role.BUSINESS_MEMBER, units=[month.unit])).get(REVIEW).status_code == 200
