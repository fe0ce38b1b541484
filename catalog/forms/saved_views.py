"""What people fill in to come back to a view of the catalogue."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.models import SavedView

# What an address of the list may say; its page is no part of a view.
PARAMETERS = ("for", "kind", "status", "goal", "category", "stage", "q", "sort", "view")


class SavedViewForm(forms.Form):
    """A name for what the address shows, and whether the own side is offered it."""

    name = forms.CharField(max_length=60)
    is_shared = forms.BooleanField(
        label=_("Share it with your side"),
        required=False,
        help_text=_("IT shares with IT; the business shares with the people of its own units."),
    )

    def __init__(self, data: Any = None, *, address: str) -> None:
        super().__init__(data)
        self.address = tidy(address)

    def clean(self) -> dict[str, Any]:
        """The address beside what was filled in."""
        cleaned = super().clean() or {}
        longest = SavedView._meta.get_field("address").max_length or 0
        if len(self.address) > longest:
            raise ValidationError(_("So many filters are too long to keep. Choose fewer."))
        return cleaned | {"address": self.address}


def tidy(address: str) -> str:
    """The parameters of an address that the list knows, written anew."""
    return urlencode(
        [(name, value) for name, value in parse_qsl(address, keep_blank_values=True) if name in PARAMETERS]
    )
