"""How a unit and IT talk at each level: agreed by either side, silence and late answers are seen and told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.accounts.models import Role
from portal.conversations.actions import add_comment, close_conversation, start_conversation
from portal.conversations.models import Level, Notification
from reporting.actions.channels import accept_channel, propose_channel, tell_silence
from reporting.models import Rhythm, TalkChannel
from reporting.queries.channels import find_channel, find_proposal, list_channels, list_silent
from tests import factories
from tests.reporting import factories as made
from tests.slas.factories import at

LIST = "/t/larkmoor/channels/"
QUERIES = 11
FRIDAY, TUESDAY, WEDNESDAY = at("2026-11-06 16:00"), at("2026-11-10 23:00"), at("2026-11-11 08:00")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: made.TODAY)


def agree(month, level=Level.OPERATIONAL, rhythm=Rhythm.WEEK, days=2, now=FRIDAY, **fields):
    said = {"for_it": None, "for_business": None, "by": month.manager} | fields
    proposal = propose_channel(
        unit=month.unit, level=level, rhythm_days=rhythm, answer_working_days=days, now=now, **said
    )
    return accept_channel(unit=month.unit, level=level, read=proposal.set_at.isoformat(), by=month.head, now=now)


def talk(month, by, level=Level.OPERATIONAL, now=FRIDAY):
    return start_conversation(
        business_unit=month.unit, subject="Order entry is slow", level=level, by=by, text="Since Monday.", now=now
    )


def line_of(reader, level=Level.OPERATIONAL, now=made.TODAY):
    return next(line for line in list_channels(reader=reader, now=now) if line.level == level)


def late(month, now):
    return [(each.subject, each.words.replace("\u00a0", " ")) for each in line_of(month.head, now=now).late]


def test_each_level_of_each_unit_has_a_line(simple):
    agree(simple, for_it=simple.owner, for_business=simple.reader)

    lines = [
        (line.label, line.agreed.replace("\u00a0", " "), line.speakers, line.last)
        for line in list_channels(reader=simple.head, now=made.TODAY)
    ]

    assert lines == [
        (
            "Day to day",
            "Each week, answered within 2 working days",
            "Rowan Tessaly, Maia Lindqvar",
            "Nothing was said yet",
        ),
        ("Planning", "", "", "Nothing was said yet"),
        ("Direction", "", "", "Nothing was said yet"),
    ]


@pytest.mark.parametrize(
    ("by", "who"),
    [pytest.param("head", "IT", id="IT owes"), pytest.param("manager", "Customer Orders", id="the unit owes")],
)
def test_an_answer_is_late_after_the_promised_working_days(simple, by, who):
    agree(simple)
    talk(simple, getattr(simple, by))  # on Friday: two working days are Tuesday's end

    assert late(simple, TUESDAY) == []
    assert late(simple, WEDNESDAY) == [("Order entry is slow", f"{who}, promised by 10 Nov")]


def test_what_was_answered_or_closed_is_not_late(simple):
    agree(simple)
    answered, closed = talk(simple, simple.head), talk(simple, simple.head)
    add_comment(conversation=answered, by=simple.owner, text="We look.", now=TUESDAY)
    close_conversation(conversation=closed, by=simple.head, now=TUESDAY)

    assert late(simple, WEDNESDAY) == []


def test_to_thanks_nobody_owes_an_answer(simple):
    agree(simple)
    add_comment(conversation=talk(simple, simple.head), by=simple.owner, text="It is faster now.", now=FRIDAY)
    add_comment(conversation=talk(simple, simple.head), by=simple.head, text="Thank you, Maia!", now=FRIDAY)

    assert [words for _subject, words in late(simple, WEDNESDAY)] == ["Customer Orders, promised by 10 Nov"]


def test_silence_is_longer_than_the_rhythm_since_the_last_word(simple):
    agree(simple)
    talk(simple, simple.head)

    assert [line_of(simple.head, now=FRIDAY + timedelta(days=days)).is_silent for days in (7, 8)] == [False, True]
    assert not line_of(simple.head, Level.TACTICAL, FRIDAY + timedelta(days=900)).is_silent  # nothing was agreed


def test_silence_is_told_once_to_who_speaks(simple, member):
    channel = agree(simple, for_business=simple.reader)
    told = Notification.objects.filter(key__startswith=f"silence-{channel.pk}-")
    for days in (7, 8, 9):
        tell_silence(now=FRIDAY + timedelta(days=days))

    assert set(told.values_list("member", flat=True)) == {simple.reader.pk, simple.manager.pk}
    assert told.count() == 2
    assert told[0].text == "Customer Orders and IT have said nothing about day to day since 6 Nov 2026."
    talk(simple, simple.head, now=FRIDAY + timedelta(days=10))
    tell_silence(now=FRIDAY + timedelta(days=18))
    assert told.count() == 4


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"accepted_by": None}, "channel_accepted_by_somebody"),
        ({"level": "loud"}, "channel_level_known"),
        ({"rhythm_days": 8}, "channel_rhythm_known"),
        ({"answer_working_days": 0}, "channel_days_in_range"),
        ({"answer_working_days": 21}, "channel_days_in_range"),
    ],
)
def test_the_database_keeps_no_channel_without_sense(simple, changed, constraint):
    channel = agree(simple)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        TalkChannel.objects.filter(pk=channel.pk).update(**changed)


def test_one_side_proposes_and_it_holds_once_the_other_has_accepted_what_it_read(simple, client_of):
    address = "/t/larkmoor/units/customer-orders/channels/tactical/"
    form = {
        "rhythm_days": "31",
        "answer_working_days": "3",
        "for_business": simple.reader.pk,
        "for_it": simple.owner.pk,
    }

    assert client_of(simple.head).post(address, form).url == LIST

    proposal = TalkChannel.objects.get()
    assert (proposal.level, proposal.rhythm_days, proposal.for_it) == (Level.TACTICAL, 31, simple.owner)
    assert Notification.objects.filter(member=simple.owner, url=LIST).count() == 1
    assert not Notification.objects.filter(member=simple.head).exists()
    accept, read = f"{address}accept/", {"read": proposal.set_at.isoformat()}
    own = client_of(simple.head)
    assert "Waits for the other side" in own.get(LIST).content.decode()
    assert "Your side has proposed this" in own.post(accept, read, follow=True).content.decode()
    manager = client_of(simple.manager)
    assert f'value="{read["read"]}"' in manager.get(LIST).content.decode()
    assert "Something else was proposed" in manager.post(accept, {"read": ""}, follow=True).content.decode()
    assert find_channel(unit=simple.unit, level=Level.TACTICAL) is None  # nothing holds yet
    assert list(list_silent(now=FRIDAY + timedelta(days=400))) == []

    assert "Agreed by both sides." in manager.post(accept, read, follow=True).content.decode()

    assert find_channel(unit=simple.unit, level=Level.TACTICAL).accepted_by == simple.manager
    assert "Nothing is proposed here any more" in manager.post(accept, read, follow=True).content.decode()
    assert manager.post(address, form).status_code == 422  # the same again
    manager.post(address, form | {"rhythm_days": "14"})
    assert find_channel(unit=simple.unit, level=Level.TACTICAL).rhythm_days == 31  # holds until the other is accepted
    waiting = find_proposal(unit=simple.unit, level=Level.TACTICAL).set_at.isoformat()
    own.post(accept, {"read": waiting})
    assert TalkChannel.objects.get().rhythm_days == 14
    refused = client_of(simple.head).post(address, form | {"for_it": simple.reader.pk})
    assert refused.status_code == 422
    assert client_of(simple.head).get("/t/larkmoor/units/customer-orders/channels/loud/").status_code == 404


def test_the_talk_shows_what_is_silent_and_to_its_unit_alone(simple, member, client_of):
    agree(simple, now=FRIDAY - timedelta(days=30))
    by_htmx = {"headers": {"HX-Request": "true"}}
    outsider = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit(name="Finance")])

    assert f'hx-get="{LIST}"' in client_of(simple.head).get("/t/larkmoor/talk/").content.decode()
    assert "Customer Orders, day to day" in client_of(simple.head).get(LIST, **by_htmx).content.decode()
    assert "Customer Orders" not in client_of(outsider).get(LIST, **by_htmx).content.decode()
    assert "Customer Orders" not in client_of(outsider).get(LIST).content.decode()


def test_the_page_costs_the_same_for_one_unit_and_for_thirty(simple, client_of, django_assert_num_queries, settings):
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"
    client = client_of(simple.manager)

    def ask():
        with django_assert_num_queries(QUERIES):
            assert client.get(LIST).status_code == 200

    agree(simple)
    talk(simple, simple.head)
    ask()
    for number in range(30):
        unit = factories.make_unit(name=f"Unit {number}")
        agreed = {"unit": unit, "level": Level.OPERATIONAL, "rhythm_days": 7, "answer_working_days": 2}
        TalkChannel.objects.create(
            business_unit=agreed.pop("unit"), **agreed, set_by=simple.manager, set_at=FRIDAY,
            accepted_by=simple.head, accepted_at=FRIDAY,
        )  # fmt: skip
        start_conversation(
            business_unit=unit, subject="Slow", level=Level.OPERATIONAL, by=simple.manager, text="x", now=FRIDAY
        )
    ask()
