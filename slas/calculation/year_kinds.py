"""Years that are alike: each date falls on the same weekday, and the clock is moved at the same times.

Centuries are counted by the kinds of their years, and not date by date.
"""

from calendar import isleap
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from slas.calculation.local_time import DAY, change_between, local

# Before the first of these years no zone kept another time than that of its own noon. From the last one on each goes by
# one rule without end, which names weekdays of months, or dates: years with the same calendar are alike.
FIRST_CHANGED, LAST_CHANGED = 1801, 2101
CALENDARS = 28  # of years one after the other hold each calendar that there is
_EVE = timedelta(days=2)
_DAYS = 370  # of a year with what lies before and after it in the zones of the earth

Changes = tuple[tuple[int, float], ...]
YearKind = tuple[int, bool, Changes]


@lru_cache(maxsize=65_536)
def year_kind(year: int, zone: ZoneInfo) -> YearKind:
    """The weekday of 1 January, whether it is a leap year, and from when on the clock stands how far from UTC."""
    weekday, is_long = date(year, 1, 1).weekday(), isleap(year)
    if year >= LAST_CHANGED + CALENDARS:
        same = (each for each in range(LAST_CHANGED, LAST_CHANGED + CALENDARS) if isleap(each) == is_long)
        return year_kind(next(each for each in same if date(each, 1, 1).weekday() == weekday), zone)
    return weekday, is_long, _changes(max(year, FIRST_CHANGED - 1), zone)


@lru_cache(maxsize=4096)
def _changes(year: int, zone: ZoneInfo) -> Changes:
    """In seconds after the beginning of the eve of the year, with how the clock stands there first."""
    begins = int((datetime(year, 1, 1, tzinfo=UTC) - _EVE).timestamp())
    days = [(at, _offset(at, zone)) for at in range(begins, begins + _DAYS * DAY, DAY)]
    changes = (
        (change_between(low, high, zone) - begins, after)
        for (low, before), (high, after) in pairwise(days)
        if before != after
    )
    return ((0, days[0][1]), *changes)


def _offset(instant: int, zone: ZoneInfo) -> float:
    offset = local(instant, zone).utcoffset()
    return offset.total_seconds() if offset is not None else 0.0
