"""How many promises of a month were kept, and how the month stands as a whole (calculation, section 13)."""

from collections.abc import Iterable
from dataclasses import dataclass

from slas.calculation.status import Status, overall

NOT_JUDGED = frozenset({Status.TRIAL, Status.NO_CASES})


@dataclass(frozen=True)
class Standing:
    """One promise: its status, and whether it counts for the month as a whole."""

    status: str
    is_mandatory: bool = True


@dataclass(frozen=True)
class Scorecard:
    """Promises that could be judged, and how many of them were kept, only just kept, missed, or without data.

    `kept` holds those that were only just kept too.
    """

    judged: int
    kept: int
    close: int
    missed: int
    data_gap: int
    disputed: int
    overall: str


def score(standings: Iterable[Standing]) -> Scorecard:
    """Count the promises of a month; trial and no cases do not count, and only mandatory ones decide the whole."""
    all_of_them = tuple(standings)
    statuses = [Status(standing.status) for standing in all_of_them]
    judged = [status for status in statuses if status not in NOT_JUDGED]
    close = judged.count(Status.CLOSE)
    mandatory = (Status(standing.status) for standing in all_of_them if standing.is_mandatory)
    return Scorecard(
        judged=len(judged),
        kept=judged.count(Status.KEPT) + close,
        close=close,
        missed=judged.count(Status.MISSED),
        data_gap=judged.count(Status.DATA_GAP),
        disputed=judged.count(Status.DISPUTED),
        overall=overall(mandatory).value,
    )
