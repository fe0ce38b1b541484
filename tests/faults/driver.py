"""The part of the portal that asks for jobs, as a process of its own: one question a line, one answer a line.

A question: {"tenant": "slug", "kind": "report", "numbers": [0, 1]}, or {"tenant": "slug", "units": 40} for the reviews
of a month in one file. The answer: the id of the tenant.
"""

import json
import sys
from datetime import UTC, datetime

import django

django.setup()

from django.db import close_old_connections  # noqa: E402

from portal.jobs import actions, tasks  # noqa: E402  (needs the app registry)
from portal.tenancy.models import Tenant  # noqa: E402
from portal.tenancy.scope import tenant_scope  # noqa: E402
from tests import factories  # noqa: E402
from tests.faults import reviews  # noqa: E402


def ask_for_month(slug: str, units: int) -> int:
    """Request the file of all reviews of a month."""
    close_old_connections()
    tenant = factories.make_tenant(slug=slug)
    reviews.ask_for_month(tenant, units)
    return tenant.pk


def ask(slug: str, kind: str, numbers: list[int]) -> int:
    """Request jobs as a view does: a fresh connection, rows first, the broker on commit."""
    close_old_connections()
    tenant, _ = Tenant.objects.get_or_create(slug=slug, defaults={"name": slug, "provider_name": "IT"})
    for number in numbers:
        with tenant_scope(tenant.pk):
            job = actions.request_job(
                kind=kind,
                key=f"{kind}-{number}",
                title=f"Report {number}",
                arguments={"number": number},
                requested_by=None,
                now=datetime.now(UTC),
            )
            tasks.queue_job(job)
    return tenant.pk


def answer(words: object) -> None:
    """One line to whoever listens, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


answer("ready")
for line in sys.stdin:
    question = json.loads(line)
    if "units" in question:
        answer(ask_for_month(question["tenant"], question["units"]))
    else:
        answer(ask(question["tenant"], question["kind"], question["numbers"]))
