"""When work is heavy: from rules on the clock on the wall to stretches of time, right on the days when it is moved.

A rule names days and the minutes of each of them. A local time that the clock passes twice opens at its first and
closes at its second occurrence; one that it jumps over is the first instant after the jump (calculation, section 1).
Working days are Monday to Friday.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.language import dates
from portal.language.numbers import NBSP, and_list

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
MINUTES = 24 * 60
AHEAD = 400  # days in which the next peak of a rule that comes back is looked for: each season comes within a year
FRIDAY, WEEK = 4, 7
WEEKDAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})
WEEKLY, MONTH_END, YEARLY, DATED = "weekly", "month_end", "yearly", "dated"


@dataclass(frozen=True, slots=True)
class Rule:
    """Which days are heavy, and from which minute of the day up to which (not included). Monday is 0."""

    kind: str
    name: str = ""
    weekdays: frozenset[int] = frozenset()
    last_days: int = 0
    first: date = date.min
    last: date = date.max
    start: int = 0
    end: int = MINUTES

    @property
    def is_whole_day(self) -> bool:
        """From midnight to midnight, so that heavy days that follow each other are one peak."""
        return self.start == 0 and self.end == MINUTES


@dataclass(frozen=True, slots=True, order=True)
class Peak:
    """[started_at, ended_at) in UTC."""

    started_at: datetime
    ended_at: datetime
    rule: Rule = field(compare=False)


def falls_on(rule: Rule, day: date) -> bool:
    """Whether a local day is one of the rule's."""
    if rule.kind == WEEKLY:
        return day.weekday() in rule.weekdays
    if rule.kind == MONTH_END:
        return day.weekday() <= FRIDAY and _working_days_left(day) <= rule.last_days
    if rule.kind == DATED:
        return rule.first <= day <= rule.last
    opens, closes, asked = ((each.month, each.day) for each in (rule.first, rule.last, day))
    if opens <= closes:
        return opens <= asked <= closes
    return asked >= opens or asked <= closes  # over the turn of the year


def present(rules: Iterable[Rule], at: datetime, zone: ZoneInfo) -> list[Peak]:
    """The peaks that an instant lies in, the one that ends first at the head."""
    found = (_around(rule, at, zone) for rule in rules)
    return sorted((peak for peak in found if peak), key=lambda peak: (peak.ended_at, peak.started_at))


def following(rules: Iterable[Rule], at: datetime, zone: ZoneInfo) -> Peak | None:
    """The peak that begins next after an instant, if one does within `AHEAD` days or has its dates later."""
    found = (_next(rule, at, zone) for rule in rules)
    return min((peak for peak in found if peak), default=None)


def between(rule: Rule, since: datetime, until: datetime, zone: ZoneInfo) -> Iterator[Peak]:
    """The peaks of a rule that touch [since, until), in order; each whole, also where it goes beyond."""
    peak = _around(rule, since, zone) or _next(rule, since, zone)
    while peak and peak.started_at < until:
        yield peak
        peak = _next(rule, peak.ended_at - SECOND, zone)


def words(rule: Rule) -> str:
    """Mondays, 08:00 to 11:00; the last 3 working days of each month; each year, 1 November to 24 December."""
    said = _days(rule)
    return said if rule.is_whole_day else f"{said}, {_clock(rule.start)} to {_clock(rule.end)}"


def _days(rule: Rule) -> str:
    if rule.kind == WEEKLY:
        if len(rule.weekdays) == WEEK:
            return "Each day"
        if rule.weekdays == WEEKDAYS:
            return "Monday to Friday"
        if rule.weekdays == WEEKEND:
            return "Saturdays and Sundays"
        return and_list([f"{dates.WEEKDAYS[day]}s" for day in sorted(rule.weekdays)])
    if rule.kind == MONTH_END:
        if rule.last_days == 1:
            return "The last working day of each month"
        return f"The last {rule.last_days}{NBSP}working days of each month"
    if rule.kind == YEARLY:
        return f"Each year, {dates.day_long(rule.first)} to {dates.day_long(rule.last)}"
    if rule.first == rule.last:
        return dates.day_long_year(rule.first)
    return f"{dates.day_long_year(rule.first)} to {dates.day_long_year(rule.last)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _working_days_left(day: date) -> int:
    """From this day to the end of its month, both included."""
    return sum(1 for each in _rest_of_month(day) if each.weekday() <= FRIDAY)


def _rest_of_month(day: date) -> Iterator[date]:
    month = day.month
    while day.month == month:
        yield day
        day += DAY


def _on(rule: Rule, day: date, zone: ZoneInfo) -> Peak | None:
    """The peak that a day belongs to, with the heavy days that touch it; None where the day has none."""
    if not falls_on(rule, day):
        return None
    first = last = day
    if rule.is_whole_day:
        first, last = _reach(rule, day, -DAY), _reach(rule, day, DAY)
    start, end = instant(first, rule.start, zone, closes=False), instant(last, rule.end, zone, closes=True)
    return Peak(start, end, rule) if start < end else None


def _around(rule: Rule, at: datetime, zone: ZoneInfo) -> Peak | None:
    """The peak of a rule that an instant lies in; the second occurrence of a midnight belongs to the day before."""
    today = at.astimezone(zone).date()
    found = (_on(rule, day, zone) for day in (today, today - DAY))
    return next((peak for peak in found if peak and peak.started_at <= at < peak.ended_at), None)


def _reach(rule: Rule, day: date, step: timedelta) -> date:
    for _ in range(AHEAD):
        if not falls_on(rule, day + step):
            break
        day += step
    return day


def _next(rule: Rule, at: datetime, zone: ZoneInfo) -> Peak | None:
    day = at.astimezone(zone).date()
    if rule.kind == DATED:
        day = max(day, rule.first)
    if rule.kind == WEEKLY and rule.is_whole_day and len(rule.weekdays) == WEEK:
        return None  # it never ends, so that none begins
    for _ in range(AHEAD):
        if rule.kind == DATED and day > rule.last:
            return None
        peak = _on(rule, day, zone)
        if peak and peak.started_at > at:
            return peak
        day = max(day + DAY, peak.ended_at.astimezone(zone).date()) if peak else day + DAY
    return None


def instant(day: date, minute: int, zone: ZoneInfo, *, closes: bool) -> datetime:
    """The UTC instant at which the clock on the wall of the zone shows that minute of the day."""
    wall = datetime.combine(day, time.min) + timedelta(minutes=minute)
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first > second:
        return _jump(second, first, zone)
    return second if closes else first


def _jump(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The first second on the new offset, found by halving."""
    after = high.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == after:
            high = middle
        else:
            low = middle
    return high
