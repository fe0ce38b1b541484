"""An IT company's help desk, from its published ticket log of 2016."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from catalog.models import Entitlement, LineOfService, Service, ServiceOffering, Stage
from demo.accepting import put_in_force
from demo.files import DATA
from demo.people import make_cast
from portal.accounts.models import BusinessUnit
from slas.importers.tables import read_file
from slas.importers.ticket_measures import import_tickets
from slas.importers.tickets import COLUMNS, TicketLog, parse_log
from slas.models import (
    Agreement,
    ClockStop,
    HoursWindow,
    Measure,
    Party,
    ServiceHours,
    ServiceLevelTarget,
)

TENANT = {
    "slug": "help-desk", "name": "Help desk of an IT company", "provider_name": "Help desk", "time_zone": "UTC",
    "currency": "EUR",
}  # fmt: skip
STARTS_ON = date(2016, 2, 1)
AGREED_AT = datetime(2016, 1, 25, 9, tzinfo=UTC)
REVIEWED_UNIT = "callers"
REVIEWED = (date(2016, 3, 1), date(2016, 4, 1))
PAUSES = ["Awaiting User Info", "Awaiting Problem", "Awaiting Vendor", "Awaiting Evidence"]
HOUR, DAY = 3600, 86400
# priority, name, within seconds, words, percent
RESOLUTION = (
    ("1 - Critical", "Critical problems are solved within 2 days", 2 * DAY, Decimal(90)),
    ("2 - High", "High-priority problems are solved within 3 days", 3 * DAY, Decimal(90)),
    ("3 - Moderate", "Moderate problems are solved within 5 days", 5 * DAY, Decimal(85)),
    ("4 - Low", "Low-priority problems are solved within 10 days", 10 * DAY, Decimal(85)),
)


def read() -> TicketLog:
    """The published log; takes seconds, so that it is read before a transaction is opened."""
    return parse_log(read_file(DATA / "uci_incident_events.csv.gz", COLUMNS), ZoneInfo("UTC"))


def make_rows(log: TicketLog, now: datetime) -> None:
    """The log through the product's own importer, one service and its promises; inside the tenant's scope."""
    unit = BusinessUnit.objects.create(slug="callers", name="Callers")
    members = make_cast("helpdesk", unit)
    service = Service.objects.create(
        slug="help-desk", name="Help desk", description="Someone to call when something does not work.",
        service_class="end_user", stage=Stage.CATALOGUE, it_owner=members["owner"], business_owner=members["head"],
        line_of_service=LineOfService.objects.create(name="Work every day"), used_by="Everyone",
    )  # fmt: skip
    offering = ServiceOffering.objects.create(service=service, name="Standard", price_words="In the base fee")
    Entitlement.objects.create(offering=offering, business_unit=unit, starts_on=STARTS_ON)
    measure, _ = import_tickets(
        log=log, slug="cases", name="Cases of the help desk", zone=ZoneInfo("UTC"), decider="The help desk", now=now,
        file_name="uci_incident_events.csv.gz", service=service,
    )  # fmt: skip
    agreement = _promise(unit, service, measure)
    put_in_force(agreement, head=members["head"], manager=members["manager"], now=AGREED_AT)


def _promise(unit: BusinessUnit, service: Service, measure: Measure) -> Agreement:
    hours = ServiceHours.objects.create(name="always", words="Always", time_zone="UTC")
    HoursWindow.objects.bulk_create(
        HoursWindow(service_hours=hours, weekday=day, opens_at=0, closes_at=1440) for day in range(7)
    )
    agreement = Agreement.objects.create(
        slug="callers", name="Callers and the help desk", kind="sla", time_zone="UTC",
        customer=Party.objects.create(kind="business_unit", name=unit.name, business_unit=unit),
        provider=Party.objects.create(kind="provider", name="Help desk"),
        starts_on=STARTS_ON,
    )  # fmt: skip
    shared = {
        "agreement": agreement, "service": service, "measure": measure, "service_hours": hours, "kind": "cases",
        "unit_words": "problems",
    }  # fmt: skip
    for position, (priority, name, seconds, percent) in enumerate(RESOLUTION):
        ServiceLevelTarget.objects.create(
            slug=f"solved-{priority[0]}", position=position, name=name, sentence=f"{percent} % of problems",
            priorities=[priority], within_seconds=seconds, threshold=percent, pause_reasons=PAUSES,
            good_words="solved in time", bad_words="were late",
            meaning="The clock runs round the clock from opening to solution and stands still while the desk waits"
                    " for somebody. Closing, which comes five calendar days later, does not count.", **shared,
        )  # fmt: skip
    ServiceLevelTarget.objects.create(
        slug="first-reply", position=len(RESOLUTION), name="A person replies within 1 hour",
        sentence="90 % of problems", clock_stop=ClockStop.ANSWERED, within_seconds=HOUR, threshold=Decimal(90),
        good_words="answered in time", bad_words="were late",
        meaning="A reply is the first answer by a person. The log holds no first reply, so nobody can judge it.",
        **shared,
    )  # fmt: skip
    return agreement
