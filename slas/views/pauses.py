"""Pauses that were entered afterwards: which nobody approved, and saying who agreed to one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest
from slas.actions.pauses import bring_approval
from slas.forms.pauses import ApprovalForm
from slas.queries import pauses as queries
from slas.queries.measures import get_measure

PAGE = 50


def measure_pauses(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """The pauses of a measure's cases that count from their entry, as nobody approved them."""
    measure = get_or_404(get_measure, reader=request.membership, slug=slug)
    authorise(request.membership, "evidence.read")
    page = Paginator(queries.list_late_pauses(measure=measure), PAGE).get_page(request.GET.get("page"))
    pauses = list(page.object_list)
    approvals = queries.approvals_of(reader=request.membership, measure=measure, pauses=pauses)
    context = {
        "measure": measure,
        "page": page,
        "rows": [(pause, approvals.get(pause.pk)) for pause in pauses],
        "may_enter": can(request.membership, "fact.enter"),
    }
    return render(request, "slas/measure_pauses.html", context)


def pause_approve(request: TenantRequest, tenant: str, slug: str, pause_id: int) -> HttpResponse:
    """Say who agreed to a pause; it counts from its start when a second person approves that."""
    measure = get_or_404(get_measure, reader=request.membership, slug=slug)
    authorise(request.membership, "fact.enter")
    pause = get_or_404(queries.get_late_pause, measure=measure, pause_id=pause_id)
    form = ApprovalForm(sent(request))
    by, now = request.membership, clock.now()
    batch = attempt(form, lambda data: bring_approval(measure=measure, pause=pause, by=by, now=now, **data))
    if batch:
        messages.success(request, _("Sent. It counts when a second person approves it."))
        return redirect("batch_detail", tenant=tenant, batch_id=batch.pk)
    return form_page(
        request,
        form,
        title=_("Who agreed to the pause of %(case)s") % {"case": pause.case_key},
        intro=_("It counts from its entry. Once a second person approves who agreed to it, it counts from its start."),
        send=_("Send for approval"),
        back=reverse("measure_pauses", kwargs={"tenant": tenant, "slug": slug}),
    )
