"""What a service is made of: its steps, its parts, and which parts can stand in for each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from catalog.errors import GroupMissing, GroupTooSmall, NameTaken, PartTwice, StepInUse, StepMissing
from catalog.models import Component, Dependency, DependencyGroup, ProcessStep, Requirement, Service


@dataclass(frozen=True, slots=True)
class DependencyDetails:
    """How a service uses a component: how much it needs it, in which steps (from 1), among which alternatives."""

    component: Component
    requirement: str
    group_name: str = ""
    note: str = ""
    first_step: int | None = None
    last_step: int | None = None
    position: int = 0


@transaction.atomic
def set_steps(*, service: Service, steps: Sequence[tuple[str, str]]) -> Service:
    """The steps of the business process in order, each a name and a note. Refuses with StepInUse for a used step."""
    _hold(service)
    used = service.dependencies.filter(last_step__gt=len(steps)) | service.dependencies.filter(
        first_step__gt=len(steps)
    )
    first_used = used.select_related("component").order_by("first_step").first()
    if first_used is not None:
        raise StepInUse(component=first_used.component, step=first_used.last_step or first_used.first_step)
    service.steps.all().delete()
    ProcessStep.objects.bulk_create(
        ProcessStep(service=service, position=position, name=name, note=note)
        for position, (name, note) in enumerate(steps, start=1)
    )
    return service


@transaction.atomic
def add_dependency(*, service: Service, details: DependencyDetails) -> Dependency:
    """A service stands on one more component. Refuses with PartTwice, StepMissing, GroupMissing."""
    _hold(service)
    return _write(Dependency(service=service), details)


@transaction.atomic
def edit_dependency(*, dependency: Dependency, details: DependencyDetails) -> Dependency:
    """Change how a service uses a component. Refuses with PartTwice, StepMissing, GroupMissing, GroupTooSmall."""
    _hold(dependency.service)
    left = dependency.group
    written = _write(dependency, details)
    if left is not None and written.group_id != left.pk:
        _close_ranks(left)
    return written


@transaction.atomic
def remove_dependency(*, dependency: Dependency) -> Dependency:
    """The service no longer stands on this component. Refuses with GroupTooSmall."""
    _hold(dependency.service)
    group = dependency.group
    dependency.delete()
    if group is not None:
        _close_ranks(group)
    return dependency


@transaction.atomic
def edit_group(*, group: DependencyGroup, name: str, needed: int) -> DependencyGroup:
    """Name alternatives and say how many of them are enough. Refuses with NameTaken and GroupTooSmall."""
    _hold(group.service)
    if group.service.dependency_groups.filter(name=name).exclude(pk=group.pk).exists():
        raise NameTaken(name=name)
    group.name, group.needed = name, needed
    group.save()
    _close_ranks(group)
    return group


def _hold(service: Service) -> None:
    """Who changes the parts of a service waits for whoever does so at this moment."""
    Service.objects.select_for_update(no_key=True).get(pk=service.pk)


def _write(dependency: Dependency, details: DependencyDetails) -> Dependency:
    service, component = dependency.service, details.component
    if service.dependencies.filter(component=component).exclude(pk=dependency.pk).exists():
        raise PartTwice(component=component)
    first, last = details.first_step, details.last_step or details.first_step
    count = service.steps.count()
    if last is not None and not 1 <= (first or 0) <= last <= count:
        raise StepMissing(count=count)
    dependency.component, dependency.requirement = component, details.requirement
    dependency.group = _group(service, details)
    dependency.note, dependency.position = details.note, details.position
    dependency.first_step, dependency.last_step = first, last
    dependency.save()
    return dependency


def _group(service: Service, details: DependencyDetails) -> DependencyGroup | None:
    if details.requirement != Requirement.ALTERNATIVE:
        return None
    if not details.group_name:
        raise GroupMissing(component=details.component)
    group = service.dependency_groups.filter(name=details.group_name).order_by("pk").first()
    return group or DependencyGroup.objects.create(service=service, name=details.group_name)


def _close_ranks(group: DependencyGroup) -> None:
    """A group without parts goes; one that needs more than it has is refused."""
    count = group.dependencies.count()
    if count == 0:
        group.delete()
    elif count < group.needed:
        raise GroupTooSmall(group=group.name, needed=group.needed, count=count)
