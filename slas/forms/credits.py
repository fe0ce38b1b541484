"""What people fill in about credits: a scheme with its bands, a row each, and what is decided about a statement."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from slas.actions.credit_schemes import BandDetails, SchemeDetails
from slas.calculation.credit_bands import BandRow, band_problems
from slas.calculation.credit_terms import WrittenTerms, terms_problems
from slas.calculation.credits import CreditUnit
from slas.models import (
    APPROVERS,
    CreditBand,
    CreditBasis,
    CreditScheme,
    ServiceLevelTarget,
    SeveralRule,
)
from slas.queries.agreements import list_agreement_targets
from slas.queries.clause_credits import Credits
from slas.queries.credits import promised_of

EMPTY_ROWS = 4
MOST_ROWS = 60
MONEY: dict[str, Any] = {"min_value": 0, "max_digits": 16, "decimal_places": 4}


class SchemeForm(forms.Form):
    """Everything about credits but the bands."""

    name = forms.CharField(max_length=120, help_text=_("For example “Credits for ordering”."))
    basis = forms.ChoiceField(label=_("Credits are"), choices=CreditBasis.choices)
    fee = forms.DecimalField(
        label=_("Monthly fee"), required=False, help_text=_("Needed for percent of the fee."), **MONEY
    )
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        max_length=3,
        help_text=_("Three letters, for example GBP."),
        error_messages={"invalid": _("Write the three letters of a currency, for example GBP.")},
    )
    month_cap = forms.DecimalField(
        label=_("At most in a month"),
        required=False,
        help_text=_("As the credits are written. Empty: no cap."),
        **MONEY,
    )
    year_cap = forms.DecimalField(
        label=_("At most in a calendar year"),
        required=False,
        help_text=_("Money, or percent of twelve monthly fees. Empty: no cap."),
        **MONEY,
    )
    several = forms.ChoiceField(label=_("One event that hits several promises costs"), choices=SeveralRule.choices)
    earn_back_months = forms.IntegerField(
        label=_("Earned back after so many kept months"),
        min_value=1,
        max_value=12,
        required=False,
        help_text=_("The promise is kept in each of them. Empty: nothing is earned back."),
    )
    excludes_unmet = forms.BooleanField(
        label=_("Nothing is credited while a duty of the customer for that service is overdue"),
        required=False,
        initial=True,
    )
    approver_role = forms.ChoiceField(label=_("Approved by"), choices=APPROVERS)

    def __init__(self, data: Any = None, *, scheme: CreditScheme | None = None, currency: str) -> None:
        initial = (
            {name: _bare(getattr(scheme, name)) for name in self.base_fields} if scheme else {"currency": currency}
        )
        super().__init__(data, initial=initial, prefix="scheme")

    def _terms(self, data: Mapping[str, Any]) -> WrittenTerms:
        amounts = (data.get(name) for name in ("fee", "month_cap", "year_cap"))
        return WrittenTerms(self.unit, str(self["currency"].value()), *amounts)

    @property
    def unit(self) -> CreditUnit:
        """What credits and caps are written in, also before everything else is right."""
        return CreditUnit.AMOUNT if self["basis"].value() == CreditBasis.AMOUNT else CreditUnit.SHARE_OF_FEE

    @property
    def places(self) -> int:
        """How many decimals a credit has."""
        return self._terms({}).places

    def clean(self) -> dict[str, Any]:
        """What is wrong with the terms is said at its field."""
        data = super().clean() or {}
        for problem in terms_problems(self._terms(data)):
            if problem.field not in self.errors:
                self.add_error(problem.field, problem.words)
        return data

    def details(self) -> SchemeDetails:
        """What was filled in."""
        return SchemeDetails(**self.cleaned_data)


class BandForm(forms.Form):
    """One band of one promise; an empty row is left out."""

    target = forms.ChoiceField(label=_("Promise"), required=False)
    low = forms.DecimalField(label=_("From"), required=False, max_digits=8, decimal_places=4)
    high = forms.DecimalField(label=_("To"), required=False, max_digits=8, decimal_places=4)
    credit = forms.DecimalField(label=_("Credit"), required=False, max_digits=16, decimal_places=4)

    def __init__(self, *args: Any, targets: Sequence[ServiceLevelTarget] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("None")), *((each.slug, _said(each)) for each in targets)]
        self.fields["target"] = forms.ChoiceField(label=_("Promise"), required=False, choices=choices)

    @property
    def is_filled(self) -> bool:
        """Whether anything was written into the row."""
        data = getattr(self, "cleaned_data", {})
        return any(data.get(name) not in (None, "") for name in self.fields)

    def clean(self) -> dict[str, Any]:
        """What a row needs: a promise, where it begins, and what it is worth."""
        data = super().clean() or {}
        if any(data.get(name) not in (None, "") for name in self.fields):
            needed = {
                "target": _("Choose the promise."),
                "low": _("Say where the band begins."),
                "credit": _("Say what the band is worth."),
            }
            for name, words in needed.items():
                if name not in self.errors and data.get(name) in (None, ""):
                    self.add_error(name, words)
        return data


class BandRows(forms.BaseFormSet):
    """The bands of a scheme; together they leave no hole below each promise."""

    def __init__(
        self, *args: Any, targets: Sequence[ServiceLevelTarget], unit: CreditUnit, places: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.form_kwargs = {"targets": targets}
        self.targets = {target.slug: target for target in targets}
        self.unit = unit

    def clean(self) -> None:
        """Each mistake is said at its row and field."""
        if any(self.errors):
            return
        found: dict[str, list[BandRow]] = defaultdict(list)
        for place, form in enumerate(self.forms):
            if form.is_filled:
                data = form.cleaned_data
                found[data["target"]].append(BandRow(place, data["low"], data["high"], data["credit"]))
        if not found:
            raise forms.ValidationError(_("Write at least one band: which values of which promise are worth what."))
        for slug, rows in found.items():
            promised = promised_of(self.targets[slug])
            for problem in band_problems(rows, promised, self.unit, self.places) if promised else ():
                self.forms[problem.place].add_error(problem.field, problem.words)

    def details(self) -> list[BandDetails]:
        """What was filled in."""
        rows = [form.cleaned_data for form in self.forms if form.is_filled]
        return [BandDetails(self.targets[row["target"]], row["low"], row["high"], row["credit"]) for row in rows]

    @property
    def problems(self) -> list[tuple[int, forms.BoundField, str]]:
        """Every mistake with the number of its row and its field."""
        return [
            (place, form[name], str(error))
            for place, form in enumerate(self.forms, start=1)
            for name, errors in form.errors.items()
            for error in errors
        ]


class CreditsForm:
    """All of a scheme on one page: its terms, and its bands in rows."""

    def __init__(self, data: Any, *, row: Credits) -> None:
        self.row, self.is_bound = row, data is not None
        is_written = bool(row.scheme.name)
        self.terms = SchemeForm(data, scheme=row.scheme if is_written else None, currency=row.scheme.currency)
        self.rows = band_rows(data, row=row, unit=self.terms.unit, places=self.terms.places)

    def is_valid(self) -> bool:
        """Whether both can be taken as they were sent."""
        return all([self.terms.is_valid(), self.rows.is_valid()])

    @property
    def is_wrong(self) -> bool:
        """Whether something that was sent is to be put right."""
        return self.is_bound and (not self.is_valid() or bool(self.terms.errors))

    def filled(self) -> Credits:
        """The scheme as it was filled in, not written."""
        scheme = copy(self.row.scheme)
        for name, value in asdict(self.terms.details()).items():
            setattr(scheme, name, value)
        bands = (
            CreditBand(scheme=scheme, target=each.target, low=each.low, high=each.high, credit=each.credit)
            for each in self.rows.details()
        )
        return Credits(self.row.agreement, scheme, tuple(bands))


def band_rows(data: Any, *, row: Credits, unit: CreditUnit, places: int) -> BandRows:
    """The rows of a scheme with some empty ones, for the promises of the agreement that promise something."""
    targets = [each for each in list_agreement_targets(agreement=row.agreement) if promised_of(each) is not None]
    bands = sorted(row.bands, key=lambda band: (band.target.position, band.target_id, -band.low))
    initial = None if data else [_initial(band) for band in bands]  # what was sent is all that counts
    rows = forms.formset_factory(
        BandForm, formset=BandRows, extra=EMPTY_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    held = {"targets": targets, "unit": unit, "places": places}
    made: BandRows = rows(data, initial=initial, prefix="bands", **held)  # type: ignore[arg-type, assignment]
    return made


def _initial(band: CreditBand) -> dict[str, Any]:
    bare = {name: getattr(band, name) for name in ("low", "high", "credit")}
    return {"target": band.target.slug} | {name: _bare(value) for name, value in bare.items()}


def _bare(value: Any) -> Any:
    """A number without the zeros that its column adds."""
    return value.normalize() + Decimal(0) if isinstance(value, Decimal) else value


def _said(target: ServiceLevelTarget) -> str:
    promised = promised_of(target)
    return f"{target.name} ({promised.say(promised.level)})" if promised else target.name


class DecisionForm(forms.Form):
    """Yes or no to what was computed at the instant `read`. A no says why."""

    read = forms.CharField(required=False, widget=forms.HiddenInput)  # as the page has it, also after a refusal
    decision = forms.ChoiceField(
        widget=forms.RadioSelect, choices=[("approve", _("Approve it")), ("decline", _("Decline it"))]
    )
    reason = forms.CharField(
        label=_("Your words"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """Who declines says why."""
        data = super().clean() or {}
        if data.get("decision") == "decline" and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why: both sides agreed on these credits."))
        return data


class StateForm(forms.Form):
    """How the customer has it in writing."""

    reference = forms.CharField(
        label=_("Credit note"), max_length=80, help_text=_("Its number, for example CN-2026-014.")
    )
