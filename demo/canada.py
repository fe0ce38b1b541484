"""Services of the Government of Canada with their published standards, fiscal year April 2023 to March 2024."""

import csv
import gzip
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from django.utils.text import slugify

from catalog.actions.imports import import_services, keep_table
from catalog.importers.files import Table
from catalog.importers.services import ColumnUse, plan_import
from catalog.models import Entitlement, Service, ServiceImport, ServiceOffering, Stage
from demo.accepting import put_in_force
from demo.files import DATA
from demo.people import make_cast, make_signer
from portal.accounts.models import BusinessUnit, Membership
from slas.importers import service_standards
from slas.importers.standard_measures import StandardMeasure, import_standards, slug_of
from slas.importers.tables import read_file
from slas.models import Agreement, Party, PeriodKind, ServiceLevelTarget

TENANT = {
    "slug": "canada-services", "name": "Services of Canada", "provider_name": "Shared services",
    "time_zone": "America/Toronto", "currency": "CAD",
}  # fmt: skip
INVENTORY = "canada_service_inventory.csv.gz"
STARTS_ON, ENDS_ON = date(2023, 4, 1), date(2024, 4, 1)
REVIEWED = (date(2024, 3, 1),)  # judged by the year: the review of its last month tells all of it
AGREED_AT = datetime(2023, 3, 20, 14, tzinfo=UTC)
USES = {
    "service_id": ColumnUse("reference"),
    "service_name_en": ColumnUse("name"),
    "service_description_en": ColumnUse("description"),
    "owner_org_title": ColumnUse("category", "Organisation"),
}
REVIEWED_UNIT = "cfia-acia"  # the organisation whose head is one of the demo's people


@dataclass(frozen=True)
class Published:
    """The service inventory and the standards of its services."""

    inventory: list[dict[str, str]]
    standards: tuple[service_standards.ServiceStandard, ...]


def read() -> Published:
    """The published files."""
    rows = read_file(DATA / "canada_service_standards.csv.gz", service_standards.COLUMNS)
    return Published(list(_read(INVENTORY)), tuple(service_standards.parse_standards(rows).items))


def make_rows(published: Published, now: datetime) -> None:
    """Organisations as business units, their services, and each standard as a promise; inside the tenant's scope."""
    inventory = published.inventory
    units = _make_units(inventory)
    members = make_cast("canada", units[REVIEWED_UNIT])
    signer = make_signer("canada", units.values())
    services = _make_services(inventory, units, by=members["manager"])
    measured = import_standards(
        standards=published.standards, services=services, now=now, file_name="canada_service_standards"
    )
    for agreement in _promise(units, services, measured):
        put_in_force(agreement, head=signer, manager=members["manager"], now=AGREED_AT)


def _read(name: str) -> Iterable[dict[str, str]]:
    with gzip.open(DATA / name, "rb") as packed:
        yield from csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8", newline=""))


def _make_units(inventory: list[dict[str, str]]) -> dict[str, BusinessUnit]:
    titles = {row["owner_org"]: row["owner_org_title"].split(" | ")[0] for row in inventory}
    return {org: BusinessUnit.objects.create(slug=slugify(org), name=title) for org, title in sorted(titles.items())}


def _make_services(
    inventory: list[dict[str, str]], units: dict[str, BusinessUnit], *, by: Membership
) -> dict[str, Service]:
    """The inventory as the product brings any table of services; one service is listed for two years."""
    columns = tuple(inventory[0])
    uses = {column: USES.get(column, ColumnUse()) for column in columns}
    brought = ServiceImport(
        file_name=INVENTORY.removesuffix(".gz"), stage=Stage.CATALOGUE, service_class="business",
        uses={column: asdict(use) for column, use in uses.items()},
    )  # fmt: skip
    keep_table(table=brought, content=gzip.decompress((DATA / INVENTORY).read_bytes()), by=by, now=AGREED_AT)
    table = Table(columns, [(number, row) for number, row in enumerate(inventory, start=2)])
    plan = plan_import(table=table, uses=uses, service_class=brought.service_class)
    left_out = [asdict(problem) for problem in plan.problems]
    import_services(table=brought, planned=plan.planned, left_out=left_out, by=by, on=AGREED_AT.date(), now=AGREED_AT)
    rows = {row["service_id"]: row for row in inventory}
    services = {service.reference: service for service in Service.objects.order_by("pk")}
    made = [services[service_id] for service_id in rows]
    offerings = ServiceOffering.objects.bulk_create(
        ServiceOffering(service=service, name="Published standard", price_words="Public service") for service in made
    )
    Entitlement.objects.bulk_create(
        Entitlement(offering=offering, business_unit=units[row["owner_org"]], starts_on=STARTS_ON)
        for offering, row in zip(offerings, rows.values(), strict=True)
    )
    return services


def _promise(
    units: dict[str, BusinessUnit], services: dict[str, Service], measured: list[StandardMeasure]
) -> Iterable[Agreement]:
    provider = Party.objects.create(kind="provider", name="Shared services")
    agreements = {}
    for org in sorted({each.standard.owner for each in measured}):
        agreements[org] = Agreement.objects.create(
            slug=slugify(org), name=f"Service standards of {units[org].name}"[:200], kind="sla", provider=provider,
            customer=Party.objects.create(kind="business_unit", name=units[org].name, business_unit=units[org]),
            time_zone="America/Toronto", starts_on=STARTS_ON, ends_on=ENDS_ON,
        )  # fmt: skip
    ServiceLevelTarget.objects.bulk_create(
        ServiceLevelTarget(
            agreement=agreements[each.standard.owner], service=services.get(each.standard.service_id),
            measure=each.measure, slug=slug_of(each.standard), position=position, name=each.measure.name,
            sentence=_sentence(each), kind="volume", threshold=each.threshold, is_trial=each.threshold is None,
            decimals=2, period_kind=PeriodKind.YEAR, period_start_month=4, unit_words="units of work",
            good_words="within their standard", bad_words="outside their standard",
        )
        for position, each in enumerate(measured)
    )  # fmt: skip
    return agreements.values()


def _sentence(each: StandardMeasure) -> str:
    if each.threshold is None:
        return "Measured, no target published"
    return f"{each.threshold.normalize():f} % of units of work, April to March"
