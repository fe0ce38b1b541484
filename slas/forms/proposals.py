"""What people fill in about a proposal for a trial and its answer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import DateField

LONGEST_EXTENSION = 24


class WantedForm(forms.Form):
    """A percentage or a number, or more months of trial, and by when the other side answers."""

    threshold = forms.DecimalField(
        label=_("Percent to promise"), min_value=0, max_value=100, max_digits=8, decimal_places=4, required=False
    )
    allowed_misses = forms.IntegerField(
        label=_("At most so many interruptions"),
        min_value=0,
        max_value=999,
        required=False,
        help_text=_("In one month; 0 for none."),
    )
    more_months = forms.IntegerField(
        label=_("Or: measure so many more months"),
        min_value=1,
        max_value=LONGEST_EXTENSION,
        required=False,
        help_text=_("Nothing is promised meanwhile."),
    )
    answer_due_on = DateField(label=_("Answer by"))

    def __init__(self, data: Any = None, *, today: date, is_number: bool) -> None:
        super().__init__(data)
        self.today = today
        self.level = "allowed_misses" if is_number else "threshold"
        del self.fields["threshold" if is_number else "allowed_misses"]

    def clean_answer_due_on(self) -> date | None:
        """Time to answer."""
        due_on: date | None = self.cleaned_data["answer_due_on"]
        if due_on is not None and due_on <= self.today:
            raise forms.ValidationError(_("Give the other side time to answer: choose a day to come."))
        return due_on

    def check_wanted(self, data: dict[str, Any]) -> None:
        """One thing is proposed: a level, or more months."""
        if self.errors.keys() & {self.level, "more_months"}:
            return
        level, months = data.get(self.level), data.get("more_months")
        if level is None and months is None:
            self.add_error(self.level, _("Say what is to be promised, or how many more months are to be measured."))
        elif level is not None and months is not None:
            self.add_error("more_months", _("Propose a level or more months, not both."))


class ProposalForm(WantedForm):
    """A level for a promise that is only measured yet, or a longer trial."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example what it takes to keep it, or what it will cost. More months need a reason."),
    )
    field_order = ("threshold", "allowed_misses", "more_months", "reason", "answer_due_on")

    def clean(self) -> dict[str, Any]:
        """Who wants to measure longer says why."""
        data = super().clean() or {}
        self.check_wanted(data)
        if data.get("more_months") is not None and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why it takes more months."))
        return data


class AnswerForm(WantedForm):
    """The other side's yes, no, or something else. Anything but a yes says why."""

    decision = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[
            ("accept", _("Accept it")),
            ("decline", _("Decline it")),
            ("other", _("Propose something else, or more months of trial")),
        ],
    )
    answer = forms.CharField(
        label=_("Your words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Say why, unless you accept it."),
    )
    field_order = ("decision", "answer", "threshold", "allowed_misses", "more_months", "answer_due_on")

    def __init__(self, data: Any = None, *, today: date, is_number: bool) -> None:
        super().__init__(data, today=today, is_number=is_number)
        self.fields["answer_due_on"].required = False
        self.fields["answer_due_on"].label = _("The other side answers by")
        self.fields[self.level].help_text = _("Only if you propose something else.")

    def clean(self) -> dict[str, Any]:
        """Who does not accept says why; who wants something else says what, and until when an answer is awaited."""
        data = super().clean() or {}
        decision = data.get("decision")
        if decision in ("decline", "other") and not data.get("answer", "").strip():
            self.add_error("answer", _("Say why, so that the other side can propose something better."))
        if decision == "other":
            self.check_wanted(data)
            if data.get("answer_due_on") is None and "answer_due_on" not in self.errors:
                self.add_error("answer_due_on", _("Say by when the other side answers."))
        elif decision and (data.get(self.level) is not None or data.get("more_months") is not None):
            self.add_error("decision", _("You wrote something else below: propose that, or leave it empty."))
        return data
