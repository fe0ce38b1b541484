"""Who is asking, and which business units they may see."""

from django.db.models import QuerySet

from portal.accounts.models import BusinessUnit, Membership
from portal.tenancy.scope import user_scope


def find_membership(*, user_id: int) -> Membership | None:
    """The active membership of an active user in the tenant in force, or None."""
    found = Membership.objects.filter(user_id=user_id, is_active=True, user__is_active=True).select_related("user")
    return found.first()  # at most one: a person is a member once


def list_own_memberships(*, user_id: int) -> list[Membership]:
    """The tenants that a signed-in person may enter; read outside each tenant by the row policy on own rows."""
    with user_scope(user_id):
        rows = Membership._base_manager.filter(user_id=user_id, is_active=True).select_related("tenant")
        return list(rows.order_by("tenant__name"))


def list_visible_units(*, reader: Membership) -> QuerySet[BusinessUnit]:
    """The business units that a member may see: their own for business roles, each for all others."""
    units = BusinessUnit.objects.order_by("name")
    if reader.is_business:
        return units.filter(member_links__membership=reader)
    return units


def get_unit(*, reader: Membership, slug: str) -> BusinessUnit:
    """One visible business unit.

    Raises BusinessUnit.DoesNotExist for a unit that the reader may not see.
    """
    return list_visible_units(reader=reader).get(slug=slug)
