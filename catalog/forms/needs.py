"""What the business fills in when it needs something, and IT when it answers."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.actions.services import ServiceDetails
from catalog.forms.fields import RowField, choose_from
from catalog.models import Need, NeedOutcome, Service, ServiceClass
from catalog.queries.services import list_visible_services
from portal.accounts.models import Membership
from portal.accounts.queries import list_own_units_in_use


class NeedForm(forms.Form):
    """A need in the business's own words, about a service or about something new."""

    business_unit = RowField(label=_("For"), empty_label=None)
    service = RowField(label=_("About"), required=False, empty_label=_("Something new, or not sure"))
    text = forms.CharField(
        label=_("What you need, and what for"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Say what people want to do, how many they are, and by when it matters."),
    )

    def __init__(self, data: Any = None, *, reader: Membership, today: date, about: Service | None = None) -> None:
        super().__init__(data, initial={"service": about.pk if about else None})
        units = list_own_units_in_use(reader=reader, on=today)
        choose_from(self, "business_unit", units)
        choose_from(self, "service", list_visible_services(reader=reader).order_by("name"))
        if len(units) == 1:
            self.fields["business_unit"].initial = units[0].pk
            self.fields["business_unit"].widget = forms.HiddenInput()


class NeedAnswerForm(forms.Form):
    """What IT will do, why not, or which service it proposes."""

    outcome = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=[choice for choice in NeedOutcome.choices if choice[0]],
        initial=NeedOutcome.ANSWERED,
        required=False,
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What will happen and by when, or why it will not."),
    )
    name = forms.CharField(
        label=_("What the proposed service is called"),
        max_length=200,
        required=False,
        help_text=_("Only for a proposal: it comes into the pipeline, with this need as its reason."),
    )
    description = forms.CharField(
        label=_("What people could do with it"), max_length=2000, required=False, help_text=_("One plain sentence.")
    )
    service_class = forms.ChoiceField(label=_("Kind of service"), choices=ServiceClass.choices, required=False)

    def clean(self) -> dict[str, Any]:
        """A proposal has a name and says what people could do with it."""
        data = super().clean() or {}
        data["outcome"] = data.get("outcome") or NeedOutcome.ANSWERED
        if data["outcome"] == NeedOutcome.PROPOSED:
            for field in ("name", "description"):
                if not data.get(field) and field not in self.errors:
                    self.add_error(field, _("A proposal needs this."))
        return data

    def details(self, need: Need) -> ServiceDetails:
        """The proposed service; whoever answered for the need in its unit speaks for it."""
        data = self.cleaned_data
        kind = data["service_class"] or ServiceClass.BUSINESS
        return ServiceDetails(data["name"], data["description"], kind, business_owner=need.raised_by)
