"""Services of the portfolio: which ones a reader may see, and how they moved."""

from django.db.models import QuerySet

from catalog.models import LineOfService, Service, Stage, StageTransition
from portal.accounts.models import BUSINESS_ROLES, IT_ROLES, Membership


def list_visible_services(*, reader: Membership) -> QuerySet[Service]:
    """The catalogue for the business; the whole portfolio, with pipeline and retired, for all others."""
    services = Service.objects.select_related("line_of_service")
    return services.filter(stage=Stage.CATALOGUE) if reader.is_business else services


def get_service(*, reader: Membership, slug: str) -> Service:
    """One visible service with its owners.

    Raises Service.DoesNotExist for a service that the reader may not see.
    """
    owners = ("it_owner__user", "business_owner__user")
    return list_visible_services(reader=reader).select_related(*owners).get(slug=slug)


def list_transitions(*, service: Service) -> QuerySet[StageTransition]:
    """How a service moved through the portfolio, latest first."""
    return service.transitions.select_related("decided_by__user").order_by("-on", "-pk")


def list_line_names() -> list[str]:
    """The headings of the catalogue, in their order."""
    return list(LineOfService.objects.order_by("position", "name").values_list("name", flat=True))


def list_it_members() -> QuerySet[Membership]:
    """Who can own a service for IT."""
    return _active_members(IT_ROLES)


def list_business_members() -> QuerySet[Membership]:
    """Who can own a service or a goal for the business."""
    return _active_members(BUSINESS_ROLES)


def _active_members(roles: frozenset[str]) -> QuerySet[Membership]:
    members = Membership.objects.filter(role__in=roles, is_active=True, user__is_active=True)
    return members.select_related("user").order_by("user__name")
