"""A table of priorities: by when cases of each are answered and solved. Each cell becomes a promise of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import RowField, choose_from
from catalog.models import Component, Service
from portal.language.numbers import upper_first
from slas.forms.building import NEW_MEASURE, always_field, check_hours, check_measure, measure_fields
from slas.forms.fields import WordsField
from slas.forms.targets import HOUR, MINUTE, MOST_DAYS, PERCENT
from slas.models import (
    Agreement,
    ClockStop,
    FactKind,
    Measure,
    PeriodKind,
    ServiceHours,
    ServiceLevelTarget,
    TargetKind,
)
from slas.queries.frames import limit_words
from slas.queries.sentences import sentence_of

ROWS = 8
TIME = re.compile(
    r"(?P<number>\d{1,5})\s*(?P<unit>minutes?|min|hours?|h|working days?|business days?|days?|weeks?|months?)"
    r"(?P<always>,? round the clock)?",
    re.IGNORECASE,
)
# Units that two honest people measure differently; the field asks which one is meant.
OPEN_UNITS = {
    "day": _("Is it a working day or 24 hours? Write “%(number)s working days” or “%(hours)s hours round the clock”."),
    "week": _("Does the weekend count? Write working days, or “%(hours)s hours round the clock”."),
    "month": _("Months are not equally long. Write working days."),
}  # fmt: skip
HOURS_OF = {"day": 24, "week": 168, "month": 0}
COLUMNS = (
    ("answered", ClockStop.ANSWERED, _("answered")),
    ("solved", ClockStop.SOLVED, _("solved")),
)


@dataclass(frozen=True, slots=True)
class Within:
    """A time in which something is done: seconds of service time or round the clock, or working days."""

    seconds: int | None
    days: int | None
    is_always: bool = False


class WithinField(forms.CharField):
    """`15 minutes`, `4 hours`, `3 working days`, `24 hours round the clock`; a unit that leaves room is asked back."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        """The time; None where nothing is promised."""
        text = str(super().clean(value) or "").strip()
        return _within(text) if text else None


def _within(text: str) -> Within:
    match = TIME.fullmatch(text)
    if match is None:
        raise ValidationError(
            _("“%(text)s” is not a time. Write it as “15 minutes”, “4 hours” or “3 working days”.") % {"text": text}
        )
    number, unit = int(match["number"]), match["unit"].lower().removesuffix("s")
    if unit in OPEN_UNITS:
        raise ValidationError(OPEN_UNITS[unit] % {"number": number, "hours": number * HOURS_OF[unit]})
    if number < 1 or (unit.endswith("day") and number > MOST_DAYS):
        raise ValidationError(_("Choose a time of at least 1 and at most %(most)s working days.") % {"most": MOST_DAYS})
    if unit.endswith("day"):
        return Within(None, number)
    return Within(number * (HOUR if unit.startswith("h") else MINUTE), None, is_always=bool(match["always"]))


class PrioritiesForm(forms.Form):
    """Priorities with their times, and what all of them have in common."""

    service = RowField(
        required=False,
        is_either=True,
        empty_label=_("No service"),
        help_text=_("What it is promised for: a service, a component, or both."),
    )
    component = RowField(required=False, is_either=True, empty_label=_("No component"))
    unit_words = forms.CharField(
        label=_("The counted thing, plural"), max_length=60, help_text=_("For example “problems” or “requests”.")
    )
    measure = RowField(required=False, empty_label=_("A new measure, as described below"))
    share_answered = forms.DecimalField(label=_("Percent answered in time"), initial=90, **PERCENT)
    share_solved = forms.DecimalField(label=_("Percent solved in time"), initial=90, **PERCENT)
    period_kind = forms.ChoiceField(label=_("Judged for each"), choices=PeriodKind.choices)
    service_hours = RowField(required=False, empty_label=_("Choose"))
    pause_reasons = WordsField(
        longest=80,
        label=_("What halts the clock"),
        help_text=_("One on each line, as the source writes them. Empty: nothing."),
    )

    def __init__(self, data: Any = None, *, agreement: Agreement) -> None:
        super().__init__(data)
        self.agreement = agreement
        self.fields.update(measure_fields() | {"is_always": always_field()})
        for row in range(ROWS):
            number = {"n": row + 1}
            self.fields[f"name_{row}"] = forms.CharField(
                label=_("Priority %(n)s, as the source writes it") % number, max_length=60, required=False
            )
            for name, _stop, word in COLUMNS:
                label = _("Priority %(n)s, %(word)s within") % {**number, "word": word}
                self.fields[f"{name}_{row}"] = WithinField(label=label)
            label = _("Priority %(n)s, which cases are it") % number
            self.fields[f"means_{row}"] = forms.CharField(label=label, max_length=300, required=False)
        choose_from(self, "service", Service.objects.order_by("name"))
        choose_from(self, "component", Component.objects.order_by("name"))
        choose_from(self, "measure", Measure.objects.filter(fact_kind=FactKind.CASES).order_by("name"))
        choose_from(self, "service_hours", ServiceHours.objects.order_by("name", "-version"))

    def rows(self) -> list[list[forms.BoundField]]:
        """The cells of the table: name, answered, solved, meaning."""
        names = ("name", *(name for name, *_ in COLUMNS), "means")
        return [[self[f"{name}_{row}"] for name in names] for row in range(ROWS)]

    def before(self) -> list[forms.BoundField]:
        """What is asked above the table."""
        return [self[name] for name in ("service", "component", "unit_words", "measure", *NEW_MEASURE)]

    def after(self) -> list[forms.BoundField]:
        """What is asked below it."""
        names = ("service_hours", "is_always", "share_answered", "share_solved", "period_kind", "pause_reasons")
        return [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        """One row at least, each with a name of its own and a time; hours are said."""
        data = super().clean() or {}
        if not data.get("service") and not data.get("component"):
            self.add_error("service", _("Say which service or component this is promised for."))
        check_measure(self, data)
        self._check_rows(data)
        cells = [data.get(f"{name}_{row}") for row in range(ROWS) for name, *_ in COLUMNS]
        given = [cell for cell in cells if cell]
        if any(not cell.is_always for cell in given):
            check_hours(self, data, by_days=any(cell.days for cell in given))
        return data

    def _check_rows(self, data: dict[str, Any]) -> None:
        seen: set[str] = set()
        for row in range(ROWS):
            name = data.get(f"name_{row}", "")
            times = [data.get(f"{column}_{row}") for column, *_ in COLUMNS]
            if name and not any(times) and not self.errors.keys() & {f"{column}_{row}" for column, *_ in COLUMNS}:
                self.add_error(f"name_{row}", _("Say by when these cases are answered or solved."))
            if any(times) and not name:
                self.add_error(f"name_{row}", _("Name the priority, as the source writes it."))
            if name and name in seen:
                self.add_error(f"name_{row}", _("This priority stands in another row already."))
            seen.add(name)
        if not any(seen):
            self.add_error("name_0", _("Fill in at least one priority."))

    def filled(self) -> list[ServiceLevelTarget]:
        """A promise for each time of the table, in its order, with one measure that may not be written yet."""
        return list(self._filled(self.cleaned_data["measure"] or self._measure()))

    def _filled(self, measure: Measure) -> Iterator[ServiceLevelTarget]:
        data = self.cleaned_data
        for row in range(ROWS):
            for column, stop, word in COLUMNS:
                within = data[f"{column}_{row}"]
                if within:
                    target = self._target(measure, within)
                    target.clock_stop, target.priorities = stop, [data[f"name_{row}"]]
                    target.threshold = data[f"share_{column}"]
                    target.meaning, target.position = data[f"means_{row}"], 10 * row + (stop == ClockStop.SOLVED)
                    self._name(target, str(word))
                    yield target

    def _target(self, measure: Measure, within: Within) -> ServiceLevelTarget:
        data = self.cleaned_data
        return ServiceLevelTarget(
            agreement=self.agreement,
            kind=TargetKind.CASES,
            measure=measure,
            within_seconds=within.seconds,
            within_working_days=within.days,
            service_hours=None if within.is_always else data["service_hours"],
            decimals=0,
            bad_words="were late",
            **{name: data[name] for name in ("service", "component", "unit_words", "period_kind", "pause_reasons")},
        )

    def _name(self, target: ServiceLevelTarget, word: str) -> None:
        """`P1 problems are solved within 4 hours of service time`."""
        (priority,) = target.priorities
        target.name = f"{priority} {target.unit_words} are {word} {limit_words(target)}"
        target.short_name = upper_first(f"{priority} {word}")[:60]
        target.good_words = f"{word} in time"
        target.sentence = sentence_of(target)

    def _measure(self) -> Measure:
        data = self.cleaned_data
        subject = data["service"] or data["component"]
        same = {name: data[name] for name in (*NEW_MEASURE, "unit_words", "service", "component")}
        name = f"{upper_first(data['unit_words'])}: {subject}"
        return Measure(name=name[:200], fact_kind=FactKind.CASES, **same)
