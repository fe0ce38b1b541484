"""What was said of months before they ended."""

from django.db import models

from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel
from slas.models.targets import ServiceLevelTarget


class Forecast(TenantModel):
    """On one day, in how many of the drawn ends of a running month a target was missed.

    Said once a day and never changed, so that it can be held against what happened.
    """

    target = TenantForeignKey(ServiceLevelTarget, related_name="forecasts")
    period_start = models.DateField()
    said_on = models.DateField()  # in the zone of the agreement
    said_at = models.DateTimeField()
    misses = models.PositiveIntegerField()
    runs = models.PositiveIntegerField()
    months = models.PositiveSmallIntegerField("months of history")
    inputs_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "target", "period_start", "said_on"], name="forecast_said_once_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(runs__gt=0) & models.Q(misses__lte=models.F("runs")), name="forecast_is_a_chance"
            ),
        ]
