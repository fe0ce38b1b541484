"""The tenant of a request is in its path, `/t/<slug>/...`; the whole response is made inside that tenant's scope."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from portal.accounts import queries
from portal.tenancy.models import Tenant
from portal.tenancy.scope import tenant_scope

TENANT_PATH = re.compile(r"^/t/(?P<slug>[^/]+)/(?P<rest>.*)$", re.DOTALL)
GUEST_PATHS = ("api/", "invitation/")


class TenantRequest(HttpRequest):
    """A request whose tenant and member are known."""

    tenant: Any
    membership: Any
    htmx: Any


class TenantMiddleware:
    """Finds tenant and membership and wraps the response, lazily rendered templates too, in the tenant's scope.

    Unknown and forbidden tenants both answer 404. Pages of guests (the API with its token, an invitation) decide for
    themselves who is asking.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = TENANT_PATH.match(request.path_info)
        if path is None:
            return self.get_response(request)
        is_guest = path["rest"].startswith(GUEST_PATHS)
        if not is_guest and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        tenant = Tenant.objects.filter(slug=path["slug"]).first()  # at most one: the slug is unique
        if tenant is None:
            return self._not_found(request)
        with tenant_scope(tenant.pk):
            request.tenant = tenant
            request.membership = None if is_guest else queries.find_membership(user_id=request.user.pk)
            if not is_guest and request.membership is None:
                request.tenant = None
                return self._not_found(request)
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Django answers 500 before control returns here: without this mark the half-done work would be committed."""
        if getattr(request, "tenant", None) is not None:
            transaction.set_rollback(True)

    def _not_found(self, request: HttpRequest) -> HttpResponse:
        from django.core.handlers.exception import response_for_exception

        return response_for_exception(request, Http404("No such page"))
