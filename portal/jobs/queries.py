"""Which jobs there are, how far they are, and who may see them."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import Membership
from portal.jobs.errors import PartsFailed, UnknownKind
from portal.jobs.models import ENDED, Job, JobPart, JobState
from portal.jobs.registry import Part, find_kind

PARTS_PERCENT = 90  # of the way is gone when all parts are made


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
    percent, message = (job.percent, job.message) if job.is_ended else _how_far(job)
    return JobPage(
        url=reverse("job_detail", kwargs=address),
        label=job.title,
        percent=percent,
        message=message or _("Waiting for a free worker."),
        is_ended=job.is_ended,
        failed=job.state == JobState.FAILED,
        result_url=reverse("job_download", kwargs=address) if is_done else "",
        result_label=_("Download %(name)s") % {"name": job.download_name} if is_done else "",
        retry_url=reverse("job_retry", kwargs=address) if job.state == JobState.FAILED else "",
    )


def list_parts(*, job_id: int) -> list[Part]:
    """The finished parts of a job, in the order in which they were asked for.

    Refuses with PartsFailed, also where the file of a finished one is gone: asking again has it made anew.
    """
    links = JobPart.objects.filter(job=job_id).select_related("part").order_by("pk")
    parts = [link.part for link in links]
    failed = [part for part in parts if part.state == JobState.FAILED or not result_path(job=part).is_file()]
    if failed:
        raise PartsFailed(failed=len(failed), all=len(parts), title=failed[0].title)
    return [Part(result_path(job=part), part.result_name, part.result_type, part.download_name) for part in parts]


def _how_far(job: Job) -> tuple[int, str]:
    """Percent and words of a job that goes on; of one with parts, how many of them are made."""
    counted = JobPart.objects.filter(job=job).aggregate(
        every=Count("pk"), ended=Count("pk", filter=Q(part__state__in=ENDED))
    )
    if not counted["every"]:
        return job.percent, job.message
    percent = max(job.percent, PARTS_PERCENT * counted["ended"] // counted["every"])
    if counted["ended"] == counted["every"] and job.message:
        return percent, job.message
    return percent, _("%(ended)s of %(every)s files are made.") % counted
