"""Readings within a limit: which stretches of time their counts are taken of, and their percentiles.

Readings are counted by the UTC hour. Only those in service time count, so that an hour which is cut by opening, closing
or midnight is counted from the readings themselves (calculation, section 5).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from slas.calculation.intervals import Interval
from slas.calculation.local_time import local, midnight

HOUR = 3600


@dataclass(frozen=True)
class Limit:
    """A reading is within it at equality too: at most the value, or where `is_least` at least."""

    value: Decimal
    is_least: bool = False
    unit: str = ""

    def allows(self, reading: Decimal) -> bool:
        """Whether a reading is within the limit."""
        return reading >= self.value if self.is_least else reading <= self.value

    @property
    def good(self) -> str:
        """`at most 500 milliseconds`."""
        return f"at {'least' if self.is_least else 'most'} {self._amount}"

    @property
    def bad(self) -> str:
        """`were above 500 milliseconds`."""
        return f"were {'below' if self.is_least else 'above'} {self._amount}"

    @property
    def _amount(self) -> str:
        return f"{self.value.normalize():f} {self.unit}".strip()


@dataclass(frozen=True)
class Stretch:
    """Service time of one local date: whole UTC hours, or a part of one."""

    on: date
    time: Interval
    is_whole: bool


def stretches(working: Iterable[Interval], zone: ZoneInfo) -> Iterator[Stretch]:
    """Service time, sorted and disjoint, by local date, as runs of whole UTC hours and what is left at their edges."""
    for each in working:
        start = each.start
        while start < each.end:
            on = local(start, zone).date()
            stop = min(each.end, midnight(on + timedelta(days=1), zone))
            first, last = -(-start // HOUR) * HOUR, stop // HOUR * HOUR
            if first >= last:
                yield Stretch(on, Interval(start, stop), is_whole=False)
            else:
                edges = (Interval(start, first), False), (Interval(first, last), True), (Interval(last, stop), False)
                yield from (Stretch(on, time, is_whole) for time, is_whole in edges if time.seconds)
            start = stop
