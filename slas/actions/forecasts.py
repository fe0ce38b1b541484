"""Forecasts of running months are said, once a day."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from slas.calculation.errors import TooLittleHistory
from slas.calculation.forecast import PastMonth, forecast
from slas.models import Forecast
from slas.queries.forecast_inputs import Running, due_forecasts, outlook_of, past_months, running_months
from slas.queries.hours import HoursBook


@dataclass(frozen=True)
class Said:
    """How many forecasts were written, and after which target to go on; None when all were looked at."""

    written: int
    go_on_after: int | None


@transaction.atomic
def say_forecasts(*, after: int, limit: int, now: datetime) -> Said:
    """Forecast the running months of at most so many targets behind that id, of which nothing was said today yet.

    A month with too little history, one that cannot be judged, and one that is missed for certain has no forecast.
    Running it again says nothing twice.
    """
    due = [(target, on) for target, on in due_forecasts(now=now) if target.pk > after]
    running = running_months(due=due[:limit], now=now)
    book = HoursBook(ids=(each.slot.target.service_hours_id for each in running if each.slot.target.service_hours_id))
    history = past_months(running=running, now=now)
    rows = [_forecast(each, history[each.slot.target.pk], book, now) for each in running]
    said = [row for row in rows if row is not None]
    Forecast.objects.bulk_create(said, ignore_conflicts=True)
    return Said(len(said), due[limit - 1][0].pk if len(due) > limit else None)


def _forecast(running: Running, history: list[PastMonth], book: HoursBook, now: datetime) -> Forecast | None:
    try:
        drawn = forecast(history, outlook_of(running=running, book=book))
    except TooLittleHistory:
        return None
    return Forecast(
        target=running.slot.target,
        period_start=running.slot.period.first_on,
        said_on=running.said_on,
        said_at=now,
        misses=drawn.misses,
        runs=drawn.runs,
        months=drawn.months,
        inputs_hash=drawn.digest,
    )
