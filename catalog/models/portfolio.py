"""What a service costs and is worth: its business case, what it is for, and its cost and price month by month."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Coalesce

from catalog.models.goals import EvidenceGrade
from catalog.models.offerings import ServiceOffering
from catalog.models.services import Service
from portal.accounts.models import Membership
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel


class ValueUnit(models.TextChoices):
    """In what value is told: money in minor units, or whole hours or orders."""

    MONEY = "money", "Money"
    HOURS = "hours", "Hours"
    ORDERS = "orders", "Orders"


class Per(models.TextChoices):
    """The period that an amount is for."""

    MONTH = "month", "a month"
    YEAR = "year", "a year"


class AmountKind(models.TextChoices):
    """What IT spends on a service, or what the business pays for it."""

    COST = "cost", "Cost"
    PRICE = "price", "Price"


@tracked
class BusinessCase(TenantModel):
    """What a service costs and what value is promised of it in a year, as somebody said it on a day.

    There is one for each service; what it said before is in its history, and in the decisions that froze it.
    """

    service = TenantForeignKey(Service, models.CASCADE, related_name="business_cases")
    summary = models.TextField(max_length=2000)
    build_minor = models.BigIntegerField()
    run_minor = models.BigIntegerField()
    run_per = models.CharField(max_length=5, choices=Per, default=Per.YEAR)
    value_low = models.BigIntegerField()
    value_likely = models.BigIntegerField()
    value_high = models.BigIntegerField()
    value_unit = models.CharField(max_length=6, choices=ValueUnit)
    grade = models.CharField(max_length=1, choices=EvidenceGrade)
    said_by = TenantForeignKey(Membership, related_name="+")
    said_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "service"], name="business_case_once"),
            models.CheckConstraint(
                condition=models.Q(build_minor__gte=0, run_minor__gte=0), name="business_case_costs_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(value_low__lte=models.F("value_likely"), value_likely__lte=models.F("value_high")),
                name="business_case_value_in_order",
            ),
            models.CheckConstraint(condition=models.Q(run_per__in=Per.values), name="business_case_per_known"),
            models.CheckConstraint(
                condition=models.Q(value_unit__in=ValueUnit.values), name="business_case_unit_known"
            ),
            models.CheckConstraint(condition=models.Q(grade__in=EvidenceGrade.values), name="business_case_grade"),
        ]


@tracked
class ServicePurpose(TenantModel):
    """What a service is for, in the words of somebody in the business."""

    service = TenantForeignKey(Service, models.CASCADE, related_name="purposes")
    text = models.TextField(max_length=1000)
    said_by = TenantForeignKey(Membership, related_name="+")
    said_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "service"], name="service_purpose_once")]


@tracked
class ServiceAmount(TenantModel):
    """What a service, or one level of it, costs or is charged, from a month on until another (half-open; None: open).

    Amounts of the service itself and of its levels add up: what belongs to no level is the service's own.
    """

    service = TenantForeignKey(Service, models.CASCADE, related_name="amounts")
    offering = TenantForeignKey(ServiceOffering, models.CASCADE, null=True, blank=True, related_name="amounts")
    kind = models.CharField(max_length=5, choices=AmountKind)
    from_month = models.DateField()
    until_month = models.DateField(null=True, blank=True)
    minor = models.BigIntegerField()
    per = models.CharField(max_length=5, choices=Per, default=Per.MONTH)
    note = models.CharField(max_length=200, blank=True)
    said_by = TenantForeignKey(Membership, related_name="+")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="service_amount_times_apart",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("service", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (Coalesce("offering", models.Value(0)), RangeOperators.EQUAL),
                    (
                        models.Func("from_month", "until_month", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(condition=models.Q(minor__gte=0), name="service_amount_not_negative"),
            models.CheckConstraint(
                condition=models.Q(from_month__day=1)
                & (models.Q(until_month__isnull=True) | models.Q(until_month__day=1)),
                name="service_amount_of_whole_months",
            ),
            models.CheckConstraint(
                condition=models.Q(until_month__isnull=True) | models.Q(until_month__gt=models.F("from_month")),
                name="service_amount_ends_after_start",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=AmountKind.values), name="service_amount_kind_known"),
            models.CheckConstraint(condition=models.Q(per__in=Per.values), name="service_amount_per_known"),
        ]
