"""What services are made of, and which services stand on it."""

from django.db.models import Count, Q, QuerySet

from catalog.models import Component, Dependency
from catalog.queries.services import list_visible_services
from portal.accounts.models import Membership


def list_components(*, reader: Membership) -> QuerySet[Component]:
    """The components with the number of services that stand on each.

    The business sees those of the services in the catalogue; all others see each of them.
    """
    services = list_visible_services(reader=reader)
    visible = Q(dependencies__service__in=services)
    components = Component.objects.annotate(service_count=Count("dependencies", filter=visible))
    if reader.is_business:
        components = components.filter(service_count__gt=0)
    return components.order_by("kind", "name")


def get_component(*, reader: Membership, slug: str) -> Component:
    """One visible component.

    Raises Component.DoesNotExist for a component that only hidden services stand on.
    """
    return list_components(reader=reader).get(slug=slug)


def list_dependents(*, reader: Membership, component: Component) -> QuerySet[Dependency]:
    """Where a component is used: the visible services that stand on it."""
    services = list_visible_services(reader=reader)
    used = component.dependencies.filter(service__in=services)
    return used.select_related("service", "group").order_by("service__name")
