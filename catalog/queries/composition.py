"""What a service is made of: its parts in lanes (people, IT, suppliers, …) along the steps of the business process."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from django.db.models import Count
from django.utils.translation import gettext as _

from catalog.models import (
    Component,
    ComponentKind,
    Dependency,
    DependencyGroup,
    HandOver,
    ProcessStep,
    Requirement,
    Service,
)
from portal.language.durations import exact_time
from portal.language.numbers import and_list, spelled

SERVICES = "service"  # the lane of services that a service stands on
# The lanes of a map in their order, each with its icon.
LANES = {
    ComponentKind.PEOPLE.value: "user",
    ComponentKind.IT.value: "chip",
    SERVICES: "sum",
    ComponentKind.SUPPLIER.value: "truck",
    ComponentKind.ASSET.value: "file",
    ComponentKind.INFORMATION.value: "information",
}
MINUTE = 60


@dataclass(frozen=True, slots=True)
class PartStatus:
    """How a part did in the month shown: letter and words of its mark; what was lost by it when it is the weak part."""

    letter: str
    words: str
    loss_words: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A component or another service as one service uses it, in steps `first` to `last` (counted from 1).

    `row_id` is the key of what it is. A part that is made of `inside` parts may be open: these stand beside it then,
    each `within` it.
    """

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
    row_id: int = 0
    within: str = ""
    inside: int = 0
    is_open: bool = False

    @property
    def address(self) -> tuple[bool, str]:
        """By which its status is known: whether it is a service, and its slug."""
        return self.is_service, self.slug

    @property
    def said(self) -> str:
        """What stands under its name: within which service it lies, how it is needed, what was lost by it."""
        within = _("In %(service)s") % {"service": self.within} if self.within else ""
        lost = self.status.loss_words if self.status else ""
        return ". ".join(filter(None, [within, self.need, lost]))

    @property
    def is_weak(self) -> bool:
        """Whether its own promise was missed: the weak part is tinted."""
        return self.status is not None and self.status.letter == "M"

    @property
    def is_service(self) -> bool:
        """Whether it is another service."""
        return self.kind == SERVICES

    @property
    def kind_words(self) -> str:
        """Its lane as readers call it."""
        return lane_label(self.kind)


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
class Handing:
    """One part hands on to another (no receiver: to whoever asked), with the words of how long it may take."""

    hand_over_id: int
    giver_id: int
    receiver_id: int | None
    giver: str
    receiver: str
    note: str
    within: str

    @property
    def words(self) -> str:
        """The hand-over as a sentence."""
        said = _("%(giver)s hands on to %(receiver)s: %(note)s") % {
            "giver": self.giver,
            "receiver": self.receiver,
            "note": self.note,
        }
        return f"{said}, {self.within}" if self.within else said


@dataclass(frozen=True, slots=True)
class Composition:
    """Steps, parts, rules and hand-overs of one service."""

    steps: tuple[ProcessStep, ...]
    parts: tuple[Part, ...]
    rules: tuple[Rule, ...]
    handings: tuple[Handing, ...] = ()

    def with_statuses(self, statuses: Mapping[tuple[bool, str], PartStatus]) -> "Composition":
        """The same with how each part did."""
        return replace(self, parts=tuple(replace(part, status=statuses.get(part.address)) for part in self.parts))

    def rule_of(self, part: Part) -> str:
        """The rule of a part's alternatives, or nothing."""
        return next((rule.words for rule in self.rules if rule.group_id == part.group_id), "")

    @property
    def listed(self) -> list[tuple[Part, str, str]]:
        """The same facts as a list: part, the words of its kind, its rule."""
        return [(part, part.kind_words, self.rule_of(part)) for part in self.parts]


def lane_label(kind: str) -> str:
    """The words of a lane: the kind of component, or services."""
    return _("Services") if kind == SERVICES else str(ComponentKind(kind).label)


def get_composition(
    *,
    service: Service,
    statuses: Mapping[tuple[bool, str], PartStatus] | None = None,
    opened: Collection[str] = (),
) -> Composition:
    """What a service is made of, with the status of each part by its address.

    `opened` names services among its parts of which the parts are shown too, in the steps of the service itself.
    """
    steps = tuple(service.steps.order_by("position"))
    width = max(1, len(steps))
    parts, groups = _open(service, width, set(opened))
    counts = Counter(part.group_id for part in parts)
    rules = tuple(Rule(group.pk, group.name, group.needed, counts[group.pk]) for group in groups)
    found = Composition(steps, tuple(parts), rules, list_handings(service=service))
    return found.with_statuses(statuses or {})


def _open(service: Service, width: int, opened: set[str]) -> tuple[list[Part], list[DependencyGroup]]:
    rows, groups = list_in_order(service=service), list_groups(service=service)
    nested = [row.on_service_id for row in rows if row.on_service_id is not None]
    inside = _count_parts(nested) if nested else {}
    parts: list[Part] = []
    for row in rows:
        count = inside.get(row.on_service_id or 0, 0)
        is_open = bool(count) and row.part.slug in opened
        part = replace(_part(row, width), inside=count, is_open=is_open)
        parts.append(part)
        if is_open and isinstance(row.part, Service):
            opened.discard(row.part.slug)  # once is enough where several stand on it
            below, more = _open(row.part, 1, opened)
            groups += more
            parts += [
                replace(each, first=part.first, last=part.last, within=each.within or part.name) for each in below
            ]
    return parts, groups


def _count_parts(service_ids: Collection[int]) -> dict[int, int]:
    rows = Dependency.objects.filter(service_id__in=service_ids).values_list("service_id")
    return dict(rows.annotate(Count("pk")).order_by())


def list_in_order(*, service: Service) -> list[Dependency]:
    """The parts of a service in their order."""
    return list(service.dependencies.select_related("component", "on_service", "group").order_by("position", "pk"))


def list_handings(*, service: Service) -> tuple[Handing, ...]:
    """The hand-overs of a service, in the order of the parts that hand on."""
    related = [f"{side}__{part}" for side in ("giver", "receiver") for part in ("component", "on_service")]
    rows = HandOver.objects.filter(giver__service=service).select_related(*related)
    return tuple(_handing(row) for row in rows.order_by("giver__first_step", "giver__position", "pk"))


def get_hand_over(*, service: Service, hand_over_id: int) -> HandOver:
    """A hand-over inside one service.

    Raises HandOver.DoesNotExist for another service's.
    """
    return HandOver.objects.select_related("giver__service").get(pk=hand_over_id, giver__service=service)


def _handing(row: HandOver) -> Handing:
    within = _("within %(time)s") % {"time": exact_time(row.within_minutes * MINUTE)} if row.within_minutes else ""
    return Handing(
        hand_over_id=row.pk,
        giver_id=row.giver_id,
        receiver_id=row.receiver_id,
        giver=str(row.giver.part),
        receiver=str(row.receiver.part) if row.receiver else _("whoever asked"),
        note=row.note,
        within=within,
    )


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
    return service.dependencies.select_related("component", "on_service", "group").get(pk=dependency_id)


def _part(dependency: Dependency, width: int) -> Part:
    part = dependency.part
    first = min(dependency.first_step or 1, width)
    last = min(dependency.last_step or dependency.first_step or width, width)
    note = part.note if isinstance(part, Component) else ""
    return Part(
        dependency_id=dependency.pk,
        slug=part.slug,
        name=part.name,
        kind=part.kind if isinstance(part, Component) else SERVICES,
        requirement=dependency.requirement,
        need=dependency.note or note or _need_words(dependency.requirement, first, last),
        first=first,
        last=max(first, last),
        group_id=dependency.group_id,
        row_id=part.pk,
    )


def _need_words(requirement: str, first: int, last: int) -> str:
    if requirement == Requirement.ALTERNATIVE:
        return ""
    if requirement == Requirement.NEEDED and first < last:
        return _("Needed by steps %(steps)s") % {"steps": and_list([str(step) for step in range(first, last + 1)])}
    return str(Requirement(requirement).label)
