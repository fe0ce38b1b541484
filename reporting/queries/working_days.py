"""Working days between a unit and IT: those of the agreement that is in force between them."""

from datetime import datetime

from portal.accounts.models import BusinessUnit
from slas.models import Agreement, AgreementKind, AgreementState
from slas.queries.working_days import WorkingCalendar, calendar_of_agreement, working_calendar


def calendar_of(*, unit: BusinessUnit, now: datetime) -> WorkingCalendar:
    """The calendar of the unit's agreement in force.

    Without one: Monday to Friday in the tenant's own zone, and no clock.
    """
    agreement = (
        Agreement.objects.filter(kind=AgreementKind.SLA, customer__business_unit=unit, state=AgreementState.IN_FORCE)
        .order_by("starts_on", "pk")
        .first()
    )
    if agreement is None:
        return working_calendar(zone=unit.tenant.time_zone, now=now)
    return calendar_of_agreement(agreement=agreement, now=now)
