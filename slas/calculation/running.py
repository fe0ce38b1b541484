"""A month that still runs: so far, if nothing else happens, and at worst (calculation, sections 9 and 15)."""

from dataclasses import dataclass
from fractions import Fraction

from slas.calculation.availability import AvailabilityFigure
from slas.calculation.shares import ShareFigure
from slas.calculation.status import CloseRule, Standing, Status, judge_running


@dataclass(frozen=True)
class RunningFigure:
    """Three numbers and the room left; `elapsed` and `whole` are seconds that count, so far and in the whole period."""

    elapsed: int
    whole: int
    lost: Fraction
    target: Fraction

    @property
    def so_far(self) -> Fraction | None:
        """Availability of the time that has passed."""
        return (self.elapsed - self.lost) / self.elapsed if self.elapsed else None

    @property
    def if_nothing_else(self) -> Fraction | None:
        """Availability of the whole period if no more is lost."""
        return (self.whole - self.lost) / self.whole if self.whole else None

    @property
    def worst(self) -> Fraction | None:
        """Availability of the whole period if all the rest is lost."""
        return (self.elapsed - self.lost) / self.whole if self.whole else None

    @property
    def standing(self) -> Standing:
        """What is lost so far against the room of the whole period."""
        return Standing(self.lost, (1 - self.target) * self.whole, Fraction(self.whole))

    @property
    def burn(self) -> Fraction | None:
        """How fast the room goes: 1 uses it up exactly at the end; None before any time counts or without room."""
        return burn(self.lost, self.elapsed, self.target)

    def status(self, close: CloseRule) -> Status:
        """Kept, close, at risk or missed, as things stand; no cases where no time of the period counts."""
        return judge_running(self.standing, self.burn, close) if self.whole else Status.NO_CASES


@dataclass(frozen=True)
class RunningShare:
    """The same of a share; `to_come` are neither good nor lost yet. None: nobody can say how many they are."""

    figure: ShareFigure
    to_come: int | None

    @property
    def so_far(self) -> Fraction | None:
        """The share of what was counted."""
        return self.figure.share

    @property
    def if_nothing_else(self) -> Fraction | None:
        """The share if all that is to come is good."""
        return self._with(self.to_come or 0)

    @property
    def worst(self) -> Fraction | None:
        """The share if all that is to come is lost; None where nobody can say how much that is."""
        return None if self.to_come is None else self._with(0)

    def _with(self, good: int) -> Fraction | None:
        whole = self.figure.whole + (self.to_come or 0)
        return Fraction(self.figure.good + good, whole) if whole else None


def in_proportion(figure: ShareFigure, passed: int, left: int) -> int | None:
    """How many are to come in the service seconds that are left: as many as so far in the known part of those passed,
    rounded up; None where none of them is known.
    """
    known = passed * figure.known_time
    return -(-figure.due * left // known) if known else None


def burn(lost: Fraction, elapsed: int, target: Fraction) -> Fraction | None:
    """(lost / elapsed) / (1 - target); None while nothing has elapsed, and where no room was agreed."""
    return lost / elapsed / (1 - target) if elapsed and target < 1 else None


def running(so_far: AvailabilityFigure, whole: AvailabilityFigure, target: Fraction) -> RunningFigure:
    """The running month from the figure of the time that has passed and that of the whole period.

    `whole` is measured over the whole period with the same facts, so that planned work still to come is taken out.
    """
    return RunningFigure(so_far.judged_seconds, whole.counted_seconds, so_far.lost, target)
