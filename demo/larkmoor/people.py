"""The people of Larkmoor Foods and the business units they belong to."""

from django.contrib.auth.hashers import make_password

from demo.larkmoor.names import PASSWORD
from portal.accounts.models import BusinessUnit, Membership, MembershipUnit, Role, User

UNITS = (
    ("customer-orders", "Customer Orders"),
    ("finance", "Finance"),
    ("buying-and-supply", "Buying and Supply"),
    ("depots-and-delivery", "Depots and Delivery"),
    ("people", "People"),
    ("transport", "Transport"),
)
# name, role, how the person is introduced, units
PEOPLE = (
    ("Ines Calder", Role.BUSINESS_UNIT_HEAD, "Customer Orders", ("customer-orders",)),
    ("Rowan Tessaly", Role.BUSINESS_MEMBER, "Order desk", ("customer-orders",)),
    ("Pavel Orsin", Role.SERVICE_LEVEL_MANAGER, "Larkmoor IT", ()),
    ("Maia Lindqvar", Role.SERVICE_OWNER, "IT, ordering", ()),
    ("Dele Amundi", Role.SERVICE_OWNER, "IT, phones and networks", ()),
    ("Hanne Brook", Role.SERVICE_OWNER, "IT, prices and data", ()),
    ("Tam Redfern", Role.SERVICE_OWNER, "IT, depots and transport", ()),
    ("Sunniva Hale", Role.BUSINESS_UNIT_HEAD, "Finance", ("finance",)),
    ("Oskar Winterbourne", Role.BUSINESS_UNIT_HEAD, "Buying and Supply", ("buying-and-supply",)),
    ("Leona Farrow", Role.BUSINESS_UNIT_HEAD, "Depots and Delivery", ("depots-and-delivery",)),
    ("Mirek Sandell", Role.BUSINESS_UNIT_HEAD, "People", ("people",)),
    ("Abena Thorley", Role.BUSINESS_UNIT_HEAD, "Transport", ("transport",)),
    ("Greta Holloway", Role.ADMINISTRATOR, "Tenant administrator", ()),
    ("Noor Adeyemi", Role.AUDITOR, "Auditor", ()),
)


def email_of(name: str) -> str:
    """The demo address of a person."""
    return f"{name.lower().replace(' ', '.')}@larkmoor.example"


def make_people() -> tuple[dict[str, BusinessUnit], dict[str, Membership]]:
    """Units by slug and members by name, of the tenant in force."""
    units = {slug: BusinessUnit.objects.create(slug=slug, name=name) for slug, name in UNITS}
    hashed = make_password(PASSWORD)
    members = {}
    for name, role, title, slugs in PEOPLE:
        user = User.objects.create(email=email_of(name), name=name, password=hashed)
        members[name] = Membership.objects.create(user=user, role=role, title=title)
        for slug in slugs:
            MembershipUnit.objects.create(membership=members[name], business_unit=units[slug])
    return units, members
