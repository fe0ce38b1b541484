"""Conversations, their comments and the notices of a member: what a reader may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core import signing
from django.db.models import Count, Max, Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.accounts.models import BUSINESS_ROLES, Membership, Role
from portal.accounts.queries import list_visible_units
from portal.conversations import rendering
from portal.conversations.models import (
    Comment,
    Conversation,
    Level,
    MailChoice,
    Mention,
    MutedKind,
    NoticeKind,
    Notification,
    OutboxMessage,
    Rhythm,
)
from portal.language import dates
from portal.tenancy.scope import required_tenant_id

EVERY_KIND = "every"  # what a mail with notices of several kinds is done without


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A comment as a page shows it."""

    id: int
    author: str
    initials: str
    it: bool
    when: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """A conversation with all that was said, in the order in which it was said."""

    id: int
    subject: str
    level: str
    unit: str
    is_closed: bool
    closed: str
    comments: list[CommentLine]


@dataclass(frozen=True, slots=True)
class ConversationLine:
    """A conversation as a list shows it."""

    id: int
    subject: str
    level: str
    unit: str
    comments: int
    last: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """One value that a list can be narrowed to, and how many there are."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """The values of one parameter of the address."""

    legend: str
    name: str
    choices: list[FilterChoice]


def list_conversations(
    *, reader: Membership, levels: list[str] | None = None, units: list[str] | None = None
) -> QuerySet[Conversation]:
    """What the reader may follow, the latest word first, with `comment_count` and `last_at`."""
    found = _visible_to(reader).select_related("business_unit", "started_by__user")
    if levels:
        found = found.filter(level__in=levels)
    if units:
        found = found.filter(business_unit__slug__in=units)
    return found.annotate(comment_count=Count("comments"), last_at=Max("comments__written_at")).order_by(
        "-last_at", "-id"
    )


def list_rows(*, conversations: Iterable[Any], time_zone: str) -> list[ConversationLine]:
    """The lines of a list made by `list_conversations`; `time_zone` is where its readers are."""
    return [
        ConversationLine(
            id=conversation.pk,
            subject=conversation.subject,
            level=conversation.get_level_display(),
            unit=conversation.between,
            comments=conversation.comment_count,
            last=dates.moment(dates.local(conversation.last_at, time_zone)),
            is_closed=conversation.closed_at is not None,
        )
        for conversation in conversations
    ]


def list_filters(*, reader: Membership, chosen: Mapping[str, list[str]]) -> list[FilterGroup]:
    """The levels and units that the list can be narrowed to; one unit alone is no choice."""
    visible = _visible_to(reader)
    by_level = dict(visible.values_list("level").annotate(Count("id")).order_by())
    levels = [
        FilterChoice(value, str(label), by_level.get(value, 0), value in chosen["level"])
        for value, label in Level.choices
    ]
    names = ("business_unit__slug", "business_unit__name")
    of_units = visible.exclude(business_unit=None)
    by_unit = of_units.values_list(*names).annotate(Count("id")).order_by("business_unit__name")
    units = [FilterChoice(slug, name, count, slug in chosen["unit"]) for slug, name, count in by_unit]
    groups = [FilterGroup(_("Level"), "level", levels)]
    return [*groups, FilterGroup(_("Business unit"), "unit", units)] if len(units) > 1 else groups


def get_conversation(*, reader: Membership, conversation_id: int) -> Conversation:
    """One conversation that the reader may follow.

    Raises Conversation.DoesNotExist for those of other units.
    """
    return _visible_to(reader).select_related("business_unit").get(pk=conversation_id)


def get_page(*, conversation: Conversation, time_zone: str) -> ConversationPage:
    """All that was said in a conversation; `time_zone` is where its readers are."""
    comments = conversation.comments.select_related("author__user").order_by("written_at", "id")
    closed_at = conversation.closed_at
    return ConversationPage(
        id=conversation.pk,
        subject=conversation.subject,
        level=conversation.get_level_display(),
        unit=conversation.between,
        is_closed=closed_at is not None,
        closed=dates.moment(dates.local(closed_at, time_zone)) if closed_at else "",
        comments=[get_line(comment=comment, time_zone=time_zone) for comment in comments],
    )


def get_line(*, comment: Comment, time_zone: str) -> CommentLine:
    """A comment as it is shown; one that was cleaned by an older list is cleaned anew."""
    author = comment.author
    return CommentLine(
        id=comment.pk,
        author=author.user.name,
        initials=author.user.initials,
        it=author.is_it,
        when=dates.moment(dates.local(comment.written_at, time_zone)),
        html=get_html(comment=comment),
    )


def get_html(*, comment: Comment) -> SafeString:
    """The safe rendering of a comment."""
    if comment.sanitiser_version == rendering.SANITISER_VERSION:
        return rendering.trusted(comment.html)
    return rendering.render(comment.text).html


def list_readers(*, conversation: Conversation) -> QuerySet[Membership]:
    """The active members who may follow a conversation: all but business roles of other units."""
    may_follow = ~Q(role__in=BUSINESS_ROLES)
    if conversation.business_unit_id is not None:
        may_follow |= Q(unit_links__business_unit=conversation.business_unit_id)
    return (
        Membership.objects.filter(may_follow, is_active=True, user__is_active=True)
        .select_related("user")
        .order_by("user__name", "id")
        .distinct()
    )


def list_concerned(*, conversation: Conversation) -> list[Membership]:
    """Whom the first word of a conversation concerns: the other side, and the members whom it names."""
    first = conversation.comments.order_by("written_at", "pk")[0]
    other = list_other_side(conversation=conversation, by=conversation.started_by)
    return [member for member in [*other, *list_mentioned(comment=first)] if member.pk != first.author_id]


def list_followers(*, comment: Comment) -> list[Membership]:
    """Whom a comment concerns: those who have said something there and may still read it, and those whom it names."""
    authors = Comment.objects.filter(conversation=comment.conversation_id).values("author")
    took_part = list_readers(conversation=comment.conversation).filter(pk__in=authors)
    return [*took_part, *list_mentioned(comment=comment)]


def list_other_side(*, conversation: Conversation, by: Membership) -> QuerySet[Membership]:
    """Whom the business reaches, and IT inside itself: the service level managers. Whom IT reaches else: the heads of
    the unit.
    """
    to_it = conversation.business_unit_id is None or by.role in BUSINESS_ROLES
    role = Role.SERVICE_LEVEL_MANAGER if to_it else Role.BUSINESS_UNIT_HEAD
    return list_readers(conversation=conversation).filter(role=role)


def list_mentioned(*, comment: Comment) -> list[Membership]:
    """The members whom a comment names."""
    mentions = Mention.objects.filter(comment=comment).select_related("member__user").order_by("id")
    return [mention.member for mention in mentions]


def list_notifications(*, member: Membership) -> QuerySet[Notification]:
    """What a member was told, the latest first."""
    return Notification.objects.filter(member=member).order_by("-at", "-id")


def get_notification(*, member: Membership, notification_id: int) -> Notification:
    """One of the member's own notices.

    Raises Notification.DoesNotExist for those of others.
    """
    return Notification.objects.get(member=member, pk=notification_id)


def count_unread(*, member: Membership) -> int:
    """How many notices wait to be read."""
    return Notification.objects.filter(member=member, read_at=None).count()


def _visible_to(reader: Membership) -> QuerySet[Conversation]:
    if reader.is_business:
        return Conversation.objects.filter(business_unit__in=list_visible_units(reader=reader))
    return Conversation.objects.all()


def first_words(text: str, *, longest: int = 120) -> str:
    """The beginning of a comment on one line, for a notice and a mail: nothing in it turns or hides what follows."""
    line = " ".join(rendering.tidy(text).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def find_choice(*, member: Membership) -> MailChoice:
    """How a member wants mail; unsaved, with what holds for everybody, where they have chosen nothing."""
    chosen = MailChoice.objects.filter(member=member).first()  # at most one: it is unique
    return chosen or MailChoice(member=member)


def list_choices(*, members: Iterable[Membership]) -> dict[int, MailChoice]:
    """The choices of members who have made any, by member."""
    return {choice.member_id: choice for choice in MailChoice.objects.filter(member__in=[each.pk for each in members])}


def list_muted(*, member: Membership) -> set[str]:
    """The kinds that a member gets no mail about."""
    return set(MutedKind.objects.filter(member=member).values_list("kind", flat=True))


def list_told(*, members: Iterable[Membership], key: str) -> set[int]:
    """Which of these members were told under that key before."""
    told = Notification.objects.filter(member__in=[each.pk for each in members], key=key)
    return set(told.values_list("member", flat=True))


def muted_members(*, members: Iterable[Membership], kind: str) -> set[int]:
    """Which of these members get no mail of a kind."""
    muted = MutedKind.objects.filter(member__in=[each.pk for each in members], kind=kind)
    return set(muted.values_list("member", flat=True))


def quiet_wait(*, choice: MailChoice | None, zone: str, now: datetime) -> timedelta:
    """How long a mail waits until the quiet hours of its reader are over; they may pass midnight."""
    if choice is None or choice.quiet_from is None or choice.quiet_until is None:
        return timedelta(0)
    here = now.astimezone(ZoneInfo(choice.time_zone or zone))
    start, end, hour = choice.quiet_from, choice.quiet_until, here.hour
    is_quiet = start <= hour < end if start < end else hour >= start or hour < end
    if not is_quiet:
        return timedelta(0)
    day = here.date() + timedelta(days=1 if hour >= end else 0)
    return datetime.combine(day, time(end), here.tzinfo).astimezone(UTC) - now


def list_digests_due(*, zone: str, now: datetime) -> list[Membership]:
    """Members with notices that wait for the mail of the day, whose hour has come and who had none today."""
    waiting = Notification.objects.filter(awaits_digest=True, member__is_active=True, member__user__is_active=True)
    members = Membership.objects.filter(pk__in=waiting.values("member")).select_related("user").order_by("pk")
    choices = list_choices(members=members)
    due = [each for each in members if _hour_has_come(choices.get(each.pk), zone, now)]
    keys = {digest_key(member=each, choice=choices.get(each.pk), zone=zone, now=now): each for each in due}
    written = set(OutboxMessage.objects.filter(key__in=keys).values_list("key", flat=True))
    return [member for key, member in keys.items() if key not in written]


def digest_key(*, member: Membership, choice: MailChoice | None, zone: str, now: datetime) -> str:
    """One for each member and day, where the member is."""
    return f"digest-{member.pk}-{_here(choice, zone, now).date()}"


def unsubscribe_token(*, member: Membership, kind: str) -> str:
    """What lets whoever holds a mail do without more of its kind, and nothing else; of this tenant only."""
    return signing.dumps([member.pk, kind], salt=_salt())


def read_unsubscribe_token(*, token: str) -> tuple[Membership, list[str]]:
    """Whom and which kinds a token names; none where mail of its kind is not written any more.

    Raises Membership.DoesNotExist for one that was not given here.
    """
    try:
        pk, kind = signing.loads(token, salt=_salt())
    except signing.BadSignature as error:
        raise Membership.DoesNotExist(token) from error
    member = Membership.objects.select_related("user").get(pk=pk)
    if kind == EVERY_KIND:
        return member, NoticeKind.values
    return member, [kind] if kind in NoticeKind.values else []


def _salt() -> str:
    return f"mail of tenant {required_tenant_id()}"


def _here(choice: MailChoice | None, zone: str, now: datetime) -> datetime:
    return now.astimezone(ZoneInfo((choice.time_zone if choice else "") or zone))


def _hour_has_come(choice: MailChoice | None, zone: str, now: datetime) -> bool:
    """Whoever has gone back to mail at once gets what waits now."""
    if choice is None or choice.rhythm != Rhythm.DAILY:
        return True
    return _here(choice, zone, now).hour >= choice.digest_hour
