"""From the calendar and the times of a case to service hours and UTC seconds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from slas.calculation.conventions import Convention
from slas.calculation.intervals import Interval, subtract, union
from slas.calculation.local_time import DAY, Edge, instant_of, local, midnight, zone_of
from slas.calculation.service_hours import ServiceHours, Window, Windows
from slas.importers.conformance.reading import Case, UnreadableCase

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Holidays of each year are written out for so many years around the case.
_YEARS_BEFORE, _YEARS_AFTER = 3, 12


@dataclass(frozen=True)
class Clock:
    """Reads and compares the times of a case: with an offset as written, without one in the zone of the case."""

    zone: str
    wall: bool = False

    @property
    def counting_zone(self) -> str:
        """The zone in which seconds are counted; by the wall clock there are no changes of the clock."""
        return "UTC" if self.wall else self.zone

    def instant(self, text: Any) -> int:
        """UTC seconds of a time; whole numbers are such seconds already. Raises UnreadableCase."""
        if isinstance(text, int):
            return text
        written = _written(text)
        if self.wall and written.tzinfo:
            written = written.astimezone(zone_of(self.zone)).replace(tzinfo=None)
        if written.tzinfo:
            return int(written.timestamp())
        seconds = written.hour * 3600 + written.minute * 60 + written.second
        return instant_of(written.date(), seconds, zone_of(self.counting_zone), Edge.OPENING)

    def interval(self, pair: Any, otherwise: int) -> Interval:
        """A pair of times; an end that is not there is `otherwise`."""
        start, end = pair
        return Interval(self.instant(start), otherwise if end is None else self.instant(end))

    def same(self, ours: int, expected: Any) -> bool:
        """Whether our instant is the expected one; without an offset, whether our clock shows that time."""
        if isinstance(expected, int):
            return ours == expected
        written = _written(expected)
        if written.tzinfo and not self.wall:
            return ours == int(written.timestamp())
        return self.shows(ours) == self.shows(self.instant(expected))

    def shows(self, instant: int) -> str:
        """What calendar and clock show."""
        return local(instant, zone_of(self.counting_zone)).replace(tzinfo=None).isoformat()


def clock_of(case: Case, convention: Convention) -> Clock:
    """The clock of a case: that of its calendar, of its own zone, or UTC."""
    calendar = case.get("calendar") or {}
    return Clock(calendar.get("timezone") or case.get("timezone") or "UTC", convention.wall_clock)


def hours_of(case: Case, convention: Convention) -> ServiceHours:
    """The service hours of a case; without a calendar, round the clock."""
    calendar = case.get("calendar")
    clock = clock_of(case, convention)
    if calendar is None:
        return ServiceHours.always(clock.counting_zone)
    weekly = calendar.get("weekly") or {}
    if set(weekly) - set(WEEKDAYS):
        raise UnreadableCase("calendar", f"names days other than {', '.join(WEEKDAYS)}")
    holidays = frozenset((*map(date.fromisoformat, calendar.get("holidays") or ()), *_annual(case, calendar)))
    plain = ServiceHours(
        _zone_of_hours(case, clock, convention),
        tuple(_windows(weekly.get(day, ())) for day in WEEKDAYS),
        tuple(_overrides(calendar, holidays if convention.holiday_wins else frozenset())),
        holidays,
    )
    return _with_breaks(plain, calendar, _skipped(case, plain) if convention.skipped_opening_is_lost else ())


def _zone_of_hours(case: Case, clock: Clock, convention: Convention) -> str:
    """The zone in which windows are written; by a convention the server's, or the offset of the week of the case."""
    if convention.hours_of_server:
        return "UTC"
    if not convention.windows_shift:
        return clock.counting_zone
    shown = local(clock.instant(case.get("start") or case.get("opened") or case["at"]), zone_of(clock.zone))
    monday = shown.date().toordinal() - shown.weekday()
    offset = local(midnight(date.fromordinal(monday), zone_of(clock.zone)), zone_of(clock.zone)).utcoffset()
    hours = 0 if offset is None else int(offset.total_seconds() // 3600)
    return f"Etc/GMT{-hours:+d}"


def _written(text: Any) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise UnreadableCase(str(text), "is not a time such as 2026-10-25T01:30:00Z") from error


def _windows(pairs: Any) -> Windows:
    return tuple(Window.parse(opens, closes) for opens, closes in pairs)


def _overrides(calendar: Any, closed: frozenset[date]) -> Iterator[tuple[date, Windows]]:
    for text, pairs in (calendar.get("date_overrides") or {}).items():
        on = date.fromisoformat(text)
        if on not in closed:
            yield on, _windows(pairs)


def _annual(case: Case, calendar: Any) -> Iterator[date]:
    """Holidays that come back each year, written out around the year of the case."""
    days = calendar.get("annual_holidays") or ()
    if not days:
        return
    start = _written(case.get("start") or case.get("opened") or case["at"]).year
    for year in range(start - _YEARS_BEFORE, start + _YEARS_AFTER):
        for day in days:
            if day != "02-29" or year % 4 == 0:
                yield date.fromisoformat(f"{year}-{day}")


def _with_breaks(hours: ServiceHours, calendar: Any, lost: Any) -> ServiceHours:
    """The same hours with the breaks of single dates cut out of the windows of those dates."""
    exceptions = dict(hours.exceptions)
    for text, pairs in (calendar.get("breaks") or {}).items():
        on = date.fromisoformat(text)
        breaks = [Interval(window.opens, window.closes) for window in _windows(pairs)]
        windows = union(Interval(window.opens, window.closes) for window in hours.windows_on(on))
        exceptions[on] = tuple(Window(*piece) for piece in subtract(windows, union(breaks)))
    exceptions.update(lost)
    return ServiceHours(hours.zone, hours.weekly, tuple(exceptions.items()), hours.holidays)


def _skipped(case: Case, hours: ServiceHours) -> Iterator[tuple[date, Windows]]:
    """Around the start of the case, the dates on which a window opens at a time that the clock skips."""
    start = _written(case.get("start") or case.get("opened") or case["at"])
    first = start.replace(tzinfo=UTC).date().toordinal() - 7
    for on in map(date.fromordinal, range(first, first + 60)):
        windows = hours.windows_on(on)
        shown = tuple(window for window in windows if _is_shown(hours, on, window.opens))
        if shown != windows:
            yield on, shown


def _is_shown(hours: ServiceHours, on: date, second: int) -> bool:
    wall = local(instant_of(on, second, hours.tz, Edge.OPENING), hours.tz)
    return wall.hour * 3600 + wall.minute * 60 + wall.second == second % DAY
