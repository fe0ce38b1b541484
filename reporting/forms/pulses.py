"""What people fill in around short surveys."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.models.pulses import HIGHEST, LOWEST

DAYS = 10


class PulseForm(forms.Form):
    """One question, and for how many days it can be answered."""

    question = forms.CharField(
        label=_("Your question"),
        max_length=200,
        help_text=_("Answered from 1, not at all, to 5, fully. For example “Did the review tell you what matters?”"),
    )
    days = forms.IntegerField(label=_("Open for how many days"), min_value=1, max_value=60, initial=DAYS)


class CasePulseForm(PulseForm):
    """A question to the unit for which a case was solved."""

    unit: Any = forms.ModelChoiceField(queryset=None, label=_("Whom you ask"), to_field_name="slug")
    case_key = forms.CharField(label=_("Number of the case"), max_length=100)

    field_order = ("unit", "case_key", "question", "days")

    def __init__(self, data: Any = None, *, units: Any) -> None:
        super().__init__(data)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class PulseAnswerForm(forms.Form):
    """A score, and words if somebody wants to say why."""

    score: Any = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=[
            (5, _("5, fully")),
            (4, _("4, mostly")),
            (3, _("3, half")),
            (2, _("2, hardly")),
            (1, _("1, not at all")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Why, if you want to say it"),
        max_length=300,
        required=False,
        help_text=_("Your own words can tell who you are. They are shown with the answers."),
    )

    def clean_score(self) -> int:
        score: int = self.cleaned_data["score"]
        if not LOWEST <= score <= HIGHEST:
            raise forms.ValidationError(_("Choose one of the five answers."))
        return score
