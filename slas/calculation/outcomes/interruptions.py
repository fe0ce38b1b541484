"""Interruptions of one target in one period: how many took longer than agreed (calculation, section 3)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from portal.language.numbers import upper_first
from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms
from slas.calculation.explain import prove_interruptions
from slas.calculation.intervals import Interval
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outcomes.events import Event, known_facts
from slas.calculation.outcomes.frame import (
    NOTHING,
    Frame,
    Outcome,
    exact,
    instant,
    not_yet_missed,
    outcome,
    settled,
    whole_allowed,
)
from slas.calculation.outcomes.words import (
    as_number,
    counted,
    day_words,
    few,
    line,
    plain,
    result_line,
    time_words,
    told,
)
from slas.calculation.proof import Line, Proof, Unit
from slas.calculation.reliability import (
    FailureFate,
    Interruption,
    InterruptionsFigure,
    measure_interruptions,
    work_name,
)
from slas.calculation.rounding import shown_percent
from slas.calculation.status import Status, Verdict, judge_running, trial

FAILURE_FATES = {
    FailureFate.COUNTED: "Counts",
    FailureFate.TOO_SHORT: "Not longer than agreed to count",
    FailureFate.BEGAN_BEFORE: "Began in an earlier period",
    FailureFate.OUTSIDE: "Not in the time that counts",
}
LABELS = {
    "service_hours": "Service hours",
    "planned_work": "Announced work taken out",
    "time_that_counts": "Time that counts",
    "no_data": "Time without data",
    "too_short": "Not longer than that",
    "allowed": "Allowed",
}
MISSING = {
    UnknownPolicy.EXCLUDE: "Time without data hides nothing that is counted.",
    UnknownPolicy.DOWN: "Time without data counts as an interruption.",
    UnknownPolicy.UP: "Time without data counts as good.",
    UnknownPolicy.CARRY: "Time without data hides nothing that is counted.",
}


@dataclass(frozen=True)
class InterruptionsInputs:
    """Terms and facts of one target in one period; events by the id of their outage.

    The minimum outage of the terms is the least length that is longer than agreed.
    """

    frame: Frame
    terms: AvailabilityTerms
    facts: AvailabilityFacts
    events: Mapping[str, Event]

    @property
    def longer_than(self) -> int:
        """Interruptions count that took more than so many seconds."""
        return self.terms.minimum_outage - 1


def judge_interruptions(inputs: InterruptionsInputs) -> Outcome:
    """At most so many interruptions of more than so many minutes."""
    frame = inputs.frame
    known = known_facts(frame, inputs.facts)
    figure = measure_interruptions(Interval(frame.span.start, frame.as_of), inputs.terms, known)
    verdict = _verdict(frame, figure)
    proof = prove_interruptions(
        terms=inputs.terms,
        facts=inputs.facts,
        figure=figure,
        allowed=None if frame.promise.is_trial else frame.promise.allowed_misses,
        close=frame.promise.close,
        verdict=verdict,
    )
    words = {"missing_policy": _missing_words(frame), "rounding": "Counted in whole interruptions."}
    return outcome(
        frame=frame,
        verdict=verdict,
        share=None,
        words=f"{figure.number}×" if figure.availability.judged_seconds else NOTHING,
        result=_result(inputs, figure, verdict),
        proof=proof,
        told=told(frame, proof, [_line(core, inputs, figure) for core in proof.lines], _evidence(figure, proof))
        | words,
        records=(_record(each, inputs) for each in figure.interruptions),
    )


def _verdict(frame: Frame, figure: InterruptionsFigure) -> Verdict:
    allowed = frame.promise.allowed_misses
    if frame.promise.is_trial or allowed is None:
        return settled(frame.promise, trial())
    verdict = figure.judge_at_most(allowed, frame.promise.close)
    if not frame.is_running or verdict.status is Status.NO_CASES or verdict.standing is None:
        return verdict
    # More may come: only those that are known beyond doubt and are too many are certain.
    certain = False if figure.at_fewest > allowed else None
    if verdict.status is Status.DATA_GAP:
        return replace(verdict, certain=certain)
    used, elapsed = verdict.standing.room_used, Fraction(frame.as_of - frame.span.start, frame.span.seconds)
    status = judge_running(verdict.standing, used / elapsed if used is not None else None, frame.promise.close)
    return not_yet_missed(Verdict(status, verdict.standing.met, certain, verdict.standing))


def _result(inputs: InterruptionsInputs, figure: InterruptionsFigure, verdict: Verdict) -> dict[str, Any]:
    time, frame = figure.availability, inputs.frame
    result = {
        "coverage": exact(time.coverage),
        "service_seconds": time.service_seconds,
        "excluded_seconds": time.excluded_seconds,
        "counted_seconds": time.counted_seconds,
        "unknown_seconds": time.unknown_seconds,
        "longer_than_seconds": inputs.longer_than,
        "late": figure.number,
        "allowed_late": whole_allowed(verdict.standing),
        "too_short": figure.too_short,
    }
    if frame.is_running:
        result["elapsed_share"] = exact(Fraction(frame.as_of - frame.span.start, frame.span.seconds))
    return result


def _record(each: Interruption, inputs: InterruptionsInputs) -> dict[str, Any]:
    frame, facts = inputs.frame, inputs.facts
    works = {work_name(work.id): work for work in (*facts.works_around, *facts.planned_works)}
    known = works.keys() | {outage.id for outage in (*facts.outages_before, *facts.outages)}
    events = [inputs.events.get(name, Event("" if name in known else "No data")) for name in each.ids]
    is_open = each.goes_on
    if frame.is_running:
        is_open |= any(name in works and works[name].away.end > frame.as_of for name in each.ids)
    return {
        "id": each.ids[0],
        "started_at": instant(each.time.start),
        "ended_at": None if is_open else instant(each.time.end),
        "seconds": each.until(frame.as_of),
        "what": "; ".join(dict.fromkeys(event.what for event in events if event.what)),
        "cause": "; ".join(dict.fromkeys(event.cause for event in events if event.cause)),
        "state": each.fate.value,
        "why": FAILURE_FATES[each.fate],
    }


def _evidence(figure: InterruptionsFigure, proof: Proof) -> dict[str, Any]:
    coverage = figure.availability.coverage
    data = "no data" if coverage is None else f"data {shown_percent(coverage, 1)} %"
    number = upper_first(counted(figure.number, "interruption", "interruptions"))
    return {
        "coverage": exact(coverage),
        "closing": f"{number}, {data}. Counting rules version {proof.rules_version}.",
    }


def _missing_words(frame: Frame) -> str:
    least = plain(frame.promise.minimum_coverage * 100)
    return f"{MISSING[frame.promise.unknown]} Below {least} % of data we do not judge."


def _line(core: Line, inputs: InterruptionsInputs, figure: InterruptionsFigure) -> dict[str, Any]:
    if core.key == "result":
        return result_line(core)
    number = as_number(core)
    if core.unit is Unit.SECONDS:
        sign = "− " if core.key == "planned_work" else ""
        how = inputs.frame.hours_words if core.key == "service_hours" else ""
        return line(core, LABELS[core.key], how, f"{sign}{time_words(number)}")
    if core.key != "interruptions":
        return line(core, LABELS[core.key], "", plain(number))
    how = few([_length(each, inputs.frame) for each in figure.interruptions if each.fate is FailureFate.COUNTED])
    return line(core, f"Interruptions of more than {time_words(inputs.longer_than)}", how, plain(number))


def _length(each: Interruption, frame: Frame) -> str:
    """How long one took; of one that lasts beyond the period, up to its end."""
    said = f"{day_words(each.time.start, frame.zone)} {time_words(Fraction(each.until(frame.as_of)))}"
    return f"{said} and goes on" if each.goes_on else said
