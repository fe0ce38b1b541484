"""The text of an agreement in its one written form, so that both sides can prove that they accepted the same."""

from typing import Any

from django.db.models import Model

from slas.calculation.proof import canonical, digest_of
from slas.models import Agreement, ServiceHours, ServiceLevelTarget
from slas.queries.agreements import list_agreement_targets

NOT_TEXT = {"id", "tenant", "agreement", "position"}
TERMS = ("name", "kind", "version", "time_zone", "starts_on", "ends_on", "answer_working_days")


def fingerprint_of(*, agreement: Agreement) -> str:
    """SHA-256 of everything that is agreed: terms, promises with their hours, and duties of the customer."""
    return digest_of(canonical(agreement_text(agreement=agreement)))


def agreement_text(*, agreement: Agreement) -> dict[str, Any]:
    """What is agreed, as plain values read from the database."""
    stored = Agreement.objects.select_related("customer", "provider", "underpins").get(pk=agreement.pk)
    duties = stored.obligations.order_by("pk").values_list("text", "due_on")
    return {name: getattr(stored, name) for name in TERMS} | {
        "customer": str(stored.customer),
        "provider": str(stored.provider),
        "underpins": stored.underpins.slug if stored.underpins else None,
        "targets": {target.slug: _target(target) for target in list_agreement_targets(agreement=stored)},
        "obligations": [list(duty) for duty in duties],
    }


def _target(target: ServiceLevelTarget) -> dict[str, Any]:
    fields = [field for field in target._meta.concrete_fields if field.name not in NOT_TEXT]
    values = {field.name: _named(getattr(target, field.name)) for field in fields}
    return values | {"service_hours": _hours(target.service_hours) if target.service_hours else None}


def _named(value: Any) -> Any:
    """Rows by their address, so that the text is the same in each database."""
    return getattr(value, "slug", str(value)) if isinstance(value, Model) else value


def _hours(hours: ServiceHours) -> dict[str, Any]:
    windows = hours.windows.order_by("weekday", "opens_at").values_list("weekday", "opens_at", "closes_at")
    exceptions = hours.exceptions.order_by("on", "opens_at").values_list("on", "opens_at", "closes_at")
    return {
        "words": hours.words,
        "version": hours.version,
        "time_zone": hours.time_zone,
        "holiday_region": hours.holiday_region,
        "windows": [list(window) for window in windows],
        "exceptions": [list(exception) for exception in exceptions],
    }
