"""What happens to a job: asked for, claimed under a lease, reported on, published once, or given up.

A worker holds a job by its fencing token, the number of its attempt: whatever a worker writes is written only where
that number still stands. Leases go by the clock of the database, so that no two clocks can disagree.
"""

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import Membership
from portal.conversations.actions import notify
from portal.jobs import queries
from portal.jobs.errors import LeaseLost, NotFailed
from portal.jobs.models import ENDED, TRIES, Job, JobPart, JobState
from portal.jobs.registry import JobResult, Saved, find_kind
from portal.tenancy.scope import required_tenant_id

logger = logging.getLogger(__name__)
Made = TypeVar("Made")
LONG_LEFT = 24 * 3600  # seconds: nobody writes a file for so long


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do one job until the lease ends; `token` is the number of the attempt.

    `has_parts` says that the parts of the job were asked for, and that all of them have ended.
    """

    job_id: int
    token: int
    tenant_id: int
    kind: str
    arguments: dict[str, Any]
    has_parts: bool = False


@transaction.atomic
def request_job(
    *, kind: str, key: str, title: str, arguments: dict[str, Any], requested_by: Membership | None, now: datetime
) -> Job:
    """Ask for a job. Asking again finds the first; one that failed, or whose file is gone, is done again.

    The caller queues it on commit with `portal.jobs.tasks.queue_job`. Refuses with UnknownKind.
    """
    find_kind(kind)
    wanted = {"title": title[:200], "arguments": arguments, "requested_by": requested_by, "created_at": now}
    job, is_new = Job.objects.get_or_create(kind=kind, key=key, defaults=wanted)
    if not is_new and _must_be_done_again(job):
        return _queue_again(job)
    return job


@transaction.atomic
def retry_job(*, job: Job) -> Job:
    """Try a failed job again by hand, with as many tries as a new one has. Refuses with NotFailed."""
    current = Job.objects.select_for_update().get(pk=job.pk)
    if current.state != JobState.FAILED:
        raise NotFailed
    return _queue_again(current)


def _must_be_done_again(job: Job) -> bool:
    is_lost = job.state == JobState.DONE and not queries.result_path(job=job).is_file()
    return is_lost or job.state == JobState.FAILED


def _queue_again(job: Job) -> Job:
    """The token goes on counting, so that a worker of an earlier round can never publish in this one.

    Its parts are asked for again: those that failed are made anew, the others are found.
    """
    JobPart.objects.filter(job=job).delete()
    Job.objects.filter(pk=job.pk, state=job.state).update(
        state=JobState.QUEUED,
        percent=0,
        message="",
        attempts_allowed=F("attempts") + TRIES,
        lease_until=None,
        finished_at=None,
        sent_at=Now(),
    )
    job.refresh_from_db()
    return job


@transaction.atomic
def claim_job(*, job_id: int, now: datetime) -> Claim | None:
    """Take a job that waits or whose lease has ended; None if somebody else has it or nothing is left to do."""
    free = Job.objects.filter(Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=Now()) | _is_ready())
    job = free.filter(pk=job_id).select_for_update(skip_locked=True).first()  # at most one: by primary key
    if job is None:
        return None
    if job.attempts >= job.attempts_allowed:
        _fail(job, reason=_("its worker was lost each time"), now=now)
        return None
    job.state, job.attempts, job.percent, job.message = JobState.RUNNING, job.attempts + 1, 0, ""
    job.save(update_fields=["state", "attempts", "percent", "message"])
    Job.objects.filter(pk=job.pk).update(lease_until=_lease_end())
    has_parts = JobPart.objects.filter(job=job).exists()
    return Claim(job.pk, job.attempts, required_tenant_id(), job.kind, job.arguments, has_parts)


@transaction.atomic
def wait_for_parts(*, claim: Claim, part_ids: Sequence[int]) -> None:
    """The job is put aside until its parts have ended, and has one try more. Refuses with LeaseLost.

    Where none of them is open any more, `list_ready` names the job at once.
    """
    JobPart.objects.bulk_create(JobPart(job_id=claim.job_id, part_id=part_id) for part_id in dict.fromkeys(part_ids))
    more = {"attempts_allowed": F("attempts_allowed") + 1, "sent_at": Now()}
    if not _held(claim).update(state=JobState.WAITING, lease_until=None, **more):
        raise LeaseLost(job=claim.job_id)


def list_ready(*, job_id: int) -> list[int]:
    """The jobs that can go on after this one: those that waited for it last, and itself if its parts have ended."""
    waiting = Job.objects.filter(_is_ready(), Q(pk=job_id) | Q(parts__part=job_id))
    return list(waiting.order_by("pk").values_list("pk", flat=True).distinct())


def renew_lease(*, claim: Claim, percent: int | None = None, message: str = "") -> None:
    """Keep a claimed job, and say how far it is (0 to 100). Refuses with LeaseLost when another worker has it."""
    progress = {} if percent is None else {"percent": min(max(percent, 0), 100), "message": message[:300]}
    if not _held(claim).update(lease_until=_lease_end(), **progress):
        raise LeaseLost(job=claim.job_id)


def keep_result(*, tenant_id: int, content: bytes) -> str:
    """Write the file of a result, complete or not at all, and return its name: the SHA-256 of the content.

    Raises OSError when the disk is full; nothing is left behind then.
    """
    name, _size = keep_written(tenant_id=tenant_id, write=lambda file: file.write(content))
    return name


def keep_written(*, tenant_id: int, write: Callable[[BinaryIO], Made]) -> tuple[str, Made]:
    """The same of a file that `write` writes piece by piece, so that it is never in memory; with what `write` returns.

    Whatever ends it before it is whole, nothing is left behind.
    """
    folder = Path(settings.FILES_DIR) / str(tenant_id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, part = tempfile.mkstemp(suffix=".part", dir=folder)
    _clear(folder, now=Path(part).stat().st_mtime)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            made = write(file)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            name = hashlib.file_digest(file, "sha256").hexdigest()
        Path(part).replace(folder / name)
    finally:
        Path(part).unlink(missing_ok=True)  # it is gone where it has its name
    return name, made


def _clear(folder: Path, *, now: float) -> None:
    """Rid a folder of what killed workers have left half written there."""
    for part in folder.glob("*.part"):
        with suppress(FileNotFoundError):  # another worker was quicker
            if part.stat().st_mtime < now - LONG_LEFT:
                part.unlink()


@transaction.atomic
def publish_result(*, claim: Claim, result: JobResult | Saved, name: str, now: datetime) -> None:
    """The job is done and its file is `name`; told to whoever asked. Refuses with LeaseLost: each is published once."""
    is_held = _held(claim).update(
        state=JobState.DONE,
        percent=100,
        message=_("Ready."),
        lease_until=None,
        finished_at=now,
        result_name=name,
        result_type=result.content_type,
        download_name=result.download_name[:200],
    )
    if not is_held:
        raise LeaseLost(job=claim.job_id)
    _tell_requester(Job.objects.get(pk=claim.job_id), _("Ready: %(title)s"), now=now)
    logger.info("job %s of kind %s published at attempt %s", claim.job_id, claim.kind, claim.token)


@transaction.atomic
def give_back(*, claim: Claim, reason: str, is_final: bool, now: datetime) -> None:
    """An attempt went wrong: the job waits for the next sweep, or has failed after its last try or a final reason."""
    job = _held(claim).select_for_update().first()  # at most one: by primary key
    if job is None:
        return
    if is_final or job.attempts >= job.attempts_allowed:
        _fail(job, reason=reason, now=now)
        return
    message = _("This did not work: %(reason)s. It is tried again by itself.") % {"reason": reason}
    _held(claim).update(state=JobState.QUEUED, lease_until=None, sent_at=Now(), message=message[:300])


@transaction.atomic
def mark_sent_again() -> list[int]:
    """The jobs that the broker should be told of again: waiting too long, or with a lease that has ended.

    Each is named once in a resend interval, also when two sweeps run at the same time.
    """
    is_abandoned = Q(state=JobState.RUNNING, lease_until__lt=Now())
    waits = Q(state=JobState.QUEUED) | _is_ready()
    due = Job.objects.filter(waits | is_abandoned, sent_at__lt=Now() - settings.JOB_RESEND)
    ids = list(due.order_by("id").select_for_update(skip_locked=True).values_list("id", flat=True))
    Job.objects.filter(pk__in=ids).update(sent_at=Now())
    return ids


def _held(claim: Claim) -> QuerySet[Job]:
    return Job.objects.filter(pk=claim.job_id, attempts=claim.token, state=JobState.RUNNING)


def _is_ready() -> Q:
    """The condition that a job waited for its parts, and none of them is open any more."""
    is_open = JobPart.objects.filter(job=OuterRef("pk")).exclude(part__state__in=ENDED)
    return Q(~Exists(is_open), state=JobState.WAITING)


def _lease_end() -> Any:
    lease: timedelta = settings.JOB_LEASE
    return Now() + lease


def _fail(job: Job, *, reason: str, now: datetime) -> None:
    tries = TRIES - (job.attempts_allowed - job.attempts)
    message = _("This did not work (tries: %(tries)s): %(reason)s.") % {"tries": tries, "reason": reason}
    job.state, job.message, job.lease_until, job.finished_at = JobState.FAILED, message[:300], None, now
    job.save(update_fields=["state", "message", "lease_until", "finished_at"])
    _tell_requester(job, _("Did not work: %(title)s"), now=now)


def _tell_requester(job: Job, words: str, *, now: datetime) -> None:
    if job.requested_by is None:
        return
    notify(
        members=[job.requested_by],
        text=words % {"title": job.title},
        url=reverse("job_detail", kwargs={"tenant": job.tenant.slug, "job_id": job.pk}),
        key=f"job-{job.pk}-{job.attempts}",
        now=now,
        by_mail=False,
    )
