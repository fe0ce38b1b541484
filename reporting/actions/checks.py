"""A second person of IT reads a draft before it is issued."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from portal.accounts.models import Membership
from portal.audit.actions import record
from portal.conversations.actions import notify
from portal.conversations.models import NoticeKind
from reporting.actions.reviews import renew_sentences
from reporting.errors import (
    CheckByWriter,
    CheckIsOwn,
    CheckMissing,
    CheckNotAsked,
    CheckOpen,
    CheckOutdated,
    CheckReadAgain,
    ReviewIssued,
)
from reporting.models import PUBLISHED, CheckOutcome, ReviewCheck, ReviewState, ServiceReview
from reporting.queries.checks import day_of, list_second, list_writers, newest_check, read_hash, told_second
from reporting.queries.page_parts import ReviewPage
from reporting.queries.review_page import page_of


@transaction.atomic
def ask_for_check(*, review: ServiceReview, by: Membership, now: datetime) -> ReviewCheck:
    """The draft is ready to be read by somebody else; those who may are told. Refuses with ReviewIssued, CheckOpen."""
    current = _hold(review)
    newest = newest_check(review=current)
    if current.state in PUBLISHED:
        raise ReviewIssued(issued_on=day_of(current.issued_at, current) if current.issued_at else "")
    if newest is not None and not newest.outcome:
        if current.state == ReviewState.CHECK:
            raise CheckOpen(name=newest.asked_by.user.name)
        newest.delete()  # it was drafted anew before anybody read it
    current.state, current.prepared_by = ReviewState.CHECK, current.prepared_by or by
    current.save(update_fields=["state", "prepared_by"])
    renew_sentences(review=current)
    check = ReviewCheck.objects.create(review=current, asked_by=by, asked_at=now)
    record(act="review.check_asked", actor_id=by.user_id, at=now, subject=str(current))
    text = f"{current}: {by.user.name} asks you to read it before it is issued."
    notify(
        members=list_second(review=current, asked_by=by),
        text=text,
        url=review_url(current),
        key=f"check-{check.pk}",
        now=now,
        kind=NoticeKind.REVIEWS,
    )
    return check


@transaction.atomic
def pass_check(*, review: ServiceReview, read: str, by: Membership, now: datetime) -> ReviewCheck:
    """A second person has read the page with the fingerprint `read`, and it may be issued as it is.

    Refuses with CheckNotAsked, CheckIsOwn, CheckByWriter where they wrote a sentence of it themselves, and
    CheckReadAgain where the page has changed meanwhile.
    """
    current, check = _open_check(review, by)
    page = page_of(material=renew_sentences(review=current), now=now)
    if by.pk in list_writers(review=current):
        raise CheckByWriter(second=told_second(review=current, asked_by=check.asked_by))
    if read_hash(page) != read:
        raise CheckReadAgain
    check.page_hash = read
    _answer(check, CheckOutcome.PASSED, note="", by=by, now=now)
    text = f"{current}: {by.user.name} has read it. It can be issued."
    notify(
        members=[check.asked_by],
        text=text,
        url=review_url(current),
        key=f"checked-{check.pk}",
        now=now,
        kind=NoticeKind.REVIEWS,
    )
    return check


@transaction.atomic
def return_check(*, review: ServiceReview, note: str, by: Membership, now: datetime) -> ReviewCheck:
    """A second person has found what must be better first. Refuses with CheckNotAsked and CheckIsOwn."""
    current, check = _open_check(review, by)
    _answer(check, CheckOutcome.RETURNED, note=note, by=by, now=now)
    current.state = ReviewState.DRAFT
    current.save(update_fields=["state"])
    text = f"{current}: {by.user.name} sends it back. {note}"
    notify(
        members=[check.asked_by],
        text=text,
        url=review_url(current),
        key=f"checked-{check.pk}",
        now=now,
        kind=NoticeKind.REVIEWS,
    )
    return check


def refuse_unchecked(*, review: ServiceReview, page: ReviewPage) -> None:
    """Where it is agreed, only what a second person has read is issued. Refuses with CheckMissing, CheckOutdated."""
    if not review.report_agreement.is_checked:
        return
    check = newest_check(review=review)
    if check is None or check.outcome != CheckOutcome.PASSED or check.checked_by is None or check.checked_at is None:
        raise CheckMissing
    if check.page_hash != read_hash(page):
        raise CheckOutdated(name=check.checked_by.user.name, day=day_of(check.checked_at, review))


def review_url(review: ServiceReview) -> str:
    """Where a review is read."""
    where = {"unit": review.business_unit.slug, "month": f"{review.month:%Y-%m}"}
    return reverse("review_detail", kwargs={"tenant": review.tenant.slug, **where})


def _open_check(review: ServiceReview, by: Membership) -> tuple[ServiceReview, ReviewCheck]:
    current = _hold(review)
    check = newest_check(review=current)
    if current.state != ReviewState.CHECK or check is None or check.outcome:
        raise CheckNotAsked
    if check.asked_by_id == by.pk:
        raise CheckIsOwn
    return current, check


def _answer(check: ReviewCheck, outcome: str, *, note: str, by: Membership, now: datetime) -> None:
    check.outcome, check.note, check.checked_by, check.checked_at = outcome, note, by, now
    check.save()
    act = f"review.check_{outcome}"
    record(act=act, actor_id=by.user_id, at=now, subject=str(check.review), note=note)


def _hold(review: ServiceReview) -> ServiceReview:
    related = ("business_unit", "tenant", "report_agreement")
    return ServiceReview.objects.select_for_update(of=("self",)).select_related(*related).get(pk=review.pk)
