"""The span of time whose figures facts can change."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.tenancy.models import Tenant
from portal.tenancy.scope import required_tenant_id
from slas.actions.rows import CaseRow, CheckRow, GapRow, OutageRow, Row
from slas.models import Measure, Measurement, ServiceLevelTarget

SECOND = timedelta(seconds=1)


def span_of(*, measure: Measure, rows: Sequence[Row], now: datetime) -> tuple[datetime, datetime]:
    """From the first to the last instant, half-open, about which these facts say something.

    What is open speaks until now. A check speaks until the next one. A local date is the whole day in each zone in
    which an agreement counts the measure.
    """
    first, last = rows[0], rows[-1]
    if isinstance(first, CheckRow) and isinstance(last, CheckRow):
        return min(row.at for row in (first, last)), _next_check(measure, last.at, now)
    zones = _zones(measure)
    spans = [span for row in rows for span in _spans(row, now, zones)]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _next_check(measure: Measure, at: datetime, now: datetime) -> datetime:
    later = Measurement.objects.filter(measure_id=measure.pk, at__gt=at).order_by("at").values_list("at", flat=True)
    return later.first() or max(now, at + SECOND)


def _spans(row: Row, now: datetime, zones: Sequence[ZoneInfo]) -> Iterator[tuple[datetime, datetime]]:
    if isinstance(row, OutageRow | GapRow):
        yield row.started_at, row.ended_at or max(now, row.started_at + SECOND)
    elif isinstance(row, CaseRow):
        yield row.opened_at, max(row.resolved_at or now, row.opened_at) + SECOND
    elif not isinstance(row, CheckRow):
        for zone in zones:
            yield _midnight(row.on, zone), _midnight(row.on + timedelta(days=1), zone)


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(), tzinfo=zone)


def _zones(measure: Measure) -> list[ZoneInfo]:
    agreed = ServiceLevelTarget.objects.filter(measure=measure).values_list("agreement__time_zone", flat=True)
    names = set(agreed) or {Tenant.objects.get(pk=required_tenant_id()).time_zone}
    return [ZoneInfo(name) for name in sorted(names)]
