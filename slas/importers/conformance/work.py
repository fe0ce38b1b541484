"""Answers about work that was done: throughput, first contact, backlog, deliveries, estimates."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from slas.calculation.backlog import measure_backlog
from slas.calculation.conventions import Convention
from slas.calculation.deliveries import (
    BaselineChange,
    Delivery,
    DeliveryTerms,
    Submission,
    Wait,
    measure_deliveries,
)
from slas.calculation.estimates import Estimate, measure_estimates
from slas.calculation.first_contact import Contact, FirstContactTerms, measure_first_contact
from slas.calculation.ledger import Case as ServiceCase
from slas.calculation.status import CloseRule
from slas.calculation.throughput import AgreedVolume, Per, measure_throughput
from slas.importers.conformance.calendars import Clock, clock_of, hours_of
from slas.importers.conformance.figures import Number, Plain
from slas.importers.conformance.reading import Case
from slas.importers.conformance.service_time import Answers


def throughput(case: Case, convention: Convention) -> Answers:
    """Units per service hour or working day, and whether more came than was agreed."""
    clock = clock_of(case, convention)
    span, agreed = clock.interval(case["window"], 0), case.get("agreed_volume")
    volume = None if agreed is None else AgreedVolume(agreed, Fraction(case.get("factor") or 1))
    per = Per(case.get("per") or "service_hour")
    figure = measure_throughput(span, hours_of(case, convention), per, case["accepted"], case["demand"], volume)
    least = case.get("least")
    verdict = figure.judge(Fraction(least or 0), CloseRule())
    return {
        "expected_rate": Number(figure.rate, convention.ordinary_rounding),
        "expected_over_volume": Plain(figure.is_over_volume),
        "expected_status": Plain(verdict.status.value),
    }


def first_contact(case: Case, convention: Convention) -> Answers:
    """Cases that were solved in their first interaction and stayed solved."""
    clock, kinds = clock_of(case, convention), case.get("kinds")
    terms = FirstContactTerms(clock.zone, case["days"], None if kinds is None else frozenset(kinds))
    contacts = [_contact(each, clock) for each in case["contacts"]]
    span, as_of = clock.interval(case["window"], 0), clock.instant(case["as_of"])
    figure = measure_first_contact(span, terms, contacts, as_of)
    return {
        "expected_met": Plain(figure.share.met),
        "expected_eligible": Plain(figure.share.eligible),
        "expected_provisional": Plain(figure.is_provisional),
    }


def _contact(entry: Mapping[str, Any], clock: Clock) -> Contact:
    back = entry.get("reopened")
    at = clock.instant(entry["at"])
    return Contact(entry["id"], at, entry["kind"], entry["solved"], None if back is None else clock.instant(back))


def backlog(case: Case, convention: Convention) -> Answers:
    """The age of open cases in service time."""
    clock = clock_of(case, convention)
    cases = [
        ServiceCase(str(number), clock.instant(opened), None if closed is None else clock.instant(closed))
        for number, (opened, closed) in enumerate(case["cases"])
    ]
    figure = measure_backlog(hours_of(case, convention), cases, clock.instant(case["as_of"]))
    middle = figure.percentile("50")
    return {
        "expected_count": Plain(figure.count),
        "expected_total_seconds": Plain(figure.total),
        "expected_oldest_seconds": Number(None if figure.oldest is None else Fraction(figure.oldest)),
        "expected_median_seconds": Number(None if middle is None else Fraction(middle.seconds)),
    }


def deliveries(case: Case, convention: Convention) -> Answers:
    """Deliverables against their original date and their current baseline."""
    terms = DeliveryTerms(hours_of(case, convention), case.get("silent_days"))
    first_on, end_on = map(date.fromisoformat, case["period"])
    facts = [_delivery(each) for each in case["deliveries"]]
    figure = measure_deliveries(first_on, end_on, terms, facts, date.fromisoformat(case["as_of"]))
    median, worst = figure.original.median_slip, figure.original.worst_slip
    return {
        "expected_original_met": Plain(figure.original.share.met),
        "expected_original_due": Plain(figure.original.share.eligible),
        "expected_current_met": Plain(figure.current.share.met),
        "expected_current_due": Plain(figure.current.share.eligible),
        "expected_first_time_met": Plain(figure.first_time.met),
        "expected_median_slip_days": Number(None if median is None else Fraction(median.days)),
        "expected_worst_slip_days": Number(None if worst is None else Fraction(worst.days)),
    }


def _delivery(entry: Mapping[str, Any]) -> Delivery:
    submissions = ((_day(on), _date(answered), good) for on, answered, good in entry.get("submissions", ()))
    changes = ((_day(due), _date(provider), _date(customer)) for due, provider, customer in entry.get("changes", ()))
    waits = ((_day(since), _date(until)) for since, until in entry.get("waits", ()))
    return Delivery(
        entry["id"],
        _day(entry["due"]),
        tuple(Submission(on, answered, good) for on, answered, good in submissions),
        tuple(BaselineChange(*change) for change in changes),
        tuple(Wait(since, until, "customer") for since, until in waits),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def estimates(case: Case, convention: Convention) -> Answers:
    """How near estimates were to what the work really took."""
    pairs = enumerate(case["estimates"])
    figure = measure_estimates(Estimate(str(number), *map(Fraction, pair)) for number, pair in pairs)
    typical = figure.typical
    return {
        "expected_median_ratio": Number(figure.median, convention.ordinary_rounding),
        "expected_typical_ratio": Number(None if typical is None else Fraction(typical), convention.ordinary_rounding),
        "expected_near": Plain(figure.near().met),
    }
