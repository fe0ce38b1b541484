"""Agreements and layouts of the demo are accepted as people accept them: by name, on both sides, with a fingerprint."""

from datetime import UTC, datetime, time

from portal.accounts.models import Membership
from slas.actions.agreement_states import accept_agreement, begin_due_agreements, propose_agreement
from slas.actions.signing import ask_for_signature, sign_by_link
from slas.models import Agreement
from slas.queries.signed_text import fingerprint_of
from slas.queries.signing import list_contacts


def put_in_force(agreement: Agreement, *, head: Membership, manager: Membership, now: datetime) -> None:
    """Both sides agree on a draft, and its first day comes."""
    agree(agreement, head=head, manager=manager, now=now)
    first_day = datetime.combine(agreement.starts_on, time(23, 59), UTC)
    begin_due_agreements(now=max(now, first_day))


def agree(agreement: Agreement, *, head: Membership, manager: Membership, now: datetime) -> None:
    """A draft is proposed, and accepted by both sides.

    The head accepts for a business unit; a contact signs for a party that has one, by a one-time link; the service
    level manager accepts for IT, and writes down who did for others.
    """
    propose_agreement(agreement=agreement, by=manager, now=now)
    tenant, read = agreement.tenant, fingerprint_of(agreement=agreement)
    for party in agreement.sides:
        contact = next(iter(list_contacts(party=party)), None)
        if contact is not None:
            asked = ask_for_signature(agreement=agreement, contact=contact, days=14, tenant=tenant, by=manager, now=now)
            signer = {"name": contact.name, "role": contact.role}
            sign_by_link(request=asked.request, zone=tenant.time_zone, now=now, **signer)
            continue
        by = head if party.business_unit_id else manager
        is_written_down = party.kind in ("team", "supplier")
        accept_agreement(
            agreement=agreement,
            party=party,
            by=by,
            name=party.name if is_written_down else by.user.name,
            role=party.get_kind_display() if is_written_down else by.get_role_display(),
            read=read,
            now=now,
        )
