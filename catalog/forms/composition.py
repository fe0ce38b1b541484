"""What people fill in about steps, parts, alternatives and hand-overs of a service."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.actions.composition import DependencyDetails
from catalog.actions.hand_overs import HandOverDetails
from catalog.forms.fields import RowField, SuggestInput, choose_from
from catalog.models import (
    Component,
    Dependency,
    DependencyGroup,
    HandOver,
    ProcessStep,
    Requirement,
    Service,
    Stage,
)
from catalog.queries.composition import list_groups
from catalog.queries.readings import (
    Reading,
    reading_of_group,
    reading_of_hand_over,
    reading_of_part,
    reading_of_steps,
)

SEPARATOR = "|"
MAX_STEPS = 9


class ReadingForm(forms.Form):
    """A form that carries what its writer read, so that nobody writes over somebody else unseen."""

    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(
        self, data: Any = None, *, reading: Reading | None = None, initial: dict[str, Any] | None = None
    ) -> None:
        mark = reading[0] if reading else ""
        super().__init__(data, initial=(initial or {}) | {"read": mark})
        self._mark = mark

    def compare(self) -> None:
        """After a refusal: the next save is by somebody who was told what stands there now."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("read")] = self._mark
        self.data = data


class RemoveForm(ReadingForm):
    """Nothing but the question, and what was read of what goes."""


class StepsForm(ReadingForm):
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
        super().__init__(data, reading=reading_of_steps(service), initial={"steps": "\n".join(lines)})

    def clean_steps(self) -> list[tuple[str, str]]:
        """Pairs of name and note; each line is checked by itself."""
        lines = [line for line in self.cleaned_data["steps"].splitlines() if line.strip()]
        if len(lines) > MAX_STEPS:
            raise forms.ValidationError(
                _("Give at most %(count)s steps; put details into notes.") % {"count": MAX_STEPS}
            )
        return [_step(number, line) for number, line in enumerate(lines, start=1)]


class DependencyForm(ReadingForm):
    """How a service uses a component, or another service."""

    component = RowField(label=_("Part"), empty_label=_("Choose"), required=False, is_either=True)
    on_service = RowField(
        label=_("Or another service"),
        empty_label=_("None"),
        required=False,
        is_either=True,
        help_text=_("The service stands on all that this one is made of."),
    )
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

    def __init__(self, data: Any = None, *, service: Service, dependency: Dependency | None = None) -> None:
        reading = reading_of_part(dependency) if dependency else None
        super().__init__(data, reading=reading, initial=_initial(dependency) if dependency else None)
        choose_from(self, "component", Component.objects.order_by("kind", "name"))
        others = Service.objects.exclude(stage=Stage.RETIRED).exclude(pk=service.pk)
        choose_from(self, "on_service", others.order_by("name"))
        self.fields["group_name"].widget = SuggestInput([group.name for group in list_groups(service=service)])

    def clean(self) -> dict[str, Any]:
        """A part or a service, one of them."""
        data = super().clean() or {}
        named = [data.get("component"), data.get("on_service")]
        if not self.has_error("component") and not self.has_error("on_service") and named.count(None) != 1:
            self.add_error("component", _("Choose a part or another service, one of them."))
        return data

    def details(self) -> DependencyDetails:
        """What was filled in."""
        return DependencyDetails(**{name: value for name, value in self.cleaned_data.items() if name != "read"})


class PartsField(forms.ModelMultipleChoiceField):
    """Parts of one service, by their names."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, obj: Dependency) -> str:
        """What the service stands on."""
        return str(obj.part)


class PartField(RowField):
    """One part of one service, by its name."""

    def label_from_instance(self, obj: Dependency) -> str:
        """What the service stands on."""
        return str(obj.part)


class GroupForm(ReadingForm):
    """What alternatives are called, which they are, and how many of them are enough."""

    name = forms.CharField(max_length=120, help_text=_("For example “Ways to enter an order”."))
    parts = PartsField(required=False, help_text=_("A part that you take out is needed from then on."))
    needed = forms.IntegerField(label=_("How many are enough"), min_value=1, max_value=99, initial=1)

    def __init__(self, data: Any = None, *, service: Service, group: DependencyGroup | None = None) -> None:
        initial: dict[str, Any] = {}
        if group is not None:
            members = list(group.dependencies.values_list("pk", flat=True))
            initial = {"name": group.name, "needed": group.needed, "parts": members}
        super().__init__(data, reading=reading_of_group(group) if group else None, initial=initial)
        self._is_new = group is None
        parts = self.fields["parts"]
        parts.queryset = _parts_of(service)  # type: ignore[attr-defined]

    def clean_parts(self) -> list[Dependency]:
        """New alternatives are two or more."""
        parts = list(self.cleaned_data["parts"])
        least = 2
        if self._is_new and len(parts) < least:
            raise forms.ValidationError(_("Choose two parts or more that can stand in for each other."))
        return parts


class HandOverForm(ReadingForm):
    """Who hands on to whom, what, and how long it may take."""

    giver = PartField(label=_("Who hands on"), empty_label=_("Choose"))
    receiver = PartField(label=_("To whom"), empty_label=_("Whoever asked for the service"), required=False)
    note = forms.CharField(
        label=_("What is handed over"), max_length=120, help_text=_("For example “the order, with its price”.")
    )
    within_minutes = forms.IntegerField(
        label=_("How long it may take, in minutes"), min_value=1, max_value=527040, required=False
    )

    def __init__(self, data: Any = None, *, service: Service, hand_over: HandOver | None = None) -> None:
        initial: dict[str, Any] = {}
        if hand_over is not None:
            names = ("giver_id", "receiver_id", "note", "within_minutes")
            initial = {name.removesuffix("_id"): getattr(hand_over, name) for name in names}
        super().__init__(data, reading=reading_of_hand_over(hand_over) if hand_over else None, initial=initial)
        for name in ("giver", "receiver"):
            self.fields[name].queryset = _parts_of(service)  # type: ignore[attr-defined]

    def details(self) -> HandOverDetails:
        """What was filled in."""
        return HandOverDetails(**{name: value for name, value in self.cleaned_data.items() if name != "read"})


def _parts_of(service: Service) -> Any:
    return service.dependencies.select_related("component", "on_service").order_by("position", "pk")


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
        "on_service": dependency.on_service_id,
        "requirement": dependency.requirement,
        "group_name": dependency.group.name if dependency.group else "",
        "first_step": dependency.first_step,
        "last_step": dependency.last_step,
        "note": dependency.note,
    }
