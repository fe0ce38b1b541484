"""Answers about what is promised: verdicts, several targets at once, scores, reliability, percentiles, credits."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms
from slas.calculation.cases import CaseState, CaseTerms, judge_case
from slas.calculation.conventions import Convention
from slas.calculation.credits import (
    Billing,
    CreditBand,
    CreditScale,
    CreditTerms,
    CreditUnit,
    Several,
    TargetResult,
    propose_credits,
)
from slas.calculation.deadlines import WorkingTime
from slas.calculation.ledger import Case as ServiceCase
from slas.calculation.outages import Outage
from slas.calculation.reliability import measure_reliability
from slas.calculation.rounding import Better
from slas.calculation.satisfaction import measure_satisfaction
from slas.calculation.scores import (
    ScoreFigure,
    ScoreRound,
    mean_score,
    pooled_scores,
    promoter_score,
    rounds_in_window,
    weighted_score,
)
from slas.calculation.shares import Observed, PercentileMethod
from slas.calculation.shares import percentile as percentile_of
from slas.calculation.status import Standing
from slas.importers.conformance.calendars import clock_of, hours_of
from slas.importers.conformance.figures import Names, Number, Plain
from slas.importers.conformance.reading import Case, UnreadableCase
from slas.importers.conformance.service_time import Answers


def verdict(case: Case, convention: Convention) -> Answers:
    """Whether a value meets its target; equality is met."""
    value, target = Fraction(case["value"]), Fraction(case["target"])
    if Better(case.get("better") or "more") is Better.MORE:
        value, target = -value, -target
    standing = Standing(lost=value, room=target, whole=Fraction(1))
    return {"expected_met": Plain(standing.met and not (convention.equality_is_missed and value == target))}


def case_targets(case: Case, convention: Convention) -> Answers:
    """Which of several targets one case missed: each is judged by itself."""
    clock, hours = clock_of(case, convention), hours_of(case, convention)
    opened, closed = clock.instant(case["opened"]), clock.instant(case["closed"])
    targets = list(case["targets"])
    if convention.shortest_target_holds:
        targets = [min(targets, key=lambda each: int(each["target_seconds"]))]
    if convention.first_target_holds:
        targets = targets[:1]
    facts = ServiceCase(case.id, opened, closed)
    missed = (
        each["name"]
        for each in targets
        if judge_case(facts, CaseTerms(hours, WorkingTime(each["target_seconds"])), closed).state is CaseState.LATE
    )
    return {"expected_missed": Names(tuple(missed))}


def reliability(case: Case, convention: Convention) -> Answers:
    """How often it failed, and mean times in seconds."""
    clock = clock_of(case, convention)
    span = clock.interval(case["window"], 0)
    outages = tuple(Outage(str(n), *clock.interval(pair, span.end)) for n, pair in enumerate(case["down"]))
    figure = measure_reliability(span, AvailabilityTerms(hours_of(case, convention)), AvailabilityFacts(outages))
    return {
        "expected_failures": Plain(figure.failures),
        "expected_restore_seconds": Number(figure.restore_time),
        "expected_between_failures_seconds": Number(figure.time_between_failures),
        "expected_between_incidents_seconds": Number(figure.time_between_incidents),
    }


def percentile(case: Case, _convention: Convention) -> Answers:
    """The value at a nearest rank, or by another method that the case names; open cases are at least what they ran."""
    values = [Observed(seconds) for seconds in case["values"]]
    values += [Observed(seconds, is_open=True) for seconds in case.get("open") or ()]
    found = percentile_of(values, str(case["percent"]), PercentileMethod(case.get("method") or "nearest_rank"))
    return {
        "expected_value": Number(None if found is None else Fraction(found.seconds)),
        "expected_at_least": Plain(found is not None and found.at_least),
    }


def score(case: Case, convention: Convention) -> Answers:
    """One figure from answers, counted in the way that the case names; below five answers it is hidden."""
    asked = case.get("asked")
    if case["way"] == "share":
        figure = measure_satisfaction(case["scores"], asked)
        share = figure.share.share
        value = None if share is None else share * 100
        return _answers(figure.answers, value, convention, is_hidden=figure.is_hidden)
    scored = _score(case, asked)
    return _answers(scored.answers, scored.value, convention, is_hidden=scored.is_hidden)


def _score(case: Case, asked: int | None) -> ScoreFigure:
    """The score of one survey, or of the rounds of a window that ends with a period."""
    if case.get("rounds") is None:
        return _score_of(case["way"], case.content, asked)
    rounds = [
        ScoreRound(each["on"], date.fromisoformat(each["on"]), _score_of(case["way"], each, None))
        for each in case["rounds"]
    ]
    inside = rounds_in_window(rounds, date.fromisoformat(case["end"]), case["months"])
    return pooled_scores(each.figure for each in inside)


def _score_of(way: str, answers: Mapping[str, Any], asked: int | None) -> ScoreFigure:
    match way:
        case "mean":
            return mean_score(answers["scores"], asked)
        case "net_promoters":
            return promoter_score(answers["scores"], asked)
        case "weighted":
            sheets = ([(answer, Fraction(weight)) for answer, weight in sheet] for sheet in answers["sheets"])
            return weighted_score(sheets, asked)
    raise UnreadableCase("way", "is none of share, mean, net_promoters and weighted")


def _answers(answers: int, value: Fraction | None, convention: Convention, *, is_hidden: bool) -> Answers:
    return {
        "expected_answers": Plain(answers),
        "expected_value": Number(value, convention.ordinary_rounding),
        "expected_hidden": Plain(is_hidden),
    }


def credit(case: Case, convention: Convention) -> Answers:
    """What could be credited for one period."""
    if convention.bands_with_holes:
        amount = sum((_in_closed_bands(each) for each in case["results"]), Fraction(0))
        return {"expected_amount": Number(amount)}
    terms = CreditTerms(
        CreditUnit(case.get("unit") or "amount"),
        Several(case.get("several") or "highest"),
        _fraction(case.get("period_cap")),
        _fraction(case.get("year_cap")),
        case.get("claim_days"),
    )
    billing = Billing(
        date.fromisoformat(case["period_end"]),
        Fraction(case.get("fee") or 0),
        Fraction(case.get("year_fee") or 0),
        Fraction(case.get("credited_this_year") or 0),
    )
    proposal = propose_credits(terms, billing, map(_result, case["results"]))
    return {"expected_amount": Number(proposal.amount)}


def _result(entry: Mapping[str, Any]) -> TargetResult:
    claimed = entry.get("claimed")
    return TargetResult(
        entry["name"],
        Fraction(entry["value"]),
        CreditScale(Fraction(entry["target"]), tuple(_bands(entry)), Better(entry.get("better") or "more")),
        frozenset(entry.get("events") or ()),
        tuple(entry.get("unmet_obligations") or ()),
        None if claimed is None else date.fromisoformat(claimed),
    )


def _bands(entry: Mapping[str, Any]) -> Iterable[CreditBand]:
    for low, high, worth in entry["bands"]:
        yield CreditBand(Fraction(low), _fraction(high), Fraction(worth))


def _in_closed_bands(entry: Mapping[str, Any]) -> Fraction:
    """The credit of somebody whose bands hold both of their bounds; what lies between two of them is worth nothing."""
    value = Fraction(entry["value"])
    holding = (band for band in _bands(entry) if band.low <= value and (band.high is None or value <= band.high))
    return next((band.credit for band in holding), Fraction(0))


def _fraction(number: Any) -> Fraction | None:
    return None if number is None else Fraction(number)
