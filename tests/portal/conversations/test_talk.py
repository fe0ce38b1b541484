"""Talking: who hears of it, what is refused, what is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.accounts.models import Membership
from portal.audit.models import AuditEntry
from portal.conversations import actions, queries
from portal.conversations.errors import CommentTooLong, ConversationClosed, EmptyComment, HighestLevel
from portal.conversations.models import Comment, Conversation, Level, Mention, Notification, OutboxMessage
from portal.conversations.rendering import LONGEST
from portal.tenancy.scope import tenant_scope

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def larkmoor(tenant):
    with tenant_scope(tenant.pk):
        yield tenant


def told():
    """Names of those who were told, one for each notice."""
    return sorted(notice.member.user.name for notice in Notification.objects.select_related("member__user"))


def answer(conversation, by, text="Next week."):
    return actions.add_comment(conversation=conversation, by=by, text=text, now=LATER)


HEARS = [
    pytest.param("dana", "Hello", ["Sam Roy"], id="the business reaches the service level managers"),
    pytest.param("sam", "Hello", ["Dana Price"], id="IT reaches the heads of the unit"),
    pytest.param("sam", "@Ben Okoro knows", ["Ben Okoro", "Dana Price"], id="and those whom it names"),
    pytest.param("sam", "@Dana Price", ["Dana Price"], id="nobody is told twice"),
    pytest.param("dana", "@Dana Price", ["Sam Roy"], id="nobody is told what they said"),
    pytest.param("dana", "@Ann Lee", ["Sam Roy"], id="a head of another unit cannot read it, so is not told"),
    pytest.param("dana", "@Max Left", ["Sam Roy"], id="nor who has left"),
]


@pytest.mark.parametrize(("by", "text", "names"), HEARS)
def test_who_hears_of_a_new_conversation(start, people, larkmoor, by, text, names):
    start(by=getattr(people, by), text=text)

    assert told() == names


def test_those_who_took_part_hear_of_an_answer(start, people, larkmoor):
    conversation = start(by=people.dana)
    answer(conversation, people.owner, "Looking at it.")
    Notification.objects.all().delete()

    answer(conversation, people.dana, "Thank you.")

    assert told() == ["Ida Holm"]


def test_who_lost_the_unit_hears_no_more(start, people, larkmoor):
    conversation = start(by=people.ben)
    people.ben.unit_links.all().delete()
    Notification.objects.all().delete()

    answer(conversation, people.sam)

    assert told() == []


def test_a_mention_is_kept_and_shown(start, people, larkmoor):
    conversation = start(text="@Ida Holm, is it the scanner?")

    assert [mention.member for mention in Mention.objects.all()] == [people.owner]
    assert conversation.comments.get().html == "<p><strong>@Ida Holm</strong>, is it the scanner?</p>\n"


def test_the_source_of_a_comment_is_kept_and_an_old_rendering_made_anew(start, larkmoor):
    conversation = start(text="**Slow** today")
    conversation.comments.update(html="<script>alert(1)</script>", sanitiser_version=0)

    page = queries.get_page(conversation=conversation, time_zone="Europe/London")

    assert conversation.comments.get().text == "**Slow** today"
    assert page.comments[0].html == "<p><strong>Slow</strong> today</p>\n"


REFUSED = [
    pytest.param("", EmptyComment, "There is nothing to send yet", id="empty"),
    pytest.param(" \n\u202e ", EmptyComment, "There is nothing to send yet", id="nothing that can be seen"),
    pytest.param("a" * (LONGEST + 1), CommentTooLong, "10001 characters long, and a comment may have 10000", id="long"),
]


@pytest.mark.parametrize(("text", "refusal", "words"), REFUSED)
def test_what_cannot_be_said(start, people, larkmoor, text, refusal, words):
    conversation = start()

    with pytest.raises(refusal, match=words):
        answer(conversation, people.sam, text)
    with pytest.raises(refusal, match=words):
        start(text=text)

    assert Comment.objects.count() == 1
    assert Conversation.objects.count() == 1


def test_a_closed_conversation_is_not_gone_on_with(start, people, larkmoor):
    conversation = start()
    actions.close_conversation(conversation=conversation, by=people.ben, now=LATER)

    with pytest.raises(ConversationClosed):
        answer(conversation, people.sam)
    with pytest.raises(ConversationClosed):
        actions.close_conversation(conversation=conversation, by=people.sam, now=LATER)


def test_who_closed_a_conversation_and_who_opened_it_again_is_kept(start, people, larkmoor):
    conversation = start()
    actions.close_conversation(conversation=conversation, by=people.ben, now=LATER)
    actions.add_comment(conversation=conversation, by=people.sam, text="One more thing", now=LATER, reopens=True)

    kept = AuditEntry.objects.order_by("pk").values_list("act", "actor_id", "at", "subject")
    assert list(kept) == [
        ("conversation.closed", people.ben.user_id, LATER, "Order entry is slow"),
        ("conversation.reopened", people.sam.user_id, LATER, "Order entry is slow"),
    ]


def test_the_same_key_tells_each_member_once(people, larkmoor):
    for _ in range(2):
        actions.notify(members=[people.dana, people.sam], text="The review is out.", url="/x/", key="review-1", now=NOW)

    assert told() == ["Dana Price", "Sam Roy"]
    assert OutboxMessage.objects.count() == 2


@pytest.mark.parametrize("change", [{"is_active": False}, {"user__is_active": False}])
def test_who_has_left_is_told_nothing(people, larkmoor, change):
    member = people.dana
    if "is_active" in change:
        member.is_active = False
        member.save()
    else:
        member.user.is_active = False
        member.user.save()

    actions.notify(members=Membership.objects.filter(pk=member.pk), text="T", url="/x/", key="k", now=NOW)

    assert told() == []
    assert OutboxMessage.objects.count() == 0


def test_a_notice_without_mail(people, larkmoor):
    actions.notify(members=[people.dana], text="Ready.", url="/x/", key="k", now=NOW, by_mail=False)

    assert told() == ["Dana Price"]
    assert OutboxMessage.objects.count() == 0


def test_the_database_keeps_no_talk_at_a_level_that_is_none(start, larkmoor):
    with pytest.raises(IntegrityError, match="conversation_level_known"), transaction.atomic():
        start(level="shouting")


def test_a_talk_is_raised_level_by_level_with_its_reason(tenant, people, start):
    talk = start(by=people.dana)
    with tenant_scope(tenant.pk):
        planned = actions.raise_level(conversation=talk, by=people.dana, reason="It needs a budget", now=NOW)
        assert planned.level == Level.TACTICAL
        said = planned.comments.order_by("pk").last()
        assert said.text == "Raised from “Day to day” to “Planning”: It needs a budget"
        assert Notification.objects.filter(member=people.sam, key=f"comment-{said.pk}").count() == 1
        decided = actions.raise_level(conversation=planned, by=people.sam, reason="The board decides", now=NOW)
        assert decided.level == Level.STRATEGIC
        with pytest.raises(HighestLevel):
            actions.raise_level(conversation=decided, by=people.sam, reason="Higher", now=NOW)
        with pytest.raises(EmptyComment):
            actions.raise_level(conversation=start(by=people.ben), by=people.ben, reason=" ", now=NOW)
        actions.close_conversation(conversation=decided, by=people.dana, now=NOW)
        with pytest.raises(ConversationClosed):
            actions.raise_level(conversation=decided, by=people.sam, reason="Higher", now=NOW)


def test_a_talk_is_raised_in_the_browser(tenant, people, start, client_of):
    talk = start(by=people.dana)
    address = f"/t/larkmoor/talk/{talk.pk}/raise/"
    with tenant_scope(tenant.pk):
        client = client_of(people.ben)
        assert address in client.get(f"/t/larkmoor/talk/{talk.pk}/").content.decode()
        assert client.post(address, {"reason": ""}).status_code == 422
        page = client.post(address, {"reason": "It needs a budget"}, follow=True).content.decode()
        assert "Planning" in page
        assert "It needs a budget" in page
        assert client_of(people.ann).get(address).status_code == 404
