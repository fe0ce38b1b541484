"""Working days between two sides: Monday to Friday without the public holidays of their agreement."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from slas.calculation.deadlines import DayRule, WorkingDays, due_at, nth_working_day, working_days
from slas.calculation.service_hours import CLOSED, ROUND_THE_CLOCK, ServiceHours
from slas.models import Agreement
from slas.queries.hours import public_holidays


@dataclass(frozen=True)
class WorkingCalendar:
    """The working days that two sides share, and how many either has to answer; None: none were agreed."""

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
        """The date where the two sides work."""
        return now.astimezone(self.hours.tz).date()


def calendar_of_agreement(*, agreement: Agreement, now: datetime) -> WorkingCalendar:
    """The calendar of one agreement, in its own zone, with the days that it gives for an answer."""
    calendar = working_calendar(zone=agreement.time_zone, region=_holiday_region(agreement), now=now)
    return WorkingCalendar(calendar.hours, agreement.answer_working_days)


def working_calendar(*, zone: str, region: str = "", now: datetime) -> WorkingCalendar:
    """Monday to Friday in a zone, without the holidays of a region around now, and no clock."""
    weekly = (*[ROUND_THE_CLOCK] * 5, CLOSED, CLOSED)
    return WorkingCalendar(ServiceHours(zone, weekly, holidays=public_holidays(region, now.year - 1, now.year + 1)))


def _holiday_region(agreement: Agreement) -> str:
    """The region whose holidays the first promise with any observes."""
    regions = agreement.targets.exclude(service_hours__holiday_region="").exclude(service_hours=None)
    found = regions.order_by("position", "pk").values_list("service_hours__holiday_region", flat=True).first()
    return found or ""
