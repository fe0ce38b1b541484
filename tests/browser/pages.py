"""Every address of the URLconf, which of them are pages, and as whom each is looked at: taken from the resolver."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

HEAD, MEMBER, MANAGER, OWNER = "Ines Calder", "Rowan Tessaly", "Pavel Orsin", "Maia Lindqvar"
ADMINISTRATOR, AUDITOR, GUEST = "Greta Holloway", "Noor Adeyemi", ""
# Who looks at a page, by the start of its name, the longest that fits; everything else the service level manager.
READERS = {
    "account_": GUEST,
    "account_change_password": HEAD,
    "account_logout": HEAD,
    "account_reauthenticate": HEAD,
    "account_set_password": HEAD,
    "audit_": AUDITOR,
    "batch_errors": OWNER,
    "channel_": HEAD,
    "clause_": HEAD,
    "context_request_detail": MEMBER,
    "conversation_": HEAD,
    "edition_detail": HEAD,
    "edition_verify": GUEST,
    "export_month": ADMINISTRATOR,
    "feedback_": HEAD,
    "figure_detail": HEAD,
    "figure_proof": AUDITOR,
    "history_": AUDITOR,
    "forecast_calibration": ADMINISTRATOR,
    "home": HEAD,
    "impact_edit": HEAD,
    "layout_counter": HEAD,
    "mail_choices": HEAD,
    "mail_off": GUEST,
    "invitation_": ADMINISTRATOR,
    "invitation_accept": GUEST,
    "member_": ADMINISTRATOR,
    "need_raise": HEAD,
    "notification_list": HEAD,
    "obligation_done": MEMBER,
    "process_": HEAD,
    "proposal_detail": HEAD,
    "pulse_detail": HEAD,
    "report_agreement": HEAD,
    "review_detail": HEAD,
    "review_list": HEAD,
    "review_reserve": HEAD,
    "service_detail": HEAD,
    "service_list": HEAD,
    "sign_": GUEST,
    "token_": ADMINISTRATOR,
    "unit_": ADMINISTRATOR,
}
# Addresses of the library for accounts that the portal does not offer, and why.
NOT_OFFERED = {
    "account_confirm_email": "addresses are confirmed by the invitation",
    "account_confirm_login_code": "signing in asks for a password",
    "account_email": "an address is changed by a new invitation",
    "account_email_verification_sent": "addresses are confirmed by the invitation",
}
PARAMETER = re.compile(r"(?:([\w-]+)/)?[\w-]*<(?:\w+:)?(\w+)>")  # <slug:unit>, and (?P<key>...)


@dataclass(frozen=True)
class Address:
    """One line of the URLconf."""

    name: str
    route: str
    view: Callable[..., Any]

    @property
    def reader(self) -> str:
        """The demo person who looks at it; nobody for pages before signing in."""
        fitting = [start for start in READERS if self.name.startswith(start)]
        return READERS[max(fitting, key=len)] if fitting else MANAGER

    def path(self, rows: Mapping[str, Any]) -> str:
        """The address with its parameters from real rows.

        A row is known by the word before the parameter and its name, `services/slug`, and for one view alone by
        `<view>:<parameter>`. Raises KeyError with what is missing.
        """
        found = {}
        for noun, parameter in PARAMETER.findall(self.route):
            own, usual = f"{self.name}:{parameter}", f"{noun}/{parameter}" if noun else parameter
            found[parameter] = rows[own] if own in rows else rows[usual]
        return reverse(self.name, kwargs=found)


def addresses() -> list[Address]:
    """All addresses that have a name, in the order of the URLconf; each name once."""
    found = {address.name: address for address in _walk(get_resolver().url_patterns, "") if address.name}
    return list(found.values())


def pages() -> list[Address]:
    """The addresses that a browser can be pointed at: those that answer GET, without the API for machines."""
    return [each for each in addresses() if "/api/" not in each.route and answers_get(each.view)]


def is_offered(address: Address) -> bool:
    """Whether the portal shows something there."""
    return address.name not in NOT_OFFERED


def answers_get(view: Callable[..., Any]) -> bool:
    """Whether a view takes GET: a view that only takes POST was decorated so."""
    current: Any = view
    while current is not None:
        allowed = inspect.getclosurevars(current).nonlocals.get("request_method_list")
        if allowed is not None and "GET" not in allowed:
            return False
        current = getattr(current, "__wrapped__", None)
    return True


def _walk(patterns: Iterable[Any], before: str) -> Iterator[Address]:
    for pattern in patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield Address(pattern.name or "", route, pattern.callback)
        else:
            yield from _walk(pattern.url_patterns, route)
