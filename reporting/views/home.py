"""Home of the business in the browser; IT begins at its workbench."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portal import clock
from portal.accounts.models import Role
from portal.accounts.policies import can
from portal.tenancy.middleware import TenantRequest
from reporting.queries.home import get_home


@require_safe
def home(request: TenantRequest, tenant: str) -> HttpResponse:
    """What needs the reader's answer, and whether IT kept its word last month."""
    reader = request.membership
    if not reader.is_business and reader.role != Role.AUDITOR:
        return redirect("workbench", tenant=tenant)
    page = get_home(
        reader=reader, unit_slug=request.GET.get("unit", ""), now=clock.now(), currency=request.tenant.currency
    )
    context = {"home": page, "may_raise": can(reader, "need.raise"), "may_talk": can(reader, "comment.write")}
    return render(request, "reporting/home.html", context)
