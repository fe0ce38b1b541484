"""Reviews of the tenants made from real data."""

from collections.abc import Iterable
from datetime import date, datetime

from demo.larkmoor.reviews import draft_by_workers
from portal.accounts.models import Membership, Role
from portal.tenancy.scope import Scope
from reporting.actions.editions import issue_review
from reporting.actions.layouts import accept_layout
from reporting.models import ServiceReview


def issue_months(scope: Scope, months: Iterable[date], slug: str, now: datetime) -> None:
    """The workers draft a unit's review of these months, oldest first; the service level manager issues them, and the
    head of the unit accepts their layout.
    """
    with scope():
        manager = Membership.objects.get(role=Role.SERVICE_LEVEL_MANAGER)
    for month in months:
        draft_by_workers(scope, month, [slug])
        with scope():
            review = ServiceReview.objects.get(month=month, business_unit__slug=slug)
            issue_review(review=review, by=manager, now=now)
    with scope():
        head = Membership.objects.get(role=Role.BUSINESS_UNIT_HEAD, title=review.business_unit.name[:120])
        accept_layout(layout=review.report_agreement, by=head, now=now)
