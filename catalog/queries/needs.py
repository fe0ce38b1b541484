"""What business units need or want changed, and IT's answers."""

from django.db.models import F, QuerySet

from catalog.models import Need
from portal.accounts.models import Membership
from portal.accounts.queries import list_visible_units


def list_needs(*, reader: Membership) -> QuerySet[Need]:
    """The needs of the units that the reader sees: open ones first by their due date, then the latest answers."""
    needs = Need.objects.select_related("business_unit", "service", "raised_by__user", "answered_by__user")
    if reader.is_business:
        needs = needs.filter(business_unit__in=list_visible_units(reader=reader))
    return needs.order_by(F("answered_at").desc(nulls_first=True), "answer_due_on", "pk")


def get_need(*, reader: Membership, need_id: int) -> Need:
    """One need.

    Raises Need.DoesNotExist for a need of another unit.
    """
    return list_needs(reader=reader).get(pk=need_id)
