"""The one clock of the edges; everything below them takes `now` as an argument."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from portal import config

FIXED_TIME = time(9, 40, tzinfo=UTC)


def now() -> datetime:
    """The present instant, or 09:40 UTC of the day that TODAY fixes."""
    fixed = config.load().today
    return datetime.combine(fixed, FIXED_TIME) if fixed else timezone.now()


def today(time_zone: str) -> date:
    """The present date where the reader's tenant is."""
    return now().astimezone(ZoneInfo(time_zone)).date()
