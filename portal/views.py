"""Pages outside each tenant: where to start, and whether the portal is well."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from portal import health
from portal.accounts import queries


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """The tenants that a person may enter; straight on when there is one."""
    memberships = queries.list_own_memberships(user_id=cast(int, request.user.pk))
    if len(memberships) == 1:
        return redirect("home", tenant=memberships[0].tenant.slug)
    return render(request, "accounts/start.html", {"memberships": memberships})


def not_offered(request: HttpRequest, key: str = "") -> HttpResponse:
    """A mail address says who somebody is: nobody gives themselves another one or confirms it; a new invitation does.

    Raises Http404.
    """
    raise Http404("Addresses are changed by a new invitation.")


@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@transaction.non_atomic_requests
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether each part that pages need is there; names each failing part and answers 503."""
    parts = health.check_parts()
    faults = {name: fault for name, fault in parts.items() if fault}
    body = {"ready": not faults, "parts": {name: fault or "ok" for name, fault in parts.items()}}
    return JsonResponse(body, status=503 if faults else 200)
