"""The portal's settings with short leases, and two kinds of job that exist for these tests only."""

from datetime import timedelta

from portal import settings as usual
from portal.settings import *  # noqa: F403

JOB_KINDS = {
    "report": {"build": "tests.faults.kinds.build_report"},
    "poison": {"build": "tests.faults.kinds.kill_the_worker"},
    "edition_pdf": usual.JOB_KINDS["edition_pdf"],
    "review_bundle": usual.JOB_KINDS["review_bundle"],
}
JOB_LEASE = timedelta(seconds=3)
JOB_RESEND = timedelta(seconds=2)
MAIL_LEASE = timedelta(seconds=5)
CELERY_BEAT_SCHEDULE = {
    "send waiting and abandoned jobs again": {
        "task": "portal.tenancy.tasks.queue_for_each_tenant",
        "args": ["portal.jobs.tasks.sweep_jobs"],
        "schedule": timedelta(seconds=1),
    },
}
