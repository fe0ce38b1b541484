"""Makers of rows for tests; each is valid on its own and takes what a test cares about."""

from itertools import count
from typing import Any

from portal.accounts.models import BusinessUnit, Membership, MembershipUnit, Role, User
from portal.tenancy.models import Tenant

_numbers = count(1)


def make_tenant(**fields: Any) -> Tenant:
    number = next(_numbers)
    return Tenant.objects.create(
        **{"slug": f"tenant-{number}", "name": f"Tenant {number}", "provider_name": f"IT {number}"} | fields
    )


def make_user(**fields: Any) -> User:
    number = next(_numbers)
    return User.objects.create(**{"email": f"person{number}@example.org", "name": f"Person {number}"} | fields)


def make_unit(**fields: Any) -> BusinessUnit:
    number = next(_numbers)
    return BusinessUnit.objects.create(**{"slug": f"unit-{number}", "name": f"Unit {number}"} | fields)


def make_member(*, role: str = Role.SERVICE_LEVEL_MANAGER, units: Any = (), **fields: Any) -> Membership:
    """A person in the tenant in force, with the business units that they belong to."""
    membership = Membership.objects.create(role=role, **{"user": fields.pop("user", None) or make_user()} | fields)
    MembershipUnit.objects.bulk_create(MembershipUnit(membership=membership, business_unit=unit) for unit in units)
    return membership
