"""Work that takes longer than a request: the row is the truth, the broker only a hint."""

from django.db import models
from django.db.models.functions import Now

from portal.accounts.models import Membership
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel

TRIES = 5


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", "Waiting"
    WAITING = "waiting", "Waiting for its parts"
    RUNNING = "running", "Running"
    DONE = "done", "Ready"
    FAILED = "failed", "Failed"


ENDED = (JobState.DONE, JobState.FAILED)


class Job(TenantModel):
    """One piece of leased work; `attempts` is the fencing token, `key` makes a second request find the first.

    `attempts` only ever grows: a job that is tried again by hand gets more `attempts_allowed`. `sent_at` is when the
    broker was last told; both it and the lease go by the clock of the database.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    percent = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    attempts_allowed = models.PositiveSmallIntegerField(default=TRIES)
    sent_at = models.DateTimeField(db_default=Now())
    lease_until = models.DateTimeField(null=True, blank=True)
    requested_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    result_name = models.CharField(max_length=200, blank=True)
    result_type = models.CharField(max_length=100, blank=True)
    download_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "kind", "key"], name="job_once"),
            models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="job_state_known"),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="job_percent_to_100"),
        ]
        indexes = [models.Index(fields=["tenant", "state", "lease_until"], name="job_by_lease")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.state}"

    @property
    def is_ended(self) -> bool:
        """Whether nothing more will happen unless somebody asks."""
        return self.state in ENDED


class JobPart(TenantModel):
    """A job that makes a part of what another one puts together; the file of one may be a part of several."""

    job = TenantForeignKey(Job, models.CASCADE, related_name="parts")
    part = TenantForeignKey(Job, models.CASCADE, related_name="part_of")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "job", "part"], name="job_part_once")]
        indexes = [models.Index(fields=["tenant", "part"], name="job_part_by_part")]

    def __str__(self) -> str:
        return f"{self.part_id} of {self.job_id}"
