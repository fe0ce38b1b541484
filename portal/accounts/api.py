"""Who is asking, what they may ask and how often, for all of the HTTP API; and how it says no.

A program sends its key as `Authorization: Bearer parley_…`. The tenant is in the path; its scope is open when the key
is looked up, so that a key finds nothing outside its own tenant. Unknown tenants and unknown keys answer alike.
"""

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import IO, TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from redis.exceptions import RedisError
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.parsers import JSONParser
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle

from portal import clock
from portal.accounts import queries
from portal.accounts.actions import tokens
from portal.accounts.models import ApiToken, User
from portal.accounts.policies import can
from portal.tenancy.errors import Refusal

if TYPE_CHECKING:  # the settings of the library name this module, so that its views cannot be imported here
    from rest_framework.views import APIView

logger = logging.getLogger(__name__)

WHOLE = "non_field_errors"  # the library's name for what is wrong with all of it
NO_TOKEN = (
    "No valid token. Send the header “Authorization: Bearer parley_…” with a token of this tenant that is in force."  # noqa: S105
)
MOST_LEVELS = 20  # rows with pauses have five
TOO_DEEP = f"The JSON is nested too deeply. Send at most {MOST_LEVELS} levels of lists and objects."
BROKEN_LIMIT = "The limit of requests cannot be checked now. Send the same request again."


class TokenAuthentication(BaseAuthentication):
    """Finds the member whom a key lets in, in the tenant of the path; all that is wrong gets one answer."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The user and the token; None without the header, which a public page allows."""
        header = request.headers.get("Authorization")
        if header is None:
            return None
        scheme, _, key = header.partition(" ")
        tenant: Any = getattr(request, "tenant", None)
        now = clock.now()
        token = queries.find_token(key=key.strip(), tenant_slug=tenant.slug if tenant else "", now=now)
        if token is None or scheme.lower() != "bearer":
            raise exceptions.AuthenticationFailed(NO_TOKEN)
        tokens.note_use(token=token, on=now.date())
        request._request.membership = token.membership  # type: ignore[attr-defined]
        return token.membership.user, token

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return "Bearer"


class HasScope(BasePermission):
    """A view names (`needs`), for each method, the scope of the token and the action that its member's role allows."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Whether token and member may; what a view offers without naming its needs is open to nobody."""
        token = token_of(request)
        method = "GET" if request.method in SAFE_METHODS else request.method
        needs = getattr(view, "needs", {}).get(method)
        if needs is None:
            return request.method not in view.allowed_methods  # answered by “not allowed”
        scope, action = needs
        request._request.refusal = action  # type: ignore[attr-defined]
        if scope not in token.scopes:
            raise exceptions.PermissionDenied(
                f"This token lacks the scope {scope}. Ask an administrator for one that has it."
            )
        if not can(token.membership, action):
            role = token.membership.get_role_display().lower()
            raise exceptions.PermissionDenied(f"The role of this token's member ({role}) does not allow {action}.")
        return True


def token_of(request: Request) -> ApiToken:
    """The token that a request came with. Raises NotAuthenticated without one."""
    token = request.auth
    if not isinstance(token, ApiToken):
        raise exceptions.NotAuthenticated(NO_TOKEN)
    return token


class LimitUnknown(exceptions.APIException):
    """The limit cannot be checked: what writes waits, what reads goes on."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_detail = BROKEN_LIMIT
    wait = 5


class TokenThrottle(SimpleRateThrottle):
    """So many requests a minute for each token. Without the store of limits reading goes on and writing waits."""

    scope = "token"

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        """The tenant and the token; public pages are not limited."""
        token: Any = request.auth
        return f"throttle:{token.tenant_id}:{token.pk}" if token else None

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Whether the token has requests left."""
        try:
            return super().allow_request(request, view)
        except RedisError as error:
            logger.warning("the limit of requests cannot be checked: %s", type(error).__name__)
            if request.method in SAFE_METHODS:
                return True
            raise LimitUnknown from error


class LevelledJSON(JSONParser):
    """JSON of a few levels: what reads it afterwards would run out of stack in a deeper one."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """What was sent. Raises ParseError for what is no JSON, or is nested too deeply."""
        try:
            level: list[Any] = [super().parse(stream, media_type, parser_context)]
        except RecursionError as error:
            raise exceptions.ParseError(TOO_DEEP) from error
        sent = level[0]
        for _ in range(MOST_LEVELS):
            level = [inner for each in level for inner in _inner(each) if isinstance(inner, dict | list)]
        if level:
            raise exceptions.ParseError(TOO_DEEP)
        return sent


def _inner(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


class Pages(LimitOffsetPagination):
    """Lists come in pages of at most 200."""

    max_limit = 200


def explain(error: Exception, context: dict[str, Any]) -> Response | None:
    """Each error of the API in one form: `what` is wrong and what to do, and `errors` by field where there are some."""
    from rest_framework.views import exception_handler

    response = exception_handler(_known(error), context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        response.data = {"what": "The request is not valid. Put the fields right.", "errors": _by_field(error.detail)}
    else:
        response.data = {"what": str(response.data["detail"])}
    if isinstance(error, LimitUnknown):
        response["Retry-After"] = str(error.wait)
    return response


def _known(error: Exception) -> Exception:
    if isinstance(error, Refusal):
        return Conflict(str(error))
    if isinstance(error, Http404 | ObjectDoesNotExist):
        return exceptions.NotFound("There is no such thing, or this token may not see it.")
    return error


class Conflict(exceptions.APIException):
    """A rule of the business says no."""

    status_code = HTTPStatus.CONFLICT


def _by_field(detail: Any, field: str = "") -> list[dict[str, str]]:
    if isinstance(detail, dict):
        named = {"" if name == WHOLE else str(name): inner for name, inner in detail.items()}
        return [each for name, inner in named.items() for each in _by_field(inner, f"{field}.{name}".strip("."))]
    if isinstance(detail, list):
        return [each for inner in detail for each in _by_field(inner, field)]
    return [{"field": field, "what": str(detail)}]
