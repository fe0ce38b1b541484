"""From what was said or missed in a review to the register of improvements."""

from datetime import datetime

from django.db import transaction

from improvement.actions import OpportunityDetails, raise_opportunity
from improvement.models import ImprovementOpportunity
from portal.accounts.models import BusinessUnit, Membership
from portal.conversations.models import Comment
from reporting.models import Dispute, Figure, ImprovementOrigin


@transaction.atomic
def raise_improvement(
    *,
    business_unit: BusinessUnit,
    title: str,
    notice: str,
    by: Membership,
    now: datetime,
    figure: Figure | None = None,
    comment: Comment | None = None,
    dispute: Dispute | None = None,
) -> ImprovementOpportunity:
    """Put an opportunity into the register, with where it comes from: a figure, a comment or a dispute."""
    details = OpportunityDetails(
        title=title,
        why=_why(figure, comment, dispute),
        notice=notice,
        business_unit=business_unit,
        service=figure.target.service if figure and figure.target else None,
    )
    improvement = raise_opportunity(details=details, by=by, now=now)
    ImprovementOrigin.objects.create(improvement=improvement, figure=figure, comment=comment, dispute=dispute)
    return improvement


def _why(figure: Figure | None, comment: Comment | None, dispute: Dispute | None) -> str:
    if dispute is not None:
        return f"Dispute: {dispute.figure.name}"[:300]
    if figure is not None:
        return f"{'Missed promise' if figure.status == 'missed' else 'Figure'}: {figure.name}"[:300]
    return f"Comment by {comment.author.user.name}" if comment else ""
