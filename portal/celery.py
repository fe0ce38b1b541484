"""The worker and beat processes; tasks are found in the apps' tasks.py."""

import os

from celery import Celery
from celery.signals import beat_init, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
# `migrate` has checked the settings and models before; here it would load every page and form, and double the start.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("parley")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def refuse_privileged_role(**_: object) -> None:
    """Like the web process, a worker does not start with a role that could read across tenants.

    Celery logs what its receivers raise and goes on; only SystemExit ends the process.
    """
    from django.core.exceptions import ImproperlyConfigured

    from portal.tenancy import roles

    try:
        roles.refuse_privileged_role()
    except ImproperlyConfigured as refusal:
        raise SystemExit(str(refusal)) from refusal
