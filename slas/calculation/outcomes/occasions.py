"""Deadlines on occasions of one period: on how many dates the work was complete in time (calculation, section 6a)."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from portal.language.dates import day
from portal.language.numbers import upper_first
from slas.calculation.explain import prove_occasions
from slas.calculation.local_time import DAY
from slas.calculation.missing import UnknownPolicy
from slas.calculation.occasions import (
    Completion,
    Occasion,
    OccasionSchedule,
    OccasionsFigure,
    OccasionState,
    measure_occasions,
)
from slas.calculation.outcomes.frame import (
    NOTHING,
    Frame,
    Outcome,
    Promise,
    exact,
    instant,
    not_yet_missed,
    outcome,
    settled,
    whole_allowed,
)
from slas.calculation.outcomes.words import as_number, counted, few, line, plain, result_line, told
from slas.calculation.proof import Line, Proof
from slas.calculation.status import Standing, Status, Verdict, judge_running

# The last occasion of a period may be due on the next date; two days later each one is known or has no record.
SETTLING = 2 * DAY


@dataclass(frozen=True)
class OccasionsInputs:
    """The agreed dates and what is recorded of them."""

    frame: Frame
    schedule: OccasionSchedule
    records: tuple[Completion, ...]


def judge_occasions(inputs: OccasionsInputs) -> Outcome:
    """At most so many late, or a share in time; an occasion without a record is unknown and not late."""
    frame = inputs.frame
    as_of = min(frame.now, frame.span.end + SETTLING)
    figure = replace(
        measure_occasions(frame.span, inputs.schedule, inputs.records, as_of),
        minimum_coverage=frame.promise.minimum_coverage,
        # A number of misses is judged when the dates without a record cannot change it: they follow no policy.
        policy=UnknownPolicy.EXCLUDE if frame.promise.allowed_misses is not None else frame.promise.unknown,
    )
    verdict = _verdict(frame, figure)
    proof = prove_occasions(
        span=frame.span,
        schedule=inputs.schedule,
        records=inputs.records,
        as_of=as_of,
        figure=figure,
        rule=_rule(frame.promise),
        close=frame.promise.close,
        verdict=verdict,
    )
    lines = [_line(core, frame.promise, figure) for core in proof.lines]
    return outcome(
        frame=frame,
        verdict=verdict,
        share=figure.share,
        words=f"{figure.met}/{figure.due}" if figure.due else NOTHING,
        result=_result(frame, figure, verdict),
        proof=proof,
        told=told(frame, proof, lines, _evidence(figure, proof)),
        records=(_record(each) for each in figure.occasions if each.state is not OccasionState.TO_COME),
    )


def _verdict(frame: Frame, figure: OccasionsFigure) -> Verdict:
    promise = frame.promise
    verdict = _judged(promise, figure)
    if promise.is_trial or not frame.is_running or verdict.status is Status.NO_CASES:
        return verdict
    standing = _standing(promise, figure)
    # What is to come can still be late; only known late ones beyond the room of the whole period are certain.
    certain = False if figure.late > standing.room else None
    if verdict.status is Status.DATA_GAP:
        return replace(verdict, certain=certain)
    to_come = figure.count(OccasionState.TO_COME)
    elapsed = Fraction(figure.due, figure.due + to_come)
    burn = standing.room_used / elapsed if standing.room_used is not None and elapsed else None
    status = judge_running(standing, burn, promise.close)
    return not_yet_missed(Verdict(status, standing.met, certain, standing))


def _judged(promise: Promise, figure: OccasionsFigure) -> Verdict:
    if promise.is_trial:
        return settled(promise, Verdict(Status.TRIAL, None, None, None))
    if promise.allowed_misses is not None:
        return figure.judge_at_most(promise.allowed_misses, promise.close)
    if promise.target is None:
        return Verdict(Status.NO_CASES, None, None, None)
    return figure.judge_share(promise.target, promise.close)


def _standing(promise: Promise, figure: OccasionsFigure) -> Standing:
    """Late so far against what is allowed in the whole period."""
    whole = Fraction(figure.due + figure.count(OccasionState.TO_COME))
    if promise.allowed_misses is not None:
        return Standing(Fraction(figure.late), Fraction(promise.allowed_misses), whole)
    return Standing(Fraction(figure.lost), (1 - (promise.target or Fraction(0))) * whole, whole)


def _rule(promise: Promise) -> str:
    if promise.is_trial:
        return "trial"
    return f"at most {promise.allowed_misses} late" if promise.allowed_misses is not None else f"{promise.percent} %"


def _result(frame: Frame, figure: OccasionsFigure, verdict: Verdict) -> dict[str, Any]:
    known = figure.met + figure.late
    result = {
        "coverage": exact(figure.coverage),
        "due": figure.due,
        "known": known,
        "judged": figure.whole,
        "lost": figure.lost,
        "on_time": figure.met,
        "late": figure.late,
        "unknown": figure.unknown,
        "to_come": figure.count(OccasionState.TO_COME),
        "allowed_late": whole_allowed(verdict.standing),
        "share": exact(figure.share),
        "bounds": {"low": exact(figure.low), "high": exact(figure.high)},
        "late_dates": [_record(each) for each in figure.occasions if each.state is OccasionState.LATE],
        "unknown_dates": [each.on.isoformat() for each in figure.occasions if each.state is OccasionState.UNKNOWN],
    }
    return result | (_running(figure) if frame.is_running else {})


def _running(figure: OccasionsFigure) -> dict[str, Any]:
    """So far, if all the rest is in time, and if all the rest is late."""
    whole = figure.due + figure.count(OccasionState.TO_COME)
    good = figure.met + figure.count(OccasionState.TO_COME)
    return {
        "so_far": exact(figure.share),
        "if_nothing_else": exact(Fraction(good, whole) if whole else None),
        "worst_case": exact(Fraction(figure.met, whole) if whole else None),
        "elapsed_share": exact(Fraction(figure.due, whole) if whole else None),
    }


def _record(occasion: Occasion) -> dict[str, Any]:
    return {
        "on": occasion.on.isoformat(),
        "due_at": instant(occasion.due_at),
        "completed_at": instant(occasion.completed_at),
        "state": occasion.state.value,
    }


def _evidence(figure: OccasionsFigure, proof: Proof) -> dict[str, Any]:
    missing = f", {counted(figure.unknown, 'date has', 'dates have')} no record" if figure.unknown else ""
    dates = counted(figure.due, "date", "dates")
    return {
        "due": figure.due,
        "unknown": figure.unknown,
        "coverage": exact(figure.coverage),
        "closing": f"{upper_first(dates)} due{missing}. Counting rules version {proof.rules_version}.",
    }


def _line(core: Line, promise: Promise, figure: OccasionsFigure) -> dict[str, Any]:
    if core.key == "result":
        return result_line(core)
    if core.key == "low":
        return line(core, "At worst", "If all without a record were late", f"{figure.met}/{figure.due}")
    if core.key == "high":
        in_time = figure.met + figure.unknown
        return line(core, "At best", "If all without a record were in time", f"{in_time}/{figure.due}")
    units = promise.unit_words or "dates"
    labels = {
        "occasions": f"{upper_first(units)} due",
        "in_time": "In time",
        "late": "Late",
        "no_record": "Without a record",
    }
    on = [day(date.fromisoformat(name)) for name, _ in core.details]
    return line(core, labels[core.key], few(on), plain(as_number(core)))
