"""Results: one target, one period; value, status, proof."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models

from portal.accounts.models import BusinessUnit, Membership
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantManager, TenantModel
from slas.models.targets import ServiceLevelTarget


class AttainmentManager(TenantManager):
    """Leaves the records and inputs of a figure unread: they may be thousands, and only who opens it needs them."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().defer("records", "inputs")


class Attainment(TenantModel):
    """What was delivered of one target in one period.

    Open rows are recomputed whole from the facts. Closing the month freezes a row; facts that arrive later make the
    next revision, which waits to be issued with a reason.
    """

    target = TenantForeignKey(ServiceLevelTarget, models.CASCADE, related_name="attainments")
    period_start = models.DateField()
    period_end = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10)
    value_words = models.CharField(max_length=40)  # in the target's own unit, rounded toward failure: 99.3, 31/31
    value = models.FloatField(null=True)  # for drawing only; judged exactly from the proof
    used = models.FloatField(null=True)  # share of the room used, for ordering and drawing only
    result = models.JSONField()  # exact figures of the kind of target
    proof = models.JSONField()  # sum, evidence, rules, versions
    records = models.JSONField(default=list)  # the cases, dates, counts or rounds that were judged
    inputs_hash = models.CharField(max_length=64)
    inputs = models.TextField(default="")  # what it was calculated from, in its written form
    computed_at = models.DateTimeField()
    changed_at = models.DateTimeField()  # since when it is what it is: computing it again alone changes nothing
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[AttainmentManager] = AttainmentManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "target", "period_start", "revision"], name="attainment_revision"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=["kept", "close", "missed", "at_risk", "trial", "disputed", "data_gap", "no_cases"]
                ),
                name="attainment_status_known",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "period_start", "target"], name="attainment_by_period")]
        triggers = [
            pgtrigger.Protect(
                name="closed_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            )
        ]


class DirtyTarget(TenantModel):
    """A period of a target whose facts changed: waits to be recomputed whole.

    Each change adds a row and none is unique, so that a change is never lost in a row that a worker is about to remove.
    `failure` says why no figure could be made; it is tried again from `since` on.
    """

    target = TenantForeignKey(ServiceLevelTarget, models.CASCADE, related_name="+")
    period_start = models.DateField()
    since = models.DateTimeField()
    failure = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["tenant", "target"], name="dirty_by_target")]


class MonthClose(TenantModel):
    """The figures of one unit's month are closed: what comes later is a restatement."""

    business_unit = TenantForeignKey(BusinessUnit, related_name="+")
    month = models.DateField()
    closed_at = models.DateTimeField()
    closed_by = TenantForeignKey(Membership, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "business_unit", "month"], name="month_closed_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="closed_month_by_its_first"),
        ]
