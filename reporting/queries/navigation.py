"""The menu: one level, the business's or IT's; a number at a word is what waits for this reader."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from portal.accounts.models import Membership, Role
from portal.accounts.policies import can
from portal.tenancy.models import Tenant

BUSINESS = (
    ("Home", "home"),
    ("Reviews", "review_list"),
    ("Services", "service_list"),
    ("Agreements", "agreement_list"),
    ("Improvements", "improvement_list"),
    ("Talk", "conversation_list"),
)
IT = (("Workbench", "workbench"), *BUSINESS[1:], ("Measures", "measure_list"))
PEOPLE = ("People", "member_list")
AUDIT = ("Audit", "audit_list")


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A word of the menu, where it leads, and how many things wait there for the reader."""

    label: str
    url: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """The menu of one reader, and everything that waits for them."""

    entries: list[MenuEntry]
    waiting_count: int
    waiting_url: str
    search_url: str


def get_menu(*, membership: Membership, tenant: Tenant, path: str) -> Menu:
    """The words that this role needs, with the one of the present page marked."""
    words = list(BUSINESS if membership.is_business or membership.role == Role.AUDITOR else IT)
    if can(membership, "member.manage"):
        words.append(PEOPLE)
    if can(membership, "audit.read"):
        words.append(AUDIT)
    waiting: dict[str, int] = {}
    entries = []
    for label, name in words:
        try:
            url = reverse(name, kwargs={"tenant": tenant.slug})
        except NoReverseMatch:
            continue
        is_home = name in ("home", "workbench")
        current = path == url if is_home else path.startswith(url)
        entries.append(MenuEntry(label, url, waiting.get(name, 0), current))
    return Menu(entries, sum(waiting.values()), "", "")
