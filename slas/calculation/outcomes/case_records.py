"""What is kept of each case behind a figure, and how long cases took (calculation, sections 4 and 5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from slas.calculation.cases import Attribution, CaseResult, CasesFigure, CaseState, CaseTerms
from slas.calculation.intervals import Interval
from slas.calculation.outcomes.frame import exact, instant
from slas.calculation.shares import PercentileMethod, percentile

LATE = (CaseState.LATE.value, CaseState.OVERDUE.value)
TIMES = ("50", "90")
COUNTED = {
    Attribution.DUE: "",
    Attribution.STOPPED: "Cases count where their clock stopped: what is open and late is not in it.",
    Attribution.OPENED: "Cases count where they were opened, and are looked at until each is solved or overdue.",
}

LAST_OF_VERSION = "Cases that were opened before this version of the agreement ended count by it, also those due later."
FIRST_OF_VERSION = "Cases that were opened before this version of the agreement count by the one before."


def rule_words(span: Interval, terms: CaseTerms) -> str:
    """Which cases the span counts, where that is not those that are due in it under one version of the agreement."""
    versions = ""
    if terms.until is not None and span.end >= terms.until:
        versions = LAST_OF_VERSION
    elif terms.since is not None and terms.since >= span.start:
        versions = FIRST_OF_VERSION
    return " ".join(filter(None, (COUNTED[terms.attribution], versions)))


@dataclass(frozen=True)
class CaseStory:
    """What is told of a case beside its clock."""

    title: str = ""
    priority: str = ""


def case_records(figure: CasesFigure, stories: Mapping[str, CaseStory]) -> list[dict[str, Any]]:
    """All cases of the period, also those that were left out, go on in another, or of which nobody knows."""
    return [_record(each, stories.get(each.case.again or each.id, CaseStory())) for each in figure.results]


def _record(result: CaseResult, story: CaseStory) -> dict[str, Any]:
    case = result.case
    kept = {
        "key": case.id,
        "title": story.title,
        "priority": story.priority,
        "opened_at": instant(case.opened_at),
        "due_at": instant(result.due_at),
        "resolved_at": instant(case.stopped_at),
        "elapsed_seconds": result.elapsed_seconds,
        "paused_seconds": result.paused_seconds,
        "state": result.state.value,
        "why": case.merged_into or case.left_out or case.unknown,
    }
    ledger = list(_ledger(result))
    return kept | {"ledger": ledger} if ledger else kept


def _ledger(result: CaseResult) -> Iterator[dict[str, Any]]:
    """What happened to the case on its way that a reader should know."""
    for other in result.case.joined:
        yield {"what": "joined", "case": other}
    if result.case.astray:
        yield {"what": "astray", "case": result.case.astray}
    if result.case.elsewhere:
        yield {"what": "elsewhere", "case": result.case.elsewhere}
    for solved, reopened in result.case.reopenings:
        yield {"what": "reopened", "at": instant(reopened), "solved_at": instant(solved)}
    for pause, flag in result.flags:
        yield {"what": flag.value, "at": instant(pause.start), "reason": pause.reason, "by": pause.approved_by}


def times_of(figure: CasesFigure, method: PercentileMethod) -> list[dict[str, Any]]:
    """How long half of the cases and nine of ten took at most, open ones as “at least”; nothing without a case.

    Where the method has no value for so few cases, that percentile is left out.
    """
    durations = figure.durations
    found = ((q, percentile(durations, q, method)) for q in TIMES)
    return [
        {
            "percent": q,
            "seconds": exact(each.seconds),
            "rank": exact(each.rank),
            "count": each.count,
            "at_least": each.at_least,
            "method": each.method.value,
        }
        for q, each in found
        if each is not None
    ]
