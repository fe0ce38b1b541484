"""Figures as they stand, and who may see them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from portal.accounts.models import BusinessUnit, Membership
from slas.models import Attainment
from slas.queries.targets import JUDGED


def newest_attainments() -> QuerySet[Attainment]:
    """The newest revision of each target and period: what holds, or what waits to be issued."""
    newest = (
        Attainment.objects.filter(target=OuterRef("target"), period_start=OuterRef("period_start"))
        .order_by("-revision")
        .values("revision")[:1]
    )
    return Attainment.objects.filter(revision=Subquery(newest))


def visible_attainments(*, reader: Membership) -> QuerySet[Attainment]:
    """Figures of agreements that the reader may see: a business role's own units, all for IT and the auditor."""
    rows = Attainment.objects.filter(target__agreement__state__in=JUDGED)
    if reader.is_business:
        rows = rows.filter(target__agreement__customer__business_unit__member_links__membership=reader)
    return rows


def get_attainment(*, reader: Membership, attainment_id: int) -> Attainment:
    """One visible figure with its target, agreement and measure.

    Raises Attainment.DoesNotExist for figures that the reader may not see.
    """
    related = ("target__agreement__customer", "target__measure", "target__service", "target__service_hours")
    return visible_attainments(reader=reader).select_related(*related).get(pk=attainment_id)


def open_in_month(*, business_unit: BusinessUnit, end_on: date) -> QuerySet[Attainment]:
    """Newest revisions of a unit's figures of all periods that end on that date (the first of the next month)."""
    return (
        newest_attainments()
        .filter(target__agreement__customer__business_unit=business_unit, period_end=end_on)
        .select_related("target")
        .order_by("target__position", "target_id")
    )


def months_of(*, target_ids: Iterable[int], first: date, end: date) -> QuerySet[Attainment]:
    """Newest revisions of the targets whose period begins in [first, end), oldest first, without their proofs."""
    rows = newest_attainments().filter(target_id__in=list(target_ids), period_start__gte=first, period_start__lt=end)
    return rows.defer("proof").order_by("period_start")
