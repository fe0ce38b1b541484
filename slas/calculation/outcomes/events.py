"""What an availability tells of its outages and planned work: each with what became of it, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from slas.calculation.availability import AvailabilityFacts
from slas.calculation.deadlines import WorkingDays, due_at, receipt, working_days
from slas.calculation.intervals import Interval
from slas.calculation.outages import Fate, Outage, OutageUse
from slas.calculation.outcomes.frame import Frame, exact, instant
from slas.calculation.planned_work import Ground, PlannedWork, WorkUse, begun_by
from slas.calculation.service_hours import ServiceHours

FATES = {
    Fate.COUNTED: "Counts",
    Fate.OUTSIDE: "Outside the agreed hours",
    Fate.EXCLUDED: "Inside announced work",
    Fate.WITHIN_ANOTHER: "Already counted with another event",
    Fate.TOO_SHORT: "Shorter than agreed to count",
    Fate.AGREED_NOT_TO_COUNT: "Agreed not to count",
}
GROUNDS = {
    Ground.AGREED: "Announced in time and approved",
    Ground.TYPE_NOT_AGREED: "Not agreed to be taken out",
    Ground.SHORT_NOTICE: "Announced too late",
    Ground.NOT_APPROVED: "Not approved before it started",
}


@dataclass(frozen=True)
class Event:
    """What is told of an outage beside its times; `left_out` is why it is agreed not to count."""

    what: str = ""
    cause: str = ""
    component: str = ""
    left_out: str = ""


def known_facts(frame: Frame, facts: AvailabilityFacts) -> AvailabilityFacts:
    """The facts behind the failures of a period; while it runs, planned work only as far as it has gone."""
    if not frame.is_running:
        return facts
    works, around = (begun_by(each, frame.as_of) for each in (facts.planned_works, facts.works_around))
    return replace(facts, planned_works=works, works_around=around)


def told_outage(use: OutageUse, outage: Outage, event: Event, *, by_users: bool) -> dict[str, Any]:
    """An outage as it is kept with the figure: when, what, what it cost, why, and whom it met where that counts."""
    return {
        "id": use.id,
        "started_at": instant(outage.start),
        "ended_at": instant(outage.end),
        "what": event.what,
        "cause": event.cause,
        "component": event.component,
        "is_degraded": outage.usable > 0,
        "seconds": use.outside + use.excluded + use.shared + use.counted,
        "counted_seconds": exact(use.lost),
        "pieces": _pieces(use.pieces),
        "left_out": event.left_out,
        "affected": exact(outage.affected) if by_users else None,
        "why": _why(use.fate, event),
    }


def _why(fate: Fate, event: Event) -> str:
    """What became of an outage; where it is agreed not to count, with the reason."""
    if fate is Fate.AGREED_NOT_TO_COUNT and event.left_out:
        return f"{FATES[fate]}: {event.left_out}"
    return FATES[fate]


def _pieces(pieces: Iterable[Interval]) -> list[tuple[str | None, str | None]]:
    """When the counted seconds were."""
    return [(instant(start), instant(end)) for start, end in pieces]


def told_work(use: WorkUse, work: PlannedWork, title: str, notice_hours: ServiceHours) -> dict[str, Any]:
    """Planned work as it is kept with the figure: when, what was taken out of the figure or counts, and why."""
    return {
        "id": use.id,
        "starts_at": instant(work.start),
        "ends_at": instant(work.away.end),
        "title": title,
        "excluded_seconds": use.excluded_seconds,
        "counted_seconds": exact(use.counted_down_seconds),
        "pieces": _pieces(use.down),
        "notice_working_days": days_of_notice(work, notice_hours),
        "why": _why_planned(use),
    }


def _why_planned(use: WorkUse) -> str:
    """Whether it was agreed, and what follows; work that was not may still cost nothing."""
    why = GROUNDS[use.ground]
    if use.ground is Ground.AGREED:
        over = "; what is over the cap or the announced end counts as down"
        return f"{why}{over}" if use.counted_down_seconds else why
    if use.counted_down_seconds:
        return f"{why}, so it counts as down"
    return f"{why}, but costs nothing: all of it is in other planned work or outside the agreed hours"


def days_of_notice(work: PlannedWork, hours: ServiceHours) -> int | None:
    """Whole working days between announcement and start, counted as the agreed notice is."""
    if work.announced_at is None or work.announced_at > work.start:
        return None
    days = max(0, working_days(hours, receipt(hours, work.announced_at)[0], hours.date_of(work.start)))
    while days and due_at(hours, work.announced_at, WorkingDays(days)) > work.start:
        days -= 1
    return days
