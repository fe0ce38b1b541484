"""Short surveys: one question after a review or a case, answered once by each, without names."""

import pgtrigger
from django.db import models

from portal.accounts.models import BusinessUnit, Membership
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel
from reporting.models.reviews import ServiceReview

LOWEST, HIGHEST = 1, 5


class PulseAbout(models.TextChoices):
    """After what a question is asked."""

    CASE = "case", "A case that was solved"
    REVIEW = "review", "A service review"


@tracked
class Pulse(TenantModel):
    """One question to the people of a unit, open for some days; asked by somebody, or by itself where agreed."""

    business_unit = TenantForeignKey(BusinessUnit, related_name="pulses")
    about = models.CharField(max_length=6, choices=PulseAbout)
    review = TenantForeignKey(ServiceReview, null=True, blank=True, related_name="pulses")
    case_words = models.CharField(max_length=200, blank=True)
    question = models.CharField(max_length=200)
    opened_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "review"], name="pulse_once_for_a_review"),
            models.UniqueConstraint(
                fields=["tenant", "business_unit", "case_words"],
                condition=models.Q(about=PulseAbout.CASE),
                name="pulse_once_for_a_case",
            ),
            models.CheckConstraint(
                condition=models.Q(about=PulseAbout.REVIEW, review__isnull=False)
                | models.Q(about=PulseAbout.CASE) & ~models.Q(case_words=""),
                name="pulse_is_about_something",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opened_at")), name="pulse_closes_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return self.question


class PulseInvitation(TenantModel):
    """Who is asked, and whether they have answered, without a time: nobody answers twice, and nothing else is known."""

    pulse = TenantForeignKey(Pulse, models.CASCADE, related_name="invitations")
    member = TenantForeignKey(Membership, related_name="+")
    has_answered = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "pulse", "member"], name="pulse_invitation_once")]


class PulseAnswer(TenantModel):
    """An answer without a name and without a time."""

    pulse = TenantForeignKey(Pulse, models.CASCADE, related_name="answers")
    score = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(score__range=(LOWEST, HIGHEST)), name="pulse_score_on_scale")
        ]
        triggers = [pgtrigger.Protect(name="pulse_answer_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]
