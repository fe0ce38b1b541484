"""What people fill in about a proposed level and its answer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import DateField


class ProposalForm(forms.Form):
    """A level for a promise that is only measured yet."""

    threshold = forms.DecimalField(
        label=_("Percent to promise"), min_value=0, max_value=100, max_digits=8, decimal_places=4
    )
    reason = forms.CharField(
        label=_("Why this level"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example what it takes to keep it, or what it will cost."),
    )
    answer_due_on = DateField(label=_("Answer by"))

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean_answer_due_on(self) -> date:
        """Time to answer."""
        due_on: date = self.cleaned_data["answer_due_on"]
        if due_on <= self.today:
            raise forms.ValidationError(_("Give the customer time to answer: choose a day to come."))
        return due_on


class AnswerForm(forms.Form):
    """The customer's yes or no. A no says why."""

    answer = forms.CharField(
        label=_("Your words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    decision = forms.ChoiceField(
        widget=forms.RadioSelect, choices=[("accept", _("Accept this level")), ("decline", _("Decline it"))]
    )

    def clean(self) -> dict[str, Any]:
        """Who declines says why."""
        data = super().clean() or {}
        if data.get("decision") == "decline" and not data.get("answer", "").strip():
            self.add_error("answer", _("Say why, so that IT can propose something better."))
        return data
