"""The register is kept: raised, sized, given to somebody, moved from state to state, proven or not."""

from dataclasses import dataclass
from datetime import date, datetime

import pghistory
from django.db import transaction
from django.db.models import Max

from catalog.models import BusinessGoal, Service
from improvement.errors import (
    ConfirmedByBusiness,
    ImprovementClosed,
    MovedByIT,
    MoveInFuture,
    OwnerMissing,
    StateOutOfOrder,
)
from improvement.models import PROMISED, ImprovementOpportunity, ImprovementState
from improvement.queries import CLOSED, MOVES, list_next_states
from portal.accounts.models import BusinessUnit, Membership
from portal.audit.actions import record
from portal.tenancy.models import Tenant
from portal.tenancy.scope import required_tenant_id

State = ImprovementState


@dataclass(frozen=True, slots=True)
class OpportunityDetails:
    """What could be better, what the business will notice, where it comes from, and what it is about."""

    title: str
    why: str
    notice: str = ""
    business_unit: BusinessUnit | None = None
    service: Service | None = None
    goal: BusinessGoal | None = None


@dataclass(frozen=True, slots=True)
class InitiativeDetails:
    """Who does it, how large it is, how soon it should be done, and by when."""

    owner: Membership | None
    size: str
    priority: int
    due_on: date | None


@transaction.atomic
def raise_opportunity(*, details: OpportunityDetails, by: Membership, now: datetime) -> ImprovementOpportunity:
    """Put an opportunity into the register under the next number."""
    Tenant.objects.select_for_update(no_key=True).get(pk=required_tenant_id())  # two at once get two numbers
    highest = ImprovementOpportunity.objects.aggregate(highest=Max("number"))["highest"] or 0
    improvement = ImprovementOpportunity(number=highest + 1, raised_by=by, raised_at=now, state=State.OPPORTUNITY)
    _write(improvement, details)
    record(act="improvement.raised", actor_id=by.user_id, at=now, subject=str(improvement))
    return improvement


@transaction.atomic
def edit_improvement(
    *, improvement: ImprovementOpportunity, details: OpportunityDetails, initiative: InitiativeDetails
) -> ImprovementOpportunity:
    """Change what is said about it, its owner, size, priority and date.

    Refuses with ImprovementClosed, and with OwnerMissing when something agreed would lose its owner or date.
    """
    current = _locked(improvement)
    current.owner, current.size = initiative.owner, initiative.size
    current.priority, current.due_on = initiative.priority, initiative.due_on
    if current.state in PROMISED:
        _require_owner(current)
    return _write(current, details)


@transaction.atomic
def move_improvement(
    *, improvement: ImprovementOpportunity, to_state: str, on: date, reason: str, by: Membership, today: date
) -> ImprovementOpportunity:
    """The next state, from a day, with a reason that the history keeps.

    Work is done on the day on which measuring begins, and no longer done when it is taken up again. Whether it helped
    is confirmed by the business, all the rest is for IT to say. Refuses with ImprovementClosed, StateOutOfOrder,
    ConfirmedByBusiness, MovedByIT, MoveInFuture and OwnerMissing.
    """
    current = _locked(improvement)
    allowed = MOVES[current.state]
    if to_state not in allowed:
        raise StateOutOfOrder(
            improvement=current.title,
            from_state=State(current.state).label,
            to_state=State(to_state).label,
            allowed=", ".join(str(state.label) for state in allowed),
        )
    if to_state not in list_next_states(improvement=current, by=by):
        refused = ConfirmedByBusiness if to_state == State.CONFIRMED else MovedByIT
        raise refused(improvement=current.title)
    if on > today:
        raise MoveInFuture(on=f"{on:%-d %B %Y}")
    if to_state in PROMISED:
        _require_owner(current)
    current.state = to_state
    if to_state == State.MEASURING:
        current.done_on = on
    elif to_state == State.IN_PROGRESS:
        current.done_on = None
    if to_state in CLOSED:
        current.closed_on = on
    with pghistory.context(reason=reason):
        current.save(update_fields=["state", "done_on", "closed_on"])
    return current


def _locked(improvement: ImprovementOpportunity) -> ImprovementOpportunity:
    current = ImprovementOpportunity.objects.select_for_update().get(pk=improvement.pk)
    if current.state in CLOSED:
        raise ImprovementClosed(improvement=current.title)
    return current


def _require_owner(improvement: ImprovementOpportunity) -> None:
    if improvement.owner_id is None or improvement.due_on is None:
        raise OwnerMissing(improvement=improvement.title)


def _write(improvement: ImprovementOpportunity, details: OpportunityDetails) -> ImprovementOpportunity:
    improvement.title, improvement.why, improvement.notice = details.title, details.why, details.notice
    improvement.business_unit, improvement.service = details.business_unit, details.service
    improvement.goal = details.goal
    improvement.save()
    return improvement
