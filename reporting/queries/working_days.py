"""Working days between a unit and IT: Monday to Friday without the public holidays of its agreement."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from portal.accounts.models import BusinessUnit
from slas.calculation.deadlines import DayRule, WorkingDays, due_at, nth_working_day, working_days
from slas.calculation.service_hours import CLOSED, ROUND_THE_CLOCK, ServiceHours
from slas.models import Agreement, AgreementKind, AgreementState
from slas.queries.hours import public_holidays


@dataclass(frozen=True)
class WorkingCalendar:
    """The working days that a unit and IT share, and how many either side has to answer; None: none were agreed."""

    hours: ServiceHours
    answer_days: int | None = None

    def answer_due_at(self, received_at: datetime) -> datetime | None:
        """The same local time so many working days later; what comes on a day off is received on the next one.

        None where no agreement says how many: then no clock runs.
        """
        if self.answer_days is None:
            return None
        limit = WorkingDays(self.answer_days, DayRule.SAME_TIME)
        return datetime.fromtimestamp(due_at(self.hours, int(received_at.timestamp()), limit), UTC)

    def day_after(self, on: date, days: int) -> date:
        """The n-th working day after a date."""
        return nth_working_day(self.hours, on, days)

    def days_until(self, today: date, on: date) -> int:
        """Working days that are left; negative when late."""
        return working_days(self.hours, today, on)

    def today(self, now: datetime) -> date:
        """The date where the unit and IT work."""
        return now.astimezone(self.hours.tz).date()


def calendar_of(*, unit: BusinessUnit, now: datetime) -> WorkingCalendar:
    """The calendar of the unit's agreement in force.

    Without one: Monday to Friday in the tenant's own zone, and no clock.
    """
    agreement = (
        Agreement.objects.filter(kind=AgreementKind.SLA, customer__business_unit=unit, state=AgreementState.IN_FORCE)
        .order_by("starts_on", "pk")
        .first()
    )
    zone = agreement.time_zone if agreement else unit.tenant.time_zone
    region = _holiday_region(agreement) if agreement else ""
    weekly = (*[ROUND_THE_CLOCK] * 5, CLOSED, CLOSED)
    holidays = public_holidays(region, now.year - 1, now.year + 1)
    answer_days = agreement.answer_working_days if agreement else None
    return WorkingCalendar(ServiceHours(zone, weekly, holidays=holidays), answer_days)


def _holiday_region(agreement: Agreement) -> str:
    """The region whose holidays the first promise with any observes."""
    regions = agreement.targets.exclude(service_hours__holiday_region="").exclude(service_hours=None)
    found = regions.order_by("position", "pk").values_list("service_hours__holiday_region", flat=True).first()
    return found or ""
