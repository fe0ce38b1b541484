"""Availability of one target in one period, agreed and experienced, with its events (calculation, sections 2 and 9)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from portal.language.numbers import upper_first
from slas.calculation.availability import AvailabilityFacts, AvailabilityFigure, AvailabilityTerms, measure_availability
from slas.calculation.conventions import PARLEY, Convention
from slas.calculation.deadlines import working_days
from slas.calculation.explain import prove_availability
from slas.calculation.intervals import Interval
from slas.calculation.outages import Fate, Outage, OutageUse
from slas.calculation.outcomes.events import Event, days_of_notice, known_facts, told_outage, told_work
from slas.calculation.outcomes.frame import (
    NOTHING,
    Frame,
    Outcome,
    exact,
    instant,
    not_yet_missed,
    outcome,
    settled,
)
from slas.calculation.outcomes.words import (
    allowed_words,
    as_number,
    careful,
    counted,
    day_words,
    few,
    line,
    part_line,
    plain,
    result_line,
    share_line,
    time_words,
    told,
    zone_words,
)
from slas.calculation.planned_work import PlannedWork, WorkUse
from slas.calculation.proof import Line, Proof
from slas.calculation.reliability import ReliabilityFigure, reliability_of
from slas.calculation.rounding import shown_percent
from slas.calculation.running import RunningFigure, running
from slas.calculation.service_hours import ServiceHours
from slas.calculation.status import Status, Verdict

LABELS = {
    "no_data": "Time without data, left out",
    "time_that_counts": "Time that counts",
    "no_data_down": "Time without data, counted as down",
    "time_lost": "Time lost",
}
BOUNDS = {
    "low": ("At worst", "If all time without data was down"),
    "high": ("At best", "If all time without data was up"),
}
_MINUTE = 60
# By which rule failures are told beside the share: 2 since planned work that counts as down is one.
FAILURES_RULE = 2


@dataclass(frozen=True)
class AvailabilityInputs:
    """Terms and facts of one target in one period; events and titles by the id of their outage or planned work."""

    frame: Frame
    terms: AvailabilityTerms
    facts: AvailabilityFacts
    events: Mapping[str, Event]
    titles: Mapping[str, str]


@dataclass(frozen=True)
class _Figures:
    """The period so far (all of it, once it has ended), its planned work also to come, and the running figure."""

    so_far: AvailabilityFigure
    works: tuple[WorkUse, ...]
    running: RunningFigure | None

    @property
    def share(self) -> Fraction | None:
        """The value of the figure: in a running period that at its end if nothing else happens."""
        return self.running.if_nothing_else if self.running else self.so_far.share


def judge_availability(inputs: AvailabilityInputs) -> Outcome:
    """Share of the service time that counts in which the service could be used, and how much may be lost."""
    frame, target = inputs.frame, inputs.frame.promise.target
    figures = _measure(inputs)
    verdict = _verdict(frame, figures)
    proof = prove_availability(
        terms=inputs.terms,
        facts=inputs.facts,
        figure=figures.so_far,
        target=frame.promise.percent if target is not None else None,
        close=frame.promise.close,
        verdict=verdict,
    )
    shown = [core for core in proof.lines if core.key != "planned_work" or core.value]
    lines = [_line(core, inputs, figures.so_far, verdict) for core in shown]
    return outcome(
        frame=frame,
        verdict=verdict,
        share=figures.share,
        words=_words(frame, figures),
        result=_result(inputs, figures, verdict),
        proof=proof,
        told=told(frame, proof, lines, _evidence(inputs, figures.so_far, proof)),
    )


def availability_by(inputs: AvailabilityInputs, by: Convention) -> tuple[str, Status]:
    """Value and status by a convention of others, and by everything else as agreed."""
    figures = _measure(inputs, by)
    return _words(inputs.frame, figures), _verdict(inputs.frame, figures).status


def _words(frame: Frame, figures: _Figures) -> str:
    return NOTHING if figures.share is None else shown_percent(figures.share, frame.promise.decimals)


def with_claim(inputs: AvailabilityInputs, claimed: Interval) -> AvailabilityInputs:
    """The same facts and the time that somebody says was lost as well; nothing else changes."""
    claim = Outage("claim", claimed.start, claimed.end)
    facts = replace(inputs.facts, outages=(*inputs.facts.outages, claim))
    return replace(inputs, facts=facts, events={**inputs.events, "claim": Event("As claimed")})


def _measure(inputs: AvailabilityInputs, by: Convention = PARLEY) -> _Figures:
    frame, promise = inputs.frame, inputs.frame.promise
    announced = measure_availability(frame.span, inputs.terms, inputs.facts, by)
    if not frame.is_running:
        return _Figures(announced, announced.works, None)
    so_far = measure_availability(Interval(frame.span.start, frame.as_of), inputs.terms, inputs.facts, by)
    # Work that has not begun may still be cancelled: it is taken out of the period when it begins.
    begun = tuple(work for work in inputs.facts.planned_works if work.start < frame.as_of)
    whole = measure_availability(frame.span, inputs.terms, replace(inputs.facts, planned_works=begun), by)
    # Without a target nothing is allowed; the three figures of the month do not depend on it.
    target = promise.target if promise.target is not None else Fraction(1)
    return _Figures(so_far, announced.works, running(so_far, whole, target))


def _verdict(frame: Frame, figures: _Figures) -> Verdict:
    promise = frame.promise
    if promise.target is None:
        return settled(promise, Verdict(Status.NO_CASES, None, None, None))
    verdict = figures.so_far.judge(promise.target, promise.close)
    if figures.running is None:
        return verdict
    standing = figures.running.standing
    # The rest of the period can still use up what is left of the room; only known losses beyond it are certain.
    certain = False if figures.so_far.lost_to_events > standing.room else None
    if verdict.status is Status.DATA_GAP and certain is None:
        return replace(verdict, certain=None, standing=standing)
    return not_yet_missed(Verdict(figures.running.status(promise.close), standing.met, certain, standing))


def _result(inputs: AvailabilityInputs, figures: _Figures, verdict: Verdict) -> dict[str, Any]:
    figure = figures.so_far
    outages = {outage.id: outage for outage in inputs.facts.outages}
    result = {
        "coverage": exact(figure.coverage),
        "service_seconds": figure.service_seconds,
        "excluded_seconds": figure.excluded_seconds,
        "counted_seconds": figure.counted_seconds,
        "lost_seconds": exact(figure.lost),
        "allowed_seconds": exact(verdict.standing.room) if verdict.standing else None,
        "agreed": exact(figure.share),
        "experienced": {
            "service_seconds": figure.experienced_seconds,
            "lost_seconds": figure.experienced_lost,
            "share": exact(figure.experienced),
        },
        "unknown_seconds": figure.unknown_seconds,
        "bounds": {"low": exact(figure.low), "high": exact(figure.high)},
        "reliability": _reliability(reliability_of(figure, inputs.terms, known_facts(inputs.frame, inputs.facts))),
        "events": [
            told_outage(use, outages[use.id], inputs.events.get(use.id, Event()), by_users=inputs.terms.by_users)
            for use in figure.outages
        ],
        "planned": [
            told_work(use, _work(use.id, inputs), inputs.titles.get(use.id, ""), _notice_hours(inputs))
            for use in figures.works
        ],
    }
    return result | _running(figures.running)


def _reliability(figure: ReliabilityFigure) -> dict[str, Any]:
    """How often it failed and how long it took to bring back (calculation, section 3); exact seconds."""
    return {
        "rule": FAILURES_RULE,
        "failures": figure.failures,
        "lost_to_failures": exact(figure.lost),
        "restore_seconds": exact(figure.restore_time),
        "between_failures_seconds": exact(figure.time_between_failures),
        "between_starts_seconds": exact(figure.time_between_incidents),
        "at_least_between_seconds": exact(figure.at_least_between),
        "began_before": instant(figure.began_before),
    }


def _running(figure: RunningFigure | None) -> dict[str, Any]:
    if figure is None:
        return {}
    elapsed = Fraction(figure.elapsed, figure.whole) if figure.whole else None
    return {
        "so_far": exact(figure.so_far),
        "if_nothing_else": exact(figure.if_nothing_else),
        "worst_case": exact(figure.worst),
        "elapsed_share": exact(elapsed),
    }


def _evidence(inputs: AvailabilityInputs, figure: AvailabilityFigure, proof: Proof) -> dict[str, Any]:
    coverage = figure.coverage
    data = "no data" if coverage is None else f"data {shown_percent(coverage, 1)} %"
    if coverage == 1:
        data = "data complete (100 %)"
    events = counted(len(figure.outages), "event", "events")
    left_out = [use for use in figure.outages if use.fate is Fate.AGREED_NOT_TO_COUNT]
    if left_out:
        days = [_left_out(use, inputs) for use in left_out]
        events = f"{events}, {len(left_out)} agreed not to count ({few(days)})"
    return {
        "events": len(figure.outages),
        "left_out": len(left_out),
        "planned": len(figure.works),
        "coverage": exact(coverage),
        "closing": f"{upper_first(events)}, {data}. Counting rules version {proof.rules_version}.",
    }


def _left_out(use: OutageUse, inputs: AvailabilityInputs) -> str:
    reason = inputs.events.get(use.id, Event()).left_out
    on = day_words(use.start, inputs.frame.zone)
    return f"{on}: {reason}" if reason else on


def _line(core: Line, inputs: AvailabilityInputs, figure: AvailabilityFigure, verdict: Verdict) -> dict[str, Any]:
    """One line of the sum; labels and details as a reader of the review hears them."""
    if core.key == "share":
        judged, lost = _minutes(figure.judged_seconds), _minutes(figure.lost)
        return share_line(core, inputs.frame, "Share available", f"{careful(judged - lost)} of {careful(judged)}")
    if core.key == "result":
        return result_line(core, _MINUTE)
    if core.key == "allowed":
        room, of = as_number(core), verdict.standing.whole if verdict.standing else Fraction(0)
        percent = plain(100 - Fraction(inputs.frame.promise.percent or 100))
        how = f"{percent} % of {careful(_minutes(of))}, exactly {careful(_minutes(room))}"
        return line(core, "Time allowed", how, allowed_words(room))
    if core.key in BOUNDS:
        return part_line(core, *BOUNDS[core.key], inputs.frame.promise.decimals)
    label, how = (LABELS[core.key], "") if core.key in LABELS else next(_labels(core, inputs))
    sign = "− " if core.key in ("planned_work", "no_data") else ""
    return line(core, label, how, f"{sign}{time_words(as_number(core))}")


def _minutes(seconds: Fraction | int) -> Fraction:
    return Fraction(seconds) / _MINUTE


def _labels(core: Line, inputs: AvailabilityInputs) -> Iterator[tuple[str, str]]:
    frame, promise = inputs.frame, inputs.frame.promise
    match core.key:
        case "service_hours":
            yield "Service hours", _hours(inputs)
        case "planned_work":
            yield "Announced work taken out", _taken_out(core, inputs)
        case "down":
            yield promise.loss_words or "Down", _dates(core, inputs)
        case "degraded":
            yield _degraded(core, inputs)
        case "by_users":
            yield f"{promise.loss_words or 'Down'}, by share of users", _by_users(core, inputs)
        case "planned_work_down":
            works = [day_words(_work(key, inputs).start, frame.zone) for key, _ in core.details]
            yield "Planned work that counts as down", few(works)


def _hours(inputs: AvailabilityInputs) -> str:
    frame, hours = inputs.frame, inputs.terms.hours
    first, last = hours.date_of(frame.span.start), hours.date_of(frame.as_of - 1)
    days = working_days(hours, first, last) + hours.is_working_day(first)
    words = frame.hours_words.removesuffix(", every day")
    part = f", {frame.part}" if frame.part else ""
    return f"{counted(days, 'day', 'days')}, {words}, {zone_words(hours.zone)}{part}"


def _taken_out(core: Line, inputs: AvailabilityInputs) -> str:
    terms = inputs.terms.planned_work
    said = []
    for key, _ in core.details:
        work = _work(key, inputs)
        notice = days_of_notice(work, _notice_hours(inputs))
        days = "" if notice is None else f", {counted(notice, 'working day’s', 'working days’')} notice"
        said.append(f"{day_words(work.start, inputs.frame.zone, weekday=True)}{days}")
    cap = f", {plain(_minutes(as_number(core)))} of {plain(_minutes(terms.cap))} min cap" if terms.cap else ""
    return few(said) + cap


def _notice_hours(inputs: AvailabilityInputs) -> ServiceHours:
    return inputs.terms.planned_work.notice_hours or inputs.terms.hours


def _work(key: str, inputs: AvailabilityInputs) -> PlannedWork:
    return next(work for work in inputs.facts.planned_works if work.id == key)


def _dates(core: Line, inputs: AvailabilityInputs) -> str:
    starts = {outage.id: outage.start for outage in inputs.facts.outages}
    zone = inputs.frame.zone
    lost = [(starts[key], Fraction(value)) for key, value in core.details if key in starts]
    return few(sorted(lost), lambda each: f"{day_words(each[0], zone)} {time_words(each[1]).removesuffix(' min')}")


def _by_users(core: Line, inputs: AvailabilityInputs) -> str:
    """What each outage cost, and how many of the users it met."""
    outages = {outage.id: outage for outage in inputs.facts.outages}
    found = sorted(((outages[key], Fraction(value)) for key, value in core.details), key=lambda each: each[0].start)

    def say(each: tuple[Outage, Fraction]) -> str:
        outage, lost = each
        day = day_words(outage.start, inputs.frame.zone)
        return f"{day} {time_words(lost)} ({plain(100 * outage.affected)} % of users)"

    return few(found, say)


def _degraded(core: Line, inputs: AvailabilityInputs) -> tuple[str, str]:
    """Slow or partly usable time: how much, and how it counts."""
    usable = Fraction(dict(core.details)["usable"])
    starts = {outage.id: outage.start for outage in inputs.facts.outages}
    lost = [(starts[key], key, Fraction(value)) for key, value in core.details if key in starts]
    names = {inputs.events.get(key, Event()).what.partition(":")[0] for _, key, _ in lost}
    label = names.pop() if len(names) == 1 and "" not in names else "Slow or partly usable"
    days = few(sorted(lost), lambda each: f"{day_words(each[0], inputs.frame.zone)} {time_words(each[2])}")
    weights = {Fraction(1, 2): "counts half", Fraction(1): "does not count"}
    return label, f"{days}, {weights.get(usable, f'counts {plain(100 - 100 * usable)} %')}"
