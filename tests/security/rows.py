"""One row of every kind for a tenant, made from the models themselves: a new model is attacked without being asked."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import count
from typing import Any

from django.apps import apps
from django.db import connection, models

from portal.accounts.models import User
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import SLUG, Tenant, TenantModel
from portal.tenancy.scope import tenant_scope

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
LATER = ("ended", "ends", "expires", "due", "closed", "closes")
CREDIT_SUMS = dict.fromkeys(("total", "after_month_cap", "after_year_cap"), "0")
# What the rules of a table ask for beyond the types of its fields.
WANTED: dict[str, dict[str, Any]] = {
    "slas.Acceptance": {
        "how": "copy",
        "sent_to": "",
        "signed_on": date(2026, 10, 1),
        "written": "{}",
        "fingerprint": sha256(b"{}").hexdigest(),
    },
    "slas.Agreement": {"state": "in_force", "starts_on": date(2026, 1, 1)},
    "slas.HoursWindow": {"opens_at": 540, "closes_at": 1020},
    "slas.ServiceLevelTarget": {"is_trial": True},
    "conversations.Comment": {"sanitiser_version": 0},  # its HTML is made anew from its text
    "catalog.EntryVersion": {"state": "draft", "approved_by_id": None},  # by another than wrote it
    "catalog.ServiceImport": {"state": "done"},  # the file of one that is looked at would have to be a table
    "catalog.Dependency": {"requirement": "alternative", "on_service_id": None},
    "catalog.HandOver": {"receiver_id": None},
    "catalog.StepSupport": {"component_id": None},
    "catalog.Need": {"proposal_id": None},  # not answered yet
    "catalog.LoadPeak": {"weekdays": "0"},
    "catalog.ServiceAmount": {"from_month": date(2026, 10, 1)},
    "slas.ClauseProposal": {"clause_key": "terms"},  # open
    "slas.ClauseAcceptance": {"clause_key": "terms"},
    "slas.ClauseThread": {"clause_key": "terms"},
    "slas.CreditScheme": {"fee": 100, "approver_role": "administrator", "currency": "GBP"},
    "slas.CreditBand": {"low": 0, "high": 1},
    "slas.CreditStatement": {"month": date(2026, 10, 1), "currency": "GBP", "sums": CREDIT_SUMS, "reason": ""},
    "slas.TargetProposal": {"threshold": 99},
    "slas.CaseReopening": {"reopened_at": NOW + timedelta(hours=1)},
    "slas.FactBatch": {"fact": "outages"},
    "slas.Measurement": {"state": 0},
    "slas.MeasurementRevision": {"fact": "outages"},
    "slas.MonthClose": {"month": date(2026, 10, 1)},
    "reporting.ServiceReview": {"month": date(2026, 10, 1)},
    "reporting.ReviewThread": {"anchor": "orders.result"},
    "reporting.Dispute": {"outcome": ""},  # open
    "reporting.ReviewCheck": {"outcome": "", "checked_by_id": None, "checked_at": None},  # open
    "reporting.TalkChannel": {"accepted_by_id": None, "accepted_at": None},  # proposed
    "reporting.PortfolioReview": {"closed_by_id": None, "minutes": ""},  # open
    "conversations.MailChoice": {"time_zone": ""},
    "reporting.ReportAgreement": {"agreed_on": date(2026, 10, 1)},
}
# Of which a tenant has one open at a time: further rows of the tenant share it.
ONE_OPEN = {"reporting.PortfolioReview"}
# What a reference may only be set together with.
BESIDE: dict[str, dict[str, Any]] = {
    "catalog.Dependency.on_service": {"component_id": None},
    "catalog.StepSupport.component": {"service_id": None},
    "catalog.Need.proposal": {"outcome": "proposed", "answered_at": NOW},
    "slas.ServiceHours.replaces": {"starts_on": date(2026, 10, 1)},
    "reporting.TalkChannel.accepted_by": {"accepted_at": NOW},
    "reporting.PortfolioReview.closed_by": {"closed_at": NOW},
    "reporting.ReviewCheck.checked_by": {"outcome": "returned", "checked_at": NOW},
}
CREDITED = ("name", "words", "band", "worth", "why")
LINE = ("key", "label", "detail", "exact", "value", "unit")
STOP = {"started_at": "2026-10-05T09:00:00Z", "ended_at": "2026-10-05T09:30:00Z"}
# What documents hold that pages and tables are drawn from, with a text in each place where people's words may be.
DOCUMENTS: dict[str, Callable[[str], Any]] = {
    "slas.Attainment.proof": lambda text: {"lines": [dict.fromkeys(LINE, text)]},
    "reporting.Figure.proof": lambda text: {"lines": [dict.fromkeys(LINE, text)]},
    "slas.MeasurementRevision.old": lambda text: STOP | {"what": text, "cause": text},
    "slas.MeasurementRevision.new": lambda text: STOP | {"what": text, "cause": ""},
    "slas.TargetTemplate.frame": lambda text: {"unit_words": text, "meaning": text},
    "slas.TargetTemplate.measure": lambda text: dict.fromkeys(("what", "source", "decider", "unit_words"), text),
    "catalog.ServiceImport.outcome": lambda text: {
        "new": 1,
        "changed": 0,
        "made": {"lines": [], "categories": [], "taxonomies": []},
        "left_out": [{"row": 1} | dict.fromkeys(("field", "what", "to_do"), text)],
    },
    "slas.CreditStatement.lines": lambda text: [dict.fromkeys(CREDITED, text) | {"attainment": "", "credit": "0"}],
    "slas.FactBatch.rows": lambda text: [STOP | {"what": text, "cause": text}],
    "slas.TargetPackage.rows": lambda text: [{"name": text, "kind": "volume"}],
    "reporting.MeetingMinutes.agenda": lambda text: {"parts": [{"title": text, "lines": [text]}]},
    "slas.FactBatch.outcome": lambda text: {"errors": [{"row": 1} | dict.fromkeys(("field", "what", "to_do"), text)]},
}
_numbers = count(1)


def tenant_models() -> list[type[TenantModel]]:
    """Every model whose rows belong to a tenant."""
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


def event_models() -> list[type[models.Model]]:
    """Every table of row history."""
    return [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]


def references(model: type[models.Model]) -> list[TenantForeignKey]:
    """The references of a model to rows of its own tenant; history keeps numbers without references."""
    if model in event_models():
        return []
    return [field for field in model._meta.local_fields if isinstance(field, TenantForeignKey)]


def known_values(field: Any) -> list[Any]:
    """What a field may hold if it is one of a list, by its choices or by a rule of its table."""
    if field.choices:
        return [value for value, _ in field.choices]
    rules = [rule for rule in field.model._meta.constraints if isinstance(rule, models.CheckConstraint)]
    parts = [part for rule in rules for part in rule.condition.children if isinstance(part, tuple)]
    return next((list(values) for name, values in parts if name == f"{field.name}__in"), [])


class Rows:
    """One row of every tenant model for the tenant in force; `text` goes into each field that people write."""

    def __init__(self, text: str = "row") -> None:
        self.text = text
        self.number = next(_numbers)
        self.made: dict[type[models.Model], Any] = {}

    def adopt(self, **instead: Any) -> "Rows":
        """Take the first row of each kind that the tenant in force has already, and the rows that are named."""
        for model in tenant_models():
            if (row := model._default_manager.order_by("pk").first()) is not None:
                self.made[model] = row
        self.made |= {type(row): row for row in instead.values()}
        return self

    def make_all(self) -> "Rows":
        for model in tenant_models():
            self.of(model)
        return self

    def of(self, model: type[models.Model]) -> Any:
        """The row of that kind, made with all that it refers to at the first call."""
        if model not in self.made:
            shared = model._default_manager.order_by("pk").first() if model._meta.label in ONE_OPEN else None
            self.made[model] = shared or self.create(model)
        return self.made[model]

    def create(self, model: type[models.Model], **instead: Any) -> Any:
        """A new row of that kind, with some values instead of the usual ones."""
        wanted = WANTED.get(model._meta.label, {}) | instead
        values = {
            field.attname if field.is_relation else field.name: self.value(field)
            for field in model._meta.local_fields
            if self.is_wanted(field) and field.attname not in wanted
        }
        return model._default_manager.create(**values | self.documents(model) | wanted)

    def documents(self, model: type[models.Model]) -> dict[str, Any]:
        return {
            field.name: DOCUMENTS[name](self.text)
            for field in model._meta.local_fields
            if (name := f"{model._meta.label}.{field.name}") in DOCUMENTS
        }

    def is_wanted(self, field: Any) -> bool:
        if field.primary_key or field.name == "tenant":
            return False
        if isinstance(field, TenantForeignKey):
            return field.related_model is not field.model
        if getattr(field, "auto_now_add", False) or field.db_default is not models.NOT_PROVIDED:
            return False
        is_text = isinstance(field, models.CharField | models.TextField) and not known_values(field)
        return is_text or (not field.null and not field.has_default())

    def value(self, field: Any) -> Any:
        if field.is_relation:
            return self.user().pk if field.related_model is User else self.referred(field)
        if known := known_values(field):
            return known[0]
        for kind, make in VALUES.items():
            if isinstance(field, kind):
                return make(self, field)
        raise NotImplementedError(f"{field.model._meta.label}.{field.name}: say in VALUES what a {type(field)} holds")

    def user(self) -> User:
        if User not in self.made:
            self.made[User] = User.objects.create(email=f"rows{self.number}@example.org", name=self.text)
        return self.made[User]

    def referred(self, field: Any) -> Any:
        return None if field.related_model is Tenant else self.of(field.related_model).pk

    def characters(self, field: Any) -> str:
        if SLUG in field.validators or field.name == "slug":
            return f"foreign-{self.number}"
        if field.name == "holiday_region":
            return "GB-ENG"
        if field.name == "time_zone":
            return "Europe/London"
        if field.name in ("url", "result_name"):
            return f"/t/{self.number}/"
        text = f"{self.text} {field.name} {self.number}"
        return text if field.max_length is None or len(text) <= field.max_length else self.text[: field.max_length]


VALUES: dict[type[models.Field], Callable[[Rows, Any], Any]] = {
    models.EmailField: lambda rows, _: f"rows{rows.number}@example.org",
    models.CharField: Rows.characters,
    models.TextField: Rows.characters,
    models.DateTimeField: lambda _, field: NOW + timedelta(hours=field.name.startswith(LATER)),
    models.DateField: lambda _, field: date(2026, 10, 5) + timedelta(days=field.name.startswith(LATER)),
    models.BooleanField: lambda *_: False,
    models.DecimalField: lambda *_: Decimal(1),
    models.FloatField: lambda *_: 1.0,
    models.JSONField: lambda *_: {},
    # Far from the numbers that the makers of the other tests count.
    models.IntegerField: lambda rows, field: 10_000 + rows.number if field.name == "number" else 1,
}


def count_rows(tenant: Tenant) -> dict[str, list[int]]:
    """How many rows each table of a tenant holds and which was written last; what only tells of acts is left out."""
    tables = [model._meta.db_table for model in tenant_models() if model._meta.db_table != "audit_auditentry"]
    each = (f"SELECT '{table}', count(*), max(xmin::text::bigint) FROM {table}" for table in tables)
    with tenant_scope(tenant.pk), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return {table: rest for table, *rest in cursor.fetchall()}
