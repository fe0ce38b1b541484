"""Planned retirements in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions import retirements as actions
from catalog.forms.entries import RetirementForm
from catalog.queries.entries import find_planned_retirement
from catalog.queries.services import get_service
from portal import clock
from portal.accounts.policies import authorise
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest


def retirement_plan(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """Say on which day a service leaves the catalogue."""
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    authorise(request.membership, "service.retire")
    today = clock.today(request.tenant.time_zone)
    form = RetirementForm(sent(request), today=today)
    planned = attempt(
        form,
        lambda data: actions.plan_retirement(
            service=service, by=request.membership, now=clock.now(), today=today, **data
        ),
    )
    if planned:
        messages.success(request, _("Everybody who has “%(name)s” is told.") % {"name": service.name})
        return redirect("entry_versions", tenant=tenant, slug=slug)
    return form_page(
        request,
        form,
        title=_("Plan the end of “%(name)s”") % {"name": service.name},
        intro=_("Whoever has it is told now and on the day. What units have of it ends then."),
        send=_("Plan it and tell them"),
        back=reverse("entry_versions", kwargs={"tenant": tenant, "slug": slug}),
    )


@require_POST
def retirement_call_off(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """The service stays."""
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    authorise(request.membership, "service.retire")
    planned = find_planned_retirement(service=service)
    if planned is not None:
        today = clock.today(request.tenant.time_zone)
        actions.call_off_retirement(planned=planned, by=request.membership, now=clock.now(), today=today)
        messages.success(request, _("“%(name)s” stays in the catalogue.") % {"name": service.name})
    return redirect("entry_versions", tenant=tenant, slug=slug)
