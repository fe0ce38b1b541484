"""When a case is due whose clock stood still: by Parley's rules, and by those of others (calculation, section 4)."""

from collections.abc import Sequence

from slas.calculation.conventions import Convention
from slas.calculation.deadlines import TimeLimit, due_at
from slas.calculation.intervals import Interval, Ruler, subtract, union
from slas.calculation.service_hours import ServiceHours, spend


def stood_still(paused: tuple[Interval, ...], solved: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """All time in which the clock stood still."""
    return tuple(union((*paused, *solved))) if solved else paused


def due_with_pauses(hours: ServiceHours, opened_at: int, limit: TimeLimit, paused: Sequence[Interval]) -> int:
    """The due instant moved on by the service time of the pauses before it; pauses sorted and disjoint."""
    due = due_at(hours, opened_at, limit)
    if not paused:
        return due
    before_due = Ruler(hours.working(Interval(opened_at, due)))
    owed = sum(before_due.within(piece) for piece in paused)
    return spend(subtract(hours.openings_from(due), paused), owed, hours.zone) if owed else due


def due_by(
    by: Convention,
    hours: ServiceHours,
    opened_at: int,
    limit: TimeLimit,
    paused: tuple[Interval, ...],
    solved: tuple[Interval, ...] = (),
) -> int:
    """The due instant by a convention, Parley's or that of others; pauses and solved time sorted and disjoint."""
    if by.pauses_in_clock_time:
        due = _due_on_the_clock(hours, opened_at, limit, paused, solved)
    else:
        due = due_with_pauses(hours, opened_at, limit, stood_still(paused, solved))
    return hours.next_open(due) if by.due_at_next_opening else due


def _due_on_the_clock(
    hours: ServiceHours,
    opened_at: int,
    limit: TimeLimit,
    paused: tuple[Interval, ...],
    solved: tuple[Interval, ...],
) -> int:
    """The due instant moved on by the whole length of each pause that began before it, within service hours or not."""
    due = due_at(hours, opened_at, limit)
    still = [(piece.start, piece.seconds) for piece in subtract(paused, solved)]
    still += [(piece.start, hours.elapsed(*piece)) for piece in solved]
    for start, seconds in sorted(still):
        if start <= due and seconds:
            due = hours.due(due, seconds)
    return due
