"""Cases with pauses: how long the clock ran, and when they were due (calculation, section 4)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction

from slas.calculation.conventions import PARLEY, Convention
from slas.calculation.deadlines import TimeLimit, WorkingTime
from slas.calculation.due import due_by, due_with_pauses, stood_still
from slas.calculation.errors import EmptyPeriod, NegativeLimit, NoShare, RepeatedCase
from slas.calculation.intervals import Interval, Ruler, clip, subtract, union
from slas.calculation.ledger import Case, Pause, clocks_of
from slas.calculation.missing import DEFAULT_MINIMUM_COVERAGE, UnknownPolicy, known_share
from slas.calculation.proof import LATER
from slas.calculation.service_hours import ServiceHours
from slas.calculation.shares import Observed, ShareFigure


class Attribution(Enum):
    """In which period a case counts: where it is due, where its clock stopped, or where it was opened."""

    DUE = "due"
    STOPPED = "stopped"
    OPENED = "opened"


class ChangeRule(Enum):
    """From when the limit runs for a case that had another priority before."""

    FROM_START = "start"
    FROM_CHANGE = "change"


@dataclass(frozen=True)
class CaseTerms:
    """What is agreed: hours, limit, and which reasons stop the clock (None: every recorded one).

    A case that is opened again within `reopen_days` dates goes on (None: whenever), later it is a new one. A pause of
    more than `longest_pause` seconds of service time needs a note (None: none does).

    Cases are judged by the version of the agreement that was in force when they were opened: from `since` on and before
    `until` (None: whenever). What is due, or stops, after that version counts in its last second. Where earlier
    versions agreed another time to open again, `earlier_reopen_days` says until when cases were opened under which.
    """

    hours: ServiceHours
    limit: TimeLimit
    pause_reasons: frozenset[str] | None = None
    unknown: UnknownPolicy = UnknownPolicy.EXCLUDE
    minimum_coverage: Fraction = DEFAULT_MINIMUM_COVERAGE
    attribution: Attribution = field(default=Attribution.DUE, metadata=LATER)
    change: ChangeRule = field(default=ChangeRule.FROM_START, metadata=LATER)
    reopen_days: int | None = field(default=None, metadata=LATER)
    longest_pause: int | None = field(default=None, metadata=LATER)
    since: int | None = field(default=None, metadata=LATER)
    until: int | None = field(default=None, metadata=LATER)
    earlier_reopen_days: tuple[tuple[int, int | None], ...] = field(default=(), metadata=LATER)

    def __post_init__(self) -> None:
        for what, length in (("A time to open again", self.reopen_days), ("A longest pause", self.longest_pause)):
            if length is not None and length < 0:
                raise NegativeLimit(length, what)
        if not 0 <= self.minimum_coverage <= 1:
            raise NoShare("The minimum coverage", self.minimum_coverage)

    def clocks(self, cases: Iterable[Case]) -> Iterator[Case]:
        """The cases, and the new ones for what was opened again later than was agreed when they were opened."""
        for case in cases:
            earlier = (days for until, days in self.earlier_reopen_days if case.opened_at < until)
            yield from clocks_of(case, self.hours, next(earlier, self.reopen_days))

    def counts_at(self, instant: int) -> int:
        """The instant by which a case belongs to a period."""
        return instant if self.until is None else min(instant, self.until - 1)

    def looks_beyond(self, span: Interval) -> bool:
        """Whether cases of a period may be due, or stop, after it: those of a version that gave way, or by opening."""
        return self.attribution is Attribution.OPENED or (self.until is not None and span.end >= self.until)


class PauseFlag(Enum):
    """What a reader should know of a pause."""

    LONG = "long"
    APPROVED = "approved"
    NOT_APPROVED = "not_approved"


class CaseState(Enum):
    """How a case stands against its limit."""

    MET = "met"
    LATE = "late"
    OVERDUE = "overdue"
    OPEN = "open"
    MERGED = "merged"
    LEFT_OUT = "left_out"
    UNKNOWN = "unknown"


MISSED = (CaseState.LATE, CaseState.OVERDUE)


@dataclass(frozen=True)
class CaseResult:
    """One case with its clock, in seconds of service time; open cases as they stand at the moment of counting.

    `solved_seconds` lay between a solution and the reopening after it. `flags` stand beside
    pauses that a reader should look at.
    """

    case: Case
    state: CaseState
    due_at: int
    elapsed_seconds: int
    paused_seconds: int
    solved_seconds: int
    paused_by: tuple[tuple[str, int], ...]
    flags: tuple[tuple[Pause, PauseFlag], ...] = ()

    @property
    def id(self) -> str:
        """The number of the case."""
        return self.case.id


@dataclass(frozen=True)
class CasesFigure:
    """The cases of a period. Late and overdue are missed; open and not yet due do not count; left out is shown."""

    results: tuple[CaseResult, ...]
    share: ShareFigure

    def count(self, state: CaseState) -> int:
        """How many cases are in that state."""
        return sum(result.state is state for result in self.results)

    @property
    def counted(self) -> tuple[CaseResult, ...]:
        """All but those that were left out or go on in another case."""
        return tuple(each for each in self.results if each.state not in (CaseState.LEFT_OUT, CaseState.MERGED))

    @property
    def pause_share(self) -> Fraction | None:
        """Paused part of all service time between start and stop; None where no time passed."""
        paused = sum(result.paused_seconds for result in self.counted)
        ran = sum(result.elapsed_seconds for result in self.counted)
        return Fraction(paused, paused + ran) if paused + ran else None

    @property
    def paused_by(self) -> tuple[tuple[str, int], ...]:
        """Paused service time of each party that was waited for, in order of name."""
        totals: dict[str, int] = {}
        for party, seconds in (each for result in self.counted for each in result.paused_by):
            totals[party] = totals.get(party, 0) + seconds
        return tuple(sorted(totals.items()))

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
    span: Interval,
    terms: CaseTerms,
    cases: Iterable[Case],
    as_of: int,
    silent: Iterable[Interval] = (),
    by: Convention = PARLEY,
) -> CasesFigure:
    """Cases that belong to the span, as they stood at `as_of`; in order of due date and id.

    `silent` is the time in which the source recorded nothing, so that cases of it may be missing. By a convention
    of others the same cases are due as that says. Raises EmptyPeriod and RepeatedCase.
    """
    if span.start >= span.end:
        raise EmptyPeriod(*span)
    cases = tuple(cases)
    names = Counter(case.id for case in cases)
    if len(names) < len(cases):
        raise RepeatedCase(names.most_common(1)[0][0])
    counted = (clock for clock in terms.clocks(cases) if belongs(clock, terms, as_of, span))
    judged = (judge_case(case, terms, as_of, by) for case in counted)
    due = sorted(judged, key=lambda result: (result.due_at, result.id))
    met = sum(result.state is CaseState.MET for result in due)
    missed = sum(result.state in MISSED for result in due)
    unknown = sum(result.state is CaseState.UNKNOWN for result in due)
    known = known_share(terms.hours.working(Interval(span.start, min(as_of, span.end))), silent)
    share = ShareFigure(met, met + missed, unknown, terms.unknown, terms.minimum_coverage, known)
    return CasesFigure(tuple(due), share)


def belongs(case: Case, terms: CaseTerms, as_of: int, span: Interval) -> bool:
    """Whether the case counts in the span, by the agreed rule.

    What stopped at no known instant, and never will, is counted by its due date where stops decide.
    """
    if case.opened_at >= span.end or (terms.since is not None and case.opened_at < terms.since):
        return False
    if terms.attribution is Attribution.OPENED:
        return case.opened_at >= span.start
    if terms.attribution is Attribution.STOPPED and not case.unknown:
        if case.stopped_at is not None:
            return span.start <= terms.counts_at(case.stopped_at) < span.end
        if not case.left_out and not case.merged_into:
            return False
    return span.start <= terms.counts_at(_due(case, terms, as_of)) < span.end


def settled_at(span: Interval, terms: CaseTerms, cases: Iterable[Case], now: int) -> int:
    """Until when the cases of a period are looked at: its end, or now while it runs.

    Where they may be due after it, until the last of them that is overdue was: what is open and not due stands as it
    did then, whenever it is looked at, and the figure is not final. What was solved too late was overdue before.
    """
    if not terms.looks_beyond(span):
        return min(now, span.end)
    waiting = [clock for clock in terms.clocks(cases) if clock.stopped_at is None or clock.stopped_at > span.end]
    due = [(clock, _due(clock, terms, now)) for clock in waiting if belongs(clock, terms, now, span)]
    overdue = (at + 1 for clock, at in due if at < now and (clock.stopped_at is None or clock.stopped_at > at))
    return min(now, max([span.end, *overdue]))


def overdue_next(span: Interval, terms: CaseTerms, cases: Iterable[Case], now: int) -> int | None:
    """When the next open case of the span is overdue if nothing happens; None where none will be.

    While a clock stands still, its case comes no nearer to that.
    """
    running = (
        clock
        for clock in terms.clocks(cases)
        if clock.stopped_at is None
        and not (clock.left_out or clock.merged_into or clock.unknown)
        and belongs(clock, terms, now, span)
        and all(pause.end is not None for pause in agreed_pauses(clock, terms))
    )
    return min((due + 1 for clock in running if (due := _due(clock, terms, now)) >= now), default=None)


def judge_case(case: Case, terms: CaseTerms, as_of: int, by: Convention = PARLEY) -> CaseResult:
    """One case at the moment `as_of`. Its pauses are united and clipped to its running time; an open one ends there.

    A convention of others moves when it was due, and so whether it was late; how long it took stays.
    """
    start = _start(case, terms)
    stop = _stop(case, as_of, start)
    whole = Ruler(terms.hours.working(Interval(start, stop)))
    solved = _solved(case, start, stop)
    working = Ruler(subtract(whole.intervals, solved)) if solved else whole
    pauses = agreed_pauses(case, terms)
    paused = _paused(pauses, start, stop)
    paused_seconds = sum(working.within(piece) for piece in paused)
    result = CaseResult(
        case=case,
        state=CaseState.OPEN,
        due_at=due_by(by, terms.hours, start, terms.limit, paused, solved),
        elapsed_seconds=working.seconds - paused_seconds,
        paused_seconds=paused_seconds,
        solved_seconds=whole.seconds - working.seconds,
        paused_by=tuple(_paused_by(pauses, stop, working)),
        flags=tuple(_flags(pauses, terms, stop, working)),
    )
    return replace(result, state=_state(case, terms, result, stop, by))


def _stop(case: Case, as_of: int, start: int) -> int:
    return case.stopped_at if case.stopped_at is not None else max(as_of, start)


def _start(case: Case, terms: CaseTerms) -> int:
    """When the clock of the limit starts: when the case was opened, or when it came to the limit, if so agreed.

    What came to the limit after its clock had stopped was solved before; what is open goes on under the limit.
    """
    since = case.limit_since
    is_solved_before = since is not None and case.stopped_at is not None and since > case.stopped_at
    if terms.change is ChangeRule.FROM_START or since is None or is_solved_before:
        return case.opened_at
    return max(case.opened_at, since)


def _due(case: Case, terms: CaseTerms, as_of: int) -> int:
    start = _start(case, terms)
    stop = _stop(case, as_of, start)
    still = stood_still(_paused(agreed_pauses(case, terms), start, stop), _solved(case, start, stop))
    return due_with_pauses(terms.hours, start, terms.limit, still)


def agreed_pauses(case: Case, terms: CaseTerms) -> list[Pause]:
    """The pauses of the case that stop its clock, in order."""
    reasons = terms.pause_reasons
    agreed = (pause for pause in case.pauses if reasons is None or pause.reason in reasons)
    return sorted(agreed, key=lambda pause: pause.place)


def _paused(pauses: Iterable[Pause], start: int, stop: int) -> tuple[Interval, ...]:
    return tuple(clip(union(pause.until(stop) for pause in pauses), Interval(start, stop)))


def _solved(case: Case, start: int, stop: int) -> tuple[Interval, ...]:
    """The time between each solution and the reopening after it."""
    return tuple(clip(union(Interval(*each) for each in case.reopenings), Interval(start, stop)))


def _state(case: Case, terms: CaseTerms, result: CaseResult, stop: int, by: Convention) -> CaseState:
    if case.merged_into:
        return CaseState.MERGED
    if case.left_out:
        return CaseState.LEFT_OUT
    if case.unknown:
        return CaseState.UNKNOWN
    if case.stopped_at is None:
        return CaseState.OVERDUE if stop > result.due_at else CaseState.OPEN
    # Against service time the clock itself is compared: what is done while it stands still is not later.
    if not isinstance(terms.limit, WorkingTime):
        late = stop > result.due_at
    elif by.pauses_in_clock_time:
        late = stop > result.due_at and terms.hours.elapsed(result.due_at, stop) > 0
    else:
        late = result.elapsed_seconds > terms.limit.seconds
    return CaseState.LATE if late else CaseState.MET


def _paused_by(pauses: Sequence[Pause], stop: int, working: Ruler) -> Iterator[tuple[str, int]]:
    """Paused service time of each party, in order of name; overlapping pauses go to the earlier one."""
    totals: dict[str, int] = {}
    reach: int | None = None
    for pause in sorted(pauses, key=lambda each: each.counts_from):
        start, end = pause.until(stop)
        own = Interval(start if reach is None else max(start, reach), end)
        totals[pause.party] = totals.get(pause.party, 0) + working.within(own)
        reach = end if reach is None else max(reach, end)
    yield from sorted((party, seconds) for party, seconds in totals.items() if seconds)


def _flags(pauses: Sequence[Pause], terms: CaseTerms, stop: int, working: Ruler) -> Iterator[tuple[Pause, PauseFlag]]:
    """Pauses that were entered afterwards, and those that took longer than agreed without a note."""
    for pause in pauses:
        if pause.is_retroactive:
            yield pause, PauseFlag.APPROVED if pause.approved_by else PauseFlag.NOT_APPROVED
        too_long = terms.longest_pause is not None and working.within(pause.until(stop)) > terms.longest_pause
        if too_long and not pause.note:
            yield pause, PauseFlag.LONG
