"""What people fill in about cost and value of a service."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.actions.portfolio import AmountDetails, CaseDetails
from catalog.forms.fields import MoneyField, RowField, choose_from
from catalog.models import AmountKind, BusinessCase, EvidenceGrade, Per, Service, ServicePurpose, ValueUnit
from catalog.queries.offerings import list_offerings
from portal.language.currencies import amount_of, minor_of

MOST = 10**12
GRADES = [(grade.value, f"{grade.value}: {grade.label}") for grade in EvidenceGrade]


class CaseForm(forms.Form):
    """What a service costs, and what value is promised of it in a year."""

    summary = forms.CharField(
        label=_("Why it is worth it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In plain words: what changes for the business, and what happens without it."),
    )
    build = MoneyField(label=_("To build it, once"))
    run = MoneyField(label=_("To run it"))
    run_per = forms.ChoiceField(label=_("Running costs are for"), choices=Per.choices, initial=Per.YEAR)
    value_unit = forms.ChoiceField(label=_("Value is told in"), choices=ValueUnit.choices)
    low = forms.DecimalField(label=_("Value a year, at least"), max_value=MOST, decimal_places=4)
    likely = forms.DecimalField(label=_("Value a year, most likely"), max_value=MOST, decimal_places=4)
    high = forms.DecimalField(label=_("Value a year, at most"), max_value=MOST, decimal_places=4)
    grade = forms.ChoiceField(label=_("How sure that is"), choices=GRADES, initial=EvidenceGrade.ASSUMED)

    def __init__(self, data: Any = None, *, case: BusinessCase | None, currency: str) -> None:
        super().__init__(data, initial=_case_initial(case, currency))
        self.currency = currency
        for name in ("build", "run"):
            self.fields[name].in_currency(currency)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The values as they are kept: minor units of money, or whole hours and orders, and in their order."""
        data = super().clean() or {}
        unit = data.get("value_unit")
        for name in ("low", "likely", "high"):
            if (value := data.get(name)) is None or unit is None:
                continue
            try:
                data[name] = _kept(value, unit, self.currency)
            except ValueError:
                self.add_error(name, _("Write it without more decimals than its unit has."))
        values = [data.get(name) for name in ("low", "likely", "high")]
        if not self.errors and values != sorted(values):  # type: ignore[type-var]
            self.add_error("likely", _("Low, likely and high must not fall. Give them in that order."))
        return data

    def details(self) -> CaseDetails:
        """What was filled in."""
        data = self.cleaned_data
        return CaseDetails(
            summary=data["summary"],
            build_minor=minor_of(data["build"], self.currency),
            run_minor=minor_of(data["run"], self.currency),
            run_per=data["run_per"],
            value_low=data["low"],
            value_likely=data["likely"],
            value_high=data["high"],
            value_unit=data["value_unit"],
            grade=data["grade"],
        )


class PurposeForm(forms.Form):
    """What a service is for."""

    text = forms.CharField(
        label=_("What you use it for"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say which work rests on it, and when it matters most."),
    )

    def __init__(self, data: Any = None, *, purpose: ServicePurpose | None) -> None:
        super().__init__(data, initial={"text": purpose.text} if purpose else None)


class AmountForm(forms.Form):
    """What a service costs or is charged from a month on."""

    kind = forms.ChoiceField(label=_("What it is"), choices=AmountKind.choices)
    offering = RowField(label=_("Level"), required=False, empty_label=_("The service itself"))
    amount = MoneyField()
    per = forms.ChoiceField(label=_("For"), choices=Per.choices)
    from_month = forms.DateField(
        label=_("From the month"),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )
    note = forms.CharField(max_length=200, required=False, help_text=_("For example which contract or whose hours."))

    def __init__(self, data: Any = None, *, service: Service, currency: str, today: date) -> None:
        super().__init__(data, initial={"from_month": today.replace(day=1)})
        self.currency = currency
        amount = self.fields["amount"]
        amount.label = _("Amount in %(currency)s") % {"currency": currency}
        amount.in_currency(currency)  # type: ignore[attr-defined]
        choose_from(self, "offering", list_offerings(service=service))

    def details(self) -> AmountDetails:
        """What was filled in."""
        data = self.cleaned_data
        return AmountDetails(
            kind=data["kind"],
            from_month=data["from_month"],
            minor=minor_of(data["amount"], self.currency),
            per=data["per"],
            offering=data["offering"],
            note=data["note"],
        )


def _kept(value: Decimal, unit: str, currency: str) -> int:
    if unit == ValueUnit.MONEY:
        return minor_of(value, currency)
    if value != value.to_integral_value():
        raise ValueError(value)
    return int(value)


def _case_initial(case: BusinessCase | None, currency: str) -> dict[str, Any]:
    if case is None:
        return {}
    is_money = case.value_unit == ValueUnit.MONEY
    values = {"low": case.value_low, "likely": case.value_likely, "high": case.value_high}
    return {
        "summary": case.summary,
        "build": amount_of(case.build_minor, currency),
        "run": amount_of(case.run_minor, currency),
        "run_per": case.run_per,
        "value_unit": case.value_unit,
        "grade": case.grade,
    } | {name: amount_of(value, currency) if is_money else value for name, value in values.items()}
