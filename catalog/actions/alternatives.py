"""Which parts of a service can stand in for each other, and how many of them are enough."""

from collections.abc import Collection

from django.db import transaction

from catalog.actions.composition import check_read, close_ranks, hold, read_again
from catalog.errors import GroupTooSmall, NameTaken
from catalog.models import Dependency, DependencyGroup, Requirement, Service
from catalog.queries.readings import reading_of_group


@transaction.atomic
def create_group(*, service: Service, name: str, needed: int, parts: Collection[Dependency]) -> DependencyGroup:
    """Parts that can stand in for each other from now on. Refuses with NameTaken and GroupTooSmall."""
    hold(service)
    if service.dependency_groups.filter(name=name).exists():
        raise NameTaken(name=name)
    group = DependencyGroup.objects.create(service=service, name=name, needed=needed)
    _gather(group, parts)
    return group


@transaction.atomic
def edit_group(
    *,
    group: DependencyGroup,
    name: str,
    needed: int,
    parts: Collection[Dependency] | None = None,
    read: str | None = None,
) -> DependencyGroup:
    """Name alternatives, say how many of them are enough, and which they are (None: the same as before).

    A part that leaves them is needed from then on. Refuses with NameTaken, GroupTooSmall and ChangedMeanwhile.
    """
    hold(group.service)
    read_again(group)
    check_read(read=read, now=reading_of_group(group))
    if group.service.dependency_groups.filter(name=name).exclude(pk=group.pk).exists():
        raise NameTaken(name=name)
    group.name, group.needed = name, needed
    group.save()
    _gather(group, list(group.dependencies.all()) if parts is None else parts)
    return group


def _gather(group: DependencyGroup, parts: Collection[Dependency]) -> None:
    """These parts and no others are the alternatives; alternatives of others that they leave stay enough."""
    keys = {part.pk for part in parts}
    if 0 < len(keys) < group.needed:
        raise GroupTooSmall(group=group.name, needed=group.needed, count=len(keys))
    held = group.service.dependencies.select_related("group").order_by("pk")
    for leaving in held.filter(group=group).exclude(pk__in=keys):
        leaving.group, leaving.requirement = None, Requirement.NEEDED
        leaving.save(update_fields=["group", "requirement"])
    for joining in held.filter(pk__in=keys).exclude(group=group):
        left, joining.group, joining.requirement = joining.group, group, Requirement.ALTERNATIVE
        joining.save(update_fields=["group", "requirement"])
        if left is not None:
            close_ranks(left)
    close_ranks(group)
