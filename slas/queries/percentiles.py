"""Percentiles of readings, exact, from the readings themselves: for people to look at, never judged."""

from datetime import datetime

from portal.language.numbers import count as grouped
from slas.calculation.intervals import Interval
from slas.calculation.rounding import share_of
from slas.calculation.shares import rank_of
from slas.errors import TooManyReadings
from slas.models import Attainment, TargetKind
from slas.queries.hours import HoursBook
from slas.queries.inputs.terms import hours_for, seconds
from slas.queries.readings import number_of_readings, readings_at_ranks
from slas.queries.targets import period_of, slot_of

PERCENTS = ("50", "90", "95", "99")
# So many readings are sorted while somebody waits for the page: one each three seconds of a month.
MOST_SORTED = 1_000_000


def list_percentiles(*, attainment: Attainment, now: datetime) -> list[tuple[str, str]]:
    """How high so many of the readings in service time are at most, by the nearest rank, as (percent, value).

    They are read as they are now; nothing where a figure is not of readings, or has none. Whoever calls has made sure
    that the reader may see the figure. Refuses with TooManyReadings more than a page can wait for.
    """
    target = attainment.target
    slot = slot_of(target, period_of(target, attainment.period_start), now)
    if target.kind != TargetKind.READINGS or slot is None:
        return []
    book = HoursBook(ids=[target.service_hours_id] if target.service_hours_id else [])
    so_far = Interval(slot.span.start, min(slot.span.end, seconds(now)))
    time = list(hours_for(target, book, slot.span).working(so_far))
    count = number_of_readings(measure_id=target.measure_id, time=time, most=MOST_SORTED + 1)
    if count > MOST_SORTED:
        raise TooManyReadings(most=grouped(MOST_SORTED))
    if not count:
        return []
    ranks = {percent: rank_of(share_of(percent), count) for percent in PERCENTS}
    values = readings_at_ranks(measure_id=target.measure_id, time=time, ranks=sorted(set(ranks.values())))
    unit = target.measure.unit_words
    return [(f"{percent} %", f"{values[rank].normalize():f} {unit}".strip()) for percent, rank in ranks.items()]
