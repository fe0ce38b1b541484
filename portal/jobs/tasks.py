"""Jobs are made by workers; the broker only says that there may be something to do."""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError, connections
from django.utils.translation import gettext as _

from portal import clock
from portal.jobs import actions, queries
from portal.jobs.actions import Claim
from portal.jobs.errors import LeaseLost, UnknownKind
from portal.jobs.models import Job
from portal.jobs.registry import JobKind, JobResult, Report, Saved, Scope, find_kind
from portal.tenancy.errors import Refusal
from portal.tenancy.tasks import queue_on_commit, short_scope_task, tenant_task

logger = logging.getLogger(__name__)


def queue_job(job: Job) -> None:
    """Tell the workers of a requested job once its row is committed; when the broker is down, the sweep tells them."""
    if not job.is_ended:
        queue_on_commit(run_job, job_id=job.pk)


@short_scope_task(queue="jobs")
def run_job(*, scope: Scope, job_id: int) -> None:
    """Claim, make and publish one job. Run twice it changes nothing: the second finds nothing to claim."""
    with scope():
        claim = actions.claim_job(job_id=job_id, now=clock.now())
    if claim is None:
        return
    give_back = partial(_give_back, claim, scope)
    try:
        with _lease_kept(claim, scope):
            _make(claim, scope)
    except LeaseLost as lost:
        logger.warning("fenced out: %s", lost)
    except Refusal as refusal:
        give_back(str(refusal).rstrip("."), is_final=True)
    except SoftTimeLimitExceeded:
        give_back(_("it took too long"), is_final=False)
    except Exception as error:
        logger.exception("job %s of kind %s, attempt %s", claim.job_id, claim.kind, claim.token)
        give_back(_told(error), is_final=False)
    with scope():
        for ready in actions.list_ready(job_id=job_id):
            queue_on_commit(run_job, job_id=ready)


@tenant_task(queue="jobs")
def sweep_jobs() -> None:
    """Send again what the broker has lost: jobs that wait, and jobs whose worker was lost."""
    for job_id in actions.mark_sent_again():
        queue_on_commit(run_job, job_id=job_id)


def _make(claim: Claim, scope: Scope) -> None:
    """Nothing is held while the file is made; its name is published only where the claim still stands."""

    def report(percent: int, message: str) -> None:
        with scope():
            actions.renew_lease(claim=claim, percent=percent, message=message)

    kind = find_kind(claim.kind)
    if kind.ask is not None and not claim.has_parts:
        parts = kind.ask(scope=scope, arguments=claim.arguments, report=report)
        with scope():
            actions.wait_for_parts(claim=claim, part_ids=parts)
        return
    name, result = _kept(kind, claim, scope, report)
    with scope():
        actions.publish_result(claim=claim, result=result, name=name, now=clock.now())


def _kept(kind: JobKind, claim: Claim, scope: Scope, report: Report) -> tuple[str, JobResult | Saved]:
    """The name of the file that was made, and what it is."""
    if kind.build is not None:
        result = kind.build(scope=scope, arguments=claim.arguments, report=report)
        return actions.keep_result(tenant_id=claim.tenant_id, content=result.content), result
    if kind.put_together is None:
        raise UnknownKind(kind=claim.kind)
    with scope():
        parts = queries.list_parts(job_id=claim.job_id)
    write = partial(kind.put_together, arguments=claim.arguments, parts=parts, report=report)
    return actions.keep_written(tenant_id=claim.tenant_id, write=lambda file: write(into=file))


def _told(error: Exception) -> str:
    """What readers of the job are told; what an error says of files, hosts and tables is for the log."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return _("there is no room left on the server's disk")
    return _("something broke on our side; the log of the workers tells what")


def _give_back(claim: Claim, scope: Scope, reason: str, *, is_final: bool) -> None:
    with scope():
        actions.give_back(claim=claim, reason=reason, is_final=is_final, now=clock.now())


@contextmanager
def _lease_kept(claim: Claim, scope: Scope) -> Iterator[None]:
    """Renew the lease three times in its length, so that it is short and yet outlives every rendering."""
    ended = Event()

    def renew() -> None:
        try:
            while not ended.wait(settings.JOB_LEASE.total_seconds() / 3):
                try:
                    with scope():
                        actions.renew_lease(claim=claim)
                except DatabaseError as error:
                    logger.warning("the lease of job %s could not be renewed: %s", claim.job_id, error)
        except LeaseLost as lost:
            logger.warning("fenced out: %s", lost)
        finally:
            connections.close_all()

    thread = Thread(target=renew, name=f"lease of job {claim.job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
