"""What business units need or want changed, and IT's answers."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from catalog.models import Need, NeedOutcome
from portal.accounts.models import Membership
from portal.accounts.queries import list_visible_units

OVERDUE = "overdue"
WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class NeedWanted:
    """What of the needs is asked for: states, units by their addresses, and words; empty means all."""

    states: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    words: str = ""


def list_needs(*, reader: Membership) -> QuerySet[Need]:
    """The needs of the units that the reader sees: open ones first by their due date, then the latest answers."""
    needs = Need.objects.select_related(
        "business_unit", "service", "raised_by__user", "answered_by__user", "proposal", "tenant"
    )
    if reader.is_business:
        needs = needs.filter(business_unit__in=list_visible_units(reader=reader).order_by())
    return needs.order_by(F("answered_at").desc(nulls_first=True), "answer_due_on", "pk")


def narrow(*, needs: QuerySet[Need], wanted: NeedWanted, today: date) -> QuerySet[Need]:
    """Of these needs, those that are asked for."""
    if wanted.states:
        needs = needs.filter(_in_states(wanted.states, today))
    if wanted.units:
        needs = needs.filter(business_unit__slug__in=wanted.units)
    if wanted.words:
        needs = needs.filter(Q(text__icontains=wanted.words) | Q(answer__icontains=wanted.words))
    return needs


def count_states(*, needs: QuerySet[Need], today: date) -> dict[str, int]:
    """How many needs are in each state, in one question."""
    states = [WAITING, OVERDUE, *(value for value in NeedOutcome.values if value)]
    each = {f"n_{state}": Count("pk", filter=_in_states({state}, today)) for state in states}
    found = needs.order_by().aggregate(**each)
    return {state: found[f"n_{state}"] for state in states}


def get_need(*, reader: Membership, need_id: int) -> Need:
    """One need.

    Raises Need.DoesNotExist for a need of another unit.
    """
    return list_needs(reader=reader).get(pk=need_id)


def _in_states(states: frozenset[str] | set[str], today: date) -> Q:
    """What waits is in time or overdue; both are open."""
    found = Q(outcome__in=[state for state in states if state in NeedOutcome.values and state])
    if WAITING in states:
        found |= Q(outcome=NeedOutcome.OPEN, answer_due_on__gte=today)
    if OVERDUE in states:
        found |= Q(outcome=NeedOutcome.OPEN, answer_due_on__lt=today)
    return found
