"""Conversations, their comments and the notices of a member: what a reader may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.accounts.models import BUSINESS_ROLES, Membership
from portal.accounts.queries import list_visible_units
from portal.conversations import rendering
from portal.conversations.models import Comment, Conversation, Level, Notification
from portal.language import dates


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
    """The beginning of a comment on one line, for a notice."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
