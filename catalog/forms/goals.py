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


def value_field(label: Any) -> forms.DecimalField:
    """A value of a goal, in whatever it is counted."""
    return forms.DecimalField(label=label, max_digits=14, decimal_places=2, required=False)


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
    parent = RowField(
        label=_("Part of the goal"), required=False, empty_label=_("It stands by itself"),
        help_text=_("The larger goal that this one helps to reach."),
    )  # fmt: skip
    measured_as = forms.CharField(
        label=_("How you see how far it is"), max_length=200, required=False,
        help_text=_("In your words, for example “Orders that come in online, of all orders of a month”."),
    )  # fmt: skip
    start_value = value_field(_("From"))
    target_value = value_field(_("To"))
    value_unit = forms.CharField(
        label=_("Of what"), max_length=30, required=False, help_text=_("For example “%”, “days” or “orders a month”.")
    )
    position = forms.IntegerField(min_value=0, max_value=999, initial=0, help_text=_("Lower numbers come first."))

    def __init__(self, data: Any = None, *, today: date, goal: BusinessGoal | None = None) -> None:
        super().__init__(data, initial=_initial(goal) if goal else None)
        choose_from(self, "business_unit", units_in_use(on=today))
        choose_from(self, "owner", queries.list_business_members())
        others = BusinessGoal.objects.exclude(pk=goal.pk) if goal else BusinessGoal.objects.all()
        choose_from(self, "parent", others.order_by("position", "name"))

    def clean(self) -> dict[str, Any]:
        """A way has two ends, and they differ."""
        data = super().clean() or {}
        start, target = data.get("start_value"), data.get("target_value")
        if (start is None) != (target is None) and not self.errors:
            self.add_error("target_value" if target is None else "start_value", _("Say both: from and to."))
        elif start is not None and start == target:
            self.add_error("target_value", _("“To” is the same as “From”. Say what is to change."))
        return data

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


class GoalValueForm(forms.Form):
    """Where a goal stands on a day."""

    on = DateField(label=_("On"))
    value = forms.DecimalField(label=_("It stands at"), max_digits=14, decimal_places=2)
    note = forms.CharField(
        label=_("Where you have it from"), max_length=200, required=False, help_text=_("For example “Sales report”.")
    )

    def __init__(self, data: Any = None, *, goal: BusinessGoal, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.fields["value"].help_text = goal.value_unit
        self._today = today

    def clean_on(self) -> date:
        """What has not happened cannot be counted."""
        on: date = self.cleaned_data["on"]
        if on > self._today:
            raise forms.ValidationError(_("This day has not come yet. Give today or an earlier day."))
        return on


def _initial(goal: BusinessGoal) -> dict[str, Any]:
    return {
        "parent": goal.parent_id,
        **{name: getattr(goal, name) for name in ("measured_as", "value_unit", "start_value", "target_value")},
        "name": goal.name,
        "short_name": goal.short_name,
        "business_unit": goal.business_unit_id,
        "owner": goal.owner_id,
        "due_on": goal.due_on,
        "position": goal.position,
    }
