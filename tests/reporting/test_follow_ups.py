"""What comes of a review: follow-ups finished, questions of IT to the business, improvements from what was said."""

from datetime import date, timedelta

import pytest

from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from portal.conversations.models import Notification
from reporting.actions.follow_ups import add_follow_up, change_follow_up, finish_follow_up, remind_of_follow_ups
from reporting.errors import FollowUpDone
from reporting.exports.pdf import paper_html
from reporting.models import ContextRequest, ImprovementOrigin, ReviewThread, ServiceReview
from reporting.queries.agreed import follow_up_hash, list_follow_ups
from reporting.queries.shown import show_edition
from slas.actions.credits import compute_credits, decide_credit, state_credit
from slas.models import CreditBand, CreditScheme, CreditStatement
from tests import factories
from tests.reporting import factories as made
from tests.slas import factories as slas

REVIEW = "/t/larkmoor/reviews/customer-orders/2026-10/"
ASK = "/t/larkmoor/asks/new/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: made.TODAY)


@pytest.fixture
def follow_up(month, edition):
    """Owned by a member of the unit."""
    return add_follow_up(
        review=edition.review, text="Send the calendar", owner=month.reader, due_on=date(2026, 11, 20),
        by=month.manager, now=made.ISSUED_AT,
    )  # fmt: skip


def done_button(page, follow_up):
    return f'action="/t/larkmoor/follow-ups/{follow_up.pk}/done/"' in page


def test_its_owner_and_who_prepares_the_review_finish_a_follow_up(month, follow_up, client_of):
    offered = {
        person.role: done_button(client_of(person).get(REVIEW).content.decode(), follow_up)
        for person in (month.reader, month.manager, month.head, month.owner)
    }
    assert offered == {
        Role.BUSINESS_MEMBER: True,
        Role.SERVICE_LEVEL_MANAGER: True,
        Role.BUSINESS_UNIT_HEAD: False,
        Role.SERVICE_OWNER: False,
    }

    page = client_of(month.reader).post(f"/t/larkmoor/follow-ups/{follow_up.pk}/done/", follow=True).content.decode()

    follow_up.refresh_from_db()
    assert follow_up.done_on == date(2026, 11, 10)
    assert "Done: Send the calendar" in page
    assert "Done 10\u00a0Nov" in page
    assert not done_button(page, follow_up)


def test_what_is_done_is_told_in_the_next_review_and_not_in_the_one_after(month, edition, follow_up):
    """Issued on 6 November, done on the tenth; what was done before the review before was told there."""
    following = ServiceReview.objects.create(
        business_unit=month.unit, month=date(2026, 11, 1), report_agreement=edition.review.report_agreement
    )
    finish_follow_up(follow_up=follow_up, by=month.manager, on=date(2026, 11, 10), now=made.TODAY)
    assert list(list_follow_ups(review=following)) == [follow_up]

    ServiceReview.objects.filter(pk=edition.review_id).update(issued_at=made.ISSUED_AT + timedelta(days=7))
    assert list(list_follow_ups(review=following)) == []


def test_a_follow_up_is_finished_once(month, follow_up, client_of):
    client, address = client_of(month.reader), f"/t/larkmoor/follow-ups/{follow_up.pk}/done/"
    client.post(address)

    assert "This was done on 10" in client.post(address, follow=True).content.decode()


def test_an_approved_credit_stands_among_the_decisions_on_the_page_and_on_paper(month, client_of):
    """It is computed, then approved by people; before that the business reads nothing of it."""
    scheme = CreditScheme.objects.create(
        agreement=month.agreement, slug="ordering", name="Credits for ordering", basis="share_of_fee", fee=2000,
        currency="GBP", approver_role="service_level_manager",
    )  # fmt: skip
    CreditBand.objects.create(scheme=scheme, target=month.targets["orders"], low=0, credit=5)
    edition = made.make_edition(month)
    compute_credits(now=made.TODAY)
    statement, words = CreditStatement.objects.get(), "Credits for ordering: £100 for October 2026"
    assert words not in client_of(month.manager).get(REVIEW).content.decode()

    by = {"by": month.manager, "now": made.TODAY}
    read = statement.computed_at.isoformat()
    approved = decide_credit(statement=statement, is_approved=True, reason="", read=read, **by)
    state_credit(statement=approved, reference="CN-2026-10", **by)

    page = client_of(month.head).get(REVIEW).content.decode()
    link = f'<a href="/t/larkmoor/credits/{statement.pk}/">{words}</a>'
    for said in (link, "Stated, CN-2026-10"):
        assert said in page
    paper = paper_html(shown=show_edition(edition=edition, reader=None, now=made.TODAY), tenant=edition.tenant)
    assert words in paper
    assert "Pavel Orsin, IT" in paper


def asked(unit, **changes):
    return {
        "business_unit": unit.slug, "title": "Christmas peak", "question": "How many orders an hour do you expect?",
        "purpose": "so that capacity can be ordered", "due_on": "2026-11-16",
    } | changes  # fmt: skip


def test_it_asks_the_business_and_the_business_finds_it_at_home(month, edition, client_of):
    service = month.targets["orders"].service
    client = client_of(month.manager)
    assert f"{ASK}?unit=customer-orders" in client.get(REVIEW).content.decode()
    assert '<option value="customer-orders" selected>' in client.get(f"{ASK}?unit=customer-orders").content.decode()

    answer = client.post(ASK, asked(month.unit, service=service.pk))

    ask = ContextRequest.objects.get()
    assert answer.url == f"/t/larkmoor/asks/{ask.pk}/"
    assert (ask.business_unit, ask.service, ask.asked_by) == (month.unit, service, month.manager)
    assert (ask.asked_at, ask.due_on) == (made.TODAY, date(2026, 11, 16))
    assert AuditEntry.objects.filter(act="context.asked", actor=month.manager.user).count() == 1
    assert "Christmas peak" in client_of(month.reader).get("/t/larkmoor/").content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"due_on": "2026-11-10"}, "Choose a day to come"),
        ({"question": " "}, "This field is required"),
        ({"business_unit": "nobody"}, "Select a valid choice"),
    ],
)
def test_a_question_without_sense_is_refused_and_its_words_are_kept(month, client_of, changes, words):
    answer = client_of(month.owner).post(ASK, asked(month.unit) | changes)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert words in page
    assert "Christmas peak" in page
    assert not ContextRequest.objects.exists()


def test_only_it_asks(month, member, client_of):
    people = (month.head, month.reader, member(Role.AUDITOR), member(Role.ADMINISTRATOR))

    assert [client_of(person).post(ASK, asked(month.unit)).status_code for person in people] == [403] * 4
    assert [client_of(person).get(ASK).status_code for person in (month.manager, month.owner)] == [200, 200]


@pytest.fixture
def thread(month, edition, client_of):
    """The reader said something about a sentence."""
    form = {"comment-anchor": "cover.score", "comment-text": "Call the desk before a slow day"}
    client_of(month.reader).post(f"{REVIEW}comments/", form)
    return ReviewThread.objects.get()


def improve(client, thread, title, **headers):
    form = {f"improve-{thread.pk}-title": title, f"improve-{thread.pk}-notice": "A call the evening before"}
    return client.post(f"/t/larkmoor/threads/{thread.pk}/improve/", form, headers=headers)


def test_an_improvement_is_raised_from_what_was_said(month, thread, client_of):
    client = client_of(month.owner)
    assert f'action="/t/larkmoor/threads/{thread.pk}/improve/"' in client.get(REVIEW).content.decode()

    answer = improve(client, thread, "Tell the desk")

    origin = ImprovementOrigin.objects.get()
    assert answer.url == REVIEW
    assert origin.comment == thread.conversation.comments.get()
    assert (origin.improvement.title, origin.improvement.business_unit) == ("Tell the desk", month.unit)
    assert origin.improvement.why == "Comment by Rowan Tessaly"


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_an_improvement_without_a_title_is_refused_and_its_words_are_kept(month, thread, client_of, headers):
    answer = improve(client_of(month.head), thread, "", **headers)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "This field is required" in page
    assert "A call the evening before" in page
    assert not ImprovementOrigin.objects.exists()


def test_a_refused_improvement_from_a_figure_keeps_its_words(month, figure, client_of):
    address = f"/t/larkmoor/figures/{figure('orders.result').pk}/improve/"

    answer = client_of(month.head).post(address, {"improvement-title": "", "improvement-notice": "Fewer stops"})

    assert answer.status_code == 422
    assert "Fewer stops" in answer.content.decode()


def test_who_may_raise_one_and_who_finds_nothing(month, thread, member, client_of):
    outsider = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit(slug="finance")])
    auditor = member(Role.AUDITOR)

    assert [improve(client_of(person), thread, "x").status_code for person in (auditor, outsider)] == [403, 404]
    assert "Raise an improvement" not in client_of(auditor).get(REVIEW).content.decode()


def change(follow_up, by, **said):
    kept = {"text": follow_up.text, "owner": follow_up.owner, "due_on": follow_up.due_on, "state_words": ""}
    return change_follow_up(
        follow_up=follow_up, by=by, now=made.TODAY, **{"read": follow_up_hash(follow_up)} | kept | said
    )


def test_a_follow_up_is_changed_on_its_page_and_all_whom_it_concerns_are_told(month, follow_up, client_of):
    client, address = client_of(month.manager), f"/t/larkmoor/follow-ups/{follow_up.pk}/"
    assert f'href="{address}"' in client.get(REVIEW).content.decode()
    assert f'href="{address}"' not in client_of(month.reader).get(REVIEW).content.decode()
    page = client.get(address)
    assert "Send the calendar" in page.content.decode()
    assert 'value="2026-11-20"' in page.content.decode()  # as a browser takes it
    sent = {name: page.context["form"][name].value() for name in ("text", "state_words", "read")}

    answer = client.post(address, sent | {"owner": month.head.pk, "due_on": "2026-12-01"}, follow=True)

    assert "whoever it concerns is told" in answer.content.decode()
    follow_up.refresh_from_db()
    assert (follow_up.owner, follow_up.due_on, follow_up.text) == (month.head, date(2026, 12, 1), "Send the calendar")
    told = Notification.objects.filter(text__contains="changed a follow-up")
    assert set(told.values_list("member", flat=True)) == {month.reader.pk, month.head.pk}
    entry = AuditEntry.objects.get(act="follow_up.changed")
    assert entry.detail["was"]["due_on"] == "2026-11-20"
    again = client.post(address, sent | {"owner": month.reader.pk, "due_on": "2026-12-02"})
    assert again.status_code == 422
    assert "it was changed meanwhile" in again.content.decode()


def test_what_is_done_is_not_changed_nor_what_says_the_same(month, follow_up):
    assert change(follow_up, month.manager) == follow_up
    assert not Notification.objects.filter(text__contains="changed a follow-up").exists()
    finish_follow_up(follow_up=follow_up, by=month.reader, on=date(2026, 11, 10), now=made.TODAY)

    with pytest.raises(FollowUpDone):
        change(follow_up, month.manager, text="Send it again")


def test_its_owner_is_reminded_before_the_day_and_each_week_that_it_is_late(month, follow_up):
    def told(now):
        before = set(Notification.objects.values_list("pk", flat=True))
        remind_of_follow_ups(now=slas.at(f"{now} 06:00"))
        return {each.member_id: each.text for each in Notification.objects.exclude(pk__in=before)}

    assert told("2026-11-16") == {}
    assert told("2026-11-17") == {month.reader.pk: "“Send the calendar” was agreed for 20 November."}
    assert told("2026-11-20") == {}
    late = told("2026-11-21")
    assert late == dict.fromkeys(
        (month.reader.pk, month.manager.pk), "“Send the calendar” was agreed for 20 November and is not done."
    )
    assert told("2026-11-23") == {}
    change(follow_up, month.manager, due_on=date(2026, 11, 25))
    assert set(told("2026-11-23")) == {month.reader.pk}  # another day is another reminder
    finish_follow_up(follow_up=follow_up, by=month.reader, on=date(2026, 11, 24), now=made.TODAY)
    assert told("2026-11-30") == {}


def plan(client, at):
    return client.post(f"{REVIEW}meeting/plan/", {"meeting_at": at, "minutes": "45"})


def test_a_meeting_is_planned_in_the_hours_of_the_place(month, edition, client_of):
    assert plan(client_of(month.manager), "2026-11-12T10:00").status_code == 302

    edition.review.refresh_from_db()
    assert edition.review.meeting_at == slas.at("2026-11-12 10:00")
    entry = AuditEntry.objects.get(act="meeting.planned")
    assert (entry.actor, entry.at) == (month.manager.user, made.TODAY)


@pytest.mark.parametrize(
    ("at", "words"),
    [("2026-11-10T09:00", "This time has passed"), ("tomorrow", "Enter a valid date/time")],
)
def test_a_meeting_that_cannot_be_is_refused(month, edition, client_of, at, words):
    answer = plan(client_of(month.manager), at)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    edition.review.refresh_from_db()
    assert edition.review.meeting_at is None


def test_no_meeting_is_a_plan_too(month, edition, client_of):
    client = client_of(month.manager)
    plan(client, "2026-11-12T10:00")
    plan(client, "")

    edition.review.refresh_from_db()
    assert edition.review.meeting_at is None
