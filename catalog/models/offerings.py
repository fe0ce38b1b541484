"""Levels of services that can be subscribed to, and who is covered by them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Coalesce

from catalog.models.services import Service
from portal.accounts.models import BusinessUnit
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel


@tracked
class ServiceOffering(TenantModel):
    """A level of a service that can be subscribed to, with its price in minor units of the tenant's currency."""

    service = TenantForeignKey(Service, models.CASCADE, related_name="offerings")
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=300, blank=True)
    price_minor = models.BigIntegerField(null=True, blank=True)
    price_unit = models.CharField(max_length=40, default="a month")
    price_words = models.CharField(
        max_length=80, blank=True, help_text="Said when there is no price, for example “In the base fee”."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "service", "name"], name="offering_name"),
            models.CheckConstraint(condition=models.Q(price_minor__gte=0), name="offering_price_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class Entitlement(TenantModel):
    """Who is covered: a business unit, or everyone when none is named, may have an offering between two dates.

    A unit that is subscribed has it and pays; one that is not may ask for it.
    """

    offering = TenantForeignKey(ServiceOffering, models.CASCADE, related_name="entitlements")
    business_unit = TenantForeignKey(BusinessUnit, null=True, blank=True, related_name="entitlements")
    is_subscribed = models.BooleanField(default=True, help_text="The unit has this level; otherwise it may ask for it.")
    level_words = models.CharField(
        max_length=120, blank=True, help_text="Said in place of the offering's name, for example “6 days a month”."
    )
    covered_words = models.CharField(
        max_length=200, blank=True, help_text="Who is covered, for example “All 64 order desk people”."
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")),
                name="entitlement_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["tenant", "offering", "business_unit", "starts_on"],
                nulls_distinct=False,
                name="entitlement_once",
            ),
            ExclusionConstraint(
                name="entitlement_times_apart",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("offering", RangeOperators.EQUAL),
                    (Coalesce("business_unit", models.Value(0)), RangeOperators.EQUAL),
                    (
                        models.Func("starts_on", "ends_on", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
