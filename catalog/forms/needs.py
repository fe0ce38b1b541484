"""What the business fills in when it needs something, and IT when it answers."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import RowField, choose_from
from catalog.models import Service
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
    """What IT will do, or why not."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What will happen and by when, or why it will not."),
    )
