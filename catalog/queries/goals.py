"""Goals of the business and the services that serve them."""

from django.db.models import Count, Q, QuerySet

from catalog.models import BusinessGoal, ContributionLink
from catalog.queries.services import list_visible_services
from portal.accounts.models import Membership
from portal.accounts.queries import list_visible_units


def list_goals(*, reader: Membership) -> QuerySet[BusinessGoal]:
    """The goals of the reader's units and of the whole company; all goals for IT, auditor and administrator.

    Each with how many services serve it, of those that the reader may see.
    """
    goals = BusinessGoal.objects.select_related("business_unit", "owner__user")
    if reader.is_business:
        goals = goals.filter(Q(business_unit__isnull=True) | Q(business_unit__in=list_visible_units(reader=reader)))
    seen = Count("contributions", filter=Q(contributions__service__in=list_visible_services(reader=reader)))
    return goals.annotate(service_count=seen).order_by("position", "name")


def get_goal(*, reader: Membership, slug: str) -> BusinessGoal:
    """One visible goal.

    Raises BusinessGoal.DoesNotExist for a goal of another unit.
    """
    return list_goals(reader=reader).get(slug=slug)


def list_above(*, reader: Membership, goal: BusinessGoal) -> list[BusinessGoal]:
    """The goals over a goal, the largest first, as far as the reader may see them."""
    seen = {each.pk: each for each in list_goals(reader=reader)}
    found: list[BusinessGoal] = []
    at = seen.get(goal.parent_id or 0)
    while at is not None and at not in found:
        found.insert(0, at)
        at = seen.get(at.parent_id or 0)
    return found


def list_contributions(*, reader: Membership, goal: BusinessGoal) -> QuerySet[ContributionLink]:
    """The services that serve a goal, as far as the reader may see them."""
    services = list_visible_services(reader=reader)
    return goal.contributions.filter(service__in=services).select_related("service").order_by("service__name")


def get_contribution(*, goal: BusinessGoal, contribution_id: int) -> ContributionLink:
    """One line under a goal.

    Raises ContributionLink.DoesNotExist for a line of another goal.
    """
    return goal.contributions.get(pk=contribution_id)
