"""Figures of March 2026 from the facts in PostgreSQL to stored figures with their proofs, by the workers' own action.

Against the least that could count the same seconds: the kernel over columns, and one statement of SQL, which both store
seconds alone and know neither events nor proofs. Then one in a hundred again. All are checked by a plain sweep.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import islice
from zoneinfo import ZoneInfo

import django
import numpy
import psycopg
from django.db import connection

from bench import database
from bench.availability import HOLIDAYS, LEAST_TARGETS, MARCH, SEED, Target, calendars, targets
from bench.pairs import Contestant, against_goal, compare, conditions, require
from catalog.models import Service, ServiceClass, Stage
from portal.tenancy.models import Tenant
from portal.tenancy.scope import required_tenant_id, tenant_scope
from slas.actions.attainments import compute_attainments, mark_targets_dirty, recompute_dirty
from slas.calculation.intervals import Interval
from slas.calculation.kernel import NO_CAP, Bulk, Clocks, Ints, Pieces, Spells, Terms, count_seconds
from slas.calculation.outages import DOWN
from slas.calculation.service_hours import ServiceHours as Hours
from slas.models import (
    Attainment,
    FactKind,
    HoursException,
    HoursWindow,
    Measure,
    Outage,
    PlannedWork,
    ServiceHours,
    ServiceLevelTarget,
    TargetKind,
)
from slas.queries.bulk import matched, read_outages
from slas.queries.columns import as_array, owners, read_rows, seconds_of, whole_numbers
from slas.queries.cross_checks import CrossCheck, cross_check
from slas.queries.evidence import bounds, moment
from slas.queries.targets import list_targets
from slas.tasks import TARGETS_AT_ONCE
from tests import factories
from tests.slas.factories import make_agreement

NOW = moment(MARCH.bounds(ZoneInfo("UTC")).end) + timedelta(days=10)
Seconds = tuple[int, Fraction]  # that count, and lost ones
Piece = tuple[int, int]
HOURS_TABLE = "CREATE TEMPORARY TABLE bench_hours (hours_id bigint PRIMARY KEY, open tstzmultirange NOT NULL)"
SECONDS_TABLE = "CREATE TEMPORARY TABLE bench_seconds (target_id bigint PRIMARY KEY, counted bigint, lost bigint)"
KEEP = " ON CONFLICT (target_id) DO UPDATE SET counted = EXCLUDED.counted, lost = EXCLUDED.lost"
STORE = f"INSERT INTO bench_seconds SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]){KEEP}"
BY_RANGES = f"""
WITH down AS (
    SELECT measure_id, range_agg(tstzrange(started_at, ended_at)) AS lost
    FROM slas_outage WHERE tenant_id = %(tenant)s AND started_at < %(until)s AND ended_at > %(from)s GROUP BY measure_id
), work AS (
    SELECT service_id, range_agg(tstzrange(starts_at, ends_at)) AS time
    FROM slas_plannedwork WHERE tenant_id = %(tenant)s AND starts_at < %(until)s AND ends_at > %(from)s
    GROUP BY service_id
), counted AS (
    SELECT target.id, measure_id, open - coalesce(work.time, '{{}}') AS time
    FROM slas_serviceleveltarget target
    JOIN bench_hours ON hours_id = service_hours_id LEFT JOIN work USING (service_id)
    WHERE tenant_id = %(tenant)s
)
INSERT INTO bench_seconds
SELECT id, (SELECT extract(epoch FROM sum(upper(piece) - lower(piece))) FROM unnest(time) piece),
       (SELECT coalesce(extract(epoch FROM sum(upper(piece) - lower(piece))), 0) FROM unnest(time * lost) piece)
FROM counted JOIN down USING (measure_id)
{KEEP}
"""


@dataclass(frozen=True)
class Stored:
    """The sample in the database: its tenant, and which target each row is."""

    tenant: Tenant
    sample: dict[int, Target]

    @property
    def ids(self) -> list[int]:
        return list(self.sample)

    def first(self, count: int) -> "Stored":
        """The same with fewer targets."""
        return Stored(self.tenant, dict(islice(self.sample.items(), count)))


def store(sample: Sequence[Target]) -> Stored:
    """Hours, agreements, targets and facts of the sample; each target has its own measure and service."""
    tenant = factories.make_tenant(slug="bench", name="Bench")
    with tenant_scope(tenant.pk):
        hours = {hours: _hours(number, hours) for number, hours in enumerate(calendars())}
        agreements = {zone: make_agreement(time_zone=zone, starts_on=date(2026, 1, 1)) for zone in _zones(sample)}
        services = Service.objects.bulk_create(_service(number) for number in range(len(sample)))
        measures = Measure.objects.bulk_create(_measure(number) for number in range(len(sample)))
        rows = ServiceLevelTarget.objects.bulk_create(
            ServiceLevelTarget(
                agreement=agreements[each.hours.zone],
                service=service,
                measure=measure,
                service_hours=hours[each.hours],
                slug=f"promise-{number}",
                name=f"Promise {number}",
                sentence="99.5 % of the agreed hours",
                kind=TargetKind.AVAILABILITY,
                threshold=Decimal("99.5"),
                excluded_work=["planned"],
            )
            for number, (each, service, measure) in enumerate(zip(sample, services, measures, strict=True))
        )
        _store_facts(dict(zip((row.measure_id for row in rows), sample, strict=True)))
        _store_works(dict(zip((row.service_id for row in rows), sample, strict=True)))
    return Stored(tenant, dict(zip((row.pk for row in rows), sample, strict=True)))


def _zones(sample: Iterable[Target]) -> list[str]:
    return sorted({each.hours.zone for each in sample})


def _service(number: int) -> Service:
    kind = {"service_class": ServiceClass.BUSINESS, "stage": Stage.CATALOGUE}
    return Service(slug=f"service-{number}", name=f"Service {number}", description="What people can do.", **kind)


def _measure(number: int) -> Measure:
    said = {"what": "Time in which nobody could work", "source": "A source", "decider": "IT"}
    return Measure(slug=f"measure-{number}", name=f"Measure {number}", fact_kind=FactKind.OUTAGES, **said)


def _hours(number: int, hours: Hours) -> ServiceHours:
    row = ServiceHours.objects.create(name=f"Hours {number}", words="agreed hours", time_zone=hours.zone)
    HoursWindow.objects.bulk_create(
        HoursWindow(service_hours=row, weekday=day, opens_at=window.opens // 60, closes_at=window.closes // 60)
        for day, windows in enumerate(hours.weekly)
        for window in windows
    )
    HoursException.objects.bulk_create(HoursException(service_hours=row, on=on) for on in HOLIDAYS)
    return row


def _store_facts(sample: dict[int, Target]) -> None:
    Outage.objects.bulk_create(
        [
            Outage(measure_id=measure_id, started_at=moment(start), ended_at=moment(end))
            for measure_id, target in sample.items()
            for start, end in longest_by_start(target.outages)
        ],
        batch_size=5000,
    )


def _store_works(sample: dict[int, Target]) -> None:
    PlannedWork.objects.bulk_create(
        [
            PlannedWork(
                service_id=service_id,
                starts_at=moment(start),
                ends_at=moment(end),
                announced_at=moment(start) - timedelta(days=9),
                approved_at=moment(start) - timedelta(days=8),
                title="Planned work",
            )
            for service_id, target in sample.items()
            for start, end in longest_by_start(target.works)
        ],
        batch_size=5000,
    )


def longest_by_start(pieces: Iterable[Interval]) -> list[Piece]:
    """A fact's key is its start: of two that start together the longer one says everything."""
    ends: dict[int, int] = {}
    for start, end in pieces:
        ends[start] = max(end, ends.get(start, end))
    return list(ends.items())


def ours(stored: Stored) -> None:
    """As the workers do: so many targets at a time, read, judged, proved and stored."""
    for at in range(0, len(stored.ids), TARGETS_AT_ONCE):
        with tenant_scope(stored.tenant.pk):
            some = list_targets(ids=stored.ids[at : at + TARGETS_AT_ONCE])
            compute_attainments(targets=some, periods=[MARCH], now=NOW)


def kept(stored: Stored) -> dict[int, Seconds]:
    """What our stored figures say, by target."""
    with tenant_scope(stored.tenant.pk):
        rows = Attainment.objects.filter(period_start=MARCH.first_on).values_list("target_id", "result")
        return {pk: (result["counted_seconds"], Fraction(result["lost_seconds"])) for pk, result in rows}


def sweep(target: Target, opening: Sequence[Piece]) -> Seconds:
    """The plain reference: two pointers over sorted integers."""
    works = list(merged(target.works))
    worked = overlap(opening, works)
    away = overlap(opening, list(merged([*works, *target.outages])))
    return sum(end - start for start, end in opening) - worked, Fraction(away - worked)


def merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    current: Piece | None = None
    for start, end in sorted(pieces):
        if current is None or start > current[1]:
            if current:
                yield current
            current = (start, end)
        elif end > current[1]:
            current = (current[0], end)
    if current:
        yield current


def overlap(some: Sequence[Piece], others: Sequence[Piece]) -> int:
    total = here = there = 0
    while here < len(some) and there < len(others):
        total += max(0, min(some[here][1], others[there][1]) - max(some[here][0], others[there][0]))
        if some[here][1] < others[there][1]:
            here += 1
        else:
            there += 1
    return total


def swept(stored: Stored) -> dict[int, Seconds]:
    openings = {hours: list(hours.working(MARCH.bounds(hours.tz))) for hours in calendars()}
    return {pk: sweep(target, openings[target.hours]) for pk, target in stored.sample.items()}


def by_ranges(stored: Stored) -> None:
    """One statement over multiranges that stores what it counts; the hours of the month lie in a table, ready made."""
    spans = [MARCH.bounds(ZoneInfo(zone)) for zone in _zones(stored.sample.values())]
    edges = {"from": moment(min(span.start for span in spans)), "until": moment(max(span.end for span in spans))}
    with tenant_scope(stored.tenant.pk), connection.cursor() as cursor:
        cursor.execute(BY_RANGES, edges | {"tenant": stored.tenant.pk})


def seconds_stored() -> dict[int, Seconds]:
    """What either of them has stored, which is forgotten."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM bench_seconds RETURNING target_id, counted, lost")
        return {pk: (counted, Fraction(lost)) for pk, counted, lost in cursor.fetchall()}


WORKS = """
SELECT service_id, string_agg(timestamptz_send(starts_at), ''), string_agg(timestamptz_send(ends_at), '')
FROM slas_plannedwork WHERE tenant_id = %s AND service_id = ANY(%s::bigint[]) AND starts_at < %s AND ends_at > %s
GROUP BY service_id
"""


@dataclass(frozen=True)
class LaidOut:
    """What the statement has ready made too: the hours of the month, and which measure and service each target has."""

    span: Interval
    clocks: Clocks
    ids: Ints
    clock: Ints
    measure: Ints
    service: Ints


def lay_out(stored: Stored) -> LaidOut:
    hours = {each.hours: tuple(each.hours.working(each.span)) for each in stored.sample.values()}
    numbers = {each: number for number, each in enumerate(hours)}
    spans = [target.span for target in stored.sample.values()]
    with tenant_scope(stored.tenant.pk):
        rows = ServiceLevelTarget.objects.order_by("pk").values_list("pk", "measure_id", "service_id")
        ids, measure, service = numpy.array(rows, dtype=numpy.int64).T
    clock = numpy.array([numbers[stored.sample[pk].hours] for pk in ids.tolist()])
    return LaidOut(bounds(spans), Clocks([*hours.values()]), ids, clock, measure, service)


def by_kernel(stored: Stored, known: LaidOut) -> None:
    """A task's targets at a time: outages and planned work read as columns, counted by the kernel, and stored."""
    for at in range(0, len(known.ids), TARGETS_AT_ONCE):
        some = slice(at, at + TARGETS_AT_ONCE)
        with tenant_scope(stored.tenant.pk), connection.cursor() as cursor:
            found = count_seconds(_read(known, some))
            columns = (known.ids[some], found.counted, found.by_level[DOWN])
            cursor.execute(STORE, [as_array(column.tolist()) for column in columns])


def _read(known: LaidOut, some: slice) -> Bulk:
    log = read_outages(measure_ids=known.measure[some].tolist(), span=known.span)
    owner, row = matched(known.measure[some], log.measure)
    nothing, level = numpy.zeros(len(known.ids[some]), dtype=numpy.int64), numpy.zeros(len(row), dtype=numpy.int64)
    spells = Spells(owner, log.start[row], log.end[row], level, level + 1, log.counts[row])
    span = (moment(known.span.end), moment(known.span.start))
    rows = read_rows(WORKS, [required_tenant_id(), as_array(known.service[some].tolist()), *span])
    start, end = (whole_numbers(each[at] for each in rows) for at in (1, 2))
    owner, row = matched(known.service[some], owners(rows))
    works = Pieces(owner, seconds_of(start[row]), seconds_of(end[row]))
    terms = Terms(known.clock[some], nothing + NO_CAP, nothing, nothing, nothing, nothing > 0)
    return Bulk(known.clocks, terms, (DOWN,), 1, spells, works, works, Pieces(nothing[:0], nothing[:0], nothing[:0]))


def lay_out_hours(stored: Stored) -> None:
    """The openings of the month as multiranges, a table for seconds, and one processor for each, as ours has."""
    with tenant_scope(stored.tenant.pk), connection.cursor() as cursor:
        cursor.execute(f"{HOURS_TABLE}; {SECONDS_TABLE}")
        known = dict(ServiceLevelTarget.objects.values_list("pk", "service_hours_id"))
        hours = {known[pk]: target.hours for pk, target in stored.sample.items()}
        for pk, each in hours.items():
            pieces = [f"[{moment(start)},{moment(end)})" for start, end in each.working(MARCH.bounds(each.tz))]
            cursor.execute("INSERT INTO bench_hours VALUES (%s, %s)", [pk, "{" + ",".join(pieces) + "}"])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE bench_hours")
        cursor.execute("SET max_parallel_workers_per_gather = 0")


def dirty(stored: Stored) -> None:
    """Every hundredth target waits to be computed again."""
    span = MARCH.bounds(ZoneInfo("UTC"))
    with tenant_scope(stored.tenant.pk):
        some, (start, end) = stored.ids[::100], span
        mark_targets_dirty(target_ids=some, from_=moment(start + 86_400), until=moment(end - 86_400), now=NOW)


def confirmed(stored: Stored) -> CrossCheck:
    with tenant_scope(stored.tenant.pk):
        done = [cross_check(now=NOW)]
        while done[-1].go_on_after is not None:
            done.append(cross_check(now=NOW, after=done[-1].go_on_after))
    found = tuple(each for portion in done for each in portion.contradictions)
    return CrossCheck(sum(each.compared for each in done), sum(each.changed for each in done), found, None)


def recompute(stored: Stored) -> int:
    with tenant_scope(stored.tenant.pk):
        return recompute_dirty(limit=TARGETS_AT_ONCE, now=NOW).written


def main(arguments: list[str]) -> None:
    options = argparse.ArgumentParser(prog="python -m bench attainment", description=__doc__)
    options.add_argument("--targets", type=int, default=200, help="targets (full size: 10000)")
    options.add_argument("--judged", type=int, help="of how many of them figures with proofs are made (default: all)")
    options.add_argument("--pairs", type=int, default=5, help="turns A B A B (at least 5)")
    asked = options.parse_args(arguments)
    if asked.targets < LEAST_TARGETS:
        options.error(f"--targets must be at least {LEAST_TARGETS}, so that each calendar has its turn")
    with database.thrown_away() as owner:
        stored = store(targets(asked.targets))
        owner.tidy()
        lay_out_hours(stored)
        facts = sum(len(target.outages) for target in stored.sample.values())
        print(conditions(django, psycopg))
        print(database.server_words())
        print(f"{asked.targets} targets, {facts} outages, March 2026, seed {SEED}")
        some = stored.first(asked.judged or asked.targets)
        check(stored, some)
        time_all(stored, some, asked.pairs)


def check(stored: Stored, some: Stored) -> None:
    """Each way gives the same seconds of every target; what is dirty is computed again, and no more."""
    known = swept(stored)
    by_ranges(stored)
    require(seconds_stored() == known, "The SQL statement differs from the plain sweep")
    by_kernel(stored, lay_out(stored))
    require(seconds_stored() == known, "The kernel differs from the plain sweep")
    ours(some)
    known = kept(some)
    require(swept(some) == known, "The plain sweep differs from our stored figures")
    require(confirmed(some).compared == len(known), "The second calculation does not see each stored figure")
    require(not confirmed(some).contradictions, "The second calculation contradicts our stored figures")
    dirty(some)
    require(recompute(some) == len(some.ids[::100]), "Other targets were computed again than those that changed")
    require(kept(some) == known, "A figure changed although its facts did not")


def time_all(stored: Stored, judged: Stored, pairs: int) -> None:
    size, clock = len(judged.ids), database.clock
    print("Seconds, read, counted and stored: columns and the kernel, against a statement over multiranges:")
    known = lay_out(stored)
    kernel = Contestant("columns, kernel, rows of seconds", partial(by_kernel, stored, known), len(known.ids))
    statement = Contestant("SQL, multiranges, rows of seconds", partial(by_ranges, stored), len(known.ids))
    against_goal("A2", compare(kernel, statement, pairs, clock), least=1.5)
    full = Contestant("ours: from facts to stored figures and proofs", partial(ours, judged), size)
    print("Figures with their terms, events and proofs, against the statement, which knows none of these:")
    compare(full, statement, pairs, clock)
    print("The daily second calculation, with all terms, against the figures with their proofs:")
    compare(Contestant("cross_check", partial(confirmed, judged), size), full, pairs, clock)
    print("One target in a hundred again, as its share of the time of all (whole runs a second):")
    every = Contestant("all targets", partial(ours, judged))
    some = Contestant("one in a hundred", partial(recompute, judged), before=partial(dirty, judged))
    against_goal("A5", compare(every, some, pairs, clock), most=0.03)
