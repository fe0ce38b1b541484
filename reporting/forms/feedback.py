"""What people fill in around complaints and compliments."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Membership
from portal.accounts.queries import list_own_units_in_use
from reporting.forms.reviews import words
from reporting.models import FeedbackKind


class FeedbackForm(forms.Form):
    """What went wrong, or well."""

    kind = forms.ChoiceField(label=_("Kind"), choices=FeedbackKind.choices)
    business_unit: Any = forms.ModelChoiceField(queryset=None, label=_("For which unit"))
    service: Any = forms.ModelChoiceField(queryset=None, label=_("Service"), required=False)
    title = forms.CharField(label=_("In a few words"), max_length=120)
    text = words(_("What happened"), rows=5)

    def __init__(self, data: Any = None, *, reader: Membership, services: Any, today: date, initial: Any) -> None:
        units = list_own_units_in_use(reader=reader, on=today)
        super().__init__(data, initial={"business_unit": units[0] if len(units) == 1 else None} | initial)
        self.fields["business_unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["service"].queryset = services.order_by("name")  # type: ignore[attr-defined]


class FeedbackAnswerForm(forms.Form):
    """What IT did about it."""

    text = words(_("What was done about it"), rows=4)


class FeedbackSettleForm(forms.Form):
    """Whether it is settled, and what is still wrong if not."""

    is_settled: Any = forms.TypedChoiceField(
        label=_("Is it settled?"),
        choices=[("yes", _("Yes, close it")), ("no", _("No, as said below"))],
        coerce=lambda value: value == "yes",
    )
    text = words(_("What is still wrong"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_settled") is False and not data.get("text"):
            self.add_error("text", _("Say what is still wrong, so that IT can do something about it."))
        return data
