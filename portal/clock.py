"""The one clock of the edges; everything below them takes `now` as an argument."""

from datetime import UTC, datetime, time

from django.utils import timezone

from portal import config

FIXED_TIME = time(9, 40, tzinfo=UTC)


def now() -> datetime:
    """The present instant, or 09:40 UTC of the day that TODAY fixes."""
    fixed = config.load().today
    return datetime.combine(fixed, FIXED_TIME) if fixed else timezone.now()
