"""Reviews of the portfolio, with votes, outcomes and minutes.

They stand here and not in the catalogue: their seal is the one that agreements brought.
"""

from django.db import models

from catalog.models import Service
from portal.accounts.models import Membership
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel


class VoteChoice(models.TextChoices):
    """What somebody would do with a service."""

    KEEP = "keep", "Keep"
    INVEST = "invest", "Invest"
    CHANGE = "change", "Change"
    RETIRE = "retire", "Retire"


@tracked
class PortfolioReview(TenantModel):
    """Services are looked at together and voted on; closed with minutes, it stays as it is."""

    number = models.PositiveIntegerField()
    held_on = models.DateField()
    next_on = models.DateField(null=True, blank=True)
    minutes = models.TextField(max_length=8000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    sealed_in = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="portfolio_review_number"),
            models.UniqueConstraint(
                fields=["tenant"], condition=models.Q(closed_at__isnull=True), name="portfolio_review_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(next_on__isnull=True) | models.Q(next_on__gt=models.F("held_on")),
                name="portfolio_review_next_later",
            ),
        ]


@tracked
class PortfolioVoter(TenantModel):
    """Somebody who is asked to vote; who speaks for the business votes on the services that its units follow."""

    review = TenantForeignKey(PortfolioReview, models.CASCADE, related_name="voters")
    member = TenantForeignKey(Membership, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "review", "member"], name="portfolio_voter_once")]


@tracked
class ReviewedService(TenantModel):
    """A service in a review, and what came out of it."""

    review = TenantForeignKey(PortfolioReview, models.CASCADE, related_name="services")
    service = TenantForeignKey(Service, related_name="reviewed")
    outcome = models.CharField(max_length=6, choices=VoteChoice, blank=True)
    outcome_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "review", "service"], name="reviewed_service_once"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["", *VoteChoice.values]), name="reviewed_outcome_known"
            ),
        ]


@tracked
class PortfolioVote(TenantModel):
    """What one voter would do with one service, and why; said anew until the review is closed."""

    reviewed = TenantForeignKey(ReviewedService, models.CASCADE, related_name="votes")
    member = TenantForeignKey(Membership, related_name="+")
    choice = models.CharField(max_length=6, choices=VoteChoice)
    reason = models.CharField(max_length=500)
    voted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "reviewed", "member"], name="portfolio_vote_once"),
            models.CheckConstraint(condition=models.Q(choice__in=VoteChoice.values), name="portfolio_vote_known"),
        ]
