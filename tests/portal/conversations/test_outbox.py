"""Mail is sent at least once, can be told from a second copy, and never holds up a request."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
from django.core import mail
from django.db import connection
from django.db.models.functions import Now

from portal.conversations import actions
from portal.conversations.models import OutboxMessage
from portal.conversations.tasks import send_outbox
from portal.language.icalendar import Event, Person, calendar_file
from portal.tenancy.scope import tenant_scope

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


@pytest.fixture
def write(tenant, people):
    def make(key="review-1", text="The October review is out."):
        with tenant_scope(tenant.pk):
            actions.notify(members=[people.dana], text=text, url="/t/larkmoor/reviews/", key=key, now=NOW)

    return make


class BrokenBackend:
    """A mail server that takes nothing."""

    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError("no mail server at port 25")


class SlowBackend(BrokenBackend):
    """A mail server that sees how many mails somebody else could take while it is spoken to."""

    def send_messages(self, messages):
        with tenant_scope(self.tenant.pk):
            self.open.append(OutboxMessage.objects.filter(sent_at=None, due_at__lte=Now()).count())
        return len(messages)


class PickyBackend(BrokenBackend):
    """A mail server at which one message breaks what sends it."""

    def send_messages(self, messages):
        if "0" in messages[0].subject:
            raise ValueError("this subject is not liked")
        return len(messages)


class WatchfulBackend:
    """A mail server that sees whether a transaction is open while it is spoken to."""

    seen = []

    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        self.seen.append(connection.in_atomic_block)
        return len(messages)


def send(tenant):
    send_outbox(tenant_id=tenant.pk)


def let_time_pass(tenant):
    with tenant_scope(tenant.pk):
        OutboxMessage.objects.update(due_at=Now() - timedelta(seconds=1))


def test_a_notice_goes_by_mail_with_the_way_to_it(tenant, write, settings):
    settings.SITE_URL = "https://parley.example"
    write()

    send(tenant)

    (message,) = mail.outbox
    assert message.to == ["dana@larkmoor.example"]
    assert message.subject == "The October review is out."
    assert "https://parley.example/t/larkmoor/reviews/" in message.body


def test_an_invitation_brings_a_file_that_calendars_take_in(tenant, people, settings):
    settings.SITE_URL = "https://parley.example"
    event = Event(
        uid="review.2026-10.orders.larkmoor@parley.example", sequence=1, starts_at=NOW, minutes=45, summary="Zürich",
        description="", url="https://parley.example/", organiser=Person("Sam", "sam@larkmoor.example"), stamped_at=NOW,
    )  # fmt: skip
    file = calendar_file(event, invited=Person("Dana", "dana@larkmoor.example"))
    with tenant_scope(tenant.pk):
        actions.notify(
            members=[people.dana, people.ben], text="Meeting", url="/t/larkmoor/", key="meeting-1-0", now=NOW,
            calendars={people.dana.pk: file.decode()},
        )  # fmt: skip

    send(tenant)

    sent = {message.to[0]: message for message in mail.outbox}
    assert sent["ben@larkmoor.example"].attachments == []
    whole = message_from_bytes(sent["dana@larkmoor.example"].message().as_bytes())
    (part,) = [each for each in whole.walk() if each.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    assert part.get_filename() == "invitation.ics"
    assert part.get_payload(decode=True) == file
    with tenant_scope(tenant.pk):
        assert set(OutboxMessage.objects.values_list("calendar", flat=True)) == {""}


def test_what_was_sent_is_not_sent_again(tenant, write):
    write()

    send(tenant)
    let_time_pass(tenant)
    send(tenant)

    assert len(mail.outbox) == 1


def test_a_mail_that_is_being_sent_is_not_taken_by_a_second_sender(tenant, write):
    write()

    with tenant_scope(tenant.pk):
        assert actions.take_due_mail() is not None
        assert actions.take_due_mail() is None


def test_a_slow_mail_server_lets_nobody_take_what_is_not_being_sent_yet(tenant, write, settings):
    """Each mail is taken right before it is sent: one that still waits for its turn is nobody's."""
    settings.EMAIL_BACKEND = f"{__name__}.SlowBackend"
    SlowBackend.tenant, SlowBackend.open = tenant, []
    for number in range(3):
        write(f"review-{number}")

    send(tenant)

    assert SlowBackend.open == [2, 1, 0]


def test_a_mail_that_cannot_be_written_holds_up_no_other(tenant, write, settings):
    settings.EMAIL_BACKEND = f"{__name__}.PickyBackend"
    for number in range(3):
        write(f"review-{number}", text=f"Review {number} is out.")

    send(tenant)

    with tenant_scope(tenant.pk):
        rows = [(row.sent_at is None, row.error) for row in OutboxMessage.objects.order_by("key")]
        assert rows == [(True, "this subject is not liked"), (False, ""), (False, "")]


def test_who_wakes_up_late_changes_nothing_of_who_sends_now(tenant, write):
    write()
    with tenant_scope(tenant.pk):
        late = actions.take_due_mail()
        OutboxMessage.objects.update(due_at=Now())
        actions.take_due_mail()
        before = OutboxMessage.objects.values().get()
        actions.mark_mail_failed(mail=late, error="it took too long")

        assert OutboxMessage.objects.values().get() == before


def test_a_second_copy_has_the_same_message_id_and_another_mail_another(tenant, write):
    write("one")
    write("two")
    send(tenant)
    with tenant_scope(tenant.pk):
        OutboxMessage.objects.update(sent_at=None)
    let_time_pass(tenant)
    send(tenant)

    ids = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert sorted(ids[:2]) == sorted(ids[2:])
    assert len(set(ids)) == 2


def test_a_mail_server_that_is_down_is_tried_again_later_and_then_no_more(tenant, write, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"
    write()

    for _ in range(actions.MAIL_TRIES + 2):
        let_time_pass(tenant)
        send(tenant)

    with tenant_scope(tenant.pk):
        message = OutboxMessage.objects.get()
        assert (message.attempts, message.sent_at) == (actions.MAIL_TRIES, None)
        assert message.error == "no mail server at port 25"
    (given_up,) = [line.getMessage() for line in caplog.records if line.levelname == "ERROR"]
    assert given_up == f"mail {message.pk} is given up: that was the last try"


def test_each_failure_waits_twice_as_long(tenant, write, settings):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"
    write()
    waits = []
    for _ in range(3):
        let_time_pass(tenant)
        send(tenant)
        with tenant_scope(tenant.pk):
            waits.append(OutboxMessage.objects.annotate(wait_at=Now()).get())

    minutes = [round((message.due_at - message.wait_at).total_seconds() / 60) for message in waits]
    assert minutes == [1, 2, 4]


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_mail_server_is_spoken_to(tenant, write, settings):
    settings.EMAIL_BACKEND = f"{__name__}.WatchfulBackend"
    WatchfulBackend.seen.clear()
    write()

    send(tenant)

    assert WatchfulBackend.seen == [False]


def test_line_breaks_in_a_text_do_not_become_headers(tenant, write):
    write(text="Hello\nBcc: everyone@example.org")

    send(tenant)

    (message,) = mail.outbox
    assert message.subject == "Hello Bcc: everyone@example.org"
    assert message.recipients() == ["dana@larkmoor.example"]


def test_the_mail_of_one_tenant_is_not_sent_for_another(tenant, other_tenant, write):
    write()

    send(other_tenant)

    assert mail.outbox == []
