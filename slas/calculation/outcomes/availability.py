"""Availability of one target in one period, agreed and experienced, with its events (calculation, sections 2 and 9)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from portal.language.numbers import upper_first
from slas.calculation.availability import AvailabilityFacts, AvailabilityFigure, AvailabilityTerms, measure_availability
from slas.calculation.deadlines import WorkingDays, due_at, receipt, working_days
from slas.calculation.explain import prove_availability
from slas.calculation.intervals import Interval
from slas.calculation.outages import Fate, Outage, OutageUse
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
from slas.calculation.planned_work import Ground, PlannedWork, WorkUse
from slas.calculation.proof import Line, Proof
from slas.calculation.rounding import shown_percent
from slas.calculation.running import RunningFigure, running
from slas.calculation.service_hours import ServiceHours
from slas.calculation.status import Status, Verdict

FATES = {
    Fate.COUNTED: "Counts",
    Fate.OUTSIDE: "Outside the agreed hours",
    Fate.EXCLUDED: "Inside announced work",
    Fate.WITHIN_ANOTHER: "Already counted with another event",
    Fate.TOO_SHORT: "Shorter than agreed to count",
    Fate.AGREED_NOT_TO_COUNT: "Agreed not to count",
}
GROUNDS = {
    Ground.AGREED: "Announced in time and approved",
    Ground.TYPE_NOT_AGREED: "Not agreed to be taken out",
    Ground.SHORT_NOTICE: "Announced too late",
    Ground.NOT_APPROVED: "Not approved before it started",
}
BOUNDS = {
    "low": ("At worst", "If all time without data was down"),
    "high": ("At best", "If all time without data was up"),
}
_MINUTE = 60


@dataclass(frozen=True)
class Event:
    """What is told of an outage beside its times; `left_out` is why it is agreed not to count."""

    what: str = ""
    cause: str = ""
    component: str = ""
    left_out: str = ""


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
    share = figures.running.if_nothing_else if figures.running else figures.so_far.share
    shown = [core for core in proof.lines if core.key != "planned_work" or core.value]
    lines = [_line(core, inputs, figures.so_far, verdict) for core in shown]
    return outcome(
        frame=frame,
        verdict=verdict,
        share=share,
        words=NOTHING if share is None else shown_percent(share, frame.promise.decimals),
        result=_result(inputs, figures, verdict),
        proof=proof,
        told=told(frame, proof, lines, _evidence(inputs, figures.so_far, proof)),
    )


def with_claim(inputs: AvailabilityInputs, claimed: Interval) -> AvailabilityInputs:
    """The same facts and the time that somebody says was lost as well; nothing else changes."""
    claim = Outage("claim", claimed.start, claimed.end)
    facts = replace(inputs.facts, outages=(*inputs.facts.outages, claim))
    return replace(inputs, facts=facts, events={**inputs.events, "claim": Event("As claimed")})


def _measure(inputs: AvailabilityInputs) -> _Figures:
    frame, promise = inputs.frame, inputs.frame.promise
    announced = measure_availability(frame.span, inputs.terms, inputs.facts)
    if not frame.is_running:
        return _Figures(announced, announced.works, None)
    so_far = measure_availability(Interval(frame.span.start, frame.as_of), inputs.terms, inputs.facts)
    # Work that has not begun may still be cancelled: it is taken out of the period when it begins.
    begun = tuple(work for work in inputs.facts.planned_works if work.start < frame.as_of)
    whole = measure_availability(frame.span, inputs.terms, replace(inputs.facts, planned_works=begun))
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
        "events": [_event(use, outages[use.id], inputs) for use in figure.outages],
        "planned": [_planned(use, inputs) for use in figures.works],
    }
    return result | _running(figures.running)


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


def _event(use: OutageUse, outage: Outage, inputs: AvailabilityInputs) -> dict[str, Any]:
    event = inputs.events.get(use.id, Event())
    return {
        "id": use.id,
        "started_at": instant(outage.start),
        "ended_at": instant(outage.end),
        "what": event.what,
        "cause": event.cause,
        "component": event.component,
        "is_degraded": outage.usable > 0,
        "seconds": use.outside + use.excluded + use.shared + use.counted,
        "counted_seconds": exact(use.lost),
        "pieces": _pieces(use.pieces),
        "left_out": event.left_out,
        "why": _why(use.fate, event),
    }


def _why(fate: Fate, event: Event) -> str:
    """What became of an outage; where it is agreed not to count, with the reason."""
    if fate is Fate.AGREED_NOT_TO_COUNT and event.left_out:
        return f"{FATES[fate]}: {event.left_out}"
    return FATES[fate]


def _pieces(pieces: Iterable[Interval]) -> list[tuple[str | None, str | None]]:
    """When the counted seconds were."""
    return [(instant(start), instant(end)) for start, end in pieces]


def _planned(use: WorkUse, inputs: AvailabilityInputs) -> dict[str, Any]:
    work = _work(use.id, inputs)
    return {
        "id": use.id,
        "starts_at": instant(work.start),
        "ends_at": instant(work.away.end),
        "title": inputs.titles.get(use.id, ""),
        "excluded_seconds": use.excluded_seconds,
        "counted_seconds": exact(use.counted_down_seconds),
        "pieces": _pieces(use.down),
        "notice_working_days": _notice(work, inputs.terms.planned_work.notice_hours or inputs.terms.hours),
        "why": _why_planned(use),
    }


def _why_planned(use: WorkUse) -> str:
    """Whether it was agreed, and what follows; work that was not may still cost nothing."""
    why = GROUNDS[use.ground]
    if use.ground is Ground.AGREED:
        over = "; what is over the cap or the announced end counts as down"
        return f"{why}{over}" if use.counted_down_seconds else why
    if use.counted_down_seconds:
        return f"{why}, so it counts as down"
    return f"{why}, but costs nothing: all of it is in other planned work or outside the agreed hours"


def _notice(work: PlannedWork, hours: ServiceHours) -> int | None:
    """Whole working days between announcement and start, counted as the agreed notice is."""
    if work.announced_at is None or work.announced_at > work.start:
        return None
    days = max(0, working_days(hours, receipt(hours, work.announced_at)[0], hours.date_of(work.start)))
    while days and due_at(hours, work.announced_at, WorkingDays(days)) > work.start:
        days -= 1
    return days


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
    label, how = next(_labels(core, inputs))
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
        case "no_data":
            yield "Time without data, left out", ""
        case "time_that_counts":
            yield "Time that counts", ""
        case "down":
            yield promise.loss_words or "Down", _dates(core, inputs)
        case "degraded":
            yield _degraded(core, inputs)
        case "planned_work_down":
            works = [day_words(_work(key, inputs).start, frame.zone) for key, _ in core.details]
            yield "Planned work that counts as down", few(works)
        case "no_data_down":
            yield "Time without data, counted as down", ""
        case "time_lost":
            yield "Time lost", ""


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
        notice = _notice(work, terms.notice_hours or inputs.terms.hours)
        days = "" if notice is None else f", {counted(notice, 'working day’s', 'working days’')} notice"
        said.append(f"{day_words(work.start, inputs.frame.zone, weekday=True)}{days}")
    cap = f", {plain(_minutes(as_number(core)))} of {plain(_minutes(terms.cap))} min cap" if terms.cap else ""
    return few(said) + cap


def _work(key: str, inputs: AvailabilityInputs) -> PlannedWork:
    return next(work for work in inputs.facts.planned_works if work.id == key)


def _dates(core: Line, inputs: AvailabilityInputs) -> str:
    starts = {outage.id: outage.start for outage in inputs.facts.outages}
    zone = inputs.frame.zone
    lost = [(starts[key], Fraction(value)) for key, value in core.details if key in starts]
    return few([f"{day_words(start, zone)} {time_words(value).removesuffix(' min')}" for start, value in sorted(lost)])


def _degraded(core: Line, inputs: AvailabilityInputs) -> tuple[str, str]:
    """Slow or partly usable time: how much, and how it counts."""
    usable = Fraction(dict(core.details)["usable"])
    starts = {outage.id: outage.start for outage in inputs.facts.outages}
    lost = [(starts[key], key, Fraction(value)) for key, value in core.details if key in starts]
    names = {inputs.events.get(key, Event()).what.partition(":")[0] for _, key, _ in lost}
    label = names.pop() if len(names) == 1 and "" not in names else "Slow or partly usable"
    days = few([f"{day_words(start, inputs.frame.zone)} {time_words(value)}" for start, _, value in sorted(lost)])
    weights = {Fraction(1, 2): "counts half", Fraction(1): "does not count"}
    return label, f"{days}, {weights.get(usable, f'counts {plain(100 - 100 * usable)} %')}"
