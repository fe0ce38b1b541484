"""What people fill in about members, invitations and business units."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import BusinessUnit, Membership, Role, User

UNITS_HELP = _("For heads and members of the business; all other roles see every unit.")


class UnitsField(forms.ModelMultipleChoiceField):
    """Business units, chosen by ticking; read when the form is made, as only then a tenant is in force."""

    def __init__(self) -> None:
        super().__init__(
            queryset=None,
            required=False,
            label=_("Business units"),
            help_text=UNITS_HELP,
            widget=forms.CheckboxSelectMultiple,
        )


class _RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices)
    units = UnitsField()

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["units"].queryset = BusinessUnit.objects.order_by("name")  # type: ignore[attr-defined]

    def clean_units(self) -> list[BusinessUnit]:
        """The chosen units as a list."""
        return list(self.cleaned_data["units"])


class MemberForm(_RoleForm):
    """What a member is here."""

    title = forms.CharField(
        label=_("How the person is introduced"),
        max_length=120,
        required=False,
        help_text=_("For example “Order desk”. Left empty, the role is shown."),
    )
    is_active = forms.BooleanField(
        label=_("May enter"), required=False, help_text=_("Without this the next click of this person is refused.")
    )

    def __init__(self, data: Any = None, *, member: Membership) -> None:
        units = [link.business_unit_id for link in member.unit_links.all()]
        known = {"role": member.role, "title": member.title, "is_active": member.is_active, "units": units}
        super().__init__(data, initial=known)


class InvitationForm(_RoleForm):
    """Whom to let in, as what."""

    email = forms.EmailField(label=_("Mail address"), max_length=254)
    name = forms.CharField(max_length=120)
    field_order = ("email", "name", "role", "units")


class UnitForm(forms.Form):
    """What a business unit is called, and whether it is still there."""

    name = forms.CharField(max_length=200)


class UnitEditForm(UnitForm):
    """The same for a unit that is there already."""

    retired_on = forms.DateField(
        label=_("Retired on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("From this day on it gets nothing new; its past stays. Left empty, it is in use."),
    )

    def __init__(self, data: Any = None, *, unit: BusinessUnit) -> None:
        super().__init__(data, initial={"name": unit.name, "retired_on": unit.retired_on})


class AcceptForm(forms.Form):
    """Name and password of a new account."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Several words are easier to remember than one with signs."),
    )
    again = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any = None, *, email: str, name: str) -> None:
        super().__init__(data, initial={"name": name})
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same, and nobody guesses them from the person."""
        data = super().clean() or {}
        password = data.get("password")
        if password and data.get("again") and password != data["again"]:
            self.add_error("again", _("The two passwords differ. Write the same one twice."))
        if password:
            try:
                validate_password(password, User(email=self.email, name=data.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return data
