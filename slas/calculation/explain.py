"""“How was this calculated?”: the proof of each kind of figure, with its sum read from top to bottom.

The keys of the lines are turned into sentences by the page; the values stay exact.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from slas.calculation.availability import AvailabilityFacts, AvailabilityFigure, AvailabilityTerms
from slas.calculation.cases import CasesFigure, CaseState, CaseTerms
from slas.calculation.intervals import Interval
from slas.calculation.missing import UnknownPolicy
from slas.calculation.occasions import Completion, OccasionSchedule, OccasionsFigure, OccasionState
from slas.calculation.outages import DOWN
from slas.calculation.proof import Line, Proof, Role, Unit, prove
from slas.calculation.reliability import (
    FailureFate,
    InterruptionsFigure,
    decided_around,
    gap_name,
    measure_interruptions,
)
from slas.calculation.rounding import share_of
from slas.calculation.satisfaction import SatisfactionFigure
from slas.calculation.seen import seen_cases, seen_completion, seen_facts, seen_hours, seen_terms
from slas.calculation.shares import ShareFigure
from slas.calculation.status import CloseRule, Verdict

HIDDEN = "fewer than five answers"  # in place of a number of answers that is too small to show
Details = tuple[tuple[str, Fraction | str], ...]


def prove_availability(
    *,
    terms: AvailabilityTerms,
    facts: AvailabilityFacts,
    figure: AvailabilityFigure,
    target: str | None,
    close: CloseRule,
    verdict: Verdict,
) -> Proof:
    """The proof of an availability; `target` is the agreed percentage, None in a trial."""
    inputs: dict[str, Any] = {
        "span": figure.span,
        "terms": seen_terms(terms, facts, figure.span),
        "facts": seen_facts(facts, terms, figure.span),
        "target": target,
        "close": close,
    }
    # The failures beside it are told with it: where their number does not follow from what is seen, it is said.
    if states := decided_around(figure.span, terms, facts):
        inputs["lasting"] = states
    bounds = _bounds(figure, is_complete=not figure.unknown_seconds)
    judged = _share_lines(figure.share, target, verdict, Unit.SECONDS, bounds)
    lines = (*_availability_sum(figure, terms), *judged)
    evidence = tuple(use.id for use in figure.outages) + tuple(use.id for use in figure.works)
    return prove("availability", inputs, lines, evidence)


def _availability_sum(figure: AvailabilityFigure, terms: AvailabilityTerms) -> Iterator[Line]:
    yield _seconds("service_hours", Role.PART, figure.service_seconds, (("zone", terms.hours.zone),))
    if figure.works:
        excluded = ((use.id, Fraction(use.excluded_seconds)) for use in figure.works if use.excluded_seconds)
        yield _seconds("planned_work", Role.TAKEN_OUT, figure.excluded_seconds, tuple(excluded))
    if figure.unknown_seconds and terms.unknown in (UnknownPolicy.EXCLUDE, UnknownPolicy.CARRY):
        yield _seconds("no_data", Role.TAKEN_OUT, figure.unknown_seconds)
    yield _seconds("time_that_counts", Role.TOTAL, figure.judged_seconds)
    if terms.by_users:
        costs = tuple((use.id, use.lost) for use in figure.outages if use.lost)
        yield _seconds("by_users", Role.PART, figure.lost_to_events - figure.planned_down_seconds, costs)
    else:
        yield from _outage_lines(figure)
    if figure.planned_down_seconds:
        over = ((use.id, Fraction(use.counted_down_seconds)) for use in figure.works if use.counted_down_seconds)
        yield _seconds("planned_work_down", Role.PART, figure.planned_down_seconds, tuple(over))
    if figure.unknown_seconds and terms.unknown is UnknownPolicy.DOWN:
        yield _seconds("no_data_down", Role.PART, figure.unknown_seconds)
    yield _seconds("time_lost", Role.TOTAL, figure.lost)


def prove_interruptions(
    *,
    terms: AvailabilityTerms,
    facts: AvailabilityFacts,
    figure: InterruptionsFigure,
    allowed: int | None,
    close: CloseRule,
    verdict: Verdict,
) -> Proof:
    """The proof of a number of interruptions; `allowed` is how many are agreed, None in a trial."""
    time = figure.availability
    seen = seen_facts(facts, terms, time.span)
    inputs: dict[str, Any] = {
        "span": time.span,
        "terms": seen_terms(terms, facts, time.span),
        "facts": seen,
        "allowed": allowed,
        "close": close,
    }
    # What lies beyond the period decides whether those count that go on there.
    lasting = (each for each in figure.interruptions if each.time.start < time.span.start or each.goes_on)
    if states := {each.name_in(facts): each.fate for each in lasting}:
        inputs["lasting"] = states
    # The same of how many are certain, where time without data may be one of them.
    if figure.policy is not UnknownPolicy.DOWN and (time.unknown_seconds or facts.unknown_around):
        alone = measure_interruptions(time.span, terms.within(time.span), seen)
        inputs |= {"at_fewest": figure.at_fewest} if figure.at_fewest != alone.at_fewest else {}
    around = {gap_name(start) for start, _ in facts.unknown_around}  # it is one time, which the edge cuts
    evidence = tuple(name for each in figure.interruptions for name in each.ids if name not in around)
    return prove("reliability", inputs, tuple(_interruption_lines(figure, terms, allowed, verdict)), evidence)


def _interruption_lines(
    figure: InterruptionsFigure, terms: AvailabilityTerms, allowed: int | None, verdict: Verdict
) -> Iterator[Line]:
    time = figure.availability
    yield _seconds("service_hours", Role.PART, time.service_seconds, (("zone", terms.hours.zone),))
    if time.excluded_seconds:
        yield _seconds("planned_work", Role.TAKEN_OUT, time.excluded_seconds)
    yield _seconds("time_that_counts", Role.TOTAL, time.counted_seconds)
    if time.unknown_seconds:
        yield _seconds("no_data", Role.PART, time.unknown_seconds)
    found = (each for each in figure.interruptions if each.fate is FailureFate.COUNTED)
    details = tuple((str(each.time.start), Fraction(each.until(time.span.end))) for each in found)
    yield _count("interruptions", Role.TOTAL, figure.number, details)
    if figure.too_short:
        yield _count("too_short", Role.PART, figure.too_short)
    if allowed is not None:
        yield _count("allowed", Role.PART, allowed)
    yield _result(verdict)


def _outage_lines(figure: AvailabilityFigure) -> Iterator[Line]:
    yield _seconds("down", Role.PART, figure.down_seconds, _lost_to(figure, DOWN))
    for usable, seconds in figure.degraded:
        details: Details = (("usable", usable), ("seconds", Fraction(seconds)), *_lost_to(figure, usable))
        yield _seconds("degraded", Role.PART, (1 - usable) * seconds, details)


def _bounds(figure: AvailabilityFigure | ShareFigure | OccasionsFigure, *, is_complete: bool) -> Iterator[Line]:
    """What the unknown leaves possible (calculation, section 9); both are the share itself where all is known."""
    if not is_complete and figure.low is not None and figure.high is not None:
        yield Line("low", Role.PART, Unit.SHARE, figure.low)
        yield Line("high", Role.PART, Unit.SHARE, figure.high)


def _beside(figure: ShareFigure, more: Iterable[Line] = ()) -> Iterator[Line]:
    yield from _bounds(figure, is_complete=figure.is_complete)
    yield from more


def _lost_to(figure: AvailabilityFigure, usable: Fraction) -> Details:
    return tuple((use.id, Fraction(use.counted)) for use in figure.outages if use.counted and use.usable == usable)


def prove_cases(
    *,
    span: Interval,
    terms: CaseTerms,
    as_of: int,
    figure: CasesFigure,
    target: str | None,
    close: CloseRule,
    verdict: Verdict,
) -> Proof:
    """The proof of a share of cases within a time. Its evidence is the cases that count in the period."""
    evidence = tuple(result.id for result in figure.results)
    seen, due = seen_cases(terms, figure.results, as_of)
    known = figure.share.known_time
    inputs = {
        "span": span,
        "terms": seen,
        "cases": due,
        "as_of": as_of,
        "known_time": known,
        "target": target,
        "close": close,
    }
    tally = tuple((state.value, Fraction(figure.count(state))) for state in CaseState if figure.count(state))
    judged = _share_lines(figure.share.share, target, verdict, Unit.COUNT, _beside(figure.share, _pauses(figure)))
    lines = (*_share_sum(figure.share, tally), *judged)
    return prove("cases", inputs, lines, evidence)


def _pauses(figure: CasesFigure) -> Iterator[Line]:
    """How much of the time the clocks stood still, and for whom, where that is known (calculation, section 4)."""
    if figure.pause_share:
        waited: Details = tuple((party, Fraction(seconds)) for party, seconds in figure.paused_by if party)
        yield Line("pause_share", Role.PART, Unit.SHARE, figure.pause_share, waited)


def prove_share(
    *,
    kind: str,
    span: Interval,
    figure: ShareFigure,
    evidence: tuple[str, ...],
    target: str | None,
    close: CloseRule,
    verdict: Verdict,
    terms: Mapping[str, Any] | None = None,
) -> Proof:
    """The proof of a share of counted units (orders, claims); `evidence` names the records that were added up.

    `terms` are what they were counted by, where that is more than their own standard.
    """
    inputs = {
        "span": span,
        "figure": figure,
        "records": sorted(evidence),
        "target": target,
        "close": close,
        **(terms or {}),
    }
    lines = (*_share_sum(figure, ()), *_share_lines(figure.share, target, verdict, Unit.COUNT, _beside(figure)))
    return prove(kind, inputs, lines, tuple(sorted(evidence)))


def prove_satisfaction(
    *,
    span: Interval,
    figure: SatisfactionFigure,
    evidence: tuple[str, ...],
    target: str | None,
    close: CloseRule,
    verdict: Verdict,
) -> Proof:
    """The proof of a share of good answers; the answers stay with whoever gave them, their records are named.

    Hidden answers are not counted in it.
    """
    inputs = {"span": span, "figure": figure.seen, "records": sorted(evidence), "target": target, "close": close}
    asked: Details = (("asked", Fraction(figure.asked)),) if figure.asked is not None else ()
    hidden = [Line("counted", Role.TOTAL, Unit.COUNT, HIDDEN, asked)]
    counted = hidden if figure.is_hidden else _share_sum(figure.share, asked)
    beside = _beside(figure.share, _certainty(figure))
    lines = (*counted, *_share_lines(figure.share.share, target, verdict, Unit.COUNT, beside))
    return prove("satisfaction", inputs, lines, tuple(sorted(evidence)))


def _certainty(figure: SatisfactionFigure) -> Iterator[Line]:
    """How many answered, and the interval of the share of good answers (calculation, section 8)."""
    if figure.interval is None:
        return
    low, high = figure.interval
    if figure.response_rate is not None:
        counts: Details = (("answers", Fraction(figure.answers)), ("asked", Fraction(figure.asked or 0)))
        yield Line("response_rate", Role.PART, Unit.SHARE, figure.response_rate, counts)
    yield Line("interval", Role.PART, Unit.SHARE, Fraction(low), (("high", Fraction(high)),))


def prove_occasions(
    *,
    span: Interval,
    schedule: OccasionSchedule,
    records: Iterable[Completion],
    as_of: int,
    figure: OccasionsFigure,
    rule: str,
    close: CloseRule,
    verdict: Verdict,
) -> Proof:
    """The proof of deadlines on occasions; `rule` is the agreed one as it is written, such as `at most 1 late`."""
    used = frozenset(occasion.record for occasion in figure.occasions if occasion.record)
    counted = tuple(sorted((record for record in records if record.id in used), key=lambda record: record.on))
    inputs = {
        "span": span,
        "schedule": replace(schedule, hours=seen_hours(schedule.hours, span)),
        "records": [seen_completion(record, as_of) for record in counted],
        "to_come": [each.on for each in figure.occasions if each.state is OccasionState.TO_COME],
        "minimum_coverage": figure.minimum_coverage,
        "policy": figure.policy,
        "rule": rule,
        "close": close,
    }
    late = tuple((str(each.on), each.record) for each in figure.occasions if each.state is OccasionState.LATE)
    unknown = tuple((str(each.on), "") for each in figure.occasions if each.state is OccasionState.UNKNOWN)
    lines = (
        _count("occasions", Role.TOTAL, figure.due),
        _count("in_time", Role.PART, figure.met),
        _count("late", Role.PART, figure.late, late),
        _count("no_record", Role.PART, figure.unknown, unknown),
        *_bounds(figure, is_complete=not figure.unknown),
        _result(verdict),
    )
    return prove("occasions", inputs, lines, tuple(record.id for record in counted))


def _share_sum(figure: ShareFigure, details: Details) -> Iterator[Line]:
    yield _count("counted", Role.TOTAL, figure.whole, details)
    yield _count("met", Role.PART, figure.met)
    yield _count("not_met", Role.PART, figure.lost)
    if figure.unknown:
        yield _count("unknown", Role.PART, figure.unknown, (("policy", figure.policy.value),))
    if figure.known_time < 1:
        yield Line("silent_time", Role.PART, Unit.SHARE, 1 - figure.known_time, (("policy", figure.policy.value),))
    if figure.unseen and figure.whole > figure.due:
        yield _count("unseen", Role.PART, figure.unseen)


def _share_lines(
    share: Fraction | None, target: str | None, verdict: Verdict, unit: Unit, beside: Iterable[Line] = ()
) -> Iterator[Line]:
    """What was allowed, the exact share with what stands beside it, and the result."""
    if target is not None and verdict.standing is not None:
        yield Line("allowed", Role.PART, unit, verdict.standing.room, (("target", share_of(target)),))
    if share is not None:
        yield Line("share", Role.TOTAL, Unit.SHARE, share)
    yield from beside
    yield _result(verdict)


def _result(verdict: Verdict) -> Line:
    details: Details = ()
    if verdict.standing is not None:
        details = (("lost", verdict.standing.lost), ("allowed", verdict.standing.room))
    if verdict.certain is not None and verdict.met is None:
        details += (("certain", "kept" if verdict.certain else "missed"),)
    return Line("result", Role.RESULT, Unit.STATUS, verdict.status.value, details)


def _seconds(key: str, role: Role, value: Fraction | int, details: Details = ()) -> Line:
    return Line(key, role, Unit.SECONDS, Fraction(value), details)


def _count(key: str, role: Role, value: int, details: Details = ()) -> Line:
    return Line(key, role, Unit.COUNT, Fraction(value), details)
