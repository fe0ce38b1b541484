"""What people fill in about agreements, parties, duties and acceptances."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import DateField, MemberField, RowField, choose_from
from catalog.models import Service, ServiceOffering
from portal.accounts.queries import units_in_use
from slas.actions.agreements import AgreementDetails
from slas.calculation.agreement_days import Rhythm, rhythm_problems
from slas.forms.fields import FirstDayField, ZoneField
from slas.models import Agreement, AgreementKind, AgreementScope, DutyKind, Obligation, PartyKind
from slas.queries.agreements import list_duty_owners, list_parties, sides_fit, sides_words


class PartyForm(forms.Form):
    """Somebody who can make agreements."""

    kind = forms.ChoiceField(choices=PartyKind.choices)
    name = forms.CharField(max_length=200, required=False, help_text=_("Empty: the name of the business unit."))
    business_unit = RowField(required=False, empty_label=_("None"))

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        choose_from(self, "business_unit", units_in_use(on=today).filter(parties__isnull=True))

    def clean(self) -> dict[str, Any]:
        """A unit is chosen, everybody else is named; and nobody twice."""
        data = super().clean() or {}
        unit, kind = data.get("business_unit"), data.get("kind")
        if kind == PartyKind.BUSINESS_UNIT and unit is None:
            self.add_error("business_unit", _("Choose the business unit that this party is."))
        elif kind != PartyKind.BUSINESS_UNIT and unit is not None:
            self.add_error("business_unit", _("Only a party of the kind “Business unit” belongs to one."))
        data["name"] = data.get("name") or (unit.name if unit else "")
        if not data["name"]:
            self.add_error("name", _("Give the party a name."))
        elif list_parties().filter(kind=kind, name=data["name"]).exists():
            self.add_error("name", _("There is a party of that kind and name already."))
        return data


class AgreementForm(forms.Form):
    """Who agrees with whom, from when, in which zone."""

    name = forms.CharField(max_length=200, help_text=_("For example “Customer Orders and Larkmoor IT”."))
    kind = forms.ChoiceField(choices=AgreementKind.choices)
    customer = RowField(empty_label=_("Choose"), help_text=_("Who is promised something."))
    provider = RowField(empty_label=_("Choose"), help_text=_("Who promises it."))
    underpins = RowField(
        required=False, empty_label=_("None"), help_text=_("The agreement that this one helps to keep, if any.")
    )
    time_zone = ZoneField()
    starts_on = FirstDayField(label=_("In force from"))
    ends_on = DateField(
        label=_("In force until"), required=False, help_text=_("The first day on which it no longer holds.")
    )
    answer_working_days = forms.IntegerField(
        label=_("Working days for an answer"),
        min_value=1,
        max_value=60,
        initial=2,
        help_text=_("Within how many working days IT answers a question or dispute."),
    )
    notice_days = forms.IntegerField(
        label=_("Notice, in days"),
        required=False,
        min_value=1,
        max_value=730,
        help_text=_("How many days before its end either side says that it ends. Empty: none is agreed."),
    )
    renews_months = forms.IntegerField(
        label=_("Goes on by itself, in months"),
        required=False,
        min_value=1,
        max_value=120,
        help_text=_("Without notice it goes on for so many months, again and again. Empty: it does not."),
    )
    review_months = forms.IntegerField(
        label=_("Looked at together, in months"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_("Every how many months both sides look at the agreement. Empty: no rhythm is agreed."),
    )

    def __init__(self, data: Any = None, *, agreement: Agreement | None = None, zone: str = "") -> None:
        names = AgreementDetails.__dataclass_fields__
        known = {name: getattr(agreement, name) for name in names} if agreement else {"time_zone": zone}
        super().__init__(data, initial=known)
        for side in ("customer", "provider"):
            choose_from(self, side, list_parties())
        others = Agreement.objects.order_by("name", "version")
        choose_from(self, "underpins", others.exclude(slug=agreement.slug) if agreement else others)

    def clean(self) -> dict[str, Any]:
        """Two different sides that make this kind of agreement, and an end after the start."""
        data = super().clean() or {}
        kind, customer, provider = (data.get(name) for name in ("kind", "customer", "provider"))
        if customer and customer == provider:
            self.add_error("provider", _("An agreement has two sides: choose somebody other than the customer."))
        elif kind and customer and provider and not sides_fit(kind, customer=customer, provider=provider):
            self.add_error("kind", sides_words(kind))
        if data.get("starts_on"):
            days: dict[str, Any] = {name: data.get(name) for name in Rhythm.__slots__}
            for name, problem in rhythm_problems(Rhythm(**days)):
                self.add_error(name, problem)
        return data

    def details(self) -> AgreementDetails:
        """What was filled in."""
        return AgreementDetails(**self.cleaned_data)


class AcceptForm(forms.Form):
    """Who says yes, and in which role; asked only of somebody who writes down another's yes."""

    name = forms.CharField(max_length=120, help_text=_("Who accepted."))
    role = forms.CharField(max_length=120, help_text=_("In which role, for example “Head of the network team”."))
    read = forms.CharField(required=False, widget=forms.HiddenInput)  # the fingerprint of the text on the page before

    def __init__(self, data: Any = None, *, read: str, own: dict[str, str] | None = None) -> None:
        super().__init__(data, initial={"read": read})
        if own:
            for name, value in own.items():
                field = self.fields[name]
                field.disabled, field.initial, field.help_text = True, value, ""


class ReviseForm(forms.Form):
    """When the next version begins."""

    starts_on = FirstDayField(label=_("In force from"))

    def __init__(self, data: Any = None, *, after: date) -> None:
        super().__init__(data)
        self.after = after

    def clean_starts_on(self) -> date:
        """A later day than the start of the version in force."""
        starts_on: date = self.cleaned_data["starts_on"]
        if starts_on <= self.after:
            raise forms.ValidationError(
                _("This version began on %(day)s. Choose a later day.") % {"day": f"{self.after:%d %B %Y}"}
            )
        return starts_on


class EndForm(forms.Form):
    """When an agreement ends, and why."""

    ends_on = DateField(label=_("Ends on"), help_text=_("The first day on which it no longer holds."))
    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class OfferingField(RowField):
    """A level of a service, named with its service."""

    def label_from_instance(self, offering: ServiceOffering) -> str:
        """The service and its level."""
        return f"{offering.service.name}: {offering.name}"


class ScopeForm(forms.Form):
    """One line of what an agreement covers."""

    service = RowField(empty_label=_("Choose"))
    offering = OfferingField(
        required=False, empty_label=_("All of the service"), help_text=_("A level of that service.")
    )
    business_unit = RowField(label=_("For"), required=False, empty_label=_("No unit of its own"))
    covered_words = forms.CharField(
        label=_("Who is covered"),
        max_length=200,
        required=False,
        help_text=_("For example “All 64 order desk people”."),
    )

    def __init__(self, data: Any = None, *, line: AgreementScope, today: date, **more: Any) -> None:
        self.line = line
        names = ("service_id", "offering_id", "business_unit_id", "covered_words")
        more["initial"] = {name.removesuffix("_id"): getattr(line, name) for name in names}
        super().__init__(data, **more)
        choose_from(self, "service", Service.objects.order_by("name"))
        levels = ServiceOffering.objects.select_related("service").order_by("service__name", "position", "pk")
        choose_from(self, "offering", levels)
        choose_from(self, "business_unit", units_in_use(on=today))

    def clean(self) -> dict[str, Any]:
        """The level belongs to the service."""
        data = super().clean() or {}
        service, offering = data.get("service"), data.get("offering")
        if service and offering and offering.service_id != service.pk:
            problem = _("“%(level)s” is no level of %(service)s. Choose one of that service, or none.")
            self.add_error("offering", problem % {"level": offering.name, "service": service.name})
        return data

    def filled(self) -> AgreementScope:
        """The line as it was filled in, not written yet."""
        for name, value in self.cleaned_data.items():
            setattr(self.line, name, value)
        return self.line


class ObligationForm(forms.Form):
    """What the customer does so that promises can be kept."""

    text = forms.CharField(
        label=_("What the customer does"),
        max_length=300,
        help_text=_("For example “Send the promotion calendar of each quarter 30 calendar days before it starts”."),
    )
    short_text = forms.CharField(label=_("In short"), max_length=120, help_text=_("For example “Promotion calendar”."))
    kind = forms.ChoiceField(label=_("When it is needed"), choices=DutyKind.choices)
    service = RowField(required=False, empty_label=_("No service"))
    owner = MemberField()
    due_on = DateField(label=_("Due on"), required=False)

    def __init__(self, data: Any = None, *, obligation: Obligation) -> None:
        self.obligation = obligation
        names = ("text", "short_text", "kind", "service", "owner", "due_on")
        super().__init__(data, initial={name: getattr(obligation, name) for name in names})
        choose_from(self, "service", Service.objects.order_by("name"))
        choose_from(self, "owner", list_duty_owners(customer=obligation.agreement.customer))

    def filled(self) -> Obligation:
        """The duty as it was filled in, not written yet."""
        for name, value in self.cleaned_data.items():
            setattr(self.obligation, name, value)
        return self.obligation


class DayForm(forms.Form):
    """A day that somebody asks about."""

    on = DateField()


class AgreementFilterForm(forms.Form):
    """What the list shows; the choices live in the address."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    kind = forms.ChoiceField(required=False, choices=[("", _("Each kind")), *AgreementKind.choices])
    state = forms.ChoiceField(
        required=False,
        choices=[
            ("", _("All but ended")),
            ("draft", _("Drafts")),
            ("offer", _("Proposed or in negotiation")),
            ("agreed", _("Agreed, to come")),
            ("in_force", _("In force")),
            ("ended", _("Ended")),
        ],
    )
    customer = forms.ChoiceField(label=_("For"), required=False)

    def __init__(self, data: Any, *, customers: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["customer"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - a mistake in our code
        field.choices = [("", _("Everybody")), *customers]

    def chosen(self) -> dict[str, str]:
        """What was chosen; an unknown choice is none."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
