"""Complaints and compliments: raised by the business, answered by IT, closed by the business."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Service
from portal.accounts.models import BusinessUnit, Membership
from portal.audit.actions import record
from portal.conversations.actions import (
    add_comment,
    close_conversation,
    notify,
    start_conversation,
)
from portal.conversations.models import Level, NoticeKind
from portal.conversations.queries import first_words, list_concerned
from portal.conversations.rendering import tidy
from portal.language import dates
from reporting.errors import FeedbackAnswered, FeedbackClosed, FeedbackNotAnswered
from reporting.models import Feedback, FeedbackKind
from reporting.queries.feedback import answered_late, list_settlers
from reporting.queries.working_days import calendar_of

REMIND_AHEAD = timedelta(days=1)
RELATED = ("business_unit__tenant", "raised_by__user", "answered_by__user")
WEEK = 7


@transaction.atomic
def raise_feedback(
    *,
    kind: str,
    business_unit: BusinessUnit,
    title: str,
    text: str,
    by: Membership,
    now: datetime,
    service: Service | None = None,
) -> Feedback:
    """The business says what went wrong, or well; from now on IT owes an answer: whoever answers for the unit and the
    owner of the service are told. Sent twice it is said once.

    Refuses with the refusals of a comment.
    """
    BusinessUnit.objects.select_for_update().get(pk=business_unit.pk)
    said = {"kind": kind, "business_unit": business_unit, "title": title, "raised_by": by, "service": service}
    again = Feedback.objects.filter(**said, answered_at=None, conversation__comments__text=tidy(text)).first()
    if again is not None:
        return again
    conversation = start_conversation(
        business_unit=business_unit, subject=title, level=Level.OPERATIONAL, by=by, text=text, now=now, is_told=False
    )
    feedback = Feedback.objects.create(
        **said,
        conversation=conversation,
        raised_at=now,
        answer_due_at=calendar_of(unit=business_unit, now=now).answer_due_at(now),
    )
    told = [*list_concerned(conversation=conversation), *([service.it_owner] if service and service.it_owner else [])]
    words = f"{feedback.get_kind_display()}, {(service or business_unit).name}: {title}. {first_words(text)}"
    _tell(feedback, told, words, key=f"feedback-{feedback.pk}", now=now)
    record(act=f"{kind}.raised", actor_id=by.user_id, at=now, subject=title)
    return feedback


@transaction.atomic
def answer_feedback(*, feedback: Feedback, by: Membership, text: str, now: datetime) -> Feedback:
    """What IT did about it. A compliment is closed with the thanks; whoever raised a complaint closes it or asks
    again, within the working days that IT had.

    Refuses with FeedbackClosed, FeedbackAnswered and the refusals of a comment.
    """
    current = _locked(feedback)
    if current.answered_at is not None:
        raise FeedbackAnswered
    _say(current, by=by, text=text, now=now)
    current.answered_by, current.answered_at = by, now
    if current.kind == FeedbackKind.COMPLIMENT:
        _close(current, by=by, now=now)
    else:
        current.settle_due_at = calendar_of(unit=current.business_unit, now=now).answer_due_at(now)
    current.save()
    record(act=f"{current.kind}.answered", actor_id=by.user_id, at=now, subject=current.title)
    return current


@transaction.atomic
def settle_feedback(*, feedback: Feedback, by: Membership, is_settled: bool, text: str, now: datetime) -> Feedback:
    """The business closes a complaint, or says what is still wrong: then IT owes another answer.

    Refuses with FeedbackClosed, FeedbackNotAnswered and the refusals of a comment.
    """
    current = _locked(feedback)
    if current.answered_at is None:
        raise FeedbackNotAnswered
    if text.strip() or not is_settled:
        _say(current, by=by, text=text, now=now)
    if is_settled:
        _close(current, by=by, now=now)
    else:
        current.answered_by = current.answered_at = current.settle_due_at = None
        current.answer_due_at = calendar_of(unit=current.business_unit, now=now).answer_due_at(now)
    current.save()
    act = f"{current.kind}.closed" if is_settled else f"{current.kind}.not_settled"
    record(act=act, actor_id=by.user_id, at=now, subject=current.title)
    return current


@transaction.atomic
def remind_of_feedback(*, now: datetime) -> None:
    """Say the day before to whoever closes a complaint that their word is due, and each week that it is late; the head
    of the unit and who answered for IT hear of the silence too.
    """
    waiting = answered_late(until=now + REMIND_AHEAD).select_related(*RELATED)
    for row in waiting.order_by("pk"):
        due_at, answered_by = row.settle_due_at, row.answered_by
        if due_at is None or answered_by is None:
            continue
        said = {"title": row.title, "at": dates.moment(dates.local(due_at, row.business_unit.tenant.time_zone))}
        key = f"settle-{row.pk}-{due_at.isoformat()}"
        if due_at > now:
            text = _("IT has answered “%(title)s”. Is it settled? Say so by %(at)s.")
            _tell(row, list_settlers(feedback=row)[:1], text % said, key=f"{key}-due", now=now)
        else:
            text = _("IT has answered “%(title)s”. Whether it is settled was to be said by %(at)s, and nobody did.")
            key = f"{key}-late-{(now - due_at).days // WEEK}"
            _tell(row, [*list_settlers(feedback=row), answered_by], text % said, key=key, now=now)


def _tell(feedback: Feedback, members: Iterable[Membership], text: str, *, key: str, now: datetime) -> None:
    url = feedback_address(feedback)
    notify(members=members, text=text, url=url, key=key, now=now, kind=NoticeKind.FEEDBACK)


def feedback_address(feedback: Feedback) -> str:
    """Where it is read and answered."""
    where = {"tenant": feedback.business_unit.tenant.slug, "feedback_id": feedback.pk}
    return reverse("feedback_detail", kwargs=where)


def _locked(feedback: Feedback) -> Feedback:
    rows = Feedback.objects.select_for_update(of=("self",)).select_related("conversation", "business_unit__tenant")
    current = rows.get(pk=feedback.pk)
    if current.closed_at is not None:
        raise FeedbackClosed
    return current


def _say(feedback: Feedback, *, by: Membership, text: str, now: datetime) -> None:
    """Answers are owed in this talk: whoever closed it, what is said opens it again."""
    url = feedback_address(feedback)
    add_comment(conversation=feedback.conversation, by=by, text=text, now=now, url=url, reopens=True)


def _close(feedback: Feedback, *, by: Membership, now: datetime) -> None:
    feedback.closed_by, feedback.closed_at = by, now
    feedback.conversation.refresh_from_db()
    if feedback.conversation.closed_at is None:
        close_conversation(conversation=feedback.conversation, by=by, now=now)
