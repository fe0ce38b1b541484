"""What it was worth: what an hour costs by the business's own word, and statements of value with their grade.

What an hour of standstill costs a step of the business is said here and nowhere else, in one of two ways: counted hour
by hour of a week (`ImpactProfile`), or as one range (`StandstillCost`). A step that is counted takes no range besides.
"""

from django.db import models

from catalog.models import BusinessGoal, BusinessStep, EvidenceGrade, Service
from improvement.models import ImprovementOpportunity
from portal.accounts.models import BusinessUnit, Membership
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel
from slas.models import Measure, ServiceLevelTarget


class ValueKind(models.TextChoices):
    """How a statement of value is computed."""

    LOST_UNITS = "lost_units", "Units of work never done, because the service was down"
    SHIFTED_UNITS = "shifted_units", "Work saved, because a larger share is done the cheaper way"
    FEWER_UNITS = "fewer_units", "Fewer unwanted units a month since an improvement"


@tracked
class ImpactProfile(TenantModel):
    """What an hour without a service costs a unit, by weekday and hour, as the business said it on a day.

    Its newest word on a day stands; what it said before is kept, because each month is counted with the word it had.
    """

    service = TenantForeignKey(Service, models.CASCADE, related_name="impact_profiles")
    business_unit = TenantForeignKey(BusinessUnit, related_name="impact_profiles")
    step = TenantForeignKey(BusinessStep, null=True, blank=True, related_name="impact_profiles")
    unit_words = models.CharField(max_length=60)
    lost_share_low = models.DecimalField(max_digits=5, decimal_places=4)
    lost_share_high = models.DecimalField(max_digits=5, decimal_places=4)
    unit_value_minor = models.BigIntegerField()
    confirmed_on = models.DateField()
    confirmed_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "service", "business_unit", "confirmed_on"], name="impact_profile_once_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(lost_share_low__gte=0, lost_share_high__lte=1)
                & models.Q(lost_share_low__lte=models.F("lost_share_high")),
                name="lost_share_in_order",
            ),
        ]


class ImpactHour(TenantModel):
    """Units of work in one hour of one weekday (Monday is 0), local time."""

    profile = TenantForeignKey(ImpactProfile, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    hour = models.PositiveSmallIntegerField()
    units = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "profile", "weekday", "hour"], name="impact_hour_once"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6, hour__lte=23), name="impact_hour_in_week"),
        ]


@tracked
class StandstillCost(TenantModel):
    """What an hour in which a step of the business stands still costs, as a range that somebody said on a day.

    The newest word stands; what was said before is kept. Minor units of the currency that was the tenant's then.
    """

    step = TenantForeignKey(BusinessStep, models.CASCADE, related_name="standstill_costs")
    low_minor = models.BigIntegerField()
    likely_minor = models.BigIntegerField()
    high_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    basis = models.CharField(max_length=200, blank=True)
    said_on = models.DateField()
    said_by = TenantForeignKey(Membership, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "step", "said_on"], name="standstill_cost_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(low_minor__gte=0, low_minor__lte=models.F("likely_minor"))
                & models.Q(likely_minor__lte=models.F("high_minor")),
                name="standstill_cost_in_order",
            ),
        ]


@tracked
class GoalMeasure(TenantModel):
    """The share by which a goal is followed: a measure of counted volumes."""

    goal = TenantForeignKey(BusinessGoal, models.CASCADE, related_name="goal_measures")
    measure = TenantForeignKey(Measure, related_name="+")
    baseline_month = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "goal"], name="goal_measure_once")]


@tracked
class ValueStatement(TenantModel):
    """How a contribution to a goal is computed month by month, and with which grade of evidence it is stated."""

    business_unit = TenantForeignKey(BusinessUnit, related_name="value_statements")
    goal = TenantForeignKey(BusinessGoal, related_name="value_statements")
    slug = models.CharField(max_length=80)
    kind = models.CharField(max_length=14, choices=ValueKind)
    grade = models.CharField(max_length=1, choices=EvidenceGrade)
    measure = TenantForeignKey(Measure, null=True, blank=True, related_name="+")
    target = TenantForeignKey(ServiceLevelTarget, null=True, blank=True, related_name="+")
    improvement = TenantForeignKey(ImprovementOpportunity, null=True, blank=True, related_name="+")
    unit_words = models.CharField(max_length=60)
    cause_words = models.CharField(max_length=200, help_text="What brought it about, for example “Re-order lists”.")
    result_words = models.CharField(max_length=80, help_text="Said under the range, for example “saved a month”.")
    low_rate = models.DecimalField(
        max_digits=10,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Minutes or minor units of money for one unit, careful side.",
    )
    high_rate = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    baseline_month = models.DateField(null=True, blank=True)
    confirmed_by_words = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "business_unit", "slug"], name="value_statement_slug"),
            models.CheckConstraint(condition=models.Q(kind__in=ValueKind.values), name="value_kind_known"),
            models.CheckConstraint(condition=models.Q(grade__in=EvidenceGrade.values), name="value_grade_known"),
            models.CheckConstraint(
                condition=models.Q(low_rate__isnull=True)
                | models.Q(high_rate__isnull=True)
                | models.Q(high_rate__gte=models.F("low_rate")),
                name="value_rates_in_order",
            ),
        ]
