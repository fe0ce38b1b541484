"""Months whose checks and readings were taken out of the way by whoever runs the database: their table is named so."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db import connection

from slas.calculation.errors import FactsAway
from slas.calculation.intervals import Interval
from slas.calculation.periods import Period

UTC_ZONE = ZoneInfo("UTC")
AWAY = r"""
SELECT to_date(substr(relname, 18, 7), 'YYYY_MM') FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relname ~ '^slas_measurement_\d{4}_\d{2}_away$'
"""


def months_away() -> set[date]:
    """The first days of these months."""
    with connection.cursor() as cursor:
        cursor.execute(AWAY)
        return {on for (on,) in cursor.fetchall()}


def refuse_away(time: Interval) -> None:
    """Refuse with FactsAway a time that shares one of these months, in UTC."""
    for on in sorted(months_away()):
        month = Period.containing(on)
        bounds = month.bounds(UTC_ZONE)
        if bounds.start < time.end and time.start < bounds.end:
            raise FactsAway(month.label)
