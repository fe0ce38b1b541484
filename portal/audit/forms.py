"""How the audit is narrowed."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.audit import queries
from portal.audit.queries import Narrowing


class NarrowForm(forms.Form):
    """Days in the tenant's time, person and kind; sent in the address, so that it can be kept and shared."""

    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    person = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(required=False)

    def __init__(self, data: Any, *, kinds: list[tuple[str, str]], kind_label: Any) -> None:
        super().__init__(data)
        person, kind = self.fields["person"], self.fields["kind"]
        person.choices = [("", _("Everybody")), *queries.list_people()]  # type: ignore[attr-defined]
        kind.choices = [("", _("All")), *kinds]  # type: ignore[attr-defined]
        kind.label = kind_label

    def clean(self) -> dict[str, Any]:
        """The days are in their order."""
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", _("This is before the first day. Choose the same day or a later one."))
        return data

    def narrowing(self) -> Narrowing:
        """What was chosen; both days are included."""
        data = self.cleaned_data
        return Narrowing(
            since=_midnight(data["since"]) if data["since"] else None,
            until=_midnight(data["until"] + timedelta(days=1)) if data["until"] and data["until"] < date.max else None,
            actor_id=data["person"],
            kind=data["kind"],
        )


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time()))
