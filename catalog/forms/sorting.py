"""What people fill in about how a service is known and sorted elsewhere."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_NAME = 200


class SortForm(forms.Form):
    """A service's own number, a line for each taxonomy, and one for a new taxonomy."""

    reference = forms.CharField(
        label=gettext_lazy("Own number"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("What it is called in another list, for example “SRV00669”."),
    )

    def __init__(self, data: Any = None, *, reference: str, sorted_into: Mapping[str, Sequence[str]]) -> None:
        super().__init__(data, initial={"reference": reference})
        self.taxonomies = dict(enumerate(sorted_into))
        for number, taxonomy in self.taxonomies.items():
            self.fields[f"in_{number}"] = forms.CharField(
                label=taxonomy, required=False, initial="; ".join(sorted_into[taxonomy]), max_length=2000
            )
        self.fields["new_taxonomy"] = forms.CharField(
            label=_("Another way to sort services"),
            max_length=120,
            required=False,
            help_text=_("In your own words, for example “Organisation”."),
        )
        self.fields["new_names"] = forms.CharField(
            label=_("In it, this service is"),
            max_length=2000,
            required=False,
            help_text=_("Several with semicolons between them."),
        )

    @property
    def categories(self) -> set[tuple[str, str]]:
        """Pairs of taxonomy and category, as they were filled in."""
        said = [(taxonomy, f"in_{number}") for number, taxonomy in self.taxonomies.items()]
        said.append((" ".join(self.cleaned_data["new_taxonomy"].split()), "new_names"))
        return {(taxonomy, name) for taxonomy, field in said for name in _names(self.cleaned_data.get(field, ""))}

    def clean(self) -> dict[str, Any]:
        """Names that fit; a new way to sort with what it sorts this service into, and the other way round."""
        data = super().clean() or {}
        for field, value in list(data.items()):
            too_long = field != "reference" and any(len(name) > MOST_NAME for name in _names(value))
            if too_long:
                self.add_error(field, _("One of these is longer than %(most)s characters.") % {"most": MOST_NAME})
        taxonomy, names = data.get("new_taxonomy", ""), _names(data.get("new_names", ""))
        if taxonomy and not names:
            self.add_error("new_names", _("Say what this service is in “%(taxonomy)s”.") % {"taxonomy": taxonomy})
        if names and not taxonomy:
            self.add_error("new_taxonomy", _("Say what this way to sort is called."))
        if taxonomy in self.taxonomies.values():
            self.add_error("new_taxonomy", _("There is one of this name: fill in its line above."))
        return data


def _names(value: str) -> list[str]:
    return [name for part in value.split(";") if (name := " ".join(part.split()))]
