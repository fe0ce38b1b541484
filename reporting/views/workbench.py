"""The workbench of IT in the browser."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal import clock
from portal.accounts.policies import authorise, can
from portal.tenancy.middleware import TenantRequest
from reporting.queries.workbench import get_workbench


@require_safe
def workbench(request: TenantRequest, tenant: str) -> HttpResponse:
    """What will be missed unless somebody acts today; `whose=all` looks at all of IT."""
    reader = request.membership
    authorise(reader, "workbench.read")
    page = get_workbench(reader=reader, now=clock.now(), is_mine=request.GET.get("whose") != "all")
    context = {
        "bench": page,
        "has_own": reader.is_it,
        "may_enter": can(reader, "fact.enter"),
        "may_manage": can(reader, "service.manage"),
        "may_agree": can(reader, "agreement.manage"),
        "may_raise": can(reader, "improvement.raise"),
        "may_prepare": can(reader, "review.prepare"),
        "may_ask": can(reader, "context.ask"),
    }
    return render(request, "reporting/workbench.html", context)
