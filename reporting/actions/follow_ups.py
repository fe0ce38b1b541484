"""What is agreed in a review, and what business and IT ask of each other."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.errors import NothingSaid
from catalog.models import BusinessProcess, Service
from portal.accounts.models import BusinessUnit, Membership, Role
from portal.audit.actions import record
from portal.conversations.actions import notify
from portal.conversations.models import NoticeKind
from portal.language import dates
from reporting.actions.answers import address_of
from reporting.errors import FollowUpChanged, FollowUpDone, RequestAnswered
from reporting.models import PUBLISHED, ContextKind, ContextRequest, FollowUp, ServiceReview
from reporting.queries.agreed import follow_up_hash
from reporting.queries.context import list_people
from reporting.queries.processes import told_words

REMIND_AHEAD = timedelta(days=3)
DAY = timedelta(days=1)
WEEK = 7
LONGEST = 2000  # letters of an answer


@transaction.atomic
def add_follow_up(
    *,
    review: ServiceReview,
    text: str,
    owner: Membership,
    due_on: date,
    by: Membership,
    now: datetime,
    state_words: str = "",
) -> FollowUp:
    """Something agreed in a review: what, who, by when; sent twice it stands there once. Its owner is told."""
    ServiceReview.objects.select_for_update().get(pk=review.pk)
    said = {"review": review, "text": text, "owner": owner, "due_on": due_on}
    if again := FollowUp.objects.filter(**said, done_on=None).order_by("pk").first():
        return again
    last: int | None = review.follow_ups.aggregate(last=Max("position"))["last"]
    follow_up = FollowUp.objects.create(**said, state_words=state_words, position=(last or 0) + 1)
    record(act="follow_up.added", actor_id=by.user_id, at=now, subject=text)
    if owner.pk != by.pk:
        told = _("%(name)s wrote down for you: %(text)s, by %(by)s.")
        words = told % {"name": by.user.name, "text": text, "by": dates.day_long(due_on)}
        _tell_of(follow_up, [owner], words, key="", now=now)
    return follow_up


@transaction.atomic
def change_follow_up(
    *,
    follow_up: FollowUp,
    text: str,
    owner: Membership,
    due_on: date,
    state_words: str,
    read: str,
    by: Membership,
    now: datetime,
) -> FollowUp:
    """What was agreed is said otherwise, done by somebody else or by another day; its owners, old and new, and the
    heads of the unit are told. `read` is what was read of it, as `follow_up_hash` says. What was issued stays.

    Refuses with FollowUpDone and FollowUpChanged.
    """
    current = _open_follow_up(follow_up)
    if follow_up_hash(current) != read:
        raise FollowUpChanged(name=current.owner.user.name, due_on=dates.day_year(current.due_on))
    told = {member.pk: member for member in (current.owner, owner, *_heads(current.review))}
    was = {"text": current.text, "owner": current.owner.user.name, "due_on": current.due_on.isoformat()}
    current.text, current.owner, current.due_on, current.state_words = text, owner, due_on, state_words
    if follow_up_hash(current) == read:
        return current
    current.save(update_fields=["text", "owner", "due_on", "state_words"])
    record(act="follow_up.changed", actor_id=by.user_id, at=now, subject=text, was=was)
    said = {"name": by.user.name, "text": text, "owner": owner.user.name, "by": dates.day_long(due_on)}
    words = _("%(name)s changed a follow-up: %(text)s, %(owner)s, by %(by)s.") % said
    told.pop(by.pk, None)
    _tell_of(current, told.values(), words, key=f"changed-{now.isoformat()}", now=now)
    return current


@transaction.atomic
def remind_of_follow_ups(*, now: datetime) -> None:
    """Say to the owner some days before that something agreed is due, and each week that it is late; then whoever
    prepares the review hears of it too. Another day starts this anew.
    """
    waiting = FollowUp.objects.filter(done_on=None, due_on__lte=now.date() + REMIND_AHEAD + DAY)
    related = ("owner__user", "review__prepared_by__user", "review__business_unit", "review__tenant")
    for row in waiting.filter(review__business_unit__retired_on=None).select_related(*related).order_by("pk"):
        late = (dates.local(now, row.review.tenant.time_zone).date() - row.due_on).days
        said = {"text": row.text, "on": dates.day_long(row.due_on)}
        if late > 0:
            preparing = [row.review.prepared_by] if row.review.prepared_by else []
            told, words = [row.owner, *preparing], _("“%(text)s” was agreed for %(on)s and is not done.") % said
            _tell_of(row, told, words, key=f"{row.due_on}-late-{late // WEEK}", now=now)
        elif -late <= REMIND_AHEAD.days:
            words = _("“%(text)s” was agreed for %(on)s.") % said
            _tell_of(row, [row.owner], words, key=f"{row.due_on}-due", now=now)


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, by: Membership, on: date, now: datetime) -> FollowUp:
    """It is done. Refuses with FollowUpDone."""
    current = _open_follow_up(follow_up)
    current.done_on = on
    current.save(update_fields=["done_on"])
    record(act="follow_up.done", actor_id=by.user_id, at=now, subject=current.text)
    return current


@transaction.atomic
def ask_for_context(
    *,
    business_unit: BusinessUnit,
    title: str,
    question: str,
    purpose: str,
    due_on: date,
    by: Membership,
    now: datetime,
    service: Service | None = None,
    process: BusinessProcess | None = None,
    kind: str = ContextKind.OTHER,
    poorer: str = "",
) -> ContextRequest:
    """IT needs to know something from the business, and says why, by when, and what is poorer until it knows.

    The people of the unit are told at once.
    """
    request = ContextRequest.objects.create(
        business_unit=business_unit, service=service, title=title, question=question, purpose=purpose, asked_by=by,
        asked_at=now, due_on=due_on, kind=kind, poorer=poorer, process=process,
    )  # fmt: skip
    record(act="context.asked", actor_id=by.user_id, at=now, subject=title)
    words = _("%(name)s asks %(unit)s: %(title)s, by %(by)s.") % {
        "name": by.user.name, "unit": business_unit.name, "title": title, "by": dates.day_long(due_on),
    }  # fmt: skip
    _tell(request, list_people(unit=business_unit), words, key="asked", now=now)
    return request


@transaction.atomic
def answer_at_process(
    *, request: ContextRequest, process: BusinessProcess, currency: str, by: Membership, now: datetime
) -> ContextRequest:
    """What the business filled in at its process is the answer; the two are linked.

    Refuses with NothingSaid, and with RequestAnswered.
    """
    answer = told_words(process=process, kind=request.kind, currency=currency)
    if not answer:
        raise NothingSaid(title=request.title)
    return answer_context(request=request, answer=answer[:LONGEST], process=process, by=by, now=now)


@transaction.atomic
def answer_context(
    *, request: ContextRequest, answer: str, by: Membership, now: datetime, process: BusinessProcess | None = None
) -> ContextRequest:
    """The business answers what IT asked. Refuses with RequestAnswered."""
    current = ContextRequest.objects.select_for_update().get(pk=request.pk)
    if current.answered_at is not None:
        answered_on = dates.local(current.answered_at, current.tenant.time_zone).date()
        raise RequestAnswered(answered_on=dates.day_year(answered_on))
    current.answer, current.answered_by, current.answered_at = answer, by, now
    current.process = process or current.process
    current.save(update_fields=["answer", "answered_by", "answered_at", "process"])
    record(act="context.answered", actor_id=by.user_id, at=now, subject=current.title)
    words = _("%(name)s answered “%(title)s”.") % {"name": by.user.name, "title": current.title}
    _tell(current, [current.asked_by], words, key="answered", now=now)
    return current


@transaction.atomic
def remind_of_context(*, now: datetime) -> None:
    """Say once to the people of a unit that an answer is due soon, and each week that it is late; the asker too.

    What was answered is not spoken of again.
    """
    waiting = ContextRequest.objects.filter(answered_at=None, due_on__lte=now.date() + REMIND_AHEAD + DAY)
    for request in waiting.select_related("business_unit__tenant", "asked_by__user").order_by("pk"):
        today = dates.local(now, request.business_unit.tenant.time_zone).date()
        late = (today - request.due_on).days
        people = list(list_people(unit=request.business_unit))
        said = {"title": request.title, "on": dates.day_long(request.due_on)}
        if late > 0:
            words = _("The answer to “%(title)s” has been due since %(on)s.") % said
            _tell(request, [*people, request.asked_by], words, key=f"late-{late // WEEK}", now=now)
        elif -late <= REMIND_AHEAD.days:
            _tell(request, people, _("“%(title)s” waits for an answer by %(on)s.") % said, key="due", now=now)


def _tell(request: ContextRequest, members: Iterable[Membership], text: str, *, key: str, now: datetime) -> None:
    where = {"tenant": request.business_unit.tenant.slug, "request_id": request.pk}
    url = reverse("context_request_detail", kwargs=where)
    notify(members=members, text=text, url=url, key=f"context-{request.pk}-{key}", now=now, kind=NoticeKind.ASKS)


def _open_follow_up(follow_up: FollowUp) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",))
    current = rows.select_related("owner__user", "review__business_unit", "review__tenant").get(pk=follow_up.pk)
    if current.done_on is not None:
        raise FollowUpDone(done_on=dates.day_year(current.done_on))
    return current


def _heads(review: ServiceReview) -> Iterable[Membership]:
    """Who agreed to it for the unit; of a review that they cannot see they hear nothing."""
    if review.state not in PUBLISHED:
        return ()
    heads = Membership.objects.filter(role=Role.BUSINESS_UNIT_HEAD, unit_links__business_unit=review.business_unit_id)
    return heads.select_related("user").order_by("pk")


def _tell_of(follow_up: FollowUp, members: Iterable[Membership], text: str, *, key: str, now: datetime) -> None:
    url = f"{address_of(follow_up.review)}#decisions"
    full = "-".join(filter(None, (f"follow-up-{follow_up.pk}", key)))
    notify(members=members, text=text, url=url, key=full, now=now, kind=NoticeKind.MEETINGS)
