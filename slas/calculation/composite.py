"""Services made of parts: what can be predicted from the parts, and what was measured (calculation, section 11)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from slas.calculation.availability import (
    AvailabilityFacts,
    AvailabilityFigure,
    AvailabilityTerms,
    measure_availability,
)
from slas.calculation.errors import BadGroup, ContradictingComponent
from slas.calculation.intervals import Interval, subtract, union
from slas.calculation.outages import Outage
from slas.calculation.planned_work import PlannedWork


def predicted_series(parts: Iterable[Fraction]) -> Fraction:
    """All are needed: the product. Assumes independence."""
    return prod(parts, start=Fraction(1))


def predicted_k_of_n(needed: int, parts: Sequence[Fraction]) -> Fraction:
    """At least `needed` of the parts are up, 1 of alternatives. Assumes independence. Raises BadGroup."""
    _check_group(needed, len(parts))
    up_count = [Fraction(1)]
    for part in parts:
        stays = [chance * (1 - part) for chance in up_count] + [Fraction(0)]
        rises = [Fraction(0)] + [chance * part for chance in up_count]
        up_count = [stay + rise for stay, rise in zip(stays, rises, strict=True)]
    return sum(up_count[needed:], Fraction(0))


@dataclass(frozen=True)
class Course:
    """When a part was down and when nobody knows; both sorted and disjoint, and apart from each other."""

    down: tuple[Interval, ...]
    unknown: tuple[Interval, ...] = ()


def measured_group(needed: int, parts: Sequence[Course]) -> Course:
    """`needed` of the parts must be up; in series all of them: down beats unknown beats up. Raises BadGroup.

    Down where they are too few even if all unknown were up, unknown where the unknown decide.
    """
    _check_group(needed, len(parts))
    spare = len(parts) - needed
    down = tuple(union(_more_than(spare, [course.down for course in parts])))
    at_worst = union(_more_than(spare, [(*course.down, *course.unknown) for course in parts]))
    return Course(down, tuple(subtract(at_worst, down)))


@dataclass(frozen=True)
class Component:
    """A part with a course of its own; the same name may stand at several places, with the same course."""

    name: str
    course: Course


@dataclass(frozen=True)
class Group:
    """Parts of which `needed` must be up; None: all of them, in series. Raises BadGroup."""

    parts: tuple["Part", ...]
    needed: int | None = None

    def __post_init__(self) -> None:
        _check_group(self.least, len(self.parts))

    @property
    def least(self) -> int:
        """How many of its parts must be up."""
        return len(self.parts) if self.needed is None else self.needed


Part = Component | Group


def components_of(part: Part) -> tuple[Component, ...]:
    """Its components in the order in which they first stand. Raises ContradictingComponent."""
    found: dict[str, Component] = {}
    for component in _leaves(part):
        if found.setdefault(component.name, component) != component:
            raise ContradictingComponent(component.name)
    return tuple(found.values())


def _leaves(part: Part) -> Iterator[Component]:
    if isinstance(part, Component):
        yield part
        return
    for each in part.parts:
        yield from _leaves(each)


def course_of(part: Part) -> Course:
    """When the whole was down and when nobody knows, from the innermost part outward."""
    if isinstance(part, Component):
        return part.course
    return measured_group(part.least, [course_of(each) for each in part.parts])


def causes_of(part: Part, down: frozenset[str]) -> frozenset[str]:
    """The components for which a part fails while these are down; none where it does not fail."""
    if isinstance(part, Component):
        return frozenset({part.name}) & down
    failed = [causes for each in part.parts if (causes := causes_of(each, down))]
    return frozenset().union(*failed) if len(part.parts) - len(failed) < part.least else frozenset()


def measure_composite(
    span: Interval, terms: AvailabilityTerms, whole: Part, planned_works: Iterable[PlannedWork] = ()
) -> AvailabilityFigure:
    """The availability of the whole under the hours and exclusions of its own agreement only.

    What the agreements of its parts take out is not taken out here. Each outage is named after the second in which it
    began.
    """
    course = course_of(whole)
    outages = tuple(Outage(f"from {start}", start, end) for start, end in course.down)
    return measure_availability(span, terms, AvailabilityFacts(outages, tuple(planned_works), course.unknown))


def _more_than(spare: int, parts: Iterable[Iterable[Interval]]) -> Iterable[Interval]:
    """Where more than `spare` of the parts hold at once."""
    edges = sorted(
        (edge, step) for part in parts for start, end in union(part) for edge, step in ((start, 1), (end, -1))
    )
    held, since = 0, 0
    for edge, step in edges:
        if held == spare and step == 1:
            since = edge
        if held == spare + 1 and step == -1 and since < edge:
            yield Interval(since, edge)
        held += step


def _check_group(needed: int, size: int) -> None:
    if not 1 <= needed <= size:
        raise BadGroup(needed, size)
