"""Goals of the business, and which services serve them."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from catalog.errors import ContributionTwice
from catalog.models import BusinessGoal, ContributionLink, Service
from catalog.queries.slugs import find_free_slug
from portal.accounts.models import BusinessUnit, Membership


@dataclass(frozen=True, slots=True)
class GoalDetails:
    """What a unit (None: the whole company) wants to reach, until when, and who answers for it."""

    name: str
    short_name: str
    business_unit: BusinessUnit | None = None
    owner: Membership | None = None
    due_on: date | None = None
    position: int = 0


@transaction.atomic
def create_goal(*, details: GoalDetails) -> BusinessGoal:
    """A new goal."""
    return _write(BusinessGoal(slug=find_free_slug(model=BusinessGoal, name=details.short_name)), details)


@transaction.atomic
def edit_goal(*, goal: BusinessGoal, details: GoalDetails) -> BusinessGoal:
    """Change what is said about a goal; its address stays."""
    return _write(goal, details)


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
    goal.name, goal.short_name, goal.position = details.name, details.short_name, details.position
    goal.business_unit, goal.owner, goal.due_on = details.business_unit, details.owner, details.due_on
    goal.save()
    return goal
