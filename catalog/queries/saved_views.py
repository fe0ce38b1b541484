"""Views of the catalogue that a person keeps, and those that their own side shares."""

from django.db.models import F, Q, QuerySet

from catalog.models import SavedView
from portal.accounts.models import BUSINESS_ROLES, Membership
from portal.accounts.queries import list_visible_units


def list_saved_views(*, reader: Membership) -> QuerySet[SavedView]:
    """The reader's own views, then those that others of their side share: of IT, or of the business of their units."""
    shared = Q(is_shared=True)
    if reader.is_business:
        units = list_visible_units(reader=reader).values("pk")
        shared &= Q(owner__role__in=BUSINESS_ROLES, owner__unit_links__business_unit__in=units)
    else:
        shared &= ~Q(owner__role__in=BUSINESS_ROLES)
    rows = SavedView.objects.filter(Q(owner=reader) | shared).distinct()
    is_own = Q(owner=reader)
    return rows.annotate(is_own=is_own).select_related("owner__user").order_by(F("is_own").desc(), "name", "pk")


def get_own_view(*, reader: Membership, view_id: int) -> SavedView:
    """One of the reader's own.

    Raises SavedView.DoesNotExist for a view of somebody else, also for one that is shared.
    """
    return SavedView.objects.get(owner=reader, pk=view_id)
