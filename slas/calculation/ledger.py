"""What is recorded of a case: its start and stop, its pauses, reopenings and merges (calculation, section 4)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import NamedTuple

from slas.calculation.errors import BadLedger, ReversedInterval
from slas.calculation.instants import instant_words
from slas.calculation.intervals import Interval
from slas.calculation.proof import LATER
from slas.calculation.service_hours import ServiceHours


@dataclass(frozen=True)
class Pause:
    """A row of the pause ledger; `end` None: still paused. `party` is who was waited for.

    `note` says why it took so long. A pause that was entered after it began is retroactive: it counts from its entry,
    and from its start only if `approved_by` names who agreed.
    """

    start: int
    end: int | None
    reason: str
    party: str = ""
    note: str = field(default="", metadata=LATER)
    entered_at: int | None = field(default=None, metadata=LATER)
    entered_by: str = field(default="", metadata=LATER)
    approved_by: str = field(default="", metadata=LATER)

    @property
    def place(self) -> tuple[int | str, ...]:
        """Where it stands in the ledger, whatever order the rows came in."""
        end, entered = (-1 if instant is None else instant for instant in (self.end, self.entered_at))
        return self.start, self.party, self.reason, end, self.note, entered, self.entered_by, self.approved_by

    @property
    def is_retroactive(self) -> bool:
        """Whether somebody wrote it down after it began."""
        return self.entered_at is not None and self.entered_at > self.start

    @property
    def counts_from(self) -> int:
        """From when on the clock stands still."""
        if self.entered_at is None or self.approved_by:
            return self.start
        return max(self.start, self.entered_at)

    def until(self, instant: int) -> Interval:
        """The time that counts of it, an open pause closed at the instant."""
        start = self.counts_from
        return Interval(start, max(start, instant if self.end is None else self.end))


class Reopening(NamedTuple):
    """A case was solved, and opened again."""

    solved_at: int
    reopened_at: int


@dataclass(frozen=True)
class Case:
    """One case of the kind a target counts. `stopped_at` is the event that stops its clock, None while that is to come.

    `left_out` names why it does not count at all (cancelled, duplicate, spam); `unknown` names why nobody can tell when
    its clock stopped. `merged_into` is the case that goes on in its place, `joined` are those that were merged into it;
    `astray` is the one that should go on in its place, and does not; `elsewhere` the one that does, where the target
    does not count its priority.
    `again` is the case of which this is a late reopening. `limit_since` is since when it has a priority that the target
    counts, where it had another before.
    """

    id: str
    opened_at: int
    stopped_at: int | None
    pauses: tuple[Pause, ...] = ()
    left_out: str = ""
    unknown: str = ""
    reopenings: tuple[Reopening, ...] = field(default=(), metadata=LATER)
    merged_into: str = field(default="", metadata=LATER)
    joined: tuple[str, ...] = field(default=(), metadata=LATER)
    again: str = field(default="", metadata=LATER)
    limit_since: int | None = field(default=None, metadata=LATER)
    astray: str = field(default="", metadata=LATER)
    elsewhere: str = field(default="", metadata=LATER)

    def __post_init__(self) -> None:
        if self.stopped_at is not None and self.stopped_at < self.opened_at:
            raise ReversedInterval(f"Case {self.id}", self.opened_at, self.stopped_at)
        if self.merged_into == self.id:
            raise BadLedger(f"Case {self.id}", "is merged into itself", "Name the case that goes on")
        for row, pause in enumerate(self.pauses, start=1):
            if pause.end is not None and pause.end < pause.start:
                raise ReversedInterval(f"Pause {row} of case {self.id}", pause.start, pause.end)
        if self.reopenings:
            _check_reopenings(self)


def _check_reopenings(case: Case) -> None:
    """Solved after it was opened, opened again after it was solved, stopped after all of that."""
    open_since = case.opened_at
    for row, (solved, reopened) in enumerate(case.reopenings, start=1):
        name = f"Reopening {row} of case {case.id}"
        if reopened < solved:
            raise ReversedInterval(name, solved, reopened)
        if solved < open_since:
            what = f"was solved at {instant_words(solved)}, before it was open at {instant_words(open_since)}"
            raise BadLedger(name, what, "Put the times in order")
        open_since = reopened
    if case.stopped_at is not None and case.stopped_at < open_since:
        what = f"stops at {instant_words(case.stopped_at)}, before it is opened again at {instant_words(open_since)}"
        raise BadLedger(f"Case {case.id}", what, "Give its last solution as its stop")


def follow_merges(cases: Iterable[Case]) -> tuple[Case, ...]:
    """The cases, where the one that goes on starts with the earliest that was merged into it.

    Its own pauses stay: only the start is taken over. Where none goes on, because the other is not there, is left out,
    or is merged into this one in turn, a case counts itself and is `astray`: no merge makes a case disappear.
    """
    by_id: dict[str, Case] = {}
    found = {case.id: case for case in cases}
    while by_id != found:  # what one is merged into may itself have gone astray
        by_id, found = found, {name: _found(case, found) for name, case in found.items()}
    merged: dict[str, list[Case]] = defaultdict(list)
    for case in by_id.values():
        if case.merged_into:
            merged[_goes_on(case, by_id).id].append(case)
    return tuple(_joined(case, merged[case.id]) if case.id in merged else case for case in by_id.values())


def _found(case: Case, by_id: Mapping[str, Case]) -> Case:
    """The case; astray if none goes on in its place."""
    if not case.merged_into:
        return case
    other, passed = by_id.get(case.merged_into), {case.id}
    is_gone = other is None or bool(other.left_out and not other.merged_into)
    while other is not None and other.id not in passed:
        passed.add(other.id)
        is_gone = is_gone or other.merged_into == case.id
        other = by_id.get(other.merged_into)
    return replace(case, merged_into="", astray=case.merged_into) if is_gone else case


def _goes_on(case: Case, by_id: Mapping[str, Case]) -> Case:
    """The last of the cases that one was merged into."""
    while case.merged_into:
        case = by_id[case.merged_into]
    return case


def _joined(case: Case, merged: Sequence[Case]) -> Case:
    opened_at = min(case.opened_at, *(each.opened_at for each in merged))
    return replace(case, opened_at=opened_at, joined=tuple(sorted({*case.joined, *(each.id for each in merged)})))


def clocks_of(case: Case, hours: ServiceHours, days: int | None) -> Iterator[Case]:
    """The case, and a new one for each reopening that came more than the agreed days after the solution.

    Days are dates of the hours' calendar, the date of the solution not counted; None: each reopening goes on with the
    clock, and one that goes on stays in `reopenings`. New cases are called “INC-1 (2)”, “INC-1 (3)”.
    """
    late = [each for each in case.reopenings if days is not None and _came_late(each, hours, days)]
    if not late:
        yield case
        return
    starts = [case.opened_at, *(each.reopened_at for each in late)]
    stops = [*(each.solved_at for each in late), case.stopped_at]
    for number, (start, stop) in enumerate(zip(starts, stops, strict=True)):
        until = starts[number + 1] if number + 1 < len(starts) else None
        since = case.limit_since
        yield replace(
            case,
            id=f"{case.id} ({number + 1})" if number else case.id,
            again=case.id if number else case.again,
            opened_at=start,
            stopped_at=stop,
            pauses=tuple(p for p in case.pauses if (not number or p.start >= start) and _before(p.start, until)),
            reopenings=tuple(r for r in case.reopenings if start < r.reopened_at and _before(r.reopened_at, until)),
            unknown=case.unknown if until is None else "",
            joined=() if number else case.joined,
            limit_since=since if since is not None and since >= start and _before(since, until) else None,
        )


def _came_late(reopening: Reopening, hours: ServiceHours, days: int) -> bool:
    solved, reopened = hours.date_of(reopening.solved_at), hours.date_of(reopening.reopened_at)
    return reopened > solved + timedelta(days=days)


def _before(instant: int, end: int | None) -> bool:
    return end is None or instant < end


class Reply(NamedTuple):
    """A reply to who asked: when, whether a person wrote it, and whether it says anything about the matter."""

    at: int
    is_by_person: bool
    is_substantive: bool = True


def first_answer(replies: Iterable[Reply]) -> int | None:
    """When a person first answered with substance. An automatic acknowledgement, or a mere “we have it”, is none."""
    return min((reply.at for reply in replies if reply.is_by_person and reply.is_substantive), default=None)
