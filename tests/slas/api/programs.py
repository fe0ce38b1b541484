"""Programs that talk to the API, and the instant at which they do."""

from datetime import UTC, date, datetime

from django.test import Client
from django.urls import reverse

from portal.accounts.actions.tokens import create_token
from portal.accounts.models import Role
from portal.accounts.policies import SCOPES
from slas.models import Volume
from tests import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
ON = date(2026, 10, 6)
ROW = {"on": "2026-10-06", "total": 1284, "met": 1270}


class Clock:
    """The present instant of a test, which may be moved."""

    now = NOW


class Program:
    """A program with a key, as it talks to the API of one tenant."""

    def __init__(self, key, tenant="larkmoor"):
        self.client, self.tenant = Client(headers={"Authorization": f"Bearer {key}"}), tenant

    def url(self, name, **kwargs):
        return reverse(name, kwargs={"tenant": self.tenant} | kwargs)

    def get(self, name, query=None, **kwargs):
        return self.client.get(self.url(name, **kwargs), query)

    def push(self, slug, *rows, key=None, name="api_facts", **body):
        headers = {"Idempotency-Key": key} if key else None
        body = {"rows": list(rows)} | body
        return self.client.post(self.url(name, slug=slug), body, content_type="application/json", headers=headers)


def make_key(role=Role.SERVICE_OWNER, scopes=tuple(SCOPES), days=30, **fields):
    member = factories.make_member(role=role, **fields)
    return create_token(membership=member, name="Probe", scopes=scopes, days=days, by=member, now=NOW)


def volumes():
    return list(Volume.objects.order_by("on").values_list("total", "met"))
