"""What people fill in about planned work."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import RowField, choose_from
from catalog.models import Service, Stage
from slas.models import WorkKind


class MomentField(forms.DateTimeField):
    """A date and a time of the day, chosen in the browser; local to the form's zone."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **kwargs)


class WorkForm(forms.Form):
    """Work that takes a service away for a while."""

    service = RowField(empty_label=_("Choose"))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=WorkKind.choices, help_text=_("Each promise says which kinds are taken out.")
    )
    title = forms.CharField(label=_("What is done"), max_length=200, help_text=_("For example “New order storage”."))
    starts_at = MomentField(label=_("From"))
    ends_at = MomentField(label=_("Until"))

    def __init__(self, data: Any = None, *, zone: str, now: datetime) -> None:
        super().__init__(data)
        self.zone, self.now = zone, now
        choose_from(self, "service", Service.objects.exclude(stage=Stage.RETIRED).order_by("name"))
        for name in ("starts_at", "ends_at"):
            self.fields[name].help_text = _("Local time, %(zone)s.") % {"zone": zone}

    def clean(self) -> dict[str, Any]:
        """Times of the tenant's clock; work to come, with an end after its start."""
        data = super().clean() or {}
        for name in ("starts_at", "ends_at"):
            if data.get(name):
                data[name] = data[name].replace(tzinfo=ZoneInfo(self.zone))
        starts_at, ends_at = data.get("starts_at"), data.get("ends_at")
        if starts_at and starts_at <= self.now:
            self.add_error("starts_at", _("Work is announced before it starts. Choose a time to come."))
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The work would end before it starts. Choose a later time."))
        return data


class WorkEndForm(forms.Form):
    """When work really ended."""

    ended_at = MomentField(label=_("It ended"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when another end was told before."),
    )

    def __init__(self, data: Any = None, *, zone: str, initial_end: datetime) -> None:
        super().__init__(data, initial={"ended_at": initial_end.astimezone(ZoneInfo(zone)).replace(tzinfo=None)})
        self.zone = zone
        self.fields["ended_at"].help_text = _("Local time, %(zone)s.") % {"zone": zone}

    def clean_ended_at(self) -> datetime:
        """An instant on the tenant's clock."""
        ended_at: datetime = self.cleaned_data["ended_at"]
        return ended_at.replace(tzinfo=ZoneInfo(self.zone))
