"""The meeting about a review: its agenda comes from what is open, and what was decided stays."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from portal.accounts.models import Role
from portal.conversations.models import NoticeKind, Notification, OutboxMessage
from reporting.actions.disputes import dispute_figure
from reporting.actions.follow_ups import add_follow_up, ask_for_context
from reporting.actions.meetings import (
    close_topic,
    confirm_minutes,
    plan_meeting,
    raise_topic,
    write_decision,
    write_minutes,
)
from reporting.errors import MinutesChanged, MinutesConfirmed, MinutesMissing, TopicClosed, TopicToCome
from reporting.exports.pdf import paper_html
from reporting.models import AgendaTopic, FollowUp, MeetingDecision, MeetingInvitation, MeetingMinutes, ServiceReview
from reporting.queries.invitations import find_event
from reporting.queries.meetings import agenda_parts, meeting_page
from reporting.queries.shown import show_edition
from tests import factories
from tests.reporting import factories as made
from tests.slas.factories import at

MEETING = "/t/larkmoor/reviews/customer-orders/2026-10/meeting/"
REVIEW = "/t/larkmoor/reviews/customer-orders/2026-10/"
TEN = at("2026-11-12 10:00")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: made.TODAY)


@pytest.fixture
def review(edition):
    return ServiceReview.objects.select_related("business_unit", "tenant", "prepared_by__user").get(
        pk=edition.review_id
    )


def agenda(review):
    return {part.title: [item.text for item in part.items] for part in agenda_parts(review=review, now=made.TODAY)}


def following(review):
    """The review of the month after, with a draft's own rows."""
    november = ServiceReview.objects.create(
        business_unit=review.business_unit, month=date(2026, 11, 1), report_agreement=review.report_agreement
    )
    return ServiceReview.objects.select_related("business_unit", "tenant").get(pk=november.pk)


def plan(month, review, meeting_at=TEN, minutes=45, now=made.TODAY):
    return plan_meeting(review=review, meeting_at=meeting_at, minutes=minutes, by=month.manager, now=now)


def test_the_agenda_is_built_from_what_is_open(month, review, figure):
    dispute_figure(figure=figure("phones.result"), by=month.head, reason="Calls were cut", now=made.TODAY)
    add_follow_up(
        review=review, text="Send the calendar", owner=month.reader, due_on=date(2026, 11, 9), by=month.manager,
        now=made.TODAY,
    )  # fmt: skip
    ask_for_context(
        business_unit=month.unit, title="Peak", question="How many?", purpose="so that", due_on=date(2026, 11, 20),
        by=month.manager, now=made.TODAY,
    )  # fmt: skip
    raise_topic(review=review, text="Who calls the chains?", by=month.reader, now=made.TODAY)

    assert agenda(review) == {
        "Put on the agenda": ["Who calls the chains?"],
        "Disputes that are not settled": ["Order desk phones work: time lost: Calls were cut"],
        "Promises that were missed": ["Customers can place orders"],
        "Follow-ups that are open": ["Send the calendar"],
        "What IT asked and does not know yet": ["Peak: How many?"],
    }
    late = {item.text: item.is_late for part in agenda_parts(review=review, now=made.TODAY) for item in part.items}
    assert (late["Send the calendar"], late["Peak: How many?"]) == (True, False)


def test_what_was_not_talked_about_goes_on_to_the_next_meeting(month, review, figure):
    dispute_figure(figure=figure("phones.result"), by=month.head, reason="Calls were cut", now=made.TODAY)
    first, second = (
        raise_topic(review=review, text=text, by=month.reader, now=made.TODAY) for text in ("The chains", "The desk")
    )
    write_decision(review=review, text="The desk is called first", by=month.manager, now=made.TODAY)
    close_topic(topic=first, review=review, by=month.manager, now=made.TODAY)
    november = following(review)

    assert agenda(november)["Put on the agenda"] == ["The desk"]
    assert "Disputes that are not settled" in agenda(november)
    assert [row.text for row in meeting_page(review=november, now=made.TODAY).decided_before] == [
        "The desk is called first"
    ]
    close_topic(topic=second, review=november, by=month.manager, now=made.TODAY)
    assert agenda(review)["Put on the agenda"] == ["The chains"]  # where it was talked about
    with pytest.raises(TopicClosed):
        close_topic(topic=second, review=november, by=month.manager, now=made.TODAY)
    later = raise_topic(review=november, text="Winter", by=month.reader, now=made.TODAY)
    with pytest.raises(TopicToCome):  # it would stand on no agenda
        close_topic(topic=later, review=review, by=month.manager, now=made.TODAY)


def test_minutes_are_confirmed_as_they_were_read_and_stay(month, review):
    with pytest.raises(MinutesMissing):
        confirm_minutes(review=review, by=month.head, read="", now=made.TODAY)
    first = write_minutes(review=review, text="We talked.", present="", by=month.manager, now=made.TODAY)
    topic = raise_topic(review=review, text="The chains", by=month.reader, now=made.TODAY)
    later = made.TODAY + timedelta(minutes=5)
    again = write_minutes(review=review, text="We agreed.", present="Both", by=month.manager, now=later)
    with pytest.raises(MinutesChanged):
        confirm_minutes(review=review, by=month.head, read=first.written_at.isoformat(), now=later)
    confirm_minutes(review=review, by=month.head, read=again.written_at.isoformat(), now=later)

    for act in (
        lambda: write_minutes(review=review, text="No.", present="", by=month.manager, now=later),
        lambda: write_decision(review=review, text="No.", by=month.manager, now=later),
        lambda: raise_topic(review=review, text="No.", by=month.manager, now=later),
        lambda: close_topic(topic=topic, review=review, by=month.manager, now=later),
        lambda: confirm_minutes(review=review, by=month.head, read=again.written_at.isoformat(), now=later),
    ):
        with pytest.raises(MinutesConfirmed, match="Ines Calder confirmed the minutes on 10"):
            act()
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        MeetingMinutes.objects.update(text="Something else")


def test_nobody_writes_minutes_over_what_they_have_not_read(month, review, client_of):
    client, address = client_of(month.manager), f"{MEETING}minutes/"
    assert client.post(address, {"text": "We talked.", "read": ""}).status_code == 302
    refused = client.post(address, {"text": "From a page that was open before", "read": ""})

    assert refused.status_code == 422
    assert "written anew meanwhile" in refused.content.decode()
    assert "From a page that was open before" in refused.content.decode()  # nothing that was typed is lost
    written = MeetingMinutes.objects.get()
    assert written.text == "We talked."
    assert client.post(address, {"text": "We agreed.", "read": written.written_at.isoformat()}).status_code == 302


def test_what_is_sent_twice_stands_there_once(month, review):
    for _again in range(2):
        raise_topic(review=review, text="The chains", by=month.reader, now=made.TODAY)
        write_decision(review=review, text="The desk is called first", by=month.manager, now=made.TODAY)
        add_follow_up(
            review=review, text="Send the calendar", owner=month.reader, due_on=date(2026, 11, 20), by=month.manager,
            now=made.TODAY,
        )  # fmt: skip

    assert [AgendaTopic.objects.count(), MeetingDecision.objects.count(), FollowUp.objects.count()] == [1, 1, 1]
    told = Notification.objects.get(url__endswith="#decisions")
    assert told.member == month.reader
    assert told.text == "Pavel Orsin wrote down for you: Send the calendar, by 20 November."


@pytest.mark.parametrize("model", [MeetingDecision, MeetingInvitation])
def test_the_database_keeps_decisions_and_invitations(month, review, model):
    plan(month, review)
    write_decision(review=review, text="The desk is called first", by=month.manager, now=made.TODAY)

    for change in (lambda: model.objects.update(review=review), lambda: model.objects.all().delete()):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            change()


def test_the_agenda_stands_in_the_minutes_as_it_was(month, review):
    topic = raise_topic(review=review, text="The chains", by=month.reader, now=made.TODAY)
    write_minutes(review=review, text="We talked.", present="", by=month.manager, now=made.TODAY)
    close_topic(topic=topic, review=review, by=month.manager, now=made.TODAY)
    AgendaTopic.objects.update(text="Something else")

    kept = dict(meeting_page(review=review, now=made.TODAY).minutes.agenda)

    assert kept["Put on the agenda"] == ("The chains",)


def test_a_decision_stands_in_the_review_and_on_paper(month, edition, review, client_of):
    write_decision(review=review, text="The desk is called first", by=month.manager, now=made.TODAY)

    page = client_of(month.head).get(REVIEW).content.decode()
    paper = paper_html(shown=show_edition(edition=edition, reader=None, now=made.TODAY), tenant=edition.tenant)

    for shown in (page, paper):
        assert "The desk is called first" in shown
        assert "Decided" in shown


def test_each_change_of_the_meeting_has_a_higher_number_and_is_told_to_the_unit(month, review, member):
    outsider = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit(name="Finance")])
    told = Notification.objects.filter(url=MEETING)
    plan(month, review)
    plan(month, review)  # the same again is no change
    plan(month, review, meeting_at=TEN + timedelta(days=1))
    plan(month, review, meeting_at=None)

    assert list(MeetingInvitation.objects.order_by("number").values_list("number", flat=True)) == [0, 1, 2]
    texts = [
        text.replace("\u00a0", " ")
        for text in told.filter(member=month.head).order_by("pk").values_list("text", flat=True)
    ]
    assert texts == [
        "Meeting about the October 2026 service review, Customer Orders: Thu 12 Nov, 10:00, 45 minutes.",
        "Meeting about the October 2026 service review, Customer Orders: Fri 13 Nov, 10:00, 45 minutes.",
        "The meeting about the October 2026 service review, Customer Orders was called off.",
    ]
    assert told.filter(member=month.reader).count() == 3
    assert not told.filter(member__in=[outsider, month.manager]).exists()


def test_the_unit_hears_nothing_of_a_meeting_about_a_draft(month):
    review = made.make_draft(month)
    plan(month, review, now=made.ISSUED_AT)
    write_minutes(review=review, text="We talked.", present="", by=month.manager, now=made.ISSUED_AT)

    assert not Notification.objects.filter(url=MEETING).exists()


def test_the_invitation_follows_the_meeting(month, review):
    assert find_event(review=review, now=made.TODAY) is None
    for meeting_at in (TEN, at("2026-11-13 11:00"), None):
        plan(month, review, meeting_at=meeting_at)
    mails = OutboxMessage.objects.filter(to=month.head.user.email).exclude(calendar="").order_by("pk")
    first, moved, off = (
        content.replace("\r\n ", "").split("\r\n") for content in mails.values_list("calendar", flat=True)
    )

    uids = {line for content in (first, moved, off) for line in content if line.startswith("UID:")}
    assert len(uids) == 1
    assert {"METHOD:REQUEST", "SEQUENCE:0", "DTSTART:20261112T100000Z"} <= set(first)
    assert {"METHOD:REQUEST", "SEQUENCE:1", "DTSTART:20261113T110000Z"} <= set(moved)
    assert {"METHOD:CANCEL", "SEQUENCE:2", "DTSTART:20261113T110000Z"} <= set(off)
    for content in (first, moved, off):
        assert [line.partition(":mailto:")[2] for line in content if line.startswith("ATTENDEE")] == [
            month.head.user.email
        ]


def test_it_is_invited_too_where_somebody_else_plans(month, review, member):
    colleague = member(Role.SERVICE_LEVEL_MANAGER)
    plan_meeting(review=review, meeting_at=TEN, minutes=45, by=colleague, now=made.TODAY)

    invited = set(OutboxMessage.objects.exclude(calendar="").values_list("to", flat=True))
    assert invited == {person.user.email for person in (month.head, month.reader, month.manager)}
    assert set(Notification.objects.filter(url=MEETING).values_list("kind", flat=True)) == {NoticeKind.MEETINGS}


def test_both_sides_go_through_the_meeting_in_the_browser(month, review, client_of):
    plan(month, review)
    head, manager = client_of(month.head), client_of(month.manager)
    assert MEETING in head.get(REVIEW).content.decode()

    head.post(f"{MEETING}topics/", {"topic-text": "Who calls the chains?"})
    topic = AgendaTopic.objects.get()
    manager.post(f"{MEETING}topics/{topic.pk}/close/")
    manager.post(f"{MEETING}decisions/", {"decision-text": "The desk is called first"})
    manager.post(f"{MEETING}minutes/", {"text": "All went well.", "present": "Ines Calder"})
    page = head.get(MEETING).content.decode()
    for said in ("12\u00a0November, 10:00", "Talked about", "The desk is called first", "All went well."):
        assert said in page
    read = MeetingMinutes.objects.get().written_at.isoformat()
    assert f'value="{read}"' in page

    after = head.post(f"{MEETING}confirm/", {"read": read}, follow=True).content.decode()

    assert "Confirmed by Ines Calder on" in after
    assert "topic-text" not in after
    refused = manager.post(f"{MEETING}decisions/", {"decision-text": "Another one"})
    assert refused.status_code == 422
    assert "Ines Calder confirmed the minutes" in refused.content.decode()


def test_the_file_is_taken_from_the_page(month, review, client_of):
    client, address = client_of(month.head), f"{REVIEW}meeting.ics"
    assert client.get(address).status_code == 404
    plan(month, review)

    answer = client.get(address)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="meeting-customer-orders-2026-10.ics"'
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")


def test_a_topic_of_another_unit_is_not_closed_here(month, review, client_of):
    other = factories.make_unit(slug="finance", name="Finance")
    theirs = ServiceReview.objects.create(
        business_unit=other, month=made.OCTOBER, report_agreement=made.make_layout(other)
    )
    topic = raise_topic(review=theirs, text="Theirs", by=month.manager, now=made.TODAY)

    assert client_of(month.manager).post(f"{MEETING}topics/{topic.pk}/close/").status_code == 404
    topic.refresh_from_db()
    assert topic.talked_in is None


def test_a_meeting_whose_minutes_are_confirmed_is_not_moved(month, review, client_of):
    plan(month, review)
    minutes = write_minutes(review=review, text="We talked.", present="", by=month.manager, now=made.TODAY)
    confirm_minutes(review=review, by=month.head, read=minutes.written_at.isoformat(), now=made.TODAY)
    client = client_of(month.manager)

    refused = client.post(f"{MEETING}plan/", {"meeting_at": "2026-11-20T10:00", "minutes": "45"})

    assert refused.status_code == 422
    assert "confirmed the minutes on 10 Nov 2026: this meeting is a record." in refused.content.decode().replace(
        "\u00a0", " "
    )
    page = client.get(MEETING).content.decode()
    assert "Plan the time" not in page
    assert f'href="{REVIEW}follow-ups/"' in page  # what is to be done is written down after it too
    review.refresh_from_db()
    assert review.meeting_at == TEN
