"""What readings that came or were corrected make of the count of a day."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from slas.calculation.intervals import Interval
from slas.calculation.readings import stretches
from slas.models import Attainment, FactKind, Measurement, MeasurementRevision
from slas.queries.evidence import moment
from slas.queries.hours import HoursBook
from slas.queries.inputs.terms import hours_for, reading_limit_of, seconds
from slas.queries.rows import plain
from slas.queries.targets import period_of, slot_of


def change_of_day(*, attainment: Attainment, on: date, batches: Collection[int], since: datetime) -> tuple[int, int]:
    """How many more readings of a local date are within the limit, and there at all, by those batches alone.

    The figure was calculated at `since`; a corrected reading counts by what it was before its first correction.
    """
    target = attainment.target
    limit = reading_limit_of(target)
    slot = slot_of(target, period_of(target, attainment.period_start), since)
    if limit is None or slot is None:
        return 0, 0
    hours = hours_for(target, HoursBook(ids=[target.service_hours_id] if target.service_hours_id else []), slot.span)
    known = Interval(slot.span.start, min(slot.span.end, seconds(since)))
    met = total = 0
    for stretch in stretches(hours.working(known), slot.zone):
        if stretch.on == on:
            brought = _brought(target.measure_id, moment(stretch.time.start), moment(stretch.time.end), batches)
            before = _before(target.measure_id, brought, since)
            met += sum(limit.allows(value) for value in brought.values())
            met -= sum(limit.allows(value) for value in before.values())
            total += len(brought) - len(before)
    return met, total


def _brought(measure_id: int, start: datetime, end: datetime, batches: Collection[int]) -> dict[str, Decimal]:
    rows = Measurement.objects.filter(measure_id=measure_id, at__gte=start, at__lt=end, batch_id__in=batches)
    return {str(plain(at)): value for at, value in rows.values_list("at", "value") if value is not None}


def _before(measure_id: int, brought: Collection[str], since: datetime) -> dict[str, Decimal]:
    rows = MeasurementRevision.objects.filter(measure_id=measure_id, fact=FactKind.READINGS, at__gte=since)
    newest_first = rows.filter(key__in=brought).order_by("-at", "-pk")
    return {key: Decimal(str(old["value"])) for key, old in newest_first.values_list("key", "old")}
