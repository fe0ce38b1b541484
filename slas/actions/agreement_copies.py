"""A new agreement begins as the copy of another one, for another customer."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import Membership
from slas.actions.agreements import AgreementDetails, create_agreement
from slas.models import Agreement


@transaction.atomic
def copy_agreement(*, agreement: Agreement, details: AgreementDetails, by: Membership, now: datetime) -> Agreement:
    """A draft of version 1 with the promises and duties of another agreement, which stays as it is.

    Days that belong to the other agreement are not taken along, nor who does a duty: they are said anew.
    """
    copy = create_agreement(details=details, by=by, now=now)
    for target in agreement.targets.order_by("pk"):
        target.pk, target.agreement = None, copy
        target.starts_on = target.ends_on = None
        target.save(force_insert=True)
    for duty in agreement.obligations.order_by("pk"):
        duty.pk, duty.agreement, duty.owner = None, copy, None
        duty.due_on = duty.done_on = None
        duty.save(force_insert=True)
    return copy
