"""The business says how it works: processes, their steps in order, what each rests on, and when the work is heavy.

Each word keeps who said it and when; the history of the rows keeps what was said before.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Case, F, Max, Value, When

from catalog.errors import StepsFull, SupportTwice
from catalog.models import BusinessProcess, BusinessStep, Component, LoadPeak, Service, StepSupport
from catalog.models.processes import MINUTES
from catalog.queries.slugs import find_free_slug
from portal.accounts.models import BusinessUnit, Membership
from portal.audit.actions import record

MOST_STEPS = 40


@dataclass(frozen=True, slots=True)
class ProcessDetails:
    """What a process is called, what it is for in a sentence, and who answers for it."""

    name: str
    purpose: str
    owner: Membership | None = None


@dataclass(frozen=True, slots=True)
class PeakDetails:
    """When work is heavy; minutes are of the day on the clock of the tenant."""

    kind: str
    name: str = ""
    weekdays: str = ""
    last_days: int | None = None
    first_on: date | None = None
    last_on: date | None = None
    start_minute: int = 0
    end_minute: int = MINUTES


@transaction.atomic
def describe_process(*, unit: BusinessUnit, details: ProcessDetails, by: Membership, now: datetime) -> BusinessProcess:
    """A unit names a process of its own."""
    slug = find_free_slug(model=BusinessProcess, name=details.name)
    return _write(BusinessProcess(slug=slug, business_unit=unit), details, by, now)


@transaction.atomic
def edit_process(
    *, process: BusinessProcess, details: ProcessDetails, by: Membership, now: datetime
) -> BusinessProcess:
    """Say anew what a process is for or who answers for it; its address stays."""
    return _write(_held(process), details, by, now)


@transaction.atomic
def add_step(*, process: BusinessProcess, name: str, by: Membership, now: datetime) -> BusinessStep:
    """One more step, the last one. Refuses with StepsFull."""
    held = _held(process)
    if held.steps.count() >= MOST_STEPS:
        raise StepsFull(most=MOST_STEPS)
    last: int = held.steps.aggregate(last=Max("position"))["last"] or 0
    step = BusinessStep.objects.create(process=held, position=last + 1, name=name, told_by=by, told_at=now)
    _record(held, by, now, step=name)
    return step


@transaction.atomic
def rename_step(*, step: BusinessStep, name: str, by: Membership, now: datetime) -> BusinessStep:
    """Call a step otherwise."""
    step.name, step.told_by, step.told_at = name, by, now
    step.save(update_fields=["name", "told_by", "told_at"])
    _record(step.process, by, now, step=name)
    return step


@transaction.atomic
def move_step(*, step: BusinessStep, is_up: bool, by: Membership, now: datetime) -> BusinessStep:
    """One place up or down; the first one stays first, and the last one last."""
    held = _held(step.process)
    steps = list(held.steps.order_by("position"))
    place = steps.index(step)
    other = place - 1 if is_up else place + 1
    if not 0 <= other < len(steps):
        return step
    one, two = steps[place], steps[other]
    swapped = Case(When(pk=one.pk, then=Value(two.position)), default=Value(one.position))
    held.steps.filter(pk__in=[one.pk, two.pk]).update(position=swapped)
    _record(held, by, now, step=one.name)
    return step


@transaction.atomic
def remove_step(*, step: BusinessStep, by: Membership, now: datetime) -> BusinessStep:
    """A step that is done no more, with what was said of it; those after it move up."""
    held = _held(step.process)
    position, name = step.position, step.name
    step.delete()
    held.steps.filter(position__gt=position).update(position=F("position") - 1)
    _record(held, by, now, removed=name)
    return step


@transaction.atomic
def rest_on(*, step: BusinessStep, thing: Service | Component, role: str, by: Membership, now: datetime) -> StepSupport:
    """A step rests on a service, a team or a thing, with the part that it plays. Refuses with SupportTwice."""
    held = _held(step.process)
    about = {"service": thing} if isinstance(thing, Service) else {"component": thing}
    if step.supports.filter(**about).exists():
        raise SupportTwice(thing=thing, step=step)
    support = StepSupport.objects.create(step=step, role=role, told_by=by, told_at=now, **about)
    _record(held, by, now, step=step.name, rests_on=str(thing))
    return support


@transaction.atomic
def remove_support(*, support: StepSupport, by: Membership, now: datetime) -> StepSupport:
    """The step no longer rests on it."""
    _record(support.step.process, by, now, step=support.step.name, removed=str(support.service or support.component))
    support.delete()
    return support


@transaction.atomic
def add_peak(*, process: BusinessProcess, details: PeakDetails, by: Membership, now: datetime) -> LoadPeak:
    """When the work is heavy, by one more rule; said twice it stands there once."""
    held = _held(process)
    said = {field: getattr(details, field) for field in details.__slots__}
    if again := held.peaks.filter(**said).order_by("pk").first():
        return again
    peak = LoadPeak.objects.create(process=held, told_by=by, told_at=now, **said)
    _record(held, by, now, peak=details.kind)
    return peak


@transaction.atomic
def remove_peak(*, peak: LoadPeak, by: Membership, now: datetime) -> LoadPeak:
    """The work is not heavy then any more."""
    _record(peak.process, by, now, removed=peak.kind)
    peak.delete()
    return peak


def _write(process: BusinessProcess, details: ProcessDetails, by: Membership, now: datetime) -> BusinessProcess:
    process.name, process.purpose, process.owner = details.name, details.purpose, details.owner
    process.told_by, process.told_at = by, now
    process.save()
    _record(process, by, now)
    return process


def _held(process: BusinessProcess) -> BusinessProcess:
    """The process, held so that two people change its steps one after the other."""
    return BusinessProcess.objects.select_for_update(no_key=True).get(pk=process.pk)


def _record(process: BusinessProcess, by: Membership, now: datetime, **detail: str) -> None:
    record(act="process.told", actor_id=by.user_id, at=now, subject=process.name, **detail)
