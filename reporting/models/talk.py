"""Answers, questions, disputes, follow-ups: links from conversations to what they are about."""

import pgtrigger
from django.db import models

from catalog.models import BusinessProcess, Service
from improvement.models import ImprovementOpportunity
from portal.accounts.models import BusinessUnit, Membership
from portal.audit.history import tracked
from portal.conversations.models import Comment, Conversation
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel
from reporting.models.reviews import ANCHOR, Edition, Figure, ServiceReview


class ThreadKind(models.TextChoices):
    """Why a thread at a review was started."""

    COMMENT = "comment", "Comment"
    QUESTION = "question", "Question"
    DISPUTE = "dispute", "Dispute"


class ReviewThread(TenantModel):
    """A conversation anchored to a figure or paragraph of an edition."""

    conversation = TenantForeignKey(Conversation, models.CASCADE, related_name="review_threads")
    edition = TenantForeignKey(Edition, related_name="threads")
    anchor = models.CharField(max_length=ANCHOR)
    anchor_words = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=ThreadKind, default=ThreadKind.COMMENT)
    answer_due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "conversation"], name="review_thread_conversation"),
            models.CheckConstraint(condition=models.Q(kind__in=ThreadKind.values), name="review_thread_kind_known"),
        ]


class ServiceThread(TenantModel):
    """A conversation about a service."""

    conversation = TenantForeignKey(Conversation, models.CASCADE, related_name="service_threads")
    service = TenantForeignKey(Service, related_name="threads")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "conversation"], name="service_thread_conversation")]


class FigureAcknowledgement(TenantModel):
    """Read, and accepted how it was counted."""

    figure = TenantForeignKey(Figure, related_name="acknowledgements")
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "figure", "by"], name="figure_acknowledged_once")]


class ReviewAcknowledgement(TenantModel):
    """The head has signed this edition for the unit: read, and accepted how it was counted, or with reservations.

    It keeps the name and the role of that day, and the fingerprint of what was signed; the database keeps it.
    """

    edition = TenantForeignKey(Edition, related_name="acknowledgements")
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    reservations = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "edition"], name="edition_acknowledged_once")]
        triggers = [pgtrigger.Protect(name="signature_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]


class DisputeOutcome(models.TextChoices):
    """How a dispute ended: the figure is to be corrected, it stays, or the reader took the dispute back."""

    CORRECTED = "corrected", "Corrected"
    KEPT = "kept", "Kept"
    WITHDRAWN = "withdrawn", "Withdrawn"


@tracked
class Dispute(TenantModel):
    """The reader says that a figure is wrong; IT owes an answer, then the reader settles it or not.

    Both have the working days of the agreement in force; without one there is no date.
    A claimed time is counted by the same rules, so that both figures stand side by side.
    """

    figure = TenantForeignKey(Figure, related_name="disputes")
    thread = TenantForeignKey(ReviewThread, related_name="disputes")
    raised_by = TenantForeignKey(Membership, related_name="+")
    raised_at = models.DateTimeField()
    reason = models.TextField(max_length=2000)
    claimed_from = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    claimed_result = models.JSONField(null=True, blank=True)
    answer_due_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    is_agreed = models.BooleanField(null=True, blank=True, help_text="IT agrees with the claim.")
    settle_due_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=10, blank=True)  # a DisputeOutcome once it is settled

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "figure"], condition=models.Q(settled_at__isnull=True), name="one_open_dispute"
            ),
            models.CheckConstraint(
                condition=models.Q(claimed_from__isnull=True, claimed_until__isnull=True)
                | models.Q(
                    claimed_from__isnull=False,
                    claimed_until__isnull=False,
                    claimed_until__gt=models.F("claimed_from"),
                ),
                name="claim_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, outcome="")
                | models.Q(settled_at__isnull=False, answered_at__isnull=False, outcome__in=["corrected", "kept"])
                | models.Q(settled_at__isnull=False, outcome="withdrawn"),
                name="dispute_settled_after_answer",
            ),
        ]


@tracked
class FollowUp(TenantModel):
    """Agreed in a review: what, who, by when."""

    review = TenantForeignKey(ServiceReview, related_name="follow_ups")
    text = models.CharField(max_length=300)
    owner = TenantForeignKey(Membership, related_name="+")
    due_on = models.DateField()
    state_words = models.CharField(max_length=80, blank=True)
    done_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)


class ContextKind(models.TextChoices):
    """What kind of thing IT needs to know."""

    PEAKS = "peaks", "When the peaks are"
    HOUR = "hour", "What an hour costs"
    OWNERS = "owners", "Who answers for what"
    PROCESS = "process", "How the work is done"
    OTHER = "other", "Something else"


@tracked
class ContextRequest(TenantModel):
    """IT needs to know something from the business, and says why, by when, and what is poorer until it knows."""

    business_unit = TenantForeignKey(BusinessUnit, related_name="context_requests")
    service = TenantForeignKey(Service, null=True, blank=True, related_name="+")
    process = TenantForeignKey(BusinessProcess, null=True, blank=True, related_name="context_requests")
    title = models.CharField(max_length=120)
    question = models.CharField(max_length=500)
    purpose = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=ContextKind, default=ContextKind.OTHER)
    poorer = models.CharField("what is poorer until then", max_length=300, blank=True)
    asked_by = TenantForeignKey(Membership, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=ContextKind.values), name="context_kind_known")
        ]


class ImprovementOrigin(TenantModel):
    """Where an improvement was raised: a comment, a figure or a dispute."""

    improvement = TenantForeignKey(ImprovementOpportunity, models.CASCADE, related_name="origins")
    figure = TenantForeignKey(Figure, null=True, blank=True, related_name="improvements")
    comment = TenantForeignKey(Comment, null=True, blank=True, related_name="improvements")
    dispute = TenantForeignKey(Dispute, null=True, blank=True, related_name="improvements")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(figure__isnull=False)
                | models.Q(comment__isnull=False)
                | models.Q(dispute__isnull=False),
                name="origin_is_named",
            )
        ]
