"""What people fill in about facts: one fact, or a file of them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.importers.files import MOST_BYTES
from slas.importers.rows.kinds import SCHEMAS, STATES
from slas.importers.rows.ledgers import Ledger
from slas.importers.rows.schema import Column
from slas.importers.rows.times import day, instant, planned_instant
from slas.importers.rows.values import Surroundings, agreed_percent, count, milliseconds, people, reading, yes_or_no
from slas.models import FactKind, Measure
from slas.queries.rows import COVERED, GAPS, Row

INPUTS: dict[Any, dict[str, str]] = {
    instant: {"type": "datetime-local", "step": "1"},
    planned_instant: {"type": "datetime-local", "step": "1"},
    day: {"type": "date"},
    count: {"inputmode": "numeric"},
    people: {"inputmode": "numeric"},
    milliseconds: {"inputmode": "decimal"},
    agreed_percent: {"inputmode": "decimal"},
    reading: {"inputmode": "decimal"},
}


class FactForm(forms.Form):
    """One fact of a kind; its fields are those of the row, and the same rules read them as read a file."""

    def __init__(self, data: Any = None, *, fact: str, zone: str, now: datetime) -> None:
        super().__init__(data)
        self.schema, self.now = SCHEMAS[fact], now
        self.row: Row | None = None
        for column in self.schema.columns:
            self.fields[column.name] = _field(column)
        if any(column.read in (instant, planned_instant) for column in self.schema.columns):
            self.fields["zone"] = forms.ChoiceField(label=_("Time zone"), choices=[(zone, zone), ("UTC", "UTC")])
        self.fields["why"] = forms.CharField(
            label=_("How you know"),
            max_length=500,
            help_text=_("For the second person, who decides whether this fact counts."),
        )

    def clean(self) -> dict[str, Any]:
        """Read the row; what is wrong is said at its field."""
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        around = Surroundings(self.now, ZoneInfo(data.get("zone", "UTC")))
        row, complaints = self.schema.read({name: data.get(name) for name in self.schema.by_name}, around)
        for complaint in complaints:
            self.add_error(complaint.field or None, f"{complaint.what}. {complaint.to_do}")
        self.row = row
        return data


def _field(column: Column) -> forms.Field:
    words = f"{column.what[:1].upper()}{column.what[1:]}."
    common: dict[str, Any] = {"label": column.label, "required": column.is_required, "help_text": words}
    if column.read is yes_or_no:
        return forms.BooleanField(**common)
    if column.name == "state":
        return forms.ChoiceField(choices=[(word, word.capitalize()) for word in STATES], **common)
    if isinstance(column.read, Ledger):
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **common)
    return forms.CharField(widget=forms.TextInput(attrs=INPUTS.get(column.read, {})), **common)


class UploadForm(forms.Form):
    """A file of facts, and what its bringer knows about it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, at most 5 MB and 50,000 rows. The first row names the columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    fact = forms.ChoiceField(label=_("What the file holds"))
    zone = forms.ChoiceField(
        label=_("Time zone of the file"),
        required=False,
        help_text=_("For times that do not say their zone themselves."),
    )
    reason = forms.CharField(
        label=_("Where the file comes from"),
        max_length=500,
        help_text=_("For the second person, who decides whether these rows count."),
    )
    is_whole = forms.BooleanField(
        label=_("Only if each row is right"),
        required=False,
        help_text=_("Otherwise the right rows can be sent and the wrong ones are left out."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, measure: Measure, zone: str) -> None:
        super().__init__(data, files)
        facts = [(measure.fact_kind, FactKind(measure.fact_kind).label), (GAPS, _("Times without data"))]
        if measure.fact_kind == FactKind.OUTAGES:
            facts.append((COVERED, _("Times that the log covers")))
        zones = [("", _("Each time says its zone")), (zone, zone), ("UTC", "UTC")]
        self.fields["fact"].choices = facts  # type: ignore[attr-defined]
        self.fields["zone"].choices = list(dict(zones).items())  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """A file of a size that can be checked while its bringer waits."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file has more than 5 MB. Split it into parts."))
        return file

    def clean_zone(self) -> ZoneInfo | None:
        """The zone, if one was named."""
        name = self.cleaned_data["zone"]
        return ZoneInfo(name) if name else None


class DecisionForm(forms.Form):
    """Why a second person lets facts count, or refuses them."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when you refuse."),
    )
