"""So many of so many in one period: cases, counted units of work, answers (calculation, sections 4, 5, 6 and 8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from portal.language.numbers import lower_first, upper_first
from slas.calculation.cases import Case, CaseResult, CasesFigure, CaseState, CaseTerms, measure_cases
from slas.calculation.explain import prove_cases, prove_satisfaction, prove_share
from slas.calculation.intervals import Interval
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outcomes.frame import (
    NOTHING,
    Frame,
    Outcome,
    exact,
    instant,
    known_time,
    outcome,
    running_share,
    settled,
    whole_allowed,
)
from slas.calculation.outcomes.words import (
    as_number,
    careful,
    few,
    line,
    plain,
    result_line,
    share_line,
    silent_words,
    told,
)
from slas.calculation.proof import Line, Proof
from slas.calculation.rounding import shown_percent
from slas.calculation.satisfaction import FEWEST_SHOWN, SatisfactionFigure
from slas.calculation.service_hours import ServiceHours
from slas.calculation.shares import ShareFigure
from slas.calculation.status import Status, Verdict

ALL = Fraction(1)
FEW_ANSWERS = "Fewer than five answers"
SILENT = {
    UnknownPolicy.EXCLUDE: "Nobody knows what it hides",
    UnknownPolicy.DOWN: "What it hides counts as lost",
    UnknownPolicy.UP: "What it hides counts as good",
    UnknownPolicy.CARRY: "Nobody knows what it hides",
}
LATE = (CaseState.LATE.value, CaseState.OVERDUE.value)
STATES = {
    CaseState.OVERDUE: "still open",
    CaseState.OPEN: "not due yet",
    CaseState.LEFT_OUT: "left out",
    CaseState.UNKNOWN: "unknown",
}


@dataclass(frozen=True)
class CaseStory:
    """What is told of a case beside its clock."""

    title: str = ""
    priority: str = ""


@dataclass(frozen=True)
class CasesInputs:
    """The cases that may have been due in the period, with their stories by key, and the time without data."""

    frame: Frame
    terms: CaseTerms
    cases: tuple[Case, ...]
    stories: Mapping[str, CaseStory]
    silent: tuple[Interval, ...] = ()


@dataclass(frozen=True)
class VolumeRow:
    """Units of work counted for one local date; `met` None: nobody counted how many were in their standard."""

    on: date
    total: int
    met: int | None


@dataclass(frozen=True)
class VolumeInputs:
    """Counted volumes of one period, in order of date; `by_month` for quarters and years.

    `silent` is the time without data, which is measured against the service hours.
    """

    frame: Frame
    rows: tuple[VolumeRow, ...]
    by_month: bool
    hours: ServiceHours
    silent: tuple[Interval, ...] = ()


@dataclass(frozen=True)
class SurveyRound:
    """One round of a survey: people asked, answers, good answers."""

    on: date
    asked: int
    answers: int
    good: int


@dataclass(frozen=True)
class SatisfactionInputs:
    """The survey rounds of one period, in order of date; `silent` as for volumes."""

    frame: Frame
    rounds: tuple[SurveyRound, ...]
    hours: ServiceHours
    silent: tuple[Interval, ...] = ()


@dataclass(frozen=True)
class _Words:
    """How the lines of a share are called."""

    whole: str
    good: str
    bad: str
    allowed: str


def judge_cases(inputs: CasesInputs) -> Outcome:
    """Share of the cases due in the period that were solved within the agreed time."""
    frame = inputs.frame
    figure = measure_cases(frame.span, inputs.terms, inputs.cases, frame.as_of, inputs.silent)
    verdict = _verdict(frame, figure.share)
    proof = prove_cases(
        span=frame.span,
        terms=inputs.terms,
        cases=inputs.cases,
        as_of=frame.as_of,
        figure=figure,
        target=frame.promise.percent,
        close=frame.promise.close,
        verdict=verdict,
    )
    words = _words(frame, "cases", "solved in time", "were late", whole="Cases due")
    evidence = {"cases": len(figure.results), "excluded": figure.count(CaseState.LEFT_OUT)}
    records = _cases(inputs, figure)
    result = _cases_result(figure, verdict, records)
    return _outcome(frame, figure.share, verdict, proof, words, result, evidence, records)


def judge_volume(inputs: VolumeInputs) -> Outcome:
    """Share of all counted units of work that were within their standard; pooled, never averaged."""
    frame = inputs.frame
    figure = _pool(frame, inputs.rows, known_time(frame, inputs.hours, inputs.silent))
    verdict = _verdict(frame, figure)
    proof = prove_share(
        kind="volume",
        span=frame.span,
        figure=figure,
        evidence=tuple(f"{row.on} {row.met}/{row.total}" for row in inputs.rows),
        target=frame.promise.percent,
        close=frame.promise.close,
        verdict=verdict,
    )
    result = _share_result(figure, verdict, "total") | {"warnings": _warnings(inputs.rows)}
    if inputs.by_month:
        months = groupby(inputs.rows, key=lambda row: row.on.replace(day=1))
        result["months"] = [_month(frame, month, tuple(rows)) for month, rows in months]
    words = _words(frame, "units of work", "within their standard", "were late")
    records = [{"on": row.on.isoformat(), "total": row.total, "met": row.met} for row in inputs.rows]
    return _outcome(frame, figure, verdict, proof, words, result, {"records": len(records)}, records)


def judge_satisfaction(inputs: SatisfactionInputs) -> Outcome:
    """Share of good answers, with its Wilson interval; hidden below five answers."""
    frame = inputs.frame
    rounds = inputs.rounds
    figure = SatisfactionFigure(
        good=sum(each.good for each in rounds),
        answers=sum(each.answers for each in rounds),
        asked=sum(each.asked for each in rounds),
        unknown=frame.promise.unknown,
        minimum_coverage=frame.promise.minimum_coverage,
        known_time=known_time(frame, inputs.hours, inputs.silent),
    )
    verdict = _verdict(frame, figure.share)
    proof = prove_satisfaction(
        span=frame.span,
        figure=figure,
        evidence=tuple(str(each.on) for each in rounds),
        target=frame.promise.percent,
        close=frame.promise.close,
        verdict=verdict,
    )
    low, high = figure.interval or (None, None)
    result = _share_result(figure.share, verdict, "answers") | {
        "good": None if figure.is_hidden else figure.good,
        "answers": None if figure.is_hidden else figure.answers,
        "asked": figure.asked,
        "low": exact(None if low is None else Fraction(low)),
        "high": exact(None if high is None else Fraction(high)),
        "allowed_bad": whole_allowed(verdict.standing),
        "is_hidden": figure.is_hidden,
    }
    words = _words(frame, "answers", "good", "were not good")
    evidence = {"rounds": len(rounds), "asked": figure.asked}
    counted = FEW_ANSWERS if figure.is_hidden else ""
    records = _rounds(rounds, is_hidden=figure.is_hidden)
    return _outcome(frame, figure.share, verdict, proof, words, result, evidence, records, counted)


def _rounds(rounds: Sequence[SurveyRound], *, is_hidden: bool) -> list[dict[str, Any]]:
    """The rounds; where one of them has few answers none shows its own, because the others would tell them."""
    is_hidden = is_hidden or any(0 < each.answers < FEWEST_SHOWN for each in rounds)
    return [
        {
            "on": each.on.isoformat(),
            "asked": each.asked,
            "answers": None if is_hidden else each.answers,
            "good": None if is_hidden else each.good,
        }
        for each in rounds
    ]


def _verdict(frame: Frame, figure: ShareFigure) -> Verdict:
    promise = frame.promise
    if promise.target is None:
        return settled(promise, Verdict(Status.NO_CASES, None, None, None))
    verdict = figure.judge(promise.target, promise.close)
    return running_share(promise, verdict) if frame.is_running else verdict


def _pool(frame: Frame, rows: Sequence[VolumeRow], known: Fraction = ALL) -> ShareFigure:
    told_met = [row for row in rows if row.met is not None]
    return ShareFigure(
        met=sum(row.met or 0 for row in told_met),
        eligible=sum(row.total for row in told_met),
        unknown=sum(row.total for row in rows if row.met is None),
        policy=frame.promise.unknown,
        minimum_coverage=frame.promise.minimum_coverage,
        known_time=known,
    )


def _month(frame: Frame, month: date, rows: Sequence[VolumeRow]) -> dict[str, Any]:
    figure = _pool(frame, rows)
    return {"month": month.isoformat(), "met": figure.met, "total": figure.whole, "share": exact(figure.share)}


def _warnings(rows: Sequence[VolumeRow]) -> list[str]:
    return [
        f"{row.on}: {row.met:,} within the standard is more than the {row.total:,} counted"
        for row in rows
        if row.met is not None and row.met > row.total
    ]


def _share_result(figure: ShareFigure, verdict: Verdict, whole: str) -> dict[str, Any]:
    return {
        "coverage": exact(figure.coverage),
        "known_time": exact(figure.known_time),
        "met": figure.whole - figure.lost,
        whole: figure.whole,
        "late": figure.lost,
        "unknown": figure.unknown,
        "allowed_late": whole_allowed(verdict.standing),
        "share": exact(figure.share),
    }


def _cases_result(figure: CasesFigure, verdict: Verdict, records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return _share_result(figure.share, verdict, "eligible") | {
        "open_late": figure.count(CaseState.OVERDUE),
        "excluded": figure.count(CaseState.LEFT_OUT),
        "late_cases": [each for each in records if each["state"] in LATE],
        "paused_seconds": sum(each.paused_seconds for each in figure.results if each.state is not CaseState.LEFT_OUT),
        "pause_share": exact(figure.pause_share),
    }


def _cases(inputs: CasesInputs, figure: CasesFigure) -> list[dict[str, Any]]:
    """All cases due in the period, also those that were left out or of which nobody knows."""
    cases = {case.id: case for case in inputs.cases}
    return [_case(each, cases[each.id], inputs.stories.get(each.id, CaseStory())) for each in figure.results]


def _case(result: CaseResult, case: Case, story: CaseStory) -> dict[str, Any]:
    return {
        "key": case.id,
        "title": story.title,
        "priority": story.priority,
        "opened_at": instant(case.opened_at),
        "due_at": instant(result.due_at),
        "resolved_at": instant(case.stopped_at),
        "elapsed_seconds": result.elapsed_seconds,
        "paused_seconds": result.paused_seconds,
        "state": result.state.value,
        "why": case.left_out or case.unknown,
    }


def _outcome(
    frame: Frame,
    figure: ShareFigure,
    verdict: Verdict,
    proof: Proof,
    words: _Words,
    result: dict[str, Any],
    evidence: dict[str, Any],
    records: list[dict[str, Any]],
    counted: str = "",
) -> Outcome:
    """`counted` is said in place of the number where that is hidden."""
    lines = [_line(core, frame, figure, words, counted) for core in proof.lines]
    closing = counted or f"{plain(figure.whole)} {frame.promise.unit_words or 'counted'}"
    unknown = f", {plain(figure.unknown)} without data" if figure.unknown else ""
    if figure.known_time < 1 and not counted:
        unknown += f", no data for {silent_words(figure.known_time)} of the time"
    told_evidence = {
        **evidence,
        "coverage": result["coverage"],
        "closing": f"{closing}{unknown}. Counting rules version {proof.rules_version}.",
    }
    if frame.is_running:
        share = exact(figure.share)
        result |= {"so_far": share, "if_nothing_else": share, "worst_case": None, "elapsed_share": _elapsed(frame)}
    return outcome(
        frame=frame,
        verdict=verdict,
        share=figure.share,
        words=_value(frame, figure),
        result=result,
        proof=proof,
        told=told(frame, proof, lines, told_evidence),
        records=records,
    )


def _elapsed(frame: Frame) -> str | None:
    """The part of the period that has passed; how many cases are still to come nobody knows."""
    return exact(Fraction(frame.as_of - frame.span.start, frame.span.seconds))


def _value(frame: Frame, figure: ShareFigure) -> str:
    """Few cases are said as “9/9”; a percentage of them would sound surer than it is."""
    if figure.share is None:
        return NOTHING
    if figure.is_small:
        return f"{figure.whole - figure.lost}/{figure.whole}"
    return shown_percent(figure.share, frame.promise.decimals)


def _words(frame: Frame, units: str, good: str, bad: str, *, whole: str = "") -> _Words:
    promise = frame.promise
    units = promise.unit_words or units
    bad = promise.bad_words or bad
    return _Words(
        whole=whole or upper_first(units),
        good=upper_first(promise.good_words or good),
        bad=upper_first(bad.removeprefix("were ")),
        allowed=f"Allowed {bad.removeprefix('were ')}",
    )


def _line(core: Line, frame: Frame, figure: ShareFigure, words: _Words, hidden: str) -> dict[str, Any]:
    if core.key == "counted" and hidden:
        return line(core, words.whole, _tally(core), hidden)
    if core.key == "silent_time":
        return line(core, "Time without data", SILENT[figure.policy], silent_words(figure.known_time))
    if core.key == "share":
        met = plain(figure.whole - figure.lost)
        return share_line(core, frame, f"Share {lower_first(words.good)}", f"{met} of {plain(figure.whole)}")
    if core.key == "result":
        return result_line(core)
    number = as_number(core)
    if core.key == "unseen":
        return line(core, "Taken for the time without data", "In proportion, rounded up", plain(number))
    if core.key == "allowed":
        percent = plain(100 - Fraction(frame.promise.percent or 100))
        how = f"{percent} % of {plain(figure.whole)}, exactly {careful(number)}"
        return line(core, words.allowed, how, plain(int(number)))
    labels = {"counted": words.whole, "met": words.good, "not_met": words.bad, "unknown": "Without data"}
    return line(core, labels[core.key], _tally(core), plain(number))


def _tally(core: Line) -> str:
    """What stands beside the number: cases still open or left out, and how many people were asked."""
    said = [
        f"{plain(Fraction(value))} {STATES[CaseState(name)]}"
        for name, value in core.details
        if name in {state.value for state in STATES}
    ]
    said += [f"{plain(Fraction(value))} people asked" for name, value in core.details if name == "asked"]
    return few(said)
