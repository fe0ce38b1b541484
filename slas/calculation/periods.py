"""Months, quarters and years: the periods over which a target is judged."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Self
from zoneinfo import ZoneInfo

from slas.calculation.errors import BadPeriod
from slas.calculation.intervals import Interval
from slas.calculation.local_time import midnight

_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_CODE = re.compile(r"(?P<kind>|Q|FY)(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])")
_CALENDAR_QUARTER = re.compile(r"(?P<year>\d{4})-Q(?P<quarter>[1-4])")


class PeriodKind(Enum):
    """How long a period is; the value is what forms and columns hold."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Its length in months."""
        return 1 if self is PeriodKind.MONTH else 3 if self is PeriodKind.QUARTER else 12


_IN_EVERY_MONTH = 28  # days
_PREFIX = {PeriodKind.MONTH: "", PeriodKind.QUARTER: "Q", PeriodKind.YEAR: "FY"}
_KIND = {prefix: kind for kind, prefix in _PREFIX.items()}


@dataclass(frozen=True, order=True)
class Period:
    """One month, or the quarter or year that starts in that month; it begins and ends at local midnight."""

    year: int
    month: int
    kind: PeriodKind = PeriodKind.MONTH

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-10`, `Q2026-10` or `2026-Q4`, `FY2026-04` (the year from April). Raises BadPeriod."""
        if match := _CODE.fullmatch(text.strip()):
            return cls(int(match["year"]), int(match["month"]), _KIND[match["kind"]])
        if match := _CALENDAR_QUARTER.fullmatch(text.strip()):
            return cls(int(match["year"]), 3 * int(match["quarter"]) - 2, PeriodKind.QUARTER)
        raise BadPeriod(text)

    @classmethod
    def containing(cls, on: date, kind: PeriodKind = PeriodKind.MONTH, starting_month: int = 1) -> Self:
        """The period of that kind that holds the date, where years (and their quarters) start in `starting_month`."""
        months_in = (on.month - starting_month) % kind.months
        first = add_months(on.replace(day=1), -months_in)
        return cls(first.year, first.month, kind)

    def __str__(self) -> str:
        return f"{_PREFIX[self.kind]}{self.year:04}-{self.month:02}"

    @property
    def first_on(self) -> date:
        """Its first date."""
        return date(self.year, self.month, 1)

    @property
    def end_on(self) -> date:
        """The date after its last (half-open, like every period here)."""
        return add_months(self.first_on, self.kind.months)

    @property
    def label(self) -> str:
        """Plain English, for commands: `October 2026`, `October 2026 to December 2026`."""
        first = f"{_MONTH_NAMES[self.month - 1]} {self.year}"
        if self.kind is PeriodKind.MONTH:
            return first
        last = add_months(self.end_on, -1)
        return f"{first} to {_MONTH_NAMES[last.month - 1]} {last.year}"

    def bounds(self, zone: ZoneInfo) -> Interval:
        """From local midnight to local midnight in the agreement's zone, in UTC seconds (calculation, section 1)."""
        return Interval(midnight(self.first_on, zone), midnight(self.end_on, zone))

    def previous(self) -> Self:
        """The period of the same kind just before."""
        return self.shifted(-1)

    def next(self) -> Self:
        """The period of the same kind just after."""
        return self.shifted(1)

    def shifted(self, periods: int) -> Self:
        """So many periods of the same kind later; earlier when negative."""
        first = add_months(self.first_on, periods * self.kind.months)
        return type(self)(first.year, first.month, self.kind)

    def months(self) -> tuple["Period", ...]:
        """The months it is made of, in order."""
        first = Period(self.year, self.month)
        return tuple(first.shifted(n) for n in range(self.kind.months))


def add_months(on: date, months: int) -> date:
    """The same day so many calendar months later, clipped to the end of a shorter month (31 January, 28 February)."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    day = on.day if on.day <= _IN_EVERY_MONTH else min(on.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day)
