"""The business says what an hour costs in which a step of its work stands still."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from catalog.actions.processes import remove_step
from catalog.errors import CountedByHour, StepCounted
from catalog.models import BusinessStep
from portal.accounts.models import Membership
from portal.audit.actions import record
from reporting.models import ImpactProfile, StandstillCost


@dataclass(frozen=True, slots=True)
class CostDetails:
    """What an hour costs, in minor units of the currency, and what that is made from."""

    low_minor: int
    likely_minor: int
    high_minor: int
    currency: str
    basis: str = ""


@transaction.atomic
def say_standstill(
    *, step: BusinessStep, details: CostDetails, by: Membership, on: date, now: datetime
) -> StandstillCost:
    """The word of this day; what was said on earlier days stays. Refuses with CountedByHour.

    A step whose work is counted hour by hour has its cost from there, so that there are never two.
    """
    BusinessStep.objects.select_for_update(no_key=True).get(pk=step.pk)
    if profile := ImpactProfile.objects.filter(step=step).select_related("service").order_by("-confirmed_on").first():
        raise CountedByHour(step=step, service=profile.service)
    said = {name: getattr(details, name) for name in details.__slots__}
    cost, _is_new = StandstillCost.objects.update_or_create(step=step, said_on=on, defaults=said | {"said_by": by})
    record(act="standstill.said", actor_id=by.user_id, at=now, subject=f"{step.process}: {step}")
    return cost


@transaction.atomic
def drop_step(*, step: BusinessStep, by: Membership, now: datetime) -> BusinessStep:
    """A step that is done no more. Refuses with StepCounted: what was counted of it stays the ground of figures."""
    BusinessStep.objects.select_for_update().get(pk=step.pk)
    if profile := ImpactProfile.objects.filter(step=step).select_related("service").order_by("-confirmed_on").first():
        raise StepCounted(step=step, service=profile.service)
    return remove_step(step=step, by=by, now=now)
