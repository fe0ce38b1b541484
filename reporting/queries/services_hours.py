"""When a service can be used, in words, from the hours and deadlines of its promises."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.language.dates import WEEKDAYS, place_of
from portal.language.numbers import and_list, lower_first
from slas.models import HoursWindow, Schedule, ServiceHours, ServiceLevelTarget, TargetKind
from slas.queries.hours import version_on

MORNING = 6 * 60  # a deadline before six belongs to the night
DAY = 24 * 60
WEEK = frozenset(range(7))
MONDAY_TO_FRIDAY = frozenset(range(5))
Windows = Collection[tuple[int, int, int]]  # weekday (Monday is 0), minute it opens, minute it closes


@dataclass(frozen=True, slots=True)
class Times:
    """On which days (“Every day”) and when on them (“04:00 to 22:00”, “by 07:00”); `when` is empty for whole days."""

    days: str
    when: str
    place: str

    @property
    def words(self) -> str:
        """For a table: Every day, 04:00 to 22:00."""
        return f"{self.days}, {self.when}" if self.when else self.days

    @property
    def days_here(self) -> str:
        """For the line under the times: every day, London time."""
        days = self.days if self.days[:3] in {name[:3] for name in WEEKDAYS} else lower_first(self.days)
        return f"{days}, {self.place} time" if self.when else f"{self.place} time"


def list_times(*, targets: Iterable[ServiceLevelTarget], on: date) -> dict[int, Times]:
    """By service: the times, on that day, of its first promise that says when.

    Targets come with agreement and service hours.
    """
    found = [target for target in targets if target.service_id is not None]
    held = {target.pk: version_on(hours=target.service_hours, on=on) for target in found if target.service_hours}
    windows: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    hours_ids = {hours.pk for hours in held.values()}
    for row in HoursWindow.objects.filter(service_hours_id__in=hours_ids).order_by("weekday", "opens_at"):
        windows[row.service_hours_id].append((row.weekday, row.opens_at, row.closes_at))
    times: dict[int, Times] = {}
    for target in sorted(found, key=lambda target: (target.position, target.pk)):
        if target.service_id not in times and (said := _times(target, held.get(target.pk), windows)):
            times[target.service_id] = said  # type: ignore[index]
    return times


def _times(target: ServiceLevelTarget, hours: ServiceHours | None, windows: Mapping[int, Windows]) -> Times | None:
    place = place_of(hours.time_zone if hours else target.agreement.time_zone)
    days = days_words({weekday for weekday, _opens, _closes in windows[hours.pk]}, hours) if hours else "Every day"
    if target.schedule:
        return Times(*_deadline(target, days), place)
    if hours is None:
        return Times("Always", "", place) if target.kind == TargetKind.AVAILABILITY else None
    if target.within_working_days:
        return Times(days, "", place)
    return Times(*hours_words(windows[hours.pk], hours), place)


def _deadline(target: ServiceLevelTarget, days: str) -> tuple[str, str]:
    due = target.due_minute or 0
    by = f"by {clock_words(due)}"
    if target.schedule == Schedule.MONTHLY:
        return f"Each month by day {target.due_day}", clock_words(due)
    if target.schedule == Schedule.WORKING_DAYS:
        return days, by
    return ("Every night" if due < MORNING else "Every day"), by


def hours_words(windows: Windows, hours: ServiceHours) -> tuple[str, str]:
    """Days and times; hours that differ from day to day are said in their own words."""
    by_day: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for weekday, opens, closes in windows:
        by_day[weekday].append((opens, closes))
    if not by_day or any(day != by_day[min(by_day)] for day in by_day.values()):
        return hours.words, ""
    stretches = by_day[min(by_day)]
    if stretches == [(0, DAY)]:
        days = days_words(set(by_day), hours)
        return ("Always" if set(by_day) == WEEK else days), ""
    times = [f"{clock_words(opens)} to {clock_words(closes)}" for opens, closes in stretches]
    return days_words(set(by_day), hours), and_list(times)


def days_words(weekdays: Collection[int], hours: ServiceHours) -> str:
    """Every day, Working days, Mon to Sat; Mon, Wed and Fri."""
    days = sorted(weekdays)
    if set(days) == WEEK:
        return "Every day"
    if set(days) == MONDAY_TO_FRIDAY and hours.holiday_region:
        return "Working days"
    names = [WEEKDAYS[day][:3] for day in days]
    if len(days) > 1 and days[-1] - days[0] == len(days) - 1:
        return f"{names[0]} to {names[-1]}"
    return and_list(names)


def clock_words(minute: int) -> str:
    """240 is 04:00; the end of a day is 24:00, and what runs into the next day is said by that day's clock."""
    shown = minute if minute <= DAY else minute - DAY
    return f"{shown // 60:02d}:{shown % 60:02d}"
