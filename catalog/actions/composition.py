"""What a service is made of: its steps, its parts, and which parts can stand in for each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.utils.translation import gettext as _

from catalog.errors import (
    ChangedMeanwhile,
    GroupMissing,
    GroupTooSmall,
    PartTwice,
    StandsOnItself,
    StepInUse,
    StepMissing,
)
from catalog.models import Component, Dependency, DependencyGroup, HandOver, ProcessStep, Requirement, Service
from catalog.queries.composition import list_in_order
from catalog.queries.readings import reading_of_part, reading_of_steps
from catalog.queries.standing import find_circle, path_words


@dataclass(frozen=True, slots=True)
class DependencyDetails:
    """How a service uses a component or another service: how much it needs it, in which steps (from 1), among which
    alternatives.
    """

    component: Component | None
    requirement: str
    group_name: str = ""
    note: str = ""
    first_step: int | None = None
    last_step: int | None = None
    position: int | None = None
    on_service: Service | None = None

    @property
    def part(self) -> Component | Service | None:
        """What is stood on."""
        return self.component or self.on_service


@transaction.atomic
def set_steps(*, service: Service, steps: Sequence[tuple[str, str]], read: str | None = None) -> Service:
    """The steps of the business process in order, each a name and a note.

    `read` tells the steps that the writer saw (None: whatever they are). Refuses with StepInUse for a used step, and
    with ChangedMeanwhile.
    """
    hold(service)
    check_read(read=read, now=reading_of_steps(service))
    used = service.dependencies.filter(last_step__gt=len(steps)) | service.dependencies.filter(
        first_step__gt=len(steps)
    )
    first_used = used.select_related("component", "on_service").order_by("first_step").first()
    if first_used is not None:
        raise StepInUse(component=first_used.part, step=first_used.last_step or first_used.first_step)
    service.steps.all().delete()
    ProcessStep.objects.bulk_create(
        ProcessStep(service=service, position=position, name=name, note=note)
        for position, (name, note) in enumerate(steps, start=1)
    )
    return service


@transaction.atomic
def add_dependency(*, service: Service, details: DependencyDetails) -> Dependency:
    """A service stands on one more component or service; without a position it comes last.

    Refuses with PartTwice, StepMissing, GroupMissing, StandsOnItself.
    """
    hold(service)
    return _write(Dependency(service=service, position=_last(service)), details)


@transaction.atomic
def edit_dependency(*, dependency: Dependency, details: DependencyDetails, read: str | None = None) -> Dependency:
    """Change how a service uses a part.

    Refuses with PartTwice, StepMissing, GroupMissing, GroupTooSmall, StandsOnItself and ChangedMeanwhile.
    """
    hold(dependency.service)
    read_again(dependency)
    check_read(read=read, now=reading_of_part(dependency))
    left = dependency.group
    written = _write(dependency, details)
    if left is not None and written.group_id != left.pk:
        close_ranks(left)
    return written


@transaction.atomic
def remove_dependency(*, dependency: Dependency, read: str | None = None) -> Dependency:
    """The service no longer stands on this part; its hand-overs go with it.

    Refuses with GroupTooSmall and ChangedMeanwhile.
    """
    hold(dependency.service)
    read_again(dependency)
    check_read(read=read, now=reading_of_part(dependency))
    group = dependency.group
    dependency.delete()
    if group is not None:
        close_ranks(group)
    return dependency


@transaction.atomic
def move_dependency(*, dependency: Dependency, is_up: bool) -> tuple[int, int]:
    """One place up or down among the parts of its service; returns its place then (from 1) and how many there are.

    The first stays first, the last stays last.
    """
    hold(dependency.service)
    parts = list_in_order(service=dependency.service)
    was = next(place for place, each in enumerate(parts) if each.pk == dependency.pk)
    becomes = min(max(was + (-1 if is_up else 1), 0), len(parts) - 1)
    parts.insert(becomes, parts.pop(was))
    for place, each in enumerate(parts):
        if each.position != place:
            each.position = place
            each.save(update_fields=["position"])
    return becomes + 1, len(parts)


def hold(service: Service) -> None:
    """Who changes the parts of a service waits for whoever does so at this moment."""
    Service.objects.select_for_update(no_key=True).get(pk=service.pk)


def read_again(row: Dependency | DependencyGroup | HandOver) -> None:
    """The row as it stands now. Refuses with ChangedMeanwhile where somebody else removed it."""
    try:
        row.refresh_from_db()
    except ObjectDoesNotExist as error:
        raise ChangedMeanwhile(now=_("removed")) from error


def close_ranks(group: DependencyGroup) -> None:
    """A group without parts goes. Refuses with GroupTooSmall where it needs more than it has."""
    count = group.dependencies.count()
    if count == 0:
        group.delete()
    elif count < group.needed:
        raise GroupTooSmall(group=group.name, needed=group.needed, count=count)


def check_read(*, read: str | None, now: tuple[str, str]) -> None:
    """Refuses with ChangedMeanwhile where somebody else wrote since the writer looked."""
    mark, words = now
    if read is not None and read != mark:
        raise ChangedMeanwhile(now=words)


def _last(service: Service) -> int:
    positions = service.dependencies.order_by("-position").values_list("position", flat=True)
    last = positions.first()
    return 0 if last is None else last + 1


def _write(dependency: Dependency, details: DependencyDetails) -> Dependency:
    service, others = dependency.service, dependency.service.dependencies.exclude(pk=dependency.pk)
    if others.filter(component=details.component, on_service=details.on_service).exists():
        raise PartTwice(component=details.part)
    if details.on_service is not None:
        _keep_off_itself(dependency, details.on_service)
    first, last = details.first_step, details.last_step or details.first_step
    count = service.steps.count()
    if last is not None and not 1 <= (first or 0) <= last <= count:
        raise StepMissing(count=count)
    dependency.component, dependency.on_service = details.component, details.on_service
    dependency.requirement, dependency.note = details.requirement, details.note
    dependency.group = _group(service, details)
    if details.position is not None:
        dependency.position = details.position
    dependency.first_step, dependency.last_step = first, last
    dependency.save()
    return dependency


def _keep_off_itself(dependency: Dependency, on: Service) -> None:
    """Refuses with StandsOnItself, once nobody else is writing what stands on what: the lock that the table's own rule
    takes as well.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('what services stand on', %s))",
            [dependency.service.tenant_id],
        )
    circle = find_circle(service=dependency.service, on=on, without=dependency.pk)
    if circle:
        raise StandsOnItself(path=path_words(circle))


def _group(service: Service, details: DependencyDetails) -> DependencyGroup | None:
    if details.requirement != Requirement.ALTERNATIVE:
        return None
    if not details.group_name:
        raise GroupMissing(component=details.part)
    group = service.dependency_groups.filter(name=details.group_name).order_by("pk").first()
    return group or DependencyGroup.objects.create(service=service, name=details.group_name)
