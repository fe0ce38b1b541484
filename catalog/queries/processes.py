"""Processes of the business, as far as a reader may see them, and when their work is heavy."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from catalog.models import BusinessProcess, BusinessStep, Component, LoadPeak, Service, StepSupport
from catalog.peaks import Rule
from catalog.queries.services import list_visible_services
from portal.accounts.models import BusinessUnit, Membership
from portal.accounts.queries import list_visible_units


def list_processes(*, reader: Membership) -> QuerySet[BusinessProcess]:
    """The processes of the units that the reader sees, by unit and name; with their steps and peaks."""
    supports = StepSupport.objects.select_related("service", "component").order_by("pk")
    steps = BusinessStep.objects.select_related("told_by__user").order_by("position")
    peaks = LoadPeak.objects.select_related("told_by__user").order_by("pk")
    found = BusinessProcess.objects.filter(business_unit__in=list_visible_units(reader=reader).order_by())
    return (
        found.select_related("business_unit__tenant", "owner__user", "told_by__user")
        .prefetch_related(
            Prefetch("steps", steps.prefetch_related(Prefetch("supports", supports))), Prefetch("peaks", peaks)
        )
        .order_by("business_unit__name", "name", "pk")
    )


def get_process(*, reader: Membership, slug: str) -> BusinessProcess:
    """One visible process.

    Raises BusinessProcess.DoesNotExist for a process of another unit.
    """
    return list_processes(reader=reader).get(slug=slug)


def get_step(*, process: BusinessProcess, step_id: int) -> BusinessStep:
    """A step of a process. Raises BusinessStep.DoesNotExist."""
    return process.steps.select_related("process").get(pk=step_id)


def get_support(*, process: BusinessProcess, support_id: int) -> StepSupport:
    """What a step of a process rests on. Raises StepSupport.DoesNotExist."""
    rows = StepSupport.objects.select_related("step__process", "service", "component")
    return rows.get(pk=support_id, step__process=process)


def get_peak(*, process: BusinessProcess, peak_id: int) -> LoadPeak:
    """A peak of a process. Raises LoadPeak.DoesNotExist."""
    return process.peaks.select_related("process").get(pk=peak_id)


def list_supporting(*, reader: Membership) -> list[Service | Component]:
    """What a step can rest on: services by name, then people and teams, things, suppliers, information."""
    services = list_visible_services(reader=reader).order_by("name")
    return [*services, *Component.objects.order_by("kind", "name")]


def list_steps_on(*, reader: Membership, service: Service) -> QuerySet[StepSupport]:
    """The steps that rest on a service, of the processes that the reader sees."""
    units = list_visible_units(reader=reader).order_by()
    rows = StepSupport.objects.filter(service=service, step__process__business_unit__in=units)
    rows = rows.select_related("step__process__business_unit").prefetch_related("step__process__peaks")
    return rows.order_by("step__process__name", "step__process", "step__position")


def list_own_steps(*, unit: BusinessUnit, service: Service) -> QuerySet[BusinessStep]:
    """The steps of a unit's own processes that rest on a service; whoever calls has authorised the reader."""
    steps = BusinessStep.objects.filter(process__business_unit=unit, supports__service=service)
    return steps.order_by("process__name", "position")


def rule_of(peak: LoadPeak) -> Rule:
    """The rule of a peak, for the calendar."""
    said = Rule(
        kind=peak.kind,
        name=peak.name,
        weekdays=frozenset(map(int, peak.weekdays)),
        last_days=peak.last_days or 0,
        start=peak.start_minute,
        end=peak.end_minute,
    )
    if peak.first_on is None or peak.last_on is None:
        return said
    return Rule(peak.kind, peak.name, first=peak.first_on, last=peak.last_on, start=said.start, end=said.end)


def rules_of(peaks: Iterable[LoadPeak]) -> list[Rule]:
    """The load calendar of a process, by the order in which its peaks were named."""
    return [rule_of(peak) for peak in sorted(peaks, key=lambda peak: peak.pk)]
