"""The glossary in the browser: words of IT, and what to write instead."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions import glossary as actions
from catalog.forms.glossary import TermForm
from catalog.queries import glossary as queries
from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest

PAGE = 50


def term_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """Which words are said otherwise here, and who knows them."""
    page = Paginator(queries.list_terms(reader=request.membership), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_manage": can(request.membership, "glossary.manage")}
    return render(request, "catalog/term_list.html", context)


def term_create(request: TenantRequest, tenant: str) -> HttpResponse:
    """A word with its plain phrase."""
    authorise(request.membership, "glossary.manage")
    form = TermForm(sent(request), today=clock.today(request.tenant.time_zone))
    row = attempt(form, lambda data: actions.add_term(by=request.membership, now=clock.now(), **data))
    if row:
        messages.success(request, _("“%(term)s” is in the glossary.") % {"term": row})
        return redirect("term_list", tenant=tenant)
    back = reverse("term_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("New word"), send=_("Add it"), back=back)


def term_edit(request: TenantRequest, tenant: str, term_id: int) -> HttpResponse:
    """What is written instead of a word, and who knows it."""
    row = get_or_404(queries.get_term, term_id=term_id)
    authorise(request.membership, "glossary.manage")
    form = TermForm(sent(request), today=clock.today(request.tenant.time_zone), row=row)
    changed = attempt(form, lambda data: actions.change_term(row=row, by=request.membership, now=clock.now(), **data))
    if changed:
        messages.success(request, _("Saved."))
        return redirect("term_list", tenant=tenant)
    back = reverse("term_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("Edit “%(term)s”") % {"term": row}, send=_("Save"), back=back)


@require_POST
def term_remove(request: TenantRequest, tenant: str, term_id: int) -> HttpResponse:
    """The glossary says nothing of a word any more."""
    row = get_or_404(queries.get_term, term_id=term_id)
    authorise(request.membership, "glossary.manage")
    actions.remove_term(row=row, by=request.membership, now=clock.now())
    messages.success(request, _("Removed."))
    return redirect("term_list", tenant=tenant)
