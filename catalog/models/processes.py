"""How the business works, as it says itself: its processes, what each step rests on, and when the work is heavy."""

from datetime import date

from django.db import models
from django.db.models import Deferrable, F, Q

from catalog.models.composition import Component
from catalog.models.services import Service
from portal.accounts.models import BusinessUnit, Membership
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import SLUG, TenantModel

MINUTES = 24 * 60
LAST_DAY = date(2199, 12, 31)


class PeakKind(models.TextChoices):
    """How the time of a peak is told."""

    WEEKLY = "weekly", "On days of each week"
    MONTH_END = "month_end", "On the last working days of each month"
    YEARLY = "yearly", "In a season of each year"
    DATED = "dated", "On certain dates"


@tracked
class BusinessProcess(TenantModel):
    """Work that a unit does again and again: what it is for and who answers for it, as somebody said on a day."""

    slug = models.CharField(max_length=100, validators=[SLUG])
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=300)
    business_unit = TenantForeignKey(BusinessUnit, related_name="processes")
    owner = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    told_by = TenantForeignKey(Membership, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "slug"], name="process_slug")]
        indexes = [models.Index(fields=["tenant", "business_unit", "name"], name="process_by_unit")]

    def __str__(self) -> str:
        return self.name


@tracked
class BusinessStep(TenantModel):
    """A step of a process of the business, in order; what stands still when one of its supports does."""

    process = TenantForeignKey(BusinessProcess, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    told_by = TenantForeignKey(Membership, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(  # judged at the end of a statement, so that one statement can change the order
                fields=["tenant", "process", "position"],
                name="business_step_position",
                deferrable=Deferrable.IMMEDIATE,
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class StepSupport(TenantModel):
    """A step rests on a service, or on people and things of their own, with the part that these play in words."""

    step = TenantForeignKey(BusinessStep, models.CASCADE, related_name="supports")
    service = TenantForeignKey(Service, null=True, blank=True, related_name="step_supports")
    component = TenantForeignKey(Component, null=True, blank=True, related_name="step_supports")
    role = models.CharField(max_length=200)
    told_by = TenantForeignKey(Membership, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "step", "service"], name="step_support_service_once"),
            models.UniqueConstraint(fields=["tenant", "step", "component"], name="step_support_component_once"),
            models.CheckConstraint(
                condition=Q(service__isnull=False, component__isnull=True)
                | Q(service__isnull=True, component__isnull=False),
                name="step_support_is_one_thing",
            ),
        ]


@tracked
class LoadPeak(TenantModel):
    """When the work of a process is heavy: a rule in the time of the tenant, from the first minute up to the last one.

    `weekdays` are digits, Monday is 0. A season comes back each year, whatever the year of its dates.
    """

    process = TenantForeignKey(BusinessProcess, models.CASCADE, related_name="peaks")
    kind = models.CharField(max_length=10, choices=PeakKind)
    name = models.CharField(max_length=80, blank=True)
    weekdays = models.CharField(max_length=7, blank=True)
    last_days = models.PositiveSmallIntegerField(null=True, blank=True)
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    start_minute = models.PositiveSmallIntegerField(default=0)
    end_minute = models.PositiveSmallIntegerField(default=MINUTES)
    told_by = TenantForeignKey(Membership, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PeakKind.values), name="peak_kind_known"),
            models.CheckConstraint(
                condition=Q(start_minute__lt=F("end_minute"), end_minute__lte=MINUTES), name="peak_minutes_in_order"
            ),
            models.CheckConstraint(
                condition=Q(first_on__isnull=True) | Q(last_on__gte=F("first_on"), last_on__lte=LAST_DAY),
                name="peak_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(kind="weekly", weekdays__regex="^0?1?2?3?4?5?6?$", last_days__isnull=True)
                & Q(first_on__isnull=True, last_on__isnull=True)
                & ~Q(weekdays="")
                | Q(kind="month_end", weekdays="", last_days__isnull=False, last_days__gte=1, last_days__lte=20)
                & Q(first_on__isnull=True, last_on__isnull=True)
                | Q(kind__in=["yearly", "dated"], weekdays="", last_days__isnull=True)
                & Q(first_on__isnull=False, last_on__isnull=False),
                name="peak_is_told_by_its_kind",
            ),
        ]
