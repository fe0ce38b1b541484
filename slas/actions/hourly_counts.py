"""Readings are counted by the hour, for each limit that is or was promised: whole hours, from the readings.

Counting again gives the same; nothing is ever added to a count. What is judged is added up from these. A draft promises
nothing yet: by its limits nothing is counted, and by a limit that no promise uses any more nothing is counted on.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from portal.tenancy.scope import required_tenant_id
from slas.models import DirtyHour, HourlyCount, Measure, ReadingLimit
from slas.queries.targets import judged_targets

WITHIN = "CASE WHEN counted.is_least THEN reading.value >= counted.value ELSE reading.value <= counted.value END"
KEEP = """
ON CONFLICT (tenant_id, limit_id, hour_from) DO UPDATE SET n = EXCLUDED.n, n_within = EXCLUDED.n_within
"""
COUNT_ALL = f"""
INSERT INTO slas_hourlycount (tenant_id, limit_id, hour_from, n, n_within)
SELECT %(tenant)s, counted.id, date_trunc('hour', reading.at, 'UTC') AS hour_from,
       count(*), count(*) FILTER (WHERE {WITHIN})
FROM slas_readinglimit counted JOIN slas_measurement reading
     ON reading.tenant_id = %(tenant)s AND reading.measure_id = counted.measure_id
WHERE counted.tenant_id = %(tenant)s AND counted.id = ANY(%(limits)s)
GROUP BY counted.id, hour_from ORDER BY counted.id, hour_from {KEEP}
"""  # noqa: S608
COUNT_DIRTY = f"""
WITH taken AS (
    DELETE FROM slas_dirtyhour WHERE tenant_id = %(tenant)s AND id IN (
        SELECT id FROM slas_dirtyhour WHERE tenant_id = %(tenant)s AND measure_id = ANY(%(measures)s)
        ORDER BY id FOR UPDATE)
    RETURNING measure_id, hour_from
), dirty AS (
    SELECT DISTINCT measure_id, hour_from FROM taken
)
INSERT INTO slas_hourlycount (tenant_id, limit_id, hour_from, n, n_within)
SELECT %(tenant)s, counted.id, dirty.hour_from, found.n, found.n_within
FROM dirty
JOIN slas_readinglimit counted ON counted.tenant_id = %(tenant)s AND counted.measure_id = dirty.measure_id,
LATERAL (
    SELECT count(*) AS n, count(*) FILTER (WHERE {WITHIN}) AS n_within FROM slas_measurement reading
    WHERE reading.tenant_id = %(tenant)s AND reading.measure_id = dirty.measure_id
      AND reading.at >= dirty.hour_from AND reading.at < dirty.hour_from + interval '1 hour'
) found
ORDER BY counted.id, dirty.hour_from {KEEP}
"""  # noqa: S608


@transaction.atomic(savepoint=False)
def count_hours(*, measure_ids: Iterable[int]) -> None:
    """Count the hours of these measures that have changed, and all of them by a limit that is new to its measure."""
    ids = sorted(set(measure_ids))
    if not ids:
        return
    new = _keep_limits(ids)
    values: dict[str, Any] = {"tenant": required_tenant_id(), "measures": ids, "limits": new}
    with connection.cursor() as cursor:
        if new:
            cursor.execute(COUNT_ALL, values)
        cursor.execute(COUNT_DIRTY, values)


def count_waiting_hours(*, after: int = 0) -> int | None:
    """Count what waits of the next measure behind that id, judged or not any more; says which, None when none waits."""
    waiting = DirtyHour.objects.filter(measure_id__gt=after).order_by("measure_id")
    measure_id = waiting.values_list("measure_id", flat=True).first()
    if measure_id is not None:
        count_hours(measure_ids=[measure_id])
    return measure_id


def _keep_limits(measure_ids: Sequence[int]) -> list[int]:
    """Keep the limits that something is or was promised by, and no others; those that are new are not counted by yet.

    The measures of new ones take no readings until they are.
    """
    promised = judged_targets().filter(reading_limit__isnull=False, measure_id__in=measure_ids)
    wanted: set[Any] = set(promised.values_list("measure_id", "reading_limit", "is_least"))
    kept = ReadingLimit.objects.filter(measure_id__in=measure_ids)
    found = {tuple(limit): pk for pk, *limit in kept.values_list("pk", "measure_id", "value", "is_least")}
    unused = [pk for limit, pk in found.items() if limit not in wanted]
    if unused:
        HourlyCount.objects.filter(limit_id__in=unused).delete()
        ReadingLimit.objects.filter(pk__in=unused).delete()
    new = wanted - set(found)
    if not new:
        return []
    held = Measure.objects.select_for_update(no_key=True).filter(pk__in={pk for pk, *_ in new}).order_by("pk")
    list(held.values_list("pk"))
    ReadingLimit.objects.bulk_create(
        (ReadingLimit(measure_id=pk, value=value, is_least=is_least) for pk, value, is_least in new),
        ignore_conflicts=True,
    )
    return [pk for pk, *limit in kept.all().values_list("pk", "measure_id", "value", "is_least") if tuple(limit) in new]
