"""Planned work: what of it was agreed to be taken out of the time that counts, and what counts as down.

Work is taken out only if its type is agreed, notice was given, it was approved before it started and the cap is not
used up; all other planned work, and the time by which it overran its announced end, counts as down (calculation,
section 2).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from slas.calculation.deadlines import TimeLimit, WorkingTime, due_at
from slas.calculation.errors import NegativeLimit, ReversedInterval
from slas.calculation.intervals import Interval, Ruler, intersect, subtract, union
from slas.calculation.service_hours import ServiceHours

NO_NOTICE = WorkingTime(0)


class Ground(Enum):
    """Why planned work was taken out, or why not."""

    AGREED = "agreed"
    TYPE_NOT_AGREED = "type_not_agreed"
    SHORT_NOTICE = "short_notice"
    NOT_APPROVED = "not_approved"


@dataclass(frozen=True)
class PlannedWork:
    """Work that takes the service away: as announced, and when it really ended (None: at the announced end)."""

    start: int
    end: int
    id: str
    kind: str
    announced_at: int | None = None
    approved_at: int | None = None
    ended_at: int | None = None

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ReversedInterval(f"Planned work {self.id}", self.start, self.end)
        if self.ended_at is not None and self.ended_at < self.start:
            raise ReversedInterval(f"Planned work {self.id}", self.start, self.ended_at)

    @property
    def away(self) -> Interval:
        """The time for which the service was really taken away."""
        return Interval(self.start, self.end if self.ended_at is None else self.ended_at)

    @property
    def announced(self) -> Interval:
        """The part of that time which had been announced; ending early gives the rest back."""
        return Interval(self.start, min(self.end, self.away.end))


@dataclass(frozen=True)
class PlannedWorkTerms:
    """What the agreement says about planned work; by default none is taken out.

    `notice` runs in `notice_hours`, from the announcement to the start; without hours it runs round the clock. `cap` is
    the most seconds of service time taken out in one period, None for no cap.
    """

    kinds: frozenset[str] = frozenset()
    notice: TimeLimit = NO_NOTICE
    notice_hours: ServiceHours | None = None
    approval_needed: bool = True
    cap: int | None = None

    def __post_init__(self) -> None:
        if self.cap is not None and self.cap < 0:
            raise NegativeLimit(self.cap, "A cap on planned work")

    def ground(self, work: PlannedWork) -> Ground:
        """Whether the work may be taken out at all, before the cap."""
        if work.kind not in self.kinds:
            return Ground.TYPE_NOT_AGREED
        if self.approval_needed and (work.approved_at is None or work.approved_at > work.start):
            return Ground.NOT_APPROVED
        if not self._noticed(work):
            return Ground.SHORT_NOTICE
        return Ground.AGREED

    def _noticed(self, work: PlannedWork) -> bool:
        if self.notice == NO_NOTICE:
            return True
        if work.announced_at is None:
            return False
        if self.notice_hours is None and isinstance(self.notice, WorkingTime):
            return work.announced_at + self.notice.seconds <= work.start
        return due_at(self.notice_hours or ServiceHours.always("UTC"), work.announced_at, self.notice) <= work.start


@dataclass(frozen=True)
class WorkUse:
    """What became of one piece of planned work, in seconds of service time; `down` is when it counts as down."""

    id: str
    ground: Ground
    excluded_seconds: int
    down: tuple[Interval, ...]

    @property
    def counted_down_seconds(self) -> int:
        """How much of it counts as down."""
        return sum(piece.seconds for piece in self.down)


@dataclass(frozen=True)
class WorkSplit:
    """All planned work of a period: the time taken out, the time that counts as down, and each piece of work."""

    excluded: tuple[Interval, ...]
    down: tuple[Interval, ...]
    uses: tuple[WorkUse, ...]


def begun_by(works: Iterable[PlannedWork], instant: int) -> tuple[PlannedWork, ...]:
    """Planned work that has begun by then, each as far as it has gone: what is to come may still be cancelled."""
    begun = (work for work in works if work.start < instant)
    return tuple(work if work.away.end <= instant else replace(work, ended_at=instant) for work in begun)


def split_work(works: Iterable[PlannedWork], terms: PlannedWorkTerms, service: Sequence[Interval]) -> WorkSplit:
    """Divide planned work inside the service time of one period into what is taken out and what counts as down."""
    ordered = sorted(works, key=lambda work: (work.start, work.end, work.id))
    allowed = union(work.announced for work in ordered if terms.ground(work) is Ground.AGREED)
    excluded = tuple(_up_to(terms.cap, intersect(service, allowed)))
    away = intersect(service, union(work.away for work in ordered))
    down = tuple(subtract(away, excluded))
    return WorkSplit(excluded, down, tuple(_uses(ordered, terms, Ruler(excluded), Ruler(down))))


def _up_to(cap: int | None, intervals: Iterable[Interval]) -> Iterator[Interval]:
    """The intervals in time order until the cap is reached; no cap, all of them."""
    left = cap
    for interval in intervals:
        if left is None:
            yield interval
        elif left > 0:
            yield Interval(interval.start, min(interval.end, interval.start + left))
            left -= interval.seconds


def _uses(works: Sequence[PlannedWork], terms: PlannedWorkTerms, excluded: Ruler, down: Ruler) -> Iterator[WorkUse]:
    """Each piece of work with its seconds; where two overlap, the time is that of the earlier one.

    Time is taken out by agreed work alone, as far as it was announced: other work that overlaps it has no part in that.
    """
    taken: int | None = None
    reach: int | None = None
    for work in works:
        ground, seconds = terms.ground(work), 0
        if ground is Ground.AGREED:
            seconds = excluded.within(_beyond(taken, work.announced))
            taken = _later(taken, work.announced.end)
        yield WorkUse(work.id, ground, seconds, tuple(down.inside(_beyond(reach, work.away))))
        reach = _later(reach, work.away.end)


def _beyond(reach: int | None, time: Interval) -> Interval:
    """The time after what an earlier one has already."""
    return time if reach is None else Interval(max(time.start, reach), time.end)


def _later(reach: int | None, end: int) -> int:
    return end if reach is None else max(reach, end)
