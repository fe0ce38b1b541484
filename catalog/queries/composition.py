"""What a service is made of: its parts in lanes (people, IT, suppliers, …) along the steps of the business process."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.models import ComponentKind, Dependency, DependencyGroup, ProcessStep, Requirement, Service
from portal.language.numbers import and_list, spelled

ICONS = {
    ComponentKind.PEOPLE: "user",
    ComponentKind.IT: "chip",
    ComponentKind.SUPPLIER: "truck",
    ComponentKind.ASSET: "file",
    ComponentKind.INFORMATION: "information",
}


@dataclass(frozen=True, slots=True)
class PartStatus:
    """How a part did in the month shown: letter and words of its mark; what was lost by it when it is the weak part."""

    letter: str
    words: str
    loss_words: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A component as one service uses it, in steps `first` to `last` (counted from 1)."""

    dependency_id: int
    slug: str
    name: str
    kind: str
    requirement: str
    need: str
    first: int
    last: int
    group_id: int | None
    status: PartStatus | None = None

    @property
    def is_weak(self) -> bool:
        """Whether its own promise was missed: the weak part is tinted."""
        return self.status is not None and self.status.letter == "M"


@dataclass(frozen=True, slots=True)
class Block:
    """One part, or alternatives in a dashed frame under the rule that binds them."""

    parts: tuple[Part, ...]
    rule: str = ""

    @property
    def first(self) -> int:
        """The first step that needs it."""
        return min(part.first for part in self.parts)

    @property
    def last(self) -> int:
        """The last step that needs it."""
        return max(part.last for part in self.parts)


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of the map over `span` steps, with the blocks that lie in it."""

    span: int
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """The parts of one kind: fields in rows, each row as wide as all steps."""

    label: str
    icon: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Alternatives of which `needed` are enough."""

    group_id: int
    name: str
    needed: int
    count: int

    @property
    def words(self) -> str:
        """The rule as readers hear it: one of these two is enough."""
        words = {"needed": spelled(self.needed).capitalize(), "count": spelled(self.count)}
        one, several = _("%(needed)s of these %(count)s is enough"), _("%(needed)s of these %(count)s are enough")
        return (one if self.needed == 1 else several) % words


@dataclass(frozen=True, slots=True)
class Composition:
    """Steps, parts and rules of one service."""

    steps: tuple[ProcessStep, ...]
    parts: tuple[Part, ...]
    rules: tuple[Rule, ...]

    @property
    def width(self) -> int:
        """How many steps the map is wide; one field when no steps are named."""
        return max(1, len(self.steps))

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The map, kind by kind."""
        return tuple(self._lane(ComponentKind(kind)) for kind in ComponentKind.values if self._parts_of(kind))

    def rule_of(self, part: Part) -> str:
        """The rule of a part's alternatives, or nothing."""
        return next((rule.words for rule in self.rules if rule.group_id == part.group_id), "")

    @property
    def listed(self) -> list[tuple[Part, str, str]]:
        """The same facts as a list: part, the words of its kind, its rule."""
        return [(part, ComponentKind(part.kind).label, self.rule_of(part)) for part in self.parts]

    def _parts_of(self, kind: str) -> list[Part]:
        return [part for part in self.parts if part.kind == kind]

    def _lane(self, kind: ComponentKind) -> Lane:
        parts = self._parts_of(kind)
        alone = [Block((part,)) for part in parts if part.group_id is None]
        framed = [
            Block(tuple(part for part in parts if part.group_id == rule.group_id), rule.words)
            for rule in self.rules
            if any(part.group_id == rule.group_id for part in parts)
        ]
        return Lane(str(kind.label), ICONS[kind], lay_out([*alone, *framed], self.width))


def lay_out(blocks: Sequence[Block], width: int) -> tuple[tuple[Cell, ...], ...]:
    """Blocks of one step share the first row; a wide block takes the first row below in which its steps are free."""
    narrow = [block for block in blocks if block.first == block.last]
    rows: list[list[Block]] = []
    for block in blocks:
        if block.first == block.last:
            continue
        free = next((row for row in rows if all(block.last < o.first or block.first > o.last for o in row)), None)
        if free is None:
            rows.append([block])
        else:
            free.append(block)
    laid = [_narrow_row(narrow, width)] if narrow or not rows else []
    return (*laid, *(_wide_row(row, width) for row in rows))


def _narrow_row(blocks: Iterable[Block], width: int) -> tuple[Cell, ...]:
    found = list(blocks)
    return tuple(Cell(1, tuple(block for block in found if block.first == step)) for step in range(1, width + 1))


def _wide_row(blocks: Iterable[Block], width: int) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    step = 1
    for block in sorted(blocks, key=lambda block: block.first):
        cells.extend(Cell(1) for _empty in range(step, block.first))
        cells.append(Cell(block.last - block.first + 1, (block,)))
        step = block.last + 1
    cells.extend(Cell(1) for _empty in range(step, width + 1))
    return tuple(cells)


def get_composition(*, service: Service, statuses: Mapping[str, PartStatus] | None = None) -> Composition:
    """What a service is made of, with the status of each part by the slug of its component."""
    steps = tuple(service.steps.order_by("position"))
    dependencies = list(service.dependencies.select_related("component").order_by("position", "pk"))
    width = max(1, len(steps))
    parts = tuple(
        _part(dependency, width, (statuses or {}).get(dependency.component.slug)) for dependency in dependencies
    )
    counts = [part.group_id for part in parts]
    rules = tuple(
        Rule(group.pk, group.name, group.needed, counts.count(group.pk)) for group in list_groups(service=service)
    )
    return Composition(steps, parts, rules)


def list_groups(*, service: Service) -> list[DependencyGroup]:
    """The alternatives of a service."""
    return list(service.dependency_groups.order_by("pk"))


def get_group(*, service: Service, group_id: int) -> DependencyGroup:
    """Alternatives of one service.

    Raises DependencyGroup.DoesNotExist for those of another service.
    """
    return service.dependency_groups.get(pk=group_id)


def get_dependency(*, service: Service, dependency_id: int) -> Dependency:
    """How one service uses one component.

    Raises Dependency.DoesNotExist for another service's.
    """
    return service.dependencies.select_related("component", "group").get(pk=dependency_id)


def _part(dependency: Dependency, width: int, status: PartStatus | None) -> Part:
    component = dependency.component
    first = min(dependency.first_step or 1, width)
    last = min(dependency.last_step or dependency.first_step or width, width)
    return Part(
        dependency_id=dependency.pk,
        slug=component.slug,
        name=component.name,
        kind=component.kind,
        requirement=dependency.requirement,
        need=dependency.note or component.note or _need_words(dependency.requirement, first, last),
        first=first,
        last=max(first, last),
        group_id=dependency.group_id,
        status=status,
    )


def _need_words(requirement: str, first: int, last: int) -> str:
    if requirement == Requirement.ALTERNATIVE:
        return ""
    if requirement == Requirement.NEEDED and first < last:
        return _("Needed by steps %(steps)s") % {"steps": and_list([str(step) for step in range(first, last + 1)])}
    return str(Requirement(requirement).label)
