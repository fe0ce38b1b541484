"""Batches of facts: a second person lets entered and uploaded rows count; pushed and imported ones count at once."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from portal.accounts.models import Membership
from portal.audit.actions import record
from slas.actions.facts import Applied, apply_portions, apply_rows, refuse_circles
from slas.actions.facts_tables import Portion
from slas.errors import BatchDecided, ChangedSince, NothingToCount, OwnFacts, ReasonMissing
from slas.models import BatchState, FactBatch, Measure, Origin
from slas.queries.batches import changed_since
from slas.queries.rows import Row, as_plain, fact_of, from_plain


@dataclass(frozen=True)
class Arrival:
    """How facts came: entered, uploaded, pushed or imported; who brought them, in which file, and why."""

    origin: Origin
    by: Membership | None = None
    file_name: str = ""
    reason: str = ""


@transaction.atomic
def draft_batch(
    *,
    measure: Measure,
    fact: str,
    rows: Sequence[Row],
    arrival: Arrival,
    now: datetime,
    outcome: Mapping[str, Any],
) -> FactBatch:
    """Keep checked rows as a draft that only shows what would happen; `outcome` holds the refused rows and warnings."""
    return _keep(_batch(measure, fact, arrival, now, BatchState.DRAFT, outcome=dict(outcome)), rows)


@transaction.atomic
def send_batch(*, batch: FactBatch, by: Membership, now: datetime) -> FactBatch:
    """The bringer sends a draft to a second person.

    Refuses with BatchDecided what was sent already, and with NothingToCount a draft without a valid row.
    """
    batch = _locked(batch, BatchState.DRAFT)
    if not batch.row_count:
        raise NothingToCount
    batch.state, batch.brought_at = BatchState.WAITING, now
    batch.save(update_fields=["state", "brought_at"])
    _record("facts.sent", batch, by, now)
    return batch


@transaction.atomic
def discard_batch(*, batch: FactBatch) -> None:
    """The bringer drops a draft; refuses with BatchDecided what was sent already."""
    _locked(batch, BatchState.DRAFT).delete()


@transaction.atomic
def enter_fact(*, measure: Measure, row: Row, by: Membership, reason: str, now: datetime) -> FactBatch:
    """One fact entered by a person waits for a second one. Refuses with MergedInCircle a case that closes a circle."""
    refuse_circles(measure=measure, rows=[row])
    arrival = Arrival(Origin.ENTERED, by, reason=reason)
    batch = _keep(_batch(measure, fact_of(row), arrival, now, BatchState.WAITING), [row])
    _record("facts.sent", batch, by, now)
    return batch


@transaction.atomic
def approve_batch(*, batch: FactBatch, by: Membership, now: datetime, reason: str = "") -> FactBatch:
    """A second person lets the rows count.

    Refuses with OwnFacts the person who brought them, with BatchDecided a batch that does not wait, and with
    ChangedSince a fact entered by hand that was corrected since.
    """
    batch = _locked(batch, BatchState.WAITING)
    if batch.brought_by_id == by.pk:
        raise OwnFacts
    rows = [from_plain(batch.fact, row) for row in batch.rows]
    if batch.origin == Origin.ENTERED and (key := changed_since(batch=batch, row=rows[0])):
        raise ChangedSince(key=key)
    applied = apply_rows(measure=batch.measure, rows=rows, batch=batch, now=now, reason=batch.reason)
    return _decide(batch, BatchState.COUNTED, by, now, reason, outcome=batch.outcome | asdict(applied))


@transaction.atomic
def refuse_batch(*, batch: FactBatch, by: Membership, reason: str, now: datetime) -> FactBatch:
    """A second person refuses the rows and says why.

    Refuses with OwnFacts, BatchDecided as approving does, and with ReasonMissing.
    """
    batch = _locked(batch, BatchState.WAITING)
    if batch.brought_by_id == by.pk:
        raise OwnFacts
    if not reason.strip():
        raise ReasonMissing
    return _decide(batch, BatchState.REFUSED, by, now, reason, outcome=batch.outcome)


@dataclass(frozen=True)
class Brought:
    """Rows for one measure, and what its batch should say besides: refused rows and warnings."""

    measure: Measure
    rows: Sequence[Row]
    outcome: Mapping[str, Any] = field(default_factory=dict)


def count_rows(
    *, measure: Measure, fact: str, rows: Sequence[Row], arrival: Arrival, now: datetime
) -> tuple[FactBatch, Applied]:
    """Rows that a program brought count at once; the batch keeps their number, the facts keep their batch."""
    return count_all(fact=fact, brought=[Brought(measure, rows)], arrival=arrival, now=now)[0]


@transaction.atomic
def count_all(
    *, fact: str, brought: Sequence[Brought], arrival: Arrival, now: datetime
) -> list[tuple[FactBatch, Applied]]:
    """The same for several measures at once."""
    batches = [
        _batch(each.measure, fact, arrival, now, BatchState.COUNTED, pk=pk, row_count=len(each.rows), decided_at=now)
        for pk, each in zip(_numbers(len(brought)), brought, strict=True)
    ]
    portions = [Portion(each.measure, batch, each.rows) for each, batch in zip(brought, batches, strict=True)]
    results = apply_portions(fact=fact, portions=portions, now=now, reason=arrival.reason)
    for each, batch, applied in zip(brought, batches, results, strict=True):
        batch.outcome = dict(each.outcome) | asdict(applied)
    FactBatch.objects.bulk_create(batches, batch_size=500)
    return list(zip(batches, results, strict=True))


def _numbers(count: int) -> list[int]:
    """The numbers of batches that are written when it is known what became of their rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('slas_factbatch', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [pk for (pk,) in cursor.fetchall()]


def _batch(measure: Measure, fact: str, arrival: Arrival, now: datetime, state: str, **fields: Any) -> FactBatch:
    return FactBatch(
        measure=measure,
        fact=fact,
        origin=arrival.origin,
        state=state,
        file_name=arrival.file_name,
        reason=arrival.reason,
        brought_by=arrival.by,
        brought_at=now,
        **fields,
    )


def _keep(batch: FactBatch, rows: Sequence[Row]) -> FactBatch:
    batch.rows, batch.row_count = [as_plain(row) for row in rows], len(rows)
    batch.save()
    return batch


def _locked(batch: FactBatch, state: str) -> FactBatch:
    found = FactBatch.objects.select_for_update(of=("self",)).select_related("measure").get(pk=batch.pk)
    if found.state != state:
        raise BatchDecided(state=found.get_state_display().lower())
    return found


def _decide(
    batch: FactBatch, state: str, by: Membership, now: datetime, reason: str, *, outcome: dict[str, Any]
) -> FactBatch:
    batch.state, batch.decided_by, batch.decided_at = state, by, now
    batch.decision_reason, batch.outcome = reason.strip(), outcome
    batch.save(update_fields=["state", "decided_by", "decided_at", "decision_reason", "outcome"])
    _record("facts.approved" if state == BatchState.COUNTED else "facts.refused", batch, by, now)
    return batch


def _record(act: str, batch: FactBatch, by: Membership, now: datetime) -> None:
    rows = {"batch": batch.pk, "rows": batch.row_count, "reason": batch.decision_reason or batch.reason}
    record(act=act, actor_id=by.user_id, at=now, subject=batch.measure.name, **rows)
