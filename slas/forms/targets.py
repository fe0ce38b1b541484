"""What people fill in about a promise: only the fields that its kind needs, in the order in which people agree them."""

from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import DateField, RowField, choose_from
from catalog.models import Component, Service
from slas.actions.targets import FACTS_FOR
from slas.calculation.proposal import FEWEST_MONTHS
from slas.forms.fields import ClockField, SentenceField, WordsField
from slas.forms.target_fields import ONLY_FOR, SAME, SECTIONS, TALKED_ABOUT
from slas.models import (
    CaseAttribution,
    ClockStop,
    Measure,
    MissingPolicy,
    PercentileChoice,
    PeriodKind,
    PriorityRule,
    Schedule,
    ServiceHours,
    ServiceLevelTarget,
    TargetKind,
    WorkKind,
)

MINUTE, HOUR = 60, 3600
MOST_DAYS = 999
PERCENT: dict[str, Any] = {"min_value": 0, "max_value": 100, "max_digits": 8, "decimal_places": 4}
LIMIT_UNITS = [
    ("hours", _("Hours of service time")),
    ("minutes", _("Minutes of service time")),
    ("days", _("Working days")),
]
# Fields that name a row of another table.
ROWS = ("service", "component", "measure", "service_hours")
# Fields that are asked in another unit than they are kept in: the column, and what is kept.
ASKED_OTHERWISE: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "close_percent": ("close_room", lambda percent: percent / 100),
    "degraded_percent": ("degraded_share", lambda percent: 1 - percent / 100),
    "minimum_outage": ("minimum_outage_seconds", int),
    "longer_than": ("minimum_outage_seconds", lambda minutes: minutes * MINUTE + 1),
    "merge_gap": ("merge_gap_seconds", int),
    "planned_cap": ("planned_cap_seconds", lambda minutes: minutes * MINUTE),
    "longest_pause": ("longest_pause_seconds", lambda minutes: minutes * MINUTE),
}


def _text(longest: int, example: Any = "", **kwargs: Any) -> forms.CharField:
    return forms.CharField(max_length=longest, required=False, help_text=example, **kwargs)


class TargetForm(forms.Form):
    """One promise of one kind."""

    name = forms.CharField(label=_("Promise"), max_length=200, help_text=_("For example “Customers can place orders”."))
    short_name = _text(60, _("For narrow places, for example “Place orders”."))
    sentence = SentenceField(
        label=_("Target in words"), max_length=600, help_text=_("For example “99.5 % of 04:00 to 22:00, every day”.")
    )
    meaning = forms.CharField(
        label=_("What it means"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What counts and what does not, so that nobody can read it in two ways."),
    )
    service = RowField(
        required=False,
        is_either=True,
        empty_label=_("No service"),
        help_text=_("What it is promised for: a service, a component, or both."),
    )
    component = RowField(required=False, is_either=True, empty_label=_("No component"))
    measure = RowField(empty_label=_("Choose"), help_text=_("From which facts it is judged."))
    is_trial = forms.BooleanField(label=_("Trial: measured, no target yet"), required=False)
    trial_months = forms.IntegerField(
        label=_("Months of the trial"),
        initial=FEWEST_MONTHS,
        min_value=FEWEST_MONTHS,
        max_value=36,
        required=False,
        help_text=_("When they are over a level is proposed from what was measured."),
    )
    threshold = forms.DecimalField(label=_("Percent promised"), required=False, **PERCENT)
    allowed_misses = forms.IntegerField(
        label=_("Or: how many may be late"), min_value=0, max_value=999, required=False, help_text=_("In one period.")
    )
    decimals = forms.IntegerField(label=_("Decimals shown"), min_value=0, max_value=4, initial=1)
    limit = forms.IntegerField(label=_("Within"), min_value=1, max_value=99999)
    limit_unit = forms.ChoiceField(label=_("Counted in"), choices=LIMIT_UNITS)
    clock_stop = forms.ChoiceField(label=_("The clock stops when it is"), choices=ClockStop.choices)
    priorities = WordsField(
        longest=60, help_text=_("One on each line, as the source writes them. Empty: each priority.")
    )
    pause_reasons = WordsField(
        longest=80,
        label=_("What halts the clock"),
        help_text=_("One on each line, as the source writes them. Empty: nothing."),
    )
    longest_pause = forms.IntegerField(
        label=_("A longer pause needs a note, minutes of service time"),
        min_value=1,
        max_value=99999,
        required=False,
        help_text=_("Without one it counts, and is marked beside the case. Empty: no pause needs a note."),
    )
    reopen_days = forms.IntegerField(
        label=_("Goes on if it is opened again within, days"),
        min_value=0,
        max_value=365,
        required=False,
        help_text=_("Later it is a new case. Empty: it goes on whenever it is opened again."),
    )
    priority_rule = forms.ChoiceField(
        label=_("Another priority counts from"), choices=PriorityRule.choices, help_text=_("Its pauses stay.")
    )
    attribution = forms.ChoiceField(
        label=_("In the period in which"),
        choices=CaseAttribution.choices,
        help_text=_("By its stop old open cases do not show; by its opening a month is not final when it ends."),
    )
    percentile_method = forms.ChoiceField(
        label=_("How long half of them took"),
        choices=PercentileChoice.choices,
        help_text=_("How the times beside the share are found: half of the cases, and nine of ten."),
    )
    reading_limit = forms.DecimalField(
        label=_("Limit of a reading"),
        max_digits=15,
        decimal_places=3,
        help_text=_("In the unit of the measure; a reading that is equal to it is within it."),
    )
    is_least = forms.BooleanField(label=_("Readings must be at least so high, not at most"), required=False)
    schedule = forms.ChoiceField(label=_("How often"), choices=Schedule.choices)
    due_minute = ClockField(label=_("Due at"), help_text=_("Local time, for example 07:00."))
    due_day = forms.IntegerField(
        label=_("On day of the month"),
        min_value=1,
        max_value=31,
        required=False,
        help_text=_("Only for one date a month; in a shorter month its last day."),
    )
    service_hours = RowField(required=False, empty_label=_("Round the clock, every day"))
    degraded_percent = forms.DecimalField(
        label=_("Slow time counts, percent"),
        initial=0,
        min_value=0,
        max_value=100,
        decimal_places=1,
        help_text=_("0: slow or partly usable time costs nothing; 50: it counts half; 100: it counts as down."),
    )
    weighs_users = forms.BooleanField(
        label=_("An outage costs the share of the users whom it met"),
        required=False,
        help_text=_("Say under the meaning which users are agreed. Not ticked: an outage is an outage."),
    )
    minimum_outage = forms.IntegerField(
        label=_("Shortest outage that counts, seconds"), initial=0, min_value=0, max_value=HOUR
    )
    longer_than = forms.IntegerField(
        label=_("Longer than, minutes"),
        initial=10,
        min_value=0,
        max_value=1440,
        help_text=_("Shorter interruptions do not count. 0: each of them does."),
    )
    merge_gap = forms.IntegerField(
        label=_("Outages so close together are one, seconds"), initial=0, min_value=0, max_value=HOUR
    )
    excluded_work = forms.MultipleChoiceField(
        label=_("Announced and approved work that is taken out"),
        choices=WorkKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What is not ticked counts as time without the service."),
    )
    planned_notice_days = forms.IntegerField(
        label=_("Working days of notice"), min_value=0, max_value=60, required=False
    )
    planned_cap = forms.IntegerField(
        label=_("At most minutes in a period"),
        min_value=0,
        max_value=44640,
        required=False,
        help_text=_("Empty: no cap."),
    )
    period_kind = forms.ChoiceField(label=_("Judged for each"), choices=PeriodKind.choices)
    period_start_month = forms.IntegerField(
        label=_("First month of its year"), min_value=1, max_value=12, initial=1, help_text=_("For quarters and years.")
    )
    missing_policy = forms.ChoiceField(label=_("What has no data"), choices=MissingPolicy.choices)
    minimum_coverage = forms.DecimalField(
        label=_("Least data, percent"), initial=95, min_value=0, max_value=100, max_digits=5, decimal_places=2,
        help_text=_("Below this we do not judge."),
    )  # fmt: skip
    close_percent = forms.DecimalField(
        label=_("Close from this percent of the room"),
        initial=75,
        min_value=0,
        max_value=100,
        decimal_places=1,
        help_text=_("A promise that is kept with less room left is called close."),
    )
    close_margin = forms.DecimalField(
        label=_("Or: close within so many points of the promise"),
        required=False,
        help_text=_("For example 0.1: kept at 99.55 % where 99.5 % is promised is close. Empty: only the room counts."),
        **PERCENT,
    )
    loss_words = _text(160, _("For example “Customers could not place orders”."), label=_("What readers lose"))
    short_loss_words = _text(80, _("For example “Not possible”."), label=_("In short"))
    unit_words = _text(60, _("For example “orders”."), label=_("The counted thing, plural"))
    good_words = _text(80, _("For example “solved in time”."), label=_("How a good one is called"))
    bad_words = _text(80, _("For example “were late”."), label=_("How a bad one is called"))
    agreed_note = _text(300, _("What counts and what does not."), label=_("Under the agreed figure"))
    experienced_note = _text(300, _("What counts."), label=_("Under the figure as people felt it"))
    starts_on = DateField(label=_("Promised from"), required=False, help_text=_("Empty: with the agreement."))
    ends_on = DateField(
        label=_("Promised until"), required=False, help_text=_("The first day on which it is no longer promised.")
    )
    is_mandatory = forms.BooleanField(label=_("Counts for the status of the whole"), required=False, initial=True)
    position = forms.IntegerField(min_value=0, max_value=999, initial=0, help_text=_("Lower numbers come first."))

    def __init__(self, data: Any = None, *, target: ServiceLevelTarget, is_known: bool = False) -> None:
        """`is_known`: what the promise holds is offered although it is not written yet."""
        self.target = target
        super().__init__(data, initial=initial_of(target) if target.pk or is_known else None)
        for name, kinds in ONLY_FOR.items():
            if target.kind not in kinds:
                del self.fields[name]
        if target.kind == TargetKind.RELIABILITY:
            self.fields["allowed_misses"].label = _("At most so many")
        choose_from(self, "service", Service.objects.order_by("name"))
        choose_from(self, "component", Component.objects.order_by("name"))
        measures = Measure.objects.filter(fact_kind__in=FACTS_FOR[target.kind])
        choose_from(self, "measure", measures.order_by("name"))
        if "service_hours" in self.fields:
            choose_from(self, "service_hours", ServiceHours.objects.order_by("name", "-version"))

    def sections(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings; headings without fields are left out."""
        return self._sections(())

    def talked_about(self) -> list[forms.BoundField]:
        """The words and figures of the promise, with which a counter of it begins."""
        return [self[name] for name in TALKED_ABOUT if name in self.fields]

    def other_sections(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """Everything else that is agreed about it, under its headings."""
        return self._sections(TALKED_ABOUT)

    def _sections(self, without: Collection[str]) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        for title, names in SECTIONS:
            fields = [self[name] for name in names if name in self.fields and name not in without]
            if fields:
                yield title, fields

    def clean(self) -> dict[str, Any]:
        """What must fit together is checked together, each error at its field."""
        data = super().clean() or {}
        if not data.get("service") and not data.get("component"):
            self.add_error("service", _("Say which service or component this is promised for."))
        self._check_promise(data)
        if data.get("schedule") == Schedule.MONTHLY and not data.get("due_day"):
            self.add_error("due_day", _("Say on which day of the month it is due."))
        if data.get("limit_unit") == "days" and (data.get("limit") or 0) > MOST_DAYS:
            self.add_error("limit", _("Working days: %(most)s at most.") % {"most": MOST_DAYS})
        if data.get("planned_notice_days") and not data.get("excluded_work"):
            self.add_error("excluded_work", _("Notice matters only if announced work is taken out: tick a kind too."))
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("It would end before it starts. Choose a later day."))
        return data

    def clean_trial_months(self) -> int:
        """The fewest months on which a level can be proposed, unless more are agreed."""
        return self.cleaned_data["trial_months"] or FEWEST_MONTHS

    def _check_promise(self, data: dict[str, Any]) -> None:
        """A trial promises nothing; everything else one thing: a percentage, or for dates a number of late ones."""
        given = [name for name in ("threshold", "allowed_misses") if data.get(name) is not None]
        if data.get("is_trial"):
            if data.get("period_kind") not in (None, PeriodKind.MONTH):
                self.add_error(
                    "period_kind", _("A trial is judged month by month. Choose a month, or untick the trial.")
                )
            for name in given:
                self.add_error(name, _("A trial has no target yet: leave this empty, or untick the trial."))
        elif not given and not self.errors.keys() & {"threshold", "allowed_misses"}:
            if "threshold" in self.fields:
                self.add_error("threshold", _("Say what is promised, for example 99.5, or make it a trial."))
            else:
                self.add_error("allowed_misses", _("Say how many are allowed, 0 for none, or make it a trial."))
        elif len(given) == 2:
            self.add_error("allowed_misses", _("Promise a percentage or a number of late dates, not both."))

    def filled(self) -> ServiceLevelTarget:
        """The promise as it was filled in, not written yet; what is not asked stays as it is."""
        data, target = self.cleaned_data, self.target
        for name in SAME:
            if name in data:
                setattr(target, name, data[name])
        for name, (column, value) in ASKED_OTHERWISE.items():
            if name in data:
                setattr(target, column, None if data[name] is None else value(data[name]))
        if "limit" in data:
            unit, limit = data["limit_unit"], data["limit"]
            target.within_working_days = limit if unit == "days" else None
            target.within_seconds = None if unit == "days" else limit * (HOUR if unit == "hours" else MINUTE)
        return target


def initial_of(target: ServiceLevelTarget) -> dict[str, Any]:
    """A promise as its form shows it: units as people write them, numbers without needless zeros."""
    limit, unit = _limit(target)
    cap, longest = target.planned_cap_seconds, target.longest_pause_seconds
    columns = {name: getattr(target, f"{name}_id" if name in ROWS else name) for name in SAME}
    return columns | {
        "threshold": None if target.threshold is None else _bare(target.threshold),
        "minimum_coverage": _bare(target.minimum_coverage),
        "close_margin": None if target.close_margin is None else _bare(target.close_margin),
        "reading_limit": None if target.reading_limit is None else _bare(target.reading_limit),
        "degraded_percent": _bare(100 - target.degraded_share * 100),
        "close_percent": _bare(target.close_room * 100),
        "minimum_outage": target.minimum_outage_seconds,
        "longer_than": max(0, target.minimum_outage_seconds - 1) // MINUTE,
        "merge_gap": target.merge_gap_seconds,
        "planned_cap": None if cap is None else cap // MINUTE,
        "longest_pause": None if longest is None else longest // MINUTE,
        "limit": limit,
        "limit_unit": unit,
    }


def _bare(number: Decimal) -> Decimal:
    """99.5000 as people write it: 99.5; never with an exponent."""
    return number.normalize() + Decimal(0)


def _limit(target: ServiceLevelTarget) -> tuple[int | None, str]:
    if target.within_working_days is not None:
        return target.within_working_days, "days"
    seconds = target.within_seconds
    if seconds is None:
        return None, "hours"
    return (seconds // HOUR, "hours") if seconds % HOUR == 0 else (seconds // MINUTE, "minutes")
