"""The portfolio: where the money goes, what it brings, what was decided; filtered, summed and paged in SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from catalog.models import AmountKind, LineOfService, Per, Service, ServiceClass, Stage, Step, ValueUnit
from catalog.queries.goals import list_goals
from catalog.queries.portfolio import MONTHS, cost_a_year, list_portfolio
from portal.accounts.models import Membership
from portal.accounts.queries import list_visible_units
from portal.charts.portfolio import Spot
from portal.language.numbers import and_list, in_thousands, money, of, to
from reporting.queries.portfolio_risk import NOT_KNOWN, RiskLine, list_risks
from reporting.queries.portfolio_steps import value_words
from reporting.queries.portfolio_votes import list_last_outcomes

PAGE = 30
MOST_AT_ONCE = 200  # services of one review
MOST_PLANNED = 10
MOST_TOLD = 2  # services that are told one by one
SORTS = {"cost": "by cost", "value": "by value", "name": "by name"}
ORDERS = {
    "cost": (F("cost").desc(nulls_last=True), "name", "pk"),
    "value": (F("value_likely").desc(nulls_last=True), "name", "pk"),
    "name": ("name", "pk"),
}
NO_COST, NO_VALUE = "no cost is known", "no value is promised"
FIELDS = ("pk", "slug", "name", "stage", "pipeline_step", "cost", "price", "unit", "grade")
VALUES = ("value_low", "value_likely", "value_high")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; what is not said lets everything through, but for the stage."""

    stage: str = Stage.CATALOGUE
    line: str = ""
    goal: str = ""
    unit: str = ""
    kind: str = ""
    sort: str = "cost"
    page: str = "1"


@dataclass(frozen=True, slots=True)
class Promised:
    """The value promised of a service in a year: a range in its unit, with its grade of evidence."""

    low: int
    likely: int
    high: int
    unit: str
    grade: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One service of the portfolio; its number is its place in the whole list, in drawing and table alike."""

    number: int
    slug: str
    name: str
    step: Step
    cost: int | None
    cost_words: str
    price_words: str
    value: Promised | None
    value_words: str
    risk: RiskLine
    outcome: str
    outcome_words: str

    @property
    def is_planned(self) -> bool:
        """Whether it is still in the pipeline."""
        return self.step not in (Step.LIVE, Step.RETIRED)

    @property
    def why_not_drawn(self) -> str:
        """What it lacks to have a place between cost and value."""
        if self.cost is None:
            return NO_COST
        if self.value is None:
            return NO_VALUE
        return "" if self.value.unit == ValueUnit.MONEY else f"its value is told in {self.value.unit}"


@dataclass(frozen=True, slots=True)
class GradeSum:
    """What is promised a year under one grade, in money; grades are never added up."""

    grade: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What the filtered services cost a year and a month, how many have no cost, and what is promised by grade."""

    count: int
    cost_a_year: str
    cost_a_month: str
    without_cost: int
    price_a_year: str
    grades: tuple[GradeSum, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The page: what is asked for, stages with their numbers, filters, entries of this page, sums of all.

    With the catalogue its pipeline is drawn too, dashed: `planned`, in number and table after the services of the page.
    """

    wanted: Wanted
    stages: tuple[tuple[Choice, int], ...]
    filters: tuple[tuple[str, str, str, tuple[Choice, ...]], ...]
    page: Page[Any]
    entries: tuple[Entry, ...]
    planned: tuple[Entry, ...]
    totals: Totals
    currency: str

    @property
    def spots(self) -> list[Spot]:
        """What is drawn: services whose cost and value in money are known."""
        return [_spot(entry) for entry in (*self.entries, *self.planned) if not entry.why_not_drawn]

    @property
    def not_drawn(self) -> list[Entry]:
        """Services that have no place in the drawing, each of which says why."""
        return [entry for entry in (*self.entries, *self.planned) if entry.why_not_drawn]

    @property
    def verdict(self) -> str:
        """Which of the drawn services are worth what they cost, in sentences."""
        return tell_worth([entry for entry in self.entries if not entry.why_not_drawn])


def get_portfolio(*, reader: Membership, wanted: Wanted, today: date, currency: str) -> Portfolio:
    """The portfolio as a reader sees it; sums are of all that the filters leave, not of one page."""
    followed = filtered(list_portfolio(reader=reader), wanted)
    by_stage = dict(followed.order_by().values_list("stage").annotate(Count("pk")))
    shown = with_money(followed.filter(stage=wanted.stage) if wanted.stage else followed, today)
    page = Paginator(shown.order_by(*ORDERS[wanted.sort]).values(*FIELDS, *VALUES), PAGE).get_page(wanted.page)
    planned = _planned(followed, today) if wanted.stage == Stage.CATALOGUE and not page.has_previous() else []
    live = list(page)
    after = page.paginator.count + 1
    numbers = [*range(page.start_index(), page.start_index() + len(live)), *range(after, after + len(planned))]
    entries = entries_of(reader=reader, rows=[*live, *planned], numbers=numbers, today=today, currency=currency)
    return Portfolio(
        wanted=wanted,
        stages=tuple((Choice(stage.value, str(stage.label)), by_stage.get(stage.value, 0)) for stage in Stage),
        filters=tuple(_filters(reader, wanted)),
        page=page,
        entries=tuple(entries[: len(live)]),
        planned=tuple(entries[len(live) :]),
        totals=_totals(shown, currency),
        currency=currency,
    )


def _planned(services: QuerySet[Service], today: date) -> list[Mapping[str, Any]]:
    """The pipeline services that have a case, the largest first: they are shown with what is live."""
    rows = with_money(services.filter(stage=Stage.PIPELINE, business_cases__isnull=False), today)
    return list(rows.order_by(*ORDERS["cost"]).values(*FIELDS, *VALUES)[:MOST_PLANNED])


def with_money(services: QuerySet[Service], today: date) -> QuerySet[Service]:
    """Services with what they cost and are charged a year at the present rate, and what is promised of them.

    What is in the pipeline costs nothing yet: there it is what it would cost, by its business case.
    """
    month = today.replace(day=1)
    said = {name: F(f"business_cases__{name}") for name in VALUES}
    run = F("business_cases__run_minor")
    would = Case(
        When(business_cases__run_per=Per.MONTH, then=run * Value(MONTHS)), default=run, output_field=BigIntegerField()
    )
    planned = Coalesce(F("spent"), would, output_field=BigIntegerField())
    return services.annotate(
        spent=cost_a_year(month=month),
        cost=Case(When(stage=Stage.PIPELINE, then=planned), default=F("spent"), output_field=BigIntegerField()),
        price=cost_a_year(month=month, kind=AmountKind.PRICE),
        unit=F("business_cases__value_unit"),
        grade=F("business_cases__grade"),
        **said,
    )


def entries_of(
    *, reader: Membership, rows: list[Mapping[str, Any]], numbers: list[int], today: date, currency: str
) -> list[Entry]:
    """Rows of `with_money` as they are read, under these numbers."""
    ids = [row["pk"] for row in rows]
    risks = list_risks(reader=reader, service_ids=ids, today=today)
    outcomes = list_last_outcomes(service_ids=ids)
    return [
        _entry(number, row, risks.get(row["pk"], NOT_KNOWN), outcomes.get(row["pk"], ("", "")), currency)
        for number, row in zip(numbers, rows, strict=True)
    ]


def _entry(number: int, row: Mapping[str, Any], risk: RiskLine, outcome: tuple[str, str], currency: str) -> Entry:
    value = None
    if row["grade"]:
        value = Promised(row["value_low"], row["value_likely"], row["value_high"], row["unit"], row["grade"])
    cost, price = row["cost"], row["price"]
    return Entry(
        number=number,
        slug=row["slug"],
        name=row["name"],
        step=Step(row["pipeline_step"] if row["stage"] == Stage.PIPELINE else row["stage"]),
        cost=cost,
        cost_words="" if cost is None else in_thousands(cost, currency),
        price_words="" if price is None else in_thousands(price, currency),
        value=value,
        value_words=short_range(value, currency) if value else "",
        risk=risk,
        outcome=outcome[0],
        outcome_words=outcome[1],
    )


def range_words(low: int, high: int, unit: str, currency: str) -> str:
    """£180,000 to £250,000."""
    return to(value_words(low, unit, currency), value_words(high, unit, currency))


def short_range(value: Promised, currency: str) -> str:
    """£1,150k to £1,400k; hours and orders are said in full."""
    if value.unit != ValueUnit.MONEY:
        return range_words(value.low, value.high, value.unit, currency)
    return to(in_thousands(value.low, currency), in_thousands(value.high, currency))


def tell_worth(entries: list[Entry]) -> str:
    """Of how many the low end lies above the cost; of which it may not, and which do not even at the high end."""
    judged = [(entry, entry.cost, entry.value) for entry in entries if entry.cost is not None and entry.value]
    if not judged:
        return ""
    clear = [entry for entry, cost, value in judged if value.low > cost]
    unsure = [entry for entry, cost, value in judged if value.low <= cost < value.high]
    never = [entry for entry, cost, value in judged if value.high <= cost]
    told = [f"{of(len(clear), len(judged))} services bring clearly more than they cost."]
    if unsure:
        told.append(f"{_numbered(unsure)} may not.")
    told += [
        f"Number {entry.number} does not: it costs {entry.cost_words} and brings {entry.value_words} a year."
        for entry in never[:MOST_TOLD]
    ]
    if never[MOST_TOLD:]:
        told.append(f"{_numbered(never[MOST_TOLD:])} do not either.")
    return " ".join(told)


def _numbered(entries: list[Entry]) -> str:
    numbers = and_list([str(entry.number) for entry in entries])
    return f"Number {numbers}" if len(entries) == 1 else f"Numbers {numbers}"


def _spot(entry: Entry) -> Spot:
    assert entry.cost is not None  # noqa: S101 - `why_not_drawn` has asked
    assert entry.value is not None  # noqa: S101 - likewise
    value = entry.value
    return Spot(
        entry.number, entry.name, entry.cost, value.low, value.likely, value.high, entry.risk.depth, entry.is_planned
    )


def filtered(services: QuerySet[Service], wanted: Wanted) -> QuerySet[Service]:
    """What the filters of the address leave, whatever its stage."""
    if wanted.line:
        services = services.filter(line_of_service__name=wanted.line)
    if wanted.kind:
        services = services.filter(service_class=wanted.kind)
    if wanted.goal:
        serving = Service.objects.filter(contributions__goal__slug=wanted.goal)
        services = services.filter(pk__in=serving.values("pk"))
    if wanted.unit:
        having = Service.objects.filter(offerings__entitlements__business_unit__slug=wanted.unit)
        services = services.filter(pk__in=having.values("pk"))
    return services


def _filters(reader: Membership, wanted: Wanted) -> list[tuple[str, str, str, tuple[Choice, ...]]]:
    """Name of the parameter, its words, what is chosen, and what may be chosen."""
    lines = LineOfService.objects.order_by("position", "name").values_list("name", flat=True)
    goals = list_goals(reader=reader).values_list("slug", "short_name")
    units = list_visible_units(reader=reader).values_list("slug", "name")
    return [
        ("line", "Heading", wanted.line, tuple(Choice(name, name) for name in lines)),
        ("goal", "Goal", wanted.goal, tuple(Choice(*row) for row in goals)),
        ("unit", "Business unit", wanted.unit, tuple(Choice(*row) for row in units)),
        ("kind", "Kind", wanted.kind, tuple(Choice(str(value), str(label)) for value, label in ServiceClass.choices)),
    ]


def _totals(shown: QuerySet[Service], currency: str) -> Totals:
    sums = shown.order_by().aggregate(
        services=Count("pk"), with_cost=Count("cost"), cost_sum=Sum("cost"), price_sum=Sum("price")
    )
    in_money = Q(business_cases__value_unit=ValueUnit.MONEY)
    grades = (
        shown.filter(in_money)
        .order_by("business_cases__grade")
        .values_list("business_cases__grade")
        .annotate(Count("pk"), Sum("business_cases__value_low"), Sum("business_cases__value_high"))
    )
    cost, price = sums["cost_sum"], sums["price_sum"]
    return Totals(
        count=sums["services"],
        cost_a_year="" if cost is None else money(int(cost), currency),
        cost_a_month="" if cost is None else money(round(Fraction(int(cost), MONTHS)), currency),
        without_cost=sums["services"] - sums["with_cost"],
        price_a_year="" if price is None else money(int(price), currency),
        grades=tuple(
            GradeSum(grade, range_words(int(low), int(high), ValueUnit.MONEY, currency), number)
            for grade, number, low, high in grades
        ),
    )


def list_reviewable(*, reader: Membership, wanted: Wanted) -> QuerySet[Service]:
    """The services that a review can be about: the first that the filters of the address leave."""
    services = filtered(list_portfolio(reader=reader).exclude(stage=Stage.RETIRED), wanted)
    first = services.order_by("name", "pk").values_list("pk", flat=True)[:MOST_AT_ONCE]
    return Service.objects.filter(pk__in=list(first)).order_by("name", "pk")
