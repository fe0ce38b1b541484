"""The facts: what happened. Raw facts carry no foreign keys (volume); their key is (tenant, measure, when or which)."""

from datetime import datetime
from typing import Any

from django.db import models

from catalog.models import Service
from portal.accounts.models import ApiToken, Membership
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import Tenant, TenantModel
from portal.tenancy.scope import required_tenant_id
from slas.models.targets import Measure, WorkKind
from slas.models.thousandths import ThousandthsField


def own_tenant() -> Any:
    """The tenant of a raw fact: held by the row policy, and first in the key.

    A reference would be checked again for each row, and an index of its own would repeat the key's.
    """
    return models.ForeignKey(
        Tenant,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        default=required_tenant_id,
        db_constraint=False,
        db_index=False,
    )


class BatchState(models.TextChoices):
    """Whether a batch counts."""

    DRAFT = "draft", "Checked, not sent"
    WAITING = "waiting", "Waits for a second person"
    COUNTED = "counted", "Counts"
    REFUSED = "refused", "Refused"


class Origin(models.TextChoices):
    """How a batch came."""

    ENTERED = "entered", "Entered"
    UPLOADED = "uploaded", "Uploaded"
    PUSHED = "pushed", "Pushed"
    IMPORTED = "imported", "Imported"


class FactBatch(TenantModel):
    """Facts that arrived together. Entered and uploaded rows wait here until a second person approves them.

    `fact` is a kind of facts, or “gaps”. `rows` keeps entered and uploaded rows as they were checked; `outcome` keeps
    what became of them: counts of new, unchanged and corrected rows, the refused rows with reasons, and warnings.
    """

    measure = TenantForeignKey(Measure, related_name="batches")
    fact = models.CharField(max_length=10)
    origin = models.CharField(max_length=12, choices=Origin)
    state = models.CharField(max_length=8, choices=BatchState, default=BatchState.WAITING)
    file_name = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    rows = models.JSONField(default=list)
    row_count = models.PositiveIntegerField(default=0)
    outcome = models.JSONField(default=dict)
    brought_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    brought_at = models.DateTimeField()
    decided_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=BatchState.values), name="batch_state_known"),
            models.CheckConstraint(condition=models.Q(origin__in=Origin.values), name="batch_origin_known"),
        ]
        indexes = [models.Index(fields=["tenant", "state", "-brought_at"], name="batch_by_state")]


class Measurement(TenantModel):
    """One check or one reading; in tables by UTC month, of which the database knows (`make_measurement_month`).

    A check has a state, 0 up, 1 degraded, 2 down, and a response time in milliseconds that is shown and never judged.
    A reading has a value, in the unit of its measure.
    """

    tenant = own_tenant()
    pk = models.CompositePrimaryKey("tenant", "measure_id", "at")
    measure_id = models.BigIntegerField()
    at = models.DateTimeField()
    state = models.SmallIntegerField(null=True)
    response_ms = models.FloatField(null=True)
    value = ThousandthsField(null=True)
    batch_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__gte=0, state__lte=2), name="measurement_state_known"),
            models.CheckConstraint(
                condition=models.Q(state__isnull=True) ^ models.Q(value__isnull=True),
                name="measurement_is_check_or_reading",
            ),
        ]


class Outage(TenantModel):
    """A time in which a service or component was down or degraded; open while it has no end.

    `left_out_reason` says why both sides agreed that it does not count; empty, it counts. `affected_percent` is how
    many of the agreed users it met; empty, all of them.
    """

    tenant = own_tenant()
    measure_id = models.BigIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_degraded = models.BooleanField(default=False)
    what = models.CharField(max_length=300, blank=True)
    cause = models.CharField(max_length=300, blank=True)
    component_slug = models.CharField(max_length=100, blank=True)
    left_out_reason = models.CharField(max_length=300, blank=True)
    affected_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    batch_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            # With the end, the key alone tells the times of the outages of many measures.
            models.UniqueConstraint(
                fields=["tenant", "measure_id", "started_at"], include=["ended_at"], name="outage_key"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gt=models.F("started_at")),
                name="outage_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(affected_percent__isnull=True)
                | models.Q(affected_percent__gte=0, affected_percent__lte=100),
                name="outage_affected_percent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "measure_id", "started_at"],
                condition=models.Q(is_degraded=True)
                | ~models.Q(left_out_reason="")
                | models.Q(affected_percent__isnull=False),
                name="outage_unusual",
            )
        ]


class DataGap(TenantModel):
    """A time about which a measure knows nothing."""

    measure_id = models.BigIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    batch_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "measure_id", "started_at"], name="data_gap_key"),
            models.CheckConstraint(
                condition=models.Q(ended_at__gt=models.F("started_at")), name="data_gap_ends_after_start"
            ),
        ]


class CoveredTime(TenantModel):
    """A time for which a log of outages is complete: somebody says that what is not in it did not happen."""

    measure_id = models.BigIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    batch_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "measure_id", "started_at"], name="covered_time_key"),
            models.CheckConstraint(
                condition=models.Q(ended_at__gt=models.F("started_at")), name="covered_time_ends_after_start"
            ),
        ]


class PlannedWork(TenantModel):
    """Announced work on a service: when it was announced and approved decides whether it is excluded.

    `ended_at` is when it really ended; while nobody said so, it ended as announced.
    """

    service = TenantForeignKey(Service, related_name="planned_work")
    kind = models.CharField(max_length=9, choices=WorkKind, default=WorkKind.PLANNED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    announced_at = models.DateTimeField()
    announced_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    title = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "service", "starts_at"], name="planned_work_key"),
            models.CheckConstraint(condition=models.Q(kind__in=WorkKind.values), name="planned_work_kind_known"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="planned_work_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gt=models.F("starts_at")),
                name="planned_work_ended_after_start",
            ),
        ]

    @property
    def away_until(self) -> datetime:
        """Until when the service was really taken away."""
        return self.ended_at or self.ends_at


class Occasion(TenantModel):
    """When the work of one local date was complete; a date without a row is unknown, not late."""

    measure_id = models.BigIntegerField()
    on = models.DateField()
    completed_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)
    batch_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "measure_id", "on"], name="occasion_key")]


class Volume(TenantModel):
    """Counted units of work of one local date, or of the period that starts on it: how many, how many in standard.

    More in standard than counted is kept as it came, with a warning, never clipped.
    """

    measure_id = models.BigIntegerField()
    on = models.DateField()
    total = models.BigIntegerField()
    met = models.BigIntegerField(null=True)
    batch_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "measure_id", "on"], name="volume_key"),
            models.CheckConstraint(condition=models.Q(total__gte=0), name="volume_not_negative"),
        ]


class SurveyCount(TenantModel):
    """Answers of one survey round: how many people were asked, how many answers, how many of them good."""

    measure_id = models.BigIntegerField()
    on = models.DateField()
    asked = models.PositiveIntegerField()
    answers = models.PositiveIntegerField()
    good = models.PositiveIntegerField()
    batch_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "measure_id", "on"], name="survey_count_key"),
            models.CheckConstraint(
                condition=models.Q(good__lte=models.F("answers"), answers__lte=models.F("asked")),
                name="survey_counts_in_order",
            ),
        ]


class MeasurementRevision(TenantModel):
    """The old value of a corrected fact; appended only, because the evidence of an agreement must stay."""

    measure_id = models.BigIntegerField()
    fact = models.CharField(max_length=10)
    key = models.CharField(max_length=140)
    old = models.JSONField()
    new = models.JSONField()
    batch_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tenant", "measure_id", "at"], name="revision_by_measure")]


class PushedRequest(TenantModel):
    """The answer to a push that carried an Idempotency-Key: for 24 hours the same request gets the same answer."""

    token = TenantForeignKey(ApiToken, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "token", "key"], name="pushed_request_once")]
        indexes = [models.Index(fields=["tenant", "received_at"], name="pushed_request_by_time")]
