"""What people fill in to talk."""

from collections.abc import Collection
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Membership
from portal.accounts.queries import list_own_units_in_use
from portal.conversations.models import Level, MailChoice, NoticeKind, Rhythm
from portal.conversations.rendering import LONGEST


def text_field(label: Any) -> forms.CharField:
    """What is said: Markdown without HTML and pictures."""
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Name a person with @ and the full name, and they are told. **Bold**, lists and links work."),
    )


class CommentForm(forms.Form):
    """One more thing to say."""

    text = text_field(_("Your comment"))


class StartForm(forms.Form):
    """What to talk about, with whom and at which level."""

    business_unit: Any = forms.ModelChoiceField(queryset=None, label=_("Business unit"))
    level = forms.ChoiceField(
        label=_("Level"), choices=Level.choices, help_text=_("Day to day, planning of the next months, or direction.")
    )
    subject = forms.CharField(label=_("What it is about"), max_length=200)
    text = text_field(_("What you want to say"))

    def __init__(self, data: Any = None, *, reader: Membership, today: date) -> None:
        units = list_own_units_in_use(reader=reader, on=today)
        super().__init__(data, initial={"business_unit": units[0] if len(units) == 1 else None})
        self.fields["business_unit"].queryset = units  # type: ignore[attr-defined]


class RaiseForm(forms.Form):
    """Why a talk goes to the next level."""

    reason = forms.CharField(label=_("Why it goes to the next level"), max_length=500)


def hour_field(label: Any, *, required: bool, help_text: Any = "") -> forms.TypedChoiceField:
    """A full hour of the reader's clock."""
    hours = [(hour, f"{hour:02}:00") for hour in range(24)]
    choices = hours if required else [("", _("None")), *hours]
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=int, empty_value=None, required=required, help_text=help_text
    )


class MailForm(forms.Form):
    """When and about what a member gets mail."""

    rhythm: Any = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices, widget=forms.RadioSelect)
    digest_hour = hour_field(_("The mail of the day comes from"), required=True)
    quiet_from = hour_field(
        _("Quiet from"), required=False, help_text=_("Nothing is sent in your quiet hours: it comes after them.")
    )
    quiet_until = hour_field(_("Quiet until"), required=False)
    time_zone = forms.ChoiceField(label=_("Your time zone"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Mail about"),
        choices=NoticeKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The portal shows all of it in any case."),
    )

    def __init__(self, data: Any = None, *, choice: MailChoice, muted: Collection[str], tenant_zone: str) -> None:
        names = ("rhythm", "digest_hour", "quiet_from", "quiet_until", "time_zone")
        initial = {name: getattr(choice, name) for name in names}
        super().__init__(data, initial=initial | {"kinds": [kind for kind in NoticeKind.values if kind not in muted]})
        usual = _("As in your company: %(zone)s") % {"zone": tenant_zone}
        zones = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]
        self.fields["time_zone"].choices = [("", usual), *zones]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("quiet_from"), data.get("quiet_until")
        if (start is None) != (end is None):
            self.add_error("quiet_until" if end is None else "quiet_from", _("Quiet hours have a start and an end."))
        elif start is not None and start == end:
            self.add_error("quiet_until", _("Quiet hours end at another hour than they start."))
        return data
