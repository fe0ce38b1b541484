"""What people fill in about levels and who has them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.actions.offerings import EntitlementDetails, OfferingDetails
from catalog.forms.fields import DateField, MoneyField, RowField, choose_from
from catalog.models import Entitlement, ServiceOffering
from portal.accounts.queries import units_in_use
from portal.language.currencies import amount_of, minor_of


class OfferingForm(forms.Form):
    """A level of a service and its price."""

    name = forms.CharField(max_length=120, help_text=_("For example “Gold” or “6 days”."))
    description = forms.CharField(max_length=300, required=False)
    price = MoneyField(required=False)
    price_unit = forms.CharField(
        label=_("For"), max_length=40, required=False, initial="a month", help_text=_("For example “a month”, “a day”.")
    )
    price_words = forms.CharField(
        label=_("Said when there is no price"),
        max_length=80,
        required=False,
        help_text=_("For example “In the base fee”."),
    )
    position = forms.IntegerField(min_value=0, max_value=999, initial=0, help_text=_("Lower numbers come first."))

    def __init__(self, data: Any = None, *, currency: str, offering: ServiceOffering | None = None) -> None:
        super().__init__(data, initial=_offering_initial(offering, currency) if offering else None)
        self.currency = currency
        price = self.fields["price"]
        price.label = _("Price in %(currency)s") % {"currency": currency}
        price.in_currency(currency)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A reader sees a price or words, never both and never neither."""
        data = super().clean() or {}
        has_price = data.get("price") is not None
        if "price" not in self.errors and has_price == bool(data.get("price_words")):
            self.add_error("price", _("Give a price, or the words that are said in its place: one of the two."))
        return data

    def details(self) -> OfferingDetails:
        """What was filled in."""
        data = self.cleaned_data
        price: Decimal | None = data["price"]
        return OfferingDetails(
            name=data["name"],
            description=data["description"],
            price_minor=None if price is None else minor_of(price, self.currency),
            price_unit=data["price_unit"],
            price_words=data["price_words"],
            position=data["position"],
        )


class EntitlementForm(forms.Form):
    """Who may have a level, whether they have it, and from when until when."""

    business_unit = RowField(label=_("For whom"), required=False, empty_label=_("Everyone"))
    is_subscribed = forms.BooleanField(
        label=_("They have it; without this they may ask for it"), required=False, initial=True
    )
    level_words = forms.CharField(
        label=_("Called"),
        max_length=120,
        required=False,
        help_text=_("Said in place of the level’s name, for example “6 days a month”."),
    )
    covered_words = forms.CharField(
        label=_("Who is covered"),
        max_length=200,
        required=False,
        help_text=_("For example “All 64 order desk people”."),
    )
    starts_on = DateField(label=_("From"))
    ends_on = DateField(label=_("Until"), required=False, help_text=_("The first day without it."))

    def __init__(self, data: Any = None, *, today: date, entitlement: Entitlement | None = None) -> None:
        initial = _entitlement_initial(entitlement) if entitlement else {"starts_on": today}
        super().__init__(data, initial=initial)
        choose_from(self, "business_unit", units_in_use(on=today))

    def clean(self) -> dict[str, Any]:
        """The end lies after the start."""
        data = super().clean() or {}
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("Give a date after the first day, or none when it goes on."))
        return data

    def details(self) -> EntitlementDetails:
        """What was filled in."""
        return EntitlementDetails(**self.cleaned_data)


def _offering_initial(offering: ServiceOffering, currency: str) -> dict[str, Any]:
    price = offering.price_minor
    return {
        "name": offering.name,
        "description": offering.description,
        "price": None if price is None else amount_of(price, currency),
        "price_unit": offering.price_unit,
        "price_words": offering.price_words,
        "position": offering.position,
    }


def _entitlement_initial(entitlement: Entitlement) -> dict[str, Any]:
    return {
        "business_unit": entitlement.business_unit_id,
        "is_subscribed": entitlement.is_subscribed,
        "level_words": entitlement.level_words,
        "covered_words": entitlement.covered_words,
        "starts_on": entitlement.starts_on,
        "ends_on": entitlement.ends_on,
    }
