"""A small cast for the tenants made from real data."""

from collections.abc import Iterable

from django.contrib.auth.hashers import make_password

from demo.larkmoor.names import PASSWORD
from portal.accounts.models import BusinessUnit, Membership, MembershipUnit, Role, User

CAST = (
    ("manager", "Robin Vale", Role.SERVICE_LEVEL_MANAGER, "Service level manager"),
    ("owner", "Kit Marlow", Role.SERVICE_OWNER, "Service owner"),
    ("auditor", "Noa Berg", Role.AUDITOR, "Auditor"),
    ("admin", "Ada Quill", Role.ADMINISTRATOR, "Tenant administrator"),
)
HEAD = ("head", "Sasha Reed", Role.BUSINESS_UNIT_HEAD)


def make_cast(domain: str, unit: BusinessUnit) -> dict[str, Membership]:
    """Five people of a tenant, by their part; the head speaks for the given unit."""
    hashed = make_password(PASSWORD)
    members = {}
    for part, name, role, title in (*CAST, (*HEAD, unit.name)):
        user = User.objects.create(email=f"{part}@{domain}.example", name=name, password=hashed)
        members[part] = Membership.objects.create(user=user, role=role, title=title[:120])
    MembershipUnit.objects.create(membership=members["head"], business_unit=unit)
    return members


def make_signer(domain: str, units: Iterable[BusinessUnit]) -> Membership:
    """One person who accepts agreements for all organisations of a tenant."""
    user = User.objects.create(email=f"signer@{domain}.example", name="Jo Lambert", password=make_password(PASSWORD))
    member = Membership.objects.create(user=user, role=Role.BUSINESS_UNIT_HEAD, title="Speaks for all organisations")
    MembershipUnit.objects.bulk_create(MembershipUnit(membership=member, business_unit=unit) for unit in units)
    return member
