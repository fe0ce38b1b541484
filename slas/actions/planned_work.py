"""Planned work is announced, approved by a second person before it starts, or cancelled."""

from datetime import datetime

from django.db import transaction

from catalog.models import Service
from portal.accounts.models import Membership
from portal.audit.actions import record
from portal.language.dates import day_year, local
from slas.actions.attainments import mark_service_dirty
from slas.errors import OwnWork, WorkBegun, WorkTwice
from slas.models import PlannedWork


@transaction.atomic
def announce_work(
    *, service: Service, starts_at: datetime, ends_at: datetime, title: str, by: Membership, now: datetime
) -> PlannedWork:
    """Announce work on a service; when it was announced decides whether it is taken out. Refuses with WorkTwice."""
    Service.objects.select_for_update(no_key=True).get(pk=service.pk)
    if PlannedWork.objects.filter(service=service, starts_at=starts_at).exists():
        raise WorkTwice
    work = PlannedWork.objects.create(
        service=service, starts_at=starts_at, ends_at=ends_at, title=title, announced_at=now, announced_by=by
    )
    _changed("work.announced", work, by, now)
    return work


@transaction.atomic
def approve_work(*, work: PlannedWork, by: Membership, now: datetime) -> PlannedWork:
    """A second person approves work before it starts. Refuses with OwnWork and WorkBegun."""
    held = _before_start(work, now)
    if held.announced_by_id == by.pk:
        raise OwnWork
    held.approved_at, held.approved_by = now, by
    held.save(update_fields=["approved_at", "approved_by"])
    _changed("work.approved", held, by, now)
    return held


@transaction.atomic
def cancel_work(*, work: PlannedWork, by: Membership, now: datetime) -> None:
    """Work that will not be done is forgotten before it starts. Refuses with WorkBegun."""
    held = _before_start(work, now)
    _changed("work.cancelled", held, by, now)
    held.delete()


def _before_start(work: PlannedWork, now: datetime) -> PlannedWork:
    held = PlannedWork.objects.select_for_update(of=("self",)).select_related("service").get(pk=work.pk)
    if held.starts_at <= now:
        zone = held.tenant.time_zone
        raise WorkBegun(starts_on=day_year(local(held.starts_at, zone)))
    return held


def _changed(act: str, work: PlannedWork, by: Membership, now: datetime) -> None:
    mark_service_dirty(service_id=work.service_id, from_=work.starts_at, until=work.ends_at, now=now)
    record(act=act, actor_id=by.user_id, at=now, subject=f"{work.title}, {work.service.name}")
