"""Portfolio reviews: opened with their services and voters, voted on, closed with minutes and outcomes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from catalog.models import Service, Stage
from portal.accounts.models import Membership
from portal.audit.actions import record
from portal.conversations.actions import notify
from portal.conversations.models import NoticeKind
from portal.language.dates import day
from reporting.errors import (
    OutcomeMissing,
    PortfolioReviewClosed,
    PortfolioReviewOpen,
    ReviewWithoutServices,
    VoterNotNamed,
)
from reporting.models import PortfolioReview, PortfolioVote, PortfolioVoter, ReviewedService


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes out of a review for one service, and why."""

    choice: str
    reason: str


@transaction.atomic
def open_portfolio_review(
    *, services: Iterable[Service], voters: Iterable[Membership], held_on: date, by: Membership, now: datetime
) -> PortfolioReview:
    """A review of these services, to be voted on by these people until it is held; each of them gets a notice.

    Refuses with PortfolioReviewOpen while another one is, and with ReviewWithoutServices.
    """
    if (
        running := PortfolioReview.objects.select_for_update().filter(closed_at=None).order_by("pk").first()
    ) is not None:
        raise PortfolioReviewOpen(number=running.number)
    chosen = [service for service in services if service.stage != Stage.RETIRED]
    asked = list(voters)
    if not chosen or not asked:
        raise ReviewWithoutServices()
    last = PortfolioReview.objects.aggregate(last=Max("number"))["last"] or 0
    review = PortfolioReview.objects.create(number=last + 1, held_on=held_on)
    ReviewedService.objects.bulk_create(ReviewedService(review=review, service=service) for service in chosen)
    PortfolioVoter.objects.bulk_create(PortfolioVoter(review=review, member=member) for member in asked)
    url = reverse("portfolio_review", kwargs={"tenant": by.tenant.slug, "review_number": review.number})
    text = f"Say which services you would keep, invest in, change or retire, until {day(held_on)}."
    notify(members=asked, text=text, url=url, key=f"portfolio-review-{review.pk}", now=now, kind=NoticeKind.TALK)
    record(act="portfolio.review.opened", actor_id=by.user_id, at=now, subject=f"{review.number}")
    return review


@transaction.atomic
def cast_vote(*, reviewed: ReviewedService, choice: str, reason: str, by: Membership, now: datetime) -> PortfolioVote:
    """A voter says what they would do with a service; said again, the new word takes the old one's place.

    Refuses with PortfolioReviewClosed and VoterNotNamed. Whoever calls has seen that the voter follows the service.
    """
    review = PortfolioReview.objects.select_for_update().get(pk=reviewed.review_id)
    if review.closed_at is not None:
        raise PortfolioReviewClosed(number=review.number)
    if not PortfolioVoter.objects.filter(review=review, member=by).exists():
        raise VoterNotNamed(number=review.number)
    vote, _is_new = PortfolioVote.objects.update_or_create(
        reviewed=reviewed, member=by, defaults={"choice": choice, "reason": reason, "voted_at": now}
    )
    return vote


@transaction.atomic
def close_portfolio_review(
    *,
    review: PortfolioReview,
    outcomes: Mapping[int, Outcome],
    minutes: str,
    next_on: date,
    by: Membership,
    now: datetime,
) -> PortfolioReview:
    """Every service gets its outcome, the next review its day; from now on nothing of it changes.

    `outcomes` by the key of the reviewed service. Refuses with PortfolioReviewClosed and OutcomeMissing.
    """
    held = PortfolioReview.objects.select_for_update().get(pk=review.pk)
    if held.closed_at is not None:
        raise PortfolioReviewClosed(number=held.number)
    reviewed = list(held.services.select_related("service").order_by("pk"))
    missing = [each.service.name for each in reviewed if each.pk not in outcomes]
    if missing:
        raise OutcomeMissing(services=", ".join(missing))
    for each in reviewed:
        each.outcome, each.outcome_reason = outcomes[each.pk].choice, outcomes[each.pk].reason
    ReviewedService.objects.bulk_update(reviewed, ["outcome", "outcome_reason"])
    held.minutes, held.next_on, held.closed_at, held.closed_by = minutes, next_on, now, by
    held.save(update_fields=["minutes", "next_on", "closed_at", "closed_by"])
    record(act="portfolio.review.closed", actor_id=by.user_id, at=now, subject=f"{held.number}")
    return held
