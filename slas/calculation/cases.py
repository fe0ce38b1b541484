"""Cases with pauses: how long the clock ran, and when they were due (calculation, section 4)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from slas.calculation.deadlines import Limit, WorkingTime, due_at
from slas.calculation.errors import ReversedInterval
from slas.calculation.intervals import Interval, Ruler, clip, subtract, union
from slas.calculation.missing import DEFAULT_MINIMUM_COVERAGE, UnknownPolicy, known_share
from slas.calculation.service_hours import ServiceHours, spend
from slas.calculation.shares import Observed, ShareFigure


@dataclass(frozen=True)
class Pause:
    """A row of the pause ledger; `end` None: still paused. `party` is who was waited for."""

    start: int
    end: int | None
    reason: str
    party: str = ""

    @property
    def place(self) -> tuple[int, str, str, int]:
        """Where it stands in the ledger, whatever order the rows came in."""
        return self.start, self.party, self.reason, -1 if self.end is None else self.end

    def until(self, instant: int) -> Interval:
        """Its time, an open pause closed at the instant."""
        return Interval(self.start, max(self.start, instant) if self.end is None else self.end)


@dataclass(frozen=True)
class Case:
    """One case of the kind a target counts. `stopped_at` is the event that stops its clock, None while that is to come.

    `left_out` names why it does not count at all (cancelled, duplicate, spam); `unknown` names why nobody can tell when
    its clock stopped.
    """

    id: str
    opened_at: int
    stopped_at: int | None
    pauses: tuple[Pause, ...] = ()
    left_out: str = ""
    unknown: str = ""

    def __post_init__(self) -> None:
        if self.stopped_at is not None and self.stopped_at < self.opened_at:
            raise ReversedInterval(f"Case {self.id}", self.opened_at, self.stopped_at)
        for pause in self.pauses:
            if pause.end is not None and pause.end < pause.start:
                raise ReversedInterval(f"A pause of case {self.id}", pause.start, pause.end)


@dataclass(frozen=True)
class CaseTerms:
    """What is agreed: hours, limit, and which reasons stop the clock (None: every recorded one)."""

    hours: ServiceHours
    limit: Limit
    pause_reasons: frozenset[str] | None = None
    unknown: UnknownPolicy = UnknownPolicy.EXCLUDE
    minimum_coverage: Fraction = DEFAULT_MINIMUM_COVERAGE


class CaseState(Enum):
    """How a case stands against its limit."""

    MET = "met"
    LATE = "late"
    OVERDUE = "overdue"
    OPEN = "open"
    LEFT_OUT = "left_out"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class CaseResult:
    """One case with its clock, in seconds of service time; open cases as they stand at the moment of counting."""

    id: str
    state: CaseState
    due_at: int
    elapsed_seconds: int
    paused_seconds: int
    paused_by: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class CasesFigure:
    """All cases due in a period. Late and overdue are missed; open and not yet due do not count; left out is shown."""

    results: tuple[CaseResult, ...]
    share: ShareFigure

    def count(self, state: CaseState) -> int:
        """How many cases are in that state."""
        return sum(result.state is state for result in self.results)

    @property
    def pause_share(self) -> Fraction | None:
        """Paused part of all service time between start and stop; None where no time passed."""
        judged = [result for result in self.results if result.state is not CaseState.LEFT_OUT]
        paused = sum(result.paused_seconds for result in judged)
        ran = sum(result.elapsed_seconds for result in judged)
        return Fraction(paused, paused + ran) if paused + ran else None

    @property
    def durations(self) -> tuple[Observed, ...]:
        """Elapsed times for percentiles; open and overdue cases enter as “at least”."""
        running = (CaseState.OPEN, CaseState.OVERDUE)
        counted = (CaseState.MET, CaseState.LATE, *running)
        return tuple(
            Observed(result.elapsed_seconds, result.state in running)
            for result in self.results
            if result.state in counted
        )


def measure_cases(
    span: Interval, terms: CaseTerms, cases: Iterable[Case], as_of: int, silent: Iterable[Interval] = ()
) -> CasesFigure:
    """Cases that were due in the span, as they stood at `as_of`; in order of due date and id.

    `silent` is the time in which the source recorded nothing, so that cases of it may be missing.
    """
    counted = (
        case for case in cases if case.opened_at < span.end and span.start <= _due(case, terms, as_of) < span.end
    )
    due = sorted((judge_case(case, terms, as_of) for case in counted), key=lambda result: (result.due_at, result.id))
    met = sum(result.state is CaseState.MET for result in due)
    missed = sum(result.state in (CaseState.LATE, CaseState.OVERDUE) for result in due)
    unknown = sum(result.state is CaseState.UNKNOWN for result in due)
    known = known_share(terms.hours.working(Interval(span.start, min(as_of, span.end))), silent)
    share = ShareFigure(met, met + missed, unknown, terms.unknown, terms.minimum_coverage, known)
    return CasesFigure(tuple(due), share)


def judge_case(case: Case, terms: CaseTerms, as_of: int) -> CaseResult:
    """One case at the moment `as_of`. Its pauses are united and clipped to its running time; an open one ends there."""
    stop = _stop(case, as_of)
    paused = _paused(case, terms, stop)
    working = Ruler(terms.hours.working(Interval(case.opened_at, stop)))
    paused_seconds = sum(working.within(piece) for piece in paused)
    result = CaseResult(
        id=case.id,
        state=CaseState.OPEN,
        due_at=due_with_pauses(terms.hours, case.opened_at, terms.limit, paused),
        elapsed_seconds=working.seconds - paused_seconds,
        paused_seconds=paused_seconds,
        paused_by=tuple(_paused_by(_agreed_pauses(case, terms), stop, working)),
    )
    return replace(result, state=_state(case, terms.limit, result, stop))


def _stop(case: Case, as_of: int) -> int:
    return case.stopped_at if case.stopped_at is not None else max(as_of, case.opened_at)


def _due(case: Case, terms: CaseTerms, as_of: int) -> int:
    return due_with_pauses(terms.hours, case.opened_at, terms.limit, _paused(case, terms, _stop(case, as_of)))


def _agreed_pauses(case: Case, terms: CaseTerms) -> list[Pause]:
    reasons = terms.pause_reasons
    agreed = (pause for pause in case.pauses if reasons is None or pause.reason in reasons)
    return sorted(agreed, key=lambda pause: pause.place)


def _paused(case: Case, terms: CaseTerms, stop: int) -> tuple[Interval, ...]:
    pauses = (pause.until(stop) for pause in _agreed_pauses(case, terms))
    return tuple(clip(union(pauses), Interval(case.opened_at, stop)))


def due_with_pauses(hours: ServiceHours, opened_at: int, limit: Limit, paused: Sequence[Interval]) -> int:
    """The due instant moved on by the service time of the pauses before it; pauses sorted and disjoint."""
    due = due_at(hours, opened_at, limit)
    if not paused:
        return due
    before_due = Ruler(hours.working(Interval(opened_at, due)))
    owed = sum(before_due.within(piece) for piece in paused)
    return spend(subtract(hours.openings_from(due), paused), owed, hours.zone) if owed else due


def _state(case: Case, limit: Limit, result: CaseResult, stop: int) -> CaseState:
    if case.left_out:
        return CaseState.LEFT_OUT
    if case.unknown:
        return CaseState.UNKNOWN
    if case.stopped_at is None:
        return CaseState.OVERDUE if stop > result.due_at else CaseState.OPEN
    # Against service time the clock itself is compared: what is done while it stands still is not later.
    late = result.elapsed_seconds > limit.seconds if isinstance(limit, WorkingTime) else stop > result.due_at
    return CaseState.LATE if late else CaseState.MET


def _paused_by(pauses: Sequence[Pause], stop: int, working: Ruler) -> Iterator[tuple[str, int]]:
    """Paused service time of each party, in order of name; overlapping pauses go to the earlier one."""
    totals: dict[str, int] = {}
    reach: int | None = None
    for pause in pauses:
        start, end = pause.until(stop)
        own = Interval(start if reach is None else max(start, reach), end)
        totals[pause.party] = totals.get(pause.party, 0) + working.within(own)
        reach = end if reach is None else max(reach, end)
    yield from sorted((party, seconds) for party, seconds in totals.items() if seconds)
