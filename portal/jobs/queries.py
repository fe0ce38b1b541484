"""Which jobs there are, how far they are, and who may see them."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import Membership
from portal.jobs.errors import UnknownKind
from portal.jobs.models import Job, JobState
from portal.jobs.registry import find_kind


@dataclass(frozen=True, slots=True)
class JobPage:
    """A job as its page shows it."""

    url: str
    label: str
    percent: int
    message: str
    is_ended: bool
    failed: bool
    result_url: str
    result_label: str
    retry_url: str


def find_job(*, kind: str, key: str) -> Job | None:
    """The job of that kind and key if it was ever asked for; whoever calls has authorised the reader."""
    return Job.objects.filter(kind=kind, key=key).first()  # at most one: the key is unique


def get_job(*, reader: Membership, job_id: int) -> Job:
    """One job, if its reader asked for it or the kind lets them read it.

    Raises Job.DoesNotExist for jobs that are not the reader's business.
    """
    job = Job.objects.get(pk=job_id)
    if not may_read(reader=reader, job=job):
        raise Job.DoesNotExist(job_id)
    return job


def may_read(*, reader: Membership, job: Job) -> bool:
    """The kind says who may read its jobs; a kind that says nothing leaves them to whoever asked."""
    try:
        rule = find_kind(job.kind).may_read
    except UnknownKind:
        return False
    return rule(reader=reader, arguments=job.arguments) if rule else job.requested_by_id == reader.pk


def result_path(*, job: Job) -> Path:
    """Where the file of a job is kept: in the folder of its tenant, under a name made from its content."""
    return Path(settings.FILES_DIR) / str(job.tenant_id) / job.result_name


def get_page(*, job: Job, tenant_slug: str) -> JobPage:
    """What the page of a job shows."""
    address = {"tenant": tenant_slug, "job_id": job.pk}
    is_done = job.state == JobState.DONE
    return JobPage(
        url=reverse("job_detail", kwargs=address),
        label=job.title,
        percent=job.percent,
        message=job.message or _("Waiting for a free worker."),
        is_ended=job.is_ended,
        failed=job.state == JobState.FAILED,
        result_url=reverse("job_download", kwargs=address) if is_done else "",
        result_label=_("Download %(name)s") % {"name": job.download_name} if is_done else "",
        retry_url=reverse("job_retry", kwargs=address) if job.state == JobState.FAILED else "",
    )
