"""The catalogue as a reader sees it: what can be asked for, how it did last month, what it costs.

Filters, counts, order and pages are the database's; only the services of one page are read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower

from catalog.models import ContributionLink, Entitlement, Service, ServiceClass, ServiceOffering, Stage
from catalog.queries.goals import list_goals
from catalog.queries.offerings import in_force, price_words
from catalog.queries.search import search_services
from catalog.queries.services import list_visible_services
from portal.accounts.models import BusinessUnit, Membership
from portal.accounts.queries import list_visible_units
from portal.language.numbers import counted
from reporting.queries.services_filters import (
    EVERYONE,
    Filter,
    Group,
    Surroundings,
    cost_of,
    group_of,
    list_filters,
    passing,
    worst_first,
)
from reporting.queries.services_marks import list_marks
from reporting.queries.services_months import Mark, get_shown_month, summarise

PAGE = 50
SUPPORTING = ServiceClass.TECHNICAL
BEST_FIT = "Best fit first"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; a group of filters without a choice lets everything through.

    `sort` is by name, or by how well the words fit where some are given; "status" and "cost" otherwise.
    """

    whom: frozenset[str] | None = None  # None: not said, so the reader's own units and everyone
    kinds: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    goals: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    stages: frozenset[str] | None = None  # None: not said, so what is in the catalogue
    words: str = ""
    sort: str = "name"
    is_supporting: bool = False
    page: str = "1"


@dataclass(frozen=True, slots=True)
class Entry:
    """One service of the list."""

    slug: str
    name: str
    line: str
    service_class: str
    stage: str
    goals: frozenset[str]
    mark: Mark
    is_yours: bool
    price: str
    level: str
    description: str = ""
    used_by: str = ""

    @property
    def kind(self) -> str:
        """The kind of service in words."""
        return str(ServiceClass(self.service_class).label)

    @property
    def stage_words(self) -> str:
        """The stage, where it is not in the catalogue."""
        return "" if self.stage == Stage.CATALOGUE else str(Stage(self.stage).label)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of service with its entries on this page and how many it has in all."""

    name: str
    count: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The page: filters, chosen values, headings; the month whose figures are shown, if any.

    `count` is what the filters leave; `total` is more than nothing where others would leave something.
    """

    wanted: Wanted
    groups: tuple[Group, ...]
    headings: tuple[Heading, ...]
    page: Page[int]
    count: int
    total: int
    month: date | None

    @property
    def chosen(self) -> list[tuple[str, str, str]]:
        """Parameter, value and words of each chosen filter."""
        return [
            (group.name, choice.value, choice.label)
            for group in self.groups
            for choice in group.choices
            if choice.chosen
        ]


@dataclass(frozen=True, slots=True)
class Selection:
    """The services that the filters leave, not read yet, and with what they are told of."""

    wanted: Wanted
    around: Surroundings
    searched: QuerySet[Service]
    filters: tuple[Filter, ...]
    shown: QuerySet[Service] = field(hash=False)


def get_catalogue(*, reader: Membership, wanted: Wanted, today: date, currency: str) -> Catalogue:
    """The services that a reader may see, filtered, counted, sorted, and grouped by what people want to do."""
    chosen = select_services(reader=reader, wanted=wanted, today=today)
    counts = _count_lines(chosen)
    count = sum(counts.values())
    page = Paginator(range(count), PAGE).get_page(wanted.page)
    rows = chosen.shown[page.start_index() - 1 : page.end_index()] if count else chosen.shown.none()
    return Catalogue(
        wanted=chosen.wanted,
        groups=tuple(group_of(each, chosen.filters, chosen.searched) for each in chosen.filters),
        headings=_headings(counts, list_entries(chosen=chosen, services=rows, currency=currency)),
        page=page,
        count=count,
        total=count or chosen.searched.count(),
        month=chosen.around.month,
    )


def select_services(*, reader: Membership, wanted: Wanted, today: date) -> Selection:
    """What the address asks for, of what the reader may see, in its order."""
    services = list_visible_services(reader=reader)
    is_technical = Q(service_class=SUPPORTING)
    services = services.filter(is_technical if wanted.is_supporting else ~is_technical)
    if wanted.words:
        services = search_services(services=services, words=wanted.words)
    month = get_shown_month(reader=reader, today=today)
    units = list(list_visible_units(reader=reader)) if reader.is_business else []
    wanted = _defaults(wanted, units)
    around = Surroundings(reader, units, month, today, list_marks(reader=reader, month=month))
    filters = list_filters(
        services=services,
        around=around,
        chosen={
            "for": wanted.whom or frozenset(),
            "kind": wanted.kinds,
            "status": wanted.statuses,
            "goal": wanted.goals,
            "category": wanted.categories,
            "stage": wanted.stages or frozenset(),
        },
    )
    shown = _ordered(passing(services, filters), wanted, around)
    return Selection(wanted, around, services, filters, shown)


def list_entries(*, chosen: Selection, services: Iterable[Service], currency: str) -> list[Entry]:
    """What is told of these services, in four questions for all of them together."""
    rows = list(services)
    ids = [row.pk for row in rows]
    taken, offered = _entitled(chosen.around, ids)
    offerings = _offerings(ids)
    goals = _goals(chosen.around.reader, ids)
    entries = []
    for row in rows:
        price, level = _cost(taken.get(row.pk) or offered.get(row.pk), offerings.get(row.pk, ()), currency)
        entry = Entry(
            slug=row.slug,
            name=row.name,
            line=row.line_of_service.name if row.line_of_service else "",
            service_class=row.service_class,
            stage=row.stage,
            goals=frozenset(goals.get(row.pk, ())),
            mark=chosen.around.marks.get(row.pk) or summarise([]),
            is_yours=row.pk in taken,
            price=price,
            level=level,
            description=row.description,
            used_by=row.used_by,
        )
        entries.append(entry)
    return entries


def is_by_fit(wanted: Wanted) -> bool:
    """Whether what fits the words best comes first."""
    return bool(wanted.words) and wanted.sort not in ("status", "cost")


def _defaults(wanted: Wanted, units: Collection[BusinessUnit]) -> Wanted:
    """A business reader begins with what is for them, everybody else with what is in the catalogue."""
    whom = frozenset({EVERYONE, *(unit.slug for unit in units)}) if units else frozenset()
    return replace(
        wanted,
        whom=whom if wanted.whom is None else wanted.whom,
        stages=frozenset({Stage.CATALOGUE.value}) if wanted.stages is None else wanted.stages,
    )


def _ordered(services: QuerySet[Service], wanted: Wanted, around: Surroundings) -> QuerySet[Service]:
    if is_by_fit(wanted):
        return services  # as they were found
    within: list[Any] = []
    if wanted.sort == "status":
        within = [worst_first(around)]
    elif wanted.sort == "cost":
        within = [cost_of(around).desc()]
    position = F("line_of_service__position").asc(nulls_last=True)
    return services.order_by(position, Coalesce("line_of_service__name", Value("")), *within, Lower("name"), "pk")


def _count_lines(chosen: Selection) -> Mapping[str, int]:
    """By heading: how many services stand under it; under one of its own where they are shown by how they fit."""
    shown = chosen.shown.order_by()
    if is_by_fit(chosen.wanted):
        count = shown.count()
        return {BEST_FIT: count} if count else {}
    lines = shown.values_list("line_of_service__name").annotate(number=Count("pk"))
    return {name or "": number for name, number in lines}


def _headings(counts: Mapping[str, int], entries: Iterable[Entry]) -> tuple[Heading, ...]:
    if BEST_FIT in counts:
        return (Heading(BEST_FIT, counts[BEST_FIT], tuple(entries)),)
    grouped = groupby(entries, key=lambda entry: entry.line)
    return tuple(Heading(line, counts[line], tuple(under)) for line, under in grouped)


def _entitled(
    around: Surroundings, service_ids: Collection[int]
) -> tuple[dict[int, ServiceOffering], dict[int, ServiceOffering]]:
    """By service: the level that the reader's units have; the level that they may ask for."""
    taken: dict[int, ServiceOffering] = {}
    offered: dict[int, ServiceOffering] = {}
    own = {unit.pk for unit in around.units}
    rows = Entitlement.objects.filter(in_force(on=around.today), offering__service__in=service_ids)
    for row in rows.select_related("offering").order_by("offering__position", "pk"):
        service_id = row.offering.service_id
        if row.business_unit_id in own and row.is_subscribed:
            taken.setdefault(service_id, row.offering)
        elif row.business_unit_id in own or row.business_unit_id is None:
            offered.setdefault(service_id, row.offering)
    return taken, offered


def _offerings(service_ids: Collection[int]) -> dict[int, list[ServiceOffering]]:
    found: dict[int, list[ServiceOffering]] = defaultdict(list)
    for offering in ServiceOffering.objects.filter(service_id__in=service_ids).order_by("position", "pk"):
        found[offering.service_id].append(offering)
    return found


def _cost(own: ServiceOffering | None, offerings: Collection[ServiceOffering], currency: str) -> tuple[str, str]:
    """Price and level: of the reader's own level, or of the first of several."""
    offering = own or next(iter(offerings), None)
    if offering is None:
        return "", ""
    price = price_words(offering=offering, currency=currency, is_monthly_said=True)
    if own is None and len(offerings) > 1:
        return f"from {price}", counted(len(offerings), "levels")
    return price, offering.name


def _goals(reader: Membership, service_ids: Collection[int]) -> dict[int, set[str]]:
    """By service: the goals that it serves, as far as the reader may see them."""
    found: dict[int, set[str]] = defaultdict(set)
    links = ContributionLink.objects.filter(service_id__in=service_ids, goal__in=list_goals(reader=reader).values("pk"))
    for service_id, slug in links.values_list("service_id", "goal__slug"):
        found[service_id].add(slug)
    return found
