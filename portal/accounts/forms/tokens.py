"""What people fill in about tokens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Membership
from portal.accounts.policies import SCOPES

LONGEST_DAYS = 365


class ActsAsField(forms.ModelChoiceField):
    """A member of the tenant; read when the form is made, as only then a tenant is in force."""

    def label_from_instance(self, member: Membership) -> str:
        """The name and the role."""
        return f"{member.user.name}, {member.get_role_display()}"


class TokenForm(forms.Form):
    """What a program may do, as whom, and for how long."""

    name = forms.CharField(max_length=120, help_text=_("Which program it is for, for example “Monitoring probe”."))
    membership = ActsAsField(
        label=_("Acts as"),
        queryset=None,
        help_text=_("The program sees and may do what this member sees and may do, within the scopes below."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[(scope, words) for scope, words in SCOPES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(label=_("Days until it expires"), min_value=1, max_value=LONGEST_DAYS, initial=90)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        members = Membership.objects.filter(is_active=True, user__is_active=True).select_related("user")
        self.fields["membership"].queryset = members.order_by("user__name", "id")  # type: ignore[attr-defined]
