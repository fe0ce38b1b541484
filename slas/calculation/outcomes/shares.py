"""So many of so many in one period: the verdict on a share, its result, and its lines in words."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from portal.language.numbers import lower_first, upper_first
from slas.calculation.cases import CaseState
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outcomes.frame import (
    NOTHING,
    Frame,
    Outcome,
    exact,
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
    part_line,
    plain,
    result_line,
    share_line,
    silent_words,
    time_words,
    told,
)
from slas.calculation.proof import Line, Proof
from slas.calculation.rounding import Better, shown_percent
from slas.calculation.running import RunningShare
from slas.calculation.shares import ShareFigure
from slas.calculation.status import Status, Verdict

SILENT = {
    UnknownPolicy.EXCLUDE: "Nobody knows what it hides",
    UnknownPolicy.DOWN: "What it hides counts as lost",
    UnknownPolicy.UP: "What it hides counts as good",
    UnknownPolicy.CARRY: "Nobody knows what it hides",
}
BOUNDS = {
    "low": ("At worst", "If all that has no data was lost"),
    "high": ("At best", "If all that has no data was good"),
}
BESIDE = {"pause_share": "Time paused", "response_rate": "Answered", "interval": "Likely share"}
STATES = {
    CaseState.OVERDUE: "still open",
    CaseState.OPEN: "not due yet",
    CaseState.MERGED: "merged into others",
    CaseState.LEFT_OUT: "left out",
    CaseState.UNKNOWN: "unknown",
}


@dataclass(frozen=True)
class ShareWords:
    """How the lines of a share are called."""

    whole: str
    good: str
    bad: str
    allowed: str


def share_verdict(frame: Frame, figure: ShareFigure) -> Verdict:
    """How the share stands against its target, in a period that has ended or still runs."""
    promise = frame.promise
    if promise.target is None:
        return settled(promise, Verdict(Status.NO_CASES, None, None, None))
    verdict = figure.judge(promise.target, promise.close)
    return running_share(promise, verdict) if frame.is_running else verdict


def share_result(figure: ShareFigure, verdict: Verdict, whole: str) -> dict[str, Any]:
    """What is kept of every share; `whole` is the name of what it is taken of."""
    return {
        "coverage": exact(figure.coverage),
        "known_time": exact(figure.known_time),
        "met": figure.good,
        whole: figure.whole,
        "late": figure.lost,
        "unknown": figure.unknown,
        "allowed_late": whole_allowed(verdict.standing),
        "share": exact(figure.share),
        "bounds": {"low": exact(figure.low), "high": exact(figure.high)},
    }


def share_outcome(
    frame: Frame,
    figure: ShareFigure,
    verdict: Verdict,
    proof: Proof,
    words: ShareWords,
    result: dict[str, Any],
    evidence: dict[str, Any],
    records: list[dict[str, Any]],
    counted: str = "",
    rule: str = "",
    to_come: int | None = None,
) -> Outcome:
    """The outcome with its lines in words; `counted` is said in place of the number where that is hidden.

    `rule` says what belongs to the period, where that is not what usually does. `to_come` are in a running period
    neither good nor lost yet, as far as somebody can say.
    """
    lines = [_line(core, frame, figure, words, counted) for core in proof.lines]
    closing = counted or f"{plain(figure.whole)} {frame.promise.unit_words or 'counted'}"
    unknown = f", {plain(figure.unknown)} without data" if figure.unknown else ""
    if figure.known_time < 1 and not counted:
        unknown += f", no data for {silent_words(figure.known_time)} of the time"
    version = f"Counting rules version {proof.rules_version}."
    told_evidence = {
        **evidence,
        "coverage": result["coverage"],
        "closing": " ".join(filter(None, (f"{closing}{unknown}.", rule, version))),
    }
    if frame.is_running:
        result |= _running(frame, RunningShare(figure, to_come))
    return outcome(
        frame=frame,
        verdict=verdict,
        share=figure.share,
        words=share_value(frame, figure),
        result=result,
        proof=proof,
        told=told(frame, proof, lines, told_evidence),
        records=records,
    )


def _running(frame: Frame, figure: RunningShare) -> dict[str, Any]:
    """The three numbers, and the part of the period that has passed."""
    return {
        "so_far": exact(figure.so_far),
        "if_nothing_else": exact(figure.if_nothing_else),
        "worst_case": exact(figure.worst),
        "to_come": figure.to_come,
        "elapsed_share": exact(Fraction(frame.as_of - frame.span.start, frame.span.seconds)),
    }


def share_value(frame: Frame, figure: ShareFigure) -> str:
    """Few cases are said as “9/9”; a percentage of them would sound surer than it is."""
    if figure.share is None:
        return NOTHING
    if figure.is_small:
        return f"{figure.good}/{figure.whole}"
    return shown_percent(figure.share, frame.promise.decimals)


def share_words(frame: Frame, units: str, good: str, bad: str, *, whole: str = "") -> ShareWords:
    """How the lines are called: as agreed, or else as given."""
    promise = frame.promise
    units = promise.unit_words or units
    bad = promise.bad_words or bad
    return ShareWords(
        whole=whole or upper_first(units),
        good=upper_first(promise.good_words or good),
        bad=upper_first(bad.removeprefix("were ")),
        allowed=f"Allowed {bad.removeprefix('were ')}",
    )


def _line(core: Line, frame: Frame, figure: ShareFigure, words: ShareWords, hidden: str) -> dict[str, Any]:
    if core.key == "counted" and hidden:
        return line(core, words.whole, _tally(core), hidden)
    if core.key == "silent_time":
        return line(core, "Time without data", SILENT[figure.policy], silent_words(figure.known_time))
    if core.key == "share":
        met = plain(figure.good)
        return share_line(core, frame, f"Share {lower_first(words.good)}", f"{met} of {plain(figure.whole)}")
    if core.key in BOUNDS:
        label, how = BOUNDS[core.key]
        missing = "; the time without data in proportion" if figure.known_time < 1 else ""
        return part_line(core, label, how + missing, frame.promise.decimals)
    if core.key in BESIDE:
        return _beside(core, frame)
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


def _beside(core: Line, frame: Frame) -> dict[str, Any]:
    """The paused part of the time, how many answered, and between which shares the true one lies."""
    details, decimals = dict(core.details), frame.promise.decimals
    if core.key == "interval":
        high = shown_percent(Fraction(details["high"]), decimals, Better.LESS)
        value = f"{shown_percent(as_number(core), decimals)} to {high} %"
        return line(core, BESIDE[core.key], "If all had been asked and had answered, with 95 % confidence", value)
    if core.key == "response_rate":
        how = f"{plain(Fraction(details['answers']))} of {plain(Fraction(details['asked']))} people asked"
    else:
        parties = (f", {time_words(Fraction(seconds))} for {party}" for party, seconds in core.details)
        how = "Of the service time between start and stop" + "".join(parties)
    return part_line(core, BESIDE[core.key], how, decimals)


def _tally(core: Line) -> str:
    """What stands beside the number: cases still open or left out, and how many people were asked."""
    said = [
        f"{plain(Fraction(value))} {STATES[CaseState(name)]}"
        for name, value in core.details
        if name in {state.value for state in STATES}
    ]
    said += [f"{plain(Fraction(value))} people asked" for name, value in core.details if name == "asked"]
    return few(said)
