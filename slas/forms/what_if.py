"""What people change about a promise to see what the last year would have given; nothing of it is kept."""

from collections.abc import Iterator
from copy import copy, deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import choose_from
from slas.forms.target_fields import ONLY_FOR, OUTAGES
from slas.forms.targets import HOUR, MINUTE, MOST_DAYS, TargetForm, initial_of
from slas.models import ServiceHours, ServiceLevelTarget, TargetKind

SECTIONS = (
    (_("The promise"), ("threshold", "allowed_misses", "limit", "limit_unit", "reading_limit", "due_minute")),
    (_("What counts"), ("service_hours", "longer_than", "minimum_outage")),
    (_("Announced work"), ("excluded_work", "planned_notice_days", "planned_cap")),
    (_("Missing data"), ("missing_policy",)),
)
SAME = (
    "threshold", "allowed_misses", "reading_limit", "due_minute", "service_hours", "excluded_work",
    "planned_notice_days", "missing_policy",
)  # fmt: skip


class WhatIfForm(forms.Form):
    """The terms of one promise that can be tried, as they are agreed to begin with."""

    def __init__(self, data: Any = None, *, target: ServiceLevelTarget) -> None:
        self.target = target
        initial = initial_of(target)
        super().__init__(data, initial=initial)
        for name in (name for _heading, names in SECTIONS for name in names):
            if target.kind in ONLY_FOR.get(name, TargetKind.values):
                self.fields[name] = deepcopy(TargetForm.base_fields[name])
        if "service_hours" in self.fields:
            choose_from(self, "service_hours", ServiceHours.objects.order_by("name", "-version"))
        if target.kind == TargetKind.RELIABILITY:
            self.fields["allowed_misses"].label = _("At most so many")

    def sections(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings; headings without fields are left out."""
        for title, names in SECTIONS:
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                yield title, fields

    def clean(self) -> dict[str, Any]:
        """One thing is promised: a percentage, or a number."""
        data = super().clean() or {}
        given = [name for name in ("threshold", "allowed_misses") if data.get(name) is not None]
        if not given and not self.errors.keys() & {"threshold", "allowed_misses"}:
            first = "threshold" if "threshold" in self.fields else "allowed_misses"
            self.add_error(first, _("Say what would be promised, for example 99.5."))
        if len(given) == 2:
            self.add_error("allowed_misses", _("Try a percentage or a number of late dates, not both."))
        if data.get("limit_unit") == "days" and (data.get("limit") or 0) > MOST_DAYS:
            self.add_error("limit", _("Working days: %(most)s at most.") % {"most": MOST_DAYS})
        return data

    def tried(self) -> ServiceLevelTarget:
        """A copy of the promise under what was filled in, which is never written."""
        data, tried = self.cleaned_data, copy(self.target)
        tried.is_trial = False
        for name in SAME:
            if name in data:
                setattr(tried, name, data[name])
        if tried.kind in OUTAGES:
            cap = data["planned_cap"]
            tried.planned_cap_seconds = None if cap is None else cap * MINUTE
        if tried.kind == TargetKind.AVAILABILITY:
            tried.minimum_outage_seconds = data["minimum_outage"]
        if tried.kind == TargetKind.RELIABILITY:
            tried.minimum_outage_seconds = data["longer_than"] * MINUTE + 1
        if tried.kind == TargetKind.CASES:
            unit, limit = data["limit_unit"], data["limit"]
            tried.within_working_days = limit if unit == "days" else None
            tried.within_seconds = None if unit == "days" else limit * (HOUR if unit == "hours" else MINUTE)
        return tried
