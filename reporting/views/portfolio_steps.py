"""One service in the portfolio: where it stands, and its next step."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.forms.services import MoveForm
from catalog.models import Stage, Step
from catalog.queries.portfolio import get_portfolio_service
from catalog.queries.services import get_service
from catalog.queries.steps import next_steps
from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import attempt, get_or_404, sent
from portal.tenancy.middleware import TenantRequest
from reporting.actions.portfolio import move_through_portfolio
from reporting.queries.portfolio_steps import get_step_page, list_evidence


@require_safe
def portfolio_service(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """Where a service stands: its steps, what the next one asks for, its case, and what it is for."""
    service = get_or_404(get_portfolio_service, reader=request.membership, slug=slug)
    authorise(request.membership, "portfolio.read")
    page = get_step_page(reader=request.membership, service=service, tenant=tenant, currency=request.tenant.currency)
    context = {
        "page": page,
        "service": service,
        "may_manage": can(request.membership, "service.manage"),
        "may_say": can(request.membership, "purpose.say"),
        "in_catalogue": service.stage == Stage.CATALOGUE or not request.membership.is_business,
    }
    return render(request, "reporting/portfolio_service.html", context)


def service_move(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """Another step of a service: what it asks for is listed with where that is given."""
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    authorise(request.membership, "service.manage")
    today = clock.today(request.tenant.time_zone)
    reason = request.GET.get("reason", "")[:500]
    may_retire = can(request.membership, "service.retire")
    form = MoveForm(sent(request), service=service, may_retire=may_retire, today=today, reason=reason)
    form.initial["to_step"] = request.GET.get("to", "")
    moved = attempt(
        form, lambda data: move_through_portfolio(service=service, by=request.membership, today=today, **data)
    )
    if moved:
        messages.success(
            request, _("“%(name)s” is now at this step: %(step)s.") % {"name": moved.name, "step": moved.step.label}
        )
        return redirect("portfolio_service", tenant=tenant, slug=slug)
    steps = next_steps(service.step)
    asked = list_evidence(service=service, to_step=steps[0], tenant=tenant, reader=request.membership) if steps else []
    context = {
        "form": form,
        "service": service,
        "evidence": asked,
        "next_step": steps[0] if steps else None,
        "may_retire": may_retire and Step.RETIRED in steps,
    }
    return render(request, "reporting/service_move.html", context, status=422 if form.errors else 200)
