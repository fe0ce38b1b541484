"""A case is handed from one party to the next, each with a limit in its own hours: is the promise kept at every start?

Every second of the span is a start, without trying each: between two changes of course the time that a case takes grows
or falls evenly, so that the worst start is the first or the last one before such a change (calculation, section 11a).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from slas.calculation.chain.errors import EmptyPath, OtherWorkingDays
from slas.calculation.deadlines import WorkingDays, WorkingTime, due_at
from slas.calculation.errors import EmptyPeriod
from slas.calculation.intervals import Interval
from slas.calculation.local_time import DAY, midnight
from slas.calculation.service_hours import ServiceHours

Ints = NDArray[np.int64]
Limit = WorkingTime | WorkingDays
# When what begins at each of these instants is done.
Way = Callable[[Ints], Ints]
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Leg:
    """Somebody who does their part within a limit, in their own service hours. Raises OtherWorkingDays."""

    name: str
    hours: ServiceHours
    limit: Limit

    def __post_init__(self) -> None:
        if isinstance(self.limit, WorkingDays) and self.limit != WorkingDays(self.limit.days):
            raise OtherWorkingDays(self.name)


# Legs of one step are alternatives: one of them gets the case, and nobody knows which.
Step = tuple[Leg, ...]


@dataclass(frozen=True)
class Handed:
    """Who may be done last with a step, and when."""

    name: str
    done_at: int


@dataclass(frozen=True)
class PathCheck:
    """The worst start of the span: when the path is done then, and when the promise is due.

    `spare` is service time of the promise, below zero where the path takes longer. `supported` is the shortest limit
    that the path keeps at every start.
    """

    received_at: int
    handed: tuple[Handed, ...]
    due_at: int
    spare: int
    holds: bool
    supported: Limit

    @property
    def done_at(self) -> int:
        """When the last step is done."""
        return self.handed[-1].done_at


def check_path(promised: Leg, steps: Sequence[Step], span: Interval) -> PathCheck:
    """The promise against its path, over all starts of the span. Raises EmptyPath, EmptyPeriod and NeverOpen."""
    if not steps or not all(steps):
        raise EmptyPath(promised.name)
    if span.start >= span.end:
        raise EmptyPeriod(span.start, span.end)
    path: list[list[_Course]] = []
    last = span.end
    for step in steps:
        path.append([_course(leg, span.start, last) for leg in step])
        last = max(due_at(leg.hours, last, leg.limit) for leg in step)
    promise = _course(promised, span.start, span.end, until=last)
    starts = _starts(promise, path, span)
    done, due = _through(path)(starts), promise.ends(starts)
    if isinstance(promised.limit, WorkingTime):
        # What is done after closing and before the next opening took no more service time.
        spare = promised.limit.seconds - promise.between(starts, done)
        holds = spare >= 0
    else:
        spare, holds = promise.between(done, due), done <= due
    worst = int(np.lexsort((starts, spare, holds))[0])
    received = int(starts[worst])
    return PathCheck(
        received_at=received,
        handed=tuple(_handed(steps, received)),
        due_at=int(due[worst]),
        spare=int(spare[worst]),
        holds=bool(holds[worst]),
        supported=promise.supported(starts, done),
    )


def _handed(steps: Sequence[Step], received: int) -> Iterator[Handed]:
    """The path at one start, one step after the other."""
    for step in steps:
        done, name = max((due_at(leg.hours, received, leg.limit), leg.name) for leg in step)
        yield Handed(name, done)
        received = done


class _Course:
    """One leg as arrays, for many starts at once: when it is done, and where that may change its course.

    `days` are its working days, where its limit counts them: until which second something is received on each, and
    when it closes.
    """

    def __init__(self, limit: Limit, openings: Sequence[Interval], days: Sequence[tuple[int, int]]) -> None:
        self._limit = limit
        self._opens = np.array([piece.start for piece in openings], dtype=np.int64)
        self._closes = np.array([piece.end for piece in openings], dtype=np.int64)
        self._seconds = np.cumsum(self._closes - self._opens)
        self._receipts = np.array([receipt for receipt, _ in days], dtype=np.int64)
        self._closings = np.array([closing for _, closing in days], dtype=np.int64)
        self.edges = np.concatenate([self._opens, self._closes, self._receipts])

    def between(self, start: Ints, end: Ints) -> Ints:
        """Service time from one instant to another; below zero where the other comes first."""
        return self._until(end) - self._until(start)

    def _until(self, instant: Ints) -> Ints:
        begun = np.searchsorted(self._opens, instant, side="right")
        seconds, closes = (np.append(0, each)[begun] for each in (self._seconds, self._closes))
        return seconds - np.where(begun > 0, np.maximum(closes - instant, 0), 0)

    def ends(self, received: Ints) -> Ints:
        """When what is received then is due."""
        if isinstance(self._limit, WorkingDays):
            return self._closings[np.searchsorted(self._receipts, received) + self._limit.days]
        used = self._until(received) + self._limit.seconds
        # Time is used up at its closing; where there is none to use, the next opening is waited for.
        piece = np.searchsorted(self._seconds, used, side="left" if self._limit.seconds else "right")
        ends: Ints = self._closes[piece] - self._seconds[piece] + used
        return ends

    def supported(self, received: Ints, done: Ints) -> Limit:
        """The shortest limit of this kind that is kept at each of the starts."""
        if isinstance(self._limit, WorkingTime):
            return WorkingTime(int(self.between(received, done).max()))
        days = np.searchsorted(self._closings, done) - np.searchsorted(self._receipts, received)
        return WorkingDays(max(0, int(days.max())))


def _course(leg: Leg, first: int, last: int, until: int = 0) -> _Course:
    """The leg for all that is received from the first instant to the last; its hours are known at least until then."""
    reach = max(due_at(leg.hours, last, leg.limit), until) + DAY
    openings = tuple(leg.hours.working(Interval(first, reach)))
    days = tuple(_working_days(leg.hours, first, reach)) if isinstance(leg.limit, WorkingDays) else ()
    return _Course(leg.limit, openings, days)


def _working_days(hours: ServiceHours, first: int, last: int) -> Iterator[tuple[int, int]]:
    for ordinal in range(hours.date_of(first).toordinal(), hours.date_of(last).toordinal() + 1):
        on = date.fromordinal(ordinal)
        if hours.is_working_day(on):
            closing = due_at(hours, midnight(on, hours.tz), WorkingDays(0))
            yield min(closing, midnight(on + _ONE_DAY, hours.tz) - 1), closing


def _through(path: Sequence[Sequence[_Course]]) -> Way:
    """When the whole path is done, at the worst of the alternatives in each step."""

    def done(received: Ints) -> Ints:
        for step in path:
            received = np.max([course.ends(received) for course in step], axis=0)
        return received

    return done


def _starts(promise: _Course, path: Sequence[Sequence[_Course]], span: Interval) -> Ints:
    """The starts among which the worst one is: the last before each change of course, and the first after it."""
    changes = [np.array([span.end - 1], dtype=np.int64), promise.edges]
    for number, step in enumerate(path):
        reach = _through(path[:number])
        for course in step:
            changes.append(_last_until(course.edges, reach, span))
            changes.append(_last_until(course.edges, _through([*path[:number], [course]]), span))
    changes.append(_last_until(promise.edges, _through(path), span))
    before = np.unique(np.concatenate(changes))
    starts = np.unique(np.concatenate([[span.start], before, before + 1]))
    return starts[(span.start <= starts) & (starts < span.end)]


def _last_until(edges: Ints, way: Way, span: Interval) -> Ints:
    """For each edge the last start whose way is done by then, found by halving; before the span where there is none."""
    low, high = np.full(len(edges), span.start - 1), np.full(len(edges), span.end - 1)
    while (low < high).any():
        middle = (low + high + 1) >> 1
        fits = way(middle) <= edges
        low, high = np.where(fits, middle, low), np.where(fits, high, middle - 1)
    return low


def share_in_time(steps: Sequence[Sequence[Fraction]]) -> Fraction:
    """The share of cases that is in time in every step, however the late ones fall: the losses of the steps add up.

    Of the alternatives of a step the lowest share counts.
    """
    return max(Fraction(0), 1 - sum((1 - min(step) for step in steps), Fraction(0)))
