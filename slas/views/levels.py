"""What a level promises, in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.queries.offerings import get_offering
from catalog.queries.services import get_service
from portal.accounts.policies import authorise
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest
from slas.actions.levels import set_levels
from slas.forms.levels import LevelsForm


def levels_edit(request: TenantRequest, tenant: str, slug: str, offering_id: int) -> HttpResponse:
    """The promises of one level, as readers compare them with those of the others."""
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    offering = get_or_404(get_offering, service=service, offering_id=offering_id)
    authorise(request.membership, "service.manage")
    form = LevelsForm(sent(request), offering=offering)
    if attempt(form, lambda data: set_levels(offering=offering, lines=data["lines"])):
        messages.success(request, _("Saved."))
        return redirect("service_detail", tenant=tenant, slug=slug)
    back = reverse("service_offerings", kwargs={"tenant": tenant, "slug": slug})
    title = _("What “%(name)s” promises") % {"name": offering.name}
    return form_page(request, form, title=title, intro=service.name, send=_("Save"), back=back)
