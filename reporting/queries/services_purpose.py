"""Why a service exists, what an hour without it costs, and what the reader's unit does for it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db.models import Q, Sum

from catalog.models import BusinessGoal, BusinessProcess, Service, StepSupport
from catalog.peaks import words
from catalog.queries.processes import list_steps_on, rules_of
from portal.accounts.models import Membership
from portal.accounts.queries import list_visible_units
from portal.language.dates import month_name, month_year, weekday_day
from portal.language.numbers import count, counted, lower_first, percent
from reporting.models import ContextRequest, GoalMeasure, ImpactHour, ImpactProfile
from reporting.queries.processes import load_words
from reporting.queries.standstill import list_hour_costs
from reporting.queries.value_kept import newest_profiles
from slas.calculation.periods import add_months
from slas.models import AgreementState, Obligation, Volume

NOON = 12


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal that the service serves, and how far it is in the month shown."""

    slug: str
    name: str
    progress: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """Goals, and the costs of an hour without the service, one sentence for each unit that gave its figures."""

    goals: tuple[GoalLine, ...]
    costs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A process of which steps rest on the service: with which part, when it is heavy, and what an hour costs."""

    slug: str
    name: str
    steps: str
    load: str
    peaks: str
    costs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """What a unit does so that promises can be kept; `state` is done, soon (has a date) or late."""

    state: str
    words: str


def get_purpose(*, reader: Membership, service: Service, month: date | None) -> Purpose:
    """The goals and costs that the reader may see."""
    units = list_visible_units(reader=reader)
    goals = BusinessGoal.objects.filter(
        Q(business_unit__isnull=True) | Q(business_unit__in=units), contributions__service=service
    ).order_by("position", "name")
    found = list(goals)
    shares = list_goal_shares(goal_ids=[goal.pk for goal in found], month=month)
    lines = tuple(GoalLine(goal.slug, lower_first(goal.name), _progress(shares.get(goal.pk), month)) for goal in found)
    profiles = newest_profiles(reader=reader, service=service).select_related("business_unit")
    return Purpose(lines, tuple(_costs(list(profiles), reader)))


def list_work(*, reader: Membership, service: Service, now: datetime) -> list[WorkLine]:
    """The processes of the reader's units that rest on a service, by name."""
    supports = list(list_steps_on(reader=reader, service=service))
    steps = [row.step for row in supports]
    found: dict[BusinessProcess, list[StepSupport]] = defaultdict(list)
    for row in supports:
        found[row.step.process].append(row)
    costs = list_hour_costs(steps=steps, currency=service.tenant.currency) if steps else {}
    return [
        WorkLine(
            slug=process.slug,
            name=process.name,
            steps=". ".join(f"{row.step.name}: {lower_first(row.role)}" for row in rows),
            load=load_words(rules=(rules := rules_of(process.peaks.all())), now=now, zone=service.tenant.time_zone),
            peaks=". ".join(words(rule) for rule in rules),
            costs=tuple(f"{row.step.name}: {costs[row.step_id].words}" for row in rows if row.step_id in costs),
        )
        for process, rows in found.items()
    ]


def list_goal_shares(*, goal_ids: Collection[int], month: date | None) -> dict[int, Fraction]:
    """By goal: its share in that month, from its measure of counted volumes; goals without a count are left out."""
    if month is None:
        return {}
    measures = dict(GoalMeasure.objects.filter(goal_id__in=goal_ids).values_list("goal_id", "measure_id"))
    rows = Volume.objects.filter(
        measure_id__in=measures.values(), on__gte=month, on__lt=add_months(month, 1), met__isnull=False
    )
    sums = {
        measure_id: (met, total)
        for measure_id, met, total in rows.values_list("measure_id").annotate(Sum("met"), Sum("total")).order_by()
    }
    return {
        goal_id: Fraction(*sums[measure_id])
        for goal_id, measure_id in measures.items()
        if sums.get(measure_id, (0, 0))[1]
    }


def _progress(share: Fraction | None, month: date | None) -> str:
    return "" if share is None or month is None else f"{month_name(month)}: {percent(share, 1)}."


def _costs(profiles: list[ImpactProfile], reader: Membership) -> list[str]:
    hours: dict[int, dict[tuple[int, int], int]] = defaultdict(dict)
    for row in ImpactHour.objects.filter(profile__in=profiles):
        hours[row.profile_id][row.weekday, row.hour] = row.units
    return [_cost(profile, hours[profile.pk], reader) for profile in profiles if any(hours[profile.pk].values())]


def _cost(profile: ImpactProfile, hours: dict[tuple[int, int], int], reader: Membership) -> str:
    """At noon and in the busiest hour of the busiest day."""
    busiest = max(hours, key=lambda key: (hours[key], -key[0], -key[1]))
    said = counted(hours[busiest], profile.unit_words)
    at_noon = hours.get((busiest[0], NOON), 0)
    if at_noon and busiest[1] != NOON:
        said = f"{counted(at_noon, profile.unit_words)} at noon and {count(hours[busiest])}"
    whose = "Your figures" if reader.is_business else f"Figures of {profile.business_unit.name}"
    return f"costs {said} at {busiest[1]:02d}:00. {whose}, confirmed {month_year(profile.confirmed_on)}."


def list_duties(*, reader: Membership, service: Service, today: date) -> list[Duty]:
    """What the customer agreed to do, and what IT asked about this service and still waits for."""
    units = list_visible_units(reader=reader)
    obligations = Obligation.objects.filter(
        agreement__state=AgreementState.IN_FORCE, service=service, agreement__customer__business_unit__in=units
    )
    duties = [
        Duty("done", row.text) if row.due_on is None or row.done_on else _due(row.short_text, row.due_on, today)
        for row in obligations.order_by("pk")
    ]
    asked = ContextRequest.objects.filter(service=service, business_unit__in=units, answered_at__isnull=True)
    return duties + [_due(row.title, row.due_on, today) for row in asked.order_by("due_on", "pk")]


def _due(words: str, due_on: date, today: date) -> Duty:
    late = (today - due_on).days
    if late > 0:
        return Duty("late", f"{words}: {counted(late, 'days')} late")
    return Duty("soon", f"{words}: by {weekday_day(due_on)}")
