"""How a service is known and sorted elsewhere, in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.actions.sorting import sort_service
from catalog.forms.sorting import SortForm
from catalog.queries import services as queries
from catalog.queries.sorting import list_sorted
from portal.accounts.policies import authorise
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest


def service_sort(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """The service's own number, and what it belongs to in each way of sorting."""
    service = get_or_404(queries.get_service, reader=request.membership, slug=slug)
    authorise(request.membership, "service.manage")
    form = SortForm(sent(request), reference=service.reference, sorted_into=list_sorted(service=service))
    if attempt(
        form,
        lambda data: sort_service(service=service, reference=data["reference"], categories=form.categories),
    ):
        messages.success(request, _("Saved."))
        return redirect("service_detail", tenant=tenant, slug=slug)
    return form_page(
        request,
        form,
        title=_("Own number and sorting"),
        intro=_("Several with semicolons between them. The list of services is filtered by these words."),
        send=_("Save"),
        back=reverse("service_detail", kwargs={"tenant": tenant, "slug": slug}),
    )
