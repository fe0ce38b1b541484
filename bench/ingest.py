"""New checks come in, come in again, and come in corrected: our way of storing them against COPY and bulk_create.

Ours keeps the rule of the measurement key, marks the targets whose figures change, and works as the unprivileged role
under the row policy. The others do less; COPY into a table without a key is the ceiling.
"""

import argparse
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import django
import numpy
import psycopg
from django.db import connection

from bench import database
from bench.pairs import Contestant, against_goal, amount, compare, conditions, require
from portal.tenancy.models import Tenant
from portal.tenancy.scope import tenant_scope
from slas.actions.batches import Arrival, Brought, count_all
from slas.models import DirtyTarget, FactKind, Measure, Measurement, MeasurementRevision, Origin
from slas.queries.rows import CheckRow
from tests import factories
from tests.slas.factories import make_agreement, make_measure, make_target

SEED = 20_260_101
MEASURES = 100  # of each tenant
ROWS_OF_TENANT = 20_000
BEGAN = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = 61
NOW = datetime(2026, 5, 10, tzinfo=UTC)
ARRIVAL = Arrival(Origin.PUSHED)
MICROSECOND = timedelta(microseconds=1)
EPOCH_OF_COPY = datetime(2000, 1, 1, tzinfo=UTC)
COLUMNS = "(tenant_id, measure_id, at, state, response_ms, batch_id)"
HEAD, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
ROW = numpy.dtype(
    [("n", ">i2"), ("l1", ">i4"), ("tenant", ">i8"), ("l2", ">i4"), ("measure", ">i8"), ("l3", ">i4"), ("at", ">i8"),
     ("l4", ">i4"), ("state", ">i2"), ("l5", ">i4"), ("ms", ">f8"), ("l6", ">i4"), ("batch", ">i8")]
)  # fmt: skip
LENGTHS = {"n": 6, "l1": 8, "l2": 8, "l3": 8, "l4": 2, "l5": 8, "l6": 8}
EMPTY = "TRUNCATE slas_measurement, slas_measurementrevision, slas_dirtytarget, bench_plain, bench_keyed"
Read = tuple[datetime, int, float]


@dataclass(frozen=True)
class Load:
    """One tenant's checks: as columns (measure, microseconds, state, response), and as values read, by measure."""

    tenant: Tenant
    measures: list[Measure]
    columns: tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray, numpy.ndarray]
    read: list[list[Read]]

    @property
    def rows(self) -> int:
        return len(self.columns[0])


def make_loads(rows: int) -> list[Load]:
    """As many checks as asked, in order of time over all tenants, the same ones each time."""
    tenants = rows // ROWS_OF_TENANT
    chance = numpy.random.default_rng(SEED)
    owners = chance.permutation(numpy.repeat(numpy.arange(tenants), ROWS_OF_TENANT))
    number = chance.integers(0, MEASURES, rows)
    at = numpy.sort(chance.integers(0, DAYS * 86_400 * 1_000_000 - rows, rows)) + numpy.arange(rows)
    state = chance.choice(3, rows, p=[0.97, 0.02, 0.01])
    ms = numpy.round(chance.gamma(2, 120, rows), 3)
    return [_load(each, *(column[owners == each] for column in (number, at, state, ms))) for each in range(tenants)]


def _load(number: int, *columns: numpy.ndarray) -> Load:
    """A tenant with a hundred measures, each with a promise that its checks are judged by."""
    tenant = factories.make_tenant(slug=f"bench-{number}", name=f"Bench {number}")
    with tenant_scope(tenant.pk):
        agreement = make_agreement(starts_on=date(2026, 1, 1))
        measures = [make_measure(FactKind.CHECKS) for _ in range(MEASURES)]
        for measure in measures:
            make_target(agreement=agreement, measure=measure)
    read: list[list[Read]] = [[] for _ in measures]
    for place, at, state, ms in zip(*(column.tolist() for column in columns), strict=True):
        read[place].append((BEGAN + at * MICROSECOND, state, ms))
    return Load(tenant, measures, columns, read)  # type: ignore[arg-type]


def ours(loads: Iterable[Load]) -> list[int]:
    """Store the checks by the portal's own action; says how many were new, the same as before, and corrected."""
    became = [0, 0, 0]
    for load in loads:
        brought = [
            Brought(measure, [CheckRow(*values) for values in read])
            for measure, read in zip(load.measures, load.read, strict=True)
        ]
        with tenant_scope(load.tenant.pk):
            for _, applied in count_all(fact=FactKind.CHECKS, brought=brought, arrival=ARRIVAL, now=NOW):
                counts = (applied.new, applied.unchanged, applied.corrected)
                became = [sum(pair) for pair in zip(became, counts, strict=True)]
    return became


def bulk_create(loads: Iterable[Load]) -> None:
    """What an application usually does: objects, ten thousand at a time; a second time it would fail."""
    for load in loads:
        with tenant_scope(load.tenant.pk):
            Measurement.objects.bulk_create(
                [
                    Measurement(measure_id=measure.pk, at=at, state=state, response_ms=ms)
                    for measure, read in zip(load.measures, load.read, strict=True)
                    for at, state, ms in read
                ],
                batch_size=10_000,
            )


def copy(table: str, loads: Iterable[Load]) -> None:
    """COPY in binary form, encoded as a whole by NumPy, in order of the key where the table has one."""
    for load in loads:
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} {COLUMNS} FROM STDIN (FORMAT BINARY)") as sent:
            sent.write(HEAD + encoded(load, in_order=table == "bench_keyed").tobytes() + END)


def encoded(load: Load, *, in_order: bool) -> numpy.ndarray:
    number, at, state, ms = load.columns
    rows = numpy.empty(load.rows, ROW)
    for name, length in LENGTHS.items():
        rows[name] = length
    rows["tenant"], rows["batch"] = load.tenant.pk, 0
    rows["measure"] = numpy.array([measure.pk for measure in load.measures])[number]
    rows["at"] = at + (BEGAN - EPOCH_OF_COPY) // MICROSECOND
    rows["state"], rows["ms"] = state, ms
    return rows[numpy.lexsort((at, number))] if in_order else rows


def totals(table: str, loads: Iterable[Load]) -> tuple[int, int, float]:
    """How many rows there are, and the sums of their states and responses, seen as portal_app tenant by tenant."""
    sums = (0, 0, 0.0)
    for load in loads:
        with tenant_scope(load.tenant.pk), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*), sum(state), sum(response_ms) FROM {table} WHERE tenant_id = {load.tenant.pk}"
            )
            sums = tuple(a + (b or 0) for a, b in zip(sums, cursor.fetchone(), strict=True))
    return sums[0], sums[1], round(sums[2], 1)


def expected(loads: Iterable[Load]) -> tuple[int, int, float]:
    known = [load.columns for load in loads]
    return (
        sum(len(each[0]) for each in known),
        int(sum(each[2].sum() for each in known)),
        round(float(sum(each[3].sum() for each in known)), 1),
    )


def corrected(loads: Iterable[Load]) -> list[Load]:
    """The same checks, of which every hundredth says “down” after all."""
    return [replace(load, read=[_corrected(read) for read in load.read]) for load in loads]


def _corrected(read: list[Read]) -> list[Read]:
    return [
        (at, (state + 1) % 3, ms) if place % 100 == 7 else (at, state, ms) for place, (at, state, ms) in enumerate(read)
    ]


def make_tables(owner: database.Owner) -> None:
    """The ceiling's table, without a key; and the facts' own table and key, without its row policy."""
    for table, like in (("bench_plain", ""), ("bench_keyed", "INCLUDING INDEXES")):
        owner.run(f"CREATE TABLE {table} (LIKE slas_measurement {like})")
        owner.run(f"GRANT SELECT, INSERT ON {table} TO portal_app")


def check(owner: database.Owner, loads: list[Load]) -> None:
    """Each way stores the same rows; a replay changes nothing; each correction keeps the old value."""
    rows, wanted = sum(load.rows for load in loads), expected(loads)
    owner.run(EMPTY)
    require(ours(loads) == [rows, 0, 0], "Ours does not call every row new")
    require(totals("slas_measurement", loads) == wanted, "Ours stored other rows")
    require(ours(loads) == [0, rows, 0], "A replay changed something")
    changed = sum(len(range(7, len(read), 100)) for load in loads for read in load.read)
    require(ours(corrected(loads)) == [0, rows - changed, changed], "Ours did not find the corrections")
    require(count(MeasurementRevision, loads) == changed, "An old value was not kept")
    require(count(DirtyTarget, loads) > 0, "No target waits to be computed again")
    owner.run(EMPTY)
    bulk_create(loads)
    require(totals("slas_measurement", loads) == wanted, "bulk_create stored other rows")
    for table in ("bench_plain", "bench_keyed"):
        copy(table, loads)
        require(totals(table, loads) == wanted, f"COPY stored other rows in {table}")


def count(model: type, loads: Iterable[Load]) -> int:
    total = 0
    for load in loads:
        with tenant_scope(load.tenant.pk):
            total += model.objects.count()  # type: ignore[attr-defined]
    return total


def main(arguments: list[str]) -> None:
    options = argparse.ArgumentParser(prog="python -m bench ingest", description=__doc__)
    options.add_argument("--rows", type=int, default=100_000, help="checks, 20,000 a tenant (full size: 2000000)")
    options.add_argument("--pairs", type=int, default=5, help="turns A B A B (at least 5)")
    asked = options.parse_args(arguments)
    if asked.rows < ROWS_OF_TENANT or asked.rows % ROWS_OF_TENANT:
        options.error(f"--rows must be a multiple of {ROWS_OF_TENANT}: so many checks has a tenant")
    with database.thrown_away() as owner:
        loads = make_loads(asked.rows)
        make_tables(owner)
        owner.tidy()
        print(conditions(django, numpy, psycopg))
        print(database.server_words())
        print(f"{asked.rows} checks of {len(loads)} tenants, {MEASURES} measures each, {DAYS} days, seed {SEED}")
        check(owner, loads)
        time_all(owner, loads, asked.pairs)


def time_all(owner: database.Owner, loads: list[Load], pairs: int) -> None:
    rows = sum(load.rows for load in loads)
    empty = partial(owner.run, EMPTY)
    clock = database.clock
    new = Contestant("ours: new checks, by key, under the row policy", partial(ours, loads), rows, empty)
    print("Against COPY into a table without a key, the ceiling:")
    plain = Contestant("COPY, binary, no key, no policy", partial(copy, "bench_plain", loads), rows, empty)
    against_goal("I1", compare(new, plain, pairs, clock), least=0.07)
    print("COPY straight into the facts' own key, without policy and without any rule, against the same ceiling:")
    keyed = Contestant("COPY, binary, in order of the key, no policy", partial(copy, "bench_keyed", loads), rows, empty)
    compare(keyed, plain, pairs, clock)
    print("Against bulk_create, ten thousand objects at a time:")
    objects = Contestant("bulk_create", partial(bulk_create, loads), rows, empty)
    against_goal("I2", compare(new, objects, pairs, clock), least=6)
    print("The same checks once more, against new ones:")
    again = Contestant("ours: replay", partial(ours, loads), rows, partial(fill, owner, loads))
    against_goal("I3", compare(again, new, pairs, clock), least=0.5)
    fill(owner, loads)
    start = clock()
    became = ours(corrected(loads))
    print(f"One in a hundred corrected: {amount(rows / (clock() - start))} a second; {became[2]} old values kept")


def fill(owner: database.Owner, loads: list[Load]) -> None:
    owner.run(EMPTY)
    ours(loads)
