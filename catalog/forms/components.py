"""What people fill in about a component."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.actions.components import ComponentDetails
from catalog.models import Component, ComponentKind


class ComponentForm(forms.Form):
    """What a component is and what its design supports."""

    name = forms.CharField(max_length=200)
    kind = forms.ChoiceField(choices=ComponentKind.choices)
    note = forms.CharField(
        max_length=200,
        required=False,
        help_text=_("Who keeps it or under which contract, for example “Kept by Finance”."),
    )
    design_availability = forms.DecimalField(
        label=_("Percent of time that its design supports"),
        min_value=0,
        max_value=100,
        max_digits=8,
        decimal_places=5,
        required=False,
        help_text=_(
            "From its design or contract, for example 99.9. Left empty, it is left out of what can be predicted."
        ),
    )

    def __init__(self, data: Any = None, *, component: Component | None = None) -> None:
        names = ComponentDetails.__dataclass_fields__
        super().__init__(data, initial={name: getattr(component, name) for name in names} if component else None)

    def details(self) -> ComponentDetails:
        """What was filled in."""
        return ComponentDetails(**self.cleaned_data)
