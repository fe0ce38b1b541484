"""Talking: starting a conversation, adding to it, and telling the people whom it concerns."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import BUSINESS_ROLES, BusinessUnit, Membership, Role
from portal.audit.actions import record
from portal.conversations import queries, rendering
from portal.conversations.errors import CommentTooLong, ConversationClosed, EmptyComment, HighestLevel
from portal.conversations.models import Comment, Conversation, Level, Mention, Notification, OutboxMessage

MAIL_TRIES = 8
MAILS_AT_ONCE = 50
FIRST_WAIT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to be sent, with the Message-ID that it has each time it is sent."""

    message_pk: int
    message_id: str
    to: str
    subject: str
    body: str


@transaction.atomic
def start_conversation(
    *,
    business_unit: BusinessUnit | None,
    subject: str,
    level: str,
    by: Membership,
    text: str,
    now: datetime,
    url: str = "",
) -> Conversation:
    """Open a conversation between a business unit and IT, or inside IT, with its first comment; the other side is told.

    `url` is where its readers find it, if not on its own page. Refuses with EmptyComment and CommentTooLong.
    """
    conversation = Conversation.objects.create(
        business_unit=business_unit, subject=subject[:200], level=level, started_by=by, started_at=now
    )
    comment = _write(conversation, by=by, text=text, now=now)
    _tell(comment, [*_other_side(conversation, by), *comment_mentions(comment=comment)], url=url, now=now)
    return conversation


@transaction.atomic
def add_comment(
    *, conversation: Conversation, by: Membership, text: str, now: datetime, url: str = "", reopens: bool = False
) -> Comment:
    """Say something in a conversation; those who took part and those who are mentioned are told.

    Where an answer may be owed (`reopens`), what is said opens a closed conversation again. Refuses with EmptyComment,
    CommentTooLong and ConversationClosed.
    """
    current = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if current.closed_at is not None:
        if not reopens:
            raise ConversationClosed
        current.closed_at = None
        current.save(update_fields=["closed_at"])
        record(act="conversation.reopened", actor_id=by.user_id, at=now, subject=current.subject)
    comment = _write(current, by=by, text=text, now=now)
    _tell(comment, [*_participants(current), *comment_mentions(comment=comment)], url=url, now=now)
    return comment


@transaction.atomic
def close_conversation(*, conversation: Conversation, by: Membership, now: datetime) -> None:
    """Nothing more needs to be said; what was said stays. Refuses with ConversationClosed."""
    if not Conversation.objects.filter(pk=conversation.pk, closed_at=None).update(closed_at=now):
        raise ConversationClosed
    record(act="conversation.closed", actor_id=by.user_id, at=now, subject=conversation.subject)


@transaction.atomic
def raise_level(*, conversation: Conversation, by: Membership, reason: str, now: datetime) -> Conversation:
    """Take a talk to the next level, with the reason as one more comment; both sides are told.

    Refuses with ConversationClosed, HighestLevel, EmptyComment and CommentTooLong.
    """
    current = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if current.closed_at is not None:
        raise ConversationClosed
    levels = list(Level)
    place = levels.index(Level(current.level)) + 1
    if place == len(levels):
        raise HighestLevel
    was, current.level = current.get_level_display(), levels[place]
    current.save(update_fields=["level"])
    said = {"was": was, "becomes": current.get_level_display(), "reason": rendering.tidy(reason)}
    if not said["reason"]:
        raise EmptyComment
    text = _("Raised from “%(was)s” to “%(becomes)s”: %(reason)s") % said
    comment = _write(current, by=by, text=text, now=now)
    told = [*_participants(current), *_other_side(current, by), *comment_mentions(comment=comment)]
    _tell(comment, told, url="", now=now)
    record(act="conversation.raised", actor_id=by.user_id, at=now, subject=current.subject, level=current.level)
    return current


@transaction.atomic
def notify(
    *, members: Iterable[Membership], text: str, url: str, key: str, now: datetime, by_mail: bool = True
) -> None:
    """Tell members something, in the portal and by mail; the same key is told to each member once.

    `url` is an address inside the portal, `text` one sentence in the reader's words.
    """
    told = {member.pk: member for member in members if member.is_active and member.user.is_active}.values()
    line = queries.first_words(text, longest=300)
    Notification.objects.bulk_create(
        (Notification(member=member, key=key, at=now, text=line, url=url) for member in told), ignore_conflicts=True
    )
    if by_mail:
        OutboxMessage.objects.bulk_create(
            (_mail_to(member, line, url=url, key=key, now=now) for member in told), ignore_conflicts=True
        )


@transaction.atomic
def send_mail(*, to: str, subject: str, body: str, key: str, now: datetime) -> None:
    """Send one mail to an address, once for each key, by way of the outbox."""
    line = queries.first_words(subject, longest=200)
    message = OutboxMessage(key=key, to=to, subject=line, body=body, created_at=now)
    OutboxMessage.objects.bulk_create([message], ignore_conflicts=True)


@transaction.atomic
def read_notification(*, notification: Notification, now: datetime) -> None:
    """The member has seen it; the first time counts."""
    Notification.objects.filter(pk=notification.pk, read_at=None).update(read_at=now)


@transaction.atomic
def read_all_notifications(*, member: Membership, now: datetime) -> None:
    """The member has seen all that they were told."""
    Notification.objects.filter(member=member, read_at=None).update(read_at=now)


@transaction.atomic
def take_due_mail() -> list[Mail]:
    """The mails to be sent now, each moved on so far that nobody else sends it meanwhile; after eight tries none is."""
    due = OutboxMessage.objects.filter(sent_at=None, due_at__lte=Now(), attempts__lt=MAIL_TRIES)
    messages = list(due.order_by("due_at", "id").select_for_update(skip_locked=True)[:MAILS_AT_ONCE])
    for message in messages:
        wait = FIRST_WAIT * 2**message.attempts
        OutboxMessage.objects.filter(pk=message.pk).update(attempts=F("attempts") + 1, due_at=Now() + wait)
    return [Mail(message.pk, _message_id(message), message.to, message.subject, message.body) for message in messages]


@transaction.atomic
def mark_mail_sent(*, message_pk: int, now: datetime) -> None:
    """The mail server has it; its words, which may hold the address of an invitation, are not kept."""
    OutboxMessage.objects.filter(pk=message_pk).update(sent_at=now, body="", error="")


@transaction.atomic
def mark_mail_failed(*, message_pk: int, error: str) -> None:
    """The mail server did not take it; it is tried again later."""
    OutboxMessage.objects.filter(pk=message_pk).update(error=error[:300])


def comment_mentions(*, comment: Comment) -> list[Membership]:
    """The members whom a comment names."""
    mentions = Mention.objects.filter(comment=comment).select_related("member__user").order_by("id")
    return [mention.member for mention in mentions]


def _write(conversation: Conversation, *, by: Membership, text: str, now: datetime) -> Comment:
    source = rendering.tidy(text)
    if not source:
        raise EmptyComment
    if len(source) > rendering.LONGEST:
        raise CommentTooLong(length=len(source), longest=rendering.LONGEST)
    readers = list(queries.list_readers(conversation=conversation))
    rendered = rendering.render(source, names=[reader.user.name for reader in readers])
    comment = Comment.objects.create(
        conversation=conversation,
        author=by,
        written_at=now,
        text=source,
        html=rendered.html,
        sanitiser_version=rendering.SANITISER_VERSION,
    )
    named = [reader for reader in readers if reader.user.name.casefold() in rendered.mentioned]
    Mention.objects.bulk_create(Mention(comment=comment, member=member) for member in named)
    return comment


def _tell(comment: Comment, members: Iterable[Membership], *, url: str, now: datetime) -> None:
    conversation = comment.conversation
    own_page = reverse(
        "conversation_detail",
        kwargs={"tenant": conversation.tenant.slug, "conversation_id": conversation.pk},
    )
    words = {"author": comment.author.user.name, "subject": conversation.subject}
    notify(
        members=[member for member in members if member.pk != comment.author_id],
        text=_("%(author)s wrote in “%(subject)s”") % words + f": {queries.first_words(comment.text)}",
        url=url or own_page,
        key=f"comment-{comment.pk}",
        now=now,
    )


def _participants(conversation: Conversation) -> QuerySet[Membership]:
    """Those who have said something here and may still read it."""
    authors = conversation.comments.values("author")
    return queries.list_readers(conversation=conversation).filter(pk__in=authors)


def _other_side(conversation: Conversation, by: Membership) -> QuerySet[Membership]:
    """Whom the business reaches, and IT inside itself: the service level managers. Whom IT reaches else: the heads of
    the unit.
    """
    to_it = conversation.business_unit_id is None or by.role in BUSINESS_ROLES
    role = Role.SERVICE_LEVEL_MANAGER if to_it else Role.BUSINESS_UNIT_HEAD
    return queries.list_readers(conversation=conversation).filter(role=role)


def _mail_to(member: Membership, line: str, *, url: str, key: str, now: datetime) -> OutboxMessage:
    body = _("%(line)s\n\nRead and answer: %(url)s\n") % {"line": line, "url": f"{settings.SITE_URL}{url}"}
    return OutboxMessage(
        key=f"{key}-to-{member.pk}", to=member.user.email, subject=line[:200], body=body, created_at=now
    )


def _message_id(message: OutboxMessage) -> str:
    """The same whenever a mail is sent again, so that a second copy can be told from a second mail."""
    digest = hashlib.sha256(f"{message.tenant_id} {message.key}".encode()).hexdigest()[:40]
    domain = settings.SITE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    return f"<{digest}@{domain}>"
