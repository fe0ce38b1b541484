"""How far a goal is, month by month, from its measure of counted volumes."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Sum

from catalog.models import BusinessGoal
from portal.charts.trends import TrendPoint
from portal.language.dates import month_short, month_year
from portal.language.numbers import bare_percent, of, percent
from reporting.models import GoalMeasure
from slas.calculation.periods import add_months
from slas.models import Volume

MONTHS = 12


@dataclass(frozen=True, slots=True)
class MonthShare:
    """One month: the share, and the counts that it is made of."""

    month: str
    share: str
    counts: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What is counted, the last figure, where it began, and the months for drawing and for the table."""

    measure_slug: str
    measure: str
    now: str
    then: str
    points: tuple[TrendPoint, ...]
    months: tuple[MonthShare, ...]


def get_progress(*, goal: BusinessGoal, today: date) -> Progress | None:
    """The last twelve complete months; None while nothing is counted for the goal."""
    link = find_followed(goal=goal)
    if link is None:
        return None
    end = today.replace(day=1)
    first = min(filter(None, (link.baseline_month, add_months(end, -MONTHS))))
    shares = _shares(link.measure_id, first, end)
    if not shares:
        return None
    shown = [month for month in sorted(shares) if month >= add_months(end, -MONTHS)]
    if not shown:
        return None
    base = link.baseline_month
    return Progress(
        measure_slug=link.measure.slug,
        measure=link.measure.name,
        now=f"{month_year(shown[-1])}: {percent(_share(shares[shown[-1]]), 1)}",
        then=f"{month_year(base)}: {percent(_share(shares[base]), 1)}" if base in shares else "",
        points=tuple(TrendPoint(month_short(month), float(_share(shares[month]) * 100), False, "") for month in shown),
        months=tuple(
            MonthShare(month_year(month), f"{bare_percent(_share(shares[month]), 1)} %", of(*shares[month]))
            for month in shown
        ),
    )


def find_followed(*, goal: BusinessGoal) -> GoalMeasure | None:
    """By what a goal is followed, if anything; whoever calls has authorised the reader."""
    return GoalMeasure.objects.filter(goal=goal).select_related("measure").order_by("pk").first()


def _share(counts: tuple[int, int]) -> Fraction:
    return Fraction(*counts)


def _shares(measure_id: int, first: date, end: date) -> dict[date, tuple[int, int]]:
    rows = (
        Volume.objects.filter(measure_id=measure_id, on__gte=first, on__lt=end, met__isnull=False)
        .values_list("on__year", "on__month")
        .annotate(Sum("met"), Sum("total"))
        .order_by()
    )
    return {date(year, month, 1): (met, total) for year, month, met, total in rows if total}
