"""Planned work is announced, approved by a second person before it starts, or cancelled; and it ends."""

from datetime import datetime

from django.db import transaction

from catalog.models import Service
from portal.accounts.models import Membership
from portal.audit.actions import record
from portal.language.dates import day_year, local
from slas.actions.attainments import mark_service_dirty
from slas.errors import EndReasonMissing, OwnWork, WorkBegun, WorkEndOutside, WorkNotBegun, WorkTwice
from slas.models import PlannedWork


@transaction.atomic
def announce_work(
    *, service: Service, kind: str, starts_at: datetime, ends_at: datetime, title: str, by: Membership, now: datetime
) -> PlannedWork:
    """Announce work of a kind on a service; when it was announced decides whether it is taken out.

    Refuses with WorkTwice.
    """
    Service.objects.select_for_update(no_key=True).get(pk=service.pk)
    if PlannedWork.objects.filter(service=service, starts_at=starts_at).exists():
        raise WorkTwice
    work = PlannedWork.objects.create(
        service=service,
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        title=title,
        announced_at=now,
        announced_by=by,
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


@transaction.atomic
def end_work(*, work: PlannedWork, ended_at: datetime, reason: str, by: Membership, now: datetime) -> PlannedWork:
    """Say when work really ended: time over the announced end counts as down, time given back is in service again.

    Refuses with WorkNotBegun, with WorkEndOutside an end before its start or in the future, and with EndReasonMissing
    another end than was said before, unless there is a reason.
    """
    held = _held(work)
    if held.starts_at >= now:
        raise WorkNotBegun
    if not held.starts_at < ended_at <= now:
        raise WorkEndOutside
    if held.ended_at is not None and not reason.strip():
        raise EndReasonMissing
    before = held.away_until
    held.ended_at = ended_at
    held.save(update_fields=["ended_at"])
    until = max(before, ended_at, held.ends_at)
    told = {"ended_at": ended_at.isoformat(), "before": before.isoformat(), "reason": reason.strip()}
    _changed("work.ended", held, by, now, until=until, **told)
    return held


def _held(work: PlannedWork) -> PlannedWork:
    return PlannedWork.objects.select_for_update(of=("self",)).select_related("service").get(pk=work.pk)


def _before_start(work: PlannedWork, now: datetime) -> PlannedWork:
    held = _held(work)
    if held.starts_at <= now:
        zone = held.tenant.time_zone
        raise WorkBegun(starts_on=day_year(local(held.starts_at, zone)))
    return held


def _changed(
    act: str, work: PlannedWork, by: Membership, now: datetime, *, until: datetime | None = None, **told: str
) -> None:
    mark_service_dirty(service_id=work.service_id, from_=work.starts_at, until=until or work.ends_at, now=now)
    which = {"service": work.service.slug, "work": work.starts_at.isoformat()}
    record(act=act, actor_id=by.user_id, at=now, subject=f"{work.title}, {work.service.name}", **which, **told)
