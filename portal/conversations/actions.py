"""Talking: starting a conversation, adding to it, and telling the people whom it concerns."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import BusinessUnit, Membership
from portal.audit.actions import record
from portal.conversations import queries, rendering
from portal.conversations.errors import CommentTooLong, ConversationClosed, EmptyComment, HighestLevel
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
from portal.tenancy.models import Tenant
from portal.tenancy.scope import required_tenant_id

MAIL_TRIES = 12  # over a day and a half: each wait is twice as long as the one before
FIRST_WAIT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to be sent, with the Message-ID that it has each time it is sent; `attempt` is whoever holds it now."""

    message_pk: int
    attempt: int
    message_id: str
    to: str
    subject: str
    body: str
    lines: Sequence[Mapping[str, str]] = ()
    unsubscribe_url: str = ""
    calendar: str = ""


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
    is_told: bool = True,
) -> Conversation:
    """Open a conversation between a business unit and IT, or inside IT, with its first comment; the other side is told.

    `url` is where its readers find it, if not on its own page. Whoever tells of it in other words (not `is_told`) finds
    whom it concerns in `list_concerned`. Refuses with EmptyComment and CommentTooLong.
    """
    conversation = Conversation.objects.create(
        business_unit=business_unit, subject=subject[:200], level=level, started_by=by, started_at=now
    )
    comment = _write(conversation, by=by, text=text, now=now)
    if is_told:
        _tell(comment, queries.list_concerned(conversation=conversation), url=url, now=now)
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
    _tell(comment, queries.list_followers(comment=comment), url=url, now=now)
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
    told = [*queries.list_followers(comment=comment), *queries.list_other_side(conversation=current, by=by)]
    _tell(comment, told, url="", now=now)
    record(act="conversation.raised", actor_id=by.user_id, at=now, subject=current.subject, level=current.level)
    return current


@transaction.atomic
def notify(
    *,
    members: Iterable[Membership],
    text: str,
    url: str,
    key: str,
    now: datetime,
    kind: str = NoticeKind.OTHER,
    by_mail: bool = True,
    calendars: Mapping[int, str] | None = None,
) -> None:
    """Tell members something, in the portal and by mail; the same key is told to each member once.

    `url` is an address inside the portal, `text` one sentence in the reader's words. Mail comes as each member has
    chosen: at once but for their quiet hours, in the mail of the day, or not for this `kind`. `calendars` are the files
    for calendars that go with a mail at once, by member.
    """
    told = {member.pk: member for member in members if member.is_active and member.user.is_active}
    for pk in queries.list_told(members=told.values(), key=key):
        del told[pk]  # whatever they chose since: once is once
    line = queries.first_words(text, longest=300)
    choices = queries.list_choices(members=told.values()) if by_mail else {}
    muted = queries.muted_members(members=told.values(), kind=kind) if by_mail else set(told)
    daily = {pk for pk, choice in choices.items() if choice.rhythm == Rhythm.DAILY} - muted
    tenant = Tenant.objects.get(pk=required_tenant_id())
    said: dict[str, Any] = {"key": key, "kind": kind, "at": now, "text": line, "url": url}
    files = calendars or {}
    Notification.objects.bulk_create(
        (Notification(member=member, awaits_digest=pk in daily, **said) for pk, member in told.items()),
        ignore_conflicts=True,
    )
    OutboxMessage.objects.bulk_create(
        (
            _mail_to(member, tenant, choice=choices.get(pk), calendar=files.get(pk, ""), **said)
            for pk, member in told.items()
            if pk not in muted | daily
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def choose_mail(
    *,
    member: Membership,
    rhythm: str,
    digest_hour: int,
    quiet_from: int | None,
    quiet_until: int | None,
    time_zone: str,
    kinds: Collection[str],
    now: datetime,
) -> MailChoice:
    """How a member wants mail from now on, and about which kinds; the portal shows all of them."""
    hours = {"digest_hour": digest_hour, "quiet_from": quiet_from, "quiet_until": quiet_until, "time_zone": time_zone}
    choice, _is_new = MailChoice.objects.update_or_create(member=member, defaults={"rhythm": rhythm} | hours)
    _mute(member, set(NoticeKind.values) - set(kinds))
    record(act="mail.chosen", actor_id=member.user_id, at=now, subject=rhythm, kinds=sorted(kinds))
    return choice


@transaction.atomic
def unsubscribe(*, member: Membership, kinds: Collection[str], now: datetime) -> None:
    """No more mail of these kinds, asked for from a mail itself; a second time changes nothing."""
    _mute(member, queries.list_muted(member=member) | set(kinds))
    record(act="mail.unsubscribed", actor_id=member.user_id, at=now, kinds=sorted(kinds))


@transaction.atomic
def write_digests(*, tenant: Tenant, now: datetime) -> int:
    """The mail of the day for each member whose hour has come: all that waits for it and was not read meanwhile.

    It is written in the same transaction in which its notices stop waiting, under a key of member and day, so that
    nothing is told twice and nothing is lost, whoever dies. Gives how many were written.
    """
    members = queries.list_digests_due(zone=tenant.time_zone, now=now)
    choices = queries.list_choices(members=members)
    return sum(_write_digest(member, choices.get(member.pk), tenant, now) for member in members)


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
def take_due_mail() -> Mail | None:
    """The mail that has waited longest, if one is due, right before it is sent: for a while it is nobody else's.

    After twelve tries it is taken no more.
    """
    due = OutboxMessage.objects.filter(sent_at=None, due_at__lte=Now(), attempts__lt=MAIL_TRIES)
    message = due.order_by("due_at", "id").select_for_update(skip_locked=True).first()
    if message is None:
        return None
    message.attempts += 1
    OutboxMessage.objects.filter(pk=message.pk).update(attempts=message.attempts, due_at=Now() + settings.MAIL_LEASE)
    return _mail(message)


@transaction.atomic
def mark_mail_sent(*, mail: Mail, now: datetime) -> None:
    """The mail server has it; its words, which may hold the address of an invitation, are not kept."""
    wiped = {"body": "", "lines": [], "unsubscribe_path": "", "calendar": "", "error": ""}
    OutboxMessage.objects.filter(pk=mail.message_pk).update(sent_at=now, **wiped)


@transaction.atomic
def mark_mail_failed(*, mail: Mail, error: str) -> None:
    """The mail server did not take it: it is tried again, each time after twice as long, if nobody else has it."""
    held = OutboxMessage.objects.filter(pk=mail.message_pk, attempts=mail.attempt, sent_at=None)
    held.update(error=error[:300], due_at=Now() + FIRST_WAIT * 2 ** (mail.attempt - 1))


def _mail(message: OutboxMessage) -> Mail:
    way_out = message.unsubscribe_path and f"{settings.SITE_URL}{message.unsubscribe_path}"
    head = (message.pk, message.attempts, _message_id(message), message.to, message.subject)
    more = {"lines": message.lines, "unsubscribe_url": way_out, "calendar": message.calendar}
    return Mail(*head, message.body, **more)


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
        kind=NoticeKind.TALK,
    )


def _mail_to(
    to: Membership,
    tenant: Tenant,
    *,
    text: str,
    url: str,
    key: str,
    kind: str,
    choice: MailChoice | None,
    at: datetime,
    calendar: str,
) -> OutboxMessage:
    address, way_out = f"{settings.SITE_URL}{url}", _unsubscribe_path(to, kind, tenant)
    return OutboxMessage(
        key=f"{key}-to-{to.pk}",
        to=to.user.email,
        subject=text[:200],
        body=_("%(line)s\n\nRead and answer: %(url)s\n") % {"line": text, "url": address} + _way_out(way_out),
        lines=[{"text": text, "url": address}],
        unsubscribe_path=way_out,
        calendar=calendar,
        created_at=at,
        due_at=Now() + queries.quiet_wait(choice=choice, zone=tenant.time_zone, now=at),
    )


def _write_digest(member: Membership, choice: MailChoice | None, tenant: Tenant, now: datetime) -> bool:
    waiting = Notification.objects.filter(member=member, awaits_digest=True).order_by("at", "id")
    notices = list(waiting.select_for_update(skip_locked=True))
    Notification.objects.filter(pk__in=[notice.pk for notice in notices]).update(awaits_digest=False)
    muted = queries.list_muted(member=member)
    unread = [notice for notice in notices if notice.read_at is None and notice.kind not in muted]
    if not unread:
        return False
    lines = [{"text": notice.text, "url": f"{settings.SITE_URL}{notice.url}"} for notice in unread]
    kinds = {notice.kind for notice in unread}
    kind = kinds.pop() if len(kinds) == 1 else queries.EVERY_KIND
    subject = ngettext("%(n)s thing for you today", "%(n)s things for you today", len(lines)) % {"n": len(lines)}
    way_out = _unsubscribe_path(member, kind, tenant)
    message = OutboxMessage(
        key=queries.digest_key(member=member, choice=choice, zone=tenant.time_zone, now=now),
        to=member.user.email,
        subject=subject,
        body="\n".join(f"{line['text']}\n{line['url']}\n" for line in lines) + _way_out(way_out),
        lines=lines,
        unsubscribe_path=way_out,
        created_at=now,
        due_at=Now() + queries.quiet_wait(choice=choice, zone=tenant.time_zone, now=now),
    )
    OutboxMessage.objects.bulk_create([message])
    return True


def _mute(member: Membership, kinds: Collection[str]) -> None:
    MutedKind.objects.filter(member=member).exclude(kind__in=kinds).delete()
    MutedKind.objects.bulk_create((MutedKind(member=member, kind=kind) for kind in kinds), ignore_conflicts=True)


def _unsubscribe_path(member: Membership, kind: str, tenant: Tenant) -> str:
    token = queries.unsubscribe_token(member=member, kind=kind)
    return reverse("mail_off", kwargs={"tenant": tenant.slug, "token": token})


def _way_out(path: str) -> str:
    address = f"{settings.SITE_URL}{path}"
    return _("\nNo more mail of this kind: %(url)s\n") % {"url": address}


def _message_id(message: OutboxMessage) -> str:
    """The same whenever a mail is sent again, so that a second copy can be told from a second mail."""
    digest = hashlib.sha256(f"{message.tenant_id} {message.key}".encode()).hexdigest()[:40]
    domain = settings.SITE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    return f"<{digest}@{domain}>"
