"""A research-computing centre, from the published history of its status page."""

from datetime import UTC, date, datetime
from decimal import Decimal

from catalog.models import Entitlement, LineOfService, Service, ServiceClass, ServiceOffering, Stage
from demo.accepting import put_in_force
from demo.files import DATA
from demo.people import make_cast
from portal.accounts.models import BusinessUnit
from slas.importers import upptime
from slas.importers.tables import read_file
from slas.importers.uptime_measures import History, UptimeMeasures, import_upptime
from slas.models import Agreement, HoursWindow, Party, ServiceHours, ServiceLevelTarget

TENANT = {
    "slug": "research-computing", "name": "Research Computing", "provider_name": "Research Computing",
    "time_zone": "UTC", "currency": "USD",
}  # fmt: skip
STARTS_ON = date(2026, 5, 10)
AGREED_AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
ENDS_AT = datetime(2026, 8, 11, tzinfo=UTC)
REVIEWED_UNIT = "researchers"
REVIEWED = (date(2026, 6, 1), date(2026, 7, 1))
THRESHOLD = Decimal("99.5")
# What only programs and the centre itself ask; researchers open everything else.
TECHNICAL = (
    "access-registry-technical-endpoint",
    "globus-transfer-api-technical-endpoint",
    "curc-statuspage-alpine-component",
    "curc-xd-mo-d-alpine-utilization-threshold",
)


def read() -> History:
    """The published checks and outages."""
    checks = upptime.parse_checks(read_file(DATA / "cu-research-computing.checks.csv.gz", upptime.CHECK_COLUMNS))
    outages = upptime.parse_outages(read_file(DATA / "cu-research-computing.outages.csv", upptime.OUTAGE_COLUMNS))
    return History(checks.items, outages.items, "Research Computing", "cu-research-computing", silent_until=ENDS_AT)


def make_rows(history: History, now: datetime) -> None:
    """Services, outages through the product's own importer, and one agreement; inside the tenant's scope."""
    unit = BusinessUnit.objects.create(slug="researchers", name="Researchers")
    members = make_cast("research", unit)
    line = LineOfService.objects.create(name="Compute and store")
    services = {}
    for key, name in sorted({check.service: check.service_name for check in history.checks}.items()):
        services[key] = Service.objects.create(
            slug=key, name=name, stage=Stage.CATALOGUE, line_of_service=line,
            service_class=ServiceClass.TECHNICAL if key in TECHNICAL else ServiceClass.END_USER,
            description=f"Researchers reach {name} from anywhere.", used_by="Researchers",
            it_owner=members["owner"], business_owner=members["head"],
        )  # fmt: skip
        offering = ServiceOffering.objects.create(service=services[key], name="Standard", price_words="Free of charge")
        Entitlement.objects.create(offering=offering, business_unit=unit, starts_on=STARTS_ON)
    agreement = _promise(unit, services, import_upptime(history=history, services=services, now=now))
    put_in_force(agreement, head=members["head"], manager=members["manager"], now=AGREED_AT)


def _promise(unit: BusinessUnit, services: dict[str, Service], measured: list[UptimeMeasures]) -> Agreement:
    hours = ServiceHours.objects.create(name="always", words="Always", time_zone="UTC")
    HoursWindow.objects.bulk_create(
        HoursWindow(service_hours=hours, weekday=day, opens_at=0, closes_at=1440) for day in range(7)
    )
    agreement = Agreement.objects.create(
        slug="researchers", name="Researchers and Research Computing", kind="sla", time_zone="UTC",
        customer=Party.objects.create(kind="business_unit", name=unit.name, business_unit=unit),
        provider=Party.objects.create(kind="provider", name="Research Computing"),
        starts_on=STARTS_ON,
    )  # fmt: skip
    for position, each in enumerate(measured):
        ServiceLevelTarget.objects.create(
            agreement=agreement, service=services[each.key], measure=each.outages, slug=each.key, position=position,
            name=f"{each.name} answers", sentence=f"{THRESHOLD} % of all hours", kind="availability",
            threshold=THRESHOLD, service_hours=hours, decimals=2, loss_words=f"{each.name} did not answer",
            short_loss_words="No answer",
            meaning="It answers when a check from outside gets a reply. Planned work is not known to the page and"
                    " counts as time lost.",
        )  # fmt: skip
    return agreement
