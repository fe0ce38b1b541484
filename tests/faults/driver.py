"""The part of the portal that asks for jobs, as a process of its own: one question a line, one answer a line.

A question: {"tenant": "slug", "kind": "report", "numbers": [0, 1]}. The answer: the id of the tenant.
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
    answer(ask(question["tenant"], question["kind"], question["numbers"]))
