"""What a case holds several of (pauses, reopenings, other priorities): a list of objects in JSON, lines in a file."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from catalog.importers.files import shown
from slas.importers.rows.schema import Complaint
from slas.importers.rows.times import instant
from slas.importers.rows.values import Surroundings, Unreadable, agreed, words
from slas.queries import rows

SEVERAL = re.compile(r"[;\n]")
# What may stand behind a pause in a file, each after a stroke: `| for: Hartwell Parts | because: out of stock`.
BEHIND = {
    "for": "party",
    "because": "note",
    "entered": "entered_at",
    "by": "entered_by",
    "approved by": "approved_by",
}
A_PAUSE = "2026-10-02T09:00Z/2026-10-02T11:00Z Supplier"
A_REOPENING = "2026-10-02T16:00Z/2026-10-03T09:00Z"
A_PRIORITY = "2026-10-02T16:00Z 3 - Moderate"


@dataclass(frozen=True)
class Ledger:
    """How the parts of one kind are read: what one is called, which part it becomes, and how a line is taken apart."""

    name: str
    part: type[rows.Part]
    of_text: Callable[[str], dict[str, Any]]
    make: Callable[[Mapping[str, Any], Surroundings], rows.Part]

    def __call__(self, value: object, around: Surroundings) -> tuple[rows.Part, ...]:
        if isinstance(value, str):
            lines = [line.strip() for line in SEVERAL.split(value) if line.strip()]
            return tuple(self.make(self.of_text(line), around) for line in lines)
        if not isinstance(value, list):
            raise Unreadable(f"{shown(value)} is not a list", f"Send a list of objects, each a {self.name}.")
        return tuple(self.make(self._known(each), around) for each in value)

    def _known(self, value: object) -> Mapping[str, Any]:
        names = [field.name for field in fields(self.part)]
        if not isinstance(value, Mapping) or not set(value) <= set(names):
            raise Unreadable(f"{shown(value)} is not a {self.name}", f"Send {', '.join(names[:-1])} and {names[-1]}.")
        return value


def _span(text: str, noun: str, example: str) -> tuple[str, str, str]:
    span, _, rest = text.partition(" ")
    start, slash, end = span.partition("/")
    if not slash:
        raise Unreadable(f"{shown(text)} is not a {noun}", f"Write start/end and a reason, like {example}.")
    return start, end, rest.strip()


def _pause_of_text(text: str) -> dict[str, Any]:
    start, end, rest = _span(text, "pause", A_PAUSE)
    reason, *behind = (each.strip() for each in rest.split("|"))
    values: dict[str, Any] = {"started_at": start, "ended_at": end or None, "reason": reason}
    for each in behind:
        name, _, said = each.partition(":")
        if name.strip() not in BEHIND:
            raise Unreadable(
                f"{shown(each)} is not known of a pause", f"Write one of: {', '.join(BEHIND)}, and a colon."
            )
        values[BEHIND[name.strip()]] = said.strip()
    return values


def _pause(values: Mapping[str, Any], around: Surroundings) -> rows.PauseRow:
    if not values.get("started_at") or not values.get("reason"):
        raise Unreadable("A pause needs its start and its reason", "Say since when and why the clock stood still.")
    end, entered, approved = (values.get(name) for name in ("ended_at", "entered_at", "approved_by"))
    return rows.PauseRow(
        started_at=instant(values["started_at"], around),
        ended_at=instant(end, around) if end else None,
        reason=words(80)(values["reason"], around),
        party=words(80)(values.get("party") or "", around),
        note=words(200)(values.get("note") or "", around),
        entered_at=instant(entered, around) if entered else None,
        entered_by=words(80)(values.get("entered_by") or "", around),
        approved_by=words(80)(agreed(approved, around), around) if approved else "",
    )


def _reopening_of_text(text: str) -> dict[str, Any]:
    start, end, rest = _span(text, "reopening", A_REOPENING)
    if rest:
        raise Unreadable(f"{shown(text)} is not a reopening", f"Write when it was solved/opened again: {A_REOPENING}.")
    return {"solved_at": start, "reopened_at": end}


def _reopening(values: Mapping[str, Any], around: Surroundings) -> rows.ReopeningRow:
    if not values.get("solved_at") or not values.get("reopened_at"):
        raise Unreadable("A reopening needs both its times", "Say when it was solved and when it was opened again.")
    return rows.ReopeningRow(instant(values["solved_at"], around), instant(values["reopened_at"], around))


def _priority_of_text(text: str) -> dict[str, Any]:
    at, _, before = text.partition(" ")
    return {"changed_at": at, "before": before.strip()}


def _priority(values: Mapping[str, Any], around: Surroundings) -> rows.PriorityRow:
    if not values.get("changed_at") or not values.get("before"):
        raise Unreadable("A priority needs its end and its name", f"Say until when the case had it, like {A_PRIORITY}.")
    return rows.PriorityRow(instant(values["changed_at"], around), words(60)(values["before"], around))


pauses = Ledger("pause", rows.PauseRow, _pause_of_text, _pause)
reopenings = Ledger("reopening", rows.ReopeningRow, _reopening_of_text, _reopening)
priorities = Ledger("priority", rows.PriorityRow, _priority_of_text, _priority)


def case_adds_up(row: rows.CaseRow) -> Iterator[Complaint]:
    """Times of a case in their order, each row of its ledger named by its start."""
    for name in ("responded_at", "resolved_at"):
        at = getattr(row, name)
        if at is not None and at < row.opened_at:
            opened = rows.plain(row.opened_at)
            yield Complaint(name, f"{rows.plain(at)} is before opened_at {opened}", "Check both times and zones.")
    yield from _pauses_add_up(row)
    yield from _reopenings_add_up(row)
    for change in row.priority_changes:
        if change.changed_at < row.opened_at:
            at = rows.plain(change.changed_at)
            yield Complaint("priority_changes", f"The priority until {at} ended before the case began", "Check it.")
    if row.merged_into == row.key:
        yield Complaint("merged_into", "The case is merged into itself", "Name the case that goes on.")


def _pauses_add_up(row: rows.CaseRow) -> Iterator[Complaint]:
    for pause in row.pauses:
        start = rows.plain(pause.started_at)
        if pause.ended_at is not None and pause.ended_at <= pause.started_at:
            yield Complaint("pauses", f"The pause from {start} ends before it starts", "Check it.")
        if pause.started_at < row.opened_at:
            yield Complaint("pauses", f"The pause from {start} starts before the case", "Check it.")
    starts = [pause.place for pause in row.pauses]
    if len(set(starts)) < len(starts):
        yield Complaint("pauses", "Two pauses start at one instant for one reason", "Keep the right one of the two.")


def _reopenings_add_up(row: rows.CaseRow) -> Iterator[Complaint]:
    """Solved while it was open, opened again after that, solved for good after all."""
    open_since = row.opened_at
    for each in row.reopenings:
        solved, since = rows.plain(each.solved_at), rows.plain(open_since)
        if each.reopened_at <= each.solved_at:
            yield Complaint("reopenings", f"The reopening after {solved} comes before the solution", "Check it.")
        if each.solved_at < open_since:
            yield Complaint("reopenings", f"Solved {solved}, before it was open at {since}", "Put them in order.")
        open_since = each.reopened_at
    if row.reopenings and row.resolved_at is not None and row.resolved_at < open_since:
        last = rows.plain(open_since)
        yield Complaint(
            "resolved_at",
            f"It is before the reopening at {last}",
            "Write the last solution, or leave it empty while open.",
        )
