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

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "slug"], name="goal_slug")]

    def __str__(self) -> str:
        return self.name


@tracked
class ContributionLink(TenantModel):
    """A service serves a goal."""

    goal = TenantForeignKey(BusinessGoal, models.CASCADE, related_name="contributions")
    service = TenantForeignKey(Service, models.CASCADE, related_name="contributions")
    how = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "goal", "service"], name="contribution_once")]


class Need(TenantModel):
    """Something that a business unit needs or wants changed, and IT's answer."""

    business_unit = TenantForeignKey(BusinessUnit, related_name="needs")
    service = TenantForeignKey(Service, null=True, blank=True, related_name="needs")
    text = models.TextField(max_length=2000)
    raised_by = TenantForeignKey(Membership, related_name="+")
    raised_at = models.DateTimeField()
    answer_due_on = models.DateField()
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["tenant", "business_unit", "-raised_at"], name="need_by_unit")]
