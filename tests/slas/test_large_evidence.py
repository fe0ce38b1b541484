"""Evidence of very many records is written by a worker, for whoever may read it."""

from contextlib import nullcontext
from datetime import UTC, datetime

import pytest

from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from portal.jobs.models import Job
from portal.tenancy.scope import tenant_scope
from slas.exports.evidence import build_figure_evidence
from slas.models import Attainment
from tests import factories as people
from tests.slas import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def stranger(other_tenant):
    with tenant_scope(other_tenant.pk):
        return people.make_member()


@pytest.fixture
def unit(stranger, in_tenant):
    return people.make_unit()


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_evidence_that_is_large_is_written_by_a_worker(unit, stranger, member, client_of, ending):
    figure = factories.judged(factories.make_target(unit=unit))
    small = figure.inputs
    Attainment.objects.update(inputs=small + " " * 4_000_000)
    manager, elsewhere = member(), member(Role.BUSINESS_UNIT_HEAD, units=[people.make_unit()])
    client, address = client_of(manager), f"/t/larkmoor/attainments/{figure.pk}/evidence.{ending}"

    page = client.get(address).content.decode()
    asked = client.post(address)
    job = Job.objects.get(kind="figure_evidence")
    made = build_figure_evidence(scope=nullcontext, arguments=job.arguments, report=lambda *_: None)
    others = [client_of(person).post(address).status_code for person in (elsewhere, stranger)]
    seen = [client_of(person).get(asked["Location"]).status_code for person in (manager, elsewhere, stranger)]
    Attainment.objects.update(inputs=small)

    assert "It holds very many records." in page
    assert asked["Location"] == f"/t/larkmoor/jobs/{job.pk}/"
    assert (others, seen) == ([404, 404], [200, 404, 404])
    assert made.content == client.get(address).content
    assert made.download_name == f"{figure.target.slug}-2026-10-01-revision-1.{ending}"
    assert AuditEntry.objects.filter(act="evidence.asked", actor_id=manager.user_id).count() == 1
