"""The catalogue as a reader sees it: what can be asked for, how it did last month, what it costs."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from catalog.models import ContributionLink, Entitlement, Service, ServiceClass, ServiceOffering, Stage
from catalog.queries.goals import list_goals
from catalog.queries.offerings import in_force, price_words
from catalog.queries.services import list_visible_services, search_services
from portal.accounts.models import BusinessUnit, Membership
from portal.accounts.queries import list_visible_units
from portal.language.numbers import counted
from reporting.queries.services_months import WORST_FIRST, Mark, get_shown_month, last_cell, list_cells, summarise
from slas.models import AgreementKind, ServiceLevelTarget
from slas.queries.attainments import held_attainments

EVERYONE = "everyone"
PAGE = 50
SUPPORTING = ServiceClass.TECHNICAL
STATUSES = {"M": "Missed a promise", "D": "Disputed", "G": "Data gap", "T": "Trial", "K": "All kept", "N": "No cases"}
NEVER = 10**15


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; a group of filters without a choice lets everything through."""

    whom: frozenset[str] | None = None  # None: not said, so the reader's own units and everyone
    kinds: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    goals: frozenset[str] = frozenset()
    stages: frozenset[str] | None = None  # None: not said, so what is in the catalogue
    words: str = ""
    sort: str = "name"
    is_supporting: bool = False
    page: str = "1"


@dataclass(frozen=True, slots=True)
class Entry:
    """One service of the list."""

    pk: int
    slug: str
    name: str
    line: str
    line_position: int
    service_class: str
    stage: str
    whom: frozenset[str]
    goals: frozenset[str]
    mark: Mark
    is_yours: bool
    price: str
    level: str
    cost: int
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
class Choice:
    """One value of a filter: how many services it would show, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool
    status: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One filter: its heading, the name of its parameter, its values."""

    legend: str
    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of service with its entries on this page and how many it has in all."""

    name: str
    count: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The page: filters, chosen values, headings; the month whose figures are shown, if any.

    `count` is what the filters leave of `total`.
    """

    wanted: Wanted
    groups: tuple[Group, ...]
    headings: tuple[Heading, ...]
    page: Page[Entry]
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


def get_catalogue(*, reader: Membership, wanted: Wanted, today: date, currency: str) -> Catalogue:
    """The services that a reader may see, filtered, counted, sorted, and grouped by what people want to do."""
    services = list_visible_services(reader=reader)
    is_technical = Q(service_class=SUPPORTING)
    services = services.filter(is_technical if wanted.is_supporting else ~is_technical)
    if wanted.words:
        services = search_services(services=services, words=wanted.words)
    month = get_shown_month(reader=reader, today=today)
    units = list(list_visible_units(reader=reader)) if reader.is_business else []
    wanted = _defaults(wanted, units)
    context = _Context(reader, units, month, today, currency)
    entries = _entries(services, context)
    filters = _filters(entries, wanted, context)
    shown = sorted(_passing(entries, filters), key=_order(wanted.sort))
    page = Paginator(shown, PAGE).get_page(wanted.page)
    return Catalogue(
        wanted=wanted,
        groups=tuple(_group(each, filters, entries) for each in filters),
        headings=_headings(shown, _describe(list(page.object_list))),
        page=page,
        count=len(shown),
        total=len(entries),
        month=month,
    )


@dataclass(frozen=True, slots=True)
class _Context:
    reader: Membership
    units: Collection[BusinessUnit]
    month: date | None
    today: date
    currency: str


@dataclass(frozen=True, slots=True)
class _Filter:
    legend: str
    name: str
    labels: dict[str, str]
    chosen: frozenset[str]
    values: Callable[[Entry], Collection[str]]

    def passes(self, entry: Entry) -> bool:
        return not self.chosen or not self.chosen.isdisjoint(self.values(entry))


def _defaults(wanted: Wanted, units: Collection[BusinessUnit]) -> Wanted:
    """A business reader begins with what is for them, everybody else with what is in the catalogue."""
    whom = frozenset({EVERYONE, *(unit.slug for unit in units)}) if units else frozenset()
    return replace(
        wanted,
        whom=whom if wanted.whom is None else wanted.whom,
        stages=frozenset({Stage.CATALOGUE.value}) if wanted.stages is None else wanted.stages,
    )


def _filters(entries: Collection[Entry], wanted: Wanted, context: _Context) -> list[_Filter]:
    slugs = {slug for entry in entries for slug in entry.whom}
    names = dict(BusinessUnit.objects.filter(slug__in=slugs).order_by("name").values_list("slug", "name"))
    whom = {unit.slug: unit.name for unit in context.units} | {EVERYONE: "Everyone"} | names
    goals = dict(list_goals(reader=context.reader).values_list("slug", "short_name"))
    used_goals = {slug for entry in entries for slug in entry.goals}
    filters = [
        _Filter("For whom", "for", whom, wanted.whom or frozenset(), lambda entry: entry.whom),
        _Filter("Kind of service", "kind", _kinds(), wanted.kinds, lambda entry: [entry.service_class]),
        _Filter("Last month", "status", STATUSES, wanted.statuses, lambda entry: [entry.mark.letter]),
        _Filter(
            "Serves the goal",
            "goal",
            {slug: name for slug, name in goals.items() if slug in used_goals},
            wanted.goals,
            lambda entry: entry.goals,
        ),
    ]
    stages = _Filter("Stage", "stage", dict(Stage.choices), wanted.stages or frozenset(), lambda entry: [entry.stage])
    return filters if context.reader.is_business else [*filters, stages]


def _kinds() -> dict[str, str]:
    order = (ServiceClass.BUSINESS, ServiceClass.END_USER, ServiceClass.PROFESSIONAL, ServiceClass.TECHNICAL)
    return {kind.value: str(kind.label) for kind in order}


def _passing(entries: Iterable[Entry], filters: Iterable[_Filter]) -> list[Entry]:
    every = list(filters)
    return [entry for entry in entries if all(each.passes(entry) for each in every)]


def _group(own: _Filter, filters: list[_Filter], entries: Collection[Entry]) -> Group:
    """Each value counts what it would show with the other filters as they are."""
    left = _passing(entries, [each for each in filters if each is not own])
    choices = tuple(
        Choice(
            value=value,
            label=label,
            count=sum(value in own.values(entry) for entry in left),
            chosen=value in own.chosen,
            status=value if own.name == "status" else "",
        )
        for value, label in own.labels.items()
    )
    return Group(own.legend, own.name, choices)


def _order(sort: str) -> Callable[[Entry], tuple[object, ...]]:
    def within(entry: Entry) -> int:
        if sort == "status":
            return WORST_FIRST.find(entry.mark.letter) if entry.mark.letter else len(WORST_FIRST)
        return -entry.cost if sort == "cost" else 0

    return lambda entry: (entry.line_position, entry.line, within(entry), entry.name.casefold())


def _headings(shown: Collection[Entry], on_page: Iterable[Entry]) -> tuple[Heading, ...]:
    counts: dict[str, int] = defaultdict(int)
    for entry in shown:
        counts[entry.line] += 1
    return tuple(
        Heading(line, counts[line], tuple(entries)) for line, entries in groupby(on_page, key=lambda entry: entry.line)
    )


def _describe(entries: list[Entry]) -> list[Entry]:
    rows = Service.objects.filter(pk__in=[entry.pk for entry in entries]).values_list("pk", "description", "used_by")
    texts = {pk: (description, used_by) for pk, description, used_by in rows}
    return [replace(entry, description=texts[entry.pk][0], used_by=texts[entry.pk][1]) for entry in entries]


def _entries(services: QuerySet[Service], context: _Context) -> list[Entry]:
    fields = ("pk", "slug", "name", "service_class", "stage", "line_of_service__name", "line_of_service__position")
    rows = list(services.values_list(*fields))
    ids = [row[0] for row in rows]
    whom, taken, offered = _entitled(context)
    offerings = _offerings(ids)
    goals = _goals(context.reader, ids)
    marks = list_marks(reader=context.reader, month=context.month)
    entries = []
    for pk, slug, name, service_class, stage, line, position in rows:
        price, level, cost = _cost(taken.get(pk) or offered.get(pk), offerings.get(pk, ()), context.currency)
        entry = Entry(
            pk=pk,
            slug=slug,
            name=name,
            line=line or "",
            line_position=NEVER if position is None else position,
            service_class=service_class,
            stage=stage,
            whom=frozenset(whom.get(pk, ())),
            goals=frozenset(goals.get(pk, ())),
            mark=marks.get(pk, summarise([])),
            is_yours=pk in taken,
            price=price,
            level=level,
            cost=cost,
        )
        entries.append(entry)
    return entries


def _entitled(context: _Context) -> tuple[dict[int, set[str]], dict[int, ServiceOffering], dict[int, ServiceOffering]]:
    """By service: for whom it is; the level that the reader's units have; the level that they may ask for."""
    whom: dict[int, set[str]] = defaultdict(set)
    taken: dict[int, ServiceOffering] = {}
    offered: dict[int, ServiceOffering] = {}
    own = {unit.pk for unit in context.units}
    rows = Entitlement.objects.filter(in_force(on=context.today)).select_related("offering", "business_unit")
    for row in rows.order_by("offering__position", "pk"):
        service_id = row.offering.service_id
        whom[service_id].add(row.business_unit.slug if row.business_unit else EVERYONE)
        if row.business_unit_id in own and row.is_subscribed:
            taken.setdefault(service_id, row.offering)
        elif row.business_unit_id in own or row.business_unit_id is None:
            offered.setdefault(service_id, row.offering)
    for slugs in whom.values():
        if EVERYONE in slugs:  # what is for everyone is counted once
            slugs.intersection_update({EVERYONE})
    return whom, taken, offered


def _offerings(service_ids: Collection[int]) -> dict[int, list[ServiceOffering]]:
    found: dict[int, list[ServiceOffering]] = defaultdict(list)
    for offering in ServiceOffering.objects.filter(service_id__in=service_ids).order_by("position", "pk"):
        found[offering.service_id].append(offering)
    return found


def _cost(own: ServiceOffering | None, offerings: Collection[ServiceOffering], currency: str) -> tuple[str, str, int]:
    """Price, level and the price for sorting: of the reader's own level, or of the first of several."""
    offering = own or next(iter(offerings), None)
    if offering is None:
        return "", "", 0
    price = price_words(offering=offering, currency=currency, is_monthly_said=True)
    if own is None and len(offerings) > 1:
        return f"from {price}", counted(len(offerings), "levels"), offering.price_minor or 0
    return price, offering.name, offering.price_minor or 0


def _goals(reader: Membership, service_ids: Collection[int]) -> dict[int, set[str]]:
    """By service: the goals that it serves, as far as the reader may see them."""
    found: dict[int, set[str]] = defaultdict(set)
    links = ContributionLink.objects.filter(service_id__in=service_ids, goal__in=list_goals(reader=reader).values("pk"))
    for service_id, slug in links.values_list("service_id", "goal__slug"):
        found[service_id].add(slug)
    return found


def list_marks(*, reader: Membership, month: date | None) -> dict[int, Mark]:
    """By service: how its promises to the reader did in that month."""
    if month is None:
        return {}
    promised = held_attainments(reader=reader).filter(
        target__service__isnull=False, target__agreement__kind=AgreementKind.SLA
    )
    cells = list_cells(attainments=promised, month=month)
    last = [last_cell(by_month) for by_month in cells.values()]
    targets = ServiceLevelTarget.objects.filter(pk__in=[cell.target_id for cell in last])
    services = dict(targets.values_list("pk", "service_id"))
    letters: dict[int, list[str]] = defaultdict(list)
    for cell in last:
        letters[services[cell.target_id]].append(cell.letter)
    return {service_id: summarise(found) for service_id, found in letters.items()}
