"""The portal's settings with short leases and a kind of job that exists for these tests only."""

from datetime import timedelta

from portal.settings import *  # noqa: F403

JOB_KINDS = {
    "report": {"build": "tests.faults.kinds.build_report"},
    "poison": {"build": "tests.faults.kinds.kill_the_worker"},
}
JOB_LEASE = timedelta(seconds=3)
JOB_RESEND = timedelta(seconds=2)
CELERY_BEAT_SCHEDULE = {
    "send waiting and abandoned jobs again": {
        "task": "portal.tenancy.tasks.queue_for_each_tenant",
        "args": ["portal.jobs.tasks.sweep_jobs"],
        "schedule": timedelta(seconds=1),
    },
}
