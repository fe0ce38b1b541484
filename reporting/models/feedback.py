"""Complaints and compliments: said by the business, answered by IT, and closed by whoever said them."""

from django.db import models

from catalog.models import Service
from portal.accounts.models import BusinessUnit, Membership
from portal.audit.history import tracked
from portal.conversations.models import Conversation
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel


class FeedbackKind(models.TextChoices):
    """What is said."""

    COMPLAINT = "complaint", "Complaint"
    COMPLIMENT = "compliment", "Compliment"


@tracked
class Feedback(TenantModel):
    """Something that went wrong, or went well. IT answers what it did about it; who said it closes it, or asks again.

    Before it is closed it was answered; both sides have the clock of the unit's agreement, and without one there is no
    date.
    """

    kind = models.CharField(max_length=10, choices=FeedbackKind)
    business_unit = TenantForeignKey(BusinessUnit, related_name="feedback")
    service = TenantForeignKey(Service, null=True, blank=True, related_name="+")
    conversation = TenantForeignKey(Conversation, related_name="feedback")
    title = models.CharField(max_length=120)
    raised_by = TenantForeignKey(Membership, related_name="+")
    raised_at = models.DateTimeField()
    answer_due_at = models.DateTimeField(null=True, blank=True)
    answered_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    settle_due_at = models.DateTimeField(null=True, blank=True)
    closed_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "conversation"], name="feedback_conversation"),
            models.CheckConstraint(condition=models.Q(kind__in=FeedbackKind.values), name="feedback_kind_known"),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(answered_at__isnull=False),
                name="feedback_closed_after_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.title
