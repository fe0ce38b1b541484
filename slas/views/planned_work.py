"""Planned work in the browser: announced, approved by a second person, cancelled, ended."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from portal.tenancy.tasks import queue_on_commit
from slas.actions import planned_work as actions
from slas.forms.planned_work import WorkEndForm, WorkForm
from slas.queries import service_hours as queries
from slas.tasks import recompute_dirty_targets

PAGE = 25


def planned_work_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """Work to come, or with `?when=past` what was."""
    reader, now = request.membership, clock.now()
    when = "past" if request.GET.get("when") == "past" else ""
    found = queries.filter_work(work=queries.list_visible_work(reader=reader), when=when, now=now)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "when": when,
        "now": now,
        "may_announce": can(reader, "work.announce"),
        "may_approve": can(reader, "work.approve"),
    }
    return render(request, "slas/planned_work_list.html", context)


def planned_work_announce(request: TenantRequest, tenant: str) -> HttpResponse:
    """Work that takes a service away for a while."""
    authorise(request.membership, "work.announce")
    form = WorkForm(sent(request), zone=request.tenant.time_zone, now=clock.now())
    work = attempt(form, lambda data: actions.announce_work(by=request.membership, now=clock.now(), **data))
    if work:
        messages.success(request, _("Announced. A second person approves it before it starts."))
        return redirect("planned_work_list", tenant=tenant)
    intro = _("When you announce it decides whether it is taken out of the figures: each promise says how much notice.")
    back = reverse("planned_work_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("Announce work"), intro=intro, send=_("Announce it"), back=back)


@require_POST
def planned_work_approve(request: TenantRequest, tenant: str, work_id: int) -> HttpResponse:
    """A second person approves it."""
    return _act(request, work_id, "work.approve", actions.approve_work, _("Approved."))


@require_POST
def planned_work_cancel(request: TenantRequest, tenant: str, work_id: int) -> HttpResponse:
    """It will not be done."""
    return _act(request, work_id, "work.announce", actions.cancel_work, _("Cancelled."))


def planned_work_end(request: TenantRequest, tenant: str, work_id: int) -> HttpResponse:
    """When it really ended."""
    work = get_or_404(queries.get_work, reader=request.membership, work_id=work_id)
    authorise(request.membership, "work.announce")
    form = WorkEndForm(sent(request), zone=request.tenant.time_zone, initial_end=work.away_until)
    if attempt(form, lambda data: actions.end_work(work=work, by=request.membership, now=clock.now(), **data)):
        queue_on_commit(recompute_dirty_targets)
        messages.success(request, _("Saved. The figures follow."))
        return redirect(f"{reverse('planned_work_list', kwargs={'tenant': tenant})}?when=past")
    intro = _("Time over the announced end counts as time without the service. What ended early is given back.")
    back = reverse("planned_work_list", kwargs={"tenant": tenant})
    title = _("When did “%(title)s” end?") % {"title": work.title}
    return form_page(request, form, title=title, intro=intro, send=_("Save"), back=back)


def _act(request: TenantRequest, work_id: int, right: str, act: Callable[..., object], words: str) -> HttpResponse:
    work = get_or_404(queries.get_work, reader=request.membership, work_id=work_id)
    authorise(request.membership, right)
    try:
        act(work=work, by=request.membership, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        queue_on_commit(recompute_dirty_targets)
        messages.success(request, words)
    return redirect("planned_work_list", tenant=request.tenant.slug)
