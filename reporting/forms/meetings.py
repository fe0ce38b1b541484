"""What people fill in around a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.forms.reviews import words


class TopicForm(forms.Form):
    """What should be talked about."""

    text = forms.CharField(label=_("What should be talked about"), max_length=300)


class DecisionForm(forms.Form):
    """What both sides decided."""

    text = forms.CharField(label=_("What was decided"), max_length=300)


class MinutesForm(forms.Form):
    """What was said, and who was there."""

    present = forms.CharField(label=_("Who was there"), max_length=300, required=False)
    text = words(_("What was said"), rows=12)
    read = forms.CharField(required=False, widget=forms.HiddenInput)
