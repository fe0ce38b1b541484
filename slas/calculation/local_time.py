"""From the clock on the wall to UTC, and what happens on the two days a year when the clock is moved."""

from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slas.calculation.errors import UnknownZone

DAY = 86_400


class Edge(Enum):
    """Which of two equal clock times is meant on the night the clock goes back."""

    OPENING = "opening"
    CLOSING = "closing"


def zone_of(name: str) -> ZoneInfo:
    """The IANA zone of that name. Raises UnknownZone.

    What a machine calls its own time is no zone, and copies with leap seconds would count other seconds than UTC.
    """
    if name == "localtime" or name.startswith(("posix", "right/")):
        raise UnknownZone(name)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(name) from error


@lru_cache(maxsize=65_536)
def instant_of(on: date, second: int, zone: ZoneInfo, edge: Edge) -> int:
    """The UTC second at which the clock in the zone shows `second` seconds after midnight of the date.

    Nonexistent time (spring): the first valid instant after the gap. Ambiguous time (autumn): an opening edge is the
    first occurrence, a closing edge the second (calculation, section 1). `second` may pass 24:00 into the next date.
    """
    days, rest = divmod(second, DAY)
    wall = datetime.combine(on + timedelta(days=days), time.min) + timedelta(seconds=rest)
    first, second_time = (int(wall.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1))
    if first > second_time:
        return change_between(second_time, first, zone)
    return second_time if edge is Edge.CLOSING else first


@lru_cache(maxsize=4096)
def midnight(on: date, zone: ZoneInfo) -> int:
    """The first instant of the local date; where the date is skipped altogether, the first instant after it."""
    return instant_of(on, 0, zone, Edge.OPENING)


def local(instant: int, zone: ZoneInfo) -> datetime:
    """What calendar and clock show in the zone at that UTC second."""
    return datetime.fromtimestamp(instant, UTC).astimezone(zone)


def change_between(low: int, high: int, zone: ZoneInfo) -> int:
    """The change of the clock between two instants, found by halving: the first second on the new offset."""
    after = local(high, zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if local(middle, zone).utcoffset() == after:
            high = middle
        else:
            low = middle
    return high
