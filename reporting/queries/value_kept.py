"""What is kept about value: profiles of an hour, by what a goal is followed, statements; as far as a reader may see."""

from dataclasses import dataclass

from django.db.models import QuerySet

from catalog.models import BusinessGoal, Service
from improvement.models import ImprovementOpportunity
from improvement.queries import list_improvements
from portal.accounts.models import BusinessUnit, Membership
from portal.accounts.queries import list_visible_units
from portal.language.numbers import money
from reporting.models import ImpactProfile, ValueStatement
from reporting.queries.worth import share_words
from slas.models import AgreementKind, AgreementState, FactKind, Measure, ServiceLevelTarget, TargetKind

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAYS = len(DAY_NAMES)
HOURS = 24


@dataclass(frozen=True, slots=True)
class Week:
    """A profile as it is read: who said it, the share that never comes back, money, and units by hour and weekday."""

    unit: BusinessUnit
    profile: ImpactProfile
    lost: str
    worth: str
    rows: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


def list_weeks(*, reader: Membership, service: Service, currency: str) -> list[Week]:
    """The newest profiles of the units that the reader may see."""
    profiles = newest_profiles(reader=reader, service=service)
    related = profiles.select_related("business_unit", "confirmed_by__user").prefetch_related("hours")
    return sorted((_week(profile, currency) for profile in related), key=lambda week: week.unit.name)


def newest_profiles(*, reader: Membership, service: Service) -> QuerySet[ImpactProfile]:
    """What each unit that the reader may see said last."""
    profiles = ImpactProfile.objects.filter(service=service, business_unit__in=list_visible_units(reader=reader))
    return profiles.order_by("business_unit", "-confirmed_on").distinct("business_unit")


def _week(profile: ImpactProfile, currency: str) -> Week:
    units = units_by_hour(profile)
    used = [hour for hour in range(HOURS) if any(units.get((day, hour)) for day in range(DAYS))]
    return Week(
        unit=profile.business_unit,
        profile=profile,
        lost=share_words(profile),
        worth=money(profile.unit_value_minor, currency),
        rows=tuple(
            (f"{hour:02d}:00", tuple((name, units.get((day, hour), 0)) for day, name in enumerate(DAY_NAMES)))
            for hour in used
        ),
    )


def units_by_hour(profile: ImpactProfile) -> dict[tuple[int, int], int]:
    """Units of work by weekday (Monday is 0) and hour."""
    return {(row.weekday, row.hour): row.units for row in profile.hours.all()}


def find_impact(*, service: Service, unit: BusinessUnit) -> ImpactProfile | None:
    """What a unit said last about a service, if it did; whoever calls has authorised the reader."""
    return ImpactProfile.objects.filter(service=service, business_unit=unit).order_by("-confirmed_on").first()


def list_goal_statements(*, reader: Membership, goal: BusinessGoal) -> QuerySet[ValueStatement]:
    """How contributions to a goal are computed, for the units that the reader may see."""
    statements = goal.value_statements.filter(business_unit__in=list_visible_units(reader=reader))
    return statements.select_related("business_unit", "measure", "target", "improvement").order_by("position", "pk")


def get_statement(*, reader: Membership, goal: BusinessGoal, statement_id: int) -> ValueStatement:
    """One statement of a goal. Raises ValueStatement.DoesNotExist."""
    return list_goal_statements(reader=reader, goal=goal).get(pk=statement_id)


def list_counted() -> QuerySet[Measure]:
    """The measures that count volumes, by name."""
    return Measure.objects.filter(fact_kind=FactKind.VOLUMES).order_by("name")


def list_availability_promises() -> QuerySet[ServiceLevelTarget]:
    """Promises in force whose outages can be told hour by hour."""
    promises = ServiceLevelTarget.objects.filter(
        agreement__kind=AgreementKind.SLA,
        agreement__state=AgreementState.IN_FORCE,
        kind=TargetKind.AVAILABILITY,
        service__isnull=False,
    )
    return promises.select_related("service").order_by("name", "pk")


def list_causes(*, reader: Membership) -> QuerySet[ImprovementOpportunity]:
    """The improvements that may have brought something about."""
    return list_improvements(reader=reader)
