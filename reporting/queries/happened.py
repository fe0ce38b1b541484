"""What took time from a promise in a period: outages, and planned work as far as it counts as down."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from portal.language import dates

Event = dict[str, Any]


def list_events(result: Mapping[str, Any] | None) -> list[Event]:
    """The events in a stored result, in order of time; of planned work those of which a part counts as down."""
    if not result:
        return []
    works = [_as_event(work) for work in result.get("planned") or [] if Fraction(work["counted_seconds"])]
    return sorted([*(result.get("events") or []), *works], key=lambda event: (event["started_at"], event["id"]))


def _as_event(work: Mapping[str, Any]) -> Event:
    start, end = (datetime.fromisoformat(work[key]) for key in ("starts_at", "ends_at"))
    return {
        "id": f"work {work['id']}",
        "started_at": work["starts_at"],
        "ended_at": work["ends_at"],
        "what": work["title"],
        "cause": work["why"],
        "component": "",
        "is_degraded": False,
        "seconds": int((end - start).total_seconds()),
        "counted_seconds": work["counted_seconds"],
        "pieces": work["pieces"],
        "why": work["why"],
    }


def pieces_of(event: Event, zone: str) -> list[tuple[datetime, datetime]]:
    """When the event took time from the promise, on the clocks of the zone."""
    return [
        (dates.local(datetime.fromisoformat(start), zone), dates.local(datetime.fromisoformat(end), zone))
        for start, end in event["pieces"]
    ]
