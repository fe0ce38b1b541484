"""Services in the browser: new, changed, moved."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.actions import services as actions
from catalog.forms.services import NewServiceForm, ServiceForm
from catalog.queries import services as queries
from portal import clock
from portal.accounts.policies import authorise
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest


def service_create(request: TenantRequest, tenant: str) -> HttpResponse:
    """A new service, in the pipeline."""
    authorise(request.membership, "service.manage")
    form = NewServiceForm(sent(request))
    service = attempt(
        form,
        lambda data: actions.create_service(
            details=form.details(),
            reason=data["reason"],
            by=request.membership,
            on=clock.today(request.tenant.time_zone),
        ),
    )
    if service:
        messages.success(request, _("“%(name)s” is in the pipeline.") % {"name": service.name})
        return redirect("service_detail", tenant=tenant, slug=service.slug)
    back = reverse("service_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("New service"), send=_("Put it in the pipeline"), back=back)


def service_edit(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """What is said about a service."""
    service = get_or_404(queries.get_service, reader=request.membership, slug=slug)
    authorise(request.membership, "service.manage")
    form = ServiceForm(sent(request), service=service)
    if attempt(form, lambda _data: actions.edit_service(service=service, details=form.details())):
        messages.success(request, _("Saved."))
        return redirect("service_detail", tenant=tenant, slug=slug)
    back = reverse("service_detail", kwargs={"tenant": tenant, "slug": slug})
    title = _("Edit “%(name)s”") % {"name": service.name}
    intro = _("What the business reads about it is changed by a next version: see “What the catalogue says”.")
    said = intro if form.kept else ""
    return form_page(request, form, title=title, intro=said, send=_("Save"), back=back)
