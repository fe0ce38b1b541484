"""The time whose figures facts can change."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.tenancy.models import Tenant
from portal.tenancy.scope import required_tenant_id
from slas.actions.facts_tables import Change
from slas.models import ServiceLevelTarget
from slas.queries.merges import Link, merged_with
from slas.queries.rows import CaseRow, CheckRow, CoveredRow, GapRow, OutageRow, ReadingRow, Row

SECOND = timedelta(seconds=1)
MONTH = timedelta(days=28)


Span = tuple[datetime, datetime]


def spans_of(*, changes: Mapping[int, Change], now: datetime) -> dict[int, list[Span]]:
    """By measure: the stretches of time, half-open, about which its changed facts say something.

    What is open speaks until now. A check speaks until the next one. A local date is the whole day in each zone in
    which an agreement counts the measures. Of cases that were merged the one that goes on starts with the earliest, so
    that all of them speak with each. Stretches of a measure that lie within a month of each other are one.
    """
    rows = next((change.touched for change in changes.values() if change.touched), ())
    zones = _zones(list(changes)) if rows and hasattr(rows[0], "on") else []
    found = {pk: list(_spans_of(change, now, zones)) for pk, change in changes.items()}
    for case in merged_with(_links(changes)):
        found[case.measure_id].append(_span_of_case(case.opened_at, case.resolved_at or now))
    return {pk: _joined(sorted(spans)) for pk, spans in found.items()}


def _links(changes: Mapping[int, Change]) -> Iterator[Link]:
    for pk, change in changes.items():
        yield from (Link(pk, row.key, row.merged_into) for row in change.touched if isinstance(row, CaseRow))


def _spans_of(change: Change, now: datetime, zones: Sequence[ZoneInfo]) -> Iterator[Span]:
    for checks in change.checked:
        yield checks.first, checks.following or max(now, checks.last + SECOND)
    for row in change.touched:
        yield from _spans(row, now, zones)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, where those less than a month apart have become one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start - joined[-1][1] < MONTH:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _spans(row: Row, now: datetime, zones: Sequence[ZoneInfo]) -> Iterator[tuple[datetime, datetime]]:
    if isinstance(row, OutageRow | GapRow | CoveredRow):
        yield row.started_at, row.ended_at or max(now, row.started_at + SECOND)
    elif isinstance(row, CaseRow):
        # What is merged gives its start to another case, which may have been solved later.
        yield _span_of_case(row.opened_at, now if row.merged_into else row.resolved_at or now)
    elif not isinstance(row, CheckRow | ReadingRow):
        for zone in zones:
            yield _midnight(row.on, zone), _midnight(row.on + timedelta(days=1), zone)


def _span_of_case(opened_at: datetime, ended_at: datetime) -> Span:
    return opened_at, max(ended_at, opened_at) + SECOND


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(), tzinfo=zone)


def _zones(measure_ids: Sequence[int]) -> list[ZoneInfo]:
    targets = ServiceLevelTarget.objects.filter(measure_id__in=measure_ids)
    agreed = targets.values_list("agreement__time_zone", flat=True).distinct()
    names = set(agreed) or {Tenant.objects.get(pk=required_tenant_id()).time_zone}
    return [ZoneInfo(name) for name in sorted(names)]
