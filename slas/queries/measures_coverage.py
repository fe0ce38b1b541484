"""How much of each month a measure knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, Min, Q, Window
from django.db.models.fields import DateField
from django.db.models.functions import Lead, TruncMonth

from slas.calculation.intervals import Interval, clip, union
from slas.calculation.intervals import measure as seconds_of
from slas.calculation.local_time import midnight
from slas.calculation.periods import add_months
from slas.models import FALL_SILENT, FactKind, Measure, Measurement
from slas.queries import evidence
from slas.queries.facts import NEWEST_BY, TABLES
from slas.queries.inputs.silence import Silence
from slas.queries.rows import ROWS

MONTHS = 12
TIMED = (FactKind.OUTAGES, FactKind.CHECKS)


@dataclass(frozen=True)
class MonthCovered:
    """One month of a measure: how many facts, and the known share where one can be said."""

    month: date
    facts: int
    known: Fraction | None


def list_months(*, measure: Measure, zone: ZoneInfo, now: datetime) -> list[MonthCovered]:
    """The last twelve months of the measure's facts, oldest first, in the zone; none before its first fact or gap."""
    newest, oldest = _ends(measure)
    if newest is None or oldest is None:
        return []
    last = _month_of(newest, zone)
    first = max(_month_of(oldest, zone), add_months(last, 1 - MONTHS))
    months = [add_months(first, step) for step in range(_months_between(first, last) + 1)]
    counted = _count(measure, months, zone)
    told = _count(measure, months, zone, Q(unknown_reason="")) if measure.fact_kind == FactKind.CASES else {}
    unknown = _unknown_time(measure, _span(months, zone), zone, now)
    return [
        MonthCovered(each, facts, _known(measure.fact_kind, facts, told.get(each, 0), time))
        for each in months
        for facts, time in [(counted.get(each, 0), _known_time(each, unknown, zone, now))]
    ]


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


def _known(kind: str, facts: int, told: int, time: Fraction | None) -> Fraction | None:
    """As figures say it: of time its known part, of cases those of which somebody can tell, in the known time.

    Counted things do not say how many there should be; where their source was silent, it knows that part of the time.
    """
    if kind in TIMED:
        return time
    if kind == FactKind.CASES and facts:
        return Fraction(told, facts) * (1 if time is None else time)
    return None if time == 1 else time


def _unknown_time(measure: Measure, span: Interval, zone: ZoneInfo, now: datetime) -> list[Interval]:
    """The time of which figures say that the measure knows nothing; a date without a record is a matter of its own."""
    if measure.fact_kind == FactKind.OCCASIONS:
        return []
    found = list(Silence([measure], span).of(measure, span, zone))
    is_agreed = measure.fact_kind in FALL_SILENT and measure.max_gap_seconds is not None
    if is_agreed or measure.fact_kind == FactKind.CHECKS:
        found += _silences(measure, span, now)
    return list(union(found))


def _silences(measure: Measure, span: Interval, now: datetime) -> list[Interval]:
    """The time before the first check, and what is left of each pause after the longest silence that was agreed.

    Without one a check speaks until the next, however long that takes. The same for readings.
    """
    checks = Measurement.objects.filter(measure_id=measure.pk)
    if measure.max_gap_seconds is None:
        return [Interval(span.start, _second(checks.aggregate(first=Min("at"))["first"]))]
    longest = timedelta(seconds=measure.max_gap_seconds)
    checks = checks.filter(at__gte=evidence.moment(span.start) - longest)
    before = [Interval(span.start, _second(checks.aggregate(first=Min("at"))["first"]))]
    spoken = checks.annotate(until=F("at") + longest, following=Window(Lead("at"), order_by="at"))
    silent = spoken.filter(Q(following__gt=F("until")) | Q(following=None))
    ends = silent.values_list("until", "following")
    return before + [Interval(_second(start), _second(end or max(now, start))) for start, end in ends]


def _known_time(month: date, unknown: Sequence[Interval], zone: ZoneInfo, now: datetime) -> Fraction | None:
    whole = Interval(midnight(month, zone), midnight(add_months(month, 1), zone))
    passed = Interval(whole.start, max(whole.start, min(whole.end, _second(now))))
    known = passed.seconds - seconds_of(clip(unknown, passed))
    return Fraction(known, passed.seconds) if passed.seconds else None


def _second(at: datetime) -> int:
    return int(at.timestamp())
