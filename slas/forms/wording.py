"""What people fill in about words: why an unclear one stays, and what a word of their own means."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from slas.models import OwnWord, WordKind

LONGEST = 1200  # what a promise means may have 1,000 characters, and a mended text a few more


class ExceptionForm(forms.Form):
    """Why both sides keep words that two honest people could read differently."""

    clause_key = forms.CharField(max_length=120, widget=forms.HiddenInput)
    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    words = forms.CharField(max_length=300, required=False, strip=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        max_length=300,
        label=_("Why both sides keep it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Both sides sign it with the agreement, for example “The law uses this word”."),
    )


class UseForm(forms.Form):
    """The offered words for a clause, and what it said when they were offered."""

    clause_key = forms.CharField(max_length=120, widget=forms.HiddenInput)
    text = forms.CharField(max_length=LONGEST, strip=False, widget=forms.HiddenInput)
    wording = forms.CharField(max_length=LONGEST, strip=False, widget=forms.HiddenInput)


class OwnWordForm(forms.Form):
    """A word that means something of its own here."""

    words = forms.CharField(max_length=80, label=_("Word or phrase"), help_text=_("For example “peak season”."))
    kind = forms.ChoiceField(label=_("It is"), choices=WordKind.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        max_length=300,
        label=_("Why it is vague, or what it means"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see it beside each sentence with the word."),
    )
    is_active = forms.BooleanField(label=_("The check uses it"), required=False, initial=True)
    reason = forms.CharField(max_length=300, label=_("Reason for this change"))

    def __init__(self, data: Any = None, *, word: OwnWord | None = None) -> None:
        told = ("words", "kind", "note", "is_active")
        super().__init__(data, initial={name: getattr(word, name) for name in told} if word else None)
        del self.fields["words" if word else "is_active"]
