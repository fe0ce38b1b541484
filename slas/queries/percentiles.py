"""Percentiles of readings, exact, from the readings themselves: for people to look at, never judged."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import OperationalError, transaction
from psycopg.errors import QueryCanceled

from slas.calculation.intervals import Interval
from slas.calculation.rounding import share_of
from slas.calculation.shares import rank_of
from slas.errors import TooManyReadings
from slas.models import Attainment, TargetKind
from slas.queries.hours import HoursBook
from slas.queries.inputs.terms import hours_for, seconds
from slas.queries.readings import extent_of, readings_at_ranks
from slas.queries.targets import period_of, slot_of

PERCENTS = ("50", "90", "95", "99")


def list_percentiles(*, attainment: Attainment, now: datetime) -> list[tuple[str, str]]:
    """How high so many of the readings in service time are at most, by the nearest rank, as (percent, value).

    They are read as they are now; nothing where a figure is not of readings, or has none. Whoever calls has made sure
    that the reader may see the figure. Refuses with TooManyReadings where the database was not done in the time that it
    has for a question.
    """
    target = attainment.target
    slot = slot_of(target, period_of(target, attainment.period_start), now)
    if target.kind != TargetKind.READINGS or slot is None:
        return []
    book = HoursBook(ids=[target.service_hours_id] if target.service_hours_id else [])
    so_far = Interval(slot.span.start, min(slot.span.end, seconds(now)))
    time = list(hours_for(target, book, slot.span).working(so_far))
    try:
        with transaction.atomic():  # a question that is cut off takes nothing else with it
            found = _values(target.measure_id, time)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooManyReadings from error
        raise
    unit = target.measure.unit_words
    return [(f"{percent} %", f"{value.normalize():f} {unit}".strip()) for percent, value in found]


def _values(measure_id: int, time: Sequence[Interval]) -> list[tuple[str, Decimal]]:
    extent = extent_of(measure_id=measure_id, time=time)
    if not extent.number:
        return []
    ranks = {percent: rank_of(share_of(percent), extent.number) for percent in PERCENTS}
    values = readings_at_ranks(measure_id=measure_id, time=time, extent=extent, ranks=set(ranks.values()))
    return [(percent, values[rank]) for percent, rank in ranks.items()]
