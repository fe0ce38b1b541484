"""What a process owner fills in: in plain words, one thing at a time."""

from collections.abc import Collection
from datetime import date, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.actions.processes import PeakDetails, ProcessDetails
from catalog.forms.fields import DateField, MemberField, RowField, choose_from
from catalog.models import BusinessProcess, BusinessStep, Component, PeakKind, Service
from catalog.models.processes import LAST_DAY, MINUTES
from portal.accounts.models import Membership
from portal.accounts.queries import list_own_units_in_use
from portal.language.dates import WEEKDAYS

EACH_DAY = 7
NEEDED = {
    PeakKind.WEEKLY: ("weekdays", _("Choose at least one day of the week.")),
    PeakKind.MONTH_END: ("last_days", _("Say how many working days, for example 3.")),
    PeakKind.YEARLY: ("first_on", _("Say the first and the last day; the year does not matter.")),
    PeakKind.DATED: ("first_on", _("Say the first and the last day.")),
}


class ProcessForm(forms.Form):
    """What a process is called, and what it is for."""

    name = forms.CharField(label=_("What you call it"), max_length=120, help_text=_("For example “Order to cash”."))
    purpose = forms.CharField(
        label=_("What it is for"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence, for example “Customers get what they ordered, and we are paid for it”."),
    )


class AboutForm(ProcessForm):
    """And who answers for it."""

    owner = MemberField(label=_("Who answers for it"))

    def __init__(self, data: Any = None, *, people: QuerySet[Membership], process: BusinessProcess) -> None:
        initial = {"name": process.name, "purpose": process.purpose, "owner": process.owner_id}
        super().__init__(data, prefix="about", initial=initial)
        choose_from(
            self, "owner", Membership.objects.filter(pk__in=people.order_by().values("pk")).select_related("user")
        )

    def details(self) -> ProcessDetails:
        """What was filled in."""
        return ProcessDetails(**self.cleaned_data)


class NewProcessForm(ProcessForm):
    """A process of a unit, by its name and what it is for; the rest follows on its page."""

    business_unit = RowField(label=_("Whose work it is"), empty_label=None)
    field_order = ("business_unit", "name", "purpose")

    def __init__(self, data: Any = None, *, reader: Membership, today: date) -> None:
        super().__init__(data)
        units = list_own_units_in_use(reader=reader, on=today)
        choose_from(self, "business_unit", units)
        if len(units) == 1:
            self.fields["business_unit"].initial = units[0].pk
            self.fields["business_unit"].widget = forms.HiddenInput()

    def details(self, by: Membership) -> ProcessDetails:
        """What was filled in; whoever describes a process answers for it until another one is named."""
        return ProcessDetails(self.cleaned_data["name"], self.cleaned_data["purpose"], by)


class StepForm(forms.Form):
    """One step, in a few words."""

    name = forms.CharField(
        label=_("What is done in this step"), max_length=120, help_text=_("For example “The order is taken”.")
    )

    def __init__(self, data: Any = None, *, step: BusinessStep | None = None) -> None:
        prefix = f"name-{step.pk}" if step else "step"
        super().__init__(data, prefix=prefix, initial={"name": step.name} if step else None)


class SupportForm(forms.Form):
    """What a step rests on: one service, or one team or thing, and the part that it plays."""

    thing = forms.ChoiceField(label=_("It cannot go on without"))
    role = forms.CharField(
        label=_("What that does in this step"),
        max_length=200,
        help_text=_("For example “Takes the orders of customers who phone”."),
    )

    def __init__(self, data: Any = None, *, step: BusinessStep, offered: Collection[Service | Component]) -> None:
        super().__init__(data, prefix=f"support-{step.pk}")
        named = {row.service or row.component for row in step.supports.all()}
        self._rows = {f"{type(row).__name__}-{row.pk}".lower(): row for row in offered if row not in named}
        groups = [
            (words, [(key, row.name) for key, row in self._rows.items() if isinstance(row, kind)])
            for words, kind in ((_("Services"), Service), (_("Teams and things"), Component))
        ]
        choices = [("", _("Choose")), *(group for group in groups if group[1])]
        self.fields["thing"].choices = choices  # type: ignore[attr-defined]

    def clean_thing(self) -> Service | Component:
        """The row that was chosen."""
        return self._rows[self.cleaned_data["thing"]]


class PeakForm(forms.Form):
    """When the work is heavy: one rule."""

    kind = forms.ChoiceField(label=_("When is it heavy?"), choices=PeakKind.choices, widget=forms.RadioSelect)
    weekdays = forms.MultipleChoiceField(
        label=_("Days of the week"),
        choices=[(str(number), day) for number, day in enumerate(WEEKDAYS)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    last_days = forms.IntegerField(
        label=_("How many working days at the end of the month"), min_value=1, max_value=20, required=False
    )
    first_on = DateField(label=_("First day"), required=False)
    last_on = DateField(label=_("Last day"), required=False, help_text=_("For a single day leave this empty."))
    start = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    end = forms.TimeField(
        label=_("Until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Left empty, it is the whole day."),
    )
    name = forms.CharField(
        label=_("What you call it"), max_length=80, required=False, help_text=_("For example “Christmas”.")
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="peak")

    def clean(self) -> dict[str, Any]:
        """Each kind needs its own words; an end comes after its beginning."""
        data = super().clean() or {}
        field, missing = NEEDED.get(data.get("kind", ""), ("", ""))
        if field and not data.get(field) and field not in self.errors:
            self.add_error(field, missing)
        first, last = data.get("first_on"), data.get("last_on") or data.get("first_on")
        if first and last and field == "first_on":
            self._in_order(data["kind"], first, last)
        if self._minutes(data)[0] >= self._minutes(data)[1]:
            self.add_error("end", _("“Until” is not after “From”. For work over midnight, name two peaks."))
        if len(data.get("weekdays") or ()) == EACH_DAY and self._minutes(data) == (0, MINUTES):
            self.add_error("weekdays", _("Then it is always heavy. Choose the heavy days, or say the heavy hours."))
        return data

    def details(self) -> PeakDetails:
        """What was filled in; words that belong to another kind are left out."""
        data = self.cleaned_data
        kind, (start, end) = data["kind"], self._minutes(data)
        has_dates = kind in (PeakKind.YEARLY, PeakKind.DATED)
        return PeakDetails(
            kind=kind,
            name=data["name"],
            weekdays="".join(sorted(data["weekdays"])) if kind == PeakKind.WEEKLY else "",
            last_days=data["last_days"] if kind == PeakKind.MONTH_END else None,
            first_on=data["first_on"] if has_dates else None,
            last_on=(data["last_on"] or data["first_on"]) if has_dates else None,
            start_minute=start,
            end_minute=end,
        )

    def _in_order(self, kind: str, first: date, last: date) -> None:
        if last < first and kind == PeakKind.YEARLY:
            self.add_error("last_on", _("For a season over the turn of the year, give the last day in the next year."))
        elif last < first:
            self.add_error("last_on", _("The last day is before the first one."))
        elif last > LAST_DAY:
            self.add_error("last_on", _("That is too far away. Give a day before the year 2200."))
        elif kind == PeakKind.YEARLY and last >= first.replace(year=first.year + 1, day=min(first.day, 28)):
            self.add_error("last_on", _("A season is shorter than a year."))

    def _minutes(self, data: dict[str, Any]) -> tuple[int, int]:
        start, end = data.get("start"), data.get("end")
        return _minute(start) if start else 0, _minute(end) if end and end != time.min else MINUTES


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
