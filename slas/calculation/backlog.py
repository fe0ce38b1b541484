"""Backlog: how old the open cases are in working time, and not only how many there are (calculation, section 6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from slas.calculation.errors import RepeatedMember
from slas.calculation.intervals import Interval, Ruler
from slas.calculation.ledger import Case
from slas.calculation.proof import Line, Proof, Role, Unit, prove
from slas.calculation.seen import seen_hours
from slas.calculation.service_hours import ServiceHours
from slas.calculation.shares import Observed, Percentile, nearest_rank


@dataclass(frozen=True)
class BacklogFigure:
    """Open cases at one instant with their age in seconds of service time, the oldest first."""

    ages: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """How many are open."""
        return len(self.ages)

    @property
    def total(self) -> int:
        """Their ages together."""
        return sum(seconds for _, seconds in self.ages)

    @property
    def oldest(self) -> int | None:
        """The age of the oldest; None without a backlog."""
        return self.ages[0][1] if self.ages else None

    def percentile(self, percent: str) -> Percentile | None:
        """The age at a nearest rank, such as `50` for the one in the middle."""
        return nearest_rank((Observed(age) for _, age in self.ages), percent)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The sum: how many, each with its age, the middle and the oldest."""
        ages = tuple((name, Fraction(age)) for name, age in self.ages)
        lines = [
            Line("open", Role.TOTAL, Unit.COUNT, Fraction(self.count), ages),
            Line("age_together", Role.TOTAL, Unit.SECONDS, Fraction(self.total)),
        ]
        middle = self.percentile("50")
        if middle is not None and self.oldest is not None:
            lines += [
                Line("age_in_the_middle", Role.PART, Unit.SECONDS, Fraction(middle.seconds)),
                Line("age_of_the_oldest", Role.PART, Unit.SECONDS, Fraction(self.oldest)),
            ]
        return tuple(lines)


def measure_backlog(hours: ServiceHours, cases: Iterable[Case], as_of: int) -> BacklogFigure:
    """Cases that were open at the instant; left out ones and those that go on in another do not count.

    Their age is W(opened, as_of): what happened to their clocks is a question of their targets. Raises RepeatedMember.
    """
    cases = tuple(cases)
    RepeatedMember.check(case.id for case in cases)
    waiting = [case for case in cases if _is_waiting(case, as_of)]
    first = min((case.opened_at for case in waiting), default=as_of)
    working = Ruler(hours.working(Interval(first, as_of)))
    ages = ((case.id, working.within(Interval(case.opened_at, as_of))) for case in waiting)
    return BacklogFigure(tuple(sorted(ages, key=lambda each: (-each[1], each[0]))))


def _is_waiting(case: Case, as_of: int) -> bool:
    is_stopped = case.stopped_at is not None and case.stopped_at <= as_of
    is_solved = any(solved <= as_of < reopened for solved, reopened in case.reopenings)
    is_open = case.opened_at < as_of and not is_stopped and not is_solved
    return is_open and not case.left_out and not case.merged_into


def prove_backlog(hours: ServiceHours, cases: Iterable[Case], as_of: int, figure: BacklogFigure) -> Proof:
    """The proof of a backlog: when each open case was opened; what happens to it later changes nothing."""
    names = {name for name, _ in figure.ages}
    opened = sorted((case.opened_at, case.id) for case in cases if case.id in names)
    seen = Interval(opened[0][0] if opened else as_of, as_of)
    inputs = {"hours": seen_hours(hours, seen), "opened": opened, "as_of": as_of}
    return prove("backlog", inputs, figure.lines, tuple(name for _, name in opened))
