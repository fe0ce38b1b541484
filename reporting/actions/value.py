"""What an hour without a service costs, by what a goal is followed, and how a contribution is computed."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from catalog.errors import StepOfAnother
from catalog.models import BusinessGoal, BusinessStep, EvidenceGrade, Service, StepSupport
from catalog.queries.slugs import find_free_slug
from improvement.models import ImprovementOpportunity
from portal.accounts.models import BusinessUnit, Membership
from portal.audit.actions import record
from reporting.errors import ProfileMissing, PromiseOfAnotherUnit, StatementIncomplete, ValueConfirmed
from reporting.models import GoalMeasure, ImpactHour, ImpactProfile, ValueKind, ValueStatement
from slas.models import Measure, ServiceLevelTarget

# What each kind is computed from, by the words that people read.
NEEDED: dict[str, dict[str, str]] = {
    ValueKind.LOST_UNITS: {"target": "the promise"},
    ValueKind.SHIFTED_UNITS: {
        "measure": "what is counted", "baseline_month": "the month before it began", "low_rate": "at least",
        "high_rate": "at most",
    },
    ValueKind.FEWER_UNITS: {
        "measure": "what is counted", "improvement": "the improvement", "low_rate": "at least", "high_rate": "at most",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImpactDetails:
    """Units of work in each (weekday, hour), the share of them that never comes back, and minor units for each."""

    unit_words: str
    lost_share_low: Decimal
    lost_share_high: Decimal
    unit_value_minor: int
    hours: Mapping[tuple[int, int], int]
    step: BusinessStep | None = None


@dataclass(frozen=True, slots=True)
class StatementDetails:
    """How a contribution to a goal of a unit is computed; rates are minutes or minor units of money for one unit."""

    business_unit: BusinessUnit
    kind: str
    grade: str
    cause_words: str
    result_words: str
    unit_words: str
    measure: Measure | None = None
    target: ServiceLevelTarget | None = None
    improvement: ImprovementOpportunity | None = None
    baseline_month: date | None = None
    low_rate: Decimal | None = None
    high_rate: Decimal | None = None


@transaction.atomic
def say_impact(
    *, service: Service, unit: BusinessUnit, details: ImpactDetails, by: Membership, on: date, now: datetime
) -> ImpactProfile:
    """The business says what an hour without a service costs it: its word for the month of this day and those after.

    Said again on the same day it takes the place of that day's word; the words of earlier days stay. A step of the
    unit's work that rests on the service may be named: then its hour costs what is counted here, and no range besides.
    Refuses with StepOfAnother.
    """
    _must_rest_on(details.step, service, unit)
    said = {name: getattr(details, name) for name in ("unit_words", "lost_share_low", "lost_share_high", "step")}
    profile, _is_new = ImpactProfile.objects.update_or_create(
        service=service,
        business_unit=unit,
        confirmed_on=on,
        defaults=said | {"unit_value_minor": details.unit_value_minor, "confirmed_by": by},
    )
    profile.hours.all().delete()
    ImpactHour.objects.bulk_create(
        ImpactHour(profile=profile, weekday=weekday, hour=hour, units=units)
        for (weekday, hour), units in sorted(details.hours.items())
        if units
    )
    record(act="impact.said", actor_id=by.user_id, at=now, subject=f"{service}, {unit}")
    return profile


@transaction.atomic
def follow_goal(
    *, goal: BusinessGoal, measure: Measure, baseline_month: date | None, by: Membership, now: datetime
) -> GoalMeasure:
    """A goal is followed by a share that is counted, from a month on."""
    followed, _is_new = GoalMeasure.objects.update_or_create(
        goal=goal, defaults={"measure": measure, "baseline_month": baseline_month}
    )
    record(act="goal.followed", actor_id=by.user_id, at=now, subject=f"{goal}: {measure.name}")
    return followed


@transaction.atomic
def state_value(*, goal: BusinessGoal, details: StatementDetails, by: Membership, now: datetime) -> ValueStatement:
    """A new statement of value. Refuses with StatementIncomplete, PromiseOfAnotherUnit and ProfileMissing."""
    position = goal.value_statements.count()
    slug = find_free_slug(model=ValueStatement, name=details.cause_words)
    return _write(ValueStatement(goal=goal, slug=slug, position=position), details, by, now)


@transaction.atomic
def edit_value(
    *, statement: ValueStatement, details: StatementDetails, by: Membership, now: datetime
) -> ValueStatement:
    """Change a statement; what was confirmed before is no longer. Refuses as `state_value`."""
    held = ValueStatement.objects.select_for_update().get(pk=statement.pk)
    return _write(held, details, by, now)


@transaction.atomic
def confirm_value(*, statement: ValueStatement, by: Membership, now: datetime) -> ValueStatement:
    """The business says that a statement is true: grade A. Refuses with ValueConfirmed."""
    held = ValueStatement.objects.select_for_update().get(pk=statement.pk)
    if held.grade == EvidenceGrade.CONFIRMED:
        raise ValueConfirmed(by=held.confirmed_by_words)
    held.grade, held.confirmed_by_words = EvidenceGrade.CONFIRMED, by.user.name
    held.save(update_fields=["grade", "confirmed_by_words"])
    record(act="value.confirmed", actor_id=by.user_id, at=now, subject=held.cause_words)
    return held


def _write(statement: ValueStatement, details: StatementDetails, by: Membership, now: datetime) -> ValueStatement:
    missing = [words for name, words in NEEDED[details.kind].items() if getattr(details, name) is None]
    if missing:
        raise StatementIncomplete(missing=", ".join(missing))
    target, unit = details.target, details.business_unit
    if target is not None and target.agreement.customer.business_unit_id != unit.pk:
        raise PromiseOfAnotherUnit(promise=target.name, unit=unit)
    if details.kind == ValueKind.LOST_UNITS:
        _must_be_said(details)
    for field in fields(details):
        setattr(statement, field.name, getattr(details, field.name))
    statement.confirmed_by_words = ""
    statement.save()
    record(act="value.stated", actor_id=by.user_id, at=now, subject=details.cause_words)
    return statement


def _must_rest_on(step: BusinessStep | None, service: Service, unit: BusinessUnit) -> None:
    own = StepSupport.objects.filter(step=step, service=service, step__process__business_unit=unit)
    if step is not None and not own.exists():
        raise StepOfAnother(step=step, service=service, unit=unit)


def _must_be_said(details: StatementDetails) -> None:
    service = details.target.service if details.target else None
    if not ImpactProfile.objects.filter(service=service, business_unit=details.business_unit).exists():
        raise ProfileMissing(unit=details.business_unit, service=service)
