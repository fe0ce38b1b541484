"""A ticket log becomes a measure of its cases."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from catalog.models import Service
from portal.accounts.models import Membership
from slas.actions.batches import Arrival, count_rows
from slas.actions.facts import Applied
from slas.actions.measures import Told, keep_measure
from slas.importers.tickets import CLOCK, NO_REPLY, TicketLog
from slas.models import FactKind, Measure, Origin


@transaction.atomic
def import_tickets(
    *,
    log: TicketLog,
    slug: str,
    name: str,
    zone: ZoneInfo,
    decider: str,
    now: datetime,
    file_name: str = "",
    service: Service | None = None,
    by: Membership | None = None,
) -> tuple[Measure, Applied]:
    """Keep the cases of a log as the measure `slug`; can run again.

    The choices that a reader must know, zone and clock, are kept as notes of the measure.
    """
    measure = keep_measure(
        slug=slug,
        told=Told(by, now, "Imported again"),
        name=name,
        fact_kind=FactKind.CASES,
        what="Cases of the ticket log, from opening to solution, with the times in which the clock stood still.",
        source=f"Event log of the ticket system{f' ({file_name})' if file_name else ''}",
        decider=decider,
        unit_words="cases",
        service=service,
        notes=f"The log names no time zone: its times are taken as {zone.key}. {CLOCK} {NO_REPLY}",
    )
    arrival = Arrival(Origin.IMPORTED, by, file_name)
    _, applied = count_rows(measure=measure, fact="cases", rows=log.cases, arrival=arrival, now=now)
    return measure, applied
