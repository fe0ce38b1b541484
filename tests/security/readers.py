"""Everybody who may ask for an address: each role in the unit of the rows, outsiders, a stranger, and nobody."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.test import Client

from portal.accounts.actions.tokens import create_token
from portal.accounts.models import BusinessUnit, Membership, Role
from portal.accounts.policies import SCOPES
from portal.tenancy.middleware import ENTERED
from portal.tenancy.models import Tenant
from portal.tenancy.scope import tenant_scope
from tests import factories
from tests.security.routes import Route

# The letter of each reader in the table of access; a small one is that role in another business unit of the tenant.
LETTERS: dict[str, str] = {
    "A": Role.ADMINISTRATOR,
    "M": Role.SERVICE_LEVEL_MANAGER,
    "O": Role.SERVICE_OWNER,
    "H": Role.BUSINESS_UNIT_HEAD,
    "B": Role.BUSINESS_MEMBER,
    "U": Role.AUDITOR,
}
OUTSIDERS = ("h", "b")
STRANGER, NOBODY = "stranger", "nobody"


class Reader:
    """One person with a browser, and with a program that holds a token of theirs."""

    def __init__(self, membership: Membership | None, key: str = "") -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self.browser, self.program = Client(), Client(headers=headers)
        if membership is not None:
            self.browser.force_login(membership.user)
            session = self.browser.session
            session[ENTERED] = [membership.tenant_id]
            session.save()

    def ask(self, route: Route, method: str, path: str, data: Mapping[str, str] | None = None) -> Any:
        """The answer at an address, asked as its readers do."""
        return getattr(self.program if route.is_api else self.browser, method)(path, data)


def make_reader(role: str, unit: BusinessUnit, scopes: Sequence[str] = tuple(SCOPES)) -> Reader:
    """A member of the tenant in force, who belongs to that unit, with a token of all scopes unless it is said."""
    member = factories.make_member(role=role, units=[unit])
    administrator = factories.make_member(role=Role.ADMINISTRATOR)
    now = datetime.now(UTC)
    _, key = create_token(membership=member, name=role, scopes=list(scopes), days=30, by=administrator, now=now)
    return Reader(member, key)


def make_readers(tenant: Tenant, unit: BusinessUnit, elsewhere: BusinessUnit, stranger: Tenant) -> Mapping[str, Reader]:
    """All readers of rows that belong to `unit`, by letter or by name."""
    with tenant_scope(tenant.pk):
        readers = {letter: make_reader(role, unit) for letter, role in LETTERS.items()}
        readers |= {letter: make_reader(LETTERS[letter.upper()], elsewhere) for letter in OUTSIDERS}
    with tenant_scope(stranger.pk):
        readers[STRANGER] = make_reader(Role.SERVICE_LEVEL_MANAGER, factories.make_unit())
    return readers | {NOBODY: Reader(None)}


class Undone(Exception):
    """Takes back what a request did, so that the next finds the same rows."""


def told(reader: Reader, route: Route, method: str, path: str, data: Mapping[str, str] | None = None) -> Any:
    """The answer at an address; nothing of what it did stays."""
    try:
        with transaction.atomic():
            answer = reader.ask(route, method, path, data)
            raise Undone
    except Undone:
        return answer
