"""How the promises of a scheme of credits went in a month: their closed figures, what hit them, and overdue duties."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import count, takewhile
from typing import Any

from slas.calculation.credit_months import CreditMonth
from slas.calculation.local_time import zone_of
from slas.calculation.periods import add_months
from slas.calculation.reliability import FailureFate
from slas.calculation.status import Status
from slas.models import Attainment, CreditScheme, MonthClose, Obligation, ServiceLevelTarget, TargetKind
from slas.queries.attainments import issued_attainments, newest_attainments
from slas.queries.measured_months import measured_share
from slas.queries.targets import JUDGED, promised_dates

# Restatements of older months change no credit any more.
LOOKED_BACK = 13
# Where no unit's month is closed, a month counts when its facts had so long to arrive.
SETTLED = timedelta(days=3)
COUNTED = {Status.KEPT.value, Status.CLOSE.value, Status.MISSED.value}
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class GatheredMonth:
    """A month of a scheme: what its credits are calculated from, and the figures behind that by promise."""

    month: CreditMonth
    figures: Mapping[str, Attainment]


def list_credit_schemes(*, after: int, limit: int) -> list[CreditScheme]:
    """The next schemes of agreements that are or were in force, in order of their key."""
    related = ("agreement__customer__business_unit", "agreement__provider")
    rows = CreditScheme.objects.filter(agreement__state__in=JUDGED, pk__gt=after).select_related(*related)
    return list(rows.prefetch_related("bands__target").order_by("pk")[:limit])


def list_scheme_versions(*, scheme: CreditScheme) -> list[CreditScheme]:
    """The scheme and those that followed it in later versions of its agreement."""
    own = scheme.agreement
    rows = CreditScheme.objects.filter(
        slug=scheme.slug, agreement__slug=own.slug, agreement__version__gte=own.version, agreement__state__in=JUDGED
    )
    related = rows.select_related("agreement__customer__business_unit", "agreement__provider")
    return list(related.prefetch_related("bands__target").order_by("agreement__version"))


def gather_months(*, scheme: CreditScheme, now: datetime, since: date | None = None) -> list[GatheredMonth]:
    """The closed months of a scheme within the last year, or since that one, the oldest first."""
    months = _closed_months(scheme, since or add_months(now.date().replace(day=1), -LOOKED_BACK), now)
    if not months:
        return []
    targets = {band.target_id for band in scheme.bands.all()}
    is_closing = scheme.agreement.customer.business_unit_id is not None
    rows = issued_attainments() if is_closing else newest_attainments()
    ends = [add_months(month, 1) for month in months]
    found: dict[date, dict[str, Attainment]] = defaultdict(dict)
    related = rows.filter(target_id__in=targets, period_end__in=ends).select_related("target__agreement")
    for row in related.order_by("period_start", "pk"):
        found[add_months(row.period_end, -1)][row.target.slug] = row
    duties = list(scheme.agreement.obligations.order_by("pk")) if scheme.excludes_unmet else []
    return [gathered(month=month, figures=found[month], duties=duties) for month in months]


def _closed_months(scheme: CreditScheme, first: date, now: datetime) -> list[date]:
    agreement = scheme.agreement
    unit = agreement.customer.business_unit
    if unit is not None:
        closed = MonthClose.objects.filter(business_unit=unit, month__gte=first).order_by("month")
        months = list(closed.values_list("month", flat=True))
    else:
        last = (now - SETTLED).astimezone(zone_of(agreement.time_zone)).date().replace(day=1)
        months = list(takewhile(lambda month: month < last, (add_months(first, n) for n in count())))
    return [month for month in months if _holds_in(scheme, month)]


def _holds_in(scheme: CreditScheme, month: date) -> bool:
    agreement = scheme.agreement
    is_begun = agreement.starts_on < add_months(month, 1)
    return is_begun and (agreement.ends_on is None or month < agreement.ends_on)


def gathered(
    *, month: date, figures: Mapping[str, Attainment], duties: Sequence[Obligation], is_tried: bool = False
) -> GatheredMonth:
    """A month by the figures of its promises. What was missed has its events and overdue duties; where other promises
    are tried on it, each figure has, because another one may be missed by them.
    """
    values = {slug: value for slug, row in figures.items() if (value := credit_value(row)) is not None}
    judged = {slug: row for slug, row in figures.items() if slug in values}
    missed = {slug: row for slug, row in judged.items() if is_tried or row.status == Status.MISSED.value}
    return GatheredMonth(
        CreditMonth(
            first_on=month,
            values=values,
            events={slug: frozenset(_events(row)) for slug, row in missed.items()},
            unmet={slug: unmet for slug, row in missed.items() if (unmet := _unmet(row, duties))},
        ),
        figures,
    )


def credit_value(row: Attainment) -> Fraction | None:
    """What is held against the bands: an exact share, or the number that is promised; None where nothing was judged."""
    if row.status not in COUNTED:
        return None
    if row.target.threshold is not None:
        return measured_share(row)
    return Fraction(row.result["late"]) if row.result.get("late") is not None else None


def _events(row: Attainment) -> Iterable[str]:
    """The outages or cases that cost a promise, each named with its measure; dates and counts are no events."""
    target, result = row.target, row.result
    if target.kind == TargetKind.AVAILABILITY:
        ids = [event["id"] for event in result.get("events", ()) if Fraction(event["counted_seconds"]) > 0]
    elif target.kind == TargetKind.RELIABILITY:
        records: list[dict[str, Any]] = row.records
        ids = [each["id"] for each in records if each["state"] == FailureFate.COUNTED.value]
    elif target.kind == TargetKind.CASES:
        ids = [each["key"] for each in result.get("late_cases", ())]
    else:
        ids = []
    return (f"{target.measure_id}:{each}" for each in ids)


def _unmet(row: Attainment, duties: Iterable[Obligation]) -> tuple[str, ...]:
    starts_on, ends_on = promised_dates(row.target)
    first, end = max(row.period_start, starts_on), min(row.period_end, ends_on or row.period_end)
    return unmet_duties(target=row.target, first=first, end=end, duties=duties)


def unmet_duties(
    *, target: ServiceLevelTarget, first: date, end: date, duties: Iterable[Obligation]
) -> tuple[str, ...]:
    """The duties for the service of a promise, or for all of them, that were overdue for a day of those days."""
    return tuple(
        duty.short_text
        for duty in duties
        if duty.due_on is not None
        and duty.service_id in (None, target.service_id)
        and max(first, duty.due_on + DAY) < min(end, duty.done_on or end)
    )
