"""Cases, and what happened to them on their way. Raw facts without foreign keys, as all facts that come in numbers."""

from django.db import models

from portal.tenancy.models import TenantModel
from slas.models.facts import own_tenant


class Case(TenantModel):
    """A request or problem with its clock: opened, first answered, solved.

    Excluded cases say why they do not count, unknown ones why nobody can tell when their clock stopped, merged ones the
    key of the case that goes on.
    """

    tenant = own_tenant()
    measure_id = models.BigIntegerField()
    key = models.CharField(max_length=100)
    priority = models.CharField(max_length=60, blank=True)
    opened_at = models.DateTimeField()
    responded_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    excluded_reason = models.CharField(max_length=200, blank=True)
    unknown_reason = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300, blank=True)
    merged_into = models.CharField(max_length=100, blank=True)
    batch_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "measure_id", "key"], name="case_key"),
            models.CheckConstraint(
                condition=models.Q(responded_at__isnull=True) | models.Q(responded_at__gte=models.F("opened_at")),
                name="case_answered_after_opening",
            ),
            models.CheckConstraint(
                condition=models.Q(resolved_at__isnull=True) | models.Q(resolved_at__gte=models.F("opened_at")),
                name="case_solved_after_opening",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "measure_id", "opened_at"], name="case_by_opening"),
            models.Index(fields=["tenant", "measure_id"], condition=~models.Q(merged_into=""), name="case_merged"),
        ]


class CasePause(TenantModel):
    """A row of the pause ledger: the clock stood still, for a reason.

    `party` was waited for, `note` says why so long. Entered after it began, it counts from its entry unless approved.
    """

    tenant = own_tenant()
    measure_id = models.BigIntegerField()
    case_key = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=80)
    party = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField(null=True)
    entered_by = models.CharField(max_length=80, blank=True)
    approved_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "measure_id", "case_key", "started_at", "reason"], name="case_pause_key"
            )
        ]
        indexes = [
            models.Index(
                fields=["tenant", "measure_id", "started_at"],
                condition=models.Q(approved_by="", entered_at__gt=models.F("started_at")),
                name="case_pause_not_approved",
            )
        ]


class CaseReopening(TenantModel):
    """A case was solved, and opened again."""

    tenant = own_tenant()
    measure_id = models.BigIntegerField()
    case_key = models.CharField(max_length=100)
    solved_at = models.DateTimeField()
    reopened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "measure_id", "case_key", "solved_at"], name="case_reopening_key"
            ),
            models.CheckConstraint(
                condition=models.Q(reopened_at__gt=models.F("solved_at")), name="case_reopened_after_solution"
            ),
        ]


class CasePriority(TenantModel):
    """A case had another priority before that instant."""

    tenant = own_tenant()
    measure_id = models.BigIntegerField()
    case_key = models.CharField(max_length=100)
    changed_at = models.DateTimeField()
    before = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "measure_id", "case_key", "changed_at", "before"], name="case_priority_key"
            )
        ]
