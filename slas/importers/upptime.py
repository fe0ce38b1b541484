"""The three files of an Upptime status page: checks, outages, and the figures that the page itself published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from slas.calculation.checks import Check, State, states_of
from slas.calculation.intervals import Interval, clip, measure
from slas.calculation.periods import add_months
from slas.importers.tables import (
    FieldError,
    Parsed,
    Row,
    address,
    count,
    instant,
    number,
    parse,
    parse_agreeing,
    required_instant,
    text,
)

CHECK_COLUMNS = ("checked_at", "service", "service_name", "status", "http_code", "response_ms")
OUTAGE_COLUMNS = ("service", "down_at", "up_at")
REPORTED_COLUMNS = (
    *("snapshot_at", "service", "monitoring_since"),
    *("uptime_all_pct", "uptime_day_pct", "uptime_week_pct", "uptime_month_pct"),
)
# Upptime divides the loss of a calendar month by this fixed length.
_MONTH_SECONDS = 2_628_288
# As much as leaves room for what is added: “-outages” in the address of a measure, “: outages” in its name.
MOST_KEY, MOST_NAME = 90, 190
MOST_MS = 10**9


@dataclass(frozen=True)
class ServiceCheck:
    """One committed check of one service. Not every probe is committed, so checks are not evenly spaced."""

    service: str
    service_name: str
    check: Check
    http_code: int | None
    response_ms: Decimal | None


@dataclass(frozen=True)
class ServiceOutage:
    """One outage of one service; `end` None while it is still down."""

    service: str
    start: int
    end: int | None

    def until(self, instant: int) -> Interval:
        """Its time up to the instant."""
        return Interval(self.start, instant if self.end is None else self.end)


class Window(Enum):
    """The trailing windows that Upptime publishes; the value is the name in its columns."""

    ALL = "all"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def starts_at(self, snapshot: int, since: int) -> int:
        """Where the loss of the window begins to count; a month is one calendar month back."""
        match self:
            case Window.ALL:
                return since
            case Window.DAY:
                return snapshot - 86_400
            case Window.WEEK:
                return snapshot - 604_800
            case Window.MONTH:
                at = datetime.fromtimestamp(snapshot, UTC)
                return int(datetime.combine(add_months(at.date(), -1), at.timetz()).timestamp())

    def seconds(self, snapshot: int, since: int) -> int:
        """What the loss is divided by: the length of the window, but no more than has been monitored."""
        length = _MONTH_SECONDS if self is Window.MONTH else snapshot - self.starts_at(snapshot, since)
        return min(length, snapshot - since)


@dataclass(frozen=True)
class Snapshot:
    """The percentages that a page published for one service; `since` None where it does not say how long it watched."""

    service: str
    at: int
    since: int | None
    percents: tuple[tuple[Window, Decimal | None], ...]


def parse_checks(rows: Iterable[tuple[int, Row]]) -> Parsed[ServiceCheck]:
    """Checks, with errors by row; two checks of one second that found different things count neither."""
    return parse_agreeing(
        rows,
        _check,
        key=lambda each: (each.service, each.check.at),
        says=lambda each: (each.check.state, each.response_ms),
        field="checked_at",
    )


def parse_outages(rows: Iterable[tuple[int, Row]]) -> Parsed[ServiceOutage]:
    """Outages, with errors by row; two of one start that end at different times count neither."""
    return parse_agreeing(
        rows, _outage, key=lambda each: (each.service, each.start), says=lambda each: each.end, field="down_at"
    )


def parse_snapshots(rows: Iterable[tuple[int, Row]]) -> Parsed[Snapshot]:
    """Published figures, with errors by row."""
    return parse(rows, _snapshot)


def outages_of(checks: Iterable[ServiceCheck]) -> tuple[ServiceOutage, ...]:
    """The outages that the checks show: from the first check that found a service down to the next that did not.

    An outage that the last check still found is open. Raises ContradictingChecks.
    """
    found: list[ServiceOutage] = []
    by_service: dict[str, list[Check]] = {}
    for each in checks:
        by_service.setdefault(each.service, []).append(each.check)
    for service, series in sorted(by_service.items()):
        first, last = min(check.at for check in series), max(check.at for check in series)
        states = states_of(series, Interval(first, last + 1), longest_gap=None)
        found += (ServiceOutage(service, *_ended(down, last)) for down in states.down)
    return tuple(found)


def trailing_percent(outages: Iterable[Interval], at: int, since: int, window: Window) -> Fraction | None:
    """Uptime over a trailing window as Upptime counts it, in percent and exact; None when nothing was monitored yet.

    100 - 100 x down / min(window, time monitored), never below 0.
    """
    seconds = window.seconds(at, since)
    if seconds <= 0:
        return None
    down = measure(clip(outages, Interval(window.starts_at(at, since), at)))
    return max(Fraction(0), 100 - Fraction(100 * down, seconds))


@dataclass(frozen=True)
class Comparison:
    """One published percentage beside ours."""

    service: str
    at: int
    window: Window
    published: Decimal
    ours: Fraction

    def is_within(self, points: Fraction) -> bool:
        """Whether ours, with the two decimals that are published, is so near."""
        return abs(Fraction(round(self.ours, 2)) - Fraction(self.published)) <= points


def compare(snapshots: Iterable[Snapshot], outages: Mapping[str, Sequence[ServiceOutage]]) -> list[Comparison]:
    """Each published percentage beside ours; snapshots without a start of monitoring cannot be compared."""
    compared: list[Comparison] = []
    for snapshot in snapshots:
        if snapshot.since is None:
            continue
        intervals = [outage.until(snapshot.at) for outage in outages.get(snapshot.service, ())]
        for window, published in snapshot.percents:
            ours = trailing_percent(intervals, snapshot.at, snapshot.since, window)
            if published is not None and ours is not None:
                compared.append(Comparison(snapshot.service, snapshot.at, window, published, ours))
    return compared


def by_service(outages: Iterable[ServiceOutage]) -> dict[str, list[ServiceOutage]]:
    """Outages of each service."""
    found: dict[str, list[ServiceOutage]] = {}
    for outage in outages:
        found.setdefault(outage.service, []).append(outage)
    return found


def _ended(down: Interval, last: int) -> tuple[int, int | None]:
    """The edges of an outage; open when the last check still found it."""
    return down.start, None if down.end > last else down.end


def _check(row: Row) -> ServiceCheck:
    try:
        state = State(row["status"])
    except ValueError as error:
        raise FieldError("status", f"“{row['status']}” is neither up, degraded nor down") from error
    response = number(row, "response_ms")
    if response is not None and not 0 <= response < MOST_MS:
        raise FieldError("response_ms", f"“{row['response_ms']}” is no response time; write milliseconds, 0 or more")
    return ServiceCheck(
        service=address(row, "service", MOST_KEY),
        service_name=text(row, "service_name", MOST_NAME),
        check=Check(required_instant(row, "checked_at"), state),
        http_code=count(row, "http_code"),
        response_ms=response,
    )


def _outage(row: Row) -> ServiceOutage:
    start, end = required_instant(row, "down_at"), instant(row, "up_at")
    if end is not None and end < start:
        raise FieldError("up_at", "is before down_at")
    return ServiceOutage(address(row, "service", MOST_KEY), start, end)


def _snapshot(row: Row) -> Snapshot:
    at, since = required_instant(row, "snapshot_at"), instant(row, "monitoring_since")
    if since is not None and since > at:
        raise FieldError("monitoring_since", "is after snapshot_at")
    percents = tuple((window, _percent(row, f"uptime_{window.value}_pct")) for window in Window)
    return Snapshot(address(row, "service", MOST_KEY), at, since, percents)


def _percent(row: Row, field: str) -> Decimal | None:
    value = number(row, field)
    if value is not None and not 0 <= value <= 100:
        raise FieldError(field, f"“{row[field]}” is not a percentage from 0 to 100")
    return value
