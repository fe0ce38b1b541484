"""How much of each month a measure knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, Min, Q, Window
from django.db.models.fields import DateField
from django.db.models.functions import Lead, TruncMonth

from slas.calculation.intervals import Interval, clip, measure, subtract, union
from slas.calculation.local_time import midnight
from slas.calculation.periods import add_months
from slas.models import CoveredTime, DataGap, FactKind, Measure, Measurement
from slas.queries.facts import NEWEST_BY, TABLES
from slas.queries.rows import ROWS

MONTHS = 12
TIMED = (FactKind.OUTAGES, FactKind.CHECKS)


@dataclass(frozen=True)
class MonthCovered:
    """One month of a measure: how many facts, the known share where one can be said, and the seconds without data."""

    month: date
    facts: int
    known: Fraction | None
    unknown_seconds: int


def list_months(*, measure: Measure, zone: ZoneInfo, now: datetime) -> list[MonthCovered]:
    """The last twelve months of the measure's facts, oldest first, in the zone; none before its first fact or gap."""
    newest, oldest = _ends(measure)
    if newest is None or oldest is None:
        return []
    last = _month_of(newest, zone)
    first = max(_month_of(oldest, zone), add_months(last, 1 - MONTHS))
    months = [add_months(first, step) for step in range(_months_between(first, last) + 1)]
    counted = _count(measure, months, zone)
    if measure.fact_kind == FactKind.CASES:
        unknown = _count(measure, months, zone, ~Q(unknown_reason=""))
        return [MonthCovered(each, counted.get(each, 0), _known(counted, unknown, each), 0) for each in months]
    if measure.fact_kind not in TIMED:
        return [MonthCovered(each, counted.get(each, 0), None, 0) for each in months]
    unknown_time = _unknown_time(measure, _span(months, zone), now)
    return [_covered(each, counted.get(each, 0), unknown_time, zone, now) for each in months]


def _ends(measure: Measure) -> tuple[datetime | date | None, datetime | date | None]:
    field = NEWEST_BY.get(measure.fact_kind, ROWS[measure.fact_kind].KEY[0])
    facts = TABLES[measure.fact_kind]._default_manager.filter(measure_id=measure.pk)
    ends = facts.aggregate(newest=Max(field), oldest=Min(field))
    return ends["newest"], ends["oldest"]


def _month_of(when: datetime | date, zone: ZoneInfo) -> date:
    on = when.astimezone(zone).date() if isinstance(when, datetime) else when
    return on.replace(day=1)


def _months_between(first: date, last: date) -> int:
    return 12 * (last.year - first.year) + last.month - first.month


def _span(months: Sequence[date], zone: ZoneInfo) -> Interval:
    return Interval(midnight(months[0], zone), midnight(add_months(months[-1], 1), zone))


def _count(measure: Measure, months: Sequence[date], zone: ZoneInfo, only: Q | None = None) -> dict[date, int]:
    field = NEWEST_BY.get(measure.fact_kind, ROWS[measure.fact_kind].KEY[0])
    facts = TABLES[measure.fact_kind]._default_manager.filter(only or Q(), measure_id=measure.pk)
    if field == "on":
        month = TruncMonth(field)
        facts = facts.filter(on__gte=months[0])
    else:
        month = TruncMonth(field, output_field=DateField(), tzinfo=zone)
        start = datetime.combine(months[0], datetime.min.time(), tzinfo=zone)
        facts = facts.filter(**{f"{field}__gte": start})
    return dict(facts.order_by().annotate(month=month).values_list("month").annotate(number=Count("measure_id")))


def _known(counted: dict[date, int], unknown: dict[date, int], month: date) -> Fraction | None:
    cases = counted.get(month, 0)
    return Fraction(cases - unknown.get(month, 0), cases) if cases else None


def _unknown_time(measure: Measure, span: Interval, now: datetime) -> list[Interval]:
    """Gaps that were reported, silences of checks that are longer than agreed, and what a log does not cover."""
    gaps = DataGap.objects.filter(measure_id=measure.pk).values_list("started_at", "ended_at")
    found = [Interval(_second(start), _second(end)) for start, end in gaps]
    if measure.fact_kind == FactKind.CHECKS:
        found += _silences(measure, span, now)
    if measure.fact_kind == FactKind.OUTAGES:
        covered = CoveredTime.objects.filter(measure_id=measure.pk).values_list("started_at", "ended_at")
        found += subtract([span], union(Interval(_second(start), _second(end)) for start, end in covered))
    return list(union(found))


def _silences(measure: Measure, span: Interval, now: datetime) -> list[Interval]:
    """The time before the first check, and what is left of each pause after the longest silence that was agreed."""
    longest = timedelta(seconds=measure.max_gap_seconds or 0)
    start = datetime.fromtimestamp(span.start, UTC) - longest
    checks = Measurement.objects.filter(measure_id=measure.pk, at__gte=start)
    before = [Interval(span.start, _second(checks.aggregate(first=Min("at"))["first"]))]
    if measure.max_gap_seconds is None:
        return before
    spoken = checks.annotate(until=F("at") + longest, following=Window(Lead("at"), order_by="at"))
    silent = spoken.filter(Q(following__gt=F("until")) | Q(following=None))
    ends = silent.values_list("until", "following")
    return before + [Interval(_second(start), _second(end or max(now, start))) for start, end in ends]


def _covered(month: date, facts: int, unknown: Sequence[Interval], zone: ZoneInfo, now: datetime) -> MonthCovered:
    whole = Interval(midnight(month, zone), midnight(add_months(month, 1), zone))
    passed = Interval(whole.start, max(whole.start, min(whole.end, _second(now))))
    seconds = measure(clip(unknown, passed))
    known = Fraction(passed.seconds - seconds, passed.seconds) if passed.seconds else None
    return MonthCovered(month, facts, known, seconds)


def _second(at: datetime) -> int:
    return int(at.timestamp())
