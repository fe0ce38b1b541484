"""Which component cost what of a composite's loss; the parts add up to the whole (calculation, section 11)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from slas.calculation.availability import AvailabilityFacts, AvailabilityFigure, AvailabilityTerms
from slas.calculation.composite import Component, Course, Part, causes_of, components_of, course_of, measure_composite
from slas.calculation.intervals import Interval, Ruler, union
from slas.calculation.outages import reach, touches
from slas.calculation.planned_work import PlannedWork
from slas.calculation.proof import Line, Proof, Role, Unit, prove
from slas.calculation.seen import seen_facts, seen_terms


class Sharing(Enum):
    """Who answers for time that several components lost at once; agreed. The value is what a proof says."""

    EQUALLY = "equally"
    EARLIEST_CAUSE = "earliest_cause"


@dataclass(frozen=True)
class ComponentLoss:
    """Seconds of the composite's loss: those of one component alone, those lost with others, and what it answers for.

    `charged` is the exclusive seconds and its part of the shared ones.
    """

    name: str
    exclusive: int
    shared: int
    charged: Fraction


@dataclass(frozen=True)
class CompositeFigure:
    """The availability of a composite, and its loss by component; with planned work and unknown time that counts as
    down, the parts add up to `availability.lost` exactly.
    """

    availability: AvailabilityFigure
    losses: tuple[ComponentLoss, ...]
    sharing: Sharing

    @property
    def charged(self) -> Fraction:
        """All that the components answer for."""
        return sum((loss.charged for loss in self.losses), Fraction(0))

    @property
    def not_charged(self) -> Fraction:
        """Planned work and unknown time that count as down: no component answers for them."""
        return self.availability.lost - self.charged

    @property
    def lines(self) -> tuple[Line, ...]:
        """The sum, from the time that counts down to each component."""
        whole = self.availability
        parts = (Line("component", Role.PART, Unit.SECONDS, loss.charged, _details(loss)) for loss in self.losses)
        rest = Line("no_component", Role.PART, Unit.SECONDS, self.not_charged)
        lost = Line("time_lost", Role.TOTAL, Unit.SECONDS, whole.lost, (("sharing", self.sharing.value),))
        counts = Line("time_that_counts", Role.TOTAL, Unit.SECONDS, Fraction(whole.judged_seconds))
        share = () if whole.share is None else (Line("share", Role.TOTAL, Unit.SHARE, whole.share),)
        return (counts, *parts, *((rest,) if self.not_charged else ()), lost, *share)


def _details(loss: ComponentLoss) -> tuple[tuple[str, Fraction | str], ...]:
    return (("name", loss.name), ("exclusive", Fraction(loss.exclusive)), ("shared", Fraction(loss.shared)))


class _Blame:
    """Who was the cause at any second at which the whole was down."""

    def __init__(self, whole: Part) -> None:
        self._whole = whole
        self._down = {each.name: tuple(union(each.course.down)) for each in components_of(whole)}
        self._edges = sorted({edge for pieces in self._down.values() for piece in pieces for edge in piece})

    def pieces(self, time: Interval) -> Iterator[tuple[Interval, tuple[str, ...]]]:
        """The time in pieces, each with its causes: the earliest first, of those of one second the first in the tree.

        Time in which no part is down belongs to the causes of the second before it: it is a gap that was merged.
        """
        first, last = bisect_right(self._edges, time.start), bisect_left(self._edges, time.end)
        edges = [time.start, *self._edges[first:last], time.end]
        causes: tuple[str, ...] = ()
        for start, end in pairwise(edges):
            causes = self._at(start) or causes
            yield Interval(start, end), causes

    def _at(self, second: int) -> tuple[str, ...]:
        begun = {name: at for name in self._down if (at := self._begun(name, second)) is not None}
        causes = causes_of(self._whole, frozenset(begun))
        return tuple(sorted((name for name in begun if name in causes), key=begun.__getitem__))

    def _begun(self, name: str, second: int) -> int | None:
        """When the component went down that is down at that second."""
        down = self._down[name]
        at = bisect_right(down, second, key=lambda piece: piece.start) - 1
        return down[at].start if at >= 0 and second < down[at].end else None


def attribute_loss(
    span: Interval,
    terms: AvailabilityTerms,
    whole: Part,
    sharing: Sharing,
    planned_works: Iterable[PlannedWork] = (),
) -> CompositeFigure:
    """The composite's figure with what each component cost, in the order of the tree.

    Raises ContradictingComponent.
    """
    figure = measure_composite(span, terms, whole, planned_works)
    blame = _Blame(whole)
    exclusive: dict[str, int] = {each.name: 0 for each in components_of(whole)}
    shared, charged = dict(exclusive), {name: Fraction(0) for name in exclusive}
    for seconds, causes in _lost(figure, blame):
        for name in causes:
            (exclusive if len(causes) == 1 else shared)[name] += seconds
        answering = causes[:1] if sharing is Sharing.EARLIEST_CAUSE else causes
        for name in answering:
            charged[name] += Fraction(seconds, len(answering))
    losses = (ComponentLoss(name, exclusive[name], shared[name], charged[name]) for name in exclusive)
    return CompositeFigure(figure, tuple(losses), sharing)


def _lost(figure: AvailabilityFigure, blame: _Blame) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Seconds that were counted as down, with their causes."""
    for use in figure.outages:
        if use.counted:
            counted = Ruler(use.pieces)
            for piece, causes in blame.pieces(Interval(use.start, use.pieces[-1].end)):
                yield counted.within(piece), causes


def prove_composite(
    span: Interval,
    terms: AvailabilityTerms,
    whole: Part,
    figure: CompositeFigure,
    planned_works: Iterable[PlannedWork] = (),
) -> Proof:
    """The proof of a composite's figure. Its evidence is the components and the planned work."""
    works = tuple(planned_works)
    facts = AvailabilityFacts((), works, course_of(whole).unknown)
    time = reach(span, terms.minimum_outage, terms.flap_gap)
    components = [_seen(each, time) for each in components_of(whole)]
    inputs = {
        "span": span,
        "terms": seen_terms(terms, facts, span),
        "planned_works": seen_facts(facts, terms, span).planned_works,
        "tree": _tree(whole),
        "components": components,
        "sharing": figure.sharing,
    }
    evidence = (*(each.name for each in components), *sorted(work.id for work in works))
    return prove("composite", inputs, figure.lines, evidence)


def _seen(component: Component, time: Interval) -> Component:
    """The component as far as the period sees it, whatever order its pieces came in."""
    down, unknown = (_until(pieces, time) for pieces in (component.course.down, component.course.unknown))
    return replace(component, course=Course(down, unknown))


def _until(pieces: Sequence[Interval], time: Interval) -> tuple[Interval, ...]:
    near = (piece for piece in union(pieces) if touches(piece, time))
    return tuple(Interval(start, min(end, time.end)) for start, end in near)


def _tree(part: Part) -> object:
    if isinstance(part, Component):
        return part.name
    return {"needed": part.least, "parts": [_tree(each) for each in part.parts]}
