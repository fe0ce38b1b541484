"""Readings of many stretches of time at once: counted by the hour or one by one, and those at wanted ranks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from portal.tenancy.scope import required_tenant_id
from slas.calculation.intervals import Interval
from slas.calculation.readings import Limit
from slas.models import ReadingLimit
from slas.queries.columns import as_array

BY_HOUR = """
SELECT wanted.place, found.n, found.n_within
FROM unnest(%(places)s::bigint[], %(limits)s::bigint[], %(starts)s::bigint[], %(ends)s::bigint[])
     AS wanted (place, limit_id, start, stop),
LATERAL (
    SELECT sum(counted.n) AS n, sum(counted.n_within) AS n_within FROM slas_hourlycount counted
    WHERE counted.tenant_id = %(tenant)s AND counted.limit_id = wanted.limit_id
      AND counted.hour_from >= to_timestamp(wanted.start) AND counted.hour_from < to_timestamp(wanted.stop)
) found
WHERE found.n > 0
"""
ONE_BY_ONE = """
SELECT wanted.place, found.n, found.n_within
FROM unnest(%(places)s::bigint[], %(measures)s::bigint[], %(bounds)s::bigint[], %(least)s::boolean[],
            %(starts)s::bigint[], %(ends)s::bigint[]) AS wanted (place, measure_id, bound, is_least, start, stop),
LATERAL (
    SELECT count(*) AS n, count(*) FILTER (
        WHERE CASE WHEN wanted.is_least THEN reading.value >= wanted.bound ELSE reading.value <= wanted.bound END
    ) AS n_within
    FROM slas_measurement reading
    WHERE reading.tenant_id = %(tenant)s AND reading.measure_id = wanted.measure_id
      AND reading.at >= to_timestamp(wanted.start) AND reading.at < to_timestamp(wanted.stop)
) found
WHERE found.n > 0
"""
FOUND = """
FROM unnest(%(starts)s::bigint[], %(ends)s::bigint[]) AS wanted (start, stop)
JOIN slas_measurement reading ON reading.tenant_id = %(tenant)s AND reading.measure_id = %(measure)s
     AND reading.at >= to_timestamp(wanted.start) AND reading.at < to_timestamp(wanted.stop)
"""
EXTENT = f"SELECT count(*), min(reading.value), max(reading.value) {FOUND}"
BY_VALUE = f"""
SELECT part.low, (reading.value - part.low) / part.width AS step, count(*)
{FOUND}
JOIN unnest(%(lows)s::bigint[], %(highs)s::bigint[], %(widths)s::bigint[]) AS part (low, high, width)
     ON reading.value BETWEEN part.low AND part.high
GROUP BY part.low, step ORDER BY part.low, step
"""
# A stretch of values is divided into so many steps: so many numbers are held, however many readings there are.
STEPS = 4096


SILENCES = """
SELECT wanted.place, spoken.silent_from, spoken.until
FROM unnest(%(places)s::bigint[], %(measures)s::bigint[], %(longest)s::bigint[], %(starts)s::bigint[],
            %(ends)s::bigint[]) AS wanted (place, measure_id, longest, start, stop),
LATERAL (
    SELECT coalesce(lag(told.second) OVER (ORDER BY told.second) + wanted.longest, wanted.start) AS silent_from,
           told.second AS until
    FROM (
        SELECT floor(extract(epoch FROM reading.at))::bigint AS second FROM slas_measurement reading
        WHERE reading.tenant_id = %(tenant)s AND reading.measure_id = wanted.measure_id
          AND reading.at >= to_timestamp(wanted.start - wanted.longest) AND reading.at < to_timestamp(wanted.stop)
        UNION ALL SELECT wanted.stop
    ) told
) spoken
WHERE spoken.until > spoken.silent_from
"""


@dataclass(frozen=True)
class Wanted:
    """A stretch of time of a measure whose readings are counted by a limit; `place` tells it from the others."""

    place: int
    measure_id: int
    limit: Limit
    time: Interval
    is_whole: bool


def count_readings(wanted: Iterable[Wanted]) -> dict[int, tuple[int, int]]:
    """By place: how many readings there are, and how many within the limit; places without any are left out.

    Whole hours are taken from their counts, where the limit has been counted by; all else from the readings.
    """
    asked = list(wanted)
    ids = _limit_ids({each.measure_id for each in asked})
    known = [(each, ids.get(_limit(each)) if each.is_whole else None) for each in asked]
    counted = [(each, limit_id) for each, limit_id in known if limit_id is not None]
    single = [each for each, limit_id in known if limit_id is None]
    found = _ask(BY_HOUR, [each for each, _ in counted], limits=as_array(limit_id for _, limit_id in counted))
    return found | _ask(
        ONE_BY_ONE,
        single,
        measures=as_array(each.measure_id for each in single),
        bounds=as_array(int(each.limit.value.scaleb(3)) for each in single),
        least=[each.limit.is_least for each in single],
    )


def silences(wanted: Mapping[int, tuple[int, int, Interval]]) -> dict[int, list[Interval]]:
    """By place: the time of a measure that is further behind a reading than the longest silence, or before the first.

    Wanted are the measure, its longest silence in seconds, and the stretch of time.
    """
    found: dict[int, list[Interval]] = defaultdict(list)
    if not wanted:
        return found
    times = [time for _measure, _longest, time in wanted.values()]
    values = _spans(times) | {
        "tenant": required_tenant_id(),
        "places": list(wanted),
        "measures": [measure for measure, _longest, _time in wanted.values()],
        "longest": [longest for _measure, longest, _time in wanted.values()],
    }
    with connection.cursor() as cursor:
        cursor.execute(SILENCES, values)
        for place, start, end in cursor.fetchall():
            found[place].append(Interval(start, end))
    return found


@dataclass(frozen=True)
class Extent:
    """How many readings there are, and from which value to which, in thousandths; without any, from 0 to 0."""

    number: int
    low: int
    high: int


def extent_of(*, measure_id: int, time: Sequence[Interval]) -> Extent:
    """The readings of a measure in the time."""
    values = _spans(time) | {"tenant": required_tenant_id(), "measure": measure_id}
    with connection.cursor() as cursor:
        cursor.execute(EXTENT, values)
        number, low, high = cursor.fetchone()
    return Extent(number, low or 0, high or 0)


def readings_at_ranks(
    *, measure_id: int, time: Sequence[Interval], extent: Extent, ranks: Iterable[int]
) -> dict[int, Decimal]:
    """The readings at these ranks, from 1, of all readings of the time in order of their value.

    They are never put in order: counted by steps of their values it is known in which step a rank lies, and of those
    alone it is counted by smaller steps, until a step is one value.
    """
    within = {rank: (extent.low, extent.high, rank) for rank in ranks}  # its values, and its rank among these
    values = _spans(time) | {"tenant": required_tenant_id(), "measure": measure_id}
    while wide := {(low, high) for low, high, _rank in within.values() if low < high}:
        counted = _by_value(values, wide)
        within = {
            rank: _narrowed(part, counted[part[0]]) if part[0] < part[1] else part for rank, part in within.items()
        }
    return {rank: Decimal(low).scaleb(-3) for rank, (low, _high, _rank) in within.items()}


def _by_value(values: Mapping[str, Any], parts: Iterable[tuple[int, int]]) -> dict[int, list[tuple[int, int]]]:
    """Of each stretch of values, by its lowest one: the steps that hold readings, in order, and how many."""
    lows, highs = zip(*sorted(parts), strict=True)
    asked = {
        "lows": list(lows),
        "highs": list(highs),
        "widths": [_width(*part) for part in zip(lows, highs, strict=True)],
    }
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(BY_VALUE, {**values, **asked})
        for low, step, number in cursor.fetchall():
            found[low].append((step, number))
    return found


def _narrowed(part: tuple[int, int, int], steps: Iterable[tuple[int, int]]) -> tuple[int, int, int]:
    """The step of the stretch in which the rank lies, and the rank among the values of that step.

    Of readings that were corrected meanwhile so that there are fewer now, it is the last one.
    """
    low, high, rank = part
    width, begins = _width(low, high), low
    for step, number in steps:
        begins = low + step * width
        if rank <= number:
            break
        rank -= number
    return begins, min(high, begins + width - 1), rank


def _width(low: int, high: int) -> int:
    return -(-(high - low + 1) // STEPS)


def _limit_ids(measure_ids: Iterable[int]) -> dict[tuple[int, Decimal, bool], int]:
    found = ReadingLimit.objects.filter(measure_id__in=measure_ids)
    return {
        (pk, value, is_least): own
        for own, pk, value, is_least in found.values_list("pk", "measure_id", "value", "is_least")
    }


def _limit(wanted: Wanted) -> tuple[int, Decimal, bool]:
    return wanted.measure_id, wanted.limit.value, wanted.limit.is_least


def _ask(question: str, wanted: Sequence[Wanted], **columns: str | list[Any]) -> dict[int, tuple[int, int]]:
    if not wanted:
        return {}
    values = _spans([each.time for each in wanted]) | {
        "tenant": required_tenant_id(),
        "places": as_array(each.place for each in wanted),
        **columns,
    }
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return {place: (int(n), int(within)) for place, n, within in cursor.fetchall()}


def _spans(time: Sequence[Interval]) -> dict[str, Any]:
    return {"starts": as_array(each.start for each in time), "ends": as_array(each.end for each in time)}
