"""What people fill in about reviews of the portfolio."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import DateField
from portal.accounts.models import Membership
from reporting.actions.portfolio_reviews import Outcome
from reporting.models import VoteChoice
from reporting.queries.portfolio import Wanted, list_reviewable
from reporting.queries.portfolio_votes import Topic, list_possible_voters


class ManyField(forms.ModelMultipleChoiceField):
    """Several of the tenant's rows; read when the form is made."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, widget=forms.CheckboxSelectMultiple, **kwargs)


class VoterField(ManyField):
    """People, by name and how they are introduced."""

    def label_from_instance(self, member: Membership) -> str:
        """The name and how the person is introduced."""
        return f"{member.user.name}, {member.title or member.get_role_display()}"


class OpenReviewForm(forms.Form):
    """Which services are looked at, who votes, and when it is held."""

    held_on = DateField(label=_("Votes close on"))
    services = ManyField(label=_("Services"))
    voters = VoterField(label=_("Who votes"))

    def __init__(self, data: Any = None, *, reader: Membership, wanted: Wanted, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.fields["services"].queryset = list_reviewable(reader=reader, wanted=wanted)  # type: ignore[attr-defined]
        self.fields["voters"].queryset = list_possible_voters()  # type: ignore[attr-defined]

    def clean_held_on(self) -> date:
        """Votes need a day that is still to come."""
        on: date = self.cleaned_data["held_on"]
        if on < self.today:
            raise forms.ValidationError(_("That day is over. Give today’s date or a later one."))
        return on


class VoteForm(forms.Form):
    """What somebody would do with a service, and why."""

    choice = forms.ChoiceField(label=_("I would"), choices=VoteChoice.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Because"), max_length=500)

    def __init__(self, data: Any = None, *, topic: Topic | None = None, prefix: str) -> None:
        own = topic.own if topic else None
        super().__init__(data, prefix=prefix, initial={"choice": own.choice, "reason": own.reason} if own else None)


class CloseForm(forms.Form):
    """What came out for each service, the minutes, and when the next review is."""

    minutes = forms.CharField(max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))
    next_on = DateField(label=_("The next review is on"))

    def __init__(self, data: Any = None, *, topics: Iterable[Topic], held_on: date) -> None:
        super().__init__(data)
        self.held_on = held_on
        self.topics = list(topics)
        for topic in self.topics:
            name, key = topic.reviewed.service.name, topic.reviewed.pk
            self.fields[f"outcome_{key}"] = forms.ChoiceField(
                label=name, choices=[("", _("Not said yet")), *VoteChoice.choices], initial=topic.leading
            )
            self.fields[f"reason_{key}"] = forms.CharField(label=_("Why, for “%s”") % name, max_length=500)
        self.order_fields([*(name for name in self.fields if "_" in name and name != "next_on"), "minutes", "next_on"])

    def clean_next_on(self) -> date:
        """The next one comes after this one."""
        on: date = self.cleaned_data["next_on"]
        if on <= self.held_on:
            raise forms.ValidationError(_("Give a day after this review."))
        return on

    def outcomes(self) -> dict[int, Outcome]:
        """By the key of the reviewed service."""
        data = self.cleaned_data
        keys = [topic.reviewed.pk for topic in self.topics]
        return {key: Outcome(data[f"outcome_{key}"], data[f"reason_{key}"]) for key in keys}
