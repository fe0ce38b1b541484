"""Reviews of the portfolio: what is voted on, by whom, how the votes stand, and what follows from the outcome."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse

from catalog.models import Entitlement, Need, Service, Stage
from catalog.queries.portfolio import list_portfolio
from catalog.queries.steps import next_steps
from portal.accounts.models import BUSINESS_ROLES, IT_ROLES, Membership, Role
from portal.accounts.policies import can
from reporting.models import PortfolioReview, PortfolioVote, ReviewedService, VoteChoice

CHOICES = ("invest", "keep", "change", "retire")


@dataclass(frozen=True, slots=True)
class VoteLine:
    """One vote: who, what, why."""

    name: str
    is_it: bool
    initials: str
    choice: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One service of a review with its votes, who has not voted, its outcome, and the step that this suggests."""

    reviewed: ReviewedService
    votes: tuple[VoteLine, ...]
    counts: tuple[tuple[str, str, int], ...]
    not_voted: tuple[str, ...]
    own: PortfolioVote | None
    may_vote: bool
    leading: str
    next_url: str
    next_words: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A review of the portfolio, as far as its reader follows the services in it."""

    review: PortfolioReview
    topics: tuple[Topic, ...]
    voters: tuple[str, ...]
    may_close: bool

    @property
    def is_open(self) -> bool:
        """Whether votes may still be cast."""
        return self.review.closed_at is None


def list_portfolio_reviews(*, reader: Membership) -> QuerySet[PortfolioReview]:
    """The reviews, the latest first; for the business those that are about services which it follows."""
    if not reader.is_business:
        return PortfolioReview.objects.annotate(service_count=Count("services")).order_by("-number")
    followed = list_portfolio(reader=reader).order_by().values("pk")
    reviews = PortfolioReview.objects.filter(services__service__in=followed)
    return reviews.annotate(service_count=Count("services")).order_by("-number")  # of those that it follows


def get_portfolio_review(*, reader: Membership, number: int) -> PortfolioReview:
    """One review. Raises PortfolioReview.DoesNotExist."""
    return list_portfolio_reviews(reader=reader).select_related("closed_by__user").get(number=number)


def find_open_review(*, reader: Membership) -> PortfolioReview | None:
    """The review that is being voted on, if any."""
    return list_portfolio_reviews(reader=reader).filter(closed_at=None).first()  # one is open at most


def list_reviewed(*, reader: Membership, review: PortfolioReview) -> QuerySet[ReviewedService]:
    """The services of a review that the reader follows."""
    followed = list_portfolio(reader=reader).order_by().values("pk")
    rows = ReviewedService.objects.filter(review=review, service__in=followed)
    return rows.select_related("service", "review").order_by("service__name", "pk")


def get_reviewed(*, reader: Membership, review: PortfolioReview, reviewed_id: int) -> ReviewedService:
    """One service of a review. Raises ReviewedService.DoesNotExist."""
    return list_reviewed(reader=reader, review=review).get(pk=reviewed_id)


def list_possible_voters() -> QuerySet[Membership]:
    """Who can be asked: those whose role may vote."""
    roles = [*IT_ROLES, Role.BUSINESS_UNIT_HEAD]
    members = Membership.objects.filter(role__in=roles, is_active=True, user__is_active=True)
    return members.select_related("user").order_by("user__name", "pk")


def get_review_page(*, reader: Membership, review: PortfolioReview, tenant: str) -> ReviewPage:
    """A review with its votes; the questions asked do not depend on how many services or voters it has."""
    reviewed = list(list_reviewed(reader=reader, review=review))
    voters = [voter.member for voter in review.voters.select_related("member__user").order_by("member__user__name")]
    votes: dict[int, list[PortfolioVote]] = defaultdict(list)
    cast = PortfolioVote.objects.filter(reviewed__in=reviewed).select_related("member__user")
    for vote in cast.order_by("voted_at", "pk"):
        votes[vote.reviewed_id].append(vote)
    following = _following([each.service_id for each in reviewed], voters)
    topics = [
        _topic(
            each,
            votes[each.pk],
            [voter for voter in voters if voter.is_it or voter.pk in following[each.service_id]],
            reader,
            tenant,
        )
        for each in reviewed
    ]
    return ReviewPage(
        review=review,
        topics=tuple(topics),
        voters=tuple(voter.user.name for voter in voters),
        may_close=review.closed_at is None and can(reader, "portfolio.manage"),
    )


def _following(service_ids: Collection[int], voters: list[Membership]) -> Mapping[int, set[int]]:
    """By service the business voters who follow it, as `list_portfolio` says it."""
    business = [voter.pk for voter in voters if voter.role in BUSINESS_ROLES]
    found: dict[int, set[int]] = defaultdict(set)
    had = Entitlement.objects.filter(
        offering__service__in=service_ids, business_unit__member_links__membership__in=business
    )
    for service, member in had.values_list("offering__service_id", "business_unit__member_links__membership_id"):
        found[service].add(member)
    asked = Need.objects.filter(service__in=service_ids, business_unit__member_links__membership__in=business)
    for service, member in asked.values_list("service_id", "business_unit__member_links__membership_id"):
        found[service].add(member)
    owned = Service.objects.filter(pk__in=service_ids, business_owner__in=business)
    for service, member in owned.values_list("pk", "business_owner_id"):
        found[service].add(member)
    return found


def _topic(
    reviewed: ReviewedService, votes: list[PortfolioVote], voters: list[Membership], reader: Membership, tenant: str
) -> Topic:
    counted = Counter(vote.choice for vote in votes)
    voted = {vote.member_id for vote in votes}
    url, words = _next(reviewed, reader, tenant)
    return Topic(
        reviewed=reviewed,
        votes=tuple(_line(vote) for vote in votes),
        counts=tuple((value, str(VoteChoice(value).label), counted[value]) for value in CHOICES if counted[value]),
        not_voted=tuple(voter.user.name for voter in voters if voter.pk not in voted),
        own=next((vote for vote in votes if vote.member_id == reader.pk), None),
        may_vote=reviewed.review.closed_at is None and reader.pk in {voter.pk for voter in voters},
        leading=leading(counted),
        next_url=url,
        next_words=words,
    )


def leading(counted: Mapping[str, int]) -> str:
    """What most would do; nothing where two choices have as many votes."""
    first = sorted(counted.items(), key=lambda item: -item[1])[:2]
    if not first or (len(first) > 1 and first[0][1] == first[1][1]):
        return ""
    return first[0][0]


def _line(vote: PortfolioVote) -> VoteLine:
    user = vote.member.user
    return VoteLine(
        user.name, not vote.member.is_business, user.initials, vote.choice, vote.get_choice_display(), vote.reason
    )


def _next(reviewed: ReviewedService, reader: Membership, tenant: str) -> tuple[str, str]:
    """Where an outcome leads: one button, with what is known filled in."""
    service, outcome = reviewed.service, reviewed.outcome
    if not outcome or not can(reader, "portfolio.manage"):
        return "", ""
    reason = f"Review {reviewed.review.number} of the portfolio: {reviewed.outcome_reason}"
    of_service = {"tenant": tenant, "slug": service.slug}
    steps = next_steps(service.step)
    if outcome == VoteChoice.RETIRE and steps:
        return (
            f"{reverse('service_move', kwargs=of_service)}?{urlencode({'to': 'retired', 'reason': reason})}",
            "Retire it",
        )
    if outcome == VoteChoice.INVEST and service.stage == Stage.PIPELINE:
        query = urlencode({"to": steps[0].value, "reason": reason})
        return f"{reverse('service_move', kwargs=of_service)}?{query}", "Take it a step on"
    if outcome in (VoteChoice.INVEST, VoteChoice.CHANGE):
        return reverse("improvement_raise", kwargs={"tenant": tenant}), "Raise an improvement"
    return "", ""


def list_last_outcomes(*, service_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """By service what stands about it: “Vote open” while it is voted on, else what the last review said."""
    rows = ReviewedService.objects.filter(service__in=service_ids).order_by("service_id", "-review__number")
    found = rows.distinct("service_id").values_list("service_id", "outcome", "review__closed_at")
    return {
        service: (outcome, str(VoteChoice(outcome).label)) if closed_at else ("open", "Vote open")
        for service, outcome, closed_at in found
    }


def next_review_on() -> date | None:
    """The day that the last closed review named for the next one."""
    last = PortfolioReview.objects.filter(closed_at__isnull=False).order_by("-number").first()
    return last.next_on if last else None
