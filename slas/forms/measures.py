"""What people fill in about measures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import DateField, RowField, choose_from
from catalog.models import Component, Service
from slas.models import FactKind, Measure

MOST_HOURS = 24 * 366


class MeasureForm(forms.Form):
    """What is counted, from which source, and who decides."""

    name = forms.CharField(max_length=200, help_text=_("For example “Outages of the order desk”."))
    fact_kind = forms.ChoiceField(label=_("Kind of facts"), choices=FactKind.choices)
    what = forms.CharField(
        label=_("What is counted"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In words that both sides understand: what counts, from when to when, and what does not."),
    )
    source = forms.CharField(max_length=300, help_text=_("Where the facts come from, for example “Ticket system”."))
    decider = forms.CharField(
        label=_("Who decides"), max_length=200, help_text=_("Whose word counts when the facts are in doubt.")
    )
    unit_words = forms.CharField(
        label=_("Counted thing, plural, or unit of readings"),
        max_length=60,
        required=False,
        help_text=_("For example “orders” or “milliseconds”."),
    )
    service = RowField(required=False, empty_label=_("No service"))
    component = RowField(required=False, empty_label=_("No component"))
    starts_on = DateField(
        label=_("Measured since"), required=False, help_text=_("Nothing is known of the time before.")
    )
    longest_silence = forms.DecimalField(
        label=_("Longest silence, hours"),
        min_value=0,
        max_value=MOST_HOURS,
        decimal_places=2,
        required=False,
        help_text=_(
            "Checks and readings: after so long without one, nothing is known. Empty: a check speaks until the next, "
            "and readings may be as far apart as they like."
        ),
    )
    notes = forms.CharField(
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Choices that a reader must know, for example the zone of times without one."),
    )

    def __init__(self, data: Any = None, *, measure: Measure | None = None, about: tuple[str, str] = ("", "")) -> None:
        """`about` is the slug of a component and a kind of facts that a new measure begins with."""
        super().__init__(data, initial=_initial(measure) if measure else _begun(*about))
        if measure:
            self.fields["reason"] = forms.CharField(
                max_length=500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Needed when “Measured since” or the longest silence changes under a promise."),
            )
        choose_from(self, "service", Service.objects.order_by("name"))
        choose_from(self, "component", Component.objects.order_by("name"))

    def details(self) -> dict[str, Any]:
        """What was filled in, as fields of a measure."""
        details = dict(self.cleaned_data)
        details.pop("reason", None)
        hours = details.pop("longest_silence")
        return details | {"max_gap_seconds": None if hours is None else int(hours * 3600)}


def _begun(component: str, kind: str) -> dict[str, Any]:
    found = Component.objects.filter(slug=component).order_by("pk").first() if component else None
    return ({"component": found.pk} if found else {}) | ({"fact_kind": kind} if kind in FactKind.values else {})


def _initial(measure: Measure) -> dict[str, Any]:
    same = ("name", "fact_kind", "what", "source", "decider", "unit_words", "starts_on", "notes")
    silence = measure.max_gap_seconds
    return {name: getattr(measure, name) for name in same} | {
        "service": measure.service_id,
        "component": measure.component_id,
        "longest_silence": None if silence is None else round(silence / 3600, 2),
    }


class MeasureFilterForm(forms.Form):
    """Which measures are shown; what is not understood does not filter."""

    words = forms.CharField(label=_("Search"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind of facts"), required=False, choices=[("", _("All kinds")), *FactKind.choices]
    )
    service = forms.ChoiceField(required=False)

    def __init__(self, data: Any, *, services: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["service"].choices = [("", _("All services")), *services]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """The filters that can be used."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
