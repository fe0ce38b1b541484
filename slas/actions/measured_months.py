"""The table of a UTC month, for its checks and readings, is made ahead, or with the first facts of the month."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from django.db import connection

from slas.calculation.periods import Period
from slas.errors import MonthAway
from slas.queries.months_away import months_away

MAKE = "SELECT make_measurement_month(month) FROM unnest(%s::date[]) AS months (month)"


def make_months(*, months: Sequence[date]) -> None:
    """Make the tables of these months that are not there yet; of a month that is too far away none is made.

    Refuses with MonthAway one whose table was taken out of the way.
    """
    first_away = min(months_away().intersection(months), default=None)
    if first_away is not None:
        raise MonthAway(month=Period.containing(first_away).label)
    with connection.cursor() as cursor:
        cursor.execute(MAKE, [list(months)])


def make_measured_months(*, now: datetime) -> None:
    """Make those of this month and of the next one, so that nobody who brings facts has to, and hold up the others."""
    this = Period.containing(now.astimezone(UTC).date())
    make_months(months=[this.first_on, this.next().first_on])
