"""What people fill in to talk."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Membership
from portal.accounts.queries import list_own_units_in_use
from portal.conversations.models import Level
from portal.conversations.rendering import LONGEST


def text_field(label: Any) -> forms.CharField:
    """What is said: Markdown without HTML and pictures."""
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Name a person with @ and the full name, and they are told. **Bold**, lists and links work."),
    )


class CommentForm(forms.Form):
    """One more thing to say."""

    text = text_field(_("Your comment"))


class StartForm(forms.Form):
    """What to talk about, with whom and at which level."""

    business_unit: Any = forms.ModelChoiceField(queryset=None, label=_("Business unit"))
    level = forms.ChoiceField(
        label=_("Level"), choices=Level.choices, help_text=_("Day to day, planning of the next months, or direction.")
    )
    subject = forms.CharField(label=_("What it is about"), max_length=200)
    text = text_field(_("What you want to say"))

    def __init__(self, data: Any = None, *, reader: Membership, today: date) -> None:
        units = list_own_units_in_use(reader=reader, on=today)
        super().__init__(data, initial={"business_unit": units[0] if len(units) == 1 else None})
        self.fields["business_unit"].queryset = units  # type: ignore[attr-defined]


class RaiseForm(forms.Form):
    """Why a talk goes to the next level."""

    reason = forms.CharField(label=_("Why it goes to the next level"), max_length=500)
