"""What the business wants to reach, which services serve it, and what it asks for."""

from django.db import models

from catalog.models.services import Service
from portal.accounts.models import BusinessUnit, Membership
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import SLUG, TenantModel


class EvidenceGrade(models.TextChoices):
    """How well a statement of value is supported."""

    CONFIRMED = "A", "Confirmed by the business"
    MEASURED = "B", "Measured"
    ESTIMATED = "C", "Estimated by an agreed method"
    ASSUMED = "D", "Assumed"


@tracked
class BusinessGoal(TenantModel):
    """What the business wants to reach, in its own words."""

    slug = models.CharField(max_length=100, validators=[SLUG])
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    business_unit = TenantForeignKey(BusinessUnit, null=True, blank=True, related_name="goals")
    owner = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    parent = TenantForeignKey("self", null=True, blank=True, related_name="parts")
    measured_as = models.CharField(max_length=200, blank=True)
    value_unit = models.CharField(max_length=30, blank=True)
    start_value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    target_value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="goal_slug"),
            models.CheckConstraint(
                condition=models.Q(start_value__isnull=True, target_value__isnull=True)
                | models.Q(start_value__isnull=False, target_value__isnull=False)
                & ~models.Q(start_value=models.F("target_value")),
                name="goal_goes_from_one_value_to_another",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class GoalValue(TenantModel):
    """Where a goal stood on a day, as somebody said; for goals that no measure counts."""

    goal = TenantForeignKey(BusinessGoal, models.CASCADE, related_name="values")
    on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=2)
    note = models.CharField(max_length=200, blank=True)
    said_by = TenantForeignKey(Membership, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "goal", "on"], name="goal_value_once_a_day")]


@tracked
class ContributionLink(TenantModel):
    """A service serves a goal."""

    goal = TenantForeignKey(BusinessGoal, models.CASCADE, related_name="contributions")
    service = TenantForeignKey(Service, models.CASCADE, related_name="contributions")
    how = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "goal", "service"], name="contribution_once")]


class NeedOutcome(models.TextChoices):
    """What became of a need; empty while it waits."""

    OPEN = "", "Not answered yet"
    ANSWERED = "answered", "Answered"
    DECLINED = "declined", "Declined, with the reason"
    PROPOSED = "proposed", "Proposed as a service"


class Need(TenantModel):
    """Something that a business unit needs or wants changed, and IT's answer: yes, no and why, or a proposal."""

    business_unit = TenantForeignKey(BusinessUnit, related_name="needs")
    service = TenantForeignKey(Service, null=True, blank=True, related_name="needs")
    text = models.TextField(max_length=2000)
    raised_by = TenantForeignKey(Membership, related_name="+")
    raised_at = models.DateTimeField()
    answer_due_on = models.DateField()
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=NeedOutcome, default=NeedOutcome.OPEN, blank=True)
    proposal = TenantForeignKey(Service, null=True, blank=True, related_name="asked_for_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(outcome__in=NeedOutcome.values), name="need_outcome_known"),
            models.CheckConstraint(
                condition=models.Q(outcome="", answered_at__isnull=True)
                | (~models.Q(outcome="") & models.Q(answered_at__isnull=False)),
                name="need_outcome_is_the_answers",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="proposed", proposal__isnull=False)
                | (~models.Q(outcome="proposed") & models.Q(proposal__isnull=True)),
                name="need_proposal_is_named",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "business_unit", "-raised_at"], name="need_by_unit"),
            models.Index(fields=["tenant", "outcome", "answer_due_on"], name="need_by_outcome"),
        ]
