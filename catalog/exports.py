"""The whole catalogue of a tenant as one document, for a copy of one's own or for another program."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models

from catalog.models import ImportedService, SavedView, ServiceImport, ServiceWord
from portal.accounts.models import BusinessUnit, Membership
from portal.tenancy.models import Tenant, TenantModel

FORMAT = "parley-catalogue"
# How it came in, not what it is; what is made from the rest; what belongs to a person.
LEFT_OUT: frozenset[type[models.Model]] = frozenset({ServiceImport, ImportedService, ServiceWord, SavedView})
# What stands beside the catalogue is told by a name that means something outside the portal.
TOLD_BY: dict[type[models.Model], str] = {BusinessUnit: "slug", Membership: "user__name"}


def catalogue_document(*, tenant: Tenant, now: datetime) -> dict[str, Any]:
    """Each kind of row as a list in order of its ids, each row by the names of its fields.

    A reference to another row of the document is the `id` of that row; a business unit is its short name, a member the
    person's name. Dates are ISO 8601, decimals text, amounts of money minor units of `currency`. One query a list.
    """
    lists = {_list_name(model): list(_rows(model)) for model in exported_models()}
    about = {"tenant": tenant.slug, "name": tenant.name, "currency": tenant.currency, "time_zone": tenant.time_zone}
    return {"format": FORMAT, "version": 1, "written_at": now.isoformat(), **about, **lists}


def exported_models() -> list[type[TenantModel]]:
    """Every kind of row of this app but histories and what is left out, in the order of their names."""
    kinds = [
        model
        for model in apps.get_app_config("catalog").get_models()
        if issubclass(model, TenantModel) and not hasattr(model, "pgh_tracked_model") and model not in LEFT_OUT
    ]
    return sorted(kinds, key=_list_name)


def _list_name(model: type[models.Model]) -> str:
    """`ServiceOffering` is `service_offering`."""
    name = model.__name__
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name).lstrip("_")


def _rows(model: type[TenantModel]) -> Iterator[dict[str, Any]]:
    fields = {field.name: _source(field) for field in model._meta.local_fields if field.name != "tenant"}
    for values in model.objects.order_by("pk").values_list(*fields.values()):
        yield dict(zip(fields, map(_plain, values), strict=True))


def _source(field: "models.Field[Any, Any]") -> str:
    told_by = TOLD_BY.get(field.related_model) if isinstance(field.related_model, type) else None
    return f"{field.name}__{told_by}" if told_by else field.attname


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value
