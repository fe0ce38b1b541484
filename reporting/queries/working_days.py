"""Working days between a unit and IT: those of the agreement in force between them; and those of the whole tenant."""

from datetime import datetime

from portal.accounts.models import BusinessUnit
from portal.tenancy.models import Tenant
from slas.models import Agreement, AgreementKind, AgreementState
from slas.models import ServiceHours as HoursRow
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


def calendar_of_tenant(*, tenant: Tenant, now: datetime) -> WorkingCalendar:
    """Monday to Friday where the tenant is, without the public holidays that its service hours observe; no clock."""
    with_holidays = HoursRow.objects.exclude(holiday_region="").order_by("pk")
    region = with_holidays.values_list("holiday_region", flat=True).first() or ""
    return working_calendar(zone=tenant.time_zone, region=region, now=now)
