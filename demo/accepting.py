"""Agreements and layouts of the demo are accepted as people accept them: by name, on both sides, with a fingerprint."""

from datetime import datetime

from portal.accounts.models import Membership
from slas.actions.agreements import accept_agreement, start_agreement
from slas.models import Agreement


def put_in_force(agreement: Agreement, *, head: Membership, manager: Membership, now: datetime) -> None:
    """Both sides accept a draft, and it is put in force.

    The head accepts for a business unit; the service level manager for IT, and writes down who did for teams and
    suppliers.
    """
    for party in (agreement.customer, agreement.provider):
        by = head if party.business_unit_id else manager
        is_written_down = party.kind in ("team", "supplier")
        accept_agreement(
            agreement=agreement,
            party=party,
            by=by,
            name=party.name if is_written_down else by.user.name,
            role=party.get_kind_display() if is_written_down else by.get_role_display(),
            now=now,
        )
    start_agreement(agreement=agreement, by=manager, now=now)
