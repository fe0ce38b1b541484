"""What a reader's units get from IT: each service with its level, when it can be used and what it costs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from catalog.models import Entitlement, ServiceClass, Stage
from catalog.queries.offerings import USUAL_UNIT, in_force, price_words
from portal.accounts.models import BusinessUnit, Membership
from portal.language.dates import month_name
from portal.language.numbers import count, counted, money
from reporting.queries.services_detail import count_volumes, list_visible_promises
from reporting.queries.services_hours import Times, list_times
from slas.models import FactKind, Measure


@dataclass(frozen=True, slots=True)
class Entitled:
    """One service of the table."""

    slug: str
    name: str
    description: str
    level: str
    covered: str
    times: str
    cost: str


@dataclass(frozen=True, slots=True)
class EntitledServices:
    """All services of a unit, and what they cost together each month."""

    rows: tuple[Entitled, ...]
    count: str
    total: str


def get_entitled(
    *, reader: Membership, unit: BusinessUnit, today: date, month: date | None, currency: str
) -> EntitledServices:
    """The services that a unit has today. Prices that are not by the month are shown and not added up."""
    rows = list(
        Entitlement.objects.filter(
            in_force(on=today), business_unit=unit, is_subscribed=True, offering__service__stage=Stage.CATALOGUE
        )
        .select_related("offering__service__line_of_service")
        .order_by("offering__service__line_of_service__position", "offering__service__name", "pk")
    )
    service_ids = [row.offering.service_id for row in rows]
    times = list_times(targets=list_visible_promises(reader=reader).filter(service_id__in=service_ids), on=today)
    used = _used(rows, month)
    monthly = [row.offering.price_minor or 0 for row in rows if row.offering.price_unit == USUAL_UNIT]
    return EntitledServices(
        rows=tuple(_entitled(row, times.get(row.offering.service_id), used, currency) for row in rows),
        count=counted(len(rows), "services"),
        total=f"{money(sum(monthly), currency)} {USUAL_UNIT}" if monthly else "",
    )


def _entitled(row: Entitlement, times: Times | None, used: dict[int, str], currency: str) -> Entitled:
    service = row.offering.service
    return Entitled(
        slug=service.slug,
        name=service.name,
        description=service.description.partition(". ")[0].removesuffix("."),
        level=row.level_words or row.offering.name,
        covered=row.covered_words or used.get(service.pk, ""),
        times=times.words if times else "",
        cost=price_words(offering=row.offering, currency=currency, is_monthly_said=True),
    )


def _used(rows: Collection[Entitlement], month: date | None) -> dict[int, str]:
    """Of people's work: how much was used in the last month that was reported; a level that names the unit says it."""
    levels = {
        row.offering.service_id: row.level_words
        for row in rows
        if row.offering.service.service_class == ServiceClass.PROFESSIONAL and not row.covered_words
    }
    measures = {
        measure.pk: measure
        for measure in Measure.objects.filter(service_id__in=levels, fact_kind=FactKind.VOLUMES).order_by("-pk")
        if measure.unit_words
    }
    if month is None or not measures:
        return {}
    sums = count_volumes(measure_ids=list(measures), month=month)
    used = {}
    for pk, total in sums.items():
        service_id, unit = measures[pk].service_id or 0, measures[pk].unit_words
        amount = count(total) if unit in levels[service_id].split() else counted(total, unit)
        used[service_id] = f"{amount} used in {month_name(month)}"
    return used
