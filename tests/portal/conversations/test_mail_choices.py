"""Mail as each member wants it: at once or once a day, never in quiet hours, not about what they do without."""

import re
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.test import Client

from portal.conversations import actions, queries
from portal.conversations.models import MailChoice, MutedKind, NoticeKind, Notification, OutboxMessage, Rhythm
from portal.conversations.tasks import send_outbox, write_digests
from portal.tenancy.scope import tenant_scope
from tests.security.servers import as_owner

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)  # in London too
CHOICES = "/t/larkmoor/notices/mail/"
MIGRATION = "portal.conversations.migrations.0005_notices_have_kinds_of_their_own"


@pytest.fixture
def tell(tenant, people):
    def make(key="review-1", *, kind=NoticeKind.REVIEWS, now=NOW, text="The October review is out.", to=None):
        with tenant_scope(tenant.pk):
            members = [to or people.dana]
            actions.notify(members=members, text=text, url="/t/larkmoor/reviews/", key=key, kind=kind, now=now)

    return make


@pytest.fixture
def choose(tenant, people):
    def make(**chosen):
        usual = {"rhythm": Rhythm.AT_ONCE, "digest_hour": 8, "quiet_from": None, "quiet_until": None, "time_zone": ""}
        with tenant_scope(tenant.pk):
            return actions.choose_mail(
                member=people.dana, kinds=chosen.pop("kinds", NoticeKind.values), now=NOW, **usual | chosen
            )

    return make


@pytest.fixture
def digest(tenant, monkeypatch):
    """digest("2026-11-10 08:05") is what the timetable writes then, in UTC."""

    def go(moment):
        at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        monkeypatch.setattr("portal.clock.now", lambda: at)
        write_digests(tenant_id=tenant.pk)

    return go


@pytest.fixture
def outbox(tenant):
    def read():
        with tenant_scope(tenant.pk):
            return list(OutboxMessage.objects.order_by("pk"))

    return read


@pytest.mark.django_db(transaction=True)
def test_whoever_did_without_everything_else_does_without_what_was_taken_out_of_it(tenant, people):
    with tenant_scope(tenant.pk):
        MutedKind.objects.create(member=people.dana, kind=NoticeKind.OTHER)
        MutedKind.objects.create(member=people.dana, kind=NoticeKind.SURVEYS)
        MutedKind.objects.create(member=people.ben, kind=NoticeKind.TALK)
    with as_owner() as owner:
        for statement in import_module(
            "portal.conversations.migrations.0005_notices_have_kinds_of_their_own"
        ).STAY_MUTED:
            owner.execute(statement)
        owner.commit()

    with tenant_scope(tenant.pk):
        assert queries.list_muted(member=people.dana) == {"other", "meetings", "surveys", "feedback", "asks"}
        assert queries.list_muted(member=people.ben) == {"talk"}


def wait_of(tenant, message):
    with tenant_scope(tenant.pk):
        row = OutboxMessage.objects.annotate(read_at=Now()).get(pk=message.pk)
    return round((row.due_at - row.read_at).total_seconds() / 60)


def test_the_mail_of_the_day_holds_all_that_was_not_read_and_comes_once(tenant, tell, choose, digest, outbox):
    choose(rhythm=Rhythm.DAILY, digest_hour=8)
    for number in range(3):
        tell(f"review-{number}", text=f"Review {number} is out.")
    with tenant_scope(tenant.pk):
        Notification.objects.filter(key="review-1").update(read_at=NOW)
    assert outbox() == []

    digest("2026-11-11 07:50")
    assert outbox() == []
    for moment in ("2026-11-11 08:05", "2026-11-11 08:15", "2026-11-12 08:05"):
        digest(moment)

    (message,) = outbox()
    assert message.subject == "2 things for you today"
    assert [line["text"] for line in message.lines] == ["Review 0 is out.", "Review 2 is out."]
    assert message.body.index("Review 0 is out.") < message.body.index("Review 2 is out.")


def test_what_comes_after_the_mail_of_the_day_is_in_the_next_one(tell, choose, digest, outbox):
    choose(rhythm=Rhythm.DAILY, digest_hour=8)
    tell("one")
    digest("2026-11-11 08:05")
    tell("two")
    digest("2026-11-11 12:00")
    assert len(outbox()) == 1

    digest("2026-11-12 08:05")

    assert [message.subject for message in outbox()] == ["1 thing for you today"] * 2


def test_the_hour_is_where_the_reader_is(tell, choose, digest, outbox):
    """08:00 in Auckland is 19:00 UTC of the day before."""
    choose(rhythm=Rhythm.DAILY, digest_hour=8, time_zone="Pacific/Auckland")
    tell()

    digest("2026-11-10 18:50")
    assert outbox() == []
    digest("2026-11-10 19:05")

    (message,) = outbox()
    assert message.key.endswith("2026-11-11")


def test_who_goes_back_to_mail_at_once_gets_what_waits(tell, choose, digest, outbox):
    choose(rhythm=Rhythm.DAILY, digest_hour=20)
    tell()
    choose(rhythm=Rhythm.AT_ONCE)

    digest("2026-11-10 09:50")

    assert len(outbox()) == 1


def test_what_was_told_once_is_not_told_again_after_another_choice(tell, choose, digest, outbox):
    """A reminder is asked for each hour under the same key, whatever its reader chooses meanwhile."""
    choose(rhythm=Rhythm.DAILY)
    tell()
    digest("2026-11-11 08:05")
    choose(rhythm=Rhythm.AT_ONCE)
    tell()

    assert [message.subject for message in outbox()] == ["1 thing for you today"]


def test_the_mail_of_the_day_keeps_quiet_hours_and_leaves_out_what_its_reader_did_without_since(
    tenant, tell, choose, digest, outbox
):
    choose(rhythm=Rhythm.DAILY, digest_hour=8, quiet_from=22, quiet_until=9)
    tell("review")
    tell("talk", kind=NoticeKind.TALK, text="Ben wrote to you.")
    choose(rhythm=Rhythm.DAILY, digest_hour=8, quiet_from=22, quiet_until=9, kinds=[NoticeKind.TALK])

    digest("2026-11-11 08:05")

    (message,) = outbox()
    assert [line["text"] for line in message.lines] == ["Ben wrote to you."]
    assert wait_of(tenant, message) == 55


def test_a_worker_that_dies_while_it_writes_leaves_all_for_the_next(tenant, tell, choose, digest, outbox, monkeypatch):
    choose(rhythm=Rhythm.DAILY)
    tell()

    def die(*_args, **_named):
        raise SystemExit(9)

    with monkeypatch.context() as patch:
        patch.setattr(OutboxMessage.objects, "bulk_create", die)
        with pytest.raises(SystemExit), transaction.atomic():
            digest("2026-11-11 08:05")
    assert outbox() == []

    digest("2026-11-11 08:15")

    assert len(outbox()) == 1


@pytest.mark.parametrize(
    ("zone", "start", "end", "minutes"),
    [
        pytest.param("", 9, 11, 80, id="in the middle of them"),
        pytest.param("", 22, 7, 0, id="not at night"),
        pytest.param("Pacific/Auckland", 22, 7, 8 * 60 + 20, id="22:40 where the reader is"),
        pytest.param("America/New_York", 22, 7, 2 * 60 + 20, id="04:40 where the reader is"),
        pytest.param("", 10, 9, 0, id="the one hour that is not quiet"),
    ],
)
def test_mail_waits_for_the_end_of_quiet_hours(tenant, tell, choose, outbox, zone, start, end, minutes):
    choose(quiet_from=start, quiet_until=end, time_zone=zone)
    tell()

    (message,) = outbox()
    assert wait_of(tenant, message) == minutes


def test_the_night_in_which_clocks_go_back_is_an_hour_longer(choose):
    choice = choose(quiet_from=22, quiet_until=7)
    usual, longer = (datetime(2026, 10, day, 21, 0, tzinfo=UTC) for day in (20, 24))

    wait = [queries.quiet_wait(choice=choice, zone="Europe/London", now=at) for at in (usual, longer)]

    assert wait == [timedelta(hours=9), timedelta(hours=10)]


def test_a_kind_that_is_done_without_comes_by_portal_only(tenant, tell, choose, outbox):
    choose(kinds=[NoticeKind.TALK])
    tell("review")
    tell("talk", kind=NoticeKind.TALK)

    assert [message.key.split("-")[0] for message in outbox()] == ["talk"]
    with tenant_scope(tenant.pk):
        assert Notification.objects.count() == 2


def send(tenant):
    send_outbox(tenant_id=tenant.pk)
    return mail.outbox[-1]


def test_a_mail_is_text_and_page_and_says_how_to_do_without(tenant, tell, settings):
    settings.SITE_URL = "https://parley.example"
    tell(text="Orders & prices < 5 min late")

    message = send(tenant)

    ((page, kind),) = message.alternatives
    assert kind == "text/html"
    assert "Orders &amp; prices &lt; 5 min late" in page
    for form in (page, message.body):
        assert "https://parley.example/t/larkmoor/reviews/" in form
        assert "https://parley.example/t/larkmoor/mail/" in form
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<https://parley\.example/t/larkmoor/mail/[^/]+/>", message.extra_headers["List-Unsubscribe"])
    assert "src=" not in page


def test_what_was_sent_keeps_no_words(tenant, tell, outbox):
    tell()
    send(tenant)

    (message,) = outbox()
    assert (message.body, message.lines, message.unsubscribe_path) == ("", [], "")


@pytest.fixture
def way_out(tenant, tell, settings):
    settings.SITE_URL = "https://parley.example"
    tell("for the way out")
    address = send(tenant).extra_headers["List-Unsubscribe"].strip("<>")
    return address.removeprefix("https://parley.example")


def muted(tenant):
    with tenant_scope(tenant.pk):
        return set(MutedKind.objects.values_list("kind", flat=True))


def test_a_mail_program_does_without_in_one_click(tenant, way_out):
    """RFC 8058: a POST without cookies and without a page before it; looking changes nothing."""
    program = Client(enforce_csrf_checks=True)
    assert program.get(way_out).status_code == 200
    assert muted(tenant) == set()

    answers = [program.post(way_out, {"List-Unsubscribe": "One-Click"}).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert muted(tenant) == {NoticeKind.REVIEWS}


def test_only_a_token_of_this_tenant_does_anything(tenant, other_tenant, way_out):
    guest, broken = Client(), f"{way_out[:-3]}xx/"

    for address in (broken, way_out.replace("larkmoor", other_tenant.slug), way_out.replace("larkmoor", "nobody")):
        assert guest.post(address).status_code == 404
    assert muted(tenant) == set()


def test_a_mail_of_a_kind_that_is_gone_is_answered_kindly(tenant, people):
    with tenant_scope(tenant.pk):
        way_out = f"/t/{tenant.slug}/mail/{queries.unsubscribe_token(member=people.dana, kind='gossip')}/"

    answers = [Client().get(way_out), Client().post(way_out)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert all("Mail of this kind is not written any more." in answer.content.decode() for answer in answers)
    assert muted(tenant) == set()


def test_the_mail_of_the_day_with_several_kinds_leads_out_of_all(tenant, tell, choose, digest, settings):
    settings.SITE_URL = "https://parley.example"
    choose(rhythm=Rhythm.DAILY)
    tell("one")
    tell("two", kind=NoticeKind.TALK)
    digest("2026-11-11 08:05")

    address = send(tenant).extra_headers["List-Unsubscribe"].strip("<>").removeprefix("https://parley.example")
    Client().post(address)

    assert muted(tenant) == set(NoticeKind.values)


def test_a_member_chooses_on_a_page(tenant, people, client_of):
    client = client_of(people.dana)
    assert "The portal shows all of it in any case." in client.get(CHOICES).content.decode()

    sent = {"rhythm": "daily", "digest_hour": "7", "quiet_from": "20", "quiet_until": "6", "kinds": ["talk", "reviews"]}
    answer = client.post(CHOICES, sent, follow=True)

    assert "Your mail comes as you chose." in answer.content.decode()
    with tenant_scope(tenant.pk):
        choice = MailChoice.objects.get()
        assert (choice.member, choice.rhythm, choice.digest_hour) == (people.dana, Rhythm.DAILY, 7)
        assert (choice.quiet_from, choice.quiet_until, choice.time_zone) == (20, 6, "")
    assert muted(tenant) == set(NoticeKind.values) - {"talk", "reviews"}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"quiet_from": "20"}, "Quiet hours have a start and an end."),
        ({"quiet_from": "20", "quiet_until": "20"}, "Quiet hours end at another hour than they start."),
        ({"time_zone": "Mars/Olympus"}, "Mars/Olympus is not one of the available choices"),
        ({"rhythm": "never"}, "never is not one of the available choices"),
    ],
)
def test_what_makes_no_sense_is_refused(tenant, people, client_of, sent, said):
    answer = client_of(people.dana).post(CHOICES, {"rhythm": "daily", "digest_hour": "7"} | sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    with tenant_scope(tenant.pk):
        assert MailChoice.objects.count() == 0


def test_the_database_knows_hours_and_kinds(tenant, people):
    with tenant_scope(tenant.pk):
        for broken in (
            MailChoice(member=people.dana, quiet_from=5),
            MailChoice(member=people.dana, digest_hour=24),
            MailChoice(member=people.dana, rhythm="never"),
            MutedKind(member=people.dana, kind="weather"),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                broken.save()
