"""Pauses that were entered after they began and that nobody approved: they count from their entry."""

from collections.abc import Sequence

from django.db.models import F, QuerySet

from portal.accounts.models import Membership
from slas.models import BatchState, CasePause, FactBatch, FactKind, Measure, Origin
from slas.queries.batches import list_batches
from slas.queries.facts import find_rows
from slas.queries.rows import CaseRow, from_plain


def late_pauses() -> QuerySet[CasePause]:
    """Those of all measures."""
    return CasePause.objects.filter(approved_by="", entered_at__gt=F("started_at"))


def list_late_pauses(*, measure: Measure) -> QuerySet[CasePause]:
    """Those of a measure, newest first."""
    return late_pauses().filter(measure_id=measure.pk).order_by("-started_at", "case_key", "reason")


def get_late_pause(*, measure: Measure, pause_id: int) -> CasePause:
    """One of them. Raises CasePause.DoesNotExist for one that was approved, or sent again without a late entry."""
    return list_late_pauses(measure=measure).get(pk=pause_id)


def stored_case(*, pause: CasePause) -> CaseRow:
    """The case of a pause, with all that is known of it."""
    wanted = {pause.measure_id: [pause.case_key]}
    row = find_rows(fact=FactKind.CASES, wanted=wanted)[pause.measure_id, pause.case_key]
    assert isinstance(row, CaseRow)  # noqa: S101 - rows of cases
    return row


def approvals_of(*, reader: Membership, measure: Measure, pauses: Sequence[CasePause]) -> dict[int, FactBatch]:
    """By pause: the newest approval that was brought by hand and waits for a second person, or was refused by one."""
    brought = list_batches(reader=reader).filter(
        measure=measure,
        fact=FactKind.CASES,
        origin=Origin.ENTERED,
        state__in=[BatchState.WAITING, BatchState.REFUSED],
        rows__0__key__in={pause.case_key for pause in pauses},
    )
    places = {(pause.case_key, pause.started_at, pause.reason): pause.pk for pause in pauses}
    found: dict[int, FactBatch] = {}
    for batch in brought.defer("outcome"):
        row = from_plain(batch.fact, batch.rows[0])
        assert isinstance(row, CaseRow)  # noqa: S101 - a batch of cases
        for pause in row.pauses:
            if pause.approved_by and (pk := places.get((row.key, *pause.place))):
                found.setdefault(pk, batch)
    return found
