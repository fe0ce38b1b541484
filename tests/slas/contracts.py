"""An underpinning contract before a supplier without users, and what it is signed by."""

import re
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from slas.actions import signing as actions
from slas.actions.agreement_states import accept_agreement, propose_agreement
from slas.models import AgreementState, PartyKind
from slas.queries.signed_text import fingerprint_of
from tests.slas import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
PAGE = "/t/larkmoor/agreements/payments/v1/"
SIGNED = {"name": "Ada Quill", "role": "Account manager", "agrees": "on"}


def make_contract(manager):
    """An underpinning contract on offer, which the provider has signed."""
    customer = factories.make_party(name="Larkmoor IT")
    supplier = factories.make_party(kind=PartyKind.SUPPLIER, name="Paywell")
    made = factories.make_agreement(
        slug="payments", name="Payment contract", customer=customer, provider=supplier, kind="contract",
        state=AgreementState.DRAFT, starts_on=date(2026, 12, 1),
    )  # fmt: skip
    factories.make_target(agreement=made, slug="pay", name="Payments are taken", sentence="99.5 % of all hours")
    propose_agreement(agreement=made, by=manager, now=NOW)
    signed = {"party": customer, "by": manager, "name": manager.user.name, "role": "Manager"}
    accept_agreement(agreement=made, read=fingerprint_of(agreement=made), now=NOW, **signed)
    made.refresh_from_db()
    return made


def make_contact(contract, manager):
    fields = {"name": "Ada Quill", "role": "Account manager", "email": "Ada@Paywell.example"}
    return actions.add_contact(party=contract.provider, by=manager, now=NOW, **fields)


def make_link(contract, contact, manager, **instead):
    """The path of a link that was sent."""
    wanted = {"agreement": contract, "contact": contact, "days": 14, "by": manager, "now": NOW} | instead
    return urlsplit(actions.ask_for_signature(tenant=contract.tenant, **wanted).url).path


def words_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("&nbsp;", " ")
