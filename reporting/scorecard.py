"""How many promises of a month were kept, and how the month stands as a whole (calculation, section 13)."""

from collections.abc import Iterable
from dataclasses import dataclass

from slas.calculation.status import Status, overall

NOT_JUDGED = frozenset({Status.TRIAL, Status.NO_CASES})


@dataclass(frozen=True)
class Standing:
    """One promise: its status, whether it counts for the month as a whole, and whether its period still runs."""

    status: str
    is_mandatory: bool = True
    is_running: bool = False

    @property
    def is_open(self) -> bool:
        """Neither kept nor missed before its period ends; what is missed while it runs is missed for certain."""
        return self.is_running and Status(self.status) not in NOT_JUDGED | {Status.MISSED}


@dataclass(frozen=True)
class Scorecard:
    """Promises that could be judged, and how many of them were kept, only just kept, missed, or without data.

    `kept` holds those that were only just kept too. `running` are not judged yet, because their period still runs.
    """

    judged: int
    kept: int
    close: int
    missed: int
    data_gap: int
    disputed: int
    running: int
    overall: str


def score(standings: Iterable[Standing]) -> Scorecard:
    """Count the promises of a month; trial and no cases do not count, and only mandatory ones decide the whole.

    A promise whose period still runs is counted apart; the whole hears of it only that it is at risk.
    """
    all_of_them = tuple(standings)
    settled = [standing for standing in all_of_them if not standing.is_open]
    judged = [status for status in (Status(standing.status) for standing in settled) if status not in NOT_JUDGED]
    close = judged.count(Status.CLOSE)
    at_risk = [standing for standing in all_of_them if Status(standing.status) is Status.AT_RISK]
    mandatory = (Status(standing.status) for standing in (*settled, *at_risk) if standing.is_mandatory)
    return Scorecard(
        judged=len(judged),
        kept=judged.count(Status.KEPT) + close,
        close=close,
        missed=judged.count(Status.MISSED),
        data_gap=judged.count(Status.DATA_GAP),
        disputed=judged.count(Status.DISPUTED),
        running=len(all_of_them) - len(settled),
        overall=overall(mandatory).value,
    )
