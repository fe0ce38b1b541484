"""Readings counted by the hour: what targets about them are judged from."""

from django.db import models

from portal.tenancy.models import TenantModel
from slas.models.facts import own_tenant
from slas.models.thousandths import ThousandthsField


class ReadingLimit(TenantModel):
    """A limit by which the readings of a measure are counted, hour by hour; another limit is another row."""

    measure_id = models.BigIntegerField()
    value = ThousandthsField()
    is_least = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "measure_id", "value", "is_least"], name="reading_limit_once")
        ]


class HourlyCount(TenantModel):
    """How many readings of one UTC hour there are, and how many of them within the limit that they were counted by.

    Made whole from the readings by workers, never added to; what is judged is added up from these.
    """

    tenant = own_tenant()
    pk = models.CompositePrimaryKey("tenant", "limit_id", "hour_from")
    limit_id = models.BigIntegerField()
    hour_from = models.DateTimeField()
    n = models.IntegerField("readings")
    n_within = models.IntegerField("within the limit")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(n_within__gte=0, n_within__lte=models.F("n")), name="hourly_count_adds_up"
            )
        ]


class DirtyHour(TenantModel):
    """An hour whose readings have changed since they were counted; each change has a row of its own."""

    tenant = own_tenant()
    measure_id = models.BigIntegerField()
    hour_from = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tenant", "measure_id"], name="dirty_hour_by_measure")]
