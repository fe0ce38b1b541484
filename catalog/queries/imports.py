"""Tables of services that were brought, and what is said about services, as plain values that can be compared."""

from collections.abc import Iterable
from typing import TypedDict

from django.db.models import Exists, ManyToOneRel, OuterRef, QuerySet

from catalog.models import ImportedService, Service, ServiceCategory, ServiceImport
from portal.accounts.models import Membership

ITS_OWN = {
    "transitions",
    "categories",
    "words",
}  # what goes with a service that an import made, because it made them too


class Said(TypedDict):
    """What a table can say about a service; owners by member, categories as [taxonomy, category] in their order."""

    reference: str
    name: str
    description: str
    service_class: str
    line_name: str
    used_by: str
    it_owner: int | None
    business_owner: int | None
    categories: list[list[str]]


def list_imports(*, reader: Membership) -> QuerySet[ServiceImport]:
    """The tables that were brought, latest first; they are IT's business."""
    imports = ServiceImport.objects.none() if reader.is_business else ServiceImport.objects.all()
    return imports.defer("content").select_related("brought_by__user", "undone_by__user").order_by("-brought_at", "-pk")


def get_import(*, reader: Membership, import_id: int) -> ServiceImport:
    """One of them. Raises ServiceImport.DoesNotExist."""
    return list_imports(reader=reader).defer(None).get(pk=import_id)


def say_all(services: Iterable[Service]) -> dict[int, Said]:
    """What is said about each service, by its id; in one query besides what `services` takes."""
    found = list(services)
    sorted_into: dict[int, list[list[str]]] = {service.pk: [] for service in found}
    links = ServiceCategory.objects.filter(service__in=sorted_into)
    for pk, taxonomy, name in links.values_list("service", "category__taxonomy__name", "category__name"):
        sorted_into[pk].append([taxonomy, name])
    return {service.pk: _said(service, sorted(sorted_into[service.pk])) for service in found}


def _said(service: Service, categories: list[list[str]]) -> Said:
    return {
        "reference": service.reference,
        "name": service.name,
        "description": service.description,
        "service_class": service.service_class,
        "line_name": service.line_of_service.name if service.line_of_service else "",
        "used_by": service.used_by,
        "it_owner": service.it_owner_id,
        "business_owner": service.business_owner_id,
        "categories": categories,
    }


def list_in_use(services: QuerySet[Service]) -> list[str]:
    """The names of those services that something stands on by now, besides what was made with them."""
    used: set[str] = set()
    relations = Service._meta.get_fields(include_hidden=True)
    for relation in relations:  # those of the upper apps too, which this app does not know
        if not isinstance(relation, ManyToOneRel):
            continue
        is_history = hasattr(relation.related_model, "pgh_tracked_model")
        if is_history or relation.related_model is ImportedService or relation.name in ITS_OWN:
            continue
        refers = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
        used.update(services.filter(Exists(refers)).values_list("name", flat=True))
    return sorted(used)
