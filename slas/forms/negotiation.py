"""What people fill in while they negotiate a version clause by clause."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import DateField
from portal.conversations.forms import text_field
from slas.forms.fields import FirstDayField
from slas.models import Agreement, Party


class WhyForm(forms.Form):
    """Why a clause should read otherwise, and for whom one speaks where that is not plain."""

    party = forms.ChoiceField(label=_("You propose it for"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the other side should know, for example “An hour at 05:00 costs us ten times as much”."),
    )

    def __init__(self, data: Any = None, *, sides: Sequence[Party]) -> None:
        super().__init__(data, prefix="why")
        self.sides = {str(party.pk): party for party in sides}
        if len(self.sides) == 1:
            del self.fields["party"]
        else:
            choices = [(pk, party.name) for pk, party in self.sides.items()]
            self.fields["party"].choices = choices  # type: ignore[attr-defined]

    def filled(self) -> dict[str, Any]:
        """Who proposes it, and why."""
        only = next(iter(self.sides))
        return {"party": self.sides[self.cleaned_data.get("party", only)], "reason": self.cleaned_data["reason"]}


class TermsForm(forms.Form):
    """What of the terms is negotiated: from when, until when and how fast questions are answered, or notice, renewal
    and review.
    """

    starts_on = FirstDayField(label=_("In force from"))
    ends_on = DateField(
        label=_("In force until"), required=False, help_text=_("The first day on which it no longer holds.")
    )
    answer_working_days = forms.IntegerField(label=_("Working days for an answer"), min_value=1, max_value=60)
    notice_days = forms.IntegerField(
        label=_("Days of notice before its end"), min_value=0, max_value=730, required=False
    )
    renews_months = forms.IntegerField(
        label=_("Without notice it goes on for, months"), min_value=1, max_value=120, required=False
    )
    review_months = forms.IntegerField(
        label=_("Both sides look at it together every, months"), min_value=1, max_value=60, required=False
    )

    def __init__(self, data: Any = None, *, agreement: Agreement, names: Sequence[str]) -> None:
        self.agreement = agreement
        super().__init__(data, initial={name: getattr(agreement, name) for name in names})
        self.fields = {name: self.fields[name] for name in names}

    def filled(self) -> Agreement:
        """The terms as they were filled in, not written."""
        for name, value in self.cleaned_data.items():
            setattr(self.agreement, name, value)
        return self.agreement


class AnswerForm(forms.Form):
    """Why a proposal is declined."""

    answer = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The clause stays as it is. Say what stands against the proposal."),
    )


class ClausesForm(forms.Form):
    """Which clauses a side says yes to."""

    keys = forms.Field(widget=forms.MultipleHiddenInput)

    def __init__(self, data: Any, *, sides: Sequence[Party]) -> None:
        super().__init__(data)
        parties = {str(party.pk): party for party in sides}
        self.fields["party"] = forms.TypedChoiceField(
            choices=[(pk, party.name) for pk, party in parties.items()], coerce=parties.__getitem__
        )


class ClauseTalkForm(forms.Form):
    """What is said beside a clause."""

    text = text_field(_("What you want to say"))
