"""What the design of a service can give, beside what was promised and measured (calculation, section 11)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from catalog.models import Dependency, DependencyGroup, Requirement, Service
from catalog.queries.composition import Rule
from catalog.queries.standing import list_counted
from portal.language.durations import lost_time
from portal.language.numbers import exact, percent
from slas.calculation.composite import predicted_k_of_n, predicted_series
from slas.models import Attainment, ServiceLevelTarget

HUNDRED = 100
FINE = 2  # decimals of what a design supports


@dataclass(frozen=True, slots=True)
class DesignLine:
    """One factor of the product: a needed part, or alternatives with their rule."""

    name: str
    how: str
    value: str


@dataclass(frozen=True, slots=True)
class Loss:
    """Time lost that was laid to one part (empty: to none)."""

    slug: str
    name: str
    time: str


@dataclass(frozen=True, slots=True)
class Design:
    """The product of the parts, and what was promised and measured; empty texts where nothing is known."""

    lines: tuple[DesignLine, ...]
    left_out: tuple[str, ...]
    predicted: str
    promised: str
    measured: str
    losses: tuple[Loss, ...]
    lost: str


def get_design(*, service: Service, target: ServiceLevelTarget | None, attainment: Attainment | None) -> Design:
    """What the parts give if they fail independently of each other.

    Parts whose design says nothing are left out and named; parts that only help do not count.
    """
    counted = list_counted(service_ids=[service.pk])[service.pk]
    known = [each for each in counted if each.component and each.component.design_availability is not None]
    lines, shares = _factors(known)
    decimals = target.decimals if target else 1
    helping = service.dependencies.filter(requirement=Requirement.HELPS, component__isnull=False)
    used = [each.component for each in (*counted, *helping.select_related("component")) if each.component]
    names = {component.slug: component.name for component in used}
    return Design(
        lines=tuple(lines),
        left_out=tuple(each.part.name for each in counted if each not in known),
        predicted=percent(predicted_series(shares), decimals) if shares else "",
        promised=f"{target.threshold.normalize():f} %" if target and target.threshold is not None else "",
        measured=f"{attainment.value_words} %" if attainment else "",
        losses=_losses(attainment, names),
        lost=lost_time(exact(attainment.result["lost_seconds"])) if attainment else "",
    )


def _factors(known: Iterable[Dependency]) -> tuple[list[DesignLine], list[Fraction]]:
    alone = [each for each in known if each.group is None]
    grouped: dict[DependencyGroup, list[Dependency]] = defaultdict(list)
    for each in known:
        if each.group is not None:
            grouped[each.group].append(each)
    lines, shares = [], []
    for each in alone:
        share = _share(each)
        shares.append(share)
        lines.append(DesignLine(each.part.name, "Needed", percent(share, FINE)))
    for group, members in grouped.items():
        rule = Rule(group.pk, group.name, min(group.needed, len(members)), len(members))
        share = predicted_k_of_n(rule.needed, [_share(member) for member in members])
        shares.append(share)
        parts = ", ".join(f"{member.part.name} {percent(_share(member), FINE)}" for member in members)
        how = parts if group.name == rule.words else f"{rule.words}: {parts}"
        lines.append(DesignLine(group.name, how, percent(share, FINE)))
    return lines, shares


def _share(dependency: Dependency) -> Fraction:
    design = dependency.component.design_availability if dependency.component else None
    return Fraction(design or 0) / HUNDRED


def seconds_by_part(attainment: Attainment | None) -> dict[str, Fraction]:
    """Time lost by the part that each event was laid to (empty: to none), longest first."""
    found: dict[str, Fraction] = defaultdict(Fraction)
    for event in (attainment.result.get("events") or []) if attainment else []:
        found[event.get("component") or ""] += exact(event["counted_seconds"])
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _losses(attainment: Attainment | None, names: Mapping[str, str]) -> tuple[Loss, ...]:
    return tuple(
        Loss(slug if slug in names else "", names.get(slug, "No part named"), lost_time(seconds))
        for slug, seconds in seconds_by_part(attainment).items()
        if seconds
    )
