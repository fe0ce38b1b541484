"""What people fill in about a pause that was entered afterwards."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ApprovalForm(forms.Form):
    """Who agreed that the clock stood still, and how the reader knows."""

    approved_by = forms.CharField(
        label=_("Who agreed to it"), max_length=80, help_text=_("By name: whoever waited for the case to go on.")
    )
    why = forms.CharField(
        label=_("How you know"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the second person, who decides whether it counts."),
    )
