"""Service hours as the core needs them, with the public holidays of their region."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

import holidays

from slas.calculation import service_hours as core
from slas.calculation.errors import UnknownRegion
from slas.models import HoursException, HoursWindow, ServiceHours

_MINUTE = 60


@lru_cache(maxsize=1024)
def public_holidays(region: str, first_year: int, last_year: int) -> frozenset[date]:
    """Public holidays of a country or part of it (`GB`, `GB-ENG`) in those years; no region, none.

    Raises UnknownRegion.
    """
    if not region:
        return frozenset()
    country, _, part = region.partition("-")
    years = range(first_year, last_year + 1)
    try:
        return frozenset(holidays.country_holidays(country, subdiv=part or None, years=years))
    except NotImplementedError as error:
        raise UnknownRegion(region) from error


def versions_between(*, hours: ServiceHours, first: date, last: date | None) -> list[ServiceHours]:
    """The versions that hold on the dates from the first to the last, oldest first."""
    found = [hours]
    while found[-1].replaces is not None and found[-1].starts_on is not None and found[-1].starts_on > first:
        found.append(found[-1].replaces)
    oldest, *later = reversed(found)
    return [oldest, *(each for each in later if last is None or (each.starts_on and each.starts_on <= last))]


def version_on(*, hours: ServiceHours, on: date) -> ServiceHours:
    """The version that holds on that day."""
    return versions_between(hours=hours, first=on, last=on)[-1]


class HoursBook:
    """The service hours of many targets with the versions that held before, read in three queries and one for each
    version that was replaced.

    Holidays are looked up for the years that a figure needs and no others, so that a figure depends on nothing but its
    own period, and a correction of a far holiday changes no old figure.

    `throughout`: the hours as they are named, also before the day from which they hold: what is tried is tried so.
    """

    def __init__(self, *, ids: Iterable[int], throughout: bool = False) -> None:
        self._throughout = throughout
        self._rows: dict[int, ServiceHours] = {}
        missing = set(ids)
        while missing:
            self._rows |= ServiceHours.objects.in_bulk(missing)
            before = () if throughout else self._rows.values()
            missing = {row.replaces_id for row in before if row.replaces_id} - self._rows.keys()
        self._windows: dict[int, list[HoursWindow]] = defaultdict(list)
        self._exceptions: dict[int, list[HoursException]] = defaultdict(list)
        self._known: dict[tuple[int | None, str, int, int], core.ServiceHours] = {}
        if self._rows:
            for window in HoursWindow.objects.filter(service_hours_id__in=self._rows):
                self._windows[window.service_hours_id].append(window)
            for exception in HoursException.objects.filter(service_hours_id__in=self._rows):
                self._exceptions[exception.service_hours_id].append(exception)

    def hours(self, hours_id: int | None, zone: str, first_year: int, last_year: int) -> core.ServiceHours:
        """The hours with the holidays of those years; without hours, round the clock in the agreement's zone."""
        key = (hours_id, zone, first_year, last_year)
        if key not in self._known:
            self._known[key] = (
                core.ServiceHours.always(zone)
                if hours_id is None
                else self._with_versions(self._rows[hours_id], first_year, last_year)
            )
        return self._known[key]

    def _with_versions(self, row: ServiceHours, first_year: int, last_year: int) -> core.ServiceHours:
        later: list[tuple[date, core.ServiceHours]] = []
        while not self._throughout and row.replaces_id is not None and row.starts_on is not None:
            later.append((row.starts_on, self._make(row, first_year, last_year)))
            row = self._rows[row.replaces_id]
        return replace(self._make(row, first_year, last_year), versions=tuple(later))

    def _make(self, row: ServiceHours, first_year: int, last_year: int) -> core.ServiceHours:
        weekly: list[list[core.Window]] = [[] for _ in range(7)]
        for window in self._windows[row.pk]:
            weekly[window.weekday].append(_window(window.opens_at, window.closes_at))
        return core.ServiceHours(
            zone=row.time_zone,
            weekly=tuple(tuple(windows) for windows in weekly),
            exceptions=_dated(self._exceptions[row.pk]),
            holidays=public_holidays(row.holiday_region, first_year, last_year),
        )


def _dated(rows: Iterable[HoursException]) -> tuple[tuple[date, core.Windows], ...]:
    """Exceptions by date: all windows of a date together; a row without times closes it."""
    by_date: dict[date, list[core.Window]] = defaultdict(list)
    for row in rows:
        windows = by_date[row.on]
        if row.opens_at is not None and row.closes_at is not None:
            windows.append(_window(row.opens_at, row.closes_at))
    return tuple((on, tuple(windows)) for on, windows in by_date.items())


def _window(opens_at: int, closes_at: int) -> core.Window:
    return core.Window(opens_at * _MINUTE, closes_at * _MINUTE)
