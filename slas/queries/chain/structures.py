"""Promises of availability: what is promised about the parts of a service, put together (calculation, section 11a)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from catalog.models import Dependency
from slas.calculation.chain.structure import Alternatives
from slas.calculation.intervals import Interval
from slas.calculation.service_hours import ServiceHours
from slas.models import ServiceLevelTarget, Support, TargetKind
from slas.queries.chain import words
from slas.queries.chain.links import Link, PromiseChain
from slas.queries.chain.paths import gone
from slas.queries.chain.terms import Factor, Stretch, Terms, hours_text, promised_share


def check_availability(target: ServiceLevelTarget, terms: Terms, stretch: Stretch) -> PromiseChain:
    """The promise against the needed parts of its service, its alternatives, and what was named under it besides."""
    stands = terms.stands(target, stretch.on)
    if not stands.parts and not stands.steps:
        return PromiseChain(target)
    return _Structure(target, terms, stretch).check()


class _Structure:
    """One promise with what is promised about each of its parts."""

    def __init__(self, target: ServiceLevelTarget, terms: Terms, stretch: Stretch) -> None:
        self.target, self.terms, self.on = target, terms, stretch.on
        self.promised = promised_share(target)
        self.hours: ServiceHours = terms.hours(target)
        self.periods = terms.periods(target, stretch)
        self.year = Interval(self.periods[0].start, self.periods[-1].end)
        self.stands = terms.stands(target, stretch.on)
        named = [(row, under) for row, under in self.stands.steps if under is not None]
        self.named: dict[int, tuple[Support, ServiceLevelTarget]] = {
            under.component_id: (row, under) for row, under in named if under.component_id is not None
        }
        own = {part.component_id for part in self.stands.parts}
        self.besides = [(row, under) for row, under in named if under.component_id not in own]
        self.gone = [row for row, under in self.stands.steps if under is None]

    def check(self) -> PromiseChain:
        """All parts together, and each by itself."""
        links: list[Link] = [gone(self.target, row, self.terms, self.on) for row in self.gone]
        factors: list[Factor] = []
        for parts in _together(self.stands.parts):
            under = [self._about(part) for part in parts]
            group, factor = parts[0].group, self._factor(parts, under)
            for part, each in zip(parts, under, strict=True):
                link = self._missing(part) if each is None else self._part(each)
                # An alternative may be missing as long as enough of the others are promised.
                is_spared = group is not None and factor is not None
                links.append(replace(link, is_enough=True, can_carry=True) if is_spared else link)
            factors += [] if factor is None else [factor]
        for row, each in self.besides:
            links.append(replace(self._part(each), support=row))
            factors.append(self.terms.part(each, self.year))
        if not factors:
            return PromiseChain(self.target, tuple(links), sentence=words.NOTHING)
        whole, sentence = self._whole(factors, links)
        return PromiseChain(self.target, tuple(links), whole, sentence)

    def _about(self, part: Dependency) -> ServiceLevelTarget | None:
        """What is promised about a part: what was named, else the promise that gives most."""
        if part.component_id is not None and part.component_id in self.named:
            return self.named[part.component_id][1]
        known = [
            each
            for each in self.terms.about(part.component_id or 0, self.on)
            if each.kind == TargetKind.AVAILABILITY and each.threshold is not None
        ]
        return max(known, key=lambda each: self._least(self.terms.part(each, self.year)), default=None)

    def _least(self, factor: Factor) -> tuple[object, ...]:
        found = self.terms.supportable(self.hours, self.periods, [factor])
        return found.guaranteed, found.independent

    def _factor(self, parts: Sequence[Dependency], under: Sequence[ServiceLevelTarget | None]) -> Factor | None:
        """A needed part, or alternatives; None where too little is promised about them."""
        promises = [None if each is None else self.terms.part(each, self.year) for each in under]
        group = parts[0].group
        if group is None:
            return promises[0]
        needed = min(group.needed, len(parts))
        is_enough = sum(each is not None for each in promises) >= needed
        return Alternatives(group.name, needed, tuple(promises)) if is_enough else None

    def _part(self, under: ServiceLevelTarget) -> Link:
        """One part as if all others never failed."""
        part = self.terms.part(under, self.year)
        share = self.terms.supportable(self.hours, self.periods, [part]).independent
        promised = words.percent(self.target)
        told = f"{under.agreement.provider.name} promises {words.percent(under)}, this agreement {promised}."
        if share != part.share:
            told += f" In the hours of this promise that is {words.share_text(share, self.target.decimals)}."
        broken = [*words.broken(self.target, under)]
        row = self.named.get(under.component_id or 0)
        return Link(
            name=part.name,
            words=told,
            spare=words.points(share, self.promised, self.target.decimals),
            is_enough=share >= self.promised and not broken,
            owner=self.terms.owner(self.target, under),
            target=under,
            promised=words.percent(under),
            hours=hours_text(under),
            notes=(*broken, *words.differences(self.target, under)),
            coming=self.terms.coming(under),
            support=row[0] if row is not None and row[1] == under else None,
            can_carry=not broken,
        )

    def _missing(self, part: Dependency) -> Link:
        return Link(
            name=part.part.name,
            words=words.NOTHING_UNDER_PART,
            spare=words.NO_PROMISE,
            is_enough=False,
            owner=self.terms.owner(self.target),
            can_carry=False,
        )

    def _whole(self, factors: Sequence[Factor], links: Sequence[Link]) -> tuple[Link, str]:
        found, decimals = self.terms.supportable(self.hours, self.periods, factors), self.target.decimals
        share, least = (words.share_text(each, decimals) for each in (found.independent, found.guaranteed))
        gaps = [link.name for link in links if not link.can_carry]
        is_part_missing = any(link.target is None and not link.can_carry for link in links)
        parts = "The parts that something is promised about" if is_part_missing else "Its parts"
        whole = Link(
            name=f"{self.target.name}: all parts together",
            words=f"{parts} give {share} if they fail independently of each other, and {least} at worst.",
            spare=words.points(found.independent, self.promised, decimals),
            is_enough=found.independent >= self.promised,
            owner=self.terms.owner(self.target),
        )
        broken = [link.name for link in links if not link.is_enough]
        if found.independent < self.promised:
            weakest = min(
                factors, key=lambda each: self.terms.supportable(self.hours, self.periods, [each]).independent
            )
            tighter = words.points_tighter(found.independent, self.promised, decimals)
            assumed = "" if share == least else ", if parts fail independently of each other"
            told = (
                f"This promise is {tighter} tighter than what stands under it; its weakest part is {weakest.name}."
                f" What stands under it supports {share}{assumed}.{words.besides(gaps)}"
            )
        elif broken:
            told = words.not_all(broken)
        elif found.guaranteed < self.promised:
            told = f"It can be kept if parts fail independently of each other; without that only {least} is sure."
        else:
            told = "It can be kept whatever fails, as long as what is promised about each part is kept."
        return whole, told


def _together(parts: Sequence[Dependency]) -> Iterator[list[Dependency]]:
    """Each needed part by itself, and the alternatives of each group together."""
    ordered = sorted(parts, key=lambda part: (part.group_id or 0, part.position, part.pk))
    for group_id, some in groupby(ordered, key=lambda part: part.group_id):
        found = list(some)
        yield from [found] if group_id is not None else ([each] for each in found)
