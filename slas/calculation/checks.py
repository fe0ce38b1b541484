"""From single checks to states over time: a check speaks for as long as it was agreed, and then nothing is known."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from slas.calculation.errors import ContradictingChecks
from slas.calculation.intervals import Interval, clip, merge


class State(Enum):
    """What a check found; the value is what a feed sends."""

    UP = "up"
    DEGRADED = "degraded"
    DOWN = "down"


@dataclass(frozen=True)
class Check:
    """One look at a service, at a UTC second."""

    at: int
    state: State


@dataclass(frozen=True)
class States:
    """The time in each state that is not up; sorted and disjoint."""

    down: tuple[Interval, ...]
    degraded: tuple[Interval, ...]
    unknown: tuple[Interval, ...]


def states_of(checks: Iterable[Check], span: Interval, longest_gap: int | None) -> States:
    """States over the span. A check holds until the next one, but for `longest_gap` seconds at most (None: for ever).

    Time before the first check, and the rest of each gap that is longer, is unknown. The order of the checks changes
    nothing; the same check twice is one. Raises ContradictingChecks for two findings at one second.
    """
    pieces = tuple(_pieces(_in_order(checks), span, longest_gap))
    return States(*(_of(pieces, state, span) for state in (State.DOWN, State.DEGRADED, None)))


def _in_order(checks: Iterable[Check]) -> list[Check]:
    ordered = sorted(set(checks), key=lambda check: check.at)
    for at, same in groupby(ordered, key=lambda check: check.at):
        if len(list(same)) > 1:
            raise ContradictingChecks(at)
    return ordered


def _pieces(
    checks: Sequence[Check], span: Interval, longest_gap: int | None
) -> Iterator[tuple[Interval, State | None]]:
    yield Interval(span.start, checks[0].at if checks else span.end), None
    ends = [*(check.at for check in checks[1:]), span.end]
    for check, end in zip(checks, ends, strict=False):
        known_until = end if longest_gap is None else min(end, check.at + longest_gap)
        yield Interval(check.at, known_until), check.state
        yield Interval(known_until, end), None


def _of(pieces: Iterable[tuple[Interval, State | None]], wanted: State | None, span: Interval) -> tuple[Interval, ...]:
    return tuple(clip(merge(interval for interval, state in pieces if state is wanted), span))
