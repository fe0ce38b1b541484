"""A ServiceNow-style event log: several rows for each case, one for each update, with the state it was left in.

What the log does not say is stated, not guessed: see `CLOCK`, which belongs beside each figure made from it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from slas.importers.rows.times import EARLIEST, LATEST
from slas.importers.tables import FieldError, Row, RowError, parse, required, text
from slas.queries.rows import CaseRow, PauseRow, PriorityRow, ReopeningRow

COLUMNS = (
    *("number", "incident_state", "opened_at", "sys_updated_at", "resolved_at"),
    *("priority", "category", "subcategory"),
)
# As much as a case keeps of each; both parts of the title are kept together.
MOST_NUMBER, MOST_PRIORITY, MOST_STATE, MOST_CATEGORY = 100, 60, 80, 149
UNKNOWN = "?"
WAITS = "Awaiting "
SOLVED, CLOSED = "Resolved", "Closed"
CANCELLED = frozenset({"Canceled", "Cancelled"})
NOT_SAID = "The log does not say when it was solved"
CLOCK = (
    "The clock stops at resolved_at; where the log leaves that open, at the last change to “Resolved”. It stands still "
    "in each state “Awaiting …” and between a solution and the reopening after it. The last priority counts; earlier "
    "ones are kept with the time until which they held."
)
NO_REPLY = "The log holds no first reply, so nobody can tell when a case was answered."


@dataclass(frozen=True)
class Event:
    """One row of the log: the state of a case after an update."""

    number: str
    state: str
    opened_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    priority: str
    title: str


@dataclass(frozen=True)
class TicketLog:
    """The cases of a log, and the rows that cannot be used; a case with such a row is left out as a whole."""

    cases: tuple[CaseRow, ...]
    errors: tuple[RowError, ...]


def parse_log(rows: Iterable[tuple[int, Row]], zone: ZoneInfo) -> TicketLog:
    """Cases with their pauses; times of the log name no zone and are taken as local times of `zone`."""
    rows = list(rows)
    parsed = parse(rows, lambda row: _event(row, zone))
    numbers = {number: row.get("number", "") for number, row in rows}
    broken = {numbers[error.row] for error in parsed.errors}
    first_row = {row["number"]: number for number, row in reversed(rows)}
    cases: list[CaseRow] = []
    errors = list(parsed.errors)
    for number, events in _by_case(parsed.items).items():
        if number in broken:
            continue
        case = _case(events)
        if case.resolved_at is not None and case.resolved_at < case.opened_at:
            errors.append(RowError(first_row[number], "resolved_at", "is before opened_at"))
        else:
            cases.append(case)
    return TicketLog(tuple(cases), tuple(errors))


def _event(row: Row, zone: ZoneInfo) -> Event:
    opened, updated = (_instant(row, name, zone) for name in ("opened_at", "sys_updated_at"))
    return Event(
        number=required(row, "number", MOST_NUMBER),
        state=required(row, "incident_state", MOST_STATE),
        opened_at=opened,
        updated_at=updated,
        resolved_at=None if row["resolved_at"] in ("", UNKNOWN) else _instant(row, "resolved_at", zone),
        priority="" if row["priority"] == UNKNOWN else text(row, "priority", MOST_PRIORITY),
        title=", ".join(
            text(row, name, MOST_CATEGORY) for name in ("category", "subcategory") if row[name] not in ("", UNKNOWN)
        ),
    )


def _instant(row: Row, field: str, zone: ZoneInfo) -> datetime:
    try:
        return _utc(row[field], zone)
    except ValueError as error:
        raise FieldError(field, f"“{row[field]}” is not a time such as 29/2/2016 01:16") from error


@lru_cache(maxsize=100_000)
def _utc(text: str, zone: ZoneInfo) -> datetime:
    """Each update of a case repeats its times: they are read once."""
    found = datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=zone)
    if not EARLIEST.year <= found.year < LATEST.year:
        raise ValueError(text)
    return found.astimezone(UTC)


def _by_case(events: Iterable[Event]) -> Mapping[str, Sequence[Event]]:
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.number, []).append(event)
    return {number: sorted(each, key=lambda event: event.updated_at) for number, each in found.items()}


@dataclass(frozen=True)
class Spell:
    """A time in one state, and the state after it; without an end it lasts."""

    state: str
    start: datetime
    end: datetime | None
    then: str

    @property
    def pause_reason(self) -> str:
        """Why the clock stands still in this time; nothing when it runs."""
        return self.state if self.state.startswith(WAITS) else ""

    @property
    def was_reopened(self) -> bool:
        """Whether this time lies between a solution and a reopening."""
        return self.state == SOLVED and self.then not in ("", CLOSED)


def _spells(events: Sequence[Event]) -> Iterator[Spell]:
    changes = [events[0], *(after for before, after in pairwise(events) if before.state != after.state)]
    for event, following in pairwise(changes):
        yield Spell(event.state, event.updated_at, following.updated_at, following.state)
    yield Spell(changes[-1].state, changes[-1].updated_at, None, "")


def _case(events: Sequence[Event]) -> CaseRow:
    last, spells = events[-1], list(_spells(events))
    solved = last.resolved_at or _last_solution(spells)
    excluded = last.state if last.state in CANCELLED else ""
    unknown = NOT_SAID if solved is None and last.state == CLOSED else ""
    return CaseRow(
        key=last.number,
        opened_at=last.opened_at,
        priority=last.priority,
        resolved_at=solved,
        excluded_reason=excluded,
        unknown_reason=unknown,
        title=last.title,
        pauses=tuple(
            PauseRow(start, end, spell.pause_reason)
            for spell, start, end in _within(spells, last.opened_at, solved)
            if spell.pause_reason
        ),
        reopenings=tuple(
            ReopeningRow(start, end)
            for spell, start, end in _within(spells, last.opened_at, solved)
            if spell.was_reopened and end is not None
        ),
        priority_changes=tuple(
            PriorityRow(after.updated_at, before.priority)
            for before, after in pairwise(events)
            if before.priority not in ("", after.priority) and after.updated_at > last.opened_at
        ),
    )


def _last_solution(spells: Sequence[Spell]) -> datetime | None:
    if spells[-1].state not in (SOLVED, CLOSED):
        return None
    return max((spell.start for spell in spells if spell.state == SOLVED), default=None)


def _within(
    spells: Sequence[Spell], opened: datetime, solved: datetime | None
) -> Iterator[tuple[Spell, datetime, datetime | None]]:
    """The part of each spell in which the case was open or waited to be opened again."""
    for spell in spells:
        start = max(spell.start, opened)
        end = min(filter(None, (spell.end, solved)), default=None)
        if end is None or start < end:
            yield spell, start, end
