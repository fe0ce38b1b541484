"""What a service is made of, in the browser."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions import composition as actions
from catalog.forms.composition import DependencyForm, GroupForm, StepsForm
from catalog.models import Service
from catalog.queries import composition as queries
from catalog.queries.services import get_service
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest


def service_map(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """Steps, parts and alternatives of a service, each with the way to change it."""
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    context = {
        "service": service,
        "composition": queries.get_composition(service=service),
        "may_manage": can(request.membership, "service.manage"),
    }
    return render(request, "catalog/service_map.html", context)


def steps_edit(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """The steps of the business process that the service carries."""
    service = _managed(request, slug)
    form = StepsForm(sent(request), service=service)
    if attempt(form, lambda data: actions.set_steps(service=service, steps=data["steps"])):
        return _saved(request, slug)
    return _form(request, form, _("Steps of “%(name)s”") % {"name": service.name}, slug)


def dependency_create(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """One more part of a service."""
    service = _managed(request, slug)
    form = DependencyForm(sent(request), service=service)
    if attempt(form, lambda _data: actions.add_dependency(service=service, details=form.details())):
        return _saved(request, slug)
    return _form(request, form, _("Add a part to “%(name)s”") % {"name": service.name}, slug)


def dependency_edit(request: TenantRequest, tenant: str, slug: str, dependency_id: int) -> HttpResponse:
    """How a service uses one of its parts."""
    service = _managed(request, slug)
    dependency = get_or_404(queries.get_dependency, service=service, dependency_id=dependency_id)
    form = DependencyForm(sent(request), service=service, dependency=dependency)
    if attempt(form, lambda _data: actions.edit_dependency(dependency=dependency, details=form.details())):
        return _saved(request, slug)
    return _form(request, form, _("How “%(name)s” is used") % {"name": dependency.component.name}, slug)


@require_POST
def dependency_remove(request: TenantRequest, tenant: str, slug: str, dependency_id: int) -> HttpResponse:
    """The service no longer stands on this part."""
    service = _managed(request, slug)
    dependency = get_or_404(queries.get_dependency, service=service, dependency_id=dependency_id)
    try:
        actions.remove_dependency(dependency=dependency)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("service_map", tenant=tenant, slug=slug)
    return _saved(request, slug)


def group_edit(request: TenantRequest, tenant: str, slug: str, group_id: int) -> HttpResponse:
    """How many of the alternatives are enough."""
    service = _managed(request, slug)
    group = get_or_404(queries.get_group, service=service, group_id=group_id)
    form = GroupForm(sent(request), group=group)
    if attempt(form, lambda data: actions.edit_group(group=group, **data)):
        return _saved(request, slug)
    return _form(request, form, _("Alternatives “%(name)s”") % {"name": group.name}, slug)


def _managed(request: TenantRequest, slug: str) -> Service:
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    authorise(request.membership, "service.manage")
    return service


def _saved(request: TenantRequest, slug: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("service_map", tenant=request.tenant.slug, slug=slug)


def _form(request: TenantRequest, form: forms.Form, title: str, slug: str) -> HttpResponse:
    back = reverse("service_map", kwargs={"tenant": request.tenant.slug, "slug": slug})
    return form_page(request, form, title=title, send=_("Save"), back=back)
