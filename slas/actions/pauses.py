"""Who agreed to a pause that was entered afterwards is said by one person and counts when a second one approves it."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from portal.accounts.models import Membership
from slas.actions.batches import enter_fact
from slas.models import CasePause, FactBatch, Measure
from slas.queries.pauses import stored_case


@transaction.atomic
def bring_approval(
    *, measure: Measure, pause: CasePause, approved_by: str, why: str, by: Membership, now: datetime
) -> FactBatch:
    """The case of the pause, as it is stored and with who agreed to it, waits for a second person."""
    case = stored_case(pause=pause)
    place = (pause.started_at, pause.reason)
    pauses = tuple(replace(each, approved_by=approved_by) if each.place == place else each for each in case.pauses)
    return enter_fact(measure=measure, row=replace(case, pauses=pauses), by=by, reason=why, now=now)
