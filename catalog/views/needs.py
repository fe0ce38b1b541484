"""What the business needs, in the browser, and IT's answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.actions import needs as actions
from catalog.forms.needs import NeedAnswerForm, NeedForm
from catalog.models import Service
from catalog.queries import needs as queries
from catalog.queries.services import get_service
from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest

PAGE = 50


def need_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """What was asked for, and what became of it."""
    needs = queries.list_needs(reader=request.membership)
    context = {
        "page": Paginator(needs, PAGE).get_page(request.GET.get("page")),
        "may_raise": can(request.membership, "need.raise"),
        "today": clock.today(request.tenant.time_zone),
    }
    return render(request, "catalog/need_list.html", context)


def need_raise(request: TenantRequest, tenant: str) -> HttpResponse:
    """Say what you need, or ask for a change of the service that the address names."""
    authorise(request.membership, "need.raise")
    about = _about(request)
    today = clock.today(request.tenant.time_zone)
    form = NeedForm(sent(request), reader=request.membership, today=today, about=about)
    need = attempt(
        form,
        lambda data: actions.raise_need(
            by=request.membership, now=clock.now(), time_zone=request.tenant.time_zone, **data
        ),
    )
    if need:
        messages.success(
            request, _("IT has your request and answers by %(on)s.") % {"on": f"{need.answer_due_on:%a %-d %b}"}
        )
        return redirect("need_detail", tenant=tenant, need_id=need.pk)
    return form_page(
        request,
        form,
        title=_("Ask for a change") if about else _("Say what you need"),
        intro=_("IT answers within %(days)s working days.") % {"days": actions.ANSWER_WORKING_DAYS},
        send=_("Send it to IT"),
        back=reverse("need_list", kwargs={"tenant": tenant}),
    )


def need_detail(request: TenantRequest, tenant: str, need_id: int) -> HttpResponse:
    """One need and its answer, or the form to answer it."""
    need = get_or_404(queries.get_need, reader=request.membership, need_id=need_id)
    if request.method == "POST":
        authorise(request.membership, "need.answer")
    form = NeedAnswerForm(sent(request)) if can(request.membership, "need.answer") else None
    if form and attempt(
        form, lambda data: actions.answer_need(need=need, by=request.membership, now=clock.now(), **data)
    ):
        messages.success(request, _("Your answer is sent."))
        return redirect("need_detail", tenant=tenant, need_id=need.pk)
    context = {"need": need, "form": form, "today": clock.today(request.tenant.time_zone)}
    return render(request, "catalog/need_detail.html", context, status=422 if form and form.errors else 200)


def _about(request: TenantRequest) -> Service | None:
    slug = request.GET.get("about")
    return get_or_404(get_service, reader=request.membership, slug=slug) if slug else None
