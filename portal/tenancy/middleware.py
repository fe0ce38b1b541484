"""The tenant of a request is in its path, `/t/<slug>/...`; the response is made in that tenant's scope and time."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts import queries
from portal.audit.actions import record
from portal.tenancy.models import Tenant
from portal.tenancy.scope import tenant_scope

TENANT_PATH = re.compile(r"^/t/(?P<slug>[^/]+)/(?P<rest>.*)$", re.DOTALL)
API_PATH = "api/"
GUEST_PATHS = ("invitation/", "sign/", "verify/", "mail/")
NUL, SENT_NUL = "\x00", "%00"  # no text of the database can hold it; the path comes decoded, the query as it was sent
NO_TENANT = 0  # no row belongs to it
ENTERED = "entered_tenants"  # in the session: where its user was seen since signing in


class TenantRequest(HttpRequest):
    """A request whose tenant and member are known; `refusal` is the action that was refused, if one was."""

    tenant: Any
    membership: Any
    htmx: Any
    refusal: str


class TenantMiddleware:
    """Finds tenant and membership and wraps the response, lazily rendered templates too, in the tenant's scope.

    Unknown and forbidden tenants both answer 404. Pages of guests (the API with its token, an invitation, a link
    to sign by, the code of an edition, the way out of a mail) decide for themselves who is asking.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = TENANT_PATH.match(request.path_info)
        if NUL in request.path_info or SENT_NUL in request.META.get("QUERY_STRING", ""):
            return _not_readable(request)
        if path is None:
            return self.get_response(request)
        if path["rest"].startswith(API_PATH):
            return self._answer_guest(cast(TenantRequest, request), path["slug"], is_program=True)
        if path["rest"].startswith(GUEST_PATHS):
            return self._answer_guest(cast(TenantRequest, request), path["slug"], is_program=False)
        if request.user.pk is None:
            return redirect_to_login(request.get_full_path())
        return self._answer(cast(TenantRequest, request), path["slug"], user_id=request.user.pk)

    def _answer(self, request: TenantRequest, slug: str, *, user_id: int) -> HttpResponse:
        tenant = Tenant.objects.filter(slug=slug).first()  # at most one: the slug is unique
        if tenant is None:
            return _not_found(request)
        with tenant_scope(tenant.pk), timezone.override(tenant.time_zone):
            membership = queries.find_membership(user_id=user_id)
            if membership is None:
                return _not_found(request)
            request.tenant, request.membership, request.refusal = tenant, membership, ""
            _record_entry(request)
            response = self.get_response(request)
        if response.status_code == HTTPStatus.FORBIDDEN:
            _record_refusal(request)
        return response

    def _answer_guest(self, request: TenantRequest, slug: str, *, is_program: bool) -> HttpResponse:
        """A guest's secret is looked for inside the tenant's scope. An unknown tenant is one without secrets.

        So that both give the same answer after the same questions. Programs are told times in UTC.
        """
        tenant = Tenant.objects.filter(slug=slug).first()  # at most one: the slug is unique
        zone = "UTC" if tenant is None or is_program else tenant.time_zone
        with tenant_scope(tenant.pk if tenant else NO_TENANT), timezone.override(zone):
            request.tenant, request.membership, request.refusal = tenant, None, ""
            response = self.get_response(request)
        if request.membership is not None and response.status_code == HTTPStatus.FORBIDDEN:
            _record_refusal(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Django answers 500 before control returns here: without this mark the half-done work would be committed.

        What a refusing view has written is undone by its own savepoint, and its page still reads the menu.
        """
        if not hasattr(request, "tenant"):
            return
        if isinstance(exception, PermissionDenied):
            cast(TenantRequest, request).refusal = str(exception)
        elif not isinstance(exception, Http404):
            transaction.set_rollback(True)


def _not_found(request: HttpRequest) -> HttpResponse:
    return response_for_exception(request, Http404("No such page"))


def _not_readable(request: HttpRequest) -> HttpResponse:
    what = _("The address holds %00, a character that no text can have. Take it out and ask again.")
    if API_PATH in request.path_info:
        return JsonResponse({"what": what}, status=HTTPStatus.BAD_REQUEST)
    return HttpResponse(what, status=HTTPStatus.BAD_REQUEST, content_type="text/plain; charset=utf-8")


def _record_entry(request: TenantRequest) -> None:
    """The first request of a signed-in session in a tenant is an act: somebody came in."""
    entered = request.session.get(ENTERED, [])
    if request.tenant.pk not in entered:
        record(act="session.started", actor_id=request.user.pk, at=clock.now(), subject=request.membership.role)
        request.session[ENTERED] = [*entered, request.tenant.pk]


def _record_refusal(request: TenantRequest) -> None:
    """Written after the refused request was undone."""
    with tenant_scope(request.tenant.pk):
        record(
            act="request.refused",
            actor_id=request.membership.user_id,
            at=clock.now(),
            subject=f"{request.method} {request.path}",
            action=request.refusal,
        )
