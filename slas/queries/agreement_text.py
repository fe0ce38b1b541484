"""The text of an agreement in its one written form, so that both sides can prove that they accepted the same."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from portal.language.dates import day_year
from portal.language.durations import exact_time
from slas.calculation.proof import canonical
from slas.calculation.proposal import FEWEST_MONTHS
from slas.models import (
    FALL_SILENT,
    Acceptance,
    Agreement,
    AgreementScope,
    CreditBand,
    CreditScheme,
    DutyKind,
    Measure,
    Obligation,
    ServiceHours,
    ServiceLevelTarget,
    WorkKind,
)
from slas.queries.agreement_rows import AgreementRows

NOT_TEXT = {"id", "tenant", "agreement", "position", "measure", "excluded_work", "trial_months"}
# What came after the first texts were accepted is written only where it is used, so that those keep their fingerprint.
LATER = {
    "weighs_users",
    "longest_pause_seconds",
    "reopen_days",
    "priority_rule",
    "attribution",
    "percentile_method",
    "reading_limit",
    "is_least",
}
COUNTING = {
    "what": "What is counted",
    "source": "Source",
    "decider": "Who decides",
    "max_gap_seconds": "Longest silence",
    "starts_on": "Counted since",
}
CREDIT = (
    "name", "basis", "fee", "currency", "month_cap", "year_cap", "several", "earn_back_months", "excludes_unmet",
    "approver_role",
)  # fmt: skip
TERMS = ("name", "kind", "version", "time_zone", "starts_on", "ends_on", "answer_working_days")
HUNDREDTH = Decimal("0.01")
RHYTHM = ("notice_days", "renews_months", "review_months")


@dataclass(frozen=True, slots=True)
class Changed:
    """What of the counting of a promise is not as it was accepted: what it is called, and the words then and now."""

    label: str
    accepted: str
    now: str


def agreement_text(*, rows: AgreementRows) -> dict[str, Any]:
    """What is agreed, as plain values."""
    scope = [scope_values(line) for line in rows.scope]
    credited = {scheme.slug: credit_values(scheme, scheme.bands.all()) for scheme in rows.schemes}
    kept = [[each.clause_key, each.code, each.words, each.reason] for each in rows.exceptions]
    return terms_values(rows.agreement) | {
        "targets": {target.slug: target_values(target) for target in rows.targets},
        "obligations": [duty_values(duty) for duty in rows.duties],
        **review_values(rows.agreement),
        # These are said only where there are any.
        **({"scope": scope} if scope else {}),
        **({"credits": credited} if credited else {}),
        **({"wording_exceptions": kept} if kept else {}),
    }


def credit_values(scheme: CreditScheme, bands: Iterable[CreditBand]) -> dict[str, Any]:
    """A scheme of credits with these bands."""
    ordered = sorted(bands, key=lambda band: (band.target.slug, band.low))
    return {name: _hundredths(getattr(scheme, name)) for name in CREDIT} | {
        "bands": [[band.target.slug, band.low, band.high, _hundredths(band.credit)] for band in ordered]
    }


def _hundredths(value: Any) -> Any:
    """Money and percentages as the first texts have them, with two decimals; with more only where they have more."""
    if not isinstance(value, Decimal) or value != value.quantize(HUNDREDTH):
        return value
    return value.quantize(HUNDREDTH)


def terms_values(agreement: Agreement) -> dict[str, Any]:
    """Who agrees with whom, from when until when, and what holds for each promise."""
    return {name: getattr(agreement, name) for name in TERMS} | {
        "customer": str(agreement.customer),
        "provider": str(agreement.provider),
        "underpins": agreement.underpins.slug if agreement.underpins else None,
    }


def review_values(agreement: Agreement) -> dict[str, Any]:
    """Notice, renewal, and how often both sides look at it, as far as they are agreed."""
    return {name: value for name in RHYTHM if (value := getattr(agreement, name)) is not None}


def scope_values(line: AgreementScope) -> dict[str, Any]:
    """A service that is covered: all of it or one level, for which unit, and who of it."""
    return {
        "service": line.service.slug,
        "offering": line.offering.name if line.offering else None,
        "unit": line.business_unit.slug if line.business_unit else None,
        "who": line.covered_words,
    }


def duty_values(duty: Obligation) -> list[Any]:
    """What the customer does, and by when; that it comes before the service is said where it does."""
    return [duty.text, duty.due_on, *([duty.kind] if duty.kind != DutyKind.DUTY else [])]


def target_values(target: ServiceLevelTarget) -> dict[str, Any]:
    """A promise with its hours and how it is counted."""
    fields = [field for field in target._meta.concrete_fields if field.name not in NOT_TEXT]
    values = {
        field.name: _named(value)
        for field in fields
        if (value := getattr(target, field.name)) != field.get_default() or field.name not in LATER
    }
    hours = _hours(target.service_hours) if target.service_hours else None
    counted = {"measure": _measure(target.measure), "service_hours": hours}
    return values | _excluded(target.excluded_work) | _trial(target) | counted


def _trial(target: ServiceLevelTarget) -> dict[str, Any]:
    """How long a trial is; written where it is not the shortest, as all were before."""
    return {"trial_months": target.trial_months} if target.is_trial and target.trial_months != FEWEST_MONTHS else {}


def _excluded(kinds: Sequence[str]) -> dict[str, Any]:
    """Whether announced work is taken out; which kinds of it, where it is another than planned work alone."""
    excluded = {"excludes_planned": bool(kinds)}
    return excluded if list(kinds) in ([], [WorkKind.PLANNED]) else excluded | {"excluded_work": list(kinds)}


def _measure(measure: Measure) -> dict[str, Any]:
    """How a promise is counted. Only checks and readings fall silent."""
    counting = {name: getattr(measure, name) for name in COUNTING}
    if measure.fact_kind not in FALL_SILENT:
        counting["max_gap_seconds"] = None
    return {"slug": measure.slug} | counting


def counting_lines(measure: Measure) -> list[str]:
    """How a promise is counted, one sentence each."""
    counting = _measure(measure)
    return [f"{label}: {_words(name, counting[name])}" for name, label in COUNTING.items() if counting[name]]


def changed_since_accepted(
    *, accepted: Sequence[Acceptance], targets: Iterable[ServiceLevelTarget]
) -> Iterator[tuple[ServiceLevelTarget, list[Changed]]]:
    """The promises that are counted in another way than both sides accepted, with what was accepted and what holds."""
    newest = max(accepted, key=lambda each: each.accepted_at, default=None)
    promised = newest.text.get("targets", {}) if newest else {}
    for target in targets:
        then = promised.get(target.slug, {}).get("measure", {})
        now = json.loads(canonical(_measure(target.measure)))
        changes = [
            Changed(label, _words(name, then[name]), _words(name, now[name]))
            for name, label in COUNTING.items()
            if name in then and then[name] != now[name]
        ]
        if changes:
            yield target, changes


def _words(name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if name == "max_gap_seconds":
        return exact_time(int(value))
    if name == "starts_on":
        return day_year(date.fromisoformat(str(value)))
    return str(value)


def _named(value: Any) -> Any:
    """Rows by their address, so that the text is the same in each database."""
    return getattr(value, "slug", str(value)) if isinstance(value, Model) else value


def _hours(hours: ServiceHours) -> dict[str, Any]:
    replaced = {"starts_on": hours.starts_on, "until_then": _hours(hours.replaces)} if hours.replaces else {}
    windows = sorted([each.weekday, each.opens_at, each.closes_at] for each in hours.windows.all())
    exceptions = sorted(hours.exceptions.all(), key=lambda each: (each.on, each.opens_at is None, each.opens_at or 0))
    return {
        "words": hours.words,
        "version": hours.version,
        "time_zone": hours.time_zone,
        "holiday_region": hours.holiday_region,
        "windows": windows,
        "exceptions": [[each.on, each.opens_at, each.closes_at] for each in exceptions],
    } | replaced
