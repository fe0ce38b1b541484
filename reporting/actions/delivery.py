"""Reviews come by their agreed day: who must check is told, and what both sides agreed to is issued by itself."""

from datetime import datetime

from django.db import transaction

from portal.audit.actions import record
from portal.conversations.actions import notify
from portal.conversations.models import NoticeKind
from portal.language import dates
from portal.tenancy.errors import Refusal
from reporting.actions.checks import review_url
from reporting.actions.editions import issue_review
from reporting.errors import NobodyPrepares, ReviewIssued
from reporting.models import Edition, ServiceReview
from reporting.queries.delivery import Due, due_of, find_writer, list_asked, list_managers

SAID = {
    "soon": "to be issued by {day}",
    "today": "to be issued today",
    "late": "was to be issued by {day}",
}


@transaction.atomic
def tell_drafted(*, review: ServiceReview, now: datetime) -> None:
    """Whoever must read a draft hears of it once, and by when it is agreed to come."""
    due = due_of(review=review, now=now)
    by = f", and issue it by {dates.weekday_day(due.due_on)}" if due else ""
    text = f"{review}: drafted. Read it{by}."
    notify(
        members=list_asked(review=review),
        text=text,
        url=review_url(review),
        key=f"drafted-{review.pk}",
        now=now,
        kind=NoticeKind.REVIEWS,
    )


@transaction.atomic
def remind_of_review(*, due: Due, now: datetime) -> None:
    """The day before, on the day, and once when it is late; each is told once."""
    if not due.step:
        return
    review = due.review
    text = f"{review}: {SAID[due.step].format(day=dates.weekday_day(due.due_on))}."
    key = f"review-due-{review.pk}-{due.step}"
    notify(
        members=list_asked(review=review), text=text, url=review_url(review), key=key, now=now, kind=NoticeKind.REVIEWS
    )


def issue_by_itself(*, due: Due, now: datetime) -> Edition | None:
    """Issue what both sides agreed to have issued by itself, in the name of whoever prepared it.

    What refuses it is told to those who prepare reviews, once a day; nothing is issued then, and None is given.
    """
    review = due.review
    try:
        with transaction.atomic():
            edition = _issue(review, now)
    except ReviewIssued:  # by somebody, a moment ago: nobody needs to be told
        return None
    except Refusal as refusal:
        text = f"{review}: not issued by itself. {refusal}"
        key = f"not-issued-{review.pk}-{dates.local(now, review.tenant.time_zone).date()}"
        notify(members=list_managers(), text=text, url=review_url(review), key=key, now=now, kind=NoticeKind.REVIEWS)
        return None
    return edition


def _issue(review: ServiceReview, now: datetime) -> Edition:
    writer = find_writer(review=review)
    if writer is None:
        raise NobodyPrepares
    edition = issue_review(review=review, by=writer, now=now)
    record(act="review.issued_itself", actor_id=None, at=now, subject=str(review), edition=edition.number)
    text = f"{review}: issued by itself, as agreed in version {review.report_agreement.version}."
    notify(
        members=list_managers(),
        text=text,
        url=review_url(review),
        key=f"issued-itself-{edition.pk}",
        now=now,
        kind=NoticeKind.REVIEWS,
    )
    return edition
