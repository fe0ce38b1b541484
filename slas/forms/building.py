"""A promise built step by step: the questions that two people answer to mean the same, in their order.

The sentence is written from the answers. What is not asked here stays as the template or promise it starts from has it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import ServiceClass
from portal.language.numbers import upper_first
from slas.actions.targets import FACTS_FOR
from slas.forms.target_fields import OUTAGES
from slas.forms.targets import TargetForm
from slas.models import FactKind, Measure, Schedule, ServiceLevelTarget, TargetKind
from slas.queries.clauses import list_exceptions
from slas.queries.sentences import sentence_of
from slas.queries.wording import LONGEST, ClauseFinding, target_findings

QUESTIONS = (
    (_("What is promised, and for what?"), ("name", "service", "component")),
    (
        _("What is counted, from which source, and who decides?"),
        ("measure", "fact_kind", "what", "source", "decider", "unit_words", "reading_unit"),
    ),
    (
        _("When is one of them good?"),
        (
            "good_words", "limit", "limit_unit", "clock_stop", "priorities", "pause_reasons", "reading_limit",
            "is_least", "schedule", "due_minute", "due_day", "longer_than", "loss_words",
        ),
    ),
    (
        _("How much is promised, and over which time?"),
        ("is_trial", "threshold", "allowed_misses", "period_kind", "period_start_month"),
    ),
    (_("In which hours?"), ("service_hours", "is_always")),
    (
        _("What does not count?"),
        ("excluded_work", "planned_notice_days", "planned_cap", "degraded_percent", "missing_policy"),
    ),
    (_("What else must both sides know?"), ("meaning",)),
)  # fmt: skip
NEW_MEASURE = ("what", "source", "decider")
# Of these kinds the people say themselves when one is good; of all others the limit says it.
SAID_GOOD = (TargetKind.VOLUME, TargetKind.SATISFACTION, TargetKind.OCCASIONS)
ASKS_HOURS = (*OUTAGES, TargetKind.CASES, TargetKind.READINGS)
# What of the sentence is said in free words.
SAID = ("good_words", "unit_words", "priorities", "pause_reasons", "service", "component")
DEFAULT_BAD = {TargetKind.SATISFACTION: "were not good"}


def measure_fields() -> dict[str, forms.Field]:
    """What is asked of a measure that is not written yet."""
    return {
        "what": forms.CharField(
            label=_("What is counted"),
            max_length=1000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Only for a new measure: what counts, from when to when, and what does not."),
        ),
        "source": forms.CharField(
            label=_("From which source"), max_length=300, required=False, help_text=_("For example “Ticket system”.")
        ),
        "decider": forms.CharField(
            label=_("Who decides"),
            max_length=200,
            required=False,
            help_text=_("Whose word counts when the facts are in doubt."),
        ),
    }


def always_field() -> forms.BooleanField:
    """Hours are said and not left open: chosen, or this."""
    return forms.BooleanField(label=_("Round the clock, every day"), required=False)


def check_measure(form: forms.Form, data: Mapping[str, Any], names: tuple[str, ...] = NEW_MEASURE) -> None:
    """A measure is chosen, or a new one says all about itself."""
    if not data.get("measure"):
        for name in names:
            if name in form.fields and not data.get(name):
                form.add_error(name, _("Say this of the new measure, or choose one that is there."))


def check_hours(form: forms.Form, data: Mapping[str, Any], *, by_days: bool) -> None:
    """Hours are chosen or are round the clock, in plain words; a working day is a day of chosen hours."""
    hours, is_always = data.get("service_hours"), data.get("is_always")
    if by_days and not hours:
        form.add_error("service_hours", _("Choose hours: they say which days are working days."))
    elif hours and is_always:
        form.add_error("is_always", _("Choose hours, or round the clock, not both."))
    elif not hours and not is_always and "is_always" in form.fields:
        form.add_error("service_hours", _("Say in which hours: choose them, or say round the clock."))


class BuilderForm(TargetForm):
    """The frame of one promise of one kind; its sentence is written and not asked."""

    fact_kind = forms.ChoiceField(label=_("The facts are"), required=False)
    reading_unit = forms.CharField(
        label=_("Unit of the readings"), max_length=60, required=False, help_text=_("For example “milliseconds”.")
    )

    def __init__(self, data: Any = None, *, target: ServiceLevelTarget, new: Measure) -> None:
        """`new` holds what a measure would say that is not written yet."""
        super().__init__(data, target=target, is_known=True)
        self.new, self.kind = new, TargetKind(target.kind)
        self.fields.update(measure_fields() | {"is_always": always_field()})
        for name in [name for name in self.fields if name not in self._asked()]:
            del self.fields[name]
        known = {name: getattr(new, name) for name in (*NEW_MEASURE, "fact_kind")}
        is_always = bool(target.measure_id) and not target.service_hours_id
        self.initial = {**self.initial, **known, "reading_unit": new.unit_words, "is_always": is_always}
        self.fields["measure"].required = False
        self.fields["measure"].empty_label = _("A new measure, as described below")  # type: ignore[attr-defined]
        for name in ("unit_words", "good_words"):
            if name in self.fields:
                self.fields[name].required = True
        if "service_hours" in self.fields:
            empty = _("Every day") if self.kind == TargetKind.OCCASIONS else _("Choose")
            self.fields["service_hours"].empty_label = empty  # type: ignore[attr-defined]
        if "fact_kind" in self.fields:
            facts = [(fact, FactKind(fact).label) for fact in FACTS_FOR[self.kind]]
            self.fields["fact_kind"].choices = facts  # type: ignore[attr-defined]

    def _asked(self) -> set[str]:
        """The fields of the questions that this kind of promise has."""
        asked = {name for _title, names in QUESTIONS for name in names}
        needless = {
            "good_words": self.kind not in SAID_GOOD,
            "reading_unit": self.kind != TargetKind.READINGS,
            "is_always": self.kind not in ASKS_HOURS,
            "fact_kind": len(FACTS_FOR[self.kind]) == 1,
        }
        return asked - {name for name, is_needless in needless.items() if is_needless}

    def sections(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """The questions with their fields; a question without a field is left out."""
        for title, names in QUESTIONS:
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                yield title, fields

    def clean(self) -> dict[str, Any]:
        """A new measure says what it counts, hours are said, and a written sentence has room for so much."""
        data = super().clean() or {}
        check_measure(self, data, (*NEW_MEASURE, "reading_unit"))
        by_days = data.get("limit_unit") == "days" or data.get("schedule") == Schedule.WORKING_DAYS
        check_hours(self, data, by_days=by_days)
        if not self.errors and len(sentence_of(self.filled())) > LONGEST:
            self.add_error(None, _("The sentence would be too long. Shorten the words, or name fewer priorities."))
        if not self.errors:
            self._check_words(data)
        return data

    def _check_words(self, data: Mapping[str, Any]) -> None:
        """What is built here can be read in one way only: words that leave room are asked back at their field.

        Measures and hours that others count by are not asked about: they are mended where they are written.
        """
        kept = list_exceptions(agreement=self.target.agreement)
        for each in target_findings(self.filled(), kept):
            if each.is_open and (each.part.is_own or each.part.row is self.new):
                told = f"{upper_first(each.about)}: {each.finding.why} {each.finding.ask}"
                self.add_error(self._place_of(each, data), told)

    def _place_of(self, each: ClauseFinding, data: Mapping[str, Any]) -> str | None:
        """The question that asked for the words; none where several did."""
        name, words = each.part.field, each.finding.words.casefold()
        if name == "sentence":
            name = next((one for one in SAID if words and words in str(data.get(one, "")).casefold()), "")
        return name if name in self.fields else None

    def filled(self) -> ServiceLevelTarget:
        """The promise with its sentence, and with a measure that may not be written yet; nothing is written here."""
        if not self.cleaned_data["measure"]:
            self.cleaned_data = self.cleaned_data | {"measure": self._measure()}
        target = super().filled()
        if target.threshold is not None:
            places = -int(target.threshold.normalize().as_tuple().exponent)
            target.decimals = max(places, 1 if target.kind == TargetKind.AVAILABILITY else 0)
        target.bad_words = target.bad_words or DEFAULT_BAD.get(self.kind, "")
        target.sentence = sentence_of(target)
        return target

    def _measure(self) -> Measure:
        """The new measure in the words of the form."""
        data, new = self.cleaned_data, self.new
        new.name = data["name"]
        new.fact_kind = data.get("fact_kind") or FACTS_FOR[self.kind][0]
        new.unit_words = data.get("reading_unit", data.get("unit_words", ""))
        new.service, new.component = data.get("service"), data.get("component")
        for name in NEW_MEASURE:
            setattr(new, name, data[name])
        return new


class TemplateForm(forms.Form):
    """How a template is found again."""

    name = forms.CharField(max_length=200)
    purpose = forms.CharField(max_length=300, required=False, help_text=_("For what it is meant, in one sentence."))
    service_class = forms.ChoiceField(label=_("Class of service"), choices=ServiceClass.choices)

    def __init__(self, data: Any = None, *, target: ServiceLevelTarget) -> None:
        known = {"name": target.name}
        if target.service is not None:
            known["service_class"] = target.service.service_class
        super().__init__(data, initial=known)
