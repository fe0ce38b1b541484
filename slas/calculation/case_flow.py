"""Cases that pass through several hands: good only if every step and the whole were in time (calculation, section 11).

The share end to end is over cases; it is not the product of the shares of the steps.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from fractions import Fraction

from slas.calculation.cases import MISSED, CaseResult, CaseState, CaseTerms, belongs, judge_case
from slas.calculation.errors import EmptyPeriod, RepeatedMember, RepeatedStep, UnknownStep, UnusedTerm
from slas.calculation.intervals import Interval
from slas.calculation.ledger import Case
from slas.calculation.missing import known_share
from slas.calculation.proof import Line, Proof, Role, Unit, prove
from slas.calculation.seen import seen_hours
from slas.calculation.shares import ShareFigure

UNUSED = ("reopen_days", "longest_pause", "since", "until", "earlier_reopen_days")
OF_THE_TOTAL = ("attribution", "unknown", "minimum_coverage")
ASIDE = (CaseState.LEFT_OUT, CaseState.MERGED)


@dataclass(frozen=True)
class Step:
    """One step, or one hand-over between two, with the hours and the limit of whoever does it."""

    name: str
    terms: CaseTerms


@dataclass(frozen=True)
class FlowTerms:
    """What is agreed: the steps and hand-overs in order, and the total time in the calendar of the customer.

    In which period a case counts, and how unknown ones do, is agreed of the total alone. A case that is opened again
    goes on, whenever that is: which steps a new one would have nobody could tell. Raises UnusedTerm.
    """

    total: CaseTerms
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        _check_unused("The total", self.total, *UNUSED)
        for step in self.steps:
            _check_unused(f"The step “{step.name}”", step.terms, *UNUSED, *OF_THE_TOTAL)
        names = [step.name for step in self.steps]
        for name in names:
            if names.count(name) > 1:
                raise RepeatedStep(name)


def _check_unused(what: str, terms: CaseTerms, *names: str) -> None:
    """Refuse a term that was agreed, other than what holds without agreement, where nothing goes by it."""
    usual = {part.name: part.default for part in fields(terms)}
    for name in names:
        if getattr(terms, name) != usual[name]:
            raise UnusedTerm(what, name.replace("_", " "))


@dataclass(frozen=True)
class FlowCase:
    """One case: its whole, and the clock of each step that is recorded, each named as in the terms."""

    whole: Case
    steps: tuple[tuple[str, Case], ...]


@dataclass(frozen=True)
class FlowResult:
    """One case with the state of its whole and of each step; a step without a record is unknown."""

    id: str
    state: CaseState
    total: CaseResult
    steps: tuple[tuple[str, CaseState], ...]

    @property
    def missed(self) -> tuple[str, ...]:
        """Which steps were not in time."""
        return tuple(name for name, state in self.steps if state in MISSED)


@dataclass(frozen=True)
class FlowFigure:
    """All cases that count in the period, in order of that instant and their id."""

    results: tuple[FlowResult, ...]
    share: ShareFigure

    def step_share(self, name: str) -> ShareFigure:
        """The share of one step alone, over the same cases."""
        states = [dict(result.steps)[name] for result in self.results if result.state not in ASIDE]
        return _share(states)

    def count(self, state: CaseState) -> int:
        """How many cases are in that state."""
        return sum(result.state is state for result in self.results)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The sum: cases, good ones, each step beside them, the share end to end."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        yield Line("counted", Role.TOTAL, Unit.COUNT, Fraction(self.share.whole))
        yield Line("met", Role.PART, Unit.COUNT, Fraction(self.share.met))
        yield Line("not_met", Role.PART, Unit.COUNT, Fraction(self.share.lost), self._why())
        for name in dict.fromkeys(name for result in self.results for name, _ in result.steps):
            alone = self.step_share(name)
            details = (("name", name), ("met", Fraction(alone.met)), ("of", Fraction(alone.eligible)))
            if alone.share is not None:
                yield Line("step", Role.PART, Unit.SHARE, alone.share, details)
        if self.share.known_time < 1:
            yield Line("silent_time", Role.PART, Unit.SHARE, 1 - self.share.known_time)
        if self.share.unknown:
            yield Line("unknown", Role.PART, Unit.COUNT, Fraction(self.share.unknown))
        if self.share.share is not None:
            yield Line("share", Role.TOTAL, Unit.SHARE, self.share.share)

    def _why(self) -> tuple[tuple[str, Fraction | str], ...]:
        """Each case that was not good, with the steps that were not in time, or the whole."""
        bad = (result for result in self.results if result.state in MISSED)
        return tuple((result.id, ", ".join(result.missed) or "total") for result in bad)


def measure_flow(
    span: Interval, terms: FlowTerms, cases: Iterable[FlowCase], as_of: int, silent: Iterable[Interval] = ()
) -> FlowFigure:
    """Cases that belong to the span by the agreed rule for the total, as they stood at `as_of`.

    `silent` is the time in which the source recorded nothing, so that cases of it may be missing.
    Raises EmptyPeriod, RepeatedMember, UnknownStep and RepeatedStep.
    """
    if span.start >= span.end:
        raise EmptyPeriod(*span)
    cases = tuple(cases)
    RepeatedMember.check(case.whole.id for case in cases)
    counted = (case for case in cases if belongs(case.whole, terms.total, as_of, span))
    due = sorted((judge_flow(case, terms, as_of) for case in counted), key=lambda each: (each.total.due_at, each.id))
    share = replace(
        _share([result.state for result in due]),
        policy=terms.total.unknown,
        minimum_coverage=terms.total.minimum_coverage,
        known_time=known_share(terms.total.hours.working(Interval(span.start, min(as_of, span.end))), silent),
    )
    return FlowFigure(tuple(due), share)


def judge_flow(case: FlowCase, terms: FlowTerms, as_of: int) -> FlowResult:
    """Good: every step and hand-over met, and the total time met. One that was missed decides at once."""
    recorded = _recorded(case, terms)
    states = tuple(
        (step.name, judge_case(recorded[step.name], step.terms, as_of).state)
        if step.name in recorded
        else (step.name, CaseState.UNKNOWN)
        for step in terms.steps
    )
    total = judge_case(case.whole, terms.total, as_of)
    return FlowResult(case.whole.id, _state(total, [state for _, state in states]), total, states)


def _recorded(case: FlowCase, terms: FlowTerms) -> dict[str, Case]:
    agreed = {step.name for step in terms.steps}
    recorded: dict[str, Case] = {}
    for name, record in case.steps:
        if name not in agreed:
            raise UnknownStep(case.whole.id, name)
        if name in recorded:
            raise RepeatedStep(name, case.whole.id)
        recorded[name] = record
    return recorded


def _state(total: CaseResult, steps: list[CaseState]) -> CaseState:
    if total.state in (*ASIDE, *MISSED):
        return total.state
    if any(state in MISSED for state in steps):
        return CaseState.LATE
    if total.state is CaseState.MET and CaseState.OPEN in steps:
        return CaseState.UNKNOWN
    # While the case runs, a step without a record may still come.
    is_over = total.state is not CaseState.OPEN
    return CaseState.UNKNOWN if is_over and CaseState.UNKNOWN in steps else total.state


def _share(states: list[CaseState]) -> ShareFigure:
    met = states.count(CaseState.MET)
    missed = sum(state in MISSED for state in states)
    return ShareFigure(met, met + missed, states.count(CaseState.UNKNOWN))


def prove_flow(span: Interval, terms: FlowTerms, cases: Iterable[FlowCase], as_of: int, figure: FlowFigure) -> Proof:
    """The proof of a share end to end. Its evidence is the cases that count in the period."""
    wanted = {result.id for result in figure.results}
    due = sorted((case for case in cases if case.whole.id in wanted), key=lambda case: case.whole.id)
    seen = Interval(min((case.whole.opened_at for case in due), default=span.start), max(as_of, span.end))
    inputs = {
        "span": span,
        "total": replace(terms.total, hours=seen_hours(terms.total.hours, seen)),
        "steps": [
            {"name": step.name, "terms": replace(step.terms, hours=seen_hours(step.terms.hours, seen))}
            for step in terms.steps
        ],
        "cases": [{"whole": _ordered(case.whole), "steps": _steps(case, terms)} for case in due],
        "as_of": as_of,
        **({"known_time": figure.share.known_time} if figure.share.known_time < 1 else {}),
    }
    return prove("case_flow", inputs, figure.lines, tuple(result.id for result in figure.results))


def _steps(case: FlowCase, terms: FlowTerms) -> list[dict[str, object]]:
    recorded = _recorded(case, terms)
    return [{"name": step.name, "case": _ordered(recorded[step.name])} for step in terms.steps if step.name in recorded]


def _ordered(case: Case) -> Case:
    return replace(case, pauses=tuple(sorted(case.pauses, key=lambda pause: pause.place)))
