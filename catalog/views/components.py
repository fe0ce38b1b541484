"""Components in the browser: what services stand on."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.actions import components as actions
from catalog.forms.components import ComponentForm
from catalog.queries import components as queries
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest

PAGE = 50


def component_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """All parts that services stand on, by kind."""
    components = queries.list_components(reader=request.membership)
    context = {
        "page": Paginator(components, PAGE).get_page(request.GET.get("page")),
        "may_manage": can(request.membership, "service.manage"),
    }
    return render(request, "catalog/component_list.html", context)


def component_detail(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """One component and the services that stand on it."""
    component = get_or_404(queries.get_component, reader=request.membership, slug=slug)
    context = {
        "component": component,
        "dependents": queries.list_dependents(reader=request.membership, component=component),
        "may_manage": can(request.membership, "service.manage"),
    }
    return render(request, "catalog/component_detail.html", context)


def component_create(request: TenantRequest, tenant: str) -> HttpResponse:
    """A new component."""
    authorise(request.membership, "service.manage")
    form = ComponentForm(sent(request))
    component = attempt(form, lambda _data: actions.create_component(details=form.details()))
    if component:
        messages.success(request, _("“%(name)s” can now be named as a part of services.") % {"name": component.name})
        return redirect("component_detail", tenant=tenant, slug=component.slug)
    back = reverse("component_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("New component"), send=_("Save"), back=back)


def component_edit(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """What is said about a component."""
    component = get_or_404(queries.get_component, reader=request.membership, slug=slug)
    authorise(request.membership, "service.manage")
    form = ComponentForm(sent(request), component=component)
    if attempt(form, lambda _data: actions.edit_component(component=component, details=form.details())):
        messages.success(request, _("Saved."))
        return redirect("component_detail", tenant=tenant, slug=slug)
    back = reverse("component_detail", kwargs={"tenant": tenant, "slug": slug})
    return form_page(request, form, title=_("Edit “%(name)s”") % {"name": component.name}, send=_("Save"), back=back)
