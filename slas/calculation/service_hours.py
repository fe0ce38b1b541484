"""Service hours: local rules of one zone, expanded per local date, so that a clock change falls where people see it.

A day of 24 hours has 23 or 25 of them twice a year; nothing here ever adds 86,400 (calculation, section 1).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import chain, pairwise
from typing import Self
from zoneinfo import ZoneInfo

from slas.calculation.errors import BadVersion, BadWindow, NeverOpen, RepeatedException
from slas.calculation.intervals import Interval, clip, merge, union
from slas.calculation.local_time import DAY, Edge, instant_of, local, midnight, zone_of
from slas.calculation.proof import LATER
from slas.calculation.year_kinds import year_kind

_CLOCK = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?P<next>\+1)?")
_ONE_DAY = timedelta(days=1)
_FOUR_WEEKS = timedelta(weeks=4)
# No deadline is counted beyond these dates.
_FIRST_DATE = date(1900, 1, 1)
_LAST_DATE = date(2200, 1, 1)
# Less than three years are counted date by date.
_LONG = 3 * 366 * DAY


@dataclass(frozen=True, order=True)
class Window:
    """One stretch of the clock, in seconds after local midnight; past 86,400 it runs into the next date.

    It belongs to the date on which it opens.
    """

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < DAY:
            raise BadWindow(_clock(self.opens), _clock(self.closes), "it must open between 00:00 and 23:59:59")
        if self.closes <= self.opens:
            raise BadWindow(_clock(self.opens), _clock(self.closes), "it must close after it opens")
        if self.closes > self.opens + DAY:
            raise BadWindow(_clock(self.opens), _clock(self.closes), "it must not be longer than 24 hours")

    @classmethod
    def parse(cls, opens: str, closes: str) -> Self:
        """Read `09:00` to `17:30`; `24:00` ends the day; `06:00+1`, or closing before opening, is the next day."""
        start, end = _seconds(opens, opens, closes), _seconds(closes, opens, closes)
        if end == start:
            raise BadWindow(opens, closes, "it opens and closes at the same time; write 00:00 to 24:00 for a whole day")
        return cls(start, end if end > start else end + DAY)

    def __str__(self) -> str:
        return f"{_clock(self.opens)} to {_clock(self.closes)}"


Windows = tuple[Window, ...]
ROUND_THE_CLOCK: Windows = (Window(0, DAY),)
CLOSED: Windows = ()


@dataclass(frozen=True)
class ServiceHours:
    """When a service is agreed to be there: weekly windows, dated exceptions and holidays in one zone.

    `weekly` holds seven sets of windows, Monday first. A dated exception replaces the day's windows (none = closed) and
    wins over a holiday; a holiday closes the day, with a window over midnight that opens on it. `versions` are the
    hours that hold instead of these from a local date on, each until the next.
    """

    zone: str
    weekly: tuple[Windows, ...]
    exceptions: tuple[tuple[date, Windows], ...] = ()
    holidays: frozenset[date] = field(default_factory=frozenset)
    versions: tuple[tuple[date, "ServiceHours"], ...] = field(default=(), metadata=LATER)

    def __post_init__(self) -> None:
        if len(self.weekly) != 7:
            raise BadWindow("Monday", "Sunday", f"a week has seven days, not {len(self.weekly)}")
        zone_of(self.zone)
        if len(dict(self.exceptions)) < len(self.exceptions):
            raise RepeatedException(sorted(on for on, _ in self.exceptions))
        # Kept in order, so that equal hours are equal however they were entered.
        object.__setattr__(self, "weekly", tuple(tuple(sorted(windows)) for windows in self.weekly))
        object.__setattr__(self, "exceptions", tuple(sorted((on, tuple(sorted(w))) for on, w in self.exceptions)))
        object.__setattr__(self, "versions", tuple(sorted(self.versions, key=lambda version: version[0])))
        dates = [on for on, _ in self.versions]
        for on, hours in self.versions:
            if dates.count(on) > 1 or hours.zone != self.zone or hours.versions:
                raise BadVersion(on, self.zone, hours.zone)

    @classmethod
    def always(cls, zone: str) -> Self:
        """Round the clock, every day."""
        return cls(zone, (ROUND_THE_CLOCK,) * 7)

    @cached_property
    def tz(self) -> ZoneInfo:
        """The zone in which the windows are written."""
        return zone_of(self.zone)

    @cached_property
    def _exception_on(self) -> dict[date, Windows]:
        return dict(self.exceptions)

    @property
    def _single_dates(self) -> list[date]:
        """Where the week has no hours: the dates that may have some, and those on which a version begins."""
        versions = [self, *(hours for _, hours in self.versions)]
        return [on for hours in versions for on, _ in hours.exceptions] + [on for on, _ in self.versions]

    @cached_property
    def _opening_on(self) -> dict[date, tuple[Interval, ...]]:
        """Expanded dates, kept because a month of cases asks for the same dates again and again."""
        return {}

    @cached_property
    def _of_kind(self) -> dict[object, int]:
        """Service time of the years that were counted, by their kinds."""
        return {}

    @cached_property
    def _uneven_years(self) -> frozenset[int]:
        """Years in which some date is unlike that of other years, and those into which a night of theirs may run."""
        versions = [self, *(hours for _, hours in self.versions)]
        dates = {on for hours in versions for on in (*hours.holidays, *dict(hours.exceptions))}
        return frozenset(on.year + n for on in (*dates, *(on for on, _ in self.versions)) for n in (0, 1))

    def version_on(self, on: date) -> "ServiceHours":
        """The hours that hold on the local date; these, where no later version does."""
        return next((hours for since, hours in reversed(self.versions) if since <= on), self)

    def windows_on(self, on: date) -> Windows:
        """The windows that open on the local date."""
        held = self.version_on(on)
        if held is not self:
            return held.windows_on(on)
        if on in self._exception_on:
            return self._exception_on[on]
        return CLOSED if on in self.holidays else self.weekly[on.weekday()]

    def is_working_day(self, on: date) -> bool:
        """Whether any window opens on the local date."""
        return bool(self.windows_on(on))

    def opening_on(self, on: date) -> tuple[Interval, ...]:
        """The windows of the local date in UTC seconds; one that falls into a skipped hour altogether is left out."""
        known = self._opening_on
        if on not in known:
            known[on] = tuple(union(self._to_utc(on, window) for window in self.windows_on(on)))
        return known[on]

    def _to_utc(self, on: date, window: Window) -> Interval:
        # 24:00 is the end of the date and therefore the first midnight, even where the clock shows midnight twice.
        closing = Edge.OPENING if window.closes % DAY == 0 else Edge.CLOSING
        return Interval(
            instant_of(on, window.opens, self.tz, Edge.OPENING), instant_of(on, window.closes, self.tz, closing)
        )

    def date_of(self, instant: int) -> date:
        """The local date at that UTC second."""
        return local(instant, self.tz).date()

    def working(self, interval: Interval) -> Iterator[Interval]:
        """Service time inside the interval: sorted, disjoint, in UTC seconds."""
        if interval.start >= interval.end:
            return iter(())
        last = self.date_of(interval.end - 1)
        # The windows of the day before may run over midnight into the interval.
        dates = _dates(self.date_of(interval.start) - _ONE_DAY, last + _ONE_DAY)
        return clip(merge(chain.from_iterable(map(self.opening_on, dates))), interval)

    def elapsed(self, start: int, end: int) -> int:
        """W(a,b): seconds of service time from start to end; W(b,a) = -W(a,b)."""
        if end < start:
            return -self.elapsed(end, start)
        if end - start < _LONG:
            return self._by_date(start, end)
        first, last = self.date_of(start).year + 1, self.date_of(end).year
        begins, ends = (midnight(date(year, 1, 1), self.tz) for year in (first, last))
        return self._by_date(start, begins) + sum(map(self._in_year, range(first, last))) + self._by_date(ends, end)

    def _by_date(self, start: int, end: int) -> int:
        return sum(opening.seconds for opening in self.working(Interval(start, end)))

    def _in_year(self, year: int) -> int:
        """Service time of a local year: the same as in each year of its kind that has no dates of its own."""
        begins, ends = (midnight(date(each, 1, 1), self.tz) for each in (year, year + 1))
        if year in self._uneven_years:
            return self._by_date(begins, ends)
        kind = sum(on.year <= year for on, _ in self.versions), year_kind(year, self.tz)
        if kind not in self._of_kind:
            self._of_kind[kind] = self._by_date(begins, ends)
        return self._of_kind[kind]

    def working_dates(self, first: date, end: date) -> int:
        """How many working days there are from the first date on, before the end: by weeks, and dates of their own."""
        dates = sorted({first, end, *(on for on, _ in self.versions if first < on < end)})
        return sum(_working_dates(self.version_on(start), start, stop) for start, stop in pairwise(dates))

    def is_open(self, instant: int) -> bool:
        """Whether the instant lies in service time: opening instants do, closing instants do not."""
        return bool(self.elapsed(instant, instant + 1))

    def openings_from(self, instant: int) -> Iterator[Interval]:
        """Service time from the instant on, without end as long as the week has hours; pieces may touch."""
        first = self.date_of(instant) - _ONE_DAY
        weekly = self.version_on(_LAST_DATE).weekly
        dates = _dates(first, _LAST_DATE if any(weekly) else max((*self._single_dates, first)) + _ONE_DAY)
        reach = instant
        for start, end in chain.from_iterable(map(self.opening_on, dates)):
            if end > reach:
                yield Interval(max(start, reach), end)
                reach = end

    def openings_before(self, instant: int) -> Iterator[Interval]:
        """Service time before the instant, latest first, in pieces of at most four weeks."""
        earliest = _FIRST_DATE if any(self.weekly) else min(self._single_dates, default=_LAST_DATE)
        end, end_on = instant, self.date_of(instant)
        while end_on > earliest:
            end_on -= _FOUR_WEEKS
            start = midnight(end_on, self.tz)
            yield from reversed(tuple(self.working(Interval(start, end))))
            end = start

    def next_open(self, instant: int) -> int:
        """The instant itself in service time, else the next opening. Raises NeverOpen."""
        opening = next(self.openings_from(instant), None)
        if opening is None:
            raise NeverOpen(self.zone)
        return opening.start

    def due(self, start: int, seconds: int) -> int:
        """The least t with W(start,t) = seconds; used up exactly at closing, it is that closing, not the next opening.

        No seconds outside hours are due at the next opening. Raises NeverOpen.
        """
        if seconds == 0:
            return self.next_open(start)
        return spend(self.openings_from(start), seconds, self.zone)

    def latest_start(self, end: int, seconds: int) -> int:
        """The latest t with W(t,end) = seconds: when work must start to be ready. For planning, never for judging."""
        left = seconds
        for opening in self.openings_before(end):
            if opening.seconds >= left:
                return opening.end - left
            left -= opening.seconds
        raise NeverOpen(self.zone)


def spend(openings: Iterator[Interval], seconds: int, zone: str) -> int:
    """The instant at which so many seconds (at least one) of the given time are used up. Raises NeverOpen."""
    left = seconds
    for opening in openings:
        if opening.seconds >= left:
            return opening.start + left
        left -= opening.seconds
    raise NeverOpen(zone)


def _working_dates(held: ServiceHours, first: date, end: date) -> int:
    """The same of one version."""
    days, own = (end - first).days, {*dict(held.exceptions), *held.holidays}
    weekly = sum((days + 6 - (day - first.weekday()) % 7) // 7 for day in range(7) if held.weekly[day])
    return weekly + sum(bool(held.windows_on(on)) - bool(held.weekly[on.weekday()]) for on in own if first <= on < end)


def _dates(first: date, end: date) -> Iterator[date]:
    """Local dates from the first up to, and not including, the end."""
    return (date.fromordinal(ordinal) for ordinal in range(first.toordinal(), end.toordinal()))


def _seconds(text: str, opens: str, closes: str) -> int:
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise BadWindow(opens, closes, f"“{text}” is not a time; write 09:00, 24:00 or 06:00+1")
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    seconds = hour * 3600 + minute * 60 + second
    if minute > 59 or second > 59 or seconds > DAY:
        raise BadWindow(opens, closes, f"“{text}” is not a time of the day")
    return seconds + (DAY if match["next"] else 0)


def _clock(seconds: int) -> str:
    days, rest = (0, seconds) if seconds == DAY else divmod(seconds, DAY)
    text = f"{rest // 3600:02}:{rest % 3600 // 60:02}"
    if rest % 60:
        text += f":{rest % 60:02}"
    return text + ("+1" if days else "")
