"""What is agreed in a review, and what business and IT ask of each other."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from catalog.models import Service
from portal.accounts.models import BusinessUnit, Membership
from portal.audit.actions import record
from portal.language import dates
from reporting.errors import FollowUpDone, RequestAnswered
from reporting.models import ContextRequest, FollowUp, ServiceReview


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
    """Something agreed in a review: what, who, by when."""
    last: int | None = review.follow_ups.aggregate(last=Max("position"))["last"]
    follow_up = FollowUp.objects.create(
        review=review, text=text, owner=owner, due_on=due_on, state_words=state_words, position=(last or 0) + 1
    )
    record(act="follow_up.added", actor_id=by.user_id, at=now, subject=text)
    return follow_up


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, by: Membership, on: date, now: datetime) -> FollowUp:
    """It is done. Refuses with FollowUpDone."""
    current = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if current.done_on is not None:
        raise FollowUpDone(done_on=dates.day_year(current.done_on))
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
) -> ContextRequest:
    """IT needs to know something from the business, and says why and by when."""
    request = ContextRequest.objects.create(
        business_unit=business_unit, service=service, title=title, question=question, purpose=purpose, asked_by=by,
        asked_at=now, due_on=due_on,
    )  # fmt: skip
    record(act="context.asked", actor_id=by.user_id, at=now, subject=title)
    return request


@transaction.atomic
def answer_context(*, request: ContextRequest, answer: str, by: Membership, now: datetime) -> ContextRequest:
    """The business answers what IT asked. Refuses with RequestAnswered."""
    current = ContextRequest.objects.select_for_update().get(pk=request.pk)
    if current.answered_at is not None:
        answered_on = dates.local(current.answered_at, current.tenant.time_zone).date()
        raise RequestAnswered(answered_on=dates.day_year(answered_on))
    current.answer, current.answered_by, current.answered_at = answer, by, now
    current.save(update_fields=["answer", "answered_by", "answered_at"])
    record(act="context.answered", actor_id=by.user_id, at=now, subject=current.title)
    return current
