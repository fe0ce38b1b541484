"""Service hours: what an agreement in force counts by is never changed under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from portal.accounts.models import Membership
from portal.audit.actions import record
from portal.language.dates import day_year
from slas.actions.agreements import change_draft
from slas.errors import HoursNotNewest, HoursStartMissing, HoursStartTooEarly, HoursZoneStays
from slas.models import Agreement, AgreementState, HoursException, HoursWindow, ServiceHours
from slas.queries.service_hours import is_counted_by, list_hours_versions, list_targets_by


@dataclass(frozen=True, slots=True)
class HoursDetails:
    """Windows as (weekday, from, to) and exceptions as (date, from, to, name) in minutes of the day; Monday is 0.

    An exception without times closes its date. `starts_on` is from when a new version holds.
    """

    name: str
    words: str
    time_zone: str
    holiday_region: str
    windows: Sequence[tuple[int, int, int]]
    exceptions: Sequence[tuple[date, int | None, int | None, str]] = ()
    starts_on: date | None = None


@transaction.atomic
def create_hours(*, details: HoursDetails, by: Membership, now: datetime) -> ServiceHours:
    """New service hours, version 1."""
    hours = _write(ServiceHours(version=1), details)
    record(act="hours.created", actor_id=by.user_id, at=now, subject=hours.name)
    return hours


@transaction.atomic
def edit_hours(*, hours: ServiceHours, details: HoursDetails, by: Membership, now: datetime) -> ServiceHours:
    """Change service hours; where an agreement counts by them already, as a new version that holds from a day on.

    Drafts take the new version. What is proposed or agreed keeps its own until a new version of it is agreed.
    Refuses with HoursNotNewest, HoursStartMissing, HoursStartTooEarly and HoursZoneStays.
    """
    held = _newest(hours)
    in_use = is_counted_by(hours=held)
    _check_version(held if in_use else held.replaces, details)
    drafts = list_targets_by(hours=held).filter(agreement__state=AgreementState.DRAFT)
    for agreement in Agreement.objects.filter(targets__in=drafts).distinct().order_by("pk"):
        change_draft(agreement=agreement)
    if not in_use:
        written = _write(held, details)
    else:
        written = _write(ServiceHours(version=held.version + 1, replaces=held), details)
        drafts.filter(service_hours=held).update(service_hours=written)
    record(act="hours.edited", actor_id=by.user_id, at=now, subject=written.name, version=written.version)
    return written


def _newest(hours: ServiceHours) -> ServiceHours:
    """The version, held; whoever edits it at the same time waits, and then finds a newer one."""
    held = ServiceHours.objects.select_for_update(of=("self",)).select_related("replaces").get(pk=hours.pk)
    newest = list_hours_versions(hours=held)[0]
    if newest.pk != held.pk:
        raise HoursNotNewest(version=newest.version)
    return held


def _check_version(before: ServiceHours | None, details: HoursDetails) -> None:
    """What follows another version has a day of its own, after it, and the same zone."""
    if before is None:
        return
    if details.starts_on is None:
        raise HoursStartMissing
    if before.starts_on is not None and details.starts_on <= before.starts_on:
        raise HoursStartTooEarly(version=before.version, starts_on=day_year(before.starts_on))
    if details.time_zone != before.time_zone:
        raise HoursZoneStays(zone=before.time_zone)


def _write(hours: ServiceHours, details: HoursDetails) -> ServiceHours:
    hours.name, hours.words = details.name, details.words
    hours.time_zone, hours.holiday_region = details.time_zone, details.holiday_region
    hours.starts_on = details.starts_on if hours.replaces else None  # the first version has held from the beginning
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
