"""Checks come in bulk: COPY into a staging table of the transaction, then few statements under the row policy.

COPY is refused on tables under row security, so the rows go through a temporary table, encoded as a whole by NumPy, in
the order of their key. Where nothing is stored in the time that they speak of they are just inserted: their measures
are held by this transaction, so that nobody else writes facts of them. Otherwise one statement for all measures
compares them with what is stored, keeps the values that it replaces, and inserts or updates only what differs.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any

import numpy
from django.db import connection
from numpy.typing import NDArray

from portal.tenancy.scope import required_tenant_id
from slas.actions.facts_tables import Change, Checked, Portion

# What COPY reads in binary form: each row the number of its fields, each field its length and its value.
HEAD, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
INCOMING = numpy.dtype([
    ("fields", ">i2"), ("length_1", ">i4"), ("measure", ">i8"), ("length_2", ">i4"), ("batch", ">i8"),
    ("length_3", ">i4"), ("at", ">i8"), ("length_4", ">i4"), ("state", ">i2"), ("length_5", ">i4"), ("ms", ">f8"),
])  # fmt: skip
LENGTHS = {"fields": 5, "length_1": 8, "length_2": 8, "length_3": 8, "length_4": 2, "length_5": 8}
EPOCH, EPOCH_OF_COPY = datetime(1970, 1, 1, tzinfo=UTC), 946_684_800_000_000  # 2000-01-01 in microseconds
STAGING = """
CREATE TEMPORARY TABLE IF NOT EXISTS incoming_check (
    measure_id bigint NOT NULL, batch_id bigint NOT NULL,
    at timestamptz NOT NULL, state smallint NOT NULL, response_ms double precision
) ON COMMIT DELETE ROWS
"""
COPY = "COPY incoming_check (measure_id, batch_id, at, state, response_ms) FROM STDIN WITH (FORMAT BINARY)"
MONTHS = "SELECT make_measurement_month(month) FROM unnest(%s::date[]) AS months (month)"
STORED_NEXT = """
SELECT incoming.measure_id,
       (SELECT stored.at FROM slas_measurement stored
        WHERE stored.tenant_id = %(tenant)s AND stored.measure_id = incoming.measure_id
          AND stored.at >= timestamptz 'epoch' + incoming.first * interval '1 microsecond'
        ORDER BY stored.at LIMIT 1)
FROM unnest(%(measures)s::bigint[], %(first)s::bigint[]) AS incoming (measure_id, first)
"""
INSERT = """
WITH incoming AS (
    SELECT measure_id, at, state, NULLIF(response_ms, 'NaN') AS response_ms, batch_id FROM incoming_check
)
INSERT INTO slas_measurement (tenant_id, measure_id, at, state, response_ms, batch_id)
SELECT %(tenant)s, measure_id, at, state, response_ms, batch_id FROM incoming
"""
WRITE = """
WITH incoming AS (
    SELECT measure_id, at, state, NULLIF(response_ms, 'NaN') AS response_ms, batch_id FROM incoming_check
), replaced AS MATERIALIZED (
    SELECT measure_id, at, stored.state AS old_state, stored.response_ms AS old_ms,
           incoming.state, incoming.response_ms, incoming.batch_id
    FROM incoming JOIN slas_measurement stored USING (measure_id, at)
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
    SELECT %(tenant)s, measure_id, at, state, response_ms, batch_id FROM incoming
    ON CONFLICT (tenant_id, measure_id, at) DO UPDATE
        SET state = EXCLUDED.state, response_ms = EXCLUDED.response_ms, batch_id = EXCLUDED.batch_id
        WHERE (stored.state, stored.response_ms) IS DISTINCT FROM (EXCLUDED.state, EXCLUDED.response_ms)
    RETURNING measure_id, at
), judged AS (
    SELECT measure_id, at FROM written LEFT JOIN replaced USING (measure_id, at)
    WHERE replaced.measure_id IS NULL OR old_state <> state
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

    Each portion holds rows with distinct instants; nobody else may write facts of these measures meanwhile. A response
    time is never judged: another one changes no figure.
    """
    checks = _Checks(portions)
    tenant = required_tenant_id()
    with connection.cursor() as cursor:
        cursor.execute(STAGING)
        cursor.execute("DELETE FROM incoming_check")
        with cursor.copy(COPY) as copy:
            copy.write(HEAD + checks.encoded.tobytes() + END)
        cursor.execute(MONTHS, [checks.months])
        cursor.execute(STORED_NEXT, {"tenant": tenant, **checks.beginnings})
        following = dict(cursor.fetchall())
        if not checks.meet(following):
            cursor.execute(INSERT, {"tenant": tenant})
            return checks.all_new(following)
        cursor.execute(WRITE, {"tenant": tenant, "reason": reason, "now": now})
        return {
            measure_id: Change(number - corrected, corrected, (), [Checked(*each) for each in months or ()])
            for measure_id, number, corrected, months in cursor.fetchall()
        }


class _Checks:
    """The checks of all portions as columns, in order of measure and instant; microseconds since 1970."""

    def __init__(self, portions: Sequence[Portion]) -> None:
        rows: list[Any] = list(chain.from_iterable(portion.rows for portion in portions))
        sizes = [len(portion.rows) for portion in portions]
        measures = numpy.repeat([portion.measure.pk for portion in portions], sizes)
        # Exact: what is lost on the way is less than half a microsecond.
        at = numpy.rint(numpy.array([row.at.timestamp() for row in rows]) * 1_000_000).astype(numpy.int64)
        order = numpy.lexsort((at, measures))
        self.measures, self.at = measures[order], at[order]
        self._month: NDArray[Any] = self.at.astype("M8[us]").astype("M8[M]")
        self._batches = numpy.repeat([portion.batch.pk for portion in portions], sizes)[order]
        self._states = numpy.array([row.state for row in rows], numpy.int16)[order]
        self._response = numpy.array([row.response_ms for row in rows], float)[order]  # None is NaN
        self._first = numpy.flatnonzero(numpy.diff(self.measures, prepend=-1))

    @property
    def encoded(self) -> NDArray[Any]:
        """As COPY reads them."""
        rows = numpy.empty(len(self.at), INCOMING)
        for name, length in LENGTHS.items():
            rows[name] = length
        rows["measure"], rows["batch"], rows["at"] = self.measures, self._batches, self.at - EPOCH_OF_COPY
        rows["state"], rows["ms"] = self._states, self._response
        return rows

    @property
    def months(self) -> list[date]:
        """The first days of the UTC months in which they lie."""
        return list(numpy.unique(self._month).tolist())

    @property
    def beginnings(self) -> dict[str, str]:
        """Each measure and its first instant, as PostgreSQL writes arrays."""
        return {name: _array(column[self._first]) for name, column in (("measures", self.measures), ("first", self.at))}

    def meet(self, following: Mapping[int, datetime | None]) -> bool:
        """Whether what is stored next, from the first check of a measure on, lies before its last."""
        last = numpy.append(self._first[1:], len(self.at)) - 1
        ends = zip(self.measures[last].tolist(), self.at[last].tolist(), strict=True)
        return any((at := following[pk]) is not None and at <= _instant(end) for pk, end in ends)

    def all_new(self, following: Mapping[int, datetime | None]) -> dict[int, Change]:
        """What has changed where nothing was there before; a check speaks until the next one."""
        starts = numpy.flatnonzero(
            (numpy.diff(self.measures, prepend=-1) != 0)
            | (numpy.diff(self._month.astype(numpy.int64), prepend=-1) != 0)
        )
        ends = numpy.append(starts[1:], len(self.at)) - 1
        columns = (self.measures[starts], self.at[starts], self.at[ends])
        found: dict[int, list[Checked]] = {}
        for pk, first, last in reversed(list(zip(*(column.tolist() for column in columns), strict=True))):
            later = found.setdefault(pk, [])
            until = later[0].first if later else following[pk]
            later.insert(0, Checked(_instant(first), _instant(last), until))
        numbers = zip(
            self.measures[self._first].tolist(), numpy.diff(self._first, append=len(self.at)).tolist(), strict=True
        )
        return {pk: Change(number, 0, (), found[pk]) for pk, number in numbers}


def _array(values: NDArray[Any]) -> str:
    return f"{{{','.join(map(str, values.tolist()))}}}"


def _instant(microseconds: int) -> datetime:
    return EPOCH + timedelta(microseconds=microseconds)
