"""Members: their role, their business units, and whether they may still enter."""

from collections.abc import Collection

from django.db import transaction

from portal.accounts.errors import LastAdministrator, UnitNeeded
from portal.accounts.models import BUSINESS_ROLES, BusinessUnit, Membership, MembershipUnit, Role


@transaction.atomic
def change_member(
    *, member: Membership, role: str, title: str, units: Collection[BusinessUnit], is_active: bool
) -> Membership:
    """Give a member a role, units and access; in force at their next request, because each request asks again.

    Only business roles have units; others see all of them. Refuses with UnitNeeded and LastAdministrator.
    """
    refuse_missing_units(role=role, units=units)
    administrators = Membership.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True)
    others = [other for other in administrators.order_by("id") if other.pk != member.pk]
    stays = role == Role.ADMINISTRATOR and is_active
    if member.role == Role.ADMINISTRATOR and member.is_active and not stays and not others:
        raise LastAdministrator(name=member.user.name)
    Membership.objects.filter(pk=member.pk).update(role=role, title=title, is_active=is_active)
    set_units(member=member, units=units if role in BUSINESS_ROLES else [])
    member.refresh_from_db()
    return member


def refuse_missing_units(*, role: str, units: Collection[BusinessUnit]) -> None:
    """Refuses with UnitNeeded when a business role has no unit to speak for."""
    if role in BUSINESS_ROLES and not units:
        raise UnitNeeded(role=Role(role).label.lower())


@transaction.atomic
def set_units(*, member: Membership, units: Collection[BusinessUnit]) -> None:
    """The business units that a member belongs to: these and no others."""
    member.unit_links.exclude(business_unit__in=units).delete()
    MembershipUnit.objects.bulk_create(
        (MembershipUnit(membership=member, business_unit=unit) for unit in units), ignore_conflicts=True
    )
