"""What people fill in about what stands under a promise."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import RowField
from slas.models import ServiceLevelTarget
from slas.queries.supports import list_candidates


class UnderField(RowField):
    """A promise of a team or a supplier."""

    def label_from_instance(self, target: ServiceLevelTarget) -> str:
        """The promise and who gives it."""
        return f"{target.name} ({target.agreement.provider.name})"


class SupportForm(forms.Form):
    """One promise that stands under another, as a step of its path."""

    under = UnderField(
        label=_("Promise of a team or a supplier"),
        empty_label=_("Choose"),
        help_text=_("Of the same kind, from an agreement that holds when this promise does."),
    )
    step = forms.IntegerField(
        min_value=1,
        max_value=99,
        initial=1,
        help_text=_(
            "Steps come one after the other. Those with the same number are alternatives: one of them is taken."
        ),
    )

    def __init__(self, data: Any = None, *, target: ServiceLevelTarget, on: date) -> None:
        super().__init__(data)
        field = self.fields["under"]
        assert isinstance(field, UnderField)  # noqa: S101 - a mistake in our code
        field.queryset = list_candidates(target=target, on=on)
        if target.kind != "cases":
            del self.fields["step"]
