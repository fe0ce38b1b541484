"""A table of services: the file, and what each of its columns is."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.importers.files import MOST_BYTES, Table, UnusableFile
from catalog.importers.services import SORTS, ColumnUse, Use, check_uses, named, read_services
from catalog.models import ServiceClass, Stage

STAGES = [(stage.value, stage.label) for stage in (Stage.CATALOGUE, Stage.PIPELINE)]
SAMPLES = 3


class TableForm(forms.Form):
    """The file, and what holds for services that it does not say more about."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or XLSX, at most 5 MB and 5,000 rows; the first row names the columns."
            " Or a catalog-info.yaml of Backstage."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.yaml,.yml"}),
    )
    service_class = forms.ChoiceField(
        label=_("Kind of service"), choices=ServiceClass.choices, help_text=_("Of rows that say none.")
    )
    stage = forms.ChoiceField(label=_("New services begin in"), choices=STAGES)

    content: bytes = b""
    table: Table | None = None

    def clean_file(self) -> Any:
        """A table that can be read."""
        file = self.cleaned_data["file"]
        self.content = file.read(MOST_BYTES + 1)
        try:
            self.table = read_services(self.content)
        except UnusableFile as unusable:
            raise forms.ValidationError(str(unusable)) from unusable
        return file


class UsesForm(forms.Form):
    """What each column of the table is: one choice each, and a name for those that sort services."""

    def __init__(self, data: Any = None, *, table: Table, uses: Mapping[str, ColumnUse]) -> None:
        super().__init__(data)
        self.table = table
        for number, column in enumerate(table.columns):
            said = uses.get(column, ColumnUse())
            self.fields[f"use_{number}"] = forms.ChoiceField(
                label=column, choices=Use.choices, required=False, initial=said.use
            )
            self.fields[f"called_{number}"] = forms.CharField(
                label=_("Called"), max_length=120, required=False, initial=said.called
            )

    @property
    def columns(self) -> list[dict[str, Any]]:
        """Each column with its fields and its first values."""
        records = [record for _number, record in self.table.records[:50]]
        return [
            {
                "name": column,
                "samples": list(dict.fromkeys(str(row[column])[:80] for row in records if row.get(column)))[:SAMPLES],
                "use": self[f"use_{number}"],
                "called": self[f"called_{number}"],
            }
            for number, column in enumerate(self.table.columns)
        ]

    def uses(self) -> dict[str, ColumnUse]:
        """What was said of each column; one that sorts is called like the column where nothing else is said."""
        said = {}
        for number, column in enumerate(self.table.columns):
            use, called = (self.cleaned_data.get(f"{name}_{number}", "") for name in ("use", "called"))
            said[column] = ColumnUse(use, (called or named(column)) if use in SORTS else "")
        return said

    def clean(self) -> dict[str, Any]:
        """Columns that together make services."""
        data = super().clean() or {}
        if not self.errors:
            for sentence in check_uses(self.uses()):
                self.add_error(None, sentence)
        return data
