"""What people fill in about improvements."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import DateField, MemberField, RowField, choose_from
from catalog.queries.goals import list_goals
from catalog.queries.services import list_it_members, list_visible_services
from improvement.actions import InitiativeDetails, OpportunityDetails
from improvement.models import ImprovementOpportunity, Priority, Size
from improvement.queries import list_next_states
from portal.accounts.models import Membership
from portal.accounts.queries import list_own_units_in_use


class OpportunityForm(forms.Form):
    """Something that could be better."""

    title = forms.CharField(
        label=_("What could be better"),
        max_length=200,
        help_text=_("In a few words, for example “Count dropped calls”."),
    )
    notice = forms.CharField(
        label=_("What you will notice"),
        max_length=300,
        required=False,
        help_text=_("What is different for the business when it works."),
    )
    why = forms.CharField(
        label=_("Comes from"),
        max_length=300,
        help_text=_("What happened, or who asked: for example “Slow afternoon, 28 October”."),
    )
    business_unit = RowField(label=_("For"), required=False, empty_label=_("The whole company"))
    service = RowField(label=_("About the service"), required=False, empty_label=_("None, or not sure"))
    goal = RowField(label=_("Serves the goal"), required=False, empty_label=_("None, or not sure"))

    def __init__(
        self, data: Any = None, *, reader: Membership, today: date, improvement: ImprovementOpportunity | None = None
    ) -> None:
        super().__init__(data, initial=_initial(improvement) if improvement else None)
        units = list_own_units_in_use(reader=reader, on=today)
        choose_from(self, "business_unit", units)
        choose_from(self, "service", list_visible_services(reader=reader).order_by("name"))
        choose_from(self, "goal", list_goals(reader=reader))
        if reader.is_business:  # who speaks for a unit suggests for that unit
            self.fields["business_unit"].required = True
            self.fields["business_unit"].empty_label = None  # type: ignore[attr-defined]

    def details(self) -> OpportunityDetails:
        """What was filled in."""
        data = self.cleaned_data
        return OpportunityDetails(**{name: data[name] for name in OpportunityDetails.__dataclass_fields__})


class InitiativeForm(OpportunityForm):
    """The same with who does it, how large it is, how soon, and by when."""

    owner = MemberField(label=_("Owner"))
    size = forms.ChoiceField(choices=[("", _("Not sized")), *Size.choices], required=False)
    priority = forms.TypedChoiceField(choices=Priority.choices, coerce=int)
    due_on = DateField(label=_("By"), required=False)

    def __init__(
        self, data: Any = None, *, reader: Membership, today: date, improvement: ImprovementOpportunity
    ) -> None:
        super().__init__(data, reader=reader, today=today, improvement=improvement)
        choose_from(self, "owner", list_it_members())

    def initiative(self) -> InitiativeDetails:
        """What was filled in."""
        data = self.cleaned_data
        return InitiativeDetails(**{name: data[name] for name in InitiativeDetails.__dataclass_fields__})


class MoveForm(forms.Form):
    """The next state of an improvement, from when, and why."""

    to_state = forms.ChoiceField(label=_("Move to"))
    on = DateField(label=_("On"))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(
        self, data: Any = None, *, improvement: ImprovementOpportunity, reader: Membership, today: date
    ) -> None:
        super().__init__(data, initial={"on": today}, prefix="move")
        states = list_next_states(improvement=improvement, by=reader)
        self.fields["to_state"].choices = [(state.value, state.label) for state in states]  # type: ignore[attr-defined]


def _initial(improvement: ImprovementOpportunity) -> dict[str, Any]:
    return {
        "title": improvement.title,
        "notice": improvement.notice,
        "why": improvement.why,
        "business_unit": improvement.business_unit_id,
        "service": improvement.service_id,
        "goal": improvement.goal_id,
        "owner": improvement.owner_id,
        "size": improvement.size,
        "priority": improvement.priority,
        "due_on": improvement.due_on,
    }
