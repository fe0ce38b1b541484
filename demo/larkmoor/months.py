"""The demo's months count back from today, so that its last complete month is always the one under review."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from portal.language.dates import month_name

LONDON = ZoneInfo("Europe/London")
HISTORY = 12


@dataclass(frozen=True, slots=True)
class DemoMonths:
    """The twelve complete months before today, oldest first; index -1 is the month under review."""

    today: date

    @property
    def running(self) -> date:
        """The first day of the running month."""
        return self.today.replace(day=1)

    @property
    def complete(self) -> list[date]:
        """First days of the twelve complete months, oldest first."""
        return [self.running - relativedelta(months=HISTORY - index) for index in range(HISTORY)]

    @property
    def reviewed(self) -> date:
        """The first day of the last complete month."""
        return self.complete[-1]


def at(day: date, clock: str) -> datetime:
    """A local London time on a day, as an instant in UTC."""
    hour, minute = clock.split(":")
    return datetime.combine(day, time(int(hour), int(minute)), LONDON).astimezone(UTC)


def days_of(month: date) -> list[date]:
    """Each day of a month."""
    following = month + relativedelta(months=1)
    return [month + timedelta(days=index) for index in range((following - month).days)]


def on_day(month: date, day: int) -> date:
    """The n-th day of a month; its last day where the month is shorter."""
    return month + relativedelta(day=day)


def spoken(day: date) -> str:
    """A day as people write it: 6 October."""
    return f"{day.day} {month_name(day)}"
