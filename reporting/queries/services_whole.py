"""A service with all that it stands on as one tree, over any number of services (calculation, section 11)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from catalog.models import Component as Thing
from catalog.models import Dependency, Service
from catalog.queries.standing import list_needed, load_edges, reach
from slas.calculation.composite import Component, Course, Group, Part

Address = tuple[bool, int]


@dataclass(frozen=True, slots=True)
class Leaf:
    """What has no parts of its own: a component, or a service that says of nothing what it is made of.

    `key` is its name in the core: two leaves of one name stay two.
    """

    key: str
    name: str
    slug: str
    is_service: bool
    row_id: int
    path: tuple[str, ...]

    @property
    def address(self) -> Address:
        """By which its facts are found."""
        return self.is_service, self.row_id


@dataclass(frozen=True, slots=True)
class Whole:
    """The tree of a service, and its leaves by their names in the core, each with the way to it."""

    service: Service
    rows: Mapping[int, Sequence[Dependency]]
    leaves: Mapping[str, Leaf]

    def part(self, course_of: Callable[[Leaf], Course]) -> Part:
        """The tree with the course of each leaf."""
        return _part(self.service, self.rows, lambda key: Component(key, course_of(self.leaves[key])))


def load_whole(*, service: Service) -> Whole | None:
    """All that a service cannot do without, in two queries; None while it says of nothing what it is made of."""
    below, _above = load_edges()
    rows = list_needed(service_ids=reach(below, [service.pk]))
    if not rows.get(service.pk):
        return None
    return Whole(service, rows, {leaf.key: leaf for leaf in reversed(_leaves(service, rows, ()))})


def key_of(thing: Thing | Service) -> str:
    """The name of a leaf in the core."""
    return f"{'service' if isinstance(thing, Service) else 'component'} {thing.slug}"


def _leaves(service: Service, rows: Mapping[int, Sequence[Dependency]], path: tuple[str, ...]) -> list[Leaf]:
    found = []
    for row in rows[service.pk]:
        thing = row.part
        if isinstance(thing, Service) and rows.get(thing.pk):
            found += _leaves(thing, rows, (*path, thing.name))
        else:
            found.append(Leaf(key_of(thing), thing.name, thing.slug, isinstance(thing, Service), thing.pk, path))
    return found


def _part(service: Service, rows: Mapping[int, Sequence[Dependency]], leaf: Callable[[str], Component]) -> Group:
    """In series all that is needed, alternatives beside each other where the first of them stands."""

    def one(row: Dependency) -> Part:
        thing = row.part
        is_nested = isinstance(thing, Service) and rows.get(thing.pk)
        return _part(thing, rows, leaf) if is_nested else leaf(key_of(thing))  # type: ignore[arg-type]

    parts: list[Part] = []
    seen: set[int] = set()
    for row in rows[service.pk]:
        if row.group is None:
            parts.append(one(row))
        elif row.group.pk not in seen:
            seen.add(row.group.pk)
            some = [each for each in rows[service.pk] if each.group_id == row.group_id]
            parts.append(Group(tuple(map(one, some)), min(row.group.needed, len(some))))
    return Group(tuple(parts))
