"""What the business needs, in the browser, and IT's answers."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from catalog.actions import needs as actions
from catalog.forms.needs import NeedAnswerForm, NeedForm
from catalog.models import Need, NeedOutcome, Service
from catalog.queries import needs as queries
from catalog.queries.services import get_service
from portal import clock
from portal.accounts.policies import authorise, can
from portal.accounts.queries import list_visible_units
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest

PAGE = 50
LONGEST_SEARCH = 100
STATES = {
    queries.WAITING: _lazy("Waits for an answer"),
    queries.OVERDUE: _lazy("Overdue"),
    NeedOutcome.ANSWERED: _lazy("Answered"),
    NeedOutcome.DECLINED: _lazy("Declined"),
    NeedOutcome.PROPOSED: _lazy("Proposed as a service"),
}


def need_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """What was asked for, and what became of it; what is shown stands in the address."""
    today = clock.today(request.tenant.time_zone)
    needs, units = queries.list_needs(reader=request.membership), list_visible_units(reader=request.membership)
    wanted = queries.NeedWanted(
        states=frozenset(filter(None, request.GET.getlist("state"))),
        units=frozenset(filter(None, request.GET.getlist("unit"))),
        words=request.GET.get("q", "").strip()[:LONGEST_SEARCH],
    )
    counts = queries.count_states(needs=needs, today=today)
    context = {
        "page": Paginator(queries.narrow(needs=needs, wanted=wanted, today=today), PAGE).get_page(
            request.GET.get("page")
        ),
        "wanted": wanted,
        "states": [(state, words, counts[state], state in wanted.states) for state, words in STATES.items()],
        "units": [(unit.slug, unit.name, unit.slug in wanted.units) for unit in units],
        "is_narrowed": bool(wanted.states or wanted.units or wanted.words),
        "may_raise": can(request.membership, "need.raise"),
        "today": today,
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
    if form and attempt(form, lambda data: _answer(request, need, form, data)):
        messages.success(request, _("Your answer is sent."))
        return redirect("need_detail", tenant=tenant, need_id=need.pk)
    context = {"need": need, "form": form, "today": clock.today(request.tenant.time_zone)}
    return render(request, "catalog/need_detail.html", context, status=422 if form and form.errors else 200)


def _answer(request: TenantRequest, need: Need, form: NeedAnswerForm, data: dict[str, Any]) -> Need:
    told = {"need": need, "answer": data["answer"], "by": request.membership, "now": clock.now()}
    if data["outcome"] == NeedOutcome.PROPOSED:
        today = clock.today(request.tenant.time_zone)
        return actions.propose_for_need(details=form.details(need), today=today, **told)
    return actions.answer_need(outcome=data["outcome"], **told)


def _about(request: TenantRequest) -> Service | None:
    slug = request.GET.get("about")
    return get_or_404(get_service, reader=request.membership, slug=slug) if slug else None
