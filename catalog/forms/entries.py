"""What people fill in about an entry of the catalogue."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import DateField
from catalog.models import EntryVersion, Service
from catalog.queries.entries import fields_of

LONG = {"description": 4, "how_to_ask": 2, "delivered": 3, "accepted_how": 2}
HELP = {
    "description": _("What people can do with it, in one plain sentence."),
    "used_by": _("For example “Customers, order desk”."),
    "hours_words": _("For example “04:00 to 22:00, every day”."),
    "how_to_ask": _("Where or whom people ask, and what they must bring."),
    "price_words": _("Where no price of a level says it, for example “In the base fee”."),
    "also_called": _("Everyday words that people search it by, for example “laptop, computer, PC”."),
    "busy_times": _("For example “Month end, and the week before Christmas”."),
    "help_words": _("Who helps when it does not work, and how they are reached."),
    "delivered": _("What is handed over at the end."),
    "accepted_how": _("Who says that it is done, and by what."),
    "effort_words": _("For example “Up to 6 days a month”."),
    "builds_on_it": _("Which services stand on it."),
}


class EntryForm(forms.Form):
    """The words of an entry, as its class of service asks for them, and which words its writer began from."""

    began = forms.CharField(max_length=20, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, service: Service, version: EntryVersion) -> None:
        names = fields_of(service)
        initial = {name: getattr(version, name) for name in names} | {"began": version.token}
        super().__init__(data, initial=initial)
        for name in names:
            column = EntryVersion._meta.get_field(name)
            written: dict[str, Any] = {"widget": forms.Textarea(attrs={"rows": LONG[name]})} if name in LONG else {}
            self.fields[name] = column.formfield(help_text=HELP.get(name, ""), **written)  # type: ignore[assignment, union-attr]

    def words(self) -> dict[str, Any]:
        """What was filled in, without what it began from."""
        return {name: value for name, value in self.cleaned_data.items() if name != "began"}


class PublishForm(forms.Form):
    """When what was approved is published, and why words stay that readers may not know."""

    read = forms.CharField(max_length=20, widget=forms.HiddenInput)
    on = DateField(label=_("From"), required=False, help_text=_("Leave it empty to publish now."))
    reason = forms.CharField(
        label=_("Why the words stay"),
        max_length=500,
        required=False,
        help_text=_("Asked for only where words were found that readers may not know. Kept with the version."),
    )


class RetirementForm(forms.Form):
    """The day on which a service leaves the catalogue, and why."""

    on = DateField(label=_("Last day is the day before"))
    reason = forms.CharField(label=_("Why"), max_length=500, help_text=_("Whoever has the service reads this."))

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self.fields["on"].widget.attrs["min"] = today.isoformat()
