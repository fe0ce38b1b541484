"""Checks come in bulk: COPY into a staging table of the transaction, then one statement under the row policy.

COPY is refused on tables under row security, so the rows go through a temporary table; one statement compares them with
what is stored, keeps the values that it replaces, and inserts or updates only what differs.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.db import connection

from portal.tenancy.scope import required_tenant_id
from slas.actions.facts_tables import Change, Portion
from slas.queries.rows import CheckRow

STAGING = """
CREATE TEMPORARY TABLE IF NOT EXISTS incoming_check
    (at timestamptz NOT NULL, state smallint NOT NULL, response_ms double precision) ON COMMIT DELETE ROWS
"""
COPY = "COPY incoming_check (at, state, response_ms) FROM STDIN WITH (FORMAT BINARY)"
WRITE = """
WITH replaced AS MATERIALIZED (
    SELECT stored.at, stored.state AS old_state, stored.response_ms AS old_ms, incoming.state, incoming.response_ms
    FROM incoming_check incoming
    JOIN slas_measurement stored
      ON stored.tenant_id = %(tenant)s AND stored.measure_id = %(measure)s AND stored.at = incoming.at
    WHERE (stored.state, stored.response_ms) IS DISTINCT FROM (incoming.state, incoming.response_ms)
), kept AS (
    INSERT INTO slas_measurementrevision (tenant_id, measure_id, fact, key, old, new, batch_id, reason, at)
    SELECT %(tenant)s, %(measure)s, 'checks', spelled.at,
           jsonb_build_object('at', spelled.at, 'state', old_state, 'response_ms', old_ms),
           jsonb_build_object('at', spelled.at, 'state', state, 'response_ms', response_ms),
           %(batch)s, %(reason)s, %(now)s
    FROM replaced,
         LATERAL (SELECT to_char(replaced.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at) spelled
), written AS (
    INSERT INTO slas_measurement AS stored (tenant_id, measure_id, at, state, response_ms, batch_id)
    SELECT %(tenant)s, %(measure)s, at, state, response_ms, %(batch)s FROM incoming_check ORDER BY at
    ON CONFLICT (tenant_id, measure_id, at) DO UPDATE
        SET state = EXCLUDED.state, response_ms = EXCLUDED.response_ms, batch_id = EXCLUDED.batch_id
        WHERE (stored.state, stored.response_ms) IS DISTINCT FROM (EXCLUDED.state, EXCLUDED.response_ms)
    RETURNING at
)
SELECT (SELECT count(*) FROM replaced), count(*), min(at), max(at) FROM written
"""


def write_portions(*, fact: str, portions: Sequence[Portion], now: datetime, reason: str) -> dict[int, Change]:  # noqa: ARG001
    """Insert new checks, replace those that differ and keep what they replaced; says what changed, by measure.

    Each portion holds rows with distinct instants.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAGING)
        return {each.measure.pk: _write(cursor, each, now, reason) for each in portions}


def _write(cursor: Any, portion: Portion, now: datetime, reason: str) -> Change:
    cursor.execute("DELETE FROM incoming_check")
    with cursor.copy(COPY) as copy:
        copy.set_types(["timestamptz", "int2", "float8"])
        for row in cast(Sequence[CheckRow], portion.rows):
            copy.write_row((row.at, row.state, row.response_ms))
    values = {"tenant": required_tenant_id(), "measure": portion.measure.pk, "batch": portion.batch.pk}
    cursor.execute(WRITE, values | {"reason": reason, "now": now})
    corrected, written, first, last = cursor.fetchone()
    return Change(written - corrected, corrected, [CheckRow(first, 0), CheckRow(last, 0)] if written else [])
