"""What people fill in about a service."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.actions.services import ServiceDetails
from catalog.forms.fields import DateField, MemberField, SuggestInput, choose_from
from catalog.models import Service, ServiceClass, Stage, Step
from catalog.queries import services as queries
from catalog.queries.steps import next_steps

WORDS = ("name", "description", "used_by")


class ServiceForm(forms.Form):
    """Name, plain description, kind, heading and owners of a service.

    What the business reads already is changed by a next version of it, and is not asked for here.
    """

    name = forms.CharField(max_length=200)
    description = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What people can do with it, in one plain sentence."),
    )
    service_class = forms.ChoiceField(label=_("Kind of service"), choices=ServiceClass.choices)
    line_name = forms.CharField(
        label=_("Heading in the catalogue"),
        max_length=120,
        required=False,
        widget=SuggestInput(),
        help_text=_("What people want to do with it, for example “Sell and take orders”. A new one is added."),
    )
    used_by = forms.CharField(
        label=_("Who uses it"), max_length=200, required=False, help_text=_("For example “Customers, order desk”.")
    )
    it_owner = MemberField(label=_("Service owner"), help_text=_("Answers for it in IT."))
    business_owner = MemberField(label=_("Business owner"), help_text=_("Answers for it in the business."))

    def __init__(self, data: Any = None, *, service: Service | None = None) -> None:
        super().__init__(data, initial=_initial(service) if service else None)
        self.kept = {name: getattr(service, name) for name in WORDS} if service and _is_read(service) else {}
        for name in self.kept:
            del self.fields[name]
        self.fields["line_name"].widget = SuggestInput(queries.list_line_names())
        choose_from(self, "it_owner", queries.list_it_members())
        choose_from(self, "business_owner", queries.list_business_members())

    def details(self) -> ServiceDetails:
        """What was filled in."""
        data = self.cleaned_data | self.kept
        return ServiceDetails(**{name: data[name] for name in ServiceDetails.__dataclass_fields__})


class NewServiceForm(ServiceForm):
    """A new service also says why it is wanted."""

    reason = forms.CharField(
        label=_("Why it is wanted"), max_length=500, help_text=_("Kept with the date, as the first step in its life.")
    )


class MoveForm(forms.Form):
    """The next step of a service, from when, and why."""

    to_step = forms.ChoiceField(label=_("Move to"))
    on = DateField(label=_("From"))
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, data: Any = None, *, service: Service, may_retire: bool, today: date, reason: str = "") -> None:
        super().__init__(data, initial={"on": today, "reason": reason})
        steps = [step for step in next_steps(service.step) if step != Step.RETIRED or may_retire]
        self.fields["to_step"].choices = [(step.value, step.label) for step in steps]  # type: ignore[attr-defined]


def _is_read(service: Service) -> bool:
    return service.stage == Stage.CATALOGUE


def _initial(service: Service) -> dict[str, Any]:
    return {
        "name": service.name,
        "description": service.description,
        "service_class": service.service_class,
        "line_name": service.line_of_service.name if service.line_of_service else "",
        "used_by": service.used_by,
        "it_owner": service.it_owner_id,
        "business_owner": service.business_owner_id,
    }
