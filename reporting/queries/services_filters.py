"""The filters of the catalogue: what each lets through, and what each of its values would show."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from catalog.models import (
    Category,
    ContributionLink,
    Entitlement,
    Service,
    ServiceCategory,
    ServiceClass,
    ServiceOffering,
    Stage,
)
from catalog.queries.goals import list_goals
from catalog.queries.offerings import in_force
from portal.accounts.models import BusinessUnit, Membership
from reporting.queries.services_months import WORST_FIRST, Mark

EVERYONE = "everyone"
STATUSES = {"M": "Missed a promise", "D": "Disputed", "G": "Data gap", "T": "Trial", "K": "All kept", "N": "No cases"}
KINDS = (ServiceClass.BUSINESS, ServiceClass.END_USER, ServiceClass.PROFESSIONAL, ServiceClass.TECHNICAL)
MOST_CHOICES = 100  # of one filter: of more, those that are chosen and those with the most services
Counts = Mapping[str, int]
Services = QuerySet[Service]


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
class Surroundings:
    """Who reads, for which units, and how each service did in the month that the reader is shown."""

    reader: Membership
    units: Collection[BusinessUnit]
    month: date | None
    today: date
    marks: Mapping[int, Mark]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its labels in their order; `condition` is that of the chosen values, `count` tells each value."""

    legend: str
    name: str
    labels: Mapping[str, str]
    chosen: frozenset[str]
    condition: Q
    count: Callable[[Services], Counts]


def list_filters(
    *, services: Services, around: Surroundings, chosen: Mapping[str, frozenset[str]]
) -> tuple[Filter, ...]:
    """All filters for a reader, over the services that could be shown."""
    filters = [
        _for_whom(services, around, chosen["for"]),
        _by(
            "service_class", "Kind of service", "kind", {kind.value: str(kind.label) for kind in KINDS}, chosen["kind"]
        ),
        _by_status(around, chosen["status"]),
        _by_goal(services, around.reader, chosen["goal"]),
        *_by_categories(services, chosen["category"]),
    ]
    if not around.reader.is_business:
        filters.append(_by("stage", "Stage", "stage", dict(Stage.choices), chosen["stage"]))
    return tuple(filters)


def passing(services: Services, filters: Iterable[Filter]) -> Services:
    """What all of these filters let through; one without a chosen value lets everything through."""
    for each in filters:
        if each.chosen:
            services = services.filter(each.condition)
    return services


def group_of(own: Filter, filters: Iterable[Filter], services: Services) -> Group:
    """Each value counts what it would show with the other filters as they are."""
    counts = own.count(passing(services, [each for each in filters if each is not own]).order_by())
    fullest = sorted(own.labels, key=lambda value: (value not in own.chosen, -counts.get(value, 0)))[:MOST_CHOICES]
    choices = tuple(
        Choice(value, label, counts.get(value, 0), value in own.chosen, value if own.name == "status" else "")
        for value, label in own.labels.items()
        if value in fullest
    )
    return Group(own.legend, own.name, choices)


def worst_first(around: Surroundings) -> Any:
    """The place of a service where the worst month comes first, and what has no promise last."""
    by_letter = _by_letter(around)
    whens = [When(pk__in=by_letter[letter], then=Value(WORST_FIRST.find(letter))) for letter in sorted(by_letter)]
    return Case(*whens, default=Value(len(WORST_FIRST)), output_field=IntegerField())


def cost_of(around: Surroundings) -> Any:
    """What a service costs the reader: the level that their units have, else one they may have, else the first."""
    own = Q(business_unit__in=[unit.pk for unit in around.units])
    held = Entitlement.objects.filter(in_force(on=around.today), offering__service=OuterRef("pk"))
    first = Case(When(own & Q(is_subscribed=True), then=Value(0)), default=Value(1), output_field=IntegerField())
    theirs = held.filter(own | Q(business_unit__isnull=True)).order_by(first, "offering__position", "pk")
    offered = ServiceOffering.objects.filter(service=OuterRef("pk")).order_by("position", "pk")
    return Coalesce(
        Subquery(theirs.values(price=Coalesce("offering__price_minor", Value(0)))[:1]),
        Subquery(offered.values("price_minor")[:1]),
        Value(0),
    )


def _by(field: str, legend: str, name: str, labels: Mapping[str, str], chosen: frozenset[str]) -> Filter:
    def count(services: Services) -> Counts:
        return dict(services.values_list(field).annotate(number=Count("pk")))

    return Filter(legend, name, labels, chosen, Q(**{f"{field}__in": chosen}), count)


def _for_whom(services: Services, around: Surroundings, chosen: frozenset[str]) -> Filter:
    """What is for everyone counts there, and not under each unit that is named besides."""
    held = Entitlement.objects.filter(in_force(on=around.today))
    everyone = held.filter(business_unit__isnull=True)
    is_for_all = Exists(everyone.filter(offering__service=OuterRef("pk")))
    is_named = Exists(held.filter(offering__service=OuterRef("pk"), business_unit__slug__in=chosen - {EVERYONE}))
    condition = Q(is_named) & ~Q(is_for_all)
    if EVERYONE in chosen:
        condition |= Q(is_for_all)

    def count(shown: Services) -> Counts:
        also_for_all = Exists(everyone.filter(offering__service=OuterRef("offering__service")))
        rows = held.filter(Q(business_unit__isnull=True) | ~Q(also_for_all), offering__service__in=shown.values("pk"))
        counts = rows.values_list("business_unit__slug").annotate(number=Count("offering__service", distinct=True))
        return {slug or EVERYONE: number for slug, number in counts}

    named = BusinessUnit.objects.filter(
        pk__in=held.filter(offering__service__in=services.order_by().values("pk")).values("business_unit")
    )
    names = dict(named.order_by("name").values_list("slug", "name"))
    own = {unit.slug: unit.name for unit in around.units}
    return Filter("For whom", "for", own | {EVERYONE: "Everyone"} | names, chosen, condition, count)


def _by_letter(around: Surroundings) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for service_id, mark in around.marks.items():
        found.setdefault(mark.letter, []).append(service_id)
    return found


def _by_status(around: Surroundings, chosen: frozenset[str]) -> Filter:
    """Promises of one month are few beside services: their marks are made once, and name the services."""
    by_letter = _by_letter(around)

    def count(services: Services) -> Counts:
        marked = services.filter(pk__in=list(around.marks)).values_list("pk", flat=True)
        return Counter(around.marks[pk].letter for pk in marked)

    ids = [pk for letter in chosen for pk in by_letter.get(letter, ())]
    return Filter("Last month", "status", STATUSES, chosen, Q(pk__in=ids), count)


def _by_goal(services: Services, reader: Membership, chosen: frozenset[str]) -> Filter:
    visible = list_goals(reader=reader).order_by()
    links = ContributionLink.objects.filter(goal__in=visible.values("pk"))
    served = links.filter(service__in=services.order_by().values("pk")).values("goal")
    labels = dict(list_goals(reader=reader).filter(pk__in=served).values_list("slug", "short_name"))

    def count(shown: Services) -> Counts:
        rows = links.filter(service__in=shown.values("pk")).values_list("goal__slug")
        return dict(rows.annotate(number=Count("service", distinct=True)))

    condition = Q(Exists(links.filter(service=OuterRef("pk"), goal__slug__in=chosen)))
    return Filter("Serves the goal", "goal", labels, chosen, condition, count)


def _by_categories(services: Services, chosen: frozenset[str]) -> list[Filter]:
    """A filter for each taxonomy of the tenant, with the categories that the services have."""
    used = ServiceCategory.objects.filter(service__in=services.order_by().values("pk")).values("category")
    rows = Category.objects.filter(pk__in=used).order_by("taxonomy__name", "name")
    labels: dict[str, dict[str, str]] = {}
    for taxonomy, pk, name in rows.values_list("taxonomy__name", "pk", "name"):
        labels.setdefault(taxonomy, {})[str(pk)] = name
    return [_in_taxonomy(name, found, chosen & found.keys()) for name, found in labels.items()]


def _in_taxonomy(legend: str, labels: Mapping[str, str], chosen: frozenset[str]) -> Filter:
    rows = ServiceCategory.objects.filter(category__in=[int(pk) for pk in labels])

    def count(shown: Services) -> Counts:
        counts = rows.filter(service__in=shown.values("pk")).values_list("category").annotate(number=Count("pk"))
        return {str(pk): number for pk, number in counts}

    condition = Q(Exists(rows.filter(service=OuterRef("pk"), category__in=[int(pk) for pk in chosen])))
    return Filter(legend, "category", labels, chosen, condition, count)
