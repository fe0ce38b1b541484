"""What people fill in about a word of the glossary."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import MemberField, choose_from
from catalog.models import GlossaryTerm
from portal.accounts.queries import list_members, units_in_use


class TermForm(forms.Form):
    """A word, what to write instead, who keeps the entry, and who knows the word."""

    term = forms.CharField(label=_("Word or letters"), max_length=80, help_text=_("For example “failover” or “EDI”."))
    plain = forms.CharField(
        label=_("Plain phrase"), max_length=160, help_text=_("It stands in a sentence in place of the word.")
    )
    owner = MemberField(label=_("Who keeps the entry"))
    is_known_to_all = forms.BooleanField(label=_("Everybody here knows the word: it may stand"), required=False)
    known_by: Any = forms.ModelMultipleChoiceField(
        queryset=None,
        required=False,
        label=_("Units whose people know it"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In what is written for them it may stand."),
    )

    def __init__(self, data: Any = None, *, today: date, row: GlossaryTerm | None = None) -> None:
        super().__init__(data, initial=_initial(row) if row else None)
        choose_from(self, "owner", list_members())
        self.fields["known_by"].queryset = units_in_use(on=today).order_by("name")  # type: ignore[attr-defined]
        if row:
            del self.fields["term"]


def _initial(row: GlossaryTerm) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in ("plain", "is_known_to_all")}
    known = [reader.business_unit_id for reader in row.readers.all()]
    return told | {"owner": row.owner_id, "known_by": known}
