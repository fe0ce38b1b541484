"""Views of the catalogue in the browser: kept, removed. The list itself, with its filters, is in reporting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions import saved_views as actions
from catalog.forms.saved_views import SavedViewForm
from catalog.queries.saved_views import get_own_view
from portal.accounts.policies import authorise
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest


def saved_view_keep(request: TenantRequest, tenant: str) -> HttpResponse:
    """Keep the filters, the words and the order that this address holds."""
    authorise(request.membership, "view.keep")
    form = SavedViewForm(sent(request), address=request.META.get("QUERY_STRING", ""))
    back = f"{reverse('service_list', kwargs={'tenant': tenant})}?{form.address}"
    kept = attempt(form, lambda data: actions.keep_view(owner=request.membership, **data))
    if kept:
        messages.success(request, _("“%(name)s” is one of your views now.") % {"name": kept.name})
        return redirect(back)
    return form_page(
        request,
        form,
        title=_("Keep this view"),
        intro=_("It holds filters, words and order. What it shows is looked up anew each time."),
        send=_("Keep it"),
        back=back,
    )


@require_POST
def saved_view_remove(request: TenantRequest, tenant: str, view_id: int) -> HttpResponse:
    """Take one of your own views away."""
    authorise(request.membership, "view.keep")
    view = get_or_404(get_own_view, reader=request.membership, view_id=view_id)
    actions.remove_view(view=view)
    messages.success(request, _("“%(name)s” is removed.") % {"name": view.name})
    return redirect("service_list", tenant=tenant)
