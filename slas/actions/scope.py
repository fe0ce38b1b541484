"""What a draft covers is written line by line."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import Membership
from portal.audit.actions import record
from slas.actions.agreements import change_draft
from slas.errors.agreements import ScopeLineThere, ScopeNeedsUnit
from slas.models import AgreementKind, AgreementScope


@transaction.atomic
def save_scope(*, line: AgreementScope, by: Membership, now: datetime) -> AgreementScope:
    """Write a line into its draft: a service, or one offering of it, for a unit.

    Refuses with AgreementOnOffer, AgreementNotDraft, ScopeNeedsUnit and ScopeLineThere.
    """
    draft = change_draft(agreement=line.agreement)
    if draft.kind == AgreementKind.SLA and line.business_unit is None:
        raise ScopeNeedsUnit
    same = draft.scope.filter(service=line.service, offering=line.offering, business_unit=line.business_unit)
    if same.exclude(pk=line.pk).exists():
        raise ScopeLineThere(service=line.service.name)
    line.save()
    record(act="scope.saved", actor_id=by.user_id, at=now, subject=str(draft), service=line.service.name)
    return line


@transaction.atomic
def remove_scope(*, line: AgreementScope, by: Membership, now: datetime) -> None:
    """Take a line out of its draft. Refuses with AgreementOnOffer and AgreementNotDraft."""
    draft = change_draft(agreement=line.agreement)
    record(act="scope.removed", actor_id=by.user_id, at=now, subject=str(draft), service=line.service.name)
    line.delete()
