"""What people fill in about steps, parts and alternatives of a service."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.actions.composition import DependencyDetails
from catalog.forms.fields import RowField, SuggestInput, choose_from
from catalog.models import Component, Dependency, DependencyGroup, ProcessStep, Requirement, Service
from catalog.queries.composition import list_groups

SEPARATOR = "|"
MAX_STEPS = 9


class StepsForm(forms.Form):
    """The steps of the business process, one on each line."""

    steps = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One step on each line, in order. A note may follow a bar: “Customer signs in | or calls the desk”."
        ),
    )

    def __init__(self, data: Any = None, *, service: Service) -> None:
        lines = [_line(step) for step in service.steps.order_by("position")]
        super().__init__(data, initial={"steps": "\n".join(lines)})

    def clean_steps(self) -> list[tuple[str, str]]:
        """Pairs of name and note; each line is checked by itself."""
        lines = [line for line in self.cleaned_data["steps"].splitlines() if line.strip()]
        if len(lines) > MAX_STEPS:
            raise forms.ValidationError(
                _("Give at most %(count)s steps; put details into notes.") % {"count": MAX_STEPS}
            )
        return [_step(number, line) for number, line in enumerate(lines, start=1)]


class DependencyForm(forms.Form):
    """How a service uses a component."""

    component = RowField(empty_label=_("Choose"))
    requirement = forms.ChoiceField(label=_("How it is needed"), choices=Requirement.choices)
    group_name = forms.CharField(
        label=_("Alternatives it belongs to"),
        max_length=120,
        required=False,
        help_text=_(
            "Only for one of several: the name that its alternatives share, for example “Ways to enter an order”."
        ),
    )
    first_step = forms.IntegerField(label=_("From step"), min_value=1, required=False, help_text=_("Empty: all steps."))
    last_step = forms.IntegerField(
        label=_("To step"), min_value=1, required=False, help_text=_("Empty: that step only.")
    )
    note = forms.CharField(
        max_length=120, required=False, help_text=_("Said under its name, for example “3 of 5 people on each shift”.")
    )
    position = forms.IntegerField(min_value=0, max_value=999, initial=0, help_text=_("Lower numbers come first."))

    def __init__(self, data: Any = None, *, service: Service, dependency: Dependency | None = None) -> None:
        super().__init__(data, initial=_initial(dependency) if dependency else None)
        choose_from(self, "component", Component.objects.order_by("kind", "name"))
        self.fields["group_name"].widget = SuggestInput([group.name for group in list_groups(service=service)])

    def details(self) -> DependencyDetails:
        """What was filled in."""
        return DependencyDetails(**self.cleaned_data)


class GroupForm(forms.Form):
    """What alternatives are called, and how many of them are enough."""

    name = forms.CharField(max_length=120)
    needed = forms.IntegerField(label=_("How many are enough"), min_value=1, max_value=99)

    def __init__(self, data: Any = None, *, group: DependencyGroup) -> None:
        super().__init__(data, initial={"name": group.name, "needed": group.needed})


def _line(step: ProcessStep) -> str:
    return f"{step.name} {SEPARATOR} {step.note}" if step.note else step.name


def _step(number: int, line: str) -> tuple[str, str]:
    name, _bar, note = (part.strip() for part in line.partition(SEPARATOR))
    longest = 120
    if not name or len(name) > longest or len(note) > longest:
        problem = _("Line %(number)s: give a name and a note of at most %(longest)s letters each.")
        raise forms.ValidationError(problem % {"number": number, "longest": longest})
    return name, note


def _initial(dependency: Dependency) -> dict[str, Any]:
    return {
        "component": dependency.component_id,
        "requirement": dependency.requirement,
        "group_name": dependency.group.name if dependency.group else "",
        "first_step": dependency.first_step,
        "last_step": dependency.last_step,
        "note": dependency.note,
        "position": dependency.position,
    }
