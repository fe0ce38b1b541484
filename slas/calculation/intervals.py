"""Sets of time as sorted, disjoint, half-open intervals of whole UTC seconds."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from slas.calculation.errors import ReversedInterval


class Interval(NamedTuple):
    """[start, end) in seconds since the epoch, UTC; empty when end <= start."""

    start: int
    end: int

    @property
    def seconds(self) -> int:
        """Its length; nothing when it is empty."""
        return self.end - self.start if self.end > self.start else 0


def span(start: int, end: int, *, what: str) -> Interval:
    """An interval as somebody entered it. Raises ReversedInterval, naming `what`, when it ends before it starts."""
    if end < start:
        raise ReversedInterval(what, start, end)
    return Interval(start, end)


def union(intervals: Iterable[Interval]) -> Iterator[Interval]:
    """Merge overlapping and touching intervals; the result is sorted and disjoint.

    Overlapping outages count once (calculation, section 2).
    """
    return merge(sorted(intervals))


def merge(intervals: Iterable[Interval], gap: int = 0) -> Iterator[Interval]:
    """Union of intervals that already come in order of their start, at most `gap` seconds apart; may be endless."""
    merged: Interval | None = None
    for interval in intervals:
        if interval.start >= interval.end:
            continue
        if merged is None:
            merged = interval
        elif interval.start > merged.end + gap:
            yield merged
            merged = interval
        else:
            merged = Interval(merged.start, max(merged.end, interval.end))
    if merged is not None:
        yield merged


def intersect(left: Iterable[Interval], right: Iterable[Interval]) -> Iterator[Interval]:
    """The time that is in both; both sides sorted and disjoint, and so is the result."""
    others = iter(right)
    other = next(others, None)
    for interval in left:
        while other is not None and other.end <= interval.start:
            other = next(others, None)
        while other is not None and other.start < interval.end:
            yield Interval(max(interval.start, other.start), min(interval.end, other.end))
            if other.end > interval.end:
                break
            other = next(others, None)


def subtract(left: Iterable[Interval], right: Iterable[Interval]) -> Iterator[Interval]:
    """The time of the left that is not in the right; both sides sorted and disjoint, and so is the result."""
    others = iter(right)
    other = next(others, None)
    for interval in left:
        start = interval.start
        while other is not None and other.end <= start:
            other = next(others, None)
        while other is not None and other.start < interval.end:
            if start < other.start:
                yield Interval(start, other.start)
            start = max(start, other.end)
            if other.end > interval.end:
                break
            other = next(others, None)
        if start < interval.end:
            yield Interval(start, interval.end)


def clip(intervals: Iterable[Interval], bounds: Interval) -> Iterator[Interval]:
    """The part of each interval that lies inside the bounds; empty parts are dropped."""
    for interval in intervals:
        inside = Interval(max(interval.start, bounds.start), min(interval.end, bounds.end))
        if inside.start < inside.end:
            yield inside


def measure(intervals: Iterable[Interval]) -> int:
    """Seconds covered by the intervals, overlaps counted once."""
    return sum(end - start for start, end in union(intervals))


class Ruler:
    """Measures many spans against one set of time: each in the logarithm of its size, after one pass to build.

    It holds F(t), the seconds of the set up to t, so that the seconds inside [a, b) are F(b) - F(a).
    """

    def __init__(self, intervals: Iterable[Interval]) -> None:
        self.intervals = tuple(union(intervals))
        self._starts = [interval.start for interval in self.intervals]
        self._ends = [interval.end for interval in self.intervals]
        self._before = [0, *accumulate(interval.seconds for interval in self.intervals)]

    @property
    def seconds(self) -> int:
        """The size of the whole set."""
        return self._before[-1]

    def until(self, instant: int) -> int:
        """F(t): seconds of the set before the instant."""
        begun = bisect_right(self._starts, instant)
        if not begun:
            return 0
        return self._before[begun] - max(0, self._ends[begun - 1] - instant)

    def within(self, interval: Interval) -> int:
        """Seconds of the set inside the interval; nothing when it is empty."""
        start, end = interval
        return self.until(end) - self.until(start) if start < end else 0

    def inside(self, interval: Interval) -> Iterator[Interval]:
        """The pieces of the set inside the interval, in order; none when it is empty."""
        start, end = interval
        until = bisect_left(self._starts, end) if start < end else 0
        for at in range(bisect_right(self._ends, start), until):
            piece = self.intervals[at]
            yield Interval(max(piece.start, start), min(piece.end, end))

    def first_within(self, interval: Interval) -> int | None:
        """The first second of the set inside the interval, or None."""
        if not self.within(interval):
            return None
        last = bisect_right(self._starts, interval.start) - 1
        if last >= 0 and interval.start < self.intervals[last].end:
            return interval.start
        return self._starts[last + 1]
