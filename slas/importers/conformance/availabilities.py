"""Answers about availability, from states, intervals or checks; about budgets and rounding."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from slas.calculation.availability import (
    AvailabilityFacts,
    AvailabilityFigure,
    AvailabilityTerms,
    measure_availability,
)
from slas.calculation.conventions import Convention
from slas.calculation.errors import EmptyPeriod
from slas.calculation.intervals import Interval
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outages import Outage
from slas.calculation.periods import Period
from slas.calculation.planned_work import PlannedWork, PlannedWorkTerms
from slas.calculation.rounding import share_of
from slas.calculation.running import burn
from slas.calculation.shares import ShareFigure
from slas.importers.conformance.calendars import Clock, clock_of, hours_of
from slas.importers.conformance.figures import Figure, Number, Plain
from slas.importers.conformance.reading import MOST_DIGITS, Case, UnreadableCase, whole_number
from slas.importers.conformance.service_time import Answers

DAY_SECONDS = 86_400


def availability(case: Case, convention: Convention) -> Answers:
    """From changes of state: each holds until the next, which may know better what was before it."""
    span = clock_of(case, convention).interval(case["window"], 0)
    problems = frozenset(case.get("problem_states") or ())
    outages, unknown = [], []
    for piece, state in _states(case, span):
        if state == case.get("unknown_previous"):
            unknown.append(piece)
        elif state in problems:
            outages.append(Outage(f"from {piece.start}", *piece))
    try:
        figure = _measured(case, convention, span, AvailabilityFacts(tuple(outages), (), tuple(unknown)))
    except EmptyPeriod:
        return {"expected_error": Plain(True)}
    return {"expected_error": Plain(False), "expected_percent": _percent(case, convention, figure)}


def _states(case: Case, span: Interval) -> Iterator[tuple[Interval, Any]]:
    """Each stretch of the span with its state; the unknown one where nothing tells."""
    nobody_knows = case.get("unknown_previous")
    events = sorted(case["states"], key=lambda event: event["at"])
    if not events:
        current = case.get("current_state")
        yield span, nobody_knows if current is None else current
        return
    yield Interval(min(span.start, events[0]["at"]), events[0]["at"]), events[0]["previous"]
    for event, following in pairwise(events):
        is_known = following["previous"] != nobody_knows
        yield Interval(event["at"], following["at"]), event["state"] if is_known else nobody_knows
    yield Interval(events[-1]["at"], max(span.end, events[-1]["at"])), events[-1]["state"]


def availability_intervals(case: Case, convention: Convention) -> Answers:
    """From intervals that were down; an interval without an end lasts as long as the window, or until now."""
    clock = clock_of(case, convention)
    window = clock.interval(case["window"], 0)
    span = _until_now(window, case, clock)
    figure = _measured(case, convention, span, _facts(case, clock, span, convention))
    return {
        "expected_down_seconds": Plain(int(figure.lost)),
        "expected_total_seconds": Plain(figure.counted_seconds),
        "expected_percent": _percent(case, convention, figure),
        "expected_experienced_percent": Number(
            None if figure.experienced is None else figure.experienced * 100, convention.ordinary_rounding
        ),
        "expected_coverage_percent": Number(None if figure.coverage is None else figure.coverage * 100),
    }


def monthly_downtime(case: Case, convention: Convention) -> Answers:
    """One month so far: seconds lost, the share, and the outages that cost time in it."""
    clock = clock_of(case, convention)
    whole = Period.parse(case["month"]).bounds(hours_of(case, convention).tz)
    span = _until_now(whole, case, clock)
    figure = _measured(case, convention, span, _facts(case, clock, span, convention))
    counted = sum(1 for use in figure.outages if use.counted)
    share = (whole.seconds - figure.lost) / whole.seconds if convention.whole_month else figure.share
    return {
        "expected_down_seconds": Plain(int(figure.lost)),
        "expected_outages": Plain(counted),
        "expected_ratio": Number(share, convention.ordinary_rounding),
    }


def _until_now(window: Interval, case: Case, clock: Clock) -> Interval:
    now = case.get("now")
    return window if now is None else Interval(window.start, min(window.end, clock.instant(now)))


def _facts(case: Case, clock: Clock, span: Interval, convention: Convention) -> AvailabilityFacts:
    """What was down, degraded (start, end, usable share) and unknown."""
    down = [(pair, Fraction(0)) for pair in case["down"]]
    if not convention.degradation_is_ignored:
        down += [(pair, Fraction(usable)) for *pair, usable in case.get("degraded") or ()]
    pieces = [(clock.interval(pair, max(span.end, clock.instant(pair[0]))), usable) for pair, usable in down]
    unknown = [clock.interval(pair, span.end) for pair in case.get("unknown") or ()]
    outages = (Outage(f"{number}", *piece, usable) for number, (piece, usable) in enumerate(pieces))
    return AvailabilityFacts(tuple(outages), (), tuple(unknown))


def _measured(case: Case, convention: Convention, span: Interval, facts: AvailabilityFacts) -> AvailabilityFigure:
    """Our figure; planned work is taken as agreed, announced and approved."""
    clock = clock_of(case, convention)
    planned = [clock.interval(pair, span.end) for pair in case.get("planned_downtimes") or ()]
    terms = AvailabilityTerms(
        hours_of(case, convention),
        in_force=_from_first_data(case, clock, span) if convention.counts_from_first_data else None,
        planned_work=PlannedWorkTerms(frozenset({"planned"}), approval_needed=False),
        unknown=_policy(convention),
    )
    works = tuple(PlannedWork(*piece, f"{number}", "planned") for number, piece in enumerate(planned))
    return measure_availability(span, terms, AvailabilityFacts(facts.outages, works, facts.unknown), convention)


def _policy(convention: Convention) -> UnknownPolicy:
    if convention.no_data_is_up:
        return UnknownPolicy.UP
    return UnknownPolicy.DOWN if convention.no_data_is_down else UnknownPolicy.EXCLUDE


def _from_first_data(case: Case, clock: Clock, span: Interval) -> Interval:
    recorded = [clock.instant(pair[0]) for pair in (*case["down"], *(case.get("known_up") or ()))]
    return Interval(min(recorded, default=span.start), span.end)


def _percent(case: Case, convention: Convention, figure: AvailabilityFigure) -> Figure:
    share = figure.share
    if share is None and convention.no_data_is_down:
        share = Fraction(0)
    return Number(None if share is None else share * 100, convention.ordinary_rounding, _stated_places(case))


def _stated_places(case: Case) -> int | None:
    """Decimals, where the case says with how many its figure was rounded."""
    digits = "".join(letter for letter in str(case.get("rounding") or "") if letter.isdigit())
    return min(int(digits), MOST_DIGITS) if digits else None


def uptime_checks(case: Case, convention: Convention) -> Answers:
    """From checks at equal distance: up of up and down, and the mean response of those that were up."""
    states = [check["status"] for check in case["checks"]]
    up = states.count("up")
    share = ShareFigure(up, up + states.count("down")).share
    if share is None and convention.no_data_is_down:
        share = Fraction(0)
    times = [Fraction(check["response_ms"]) for check in case["checks"] if check["response_ms"] is not None]
    return {
        "expected_ratio": Number(share, convention.ordinary_rounding),
        "expected_average_response_ms": Number(sum(times, Fraction(0)) / len(times) if times else None),
    }


def rounding(case: Case, convention: Convention) -> Answers:
    """A value as it is shown."""
    places = whole_number(case, "decimals", MOST_DIGITS)
    return {"expected": Number(Fraction(case["value"]), convention.ordinary_rounding, places)}


def burn_rate(case: Case, _convention: Convention) -> Answers:
    """How fast the room goes when so much of it goes in such a window."""
    target = share_of(case["objective_percent"])
    room = (1 - target) * Fraction(case["period_days"]) * DAY_SECONDS
    lost = room * Fraction(case["budget_percent"]) / 100
    return {
        "expected_burn_rate": Number(burn(lost, int(Fraction(case["window_hours"]) * 3600), target)),
        "expected_error_budget_percent": Number((1 - target) * 100),
    }


def error_budget(case: Case, convention: Convention) -> Answers:
    """What may be lost: of counted units, or of time."""
    target = Fraction(case["target"])
    if case["method"] == "occurrences":
        counted = Fraction(case["total"])
        if convention.allowance_of_usual:
            counted *= Fraction(case["usual_success"])
        return {"expected_allowed_failures": Number((1 - target) * counted)}
    if case["method"] != "timeslices":
        raise UnreadableCase("method", "is neither occurrences nor timeslices")
    seconds = case["period_days"] * DAY_SECONDS
    return {
        "expected_slices": Plain(seconds // case["slice_seconds"]),
        "expected_allowed_seconds": Number((1 - target) * seconds),
    }
