"""What a draft covers is written line by line."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from portal.accounts.models import Membership
from portal.audit.actions import record
from slas.actions.agreements import change_draft
from slas.errors.agreements import ScopeLineThere, ScopeNeedsUnit
from slas.models import Agreement, AgreementKind, AgreementScope
from slas.queries.agreement_terms import list_scope


@transaction.atomic
def save_scope(*, line: AgreementScope, by: Membership, now: datetime) -> AgreementScope:
    """Write a line into its draft: a service, or one offering of it, for a unit.

    Refuses with AgreementOnOffer, AgreementNotDraft, ScopeNeedsUnit and ScopeLineThere.
    """
    draft = change_draft(agreement=line.agreement)
    check_lines(agreement=draft, lines=[*list_scope(agreement=draft).exclude(pk=line.pk), line])
    line.save()
    record(act="scope.saved", actor_id=by.user_id, at=now, subject=str(draft), service=line.service.name)
    return line


def check_lines(*, agreement: Agreement, lines: Sequence[AgreementScope]) -> None:
    """What a version covers can be written so: each line once, no level beside all of its service, and to a unit where
    a unit is promised something.

    Refuses with ScopeNeedsUnit and ScopeLineThere.
    """
    there = set()
    whole = {(line.service_id, line.business_unit_id) for line in lines if line.offering_id is None}
    for line in lines:
        if agreement.kind == AgreementKind.SLA and line.business_unit_id is None:
            raise ScopeNeedsUnit
        same = (line.service_id, line.offering_id, line.business_unit_id)
        is_part = line.offering_id is not None and (line.service_id, line.business_unit_id) in whole
        if same in there or is_part:
            raise ScopeLineThere(service=line.service.name)
        there.add(same)


@transaction.atomic
def remove_scope(*, line: AgreementScope, by: Membership, now: datetime) -> None:
    """Take a line out of its draft. Refuses with AgreementOnOffer and AgreementNotDraft."""
    draft = change_draft(agreement=line.agreement)
    record(act="scope.removed", actor_id=by.user_id, at=now, subject=str(draft), service=line.service.name)
    line.delete()
