"""Checks come in bulk: COPY into a staging table of the transaction, then one statement under the row policy.

COPY is refused on tables under row security, so the rows go through a temporary table; one statement for all measures
compares them with what is stored, keeps the values that it replaces, and inserts or updates only what differs.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.db import connection

from portal.tenancy.scope import required_tenant_id
from slas.actions.facts_tables import Change, Checked, Portion
from slas.queries.rows import CheckRow

STAGING = """
CREATE TEMPORARY TABLE IF NOT EXISTS incoming_check (
    measure_id bigint NOT NULL, batch_id bigint NOT NULL,
    at timestamptz NOT NULL, state smallint NOT NULL, response_ms double precision
) ON COMMIT DELETE ROWS
"""
COPY = "COPY incoming_check (measure_id, batch_id, at, state, response_ms) FROM STDIN WITH (FORMAT BINARY)"
TYPES = ["int8", "int8", "timestamptz", "int2", "float8"]
WRITE = """
WITH replaced AS MATERIALIZED (
    SELECT measure_id, at, stored.state AS old_state, stored.response_ms AS old_ms,
           incoming.state, incoming.response_ms, incoming.batch_id
    FROM incoming_check incoming JOIN slas_measurement stored USING (measure_id, at)
    WHERE stored.tenant_id = %(tenant)s
      AND (stored.state, stored.response_ms) IS DISTINCT FROM (incoming.state, incoming.response_ms)
), kept AS (
    INSERT INTO slas_measurementrevision (tenant_id, measure_id, fact, key, old, new, batch_id, reason, at)
    SELECT %(tenant)s, measure_id, 'checks', spelled.at,
           jsonb_build_object('at', spelled.at, 'state', old_state, 'response_ms', old_ms),
           jsonb_build_object('at', spelled.at, 'state', state, 'response_ms', response_ms),
           batch_id, %(reason)s, %(now)s
    FROM replaced,
         LATERAL (SELECT to_char(replaced.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at) spelled
), written AS (
    INSERT INTO slas_measurement AS stored (tenant_id, measure_id, at, state, response_ms, batch_id)
    SELECT %(tenant)s, measure_id, at, state, response_ms, batch_id FROM incoming_check ORDER BY measure_id, at
    ON CONFLICT (tenant_id, measure_id, at) DO UPDATE
        SET state = EXCLUDED.state, response_ms = EXCLUDED.response_ms, batch_id = EXCLUDED.batch_id
        WHERE (stored.state, stored.response_ms) IS DISTINCT FROM (EXCLUDED.state, EXCLUDED.response_ms)
    RETURNING measure_id, at, stored.xmax = 0 AS is_new
), judged AS (
    SELECT measure_id, at FROM written WHERE is_new
    UNION ALL SELECT measure_id, at FROM replaced WHERE old_state <> state
), monthly AS (
    SELECT measure_id, min(at) AS first, max(at) AS last
    FROM judged GROUP BY measure_id, date_trunc('month', at AT TIME ZONE 'UTC')
), spoken AS (
    SELECT measure_id, first, last,
           LEAST(lead(first) OVER (PARTITION BY measure_id ORDER BY first),
                 (SELECT min(later.at) FROM slas_measurement later
                  WHERE later.tenant_id = %(tenant)s AND later.measure_id = monthly.measure_id
                    AND later.at > last)) AS following
    FROM monthly
)
SELECT measure_id, count(*), (SELECT count(*) FROM replaced WHERE replaced.measure_id = written.measure_id),
       (SELECT array_agg(ARRAY[first, last, following] ORDER BY first)
        FROM spoken WHERE spoken.measure_id = written.measure_id)
FROM written GROUP BY measure_id
"""


def write_portions(*, fact: str, portions: Sequence[Portion], now: datetime, reason: str) -> dict[int, Change]:  # noqa: ARG001
    """Insert new checks, replace those that differ and keep what they replaced; says what changed, by measure.

    Each portion holds rows with distinct instants. A response time is never judged: another one changes no figure.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAGING)
        cursor.execute("DELETE FROM incoming_check")
        _stage(cursor, portions)
        cursor.execute(WRITE, {"tenant": required_tenant_id(), "reason": reason, "now": now})
        return {
            measure_id: Change(number - corrected, corrected, (), [Checked(*each) for each in months or ()])
            for measure_id, number, corrected, months in cursor.fetchall()
        }


def _stage(cursor: Any, portions: Sequence[Portion]) -> None:
    with cursor.copy(COPY) as copy:
        copy.set_types(TYPES)
        for portion in portions:
            measure_id, batch_id = portion.measure.pk, portion.batch.pk
            for row in cast(Sequence[CheckRow], portion.rows):
                copy.write_row((measure_id, batch_id, row.at, row.state, row.response_ms))
