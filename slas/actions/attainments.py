"""Figures are made: whole periods, from the facts, so that doing it twice changes nothing."""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import DateTimeField, Q, Value

from portal.accounts.models import BusinessUnit, Membership
from portal.audit.actions import record
from portal.tenancy.scope import required_tenant_id
from slas.actions.hourly_counts import count_hours
from slas.calculation.cases import overdue_next
from slas.calculation.errors import CalculationError
from slas.calculation.kept import write_inputs
from slas.calculation.local_time import local, zone_of
from slas.calculation.outcomes import Inputs, Outcome, attain
from slas.calculation.outcomes.counts import CasesInputs
from slas.calculation.periods import Period
from slas.errors import FigureNotCalculated, MonthStillRuns
from slas.models import Attainment, DirtyTarget, MonthClose, ServiceLevelTarget, TargetKind
from slas.queries.attainments import open_in_month
from slas.queries.failures import list_failures
from slas.queries.hours import HoursBook
from slas.queries.inputs import gather_inputs
from slas.queries.inputs.cases import last_due
from slas.queries.inputs.outages import goes_on
from slas.queries.targets import (
    FRESH,
    Slot,
    judged_targets,
    list_targets,
    period_of,
    periods_touched,
    slot_of,
    slots_of,
    stale_slots,
)

logger = logging.getLogger(__name__)

Judged = tuple[Slot, Inputs, Outcome]
Held = dict[tuple[int, date], Attainment]  # by target and first day of the period
WRITTEN = (
    "period_end",
    "status",
    "value_words",
    "value",
    "used",
    "result",
    "proof",
    "records",
    "inputs_hash",
    "inputs",
    "computed_at",
    "changed_at",
)
# The database ends a transaction that lies idle: between two portions of this size it never waits for long.
SLOTS_AT_ONCE = 50
COUNTS_OUTAGES = (TargetKind.AVAILABILITY, TargetKind.RELIABILITY)
LONGEST = DirtyTarget._meta.get_field("failure").max_length
SECOND = timedelta(seconds=1)
# A figure that could not be calculated is tried again after so long, and as soon as its facts or terms change.
TRIED_AGAIN = timedelta(hours=1)
QUEUE = """
INSERT INTO slas_dirtytarget (tenant_id, since, failure, target_id, period_start)
SELECT %s, %s, '', target_id, period_start FROM unnest(%s::bigint[], %s::date[]) AS found (target_id, period_start)
"""


@dataclass(frozen=True)
class Computed:
    """What became of recomputed periods: rows written, closed ones whose facts have changed, changes worked off, and
    periods of which no figure can be made until somebody puts their facts or terms right.
    """

    written: int
    restated: int
    taken: int = 0
    failed: int = 0


@transaction.atomic
def compute_attainments(*, targets: Iterable[ServiceLevelTarget], periods: Sequence[Period], now: datetime) -> Computed:
    """Recompute each target in each of its own periods that shares a month with the given ones.

    An open figure is replaced. A closed one stays; where the facts behind it have changed, the next revision is made,
    open, and waits to be issued with a reason. Targets of drafts, and periods to come, have no figures.
    """
    return _compute(list(slots_of(_locked(targets), periods, now)), now)


@transaction.atomic
def mark_dirty(*, measure_ids: Iterable[int], from_: datetime, until: datetime, now: datetime) -> int:
    """Queue the periods of the measures' targets that share time with [from_, until); says how many.

    A case counts in the period in which it is due, so that those periods are queued as well.
    """
    return mark_facts_dirty(spans={pk: [(from_, until)] for pk in measure_ids}, now=now)


@transaction.atomic
def mark_facts_dirty(*, spans: Mapping[int, Sequence[tuple[datetime, datetime]]], now: datetime) -> int:
    """The same for several stretches of time, each measure with its own: what lies between them is left alone."""
    targets = judged_targets().filter(measure_id__in=[pk for pk, found in spans.items() if found])
    return _queue([(target, start, end) for target in targets for start, end in spans[target.measure_id]], now)


@transaction.atomic
def mark_service_dirty(*, service_id: int, from_: datetime, until: datetime, now: datetime) -> int:
    """Queue the periods in which planned work on a service can change a figure.

    Also the one after: what is taken out of the first seconds of a failure decides in which of them it began.
    """
    targets = judged_targets().filter(service_id=service_id, kind__in=COUNTS_OUTAGES)
    last = min(until, now) - SECOND
    return _queue([(target, from_, _next_begins(target, last)) for target in targets], now)


@transaction.atomic
def mark_targets_dirty(*, target_ids: Iterable[int], from_: datetime, until: datetime, now: datetime) -> int:
    """Queue the periods of these targets that share time with [from_, until): what is agreed about them has changed."""
    return _queue([(target, from_, until) for target in judged_targets().filter(pk__in=list(target_ids))], now)


@transaction.atomic
def recompute_dirty(*, limit: int, now: datetime) -> Computed:
    """Recompute what is queued, of at most so many targets that no other worker is busy with.

    The targets are locked before their facts are read, so that two workers cannot overwrite each other, and a change
    that comes meanwhile has a row of its own, which stays. What cannot be calculated is set aside with the reason and
    holds up nothing else.
    """
    due = DirtyTarget.objects.filter(since__lte=now)
    queued = due.values("target_id")
    busy = ServiceLevelTarget.objects.filter(pk__in=queued).order_by("pk")
    ids = list(busy.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True)[:limit])
    rows = list(due.filter(target_id__in=ids).order_by("target_id", "period_start"))
    targets = {target.pk: target for target in list_targets(ids=ids)}
    wanted = sorted({(row.target_id, row.period_start) for row in rows})
    slots = [
        slot
        for target_id, on in wanted
        if target_id in targets
        and (slot := slot_of(targets[target_id], period_of(targets[target_id], on), now)) is not None
    ]
    computed = _compute(slots, now)
    DirtyTarget.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return replace(computed, taken=len(rows))


@transaction.atomic
def mark_stale(*, now: datetime) -> int:
    """Queue what changes by the passing of time alone: running periods once an hour, and ended ones a last time."""
    return _add(((slot.target, slot.period) for slot in stale_slots(now=now)), now)


@transaction.atomic
def close_month(*, business_unit: BusinessUnit, month: date, by: Membership | None, now: datetime) -> list[Attainment]:
    """Freeze the figures of a unit's month: those of all periods that end with it, recomputed a last time.

    What comes later makes a new revision; closing again freezes those. Returns the frozen figures, newest revisions.
    Refuses with MonthStillRuns before the month is over, and with FigureNotCalculated where one cannot be made.
    """
    period = Period.containing(month)
    targets = list(judged_targets().filter(agreement__customer__business_unit=business_unit))
    slots = [slot for slot in slots_of(targets, [period], now) if slot.period.end_on == period.end_on]
    if any(now.timestamp() < slot.whole.end for slot in slots) or now.date() < period.end_on:
        raise MonthStillRuns(month=period.label, ends_on=f"{period.end_on:%d %B %Y}")
    _locked(targets)
    _compute(slots, now)
    _refuse_failed({(slot.target.pk, slot.period.first_on) for slot in slots})
    found = open_in_month(business_unit=business_unit, end_on=period.end_on)
    found.filter(closed_at__isnull=True).update(closed_at=now)
    _look_again(slots, now)
    MonthClose.objects.get_or_create(
        business_unit=business_unit, month=period.first_on, defaults={"closed_at": now, "closed_by": by}
    )
    actor = by.user_id if by else None
    record(act="month.closed", actor_id=actor, at=now, subject=f"{business_unit.name}, {period.label}")
    return list(found)


@transaction.atomic
def close_figures(*, ids: Collection[int], now: datetime) -> None:
    """Freeze figures because they were issued; what comes later makes a new revision.

    Refuses with FigureNotCalculated where one is older than its facts, because it cannot be calculated again.
    """
    opened = Attainment.objects.filter(pk__in=ids, closed_at__isnull=True)
    _refuse_failed(set(opened.values_list("target_id", "period_start")))
    opened.update(closed_at=now)
    closed = dict(Attainment.objects.filter(pk__in=ids).values_list("target_id", "period_start"))
    slots = (slot_of(target, period_of(target, closed[target.pk]), now) for target in list_targets(ids=closed))
    _look_again([slot for slot in slots if slot is not None], now)


def _queue(changed: Sequence[tuple[ServiceLevelTarget, datetime, datetime]], now: datetime) -> int:
    book = HoursBook(ids=(target.service_hours_id for target, *_ in changed if target.service_hours_id))
    touched = []
    for target, start, last in changed:
        end = min(last, now)  # periods to come have no figures, and what is planned may end in a far year
        if target.kind in COUNTS_OUTAGES:
            after = _next_begins(target, max(min(start, now), end - SECOND))
            # Time without data goes on over the edge as an outage does, whatever of it has changed.
            if after <= now and (target.kind == TargetKind.RELIABILITY or goes_on(target=target, at=after)):
                end = max(end, after)
        # An outage close to the edge of a period may be merged over it.
        around = timedelta(seconds=target.minimum_outage_seconds + target.merge_gap_seconds)
        first, zone = start - around, zone_of(target.agreement.time_zone)
        until = last_due(target=target, book=book, until=end) if target.kind == TargetKind.CASES else end + around
        # What is to come in the running period can change what is left of it; a far day is no date in each zone.
        found = periods_touched(target, min(first, now), until)
        touched += [(target, period) for period in found if period.bounds(zone).end > first.timestamp()]
    return _add(((target, period) for target, period in touched if slot_of(target, period, now) is not None), now)


def _next_begins(target: ServiceLevelTarget, at: datetime) -> datetime:
    """The first moment of the target's period after the one that holds the instant."""
    zone = zone_of(target.agreement.time_zone)
    after = period_of(target, local(int(at.timestamp()), zone).date()).next()
    return datetime.fromtimestamp(after.bounds(zone).start + 1, UTC)


def _add(pairs: Iterable[tuple[ServiceLevelTarget, Period]], now: datetime) -> int:
    """A batch of facts may touch hundreds of periods: they are written as two columns, not as objects."""
    found = [(target.pk, period.first_on) for target, period in pairs]
    if found:
        columns = ([*column] for column in zip(*found, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(QUEUE, [required_tenant_id(), now, *columns])
    return len(found)


def _look_again(slots: Iterable[Slot], now: datetime) -> None:
    """What was closed before its last dates were settled is looked at once more when they are."""
    DirtyTarget.objects.bulk_create(
        DirtyTarget(target=slot.target, period_start=slot.period.first_on, since=slot.settled_at)
        for slot in slots
        if now < slot.settled_at
    )


def _look_when_overdue(judged: Sequence[Judged], now: datetime) -> None:
    """Cases that may be due after their period may be overdue long after it: it is looked at again then, at most once
    an hour, unless something waits to be recomputed of it before.
    """
    wanted: dict[tuple[int, date], datetime] = {}
    for slot, inputs, _outcome in judged:
        if isinstance(inputs, CasesInputs) and inputs.terms.looks_beyond(slot.span):
            at = overdue_next(slot.span, inputs.terms, inputs.cases, int(now.timestamp()))
            if at is not None and now.timestamp() >= slot.span.end:
                wanted[slot.target.pk, slot.period.first_on] = max(datetime.fromtimestamp(at, UTC), now + FRESH)
    waiting = DirtyTarget.objects.filter(target_id__in={pk for pk, _on in wanted}, since__gt=now)
    sooner = {key for row in waiting if row.since <= wanted.get(key := (row.target_id, row.period_start), now)}
    DirtyTarget.objects.bulk_create(
        DirtyTarget(target_id=key[0], period_start=key[1], since=since)
        for key, since in wanted.items()
        if key not in sooner
    )


def _locked(targets: Iterable[ServiceLevelTarget]) -> list[ServiceLevelTarget]:
    """The targets with what is needed to judge them, held so that no other worker computes them at the same time."""
    ids = [target.pk for target in targets]
    held = ServiceLevelTarget.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    return list_targets(ids=held.values_list("pk", flat=True))


def _compute(slots: Sequence[Slot], now: datetime) -> Computed:
    computed = Computed(0, 0)
    for at in range(0, len(slots), SLOTS_AT_ONCE):
        some = slots[at : at + SLOTS_AT_ONCE]
        count_hours(measure_ids=(slot.target.measure_id for slot in some if slot.target.kind == TargetKind.READINGS))
        outcomes, failed = _judge(some, now)
        (closed, opened), rows, same = _held(some), [], []
        for slot, inputs, outcome in outcomes:
            key = (slot.target.pk, slot.period.first_on)
            last, held = closed.get(key), opened.get(key)
            if last is not None and last.inputs_hash == outcome.digest:
                same.append(last)
            else:
                row = _row(slot, inputs, outcome, last.revision + 1 if last else 1, now)
                row.changed_at = held.changed_at if held is not None and _is_same(held, row) else now
                rows.append(row)
        _drop_after(same)
        _write(rows)
        _set_aside(some, failed, now)
        _look_when_overdue(outcomes, now)
        computed = replace(
            computed,
            written=computed.written + len(rows),
            restated=computed.restated + sum(row.revision > 1 for row in rows),
            failed=computed.failed + len(failed),
        )
    return computed


def _judge(slots: Sequence[Slot], now: datetime) -> tuple[list[Judged], list[tuple[Slot, str]]]:
    """The outcome of each slot, and of which none can be made, with the reason: these are found by halving."""
    try:
        return [(slot, inputs, attain(inputs)) for slot, inputs in gather_inputs(slots=slots, now=now)], []
    except CalculationError as error:
        if len(slots) == 1:
            logger.warning("target %s, %s: %s", slots[0].target.pk, slots[0].period, error)
            return [], [(slots[0], str(error))]
    half = len(slots) // 2
    (outcomes, failed), (more_outcomes, more_failed) = _judge(slots[:half], now), _judge(slots[half:], now)
    return outcomes + more_outcomes, failed + more_failed


def _set_aside(slots: Sequence[Slot], failed: Sequence[tuple[Slot, str]], now: datetime) -> None:
    """What failed before is forgotten; what fails now is kept with its reason, to be tried again."""
    tried = {(slot.target.pk, slot.period.first_on) for slot in slots}
    before = list_failures(target_ids={pk for pk, _on in tried})
    DirtyTarget.objects.filter(pk__in=[row.pk for row in before if (row.target_id, row.period_start) in tried]).delete()
    DirtyTarget.objects.bulk_create(
        DirtyTarget(
            target=slot.target, period_start=slot.period.first_on, since=now + TRIED_AGAIN, failure=why[:LONGEST]
        )
        for slot, why in failed
    )


def _refuse_failed(figures: Collection[tuple[int, date]]) -> None:
    for row in list_failures(target_ids={pk for pk, _on in figures}):
        if (row.target_id, row.period_start) in figures:
            period = period_of(row.target, row.period_start)
            raise FigureNotCalculated(promise=row.target.name, period=period.label, why=row.failure)


def _held(slots: Sequence[Slot]) -> tuple[Held, Held]:
    """The newest closed revision of each slot, and the open one, without their proofs."""
    ids = {slot.target.pk for slot in slots}
    starts = {slot.period.first_on for slot in slots}
    found = Attainment.objects.filter(target_id__in=ids, period_start__in=starts)
    rows = list(found.defer("records", "proof", "result").order_by("revision"))
    closed = {(row.target_id, row.period_start): row for row in rows if row.closed_at is not None}
    return closed, {(row.target_id, row.period_start): row for row in rows if row.closed_at is None}


def _is_same(held: Attainment, row: Attainment) -> bool:
    """Whether computing it again gave the same revision of the same figure, from the same facts and terms."""
    return all(
        getattr(held, name) == getattr(row, name) for name in ("revision", "inputs_hash", "status", "value_words")
    )


def _drop_after(closed: Sequence[Attainment]) -> None:
    """Where the facts are again those of the closed figure, there is nothing to correct: the open revision goes."""
    later = Q()
    for row in closed:
        later |= Q(target_id=row.target_id, period_start=row.period_start, revision__gt=row.revision)
    if later:
        Attainment.objects.filter(later).delete()


def _row(slot: Slot, inputs: Inputs, outcome: Outcome, revision: int, now: datetime) -> Attainment:
    return Attainment(
        target=slot.target,
        period_start=slot.period.first_on,
        period_end=slot.period.end_on,
        revision=revision,
        status=outcome.status.value,
        value_words=outcome.value_words,
        value=outcome.value,
        used=outcome.used,
        result=outcome.result,
        proof=outcome.proof,
        records=outcome.records,
        inputs_hash=outcome.digest,
        inputs=write_inputs(inputs),
        # An expression keeps Django from sending the columns as arrays: JSON in arrays is escaped in Python.
        computed_at=Value(now, DateTimeField()),
    )


def _write(rows: Sequence[Attainment]) -> None:
    Attainment.objects.bulk_create(
        rows,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["tenant", "target", "period_start", "revision"],
        update_fields=WRITTEN,
    )
