"""Cases in words: how one stands, what happened on its way, and how long cases took (calculation, sections 4 and 5)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from portal.language import dates
from portal.language.durations import lost_time
from slas.calculation.cases import CaseState, PauseFlag
from slas.models import PercentileChoice

CASE_STATES = {
    CaseState.MET.value: "In time",
    CaseState.LATE.value: "Late",
    CaseState.OVERDUE.value: "Still open and late",
    CaseState.OPEN.value: "Not due yet",
    CaseState.MERGED.value: "Goes on in another",
    CaseState.LEFT_OUT.value: "Left out",
    CaseState.UNKNOWN.value: "Unknown",
}
PARTS = {"50": "Half of the cases", "90": "Nine of ten cases"}


def state_words(case: Mapping[str, Any], zone: str) -> str:
    """How a case stands and why, and what of its ledger a reader should know."""
    state = CASE_STATES[case["state"]]
    first = f"{state}: {case['why']}" if case["why"] else state
    return ". ".join([first, *(_entry(each, zone) for each in case.get("ledger", ()))])


def _entry(entry: Mapping[str, Any], zone: str) -> str:
    if entry["what"] == "joined":
        return f"{entry['case']} was merged into it"
    if entry["what"] == "astray":
        return f"Merged into {entry['case']}, which does not go on: it counts itself"
    if entry["what"] == "elsewhere":
        return f"{entry['case']} has a priority that this promise does not count"
    at = dates.moment(dates.local(datetime.fromisoformat(entry["at"]), zone))
    if entry["what"] == "reopened":
        return f"Opened again {at}"
    said = {
        PauseFlag.LONG: "was longer than agreed, and no note says why",
        PauseFlag.APPROVED: f"was entered afterwards, approved by {entry['by']}",
        PauseFlag.NOT_APPROVED: "was entered afterwards and counts from its entry: nobody approved it",
    }
    return f"The pause from {at} ({entry['reason']}) {said[PauseFlag(entry['what'])]}"


def times_words(result: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """How long a part of the cases took: which part, the time, and by which method it was found.

    Where an open case stands at or before the rank its time still runs: it took at least so long.
    """
    for each in result.get("times", ()):
        took = lost_time(Fraction(each["seconds"]))
        rank = Fraction(each["rank"])
        place = f"{rank}" if rank.denominator == 1 else f"{float(rank):.1f}"
        method = PercentileChoice(each["method"]).label
        how = f"Place {place} of {each['count']} in order of time. {method}"
        yield PARTS[each["percent"]], f"at least {took}" if each["at_least"] else took, how
