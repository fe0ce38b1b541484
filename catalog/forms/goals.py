"""What people fill in about goals and what serves them."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.actions.goals import GoalDetails
from catalog.forms.fields import DateField, MemberField, RowField, choose_from
from catalog.models import BusinessGoal
from catalog.queries import services as queries
from portal.accounts.models import Membership
from portal.accounts.queries import units_in_use


class GoalForm(forms.Form):
    """What the business wants to reach, in its own words."""

    name = forms.CharField(
        max_length=200, help_text=_("A sentence, for example “Take 68 % of orders online by March 2027”.")
    )
    short_name = forms.CharField(
        label=_("In short"), max_length=60, help_text=_("For lists, for example “68 % of orders online”.")
    )
    business_unit = RowField(label=_("Whose goal"), required=False, empty_label=_("The whole company’s"))
    owner = MemberField(label=_("Who answers for it"))
    due_on = DateField(label=_("By"), required=False)
    position = forms.IntegerField(min_value=0, max_value=999, initial=0, help_text=_("Lower numbers come first."))

    def __init__(self, data: Any = None, *, today: date, goal: BusinessGoal | None = None) -> None:
        super().__init__(data, initial=_initial(goal) if goal else None)
        choose_from(self, "business_unit", units_in_use(on=today))
        choose_from(self, "owner", queries.list_business_members())

    def details(self) -> GoalDetails:
        """What was filled in."""
        return GoalDetails(**self.cleaned_data)


class ContributionForm(forms.Form):
    """A service that serves the goal, and how."""

    service = RowField(empty_label=_("Choose"))
    how = forms.CharField(label=_("How it helps"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, reader: Membership, goal: BusinessGoal) -> None:
        super().__init__(data)
        services = queries.list_visible_services(reader=reader).exclude(contributions__goal=goal)
        choose_from(self, "service", services.order_by("name"))


def _initial(goal: BusinessGoal) -> dict[str, Any]:
    return {
        "name": goal.name,
        "short_name": goal.short_name,
        "business_unit": goal.business_unit_id,
        "owner": goal.owner_id,
        "due_on": goal.due_on,
        "position": goal.position,
    }
