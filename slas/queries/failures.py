"""Figures that could not be calculated, with the reason, until somebody puts their facts or terms right."""

from collections.abc import Iterable

from django.db.models import QuerySet

from portal.accounts.models import Membership
from slas.models import Attainment, DirtyTarget


def failed_periods() -> QuerySet[DirtyTarget]:
    """Periods of targets of which no figure can be made, in order of the promise and time."""
    related = ("target__agreement", "target__measure")
    return DirtyTarget.objects.exclude(failure="").select_related(*related).order_by("target__name", "period_start")


def list_failures(*, target_ids: Iterable[int]) -> list[DirtyTarget]:
    """Those of the targets."""
    return list(failed_periods().filter(target_id__in=set(target_ids)))


def why_not_up_to_date(*, reader: Membership, attainment: Attainment) -> str:
    """Why a figure is older than its facts, where it is; the business reads what was issued, so that it is not told."""
    if reader.is_business:
        return ""
    rows = failed_periods().filter(target_id=attainment.target_id, period_start=attainment.period_start)
    return next(iter(rows.values_list("failure", flat=True)[:1]), "")
