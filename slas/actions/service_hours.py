"""Service hours: what an agreement in force counts by is never changed under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from portal.accounts.models import Membership
from portal.audit.actions import record
from slas.actions.agreements import change_draft
from slas.models import Agreement, AgreementState, HoursException, HoursWindow, ServiceHours, ServiceLevelTarget


@dataclass(frozen=True, slots=True)
class HoursDetails:
    """Windows as (weekday, from, to) and exceptions as (date, from, to, name) in minutes of the day; Monday is 0.

    An exception without times closes its date.
    """

    name: str
    words: str
    time_zone: str
    holiday_region: str
    windows: Sequence[tuple[int, int, int]]
    exceptions: Sequence[tuple[date, int | None, int | None, str]] = ()


@transaction.atomic
def create_hours(*, details: HoursDetails, by: Membership, now: datetime) -> ServiceHours:
    """New service hours, version 1."""
    hours = _write(ServiceHours(version=1), details)
    record(act="hours.created", actor_id=by.user_id, at=now, subject=hours.name)
    return hours


@transaction.atomic
def edit_hours(*, hours: ServiceHours, details: HoursDetails, by: Membership, now: datetime) -> ServiceHours:
    """Change service hours. Where an agreement counts by them already, the change is a new version for its drafts.

    Agreements in force keep their version until a new version of the agreement is accepted.
    """
    held = ServiceHours.objects.select_for_update().get(pk=hours.pk)
    in_use = ServiceLevelTarget.objects.filter(service_hours=held).exclude(agreement__state=AgreementState.DRAFT)
    drafts = ServiceLevelTarget.objects.filter(service_hours=held, agreement__state=AgreementState.DRAFT)
    for agreement in Agreement.objects.filter(targets__in=drafts).distinct().order_by("pk"):
        change_draft(agreement=agreement)
    if not in_use.exists():
        written = _write(held, details)
    else:
        newest = ServiceHours.objects.filter(name=held.name).order_by("-version")[0]
        written = _write(ServiceHours(version=newest.version + 1), details)
        drafts.update(service_hours=written)
    record(act="hours.edited", actor_id=by.user_id, at=now, subject=written.name, version=written.version)
    return written


def _write(hours: ServiceHours, details: HoursDetails) -> ServiceHours:
    hours.name, hours.words = details.name, details.words
    hours.time_zone, hours.holiday_region = details.time_zone, details.holiday_region
    hours.save()
    hours.windows.all().delete()
    hours.exceptions.all().delete()
    HoursWindow.objects.bulk_create(
        HoursWindow(service_hours=hours, weekday=weekday, opens_at=opens, closes_at=closes)
        for weekday, opens, closes in details.windows
    )
    HoursException.objects.bulk_create(
        HoursException(service_hours=hours, on=on, opens_at=opens, closes_at=closes, name=name)
        for on, opens, closes, name in details.exceptions
    )
    return hours
