"""What people fill in about value."""

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import MoneyField, RowField, choose_from
from catalog.models import BusinessGoal, BusinessStep, EvidenceGrade
from portal.accounts.models import Membership
from portal.accounts.queries import list_own_units_in_use
from portal.language.currencies import amount_of, minor_of
from reporting.actions.standstill import CostDetails
from reporting.actions.value import ImpactDetails, StatementDetails
from reporting.models import GoalMeasure, ImpactProfile, StandstillCost, ValueKind, ValueStatement
from reporting.queries.value_kept import (
    DAYS,
    HOURS,
    list_availability_promises,
    list_causes,
    list_counted,
    units_by_hour,
)

MONTH = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
HEADING = "hour, Mon, Tue, Wed, Thu, Fri, Sat, Sun"
SEPARATORS = re.compile(r"[,;\t]")
MOST_UNITS = 10_000_000


def share_field(label: Any) -> forms.DecimalField:
    """A percentage."""
    return forms.DecimalField(label=label, min_value=0, max_value=100, decimal_places=2)


class ImpactForm(forms.Form):
    """What an hour without a service costs."""

    unit_words = forms.CharField(
        label=_("What is done in an hour"), max_length=60, help_text=_("Counted things, for example “orders”.")
    )
    low = share_field(_("Never done later, at least (percent)"))
    high = share_field(_("Never done later, at most (percent)"))
    worth = MoneyField(label=_("Worth of one"))
    step = RowField(
        label=_("Which step of your work that is"),
        required=False,
        empty_label=_("None, or not described yet"),
        help_text=_("What an hour of this step costs is then counted from here."),
    )
    week = forms.CharField(
        label=_("How many in each hour of a week"),
        max_length=8000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 26}),
        help_text=_("One line for each hour: the hour, then Monday to Sunday. You can paste the cells of a table."),
    )

    def __init__(
        self, data: Any = None, *, profile: ImpactProfile | None, currency: str, steps: QuerySet[BusinessStep]
    ) -> None:
        super().__init__(data, initial=_impact_initial(profile, currency))
        choose_from(self, "step", steps)
        self.currency = currency
        self.fields["worth"].in_currency(currency)  # type: ignore[attr-defined]

    def clean_week(self) -> dict[tuple[int, int], int]:
        """Units by weekday and hour; an hour that is not named has none."""
        found: dict[tuple[int, int], int] = {}
        seen: set[int] = set()
        for number, line in enumerate(self.cleaned_data["week"].splitlines(), start=1):
            cells = [cell.strip() for cell in SEPARATORS.split(line)]
            if not any(cells) or (number == 1 and cells[0].lower() == "hour"):
                continue
            hour, units = _line(number, cells)
            if hour in seen:
                problem = _("Line %(line)s: the hour %(hour)s is there twice. Take one of the two away.")
                raise forms.ValidationError(problem % {"line": number, "hour": hour})
            seen.add(hour)
            found |= {(day, hour): count for day, count in enumerate(units)}
        if not any(found.values()):
            raise forms.ValidationError(_("Say how many there are in at least one hour."))
        return found

    def clean(self) -> dict[str, Any]:
        """The least is not above the most."""
        data = super().clean() or {}
        if None not in (data.get("low"), data.get("high")) and data["low"] > data["high"]:
            self.add_error("high", _("“At most” cannot be below “at least”."))
        return data

    def details(self) -> ImpactDetails:
        """What was filled in."""
        data = self.cleaned_data
        return ImpactDetails(
            unit_words=data["unit_words"],
            lost_share_low=data["low"] / 100,
            lost_share_high=data["high"] / 100,
            unit_value_minor=minor_of(data["worth"], self.currency),
            hours=data["week"],
            step=data["step"],
        )


class StandstillForm(forms.Form):
    """What an hour costs in which a step stands still: at least, most likely, at most."""

    low = MoneyField(label=_("At least"))
    likely = MoneyField(label=_("Most likely"))
    high = MoneyField(label=_("At most"))
    basis = forms.CharField(
        label=_("What that is made from"),
        max_length=200,
        required=False,
        help_text=_("For example “40 people wait, and a third of the orders goes elsewhere”."),
    )

    def __init__(self, data: Any = None, *, step: BusinessStep, currency: str, said: StandstillCost | None) -> None:
        initial: dict[str, Any] = {}
        if said and said.currency == currency:
            names = ("low", "likely", "high")
            initial = {name: amount_of(getattr(said, f"{name}_minor"), currency) for name in names}
            initial["basis"] = said.basis
        super().__init__(data, prefix=f"cost-{step.pk}", initial=initial)
        self.currency = currency
        for name in ("low", "likely", "high"):
            self.fields[name].in_currency(currency)  # type: ignore[attr-defined]
            self.fields[name].label = f"{self.fields[name].label}, {currency}"

    def clean(self) -> dict[str, Any]:
        """At least, most likely, at most: in this order."""
        data = super().clean() or {}
        if None not in (data.get("low"), data.get("likely")) and data["low"] > data["likely"]:
            self.add_error("likely", _("“Most likely” cannot be below “at least”."))
        if None not in (data.get("likely"), data.get("high")) and data["likely"] > data["high"]:
            self.add_error("high", _("“At most” cannot be below “most likely”."))
        return data

    def details(self) -> CostDetails:
        """What was filled in."""
        low, likely, high = (minor_of(self.cleaned_data[name], self.currency) for name in ("low", "likely", "high"))
        return CostDetails(low, likely, high, self.currency, self.cleaned_data["basis"])


class GoalMeasureForm(forms.Form):
    """By what a goal is followed."""

    measure = RowField(
        label=_("Counted by"), empty_label=_("Choose"), help_text=_("A measure that counts all, and those as wanted.")
    )
    baseline_month = forms.DateField(
        label=_("From the month"), widget=MONTH, input_formats=["%Y-%m"], required=False,
        help_text=_("With which later months are compared."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, followed: GoalMeasure | None) -> None:
        initial = {"measure": followed.measure_id, "baseline_month": followed.baseline_month} if followed else None
        super().__init__(data, initial=initial)
        choose_from(self, "measure", list_counted())


class StatementForm(forms.Form):
    """How a contribution to a goal is computed."""

    business_unit = RowField(label=_("For whom"), empty_label=_("Choose"))
    kind = forms.ChoiceField(label=_("What it is"), choices=ValueKind.choices)
    cause_words = forms.CharField(
        label=_("Brought about by"), max_length=200, help_text=_("For example “Re-order lists”.")
    )
    result_words = forms.CharField(
        label=_("Said of the range"), max_length=80, help_text=_("For example “saved a month”.")
    )
    unit_words = forms.CharField(label=_("Counted things"), max_length=60, help_text=_("For example “orders”."))
    grade = forms.ChoiceField(
        label=_("How sure it is"),
        choices=[choice for choice in EvidenceGrade.choices if choice[0] != EvidenceGrade.CONFIRMED],
        help_text=_("That it is confirmed, the head of the unit says."),
    )
    target = RowField(
        label=_("Promise"), required=False, empty_label=_("None"), help_text=_("For units that were never done.")
    )
    measure = RowField(
        label=_("Counted by"), required=False, empty_label=_("None"), help_text=_("For work saved and for fewer units.")
    )
    improvement = RowField(
        label=_("Improvement"), required=False, empty_label=_("None"), help_text=_("For fewer units: since when.")
    )
    baseline_month = forms.DateField(
        label=_("Compared with the month"), widget=MONTH, input_formats=["%Y-%m"], required=False,
        help_text=_("For work saved."),
    )  # fmt: skip
    low_rate = forms.DecimalField(
        label=_("At least, for one"), min_value=0, max_digits=10, decimal_places=4, required=False,
        help_text=_("Minutes for work saved; pence, cents for fewer units."),
    )  # fmt: skip
    high_rate = forms.DecimalField(
        label=_("At most, for one"), min_value=0, max_digits=10, decimal_places=4, required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        reader: Membership,
        today: date,
        goal: BusinessGoal,
        statement: ValueStatement | None = None,
    ) -> None:
        super().__init__(data, initial=_statement_initial(goal, statement))
        choose_from(self, "business_unit", list_own_units_in_use(reader=reader, on=today))
        choose_from(self, "target", list_availability_promises())
        choose_from(self, "measure", list_counted())
        choose_from(self, "improvement", list_causes(reader=reader))

    def clean(self) -> dict[str, Any]:
        """The least is not above the most."""
        data = super().clean() or {}
        if None not in (data.get("low_rate"), data.get("high_rate")) and data["low_rate"] > data["high_rate"]:
            self.add_error("high_rate", _("“At most” cannot be below “at least”."))
        return data

    def details(self) -> StatementDetails:
        """What was filled in."""
        return StatementDetails(**self.cleaned_data)


def _line(number: int, cells: list[str]) -> tuple[int, list[int]]:
    """The hour and the units of seven days; the line is named when it holds anything else."""
    hour, units = cells[0].partition(":")[0], cells[1:]
    is_right = len(units) == DAYS and all(cell.isascii() and cell.isdigit() for cell in (hour, *units))
    if not is_right or int(hour) >= HOURS or max(map(int, units)) > MOST_UNITS:
        problem = _("Line %(line)s: write an hour from 0 to 23 and seven whole numbers, for example “%(example)s”.")
        raise forms.ValidationError(problem % {"line": number, "example": "9, 310, 290, 300, 305, 320, 150, 0"})
    return int(hour), [int(cell) for cell in units]


def _impact_initial(profile: ImpactProfile | None, currency: str) -> dict[str, Any]:
    units = units_by_hour(profile) if profile else {}
    lines = [
        ", ".join(str(value) for value in (hour, *(units.get((day, hour), 0) for day in range(DAYS))))
        for hour in range(HOURS)
    ]
    week = {"week": "\n".join([HEADING, *lines])}
    if profile is None:
        return week
    return week | {
        "unit_words": profile.unit_words,
        "low": (profile.lost_share_low * 100).normalize(),
        "high": (profile.lost_share_high * 100).normalize(),
        "worth": amount_of(profile.unit_value_minor, currency),
        "step": profile.step_id,
    }


def _statement_initial(goal: BusinessGoal, statement: ValueStatement | None) -> dict[str, Any]:
    if statement is None:
        return {"business_unit": goal.business_unit_id}
    names = ("kind", "cause_words", "result_words", "unit_words", "baseline_month", "low_rate", "high_rate")
    rows = ("business_unit", "target", "measure", "improvement")
    grade = EvidenceGrade.MEASURED if statement.grade == EvidenceGrade.CONFIRMED else statement.grade
    return (
        {name: getattr(statement, name) for name in names}
        | {name: getattr(statement, f"{name}_id") for name in rows}
        | {"grade": grade}
    )
