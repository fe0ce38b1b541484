"""Makers of agreements, measures, targets and facts; each is valid on its own."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from catalog.models import Service, ServiceClass, Stage
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.calculation.proof import digest_of
from slas.models import (
    Acceptance,
    Agreement,
    AgreementState,
    Attainment,
    Case,
    CasePause,
    CoveredTime,
    FactKind,
    HoursWindow,
    Measure,
    Measurement,
    Occasion,
    Outage,
    Party,
    PartyKind,
    PlannedWork,
    Schedule,
    ServiceHours,
    ServiceLevelTarget,
    SurveyCount,
    TargetKind,
    Volume,
)
from slas.queries.signed_text import written_text
from tests import factories

_numbers = count(1)
LONDON = ZoneInfo("Europe/London")
FACTS_OF = {
    TargetKind.AVAILABILITY: FactKind.OUTAGES,
    TargetKind.RELIABILITY: FactKind.OUTAGES,
    TargetKind.CASES: FactKind.CASES,
    TargetKind.VOLUME: FactKind.VOLUMES,
    TargetKind.OCCASIONS: FactKind.OCCASIONS,
    TargetKind.SATISFACTION: FactKind.SURVEYS,
    TargetKind.READINGS: FactKind.READINGS,
}
FRAMES: dict[str, dict[str, Any]] = {
    TargetKind.AVAILABILITY: {"threshold": Decimal("99.5")},
    TargetKind.RELIABILITY: {"allowed_misses": 2, "minimum_outage_seconds": 601},
    TargetKind.CASES: {"threshold": Decimal(90), "within_seconds": 7200, "decimals": 0},
    TargetKind.VOLUME: {"threshold": Decimal(98)},
    TargetKind.OCCASIONS: {"allowed_misses": 1, "schedule": Schedule.DAILY, "due_minute": 240},
    TargetKind.SATISFACTION: {"threshold": Decimal(80), "decimals": 0},
    TargetKind.READINGS: {"threshold": Decimal(95), "reading_limit": Decimal(500)},
}


def at(text: str, zone: str = "Europe/London") -> datetime:
    """`2026-10-06 05:12` on the clocks of the zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def make_service(**fields: Any) -> Service:
    number = next(_numbers)
    common = {"slug": f"service-{number}", "name": f"Service {number}", "description": "What people can do with it."}
    kind = {"service_class": ServiceClass.BUSINESS, "stage": Stage.CATALOGUE}
    return Service.objects.create(**common | kind | fields)


def make_party(**fields: Any) -> Party:
    number = next(_numbers)
    return Party.objects.create(**{"kind": PartyKind.PROVIDER, "name": f"Party {number}"} | fields)


def make_agreement(*, unit: Any = None, **fields: Any) -> Agreement:
    """An SLA in force between a unit (a new one by default) and a provider."""
    number = next(_numbers)
    if "customer" not in fields:
        unit = unit or factories.make_unit()
        fields["customer"] = Party.objects.filter(business_unit=unit).first() or make_party(
            kind=PartyKind.BUSINESS_UNIT, name=unit.name, business_unit=unit
        )
    fields.setdefault("provider", None)
    fields["provider"] = fields["provider"] or make_party()
    common = {"slug": f"agreement-{number}", "name": f"Agreement {number}", "state": AgreementState.IN_FORCE}
    return Agreement.objects.create(**common | {"time_zone": "Europe/London", "starts_on": date(2025, 1, 1)} | fields)


def sign(agreement: Agreement, party: Party, **fields: Any) -> Acceptance:
    """A side's signature under the text as it stands."""
    written = written_text(agreement=agreement)
    common = {"name": "Somebody", "role": "Head", "accepted_at": at("2024-12-01 11:00"), "written": written}
    return agreement.acceptances.create(party=party, **{"fingerprint": digest_of(written)} | common | fields)


def make_hours(windows: dict[int, list[tuple[int, int]]] | None = None, **fields: Any) -> ServiceHours:
    """Service hours; windows by weekday (Monday 0) as minutes of the day, round the clock by default."""
    number = next(_numbers)
    common = {"name": f"Hours {number}", "words": "round the clock, every day", "time_zone": "Europe/London"}
    hours = ServiceHours.objects.create(**common | fields)
    week = windows if windows is not None else {day: [(0, 1440)] for day in range(7)}
    HoursWindow.objects.bulk_create(
        HoursWindow(service_hours=hours, weekday=day, opens_at=opens, closes_at=closes)
        for day, each in week.items()
        for opens, closes in each
    )
    return hours


def every_day(opens: int, closes: int) -> dict[int, list[tuple[int, int]]]:
    """The same hours each day of the week."""
    return {day: [(opens * 60, closes * 60)] for day in range(7)}


def make_measure(fact_kind: str = FactKind.OUTAGES, **fields: Any) -> Measure:
    """A measure; a log of outages is complete for all the time of the tests unless `is_covered` is False."""
    number = next(_numbers)
    common = {"slug": f"measure-{number}", "name": f"Measure {number}", "what": "What is counted"}
    is_covered = fields.pop("is_covered", fact_kind == FactKind.OUTAGES)
    made = Measure.objects.create(**common | {"source": "A source", "decider": "IT", "fact_kind": fact_kind} | fields)
    if is_covered:
        CoveredTime.objects.create(
            measure_id=made.pk, started_at=at("2015-01-01 00:00"), ended_at=at("2035-01-01 00:00")
        )
    return made


def make_target(kind: str = TargetKind.AVAILABILITY, **fields: Any) -> ServiceLevelTarget:
    """A target of that kind in an agreement in force, with a measure of its own."""
    number = next(_numbers)
    if "agreement" not in fields:
        fields["agreement"] = make_agreement(unit=fields.pop("unit", None))
    if "measure" not in fields:
        fields["measure"] = make_measure(FACTS_OF[TargetKind(kind)])
    common = {"slug": f"promise-{number}", "name": f"Promise {number}", "sentence": "What is promised"}
    return ServiceLevelTarget.objects.create(kind=kind, **common | FRAMES[kind] | fields)


def add_outage(measure: Measure, start: str, end: str | None, **fields: Any) -> Outage:
    ended_at = at(end) if end else None
    return Outage.objects.create(measure_id=measure.pk, started_at=at(start), ended_at=ended_at, **fields)


def add_case(measure: Measure, key: str, opened: str, solved: str | None, **fields: Any) -> Case:
    resolved_at = at(solved) if solved else None
    return Case.objects.create(measure_id=measure.pk, key=key, opened_at=at(opened), resolved_at=resolved_at, **fields)


def add_pause(measure: Measure, key: str, start: str, end: str | None, reason: str) -> CasePause:
    ended_at = at(end) if end else None
    return CasePause.objects.create(
        measure_id=measure.pk, case_key=key, started_at=at(start), ended_at=ended_at, reason=reason
    )


def add_occasion(measure: Measure, on: date, completed: datetime | None) -> Occasion:
    return Occasion.objects.create(measure_id=measure.pk, on=on, completed_at=completed)


def add_occasions(measure: Measure, completed: Mapping[date, datetime]) -> None:
    Occasion.objects.bulk_create(
        Occasion(measure_id=measure.pk, on=on, completed_at=at_last) for on, at_last in completed.items()
    )


def add_volume(measure: Measure, on: date, total: int, met: int | None) -> Volume:
    return Volume.objects.create(measure_id=measure.pk, on=on, total=total, met=met)


def add_survey(measure: Measure, on: date, asked: int, answers: int, good: int) -> SurveyCount:
    return SurveyCount.objects.create(measure_id=measure.pk, on=on, asked=asked, answers=answers, good=good)


def add_reading(measure: Measure, on: str, value: Decimal | int) -> Measurement:
    return Measurement.objects.create(measure_id=measure.pk, at=at(on), value=Decimal(value))


def add_work(
    service: Service, start: str, end: str, announced: str, approved: str | None, **fields: Any
) -> PlannedWork:
    return PlannedWork.objects.create(
        service=service,
        starts_at=at(start),
        ends_at=at(end),
        announced_at=at(announced),
        approved_at=at(approved) if approved else None,
        **{"title": "Planned work"} | fields,
    )


OCTOBER = Period(2026, 10)
AFTERWARDS = at("2026-11-05 09:00")


def judged(target: ServiceLevelTarget, period: Period = OCTOBER, now: datetime = AFTERWARDS) -> Attainment:
    """The figure of a target in a period (October 2026), made from its facts."""
    compute_attainments(targets=[target], periods=[period], now=now)
    return Attainment.objects.get(target=target, period_start=period.first_on)
