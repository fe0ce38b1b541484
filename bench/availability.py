"""Availability of many targets in March 2026: the kernel against the limit in C, a loop of alarms and a package,
and the reference, which keeps every event with what it cost, against a plain loop.

Results are checked equal before anything is timed. The others do less: they know no states, no events and no proof.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy

from bench import kernel
from bench.pairs import Contestant, against_goal, compare, conditions, require
from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.intervals import Interval, subtract, union
from slas.calculation.outages import Outage
from slas.calculation.periods import Period
from slas.calculation.planned_work import PlannedWork, PlannedWorkTerms
from slas.calculation.service_hours import ServiceHours, Window

SEED = 20_260_302
ZONES = ("Europe/Berlin", "America/New_York", "UTC", "Asia/Kolkata")
PATTERNS = (
    (("00:00-24:00",), range(7)),
    (("08:00-18:00",), range(5)),
    (("07:00-12:00", "13:00-19:00"), range(5)),
    (("22:00-06:00",), range(7)),
    (("06:00-22:00",), range(6)),
    (("09:00-17:00",), range(7)),
)
HOLIDAYS = frozenset({date(2026, 3, 9), date(2026, 3, 30)})
MARCH = Period(2026, 3)
STILL_ZONES = ("UTC", "Asia/Kolkata")
LEAST_TARGETS = 48


@dataclass(frozen=True)
class Target:
    """One target: its hours, its outages and its planned work, in UTC seconds of March in the zone of the hours."""

    hours: ServiceHours
    span: Interval
    outages: tuple[Interval, ...]
    works: tuple[Interval, ...]


def calendars() -> list[ServiceHours]:
    found = []
    for zone in ZONES:
        for texts, days in PATTERNS:
            windows = tuple(Window.parse(*text.split("-")) for text in texts)
            weekly = tuple(windows if day in days else () for day in range(7))
            found.append(ServiceHours(zone, weekly, holidays=HOLIDAYS))
    return found


def targets(count: int) -> list[Target]:
    """As many targets as asked, the same ones each time."""
    chance = numpy.random.default_rng(SEED)
    known = calendars()
    made = []
    for number in range(count):
        hours = known[number % len(known)]
        span = MARCH.bounds(hours.tz)
        outages = []
        for _ in range(int(chance.integers(20, 201))):
            start = int(chance.integers(span.start, span.end))
            outages.append(Interval(start, min(span.end, start + 1 + int(chance.exponential(600)))))
        works = []
        for _ in range(int(chance.integers(0, 6))):
            start = int(chance.integers(span.start, span.end))
            works.append(Interval(start, min(span.end, start + 3600 * int(chance.integers(1, 9)))))
        made.append(Target(hours, span, tuple(outages), tuple(works)))
    return made


def reference(target: Target) -> tuple[int, int]:
    """Seconds that count and seconds lost, by our rules."""
    facts = AvailabilityFacts(
        tuple(Outage(str(number), *outage) for number, outage in enumerate(target.outages)),
        tuple(PlannedWork(*work, str(number), "planned") for number, work in enumerate(target.works)),
    )
    agreed = PlannedWorkTerms(frozenset({"planned"}), approval_needed=False)
    figure = measure_availability(target.span, AvailabilityTerms(target.hours, planned_work=agreed), facts)
    return figure.counted_seconds, figure.down_seconds


def plain_loop(target: Target) -> tuple[int, int]:
    """The same, as application code usually does it: aware datetimes, each outage against each window of each day."""
    zone = ZoneInfo(target.hours.zone)
    works = _aware(union(target.works), zone)
    away = _aware(union([*target.outages, *target.works]), zone)
    windows = list(_windows_by_day(target, zone))
    service = sum((end - start).total_seconds() for start, end in windows)
    worked, either = (
        sum(_overlap(window, piece) for piece in pieces for window in windows) for pieces in (works, away)
    )
    return round(service - worked), round(either - worked)


def _windows_by_day(target: Target, zone: ZoneInfo):
    day = datetime.fromtimestamp(target.span.start, zone).date() - timedelta(days=1)
    first, last = (datetime.fromtimestamp(edge, UTC) for edge in target.span)
    while day <= last.astimezone(zone).date():
        for window in target.hours.windows_on(day):
            midnight = datetime.combine(day, time.min, zone)
            start = (midnight + timedelta(seconds=window.opens)).astimezone(UTC)
            end = (midnight + timedelta(seconds=window.closes)).astimezone(UTC)
            if max(start, first) < min(end, last):
                yield max(start, first), min(end, last)
        day += timedelta(days=1)


def _aware(pieces, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    return [tuple(datetime.fromtimestamp(edge, zone).astimezone(UTC) for edge in piece) for piece in pieces]


def _overlap(window: tuple[datetime, datetime], piece: tuple[datetime, datetime]) -> float:
    return max(0.0, (min(window[1], piece[1]) - max(window[0], piece[0])).total_seconds())


def peer(target: Target, package) -> tuple[int, int]:
    """The same two numbers by businesstimedelta: the month, each planned work and each outage against its rules."""
    rules = _peer_rules(target, package)
    works = list(union(target.works))
    lost = _peer_seconds(rules, target, subtract(union(target.outages), works))
    return _peer_seconds(rules, target, [target.span]) - _peer_seconds(rules, target, works), lost


def _peer_seconds(rules, target: Target, pieces) -> int:
    total = 0.0
    for piece in pieces:
        start, end = (datetime.fromtimestamp(edge, target.hours.tz) for edge in piece)
        spent = rules.difference(start, end)
        total += spent.hours * 3600 + spent.seconds
    return round(total)


def _peer_rules(target: Target, package):
    days = [day for day, windows in enumerate(target.hours.weekly) if windows]
    parts = [
        package.WorkDayRule(start_time=_clock(window.opens), end_time=_clock(window.closes), working_days=days)
        for window in target.hours.weekly[days[0]]
    ]
    return package.Rules(parts)


def _clock(seconds: int) -> time:
    return time(seconds // 3600 % 24, seconds % 3600 // 60)


def main(arguments: list[str]) -> None:
    options = argparse.ArgumentParser(prog="python -m bench availability", description=__doc__)
    options.add_argument("--targets", type=int, default=500, help="targets of our reference (full size: 10000)")
    options.add_argument("--pairs", type=int, default=5, help="turns A B A B (at least 5)")
    asked = options.parse_args(arguments)
    if asked.targets < LEAST_TARGETS:
        options.error(f"--targets must be at least {LEAST_TARGETS}, so that each calendar has its turn")
    sample = targets(asked.targets)
    print(conditions(numpy))
    everything = [reference(each) for each in sample]
    counted, lost = (sum(column) for column in zip(*everything, strict=True))
    print(f"Availability of {asked.targets} targets, March 2026, seed {SEED}: {counted} s counted, {lost} s lost")
    arrays = as_arrays(sample)
    known = kernel.bulks(arrays)
    require(kernel.by_kernel(known) == everything, "The kernel differs from the reference")
    kernel.against_limit(arrays, known, asked.pairs)
    kernel.against_loop(arrays, known, asked.pairs)
    against_peer(sample, kernel.kernel(known, asked.targets), asked.pairs)
    against_plain_loop(sample, asked.pairs)


def as_arrays(sample: list[Target]) -> kernel.Sample:
    """The sample by calendars, as the kernel and its peers in other languages take it."""
    hours = {each.hours: tuple(each.hours.working(each.span)) for each in sample}
    numbers = {each: number for number, each in enumerate(hours)}
    clock = numpy.array([numbers[each.hours] for each in sample])
    return kernel.Sample(hours, clock, [each.outages for each in sample], [each.works for each in sample])


def against_plain_loop(sample: list[Target], pairs: int) -> None:
    few = [each for each in sample if each.hours.zone in STILL_ZONES][: len(sample) // 5]
    require([plain_loop(each) for each in few] == [reference(each) for each in few], "The plain loop differs from ours")
    print("Our reference against a plain loop over aware datetimes (zones without a change of the clock):")
    compare(ours(few), contestant("plain loop", plain_loop, few), pairs)


def against_peer(sample: list[Target], mine: Contestant, pairs: int) -> None:
    """A4; it counts as few targets as its rules can hold."""
    try:
        import businesstimedelta
    except ImportError:
        sys.exit("businesstimedelta is not installed, so that comparison is missing: pip install businesstimedelta")
    few = [_without_holidays(each) for each in sample if each.hours.zone == "UTC" and has_one_plain_window(each)]

    def theirs(target: Target) -> tuple[int, int]:
        return peer(target, businesstimedelta)

    require([theirs(each) for each in few] == [reference(each) for each in few], "businesstimedelta differs from ours")
    print("The kernel against businesstimedelta, which measures each piece (one window a day, no holidays, UTC):")
    against_goal("A4", compare(mine, contestant("businesstimedelta", theirs, few), pairs), least=100)


def ours(sample: list[Target]) -> Contestant:
    return contestant("our reference, with events and reasons", reference, sample)


def contestant(name: str, way: Callable[[Target], tuple[int, int]], sample: list[Target]) -> Contestant:
    return Contestant(name, lambda: [way(each) for each in sample], len(sample))


def has_one_plain_window(target: Target) -> bool:
    """Businesstimedelta's rule holds one window inside the day; ours of this kind are 08:00 to 18:00 and longer."""
    windows = target.hours.weekly[0]
    return len(windows) == 1 and windows[0].opens > 0 and windows[0].closes < 86_400


def _without_holidays(target: Target) -> Target:
    return replace(target, hours=replace(target.hours, holidays=frozenset()))
