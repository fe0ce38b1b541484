"""The goals of the business as a tree, each with where it stands."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal import clock
from portal.accounts.policies import can
from portal.tenancy.middleware import TenantRequest
from reporting.queries import goal_tree

PAGE = 50


@require_safe
def goal_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """What the business wants to reach, goal under goal."""
    rows = goal_tree.list_goal_rows(reader=request.membership, today=clock.today(request.tenant.time_zone))
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "may_manage": can(request.membership, "service.manage"),
    }
    return render(request, "reporting/goal_list.html", context)
