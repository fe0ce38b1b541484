"""Fields that several forms of the catalogue use."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Membership
from portal.language import currencies


class DateField(forms.DateField):
    """A date, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class MoneyField(forms.DecimalField):
    """An amount of the tenant's currency, with as many decimals as that has; the form says which (`in_currency`)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=14, decimal_places=currencies.MOST, **kwargs)
        self.currency = ""

    def in_currency(self, currency: str) -> None:
        """Take amounts of that currency."""
        self.currency = currency
        self.widget.attrs["step"] = str(currencies.amount_of(1, currency))

    def validate(self, value: Any) -> None:
        """Refuses what is finer than the currency is."""
        super().validate(value)
        if value is not None and currencies.decimals_in(value) > (places := currencies.places_of(self.currency)):
            raise ValidationError(currencies.too_fine(places))


class RowField(forms.ModelChoiceField):
    """One of the tenant's rows; read when the form is made (`choose_from`), as only then a tenant is in force."""

    def __init__(self, *, is_either: bool = False, **kwargs: Any) -> None:
        """`is_either`: one of several of which one is needed, so that its label does not call it optional."""
        super().__init__(queryset=None, **kwargs)
        self.is_either = is_either


class MemberField(RowField):
    """A person of the tenant, by name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, empty_label=_("Nobody yet"), **kwargs)

    def label_from_instance(self, member: Membership) -> str:
        """The name and how the person is introduced."""
        return f"{member.user.name}, {member.title or member.get_role_display()}"


class SuggestInput(forms.TextInput):
    """A text for which the browser offers what is already used; anything else may be written."""

    template_name = "components/suggest_input.html"

    def __init__(self, suggestions: list[str] | None = None) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.suggestions = suggestions or []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The suggestions, listed beside the input under its own id."""
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}-list"
        context["widget"]["attrs"]["list"] = list_id
        return context | {"suggestions": self.suggestions, "list_id": list_id}


def choose_from(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let a field offer these rows, and the one that is stored already: a form never drops it in silence."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - a mistake in our code
    stored = form.initial.get(name)
    if stored is not None:
        rows = rows | rows.model._default_manager.filter(pk=getattr(stored, "pk", stored))
    field.queryset = rows
