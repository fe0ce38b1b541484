"""How far a job is, its file, and trying it again."""

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.audit.actions import record
from portal.jobs import actions, queries
from portal.jobs.models import Job, JobState
from portal.jobs.tasks import queue_job
from portal.pages import get_or_404, respond
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest

AT_ONCE = 4 * 1024 * 1024  # bytes that are sent in one piece


@require_safe
def job_detail(request: TenantRequest, tenant: str, job_id: int) -> HttpResponse:
    """How far a job is; the fragment asks again by itself, without script the page is loaded anew."""
    job = get_or_404(queries.get_job, reader=request.membership, job_id=job_id)
    page = queries.get_page(job=job, tenant_slug=tenant)
    return respond(request, "jobs/job_detail.html", "progress", {"job": page})


@require_safe
def job_download(request: TenantRequest, tenant: str, job_id: int) -> HttpResponseBase:
    """The file of a job, for those who may read it."""
    job = get_or_404(queries.get_job, reader=request.membership, job_id=job_id)
    return send_result(request, job)


@require_POST
def job_retry(request: TenantRequest, tenant: str, job_id: int) -> HttpResponse:
    """Try a failed job again."""
    job = get_or_404(queries.get_job, reader=request.membership, job_id=job_id)
    try:
        queue_job(actions.retry_job(job=job))
    except Refusal as refusal:
        page = queries.get_page(job=job, tenant_slug=tenant)
        context = {"job": page, "refusal": str(refusal)}
        return respond(request, "jobs/job_detail.html", "progress", context, status=422)
    return redirect("job_detail", tenant=tenant, job_id=job_id)


def send_result(request: TenantRequest, job: Job) -> HttpResponseBase:
    """The file of a finished job as a download, a large one piece by piece, with an audit entry; whoever calls has
    authorised the reader.

    Raises Http404 with what to do while there is no file.
    """
    path = queries.result_path(job=job)
    if job.state != JobState.DONE or not path.is_file():
        raise Http404(_("There is no file yet. Ask for it on its page."))
    subject = f"{job.title}: {job.download_name}"
    record(act="job.downloaded", actor_id=request.user.pk, at=clock.now(), subject=subject, job=job.pk)
    if path.stat().st_size > AT_ONCE:
        named = {"filename": job.download_name, "content_type": job.result_type}
        return FileResponse(path.open("rb"), as_attachment=True, **named)
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=job.download_name)}
    return HttpResponse(path.read_bytes(), content_type=job.result_type, headers=headers)
