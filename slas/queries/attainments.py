"""Figures as they stand, and who may see them."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Length

from portal.accounts.models import BusinessUnit, Membership
from slas.models import Attainment, MonthClose
from slas.queries.targets import JUDGED

# Characters of records and inputs: some five thousand cases.
WRITTEN_AT_ONCE = 4_000_000


def newest_attainments() -> QuerySet[Attainment]:
    """The newest revision of each target and period: what holds, or what waits to be issued."""
    return Attainment.objects.filter(revision=_newest(Attainment.objects.all()))


def issued_attainments() -> QuerySet[Attainment]:
    """The newest issued revision of each target and period: issuing a review closes every figure that it shows."""
    closed = Attainment.objects.filter(closed_at__isnull=False)
    return closed.filter(revision=_newest(closed))


def _newest(rows: QuerySet[Attainment]) -> Subquery:
    same = rows.filter(target=OuterRef("target"), period_start=OuterRef("period_start"))
    return Subquery(same.order_by("-revision").values("revision")[:1])


def visible_attainments(*, reader: Membership) -> QuerySet[Attainment]:
    """Every revision that the reader may open: for the business the issued ones of its own units, all for all others.

    A month or a correction that IT has not issued is work on one side.
    """
    rows = Attainment.objects.filter(closed_at__isnull=False) if reader.is_business else Attainment.objects.all()
    return _visible(rows, reader)


def held_attainments(*, reader: Membership) -> QuerySet[Attainment]:
    """What holds for a reader, one figure of each target and period: for the business the newest that was issued to it,
    for all others the newest.
    """
    return _visible(issued_attainments() if reader.is_business else newest_attainments(), reader)


def _visible(rows: QuerySet[Attainment], reader: Membership) -> QuerySet[Attainment]:
    rows = rows.filter(target__agreement__state__in=JUDGED)
    if reader.is_business:
        rows = rows.filter(target__agreement__customer__business_unit__member_links__membership=reader)
    return rows


def review_attainments(*, business_unit: BusinessUnit, month: date) -> QuerySet[Attainment]:
    """What a unit's review of a month shows: the figures of periods that hold the month as they stand, and those of
    earlier periods as they were issued. What was counted before the unit's first issued month is issued with it.
    """
    issued = Q(revision=_newest(Attainment.objects.filter(closed_at__isnull=False)))
    newest = Q(revision=_newest(Attainment.objects.all()))
    shown: Q = (Q(period_end__gt=month) & newest) | (Q(period_end__lte=month) & issued)
    if not MonthClose.objects.filter(business_unit=business_unit, month__lt=month).exists():
        closed = Attainment.objects.filter(
            target=OuterRef("target"), period_start=OuterRef("period_start"), closed_at__isnull=False
        )
        shown |= newest & ~Q(Exists(closed))
    return Attainment.objects.filter(shown, target__agreement__customer__business_unit=business_unit)


def get_attainment(*, reader: Membership, attainment_id: int) -> Attainment:
    """One visible figure with its records, target, agreement and measure.

    Raises Attainment.DoesNotExist for figures that the reader may not see.
    """
    return opened_attainments(reader=reader).get(pk=attainment_id)


def opened_attainments(*, reader: Membership) -> QuerySet[Attainment]:
    """Every revision that the reader may open, with its records, target, agreement and measure."""
    related = ("target__agreement__customer", "target__measure", "target__service", "target__service_hours")
    return visible_attainments(reader=reader).defer(None).defer("inputs").select_related(*related)


def is_large(*, attainment: Attainment) -> bool:
    """Whether so much is kept of a figure that a worker writes its evidence, as no page should wait for it."""
    kept = Length(Cast("records", TextField())) + Length("inputs")
    size = Attainment.objects.filter(pk=attainment.pk).values_list(kept, flat=True).get()
    return bool(size > WRITTEN_AT_ONCE)


def open_in_month(*, business_unit: BusinessUnit, end_on: date) -> QuerySet[Attainment]:
    """Newest revisions of a unit's figures of all periods that end on that date (the first of the next month)."""
    return (
        newest_attainments()
        .filter(target__agreement__customer__business_unit=business_unit, period_end=end_on)
        .select_related("target")
        .order_by("target__position", "target_id")
    )
