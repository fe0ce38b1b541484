"""What people fill in about packages of promises."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import RowField, choose_from
from catalog.models import Service
from slas.forms.target_sheet import ADDRESS, Sheet, read_sheet
from slas.models import Agreement, TargetPackage
from slas.queries.names import read_names
from slas.queries.packages import list_packages


class PackageForm(forms.Form):
    """How a set of promises is called, and what it is for."""

    name = forms.CharField(max_length=120, help_text=_("For example “Help desk, gold”."))
    purpose = forms.CharField(
        label=_("What it is for"), max_length=300, required=False, help_text=_("So that others know when to take it.")
    )

    def clean_name(self) -> str:
        """A name of its own."""
        name: str = self.cleaned_data["name"]
        if list_packages().filter(name=name).exists():
            raise forms.ValidationError(_("There is a package of that name already."))
        return name


class PutPackageForm(forms.Form):
    """Which package goes into a draft, and for which service; its `sheet` says what it would do."""

    package = RowField(empty_label=_("Choose"))
    service = RowField(
        required=False,
        empty_label=_("Those of the package"),
        help_text=_("Promise all of it for this service. Measures and hours stay those of the package."),
    )

    def __init__(self, data: Any = None, *, agreement: Agreement) -> None:
        super().__init__(data)
        self.agreement = agreement
        self.sheet: Sheet | None = None
        choose_from(self, "package", list_packages())
        choose_from(self, "service", Service.objects.order_by("name"))

    def clean(self) -> dict[str, Any]:
        """A package whose services, measures and hours are still there."""
        data = super().clean() or {}
        package: TargetPackage | None = data.get("package")
        if package is None:
            return data
        instead = {"service": data["service"].slug, "component": ""} if data.get("service") else {}
        rows = [(number, row | instead | {ADDRESS: ""}) for number, row in enumerate(package.rows, start=1)]
        self.sheet = read_sheet(agreement=self.agreement, records=rows, names=read_names(), known=[])
        for problem in self.sheet.problems:
            words = _("Promise %(row)s, %(column)s: %(what)s")
            told = {"row": problem.row, "column": problem.column, "what": problem.what}
            self.add_error("package", words % told)
        return data
