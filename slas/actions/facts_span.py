"""The span of time whose figures facts can change."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.tenancy.models import Tenant
from portal.tenancy.scope import required_tenant_id
from slas.models import Measurement, ServiceLevelTarget
from slas.queries.rows import CaseRow, CheckRow, GapRow, OutageRow, Row

SECOND = timedelta(seconds=1)


def span_of(*, touched: Mapping[int, Sequence[Row]], now: datetime) -> tuple[datetime, datetime]:
    """From the first to the last instant, half-open, about which the facts of these measures say something.

    What is open speaks until now. A check speaks until the next one. A local date is the whole day in each zone in
    which an agreement counts the measures.
    """
    zones: list[ZoneInfo] = []
    spans: list[tuple[datetime, datetime]] = []
    for measure_id, rows in touched.items():
        if isinstance(rows[0], CheckRow):
            spans.append(_span_of_checks(measure_id, [row.at for row in rows if isinstance(row, CheckRow)], now))
            continue
        if not zones and hasattr(rows[0], "on"):
            zones = _zones(list(touched))
        spans += (span for row in rows for span in _spans(row, now, zones))
    return min(start for start, _ in spans), max(end for _, end in spans)


def _span_of_checks(measure_id: int, times: Sequence[datetime], now: datetime) -> tuple[datetime, datetime]:
    last = max(times)
    later = Measurement.objects.filter(measure_id=measure_id, at__gt=last).order_by("at").values_list("at", flat=True)
    return min(times), later.first() or max(now, last + SECOND)


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


def _zones(measure_ids: Sequence[int]) -> list[ZoneInfo]:
    targets = ServiceLevelTarget.objects.filter(measure_id__in=measure_ids)
    agreed = targets.values_list("agreement__time_zone", flat=True).distinct()
    names = set(agreed) or {Tenant.objects.get(pk=required_tenant_id()).time_zone}
    return [ZoneInfo(name) for name in sorted(names)]
