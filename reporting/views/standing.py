"""What stands on what, in the browser: what a month cost by part, and what a component or a service carries."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.models import Component, Service
from catalog.queries.components import get_component
from catalog.queries.services import get_service
from portal import clock
from portal.pages import get_or_404
from portal.tenancy.middleware import TenantRequest
from reporting.queries.carries import get_carries
from reporting.queries.services_lost import get_lost


@require_safe
def service_lost(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """What a month without the service cost, part by part; `month=2026-10` chooses it."""
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    lost = get_lost(
        reader=request.membership,
        service=service,
        wanted=_month(request.GET.get("month", "")),
        now=clock.now(),
        today=clock.today(request.tenant.time_zone),
        time_zone=request.tenant.time_zone,
    )
    return render(request, "reporting/service_lost.html", {"service": service, "lost": lost})


@require_safe
def service_carries(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """All that stands on a service."""
    return _carries(request, get_or_404(get_service, reader=request.membership, slug=slug), _("Services"))


@require_safe
def component_carries(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """All that stands on a component."""
    return _carries(request, get_or_404(get_component, reader=request.membership, slug=slug), _("Components"))


def _carries(request: TenantRequest, thing: Component | Service, heading: str) -> HttpResponse:
    carries = get_carries(reader=request.membership, thing=thing, today=clock.today(request.tenant.time_zone))
    context = {"thing": thing, "is_service": isinstance(thing, Service), "heading": heading, "carries": carries}
    return render(request, "reporting/carries.html", context)


def _month(words: str) -> date | None:
    """The first day of a month as the address names it; what is no month is none."""
    try:
        return date.fromisoformat(f"{words}-01")
    except ValueError:
        return None
