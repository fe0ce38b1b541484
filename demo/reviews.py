"""Reviews of the tenants made from real data."""

from collections.abc import Iterable
from datetime import date, datetime

from demo.larkmoor.reviews import draft_by_workers
from portal.accounts.models import BusinessUnit, Membership, Role
from portal.tenancy.scope import Scope
from reporting.actions.editions import issue_review
from reporting.models import ServiceReview


def issue_months(scope: Scope, months: Iterable[date], now: datetime) -> None:
    """The workers draft each unit's review of these months, oldest first; the service level manager issues them."""
    with scope():
        slugs = list(BusinessUnit.objects.order_by("slug").values_list("slug", flat=True))
        manager = Membership.objects.get(role=Role.SERVICE_LEVEL_MANAGER)
    for month in months:
        draft_by_workers(scope, month, slugs)
        with scope():
            for review in ServiceReview.objects.filter(month=month).order_by("business_unit__slug"):
                issue_review(review=review, by=manager, now=now)
