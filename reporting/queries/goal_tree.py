"""Goals as a tree, each with where it stands between its two ends: as somebody said, or as a measure counts it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Max, QuerySet, Sum

from catalog.models import BusinessGoal, GoalValue
from catalog.queries.goals import list_goals
from portal.accounts.models import Membership
from portal.language.dates import day_year, month_year
from portal.language.numbers import NBSP
from reporting.models import GoalMeasure
from slas.calculation.periods import add_months
from slas.models import Volume

WHOLE, PERCENT = 100, "%"
RECENT = 3  # months back in which a count still says where a goal stands


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a goal is: in words with who says so, and how much of the way is made, in percent from 0 to 100."""

    now: str
    way: str
    source: str
    made: int | None


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal in the list, so deep under others, with where it stands."""

    goal: BusinessGoal
    depth: int
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class _Last:
    value: Decimal
    source: str
    unit: str


def list_goal_rows(*, reader: Membership, today: date) -> list[GoalRow]:
    """The goals that the reader sees, each under the one that it is part of if the reader sees that one too."""
    goals = list(list_goals(reader=reader).select_related("business_unit", "owner__user"))
    standings = list_standings(goals=goals, today=today)
    return [GoalRow(goal, depth, standings.get(goal.pk)) for goal, depth in _in_tree(goals)]


def list_standings(*, goals: Sequence[BusinessGoal], today: date) -> dict[int, Standing]:
    """By goal: what its measure counted in the last complete month, otherwise what was said last; whoever calls has
    authorised the reader. Goals of which nothing is known are left out.
    """
    last = _said_last(goals, today) | _counted_last(goals, today)
    return {goal.pk: _standing(goal, last[goal.pk]) for goal in goals if goal.pk in last}


def list_values(*, goal: BusinessGoal) -> QuerySet[GoalValue]:
    """What was said of a goal, the latest first."""
    return goal.values.select_related("said_by__user").order_by("-on")


def shown(value: Decimal, unit: str) -> str:
    """61.2 %: no more decimals than are needed."""
    words = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{words}{NBSP}{unit}" if unit else words


def _standing(goal: BusinessGoal, last: _Last) -> Standing:
    start, target, unit = goal.start_value, goal.target_value, last.unit
    if start is None or target is None:
        return Standing(shown(last.value, unit), "", last.source, None)
    share = Fraction(last.value - start) / Fraction(target - start)
    made = max(0, min(WHOLE, int(share * WHOLE)))
    return Standing(shown(last.value, unit), f"{shown(start, unit)} to {shown(target, unit)}", last.source, made)


def _said_last(goals: Iterable[BusinessGoal], today: date) -> dict[int, _Last]:
    rows = GoalValue.objects.filter(goal__in=list(goals), on__lte=today).select_related("said_by__user", "goal")
    newest = rows.order_by("goal", "-on").distinct("goal")
    return {
        row.goal_id: _Last(row.value, f"{row.said_by.user.name}, {day_year(row.on)}", row.goal.value_unit)
        for row in newest
    }


def _counted_last(goals: Iterable[BusinessGoal], today: date) -> dict[int, _Last]:
    """The share of the last complete month that has a count; of goals that go by percent, as a measure counts."""
    by_percent = [goal for goal in goals if goal.value_unit in ("", PERCENT)]
    measures = dict(GoalMeasure.objects.filter(goal__in=by_percent).values_list("goal_id", "measure_id"))
    first = today.replace(day=1)
    counted = Volume.objects.filter(measure_id__in=measures.values(), on__lt=first, met__isnull=False)
    months: dict[int, date] = dict(counted.values_list("measure_id").annotate(last=Max("on")).order_by())
    sums = {
        (measure_id, date(year, month, 1)): (met, total)
        for measure_id, year, month, met, total in counted.filter(on__gte=add_months(first, -RECENT))
        .values_list("measure_id", "on__year", "on__month")
        .annotate(Sum("met"), Sum("total"))
        .order_by()
    }
    found: dict[int, _Last] = {}
    for goal_id, measure_id in measures.items():
        month = months[measure_id].replace(day=1) if measure_id in months else None
        met, total = sums.get((measure_id, month), (0, 0)) if month else (0, 0)
        if month and total:
            found[goal_id] = _Last(round(Decimal(met) * WHOLE / total, 1), month_year(month), PERCENT)
    return found


def _in_tree(goals: Sequence[BusinessGoal]) -> Iterator[tuple[BusinessGoal, int]]:
    """Each goal after the one above it, in the order of the list."""
    seen = {goal.pk for goal in goals}
    parts: dict[int, list[BusinessGoal]] = {}
    for goal in goals:
        parts.setdefault(goal.parent_id if goal.parent_id in seen else 0, []).append(goal)
    waiting = [(goal, 0) for goal in reversed(parts.get(0, []))]
    while waiting:
        goal, depth = waiting.pop()
        yield goal, depth
        waiting += [(part, depth + 1) for part in reversed(parts.get(goal.pk, []))]
