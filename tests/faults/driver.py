"""The part of the portal that asks for jobs, as a process of its own: one question a line, one answer a line.

A question: {"tenant": "slug", "kind": "report", "numbers": [0, 1]}, {"tenant": "slug", "units": 40} for the reviews of
a month in one file, {"tenant": "slug", "mails": 20} to have so many mails in the outbox, or {"tenant": "slug",
"send": 4} to have it sent by so many hands. The answer: the id of the tenant.
"""

import json
import sys
from datetime import UTC, datetime

import django

django.setup()

from django.db import close_old_connections  # noqa: E402

from portal.conversations.actions import send_mail  # noqa: E402  (needs the app registry)
from portal.conversations.tasks import send_outbox  # noqa: E402
from portal.jobs import actions, tasks  # noqa: E402
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


def write_mails(slug: str, count: int) -> int:
    """Write mails into the outbox."""
    close_old_connections()
    tenant = factories.make_tenant(slug=slug)
    with tenant_scope(tenant.pk):
        for number in range(count):
            words = {"subject": f"Mail {number}", "body": "It happened.", "key": f"mail-{number}"}
            send_mail(to="dana@larkmoor.example", now=datetime.now(UTC), **words)
    return tenant.pk


def send_mails(slug: str, hands: int) -> int:
    """Have the outbox sent by so many hands at the same time."""
    close_old_connections()
    tenant = Tenant.objects.get(slug=slug)
    for _ in range(hands):
        send_outbox.delay(tenant_id=tenant.pk)
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
    elif "mails" in question:
        answer(write_mails(question["tenant"], question["mails"]))
    elif "send" in question:
        answer(send_mails(question["tenant"], question["send"]))
    else:
        answer(ask(question["tenant"], question["kind"], question["numbers"]))
