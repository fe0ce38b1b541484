"""Goals of the business, and which services serve them."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from catalog.errors import ContributionTwice, GoalHalfSaid, GoalInCircle, GoalUnmeasured
from catalog.models import BusinessGoal, ContributionLink, GoalValue, Service
from catalog.queries.slugs import find_free_slug
from portal.accounts.models import BusinessUnit, Membership
from portal.audit.actions import record
from portal.tenancy.models import Tenant
from portal.tenancy.scope import required_tenant_id


@dataclass(frozen=True, slots=True)
class GoalDetails:
    """What a unit (None: the whole company) wants to reach, until when, and who answers for it.

    Under which goal it stands, how people measure it, and from which value to which one it is to go.
    """

    name: str
    short_name: str
    business_unit: BusinessUnit | None = None
    owner: Membership | None = None
    due_on: date | None = None
    position: int = 0
    parent: BusinessGoal | None = None
    measured_as: str = ""
    value_unit: str = ""
    start_value: Decimal | None = None
    target_value: Decimal | None = None


@transaction.atomic
def create_goal(*, details: GoalDetails) -> BusinessGoal:
    """A new goal. Refuses with GoalHalfSaid."""
    return _write(BusinessGoal(slug=find_free_slug(model=BusinessGoal, name=details.short_name)), details)


@transaction.atomic
def edit_goal(*, goal: BusinessGoal, details: GoalDetails) -> BusinessGoal:
    """Change what is said about a goal; its address stays. Refuses with GoalInCircle and GoalHalfSaid."""
    return _write(goal, details)


@transaction.atomic
def say_goal_value(
    *, goal: BusinessGoal, on: date, value: Decimal, note: str, by: Membership, now: datetime
) -> GoalValue:
    """Where the goal stands on a day; said again for the same day it takes the place of that word.

    Refuses with GoalUnmeasured while nobody has said from which value to which one it goes.
    """
    if goal.target_value is None:
        raise GoalUnmeasured(goal=goal.short_name)
    said, _is_new = GoalValue.objects.update_or_create(
        goal=goal, on=on, defaults={"value": value, "note": note, "said_by": by}
    )
    record(act="goal.counted", actor_id=by.user_id, at=now, subject=f"{goal.short_name}: {value} {goal.value_unit}")
    return said


@transaction.atomic
def add_contribution(*, goal: BusinessGoal, service: Service, how: str) -> ContributionLink:
    """A service serves a goal, in so many words. Refuses with ContributionTwice."""
    if goal.contributions.filter(service=service).exists():
        raise ContributionTwice(service=service)
    return ContributionLink.objects.create(goal=goal, service=service, how=how)


@transaction.atomic
def remove_contribution(*, contribution: ContributionLink) -> ContributionLink:
    """The service no longer serves the goal."""
    contribution.delete()
    return contribution


def _write(goal: BusinessGoal, details: GoalDetails) -> BusinessGoal:
    if (details.start_value is None) != (details.target_value is None):
        raise GoalHalfSaid
    _refuse_circle(goal, details.parent)
    for field in fields(details):
        setattr(goal, field.name, getattr(details, field.name))
    goal.save()
    return goal


def _refuse_circle(goal: BusinessGoal, parent: BusinessGoal | None) -> None:
    """Held by the database too (`keep_tree`); here the way round is named.

    Holds the tenant's row, so that two who move goals at once do so one after the other.
    """
    if parent is None or goal.pk is None:
        return
    Tenant.objects.select_for_update(no_key=True).get(pk=required_tenant_id())
    above = {each.pk: each for each in BusinessGoal.objects.only("pk", "parent_id", "short_name")}
    path, at = [goal.short_name], above.get(parent.pk)
    while at is not None:
        path.append(at.short_name)
        if at.pk == goal.pk:
            raise GoalInCircle(path=" – ".join(path))
        at = above.get(at.parent_id or 0)
