"""A month of readings: shares from hourly counts and percentiles from the readings, against PostgreSQL's aggregates.

Ours counts hours as the portal's workers do and works as the unprivileged role under the row policy; the others read
the same table in the same way.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import django
import numpy
import psycopg
from django.db import connection

from bench import database
from bench.ingest import END, HEAD
from bench.pairs import Contestant, against_goal, compare, conditions, require
from portal.tenancy.models import Tenant
from portal.tenancy.scope import tenant_scope
from slas.actions.hourly_counts import count_hours
from slas.calculation.intervals import Interval
from slas.calculation.periods import Period
from slas.calculation.readings import Limit
from slas.calculation.rounding import share_of
from slas.calculation.shares import rank_of
from slas.models import DirtyHour, FactKind, Measure, TargetKind
from slas.queries.columns import read_rows, whole_numbers
from slas.queries.evidence import moment
from slas.queries.hours import HoursBook
from slas.queries.inputs.readings import ReadingsSource
from slas.queries.inputs.terms import hours_for
from slas.queries.readings import Wanted, count_readings
from slas.queries.targets import Slot, list_targets, slots_of
from tests import factories
from tests.slas.factories import make_agreement, make_hours, make_measure, make_target

SEED = 20_260_303
BEGAN, DAYS = datetime(2026, 3, 1, tzinfo=UTC), 31
MARCH, ZONE = Period(2026, 3), "Europe/Berlin"
NOW = BEGAN + timedelta(days=DAYS + 10)
# From when until when each promise counts, from Monday to Friday.
HOURS = {"whole hours": (time(8), time(18)), "parts of hours": (time(8, 20), time(18, 40))}
LIMIT, PERCENT = 500, "95"
VALUE_BITS = 40  # of a value in thousandths: the drawn ones are smaller
LATE_HOURS = 1_000  # of ten million readings, and as many of fewer in proportion
EMPTY = "TRUNCATE slas_hourlycount, slas_readinglimit, slas_dirtyhour"
EPOCH_OF_COPY = datetime(2000, 1, 1, tzinfo=UTC)
COLUMNS = ("tenant_id", "measure_id", "at", "value")
ROW = numpy.dtype(
    [("n", ">i2"), *((f"{kind}{name}", size) for name in COLUMNS for kind, size in (("l", ">i4"), ("", ">i8")))]
)
SHARES = """
SELECT measure_id, count(*), count(*) FILTER (WHERE value <= %(limit)s) FROM slas_measurement
WHERE tenant_id = %(tenant)s AND at >= %(start)s AND at < %(end)s GROUP BY measure_id
"""
DATE = "(at AT TIME ZONE %(zone)s)::date"
BY_DATE = SHARES.replace("measure_id, count", f"measure_id, {DATE}, count").replace(
    "GROUP BY measure_id", f"AND at <@ %(open)s::tstzmultirange GROUP BY measure_id, {DATE}"
)
# The same rank, and what statisticians' packages take: PostgreSQL sorts for both.
DISCRETE = """
SELECT measure_id, percentile_disc(0.95) WITHIN GROUP (ORDER BY value) FROM slas_measurement
WHERE tenant_id = %(tenant)s AND at >= %(start)s AND at < %(end)s GROUP BY measure_id
"""
CONTINUOUS = DISCRETE.replace("percentile_disc", "percentile_cont")
# The table is read once, in its own order: each reading as its measure and its value, in one number of eight bytes.
READ = f"""
SELECT 0, string_agg(int8send(measure_id << {VALUE_BITS} | value), ''::bytea) FROM slas_measurement
WHERE tenant_id = %(tenant)s AND at >= %(start)s AND at < %(end)s
"""


@dataclass(frozen=True)
class Load:
    """One tenant's month of readings."""

    tenant: Tenant
    measures: list[Measure]
    targets: dict[str, list[int]]  # a promise of each measure, by the hours in which it counts
    rows: int

    @property
    def late_hours(self) -> int:
        return max(1, LATE_HOURS * self.rows // 10_000_000)

    @property
    def values(self) -> dict[str, Any]:
        return {
            "tenant": self.tenant.pk, "limit": LIMIT * 1000, "start": BEGAN, "end": BEGAN + timedelta(days=DAYS),
            "zone": ZONE,
        }  # fmt: skip


def make_load(rows: int, measures: int) -> Load:
    """Readings of March 2026, lognormal(5, 0.7) to two decimals, each measure with a promise of 95 % up to 500."""
    tenant = factories.make_tenant(slug="rollup", name="Rollup")
    with tenant_scope(tenant.pk):
        agreement = make_agreement(starts_on=date(2026, 1, 1), time_zone=ZONE)
        made = [make_measure(FactKind.READINGS) for _ in range(measures)]
        targets = {}
        for name, (opens, closes) in HOURS.items():
            window = (opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute)
            hours = make_hours({day: [window] for day in range(5)}, time_zone=ZONE)
            terms = {"agreement": agreement, "service_hours": hours, "reading_limit": Decimal(LIMIT)}
            targets[name] = [make_target(TargetKind.READINGS, measure=measure, **terms).pk for measure in made]
    chance = numpy.random.default_rng(SEED)
    load = Load(tenant, made, targets, rows)
    number = chance.integers(0, measures, rows)
    at = numpy.sort(chance.integers(0, DAYS * 86_400 * 1_000_000 - rows, rows)) + numpy.arange(rows)
    value = numpy.round(chance.lognormal(5, 0.7, rows), 2)
    _store(load, number, at, numpy.rint(value * 1000).astype(numpy.int64))
    return load


def _store(load: Load, number: numpy.ndarray, at: numpy.ndarray, value: numpy.ndarray) -> None:
    """COPY into a plain table and then in order of time, as they come: how fast they come in is measured elsewhere."""
    rows = numpy.empty(len(at), ROW)
    rows["n"] = len(COLUMNS)
    for name in COLUMNS:
        rows[f"l{name}"] = 8
    rows["tenant_id"] = load.tenant.pk
    rows["measure_id"] = numpy.array([measure.pk for measure in load.measures])[number]
    rows["at"], rows["value"] = at + (BEGAN - EPOCH_OF_COPY) // timedelta(microseconds=1), value
    with tenant_scope(load.tenant.pk), connection.cursor() as cursor:
        cursor.execute("SELECT make_measurement_month('2026-03-01')")
        cursor.execute(
            "CREATE TEMPORARY TABLE arrived (tenant_id bigint, measure_id bigint, at timestamptz, value bigint)"
        )
        with cursor.copy("COPY arrived FROM STDIN (FORMAT BINARY)") as sent:
            sent.write(HEAD + rows.tobytes() + END)
        cursor.execute(
            "INSERT INTO slas_measurement (tenant_id, measure_id, at, value) SELECT * FROM arrived ORDER BY at"
        )
        cursor.execute("DROP TABLE arrived")


def ask(load: Load, question: str, opening: str = "") -> list[tuple[Any, ...]]:
    with tenant_scope(load.tenant.pk), connection.cursor() as cursor:
        cursor.execute(question, load.values | {"open": opening})
        return sorted(cursor.fetchall())


def count_all(load: Load) -> None:
    """The hours that wait; all hours of all measures where the limit is new."""
    with tenant_scope(load.tenant.pk):
        count_hours(measure_ids=[measure.pk for measure in load.measures])


def months(load: Load, name: str) -> list[Slot]:
    """The month of each promise with those hours."""
    with tenant_scope(load.tenant.pk):
        return list(slots_of(list_targets(ids=load.targets[name]), [MARCH], NOW))


def opened(judged: Sequence[Slot]) -> str:
    """Their service time, which is the same of all, as the statement takes it."""
    slot = judged[0]
    book = HoursBook(ids=[slot.target.service_hours_id])
    pieces = hours_for(slot.target, book, slot.span).working(slot.span)
    return "{" + ",".join(f"[{moment(start)},{moment(end)})" for start, end in pieces) + "}"


def dates_from_hours(load: Load, judged: Sequence[Slot]) -> list[tuple[int, date, int, int | None]]:
    """The month of each measure as figures are made of it: each date of service time, from hourly counts."""
    with tenant_scope(load.tenant.pk):
        book = HoursBook(ids={slot.target.service_hours_id for slot in judged})
        source = ReadingsSource(judged, book, NOW)
        counted = [(slot.target.measure_id, source.inputs(slot).rows) for slot in judged]
        return sorted((pk, row.on, row.total, row.met) for pk, rows in counted for row in rows)


def month_from_hours(load: Load) -> list[tuple[int, int, int]]:
    """All of the month of each measure as one sum of its hourly counts."""
    month = Interval(int(BEGAN.timestamp()), int((BEGAN + timedelta(days=DAYS)).timestamp()))
    wanted = [Wanted(place, each.pk, Limit(Decimal(LIMIT)), month, True) for place, each in enumerate(load.measures)]
    with tenant_scope(load.tenant.pk):
        found = count_readings(wanted)
    return sorted((load.measures[place].pk, *counts) for place, counts in found.items())


def ranked(load: Load) -> list[tuple[int, int]]:
    """The nearest rank of each measure: all readings as one column, put in order by measure and value together."""
    with tenant_scope(load.tenant.pk):
        [(_, content)] = read_rows(READ, load.values)
    packed = numpy.sort(whole_numbers([content]))
    measures, first, number = numpy.unique(packed >> VALUE_BITS, return_index=True, return_counts=True)
    ranks = [rank_of(share_of(PERCENT), each) for each in number.tolist()]
    at_rank = packed[first + ranks - 1] & ((1 << VALUE_BITS) - 1)
    return list(zip(measures.tolist(), at_rank.tolist(), strict=True))


def make_late(load: Load) -> None:
    """Hours of any measures and any time wait to be counted again."""
    chance = numpy.random.default_rng(SEED)
    with tenant_scope(load.tenant.pk):
        DirtyHour.objects.all().delete()
        DirtyHour.objects.bulk_create(
            DirtyHour(measure_id=load.measures[number].pk, hour_from=BEGAN + timedelta(hours=hour))
            for number, hour in zip(
                chance.integers(0, len(load.measures), load.late_hours).tolist(),
                chance.integers(0, DAYS * 24, load.late_hours).tolist(),
                strict=True,
            )
        )


def check(load: Load) -> None:
    """Counts of hours add up to the service time of the month, whenever they are made; percentiles agree."""
    count_all(load)
    require(sum(n for _, n, _ in ask(load, SHARES)) == load.rows, "Readings are missing")
    require(month_from_hours(load) == ask(load, SHARES), "Hourly counts do not add up to the month")
    for name in HOURS:
        judged = months(load, name)
        with tenant_scope(load.tenant.pk):
            opening = opened(judged)
        raw = ask(load, BY_DATE, opening)
        require(dates_from_hours(load, judged) == raw, "Hourly counts do not add up to the readings")
        make_late(load)
        count_all(load)
        require(dates_from_hours(load, judged) == raw, "Hours that were counted again differ")
    require(ranked(load) == ask(load, DISCRETE), "A percentile differs")
    with tenant_scope(load.tenant.pk):
        require(not DirtyHour.objects.exists(), "An hour still waits")


def main(arguments: list[str]) -> None:
    options = argparse.ArgumentParser(prog="python -m bench rollup", description=__doc__)
    options.add_argument("--rows", type=int, default=500_000, help="readings (full size: 10000000)")
    options.add_argument("--measures", type=int, default=100, help="measures (full size: 2000)")
    options.add_argument("--pairs", type=int, default=5, help="turns A B A B (at least 5)")
    asked = options.parse_args(arguments)
    if asked.measures < 1 or asked.rows < 100 * asked.measures:
        options.error("--rows must be at least a hundred for each measure")
    with database.thrown_away() as owner:
        # What helpers of a session spend is not seen by the clock: each question is worked on by one process.
        owner.run(f"ALTER DATABASE {owner.connection.info.dbname} SET max_parallel_workers_per_gather = 0")
        load = make_load(asked.rows, asked.measures)
        owner.tidy()
        print(conditions(django, numpy, psycopg))
        print(database.server_words())
        print(f"{asked.rows} readings of {asked.measures} measures, March 2026, seed {SEED}")
        check(load)
        owner.tidy()
        time_all(owner, load, asked.pairs)


def time_all(owner: database.Owner, load: Load, pairs: int) -> None:
    clock, size = database.clock, len(load.measures)
    print("The share of each measure in the whole month:")
    hours = Contestant("one sum of hourly counts", partial(month_from_hours, load), size)
    raw = Contestant("count and count filter, from the readings", partial(ask, load, SHARES), size)
    against_goal("R1", compare(hours, raw, pairs, clock), least=5)
    for name, (opens, closes) in HOURS.items():
        judged = months(load, name)
        with tenant_scope(load.tenant.pk):
            opening = opened(judged)
        print(f"As figures are made, {opens:%H:%M} to {closes:%H:%M} from Monday to Friday in {ZONE}, {name}:")
        hours = Contestant("each local date, from hourly counts", partial(dates_from_hours, load, judged), size)
        raw = Contestant("the same dates, from the readings", partial(ask, load, BY_DATE, opening), size)
        compare(hours, raw, pairs, clock)
    print("The exact 95th percentile of each measure:")
    ours = Contestant("read as one column, sorted by NumPy, nearest rank", partial(ranked, load), size)
    peer = Contestant("percentile_cont of PostgreSQL", partial(ask, load, CONTINUOUS), size)
    against_goal("R2", compare(ours, peer, pairs, clock), least=4)
    print(f"{load.late_hours} late hours, against all hours, in time for one call:")
    late = Contestant("late hours", partial(count_all, load), 1, partial(make_late, load))
    full = Contestant("all hours", partial(count_all, load), 1, partial(owner.run, EMPTY))
    against_goal("R3", 1 / compare(late, full, pairs, clock), most=0.02)
