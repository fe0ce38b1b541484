"""Tasks take plain values, enter their tenant, and can run again."""

from datetime import date

import pytest

from portal.tenancy.scope import tenant_scope
from slas import tasks
from slas.actions.attainments import mark_dirty
from slas.calculation.periods import Period
from slas.models import Agreement, AgreementState, Attainment, DirtyTarget
from tests.slas import factories
from tests.slas.factories import at


@pytest.fixture
def queued(monkeypatch):
    """What would go to the broker, by name of the task."""
    sent = []
    for task in (tasks.recompute_dirty_targets, tasks.compute_attainments):
        monkeypatch.setattr(task, "delay", lambda name=task.name, **kwargs: sent.append((name, kwargs)))
    return sent


@pytest.fixture
def target(tenant):
    with tenant_scope(tenant.pk):
        return factories.make_target(starts_on=date(2026, 10, 1))


def figures(tenant):
    with tenant_scope(tenant.pk):
        return list(Attainment.objects.order_by("period_start").values_list("period_start", "status", "inputs_hash"))


def test_a_task_computes_its_targets(tenant, target):
    for _ in range(2):
        tasks.compute_attainments(tenant_id=tenant.pk, target_ids=[target.pk], periods=["2026-10"])

    assert [row[:2] for row in figures(tenant)] == [(date(2026, 10, 1), "kept")]


def test_agreements_begin_and_end_on_their_days(tenant, queued, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("portal.clock.now", lambda: at("2026-11-10 00:30"))
    with tenant_scope(tenant.pk):
        begins = factories.make_agreement(state=AgreementState.AGREED, starts_on=date(2026, 11, 10))
        waits = factories.make_agreement(state=AgreementState.AGREED, starts_on=date(2026, 11, 11))
        ends = factories.make_agreement(ends_on=date(2026, 11, 10))

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            tasks.begin_due_agreements(tenant_id=tenant.pk)

    with tenant_scope(tenant.pk):
        states = {each.pk: each.state for each in Agreement.objects.all()}
    assert states == {begins.pk: "in_force", waits.pk: "agreed", ends.pk: "expired"}
    assert queued == [("slas.tasks.recompute_dirty_targets", {"tenant_id": tenant.pk})]  # the second found nothing


def test_a_target_of_another_tenant_is_not_found(tenant, other_tenant, target):
    tasks.compute_attainments(tenant_id=other_tenant.pk, target_ids=[target.pk], periods=["2026-10"])

    assert figures(tenant) == figures(other_tenant) == []


def test_queued_changes_are_worked_off_until_nothing_is_left(
    tenant, target, queued, django_capture_on_commit_callbacks
):
    with tenant_scope(tenant.pk):
        noon = at("2026-10-15 12:00")
        mark_dirty(measure_ids=[target.measure_id], from_=noon, until=noon, now=noon.replace(month=11))

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            tasks.recompute_dirty_targets(tenant_id=tenant.pk)

    assert queued == [("slas.tasks.recompute_dirty_targets", {"tenant_id": tenant.pk})]  # the second found nothing
    assert len(figures(tenant)) == 1
    with tenant_scope(tenant.pk):
        assert not DirtyTarget.objects.exists()


def test_periods_that_no_fact_has_touched_get_a_figure_too(tenant, target, queued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tasks.mark_stale_targets(tenant_id=tenant.pk)

    assert [name for name, _ in queued] == ["slas.tasks.recompute_dirty_targets"]
    with tenant_scope(tenant.pk):
        assert DirtyTarget.objects.count() == 2


def test_many_targets_are_queued_in_portions(tenant, queued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), tenant_scope(tenant.pk):
        portions = tasks.queue_attainments(target_ids=range(1, 1202), periods=[Period.parse("2026-10")])

    assert portions == 3
    assert [len(kwargs["target_ids"]) for _, kwargs in queued] == [500, 500, 201]
    assert {kwargs["periods"][0] for _, kwargs in queued} == {"2026-10"}
