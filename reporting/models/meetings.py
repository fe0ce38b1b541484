"""The meeting about a review: who was invited, what is on its agenda, what was decided, and its minutes."""

import pgtrigger
from django.db import models

from portal.accounts.models import Membership
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel
from reporting.models.reviews import ServiceReview


class MeetingInvitation(TenantModel):
    """What both sides were invited to, each time that it changed; without a time the meeting was called off.

    The number is what calendars call the sequence: a newer one takes the place of what they hold.
    """

    review = TenantForeignKey(ServiceReview, related_name="invitations")
    number = models.PositiveSmallIntegerField()
    meeting_at = models.DateTimeField(null=True, blank=True)
    meeting_minutes = models.PositiveSmallIntegerField()
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "review", "number"], name="meeting_invitation_number")]
        triggers = [pgtrigger.Protect(name="invitation_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]


@tracked
class AgendaTopic(TenantModel):
    """Something that either side wants to talk about; it goes on to the next meeting until it was talked about."""

    review = TenantForeignKey(ServiceReview, related_name="topics")
    text = models.CharField(max_length=300)
    raised_by = TenantForeignKey(Membership, related_name="+")
    raised_at = models.DateTimeField()
    talked_in = TenantForeignKey(ServiceReview, null=True, blank=True, related_name="topics_talked_about")


class MeetingDecision(TenantModel):
    """What both sides decided in the meeting; it is a record, and another decision follows where it changes."""

    review = TenantForeignKey(ServiceReview, related_name="decisions")
    text = models.CharField(max_length=300)
    decided_on = models.DateField()
    written_by = TenantForeignKey(Membership, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="decision_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]


@tracked
class MeetingMinutes(TenantModel):
    """What was said in the meeting, with the agenda as it stood; once the business has confirmed them they stay."""

    review = TenantForeignKey(ServiceReview, related_name="minutes")
    text = models.TextField(max_length=10_000)
    present = models.CharField(max_length=300, blank=True)
    agenda = models.JSONField(default=dict)
    written_by = TenantForeignKey(Membership, related_name="+")
    written_at = models.DateTimeField()
    confirmed_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "review"], name="meeting_minutes_once")]
        triggers = [
            pgtrigger.Protect(
                name="confirmed_minutes_are_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__confirmed_at__isnull=False),
            )
        ]
