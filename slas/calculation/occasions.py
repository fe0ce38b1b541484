"""Deadlines on occasions, such as “ready by 07:00 on every working day” (calculation, section 6a)."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from zoneinfo import ZoneInfo

from slas.calculation.errors import BadDue, EmptyPeriod, RepeatedOccasion
from slas.calculation.intervals import Interval
from slas.calculation.local_time import DAY, Edge, instant_of, local, zone_of
from slas.calculation.missing import DEFAULT_MINIMUM_COVERAGE, Evidence, UnknownPolicy
from slas.calculation.service_hours import ServiceHours
from slas.calculation.status import CloseRule, Standing, Status, Verdict, judge, standing_status


class Rhythm(Enum):
    """On which dates an occasion falls; the value is what a column holds."""

    DAILY = "daily"
    WORKING_DAYS = "working_days"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class OccasionSchedule:
    """The occasions that are agreed: their dates, and the local time by which each is due.

    `due_second` is seconds after local midnight of the date; past 86,400 it is due on the next date. `day_of_month` is
    for MONTHLY, clipped to the end of a shorter month. Working days are those on which the service hours open.
    """

    hours: ServiceHours
    rhythm: Rhythm
    due_second: int
    day_of_month: int = 1
    zone: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.due_second <= 2 * DAY:
            raise BadDue("A due time", self.due_second, 0, 2 * DAY)
        if not 1 <= self.day_of_month <= 31:
            raise BadDue("A day of the month", self.day_of_month, 1, 31)

    @property
    def tz(self) -> ZoneInfo:
        """The zone of the agreement, in which its dates and times are said; without one, that of the hours."""
        return zone_of(self.zone) if self.zone else self.hours.tz

    def dates(self, span: Interval) -> Iterator[date]:
        """Dates of the occasions that belong to the span, in order; an occasion belongs to the period of its date."""
        first, last = local(span.start, self.tz).date(), local(span.end - 1, self.tz).date()
        for day in range((last - first).days + 1):
            on = first + timedelta(days=day)
            if self._falls_on(on):
                yield on

    def _falls_on(self, on: date) -> bool:
        if self.rhythm is Rhythm.MONTHLY:
            return on.day == min(self.day_of_month, monthrange(on.year, on.month)[1])
        return self.rhythm is Rhythm.DAILY or self.hours.is_working_day(on)

    def due_at(self, on: date) -> int:
        """The instant by which the occasion of that date is due; on a repeated hour, its second occurrence."""
        edge = Edge.OPENING if self.due_second % DAY == 0 else Edge.CLOSING
        return instant_of(on, self.due_second, self.tz, edge)


@dataclass(frozen=True)
class Completion:
    """What is recorded of one occasion: when it was done, or (None) that it was not done at all."""

    id: str
    on: date
    completed_at: int | None


class OccasionState(Enum):
    """How one occasion went."""

    MET = "met"
    LATE = "late"
    UNKNOWN = "unknown"
    TO_COME = "to_come"


@dataclass(frozen=True)
class Occasion:
    """One date with its due instant and how it went; `record` is empty where nothing is known."""

    on: date
    due_at: int
    state: OccasionState
    completed_at: int | None
    record: str


@dataclass(frozen=True)
class OccasionsFigure:
    """All occasions of a period, in order of date; `policy` says how those without a record count in a share."""

    occasions: tuple[Occasion, ...]
    minimum_coverage: Fraction = DEFAULT_MINIMUM_COVERAGE
    policy: UnknownPolicy = UnknownPolicy.EXCLUDE

    def count(self, state: OccasionState) -> int:
        """How many occasions are in that state."""
        return sum(occasion.state is state for occasion in self.occasions)

    @property
    def met(self) -> int:
        """Done in time."""
        return self.count(OccasionState.MET)

    @property
    def late(self) -> int:
        """Known to be late, or not done at all."""
        return self.count(OccasionState.LATE)

    @property
    def unknown(self) -> int:
        """Due, but without a record: not late, and not met either."""
        return self.count(OccasionState.UNKNOWN)

    @property
    def due(self) -> int:
        """Occasions whose time has come."""
        return self.met + self.late + self.unknown

    @property
    def coverage(self) -> Fraction | None:
        """Recorded part of the occasions whose time has come."""
        return Fraction(self.met + self.late, self.due) if self.due else None

    @property
    def whole(self) -> int:
        """What a share is taken of, by the agreed policy."""
        left_out = self.policy in (UnknownPolicy.EXCLUDE, UnknownPolicy.CARRY)
        return self.met + self.late if left_out else self.due

    @property
    def lost(self) -> int:
        """How many of the whole were not in time."""
        return self.late + (self.unknown if self.policy is UnknownPolicy.DOWN else 0)

    @property
    def share(self) -> Fraction | None:
        """The share in time; None where there is nothing to take it of."""
        return Fraction(self.whole - self.lost, self.whole) if self.whole else None

    @property
    def low(self) -> Fraction | None:
        """The share in time if all without a record were late."""
        return Fraction(self.met, self.due) if self.due else None

    @property
    def high(self) -> Fraction | None:
        """The share in time if all without a record were in time."""
        return Fraction(self.met + self.unknown, self.due) if self.due else None

    def judge_at_most(self, late_allowed: int, close: CloseRule) -> Verdict:
        """At most so many late. Judged as soon as the unknown ones cannot change it, a data gap otherwise."""
        if not self.due:
            return Verdict(Status.NO_CASES, met=None, certain=None, standing=None)
        standing = Standing(Fraction(self.late), Fraction(late_allowed), Fraction(self.due))
        if self.late <= late_allowed < self.late + self.unknown:
            return Verdict(Status.DATA_GAP, met=None, certain=None, standing=standing)
        return Verdict(standing_status(standing, close), standing.met, standing.met, standing)

    def judge_share(self, target: Fraction, close: CloseRule) -> Verdict:
        """At least such a share in time; occasions without a record follow the policy, and many of them leave a gap."""
        if not self.due or self.coverage is None:
            return judge(None, None, close)
        evidence = Evidence(
            coverage=self.coverage,
            minimum=self.minimum_coverage,
            met_at_worst=self.met >= target * self.due,
            met_at_best=self.met + self.unknown >= target * self.due,
        )
        whole = self.whole
        standing = Standing(Fraction(self.lost), (1 - target) * whole, Fraction(whole)) if whole else None
        return judge(standing, evidence, close)


def measure_occasions(
    span: Interval, schedule: OccasionSchedule, records: Iterable[Completion], as_of: int
) -> OccasionsFigure:
    """Every agreed occasion of the span beside its record, as known at `as_of`.

    Met iff completed at or before it was due. Records of other dates are left alone. Raises EmptyPeriod and
    RepeatedOccasion.
    """
    if span.start >= span.end:
        raise EmptyPeriod(*span)
    by_date: dict[date, Completion] = {}
    for record in records:
        if record.on in by_date:
            raise RepeatedOccasion(record.on)
        by_date[record.on] = record
    dates = schedule.dates(span)
    return OccasionsFigure(tuple(_occasion(on, schedule.due_at(on), by_date.get(on), as_of) for on in dates))


def _occasion(on: date, due_at: int, record: Completion | None, as_of: int) -> Occasion:
    if record is None:
        state = OccasionState.UNKNOWN if due_at < as_of else OccasionState.TO_COME
        return Occasion(on, due_at, state, None, "")
    in_time = record.completed_at is not None and record.completed_at <= due_at
    return Occasion(on, due_at, OccasionState.MET if in_time else OccasionState.LATE, record.completed_at, record.id)
