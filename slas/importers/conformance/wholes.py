"""Answers about wholes: composites and what each part cost, members that are put together, cases of several steps."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from slas.calculation.aggregation import Aggregate, Member, Weight, mean_of_percentages, pool, weigh
from slas.calculation.attribution import Sharing, attribute_loss
from slas.calculation.availability import AvailabilityTerms
from slas.calculation.case_flow import FlowCase, FlowTerms, Step, measure_flow
from slas.calculation.cases import CaseTerms
from slas.calculation.composite import Component, Course, Group, Part, components_of, measure_composite
from slas.calculation.conventions import Convention
from slas.calculation.deadlines import WorkingTime
from slas.calculation.intervals import subtract, union
from slas.calculation.ledger import Case as ServiceCase
from slas.calculation.local_time import local, zone_of
from slas.importers.conformance.calendars import Clock, clock_of, hours_of
from slas.importers.conformance.figures import Names, Number, Numbers, Plain
from slas.importers.conformance.reading import Case
from slas.importers.conformance.service_time import Answers


def composite(case: Case, convention: Convention) -> Answers:
    """The availability of a whole from the courses of its parts, and what each part answers for."""
    clock = clock_of(case, convention)
    span = clock.interval(case["window"], 0)
    whole = _part(case["tree"], clock)
    terms = AvailabilityTerms(hours_of(case, convention))
    figure = attribute_loss(span, terms, whole, Sharing(case.get("sharing") or "equally"))
    share = figure.availability.share
    if convention.whole_is_mean_of_parts or convention.whole_is_worst_part:
        parts = [measure_composite(span, terms, part).share or Fraction(0) for part in components_of(whole)]
        weights = [Fraction(each.get("weight", 1)) for each in _leaves(case["tree"])]
        weighed = zip(parts, weights, strict=True)
        mean = sum((part * weight for part, weight in weighed), Fraction(0)) / sum(weights)
        share = min(parts) if convention.whole_is_worst_part else mean
    return {
        "expected_down_seconds": Number(figure.availability.lost),
        "expected_total_seconds": Plain(figure.availability.counted_seconds),
        "expected_percent": Number(None if share is None else share * 100, convention.ordinary_rounding),
        "expected_charged_seconds": Numbers({loss.name: loss.charged for loss in figure.losses}),
    }


def _part(entry: Mapping[str, Any], clock: Clock) -> Part:
    if "parts" in entry:
        return Group(tuple(_part(each, clock) for each in entry["parts"]), entry.get("needed"))
    down, unknown = (
        tuple(union(clock.interval(pair, 0) for pair in entry.get(state, ()))) for state in ("down", "unknown")
    )
    return Component(entry["name"], Course(down, tuple(subtract(unknown, down))))


def _leaves(entry: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The components of a tree, each name once, in the order in which they first stand."""
    known: set[str] = set()
    waiting = [entry]
    while waiting:
        first = waiting.pop(0)
        if "parts" in first:
            waiting = [*first["parts"], *waiting]
        elif first["name"] not in known:
            known.add(first["name"])
            yield first


def aggregate(case: Case, convention: Convention) -> Answers:
    """One share from many: pooled, or by one of the two ways that are agreed by name."""
    figure = _aggregate(case, convention)
    share = figure.share
    return {
        "expected_percent": Number(None if share is None else share * 100, convention.ordinary_rounding),
        "expected_weight": Number(figure.weight),
        "expected_dropped": Names(figure.dropped),
    }


def _aggregate(case: Case, convention: Convention) -> Aggregate:
    members = [Member(each["name"], Fraction(each["met"]), Fraction(each["whole"])) for each in case["members"]]
    if convention.mean_of_percentages:
        return mean_of_percentages(members)
    if not convention.agreed_weights:
        return pool(members)
    on = local(clock_of(case, convention).instant(case.get("on") or 0), zone_of("UTC")).date()
    weights = [Weight(each["name"], on, Fraction(each["weight"])) for each in case["members"] if "weight" in each]
    return weigh(members, weights, on)


def case_flow(case: Case, convention: Convention) -> Answers:
    """Cases of several steps: how many were good, of how many."""
    clock = clock_of(case, convention)
    steps = tuple(Step(each["name"], _terms(case, each, convention)) for each in case["steps"])
    terms = FlowTerms(_terms(case, case, convention), steps)
    span, as_of = clock.interval(case["window"], 0), clock.instant(case["as_of"])
    figure = measure_flow(span, terms, [_flow(each, clock) for each in case["cases"]], as_of)
    share = figure.share.share
    return {
        "expected_good": Plain(figure.share.met),
        "expected_eligible": Plain(figure.share.eligible),
        "expected_percent": Number(None if share is None else share * 100, convention.ordinary_rounding),
    }


def _terms(case: Case, entry: Any, convention: Convention) -> CaseTerms:
    calendar = entry.get("calendar")
    own = case if calendar is None else replace(case, content={**case.content, "calendar": calendar})
    return CaseTerms(hours_of(own, convention), WorkingTime(entry["target_seconds"]))


def _flow(entry: Mapping[str, Any], clock: Clock) -> FlowCase:
    steps = tuple((name, _clocked(name, start, end, clock)) for name, (start, end) in entry["steps"].items())
    return FlowCase(_clocked(entry["id"], entry["opened"], entry["closed"], clock), steps)


def _clocked(name: str, opened: Any, closed: Any, clock: Clock) -> ServiceCase:
    return ServiceCase(name, clock.instant(opened), None if closed is None else clock.instant(closed))
