"""What differs in a figure, as people read it: the event or date by its name, its part in words, times on its clock."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from portal.language import dates
from slas.calculation.differences import Difference, is_instant, is_interval
from slas.calculation.outcomes.interruptions import FAILURE_FATES
from slas.calculation.reliability import NO_DATA, FailureFate
from slas.queries.evidence import moment

NAMED = {
    ("facts", "outages"): "The outage of {}",
    ("facts", "planned_works"): "The work of {}",
    ("cases",): "The case {}",
    ("records",): "The record of {}",
    ("lasting",): "The failure from {}",
}
ALONE = {
    ("facts", "unknown"): "Time without data",
    ("records",): "Its records",
    ("figure",): "The sum",
    ("at_fewest",): "How many interruptions are certain",
    ("span",): "The time that is judged",
    ("target",): "The level",
    ("terms",): "The terms",
    ("limit",): "The limit",
    ("schedule",): "The dates that are due",
}
# Planned work, and what checks found, among outages that are named by their instant alone.
NAMED_BY_INSTANT = frozenset({"work", "checks"})
PARTS = {
    "start": "start",
    "end": "end",
    "ended_at": "real end",
    "opened_at": "opening",
    "stopped_at": "solution",
    "completed_at": "completion",
    "announced_at": "announcement",
    "approved_at": "approval",
}


def told(difference: Difference, zone: str) -> tuple[str, str, str]:
    """What differs, and what was said and is found there: (`The outage of 6 October, 05:12: end`, `06:44`, `05:14`)."""
    where, on, rest = _named(difference.place, zone)
    said, found = (_value(each, difference.place, on, zone) for each in (difference.said, difference.found))
    parts = [PARTS.get(part, part.replace("_", " ")) for part in rest if not part.isdecimal()]
    return f"{where}: {', '.join(parts)}" if parts else where, said, found


def _named(place: tuple[str, ...], zone: str) -> tuple[str, date | None, tuple[str, ...]]:
    """The fact in words, its date where it has one, and the way on from it."""
    for root, words in NAMED.items():
        depth = len(root)
        if place[:depth] == root and len(place) > depth:
            name, on = _name(place[depth], zone)
            return words.format(name), on, place[depth + 1 :]
    for root, words in ALONE.items():
        if place[: len(root)] == root:
            return words, None, place[len(root) :]
    return place[0].replace("_", " ").capitalize(), None, place[1:]


def _name(name: str, zone: str) -> tuple[str, date | None]:
    """A name that is an instant or a date is told as one, also with what was then."""
    what, _, said = name.rpartition(" ")
    try:
        is_second = what == NO_DATA and said.isdecimal()
        at = moment(int(said)) if is_second else datetime.fromisoformat(said if what in NAMED_BY_INSTANT else name)
    except ValueError:
        return name, None
    if at.tzinfo is None:
        return dates.day_long(at.date()), at.date()
    here = dates.local(at, zone)
    return dates.moment_long(here), here.date()


def _value(value: Any, place: tuple[str, ...], on: date | None, zone: str) -> str:
    if value is None:
        return "nothing"
    if place[0] == "lasting":
        return FAILURE_FATES[FailureFate(value)].lower()
    if is_instant(place, value):
        return _instant(value, on, zone)
    if is_interval(value):
        return " to ".join(_instant(second, on, zone) for second in value)
    if isinstance(value, Mapping) and is_interval([value.get("start"), value.get("end")]):
        return " to ".join(_instant(value[name], on, zone) for name in ("start", "end"))
    text = Difference(place, value, None).said_words
    return text.removeprefix(f"{on.isoformat()} ") if on else text


def _instant(second: int, on: date | None, zone: str) -> str:
    """`05:14`, with its date where that is another than the fact's, and with seconds where it has some."""
    here = dates.local(moment(second), zone)
    clock = f"{here:%H:%M:%S}" if here.second else dates.clock(here)
    return clock if here.date() == on else f"{dates.day_long(here.date())}, {clock}"
