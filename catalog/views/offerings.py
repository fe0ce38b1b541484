"""Levels of a service and who has them, in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions import offerings as actions
from catalog.forms.offerings import EntitlementForm, OfferingForm
from catalog.models import Service
from catalog.queries import offerings as queries
from catalog.queries.services import get_service
from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest


def service_offerings(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """The levels of a service, and who has or may ask for each."""
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    context = {
        "service": service,
        "levels": queries.list_levels(reader=request.membership, service=service, currency=request.tenant.currency),
        "may_manage": can(request.membership, "service.manage"),
    }
    return render(request, "catalog/service_offerings.html", context)


def offering_create(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """A new level."""
    service = _managed(request, slug)
    form = OfferingForm(sent(request), currency=request.tenant.currency)
    if attempt(form, lambda _data: actions.create_offering(service=service, details=form.details())):
        return _saved(request, tenant, slug)
    return _form(request, form, _("New level of “%(name)s”") % {"name": service.name}, slug)


def offering_edit(request: TenantRequest, tenant: str, slug: str, offering_id: int) -> HttpResponse:
    """A level and its price."""
    service = _managed(request, slug)
    offering = get_or_404(queries.get_offering, service=service, offering_id=offering_id)
    form = OfferingForm(sent(request), currency=request.tenant.currency, offering=offering)
    if attempt(form, lambda _data: actions.edit_offering(offering=offering, details=form.details())):
        return _saved(request, tenant, slug)
    return _form(request, form, _("Edit the level “%(name)s”") % {"name": offering.name}, slug)


@require_POST
def offering_remove(request: TenantRequest, tenant: str, slug: str, offering_id: int) -> HttpResponse:
    """Take away a level that nobody ever had."""
    service = _managed(request, slug)
    offering = get_or_404(queries.get_offering, service=service, offering_id=offering_id)
    try:
        actions.remove_offering(offering=offering)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("service_offerings", tenant=tenant, slug=slug)
    return _saved(request, tenant, slug)


def entitlement_create(request: TenantRequest, tenant: str, slug: str, offering_id: int) -> HttpResponse:
    """A unit gets a level, or may ask for it."""
    service = _managed(request, slug)
    offering = get_or_404(queries.get_offering, service=service, offering_id=offering_id)
    form = EntitlementForm(sent(request), today=clock.today(request.tenant.time_zone))
    if attempt(form, lambda _data: actions.grant_entitlement(offering=offering, details=form.details())):
        return _saved(request, tenant, slug)
    return _form(request, form, _("Who has the level “%(name)s”") % {"name": offering.name}, slug)


def entitlement_edit(request: TenantRequest, tenant: str, slug: str, entitlement_id: int) -> HttpResponse:
    """What a unit has; an end date ends it."""
    service = _managed(request, slug)
    entitlement = get_or_404(queries.get_entitlement, service=service, entitlement_id=entitlement_id)
    form = EntitlementForm(sent(request), today=clock.today(request.tenant.time_zone), entitlement=entitlement)
    if attempt(form, lambda _data: actions.edit_entitlement(entitlement=entitlement, details=form.details())):
        return _saved(request, tenant, slug)
    return _form(request, form, _("Who has the level “%(name)s”") % {"name": entitlement.offering.name}, slug)


def _managed(request: TenantRequest, slug: str) -> Service:
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    authorise(request.membership, "service.manage")
    return service


def _saved(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("service_offerings", tenant=tenant, slug=slug)


def _form(request: TenantRequest, form: OfferingForm | EntitlementForm, title: str, slug: str) -> HttpResponse:
    back = reverse("service_offerings", kwargs={"tenant": request.tenant.slug, "slug": slug})
    return form_page(request, form, title=title, send=_("Save"), back=back)
