"""What people fill in to agree how they talk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import BUSINESS_ROLES
from reporting.models.channels import MOST_DAYS, Rhythm


class ChannelForm(forms.Form):
    """How often, how soon either side answers, and who speaks for each."""

    rhythm_days: Any = forms.TypedChoiceField(
        label=_("How often something is said"), choices=Rhythm.choices, coerce=int, initial=Rhythm.MONTH
    )
    answer_working_days = forms.IntegerField(
        label=_("Answered within working days"), min_value=1, max_value=MOST_DAYS, initial=3
    )
    for_business: Any = forms.ModelChoiceField(queryset=None, label=_("Who speaks for the unit"), required=False)
    for_it: Any = forms.ModelChoiceField(queryset=None, label=_("Who speaks for IT"), required=False)

    def __init__(self, data: Any = None, *, people: Any, initial: Any) -> None:
        super().__init__(data, initial=initial)
        sides = {
            "for_business": people.filter(role__in=BUSINESS_ROLES),
            "for_it": people.exclude(role__in=BUSINESS_ROLES),
        }
        for name, members in sides.items():
            field: Any = self.fields[name]
            field.queryset = members
            field.label_from_instance = lambda member: member.user.name
