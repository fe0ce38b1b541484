"""The register of improvements in the browser."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from improvement import actions, queries
from improvement.forms import InitiativeForm, MoveForm, OpportunityForm
from improvement.models import ImprovementOpportunity
from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, respond, sent
from portal.tenancy.middleware import TenantRequest

PAGE = 50


@require_safe
def improvement_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """The board and the table, or the table alone; `state` shows one column of the board in the table."""
    reader, year = request.membership, clock.today(request.tenant.time_zone).year
    state = request.GET.get("state", "")
    only_table = request.GET.get("view") == "table" or bool(state)
    found = queries.list_in(reader=reader, column=state, year=year)
    context = {
        "columns": [] if only_table else queries.list_columns(reader=reader, year=year),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "only_table": only_table,
        "state_name": {key: name for key, name, _states in queries.COLUMNS}.get(state, ""),
        "may_raise": can(reader, "improvement.raise"),
    }
    return respond(request, "improvement/improvement_list.html", "register", context)


def improvement_raise(request: TenantRequest, tenant: str) -> HttpResponse:
    """Something that could be better."""
    authorise(request.membership, "improvement.raise")
    today = clock.today(request.tenant.time_zone)
    form = OpportunityForm(sent(request), reader=request.membership, today=today)
    improvement = attempt(
        form,
        lambda _data: actions.raise_opportunity(details=form.details(), by=request.membership, now=clock.now()),
    )
    if improvement:
        messages.success(request, _("%(code)s is in the register.") % {"code": improvement.code})
        return _show(tenant, improvement)
    back = reverse("improvement_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("Suggest an improvement"), send=_("Put it in the register"), back=back)


def improvement_detail(request: TenantRequest, tenant: str, number: int) -> HttpResponse:
    """One improvement, its history, and the form for its next state."""
    improvement = get_or_404(queries.get_improvement, reader=request.membership, number=number)
    reader, today = request.membership, clock.today(request.tenant.time_zone)
    may_move = bool(queries.list_next_states(improvement=improvement, by=reader))
    if request.method == "POST" and not may_move:
        raise PermissionDenied("improvement.manage")
    form = MoveForm(sent(request), improvement=improvement, reader=reader, today=today) if may_move else None
    if form and attempt(
        form, lambda data: actions.move_improvement(improvement=improvement, by=reader, today=today, **data)
    ):
        messages.success(request, _("Moved."))
        return _show(tenant, improvement)
    context = {
        "improvement": improvement,
        "path": queries.list_path(improvement=improvement),
        "history": queries.list_history(improvement=improvement, time_zone=request.tenant.time_zone),
        "form": form,
        "may_manage": can(reader, "improvement.manage") and improvement.state not in queries.CLOSED,
        "today": today,
    }
    return render(request, "improvement/improvement_detail.html", context, status=422 if form and form.errors else 200)


def improvement_edit(request: TenantRequest, tenant: str, number: int) -> HttpResponse:
    """Owner, size, priority, date, and what is said about it."""
    improvement = get_or_404(queries.get_improvement, reader=request.membership, number=number)
    authorise(request.membership, "improvement.manage")
    today = clock.today(request.tenant.time_zone)
    form = InitiativeForm(sent(request), reader=request.membership, today=today, improvement=improvement)
    if attempt(
        form,
        lambda _data: actions.edit_improvement(
            improvement=improvement, details=form.details(), initiative=form.initiative()
        ),
    ):
        messages.success(request, _("Saved."))
        return _show(tenant, improvement)
    back = reverse("improvement_detail", kwargs={"tenant": tenant, "number": number})
    title = _("Edit %(code)s") % {"code": improvement.code}
    return form_page(request, form, title=title, send=_("Save"), back=back)


def _show(tenant: str, improvement: ImprovementOpportunity) -> HttpResponse:
    return redirect("improvement_detail", tenant=tenant, number=improvement.number)
