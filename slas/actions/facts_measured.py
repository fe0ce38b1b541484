"""Checks and readings come in bulk: COPY into a staging table of the transaction, then statements under row security.

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
from slas.actions.measured_months import make_months
from slas.models import FactKind, Measure

# What COPY reads in binary form: each row the number of its fields, each field its length and its value.
HEAD, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
KEY = {"measure_id": ">i8", "batch_id": ">i8", "at": ">i8"}
VALUES = {FactKind.CHECKS: {"state": ">i2", "response_ms": ">f8"}, FactKind.READINGS: {"value": ">i8"}}
EPOCH, EPOCH_OF_COPY = datetime(1970, 1, 1, tzinfo=UTC), 946_684_800_000_000  # 2000-01-01 in microseconds
SECOND = timedelta(seconds=1)
STAGING = """
CREATE TEMPORARY TABLE IF NOT EXISTS incoming_measurement (
    measure_id bigint NOT NULL, batch_id bigint NOT NULL, at timestamptz NOT NULL,
    state smallint, response_ms double precision, value bigint
) ON COMMIT DELETE ROWS
"""
STORED_NEXT = """
SELECT incoming.measure_id,
       (SELECT stored.at FROM slas_measurement stored
        WHERE stored.tenant_id = %(tenant)s AND stored.measure_id = incoming.measure_id
          AND stored.at >= timestamptz 'epoch' + incoming.first * interval '1 microsecond'
        ORDER BY stored.at LIMIT 1)
FROM unnest(%(measures)s::bigint[], %(first)s::bigint[]) AS incoming (measure_id, first)
"""
INSERT = """
INSERT INTO slas_measurement (tenant_id, measure_id, at, state, response_ms, value, batch_id)
SELECT %(tenant)s, measure_id, at, state, NULLIF(response_ms, 'NaN'), value, batch_id FROM incoming_measurement
"""
# Hours of readings that are counted by a limit wait to be counted again, however many of their readings have changed.
MARK = """
INSERT INTO slas_dirtyhour (tenant_id, measure_id, hour_from)
SELECT DISTINCT %(tenant)s, measure_id, date_trunc('hour', at, 'UTC') FROM incoming_measurement
WHERE measure_id IN (SELECT counted.measure_id FROM slas_readinglimit counted WHERE counted.tenant_id = %(tenant)s)
"""
WRITE = """
WITH incoming AS (
    SELECT measure_id, at, state, NULLIF(response_ms, 'NaN') AS response_ms, value, batch_id FROM incoming_measurement
), replaced AS MATERIALIZED (
    SELECT measure_id, at, stored.state AS old_state, stored.response_ms AS old_ms, stored.value AS old_value,
           incoming.state, incoming.response_ms, incoming.value, incoming.batch_id
    FROM incoming JOIN slas_measurement stored USING (measure_id, at)
    WHERE stored.tenant_id = %(tenant)s AND (stored.state, stored.response_ms, stored.value)
          IS DISTINCT FROM (incoming.state, incoming.response_ms, incoming.value)
), kept AS (
    INSERT INTO slas_measurementrevision (tenant_id, measure_id, fact, key, old, new, batch_id, reason, at)
    SELECT %(tenant)s, measure_id, %(fact)s, spelled.at,
           CASE WHEN state IS NULL THEN jsonb_build_object('at', spelled.at, 'value', spelled.old_value)
                ELSE jsonb_build_object('at', spelled.at, 'state', old_state, 'response_ms', old_ms) END,
           CASE WHEN state IS NULL THEN jsonb_build_object('at', spelled.at, 'value', spelled.value)
                ELSE jsonb_build_object('at', spelled.at, 'state', state, 'response_ms', response_ms) END,
           batch_id, %(reason)s, %(now)s
    FROM replaced,
         LATERAL (SELECT to_char(replaced.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at,
                         trim_scale(replaced.old_value / 1000.0)::text AS old_value,
                         trim_scale(replaced.value / 1000.0)::text AS value) spelled
), written AS (
    INSERT INTO slas_measurement AS stored (tenant_id, measure_id, at, state, response_ms, value, batch_id)
    SELECT %(tenant)s, measure_id, at, state, response_ms, value, batch_id FROM incoming
    ON CONFLICT (tenant_id, measure_id, at) DO UPDATE
        SET state = EXCLUDED.state, response_ms = EXCLUDED.response_ms, value = EXCLUDED.value,
            batch_id = EXCLUDED.batch_id
        WHERE (stored.state, stored.response_ms, stored.value)
              IS DISTINCT FROM (EXCLUDED.state, EXCLUDED.response_ms, EXCLUDED.value)
    RETURNING measure_id, at
), judged AS (
    SELECT measure_id, at FROM written LEFT JOIN replaced USING (measure_id, at)
    WHERE replaced.measure_id IS NULL OR old_state <> state OR old_value <> value
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


def write_portions(*, fact: str, portions: Sequence[Portion], now: datetime, reason: str) -> dict[int, Change]:
    """Insert new checks or readings, replace those that differ and keep what they replaced; says what changed.

    Each portion holds rows with distinct instants; nobody else may write facts of these measures meanwhile. A response
    time is never judged: another one changes no figure. A check speaks until the next one, a reading for its second,
    or for the longest silence that was agreed.
    """
    incoming = _Incoming(FactKind(fact), portions)
    values: dict[str, Any] = {"tenant": required_tenant_id(), "fact": fact, "reason": reason, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(STAGING)
        cursor.execute("DELETE FROM incoming_measurement")
        with cursor.copy(incoming.copy) as copy:
            copy.write(HEAD + incoming.encoded().tobytes() + END)
        make_months(months=incoming.months)
        cursor.execute(STORED_NEXT, values | incoming.beginnings)
        following = dict(cursor.fetchall())
        if incoming.meet(following):
            cursor.execute(WRITE, values)
            found = cursor.fetchall()
        else:
            cursor.execute(INSERT, values)
            found = list(incoming.all_new(following))
        if fact == FactKind.READINGS and found:
            cursor.execute(MARK, values)
    speaks = {each.measure.pk: _speaks_for(each.measure) for each in portions}
    return {pk: _change(speaks[pk], *changed) for pk, *changed in found}


def _speaks_for(measure: Measure) -> timedelta | None:
    """How long a row can change a figure: a check until the next, a reading until silence would begin behind it."""
    if measure.fact_kind == FactKind.CHECKS:
        return None
    return max(SECOND, timedelta(seconds=measure.max_gap_seconds or 0))


def _change(speaks: timedelta | None, number: int, corrected: int, months: Sequence[Sequence[Any]] | None) -> Change:
    spoken = [Checked(*each) for each in months or ()]
    if speaks is not None:
        spoken = [each._replace(following=each.last + speaks) for each in spoken]
    return Change(number - corrected, corrected, (), spoken)


class _Incoming:
    """The rows of all portions as columns, in order of measure and instant; microseconds since 1970."""

    def __init__(self, fact: FactKind, portions: Sequence[Portion]) -> None:
        rows: list[Any] = list(chain.from_iterable(portion.rows for portion in portions))
        sizes = [len(portion.rows) for portion in portions]
        measures = numpy.repeat([portion.measure.pk for portion in portions], sizes)
        # Exact: what is lost on the way is less than half a microsecond.
        at = numpy.rint(numpy.array([row.at.timestamp() for row in rows]) * 1_000_000).astype(numpy.int64)
        order = numpy.lexsort((at, measures))
        self.measures, self.at = measures[order], at[order]
        self._month: NDArray[Any] = self.at.astype("M8[us]").astype("M8[M]")
        self._first = numpy.flatnonzero(numpy.diff(self.measures, prepend=-1))
        self._types = KEY | VALUES[fact]
        self._columns = {
            "measure_id": self.measures,
            "batch_id": numpy.repeat([portion.batch.pk for portion in portions], sizes)[order],
            "at": self.at - EPOCH_OF_COPY,
        } | {name: column[order] for name, column in _values(fact, rows).items()}

    @property
    def copy(self) -> str:
        """The statement that takes them."""
        return f"COPY incoming_measurement ({', '.join(self._types)}) FROM STDIN WITH (FORMAT BINARY)"

    def encoded(self) -> NDArray[Any]:
        """As COPY reads them."""
        fields = [("fields", ">i2")]
        for name, kind in self._types.items():
            fields += [(f"length of {name}", ">i4"), (name, kind)]
        rows = numpy.empty(len(self.at), numpy.dtype(fields))
        rows["fields"] = len(self._types)
        for name in self._types:
            rows[f"length of {name}"], rows[name] = rows.dtype[name].itemsize, self._columns[name]
        return rows

    @property
    def months(self) -> list[date]:
        """The first days of the UTC months in which they lie."""
        return list(numpy.unique(self._month).tolist())

    @property
    def beginnings(self) -> dict[str, Any]:
        """Each measure and its first instant, as PostgreSQL writes arrays."""
        return {name: _array(column[self._first]) for name, column in (("measures", self.measures), ("first", self.at))}

    def meet(self, following: Mapping[int, datetime | None]) -> bool:
        """Whether what is stored next, from the first row of a measure on, lies before its last."""
        last = numpy.append(self._first[1:], len(self.at)) - 1
        ends = zip(self.measures[last].tolist(), self.at[last].tolist(), strict=True)
        return any((at := following[pk]) is not None and at <= _instant(end) for pk, end in ends)

    def all_new(self, following: Mapping[int, datetime | None]) -> list[tuple[int, int, int, list[Checked]]]:
        """What has changed where nothing was there before, by measure; as `WRITE` says it of the others."""
        is_first = numpy.diff(self._month.astype(numpy.int64), prepend=-1) != 0
        is_first[self._first] = True
        starts = numpy.flatnonzero(is_first)
        ends = numpy.append(starts[1:], len(self.at)) - 1
        columns = (self.measures[starts], self.at[starts], self.at[ends])
        found: dict[int, list[Checked]] = {}
        for pk, first, last in reversed(list(zip(*(column.tolist() for column in columns), strict=True))):
            later = found.setdefault(pk, [])
            until = later[0].first if later else following[pk]
            later.insert(0, Checked(_instant(first), _instant(last), until))
        numbers = numpy.diff(self._first, append=len(self.at)).tolist()
        ids = self.measures[self._first].tolist()
        return [(pk, number, 0, found[pk]) for pk, number in zip(ids, numbers, strict=True)]


def _values(fact: FactKind, rows: Sequence[Any]) -> dict[str, NDArray[Any]]:
    """What was found: a state, and a response time that is NaN where there is none; or whole thousandths."""
    if fact == FactKind.READINGS:
        return {"value": numpy.array([int(row.value.scaleb(3)) for row in rows], numpy.int64)}
    return {
        "state": numpy.array([row.state for row in rows], numpy.int16),
        "response_ms": numpy.array([row.response_ms for row in rows], float),
    }


def _array(values: NDArray[Any]) -> str:
    return f"{{{','.join(map(str, values.tolist()))}}}"


def _instant(microseconds: int) -> datetime:
    return EPOCH + timedelta(microseconds=microseconds)
