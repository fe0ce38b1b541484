"""From a figure to a status: kept, close, missed, or why there is none of these (calculation, section 13)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from slas.calculation.errors import NoShare
from slas.calculation.missing import Evidence


class Status(Enum):
    """How a target stands in a period; the value is what a column holds."""

    KEPT = "kept"
    CLOSE = "close"
    MISSED = "missed"
    AT_RISK = "at_risk"
    TRIAL = "trial"
    DISPUTED = "disputed"
    DATA_GAP = "data_gap"
    NO_CASES = "no_cases"

    @property
    def letter(self) -> str:
        """The letter inside the mark; no two statuses share one."""
        return _LETTERS[self]


_LETTERS = {
    Status.KEPT: "K",
    Status.CLOSE: "C",
    Status.MISSED: "M",
    Status.AT_RISK: "R",
    Status.TRIAL: "T",
    Status.DISPUTED: "D",
    Status.DATA_GAP: "G",
    Status.NO_CASES: "N",
}

# Worst first. At risk stands for a month that still runs; trial and no cases do not count.
_WORST_FIRST = (
    Status.MISSED,
    Status.DATA_GAP,
    Status.DISPUTED,
    Status.AT_RISK,
    Status.CLOSE,
    Status.KEPT,
)


@dataclass(frozen=True)
class CloseRule:
    """When a kept target is only just kept: more than this share of the room used, or a value within the margin.

    `margin` is a share (1/1000 = 0.1 percentage points). None switches that half off. Where no room was agreed nothing
    is close: kept is then without any loss.
    """

    room_used: Fraction | None = Fraction(3, 4)
    margin: Fraction | None = None

    def __post_init__(self) -> None:
        for what, part in (("The room used", self.room_used), ("The margin", self.margin)):
            if part is not None and not 0 <= part <= 1:
                raise NoShare(what, part)


@dataclass(frozen=True)
class Standing:
    """What was lost, what was allowed to be lost, and the whole both are a part of; all three in the same unit.

    Availability: seconds. Shares: cases, orders or answers. Occasions: occasions.
    """

    lost: Fraction
    room: Fraction
    whole: Fraction

    @property
    def met(self) -> bool:
        """Equality is met (calculation, section 12)."""
        return self.lost <= self.room

    @property
    def room_used(self) -> Fraction | None:
        """Share of the room that is used; None where no room was agreed."""
        return self.lost / self.room if self.room else None

    @property
    def left(self) -> Fraction:
        """Room that is left; negative when missed."""
        return self.room - self.lost


@dataclass(frozen=True)
class Verdict:
    """The status of one target in one period, and what it rests on.

    `met` is None where nothing can or need be judged. `certain` is met or missed whatever the unknown time or cases
    hide (None where it depends on them): it is said in words beside a data gap.
    """

    status: Status
    met: bool | None
    certain: bool | None
    standing: Standing | None


def standing_status(standing: Standing, close: CloseRule) -> Status:
    """Kept, close or missed on exact values."""
    if not standing.met:
        return Status.MISSED
    used = standing.room_used
    if used is None:
        return Status.KEPT
    if close.room_used is not None and used > close.room_used:
        return Status.CLOSE
    if close.margin is not None and standing.whole and standing.left / standing.whole < close.margin:
        return Status.CLOSE
    return Status.KEPT


def judge(standing: Standing | None, evidence: Evidence | None, close: CloseRule) -> Verdict:
    """The verdict on a closed period. No evidence: nothing to judge. No standing, or too little coverage: data gap."""
    if evidence is None:
        return Verdict(Status.NO_CASES, met=None, certain=None, standing=None)
    if standing is None or evidence.coverage < evidence.minimum:
        return Verdict(Status.DATA_GAP, met=None, certain=evidence.certain, standing=standing)
    return Verdict(standing_status(standing, close), standing.met, evidence.certain, standing)


def judge_running(standing: Standing, burn: Fraction | None, close: CloseRule) -> Status:
    """The status of a month that still runs; `standing` holds what is lost so far against the room of the WHOLE month.

    At risk: burning faster than the room allows, and at least a quarter of it gone.
    """
    used = standing.room_used
    if standing.met and burn is not None and used is not None and burn > 1 and used >= Fraction(1, 4):
        return Status.AT_RISK
    return standing_status(standing, close)


def trial() -> Verdict:
    """Measured, no target yet."""
    return Verdict(Status.TRIAL, met=None, certain=None, standing=None)


def disputed(verdict: Verdict) -> Verdict:
    """The same figure while a dispute is open: it counts in neither kept nor missed until it is settled."""
    return Verdict(Status.DISPUTED, met=None, certain=None, standing=verdict.standing)


def overall(statuses: Iterable[Status]) -> Status:
    """The worst of the mandatory targets; no cases where none of them counts."""
    present = set(statuses)
    return next((status for status in _WORST_FIRST if status in present), Status.NO_CASES)
