"""Batches of facts: who may see them, which of them wait."""

from django.db.models import Count, Q, QuerySet

from portal.accounts.models import Membership
from slas.models import BatchState, FactBatch, MeasurementRevision
from slas.queries.measures import list_measures
from slas.queries.rows import Row, key_words


def list_batches(*, reader: Membership) -> QuerySet[FactBatch]:
    """The batches of the measures that a member may see, latest first; a draft only for the person who made it."""
    batches = FactBatch.objects.filter(~Q(state=BatchState.DRAFT) | Q(brought_by=reader))
    if reader.is_business:
        measures = list_measures(reader=reader).order_by().values("pk")
        batches = batches.filter(Q(measure__in=measures) | Q(brought_by=reader))
    people = ("measure", "brought_by__user", "decided_by__user")
    return batches.select_related(*people).defer("rows", "outcome").order_by("-brought_at", "-pk")


def count_states(*, batches: QuerySet[FactBatch]) -> dict[str, int]:
    """How many of the batches are in each state."""
    return dict(batches.order_by().values_list("state").annotate(number=Count("pk")))


def get_batch(*, reader: Membership, batch_id: int) -> FactBatch:
    """One visible batch with its rows.

    Raises FactBatch.DoesNotExist for a batch that the reader may not see.
    """
    return list_batches(reader=reader).defer(None).get(pk=batch_id)


def get_own_batch(*, reader: Membership, batch_id: int) -> FactBatch:
    """A batch that the member brought.

    Raises FactBatch.DoesNotExist for the batches of others.
    """
    return FactBatch.objects.select_related("measure").get(pk=batch_id, brought_by=reader)


def changed_since(*, batch: FactBatch, row: Row) -> str:
    """The key of the row if its fact was corrected after the batch was brought; empty where it was not."""
    key = key_words(row)
    later = MeasurementRevision.objects.filter(measure_id=batch.measure_id, at__gt=batch.brought_at)
    return key if later.filter(fact=batch.fact, key=key).exists() else ""
