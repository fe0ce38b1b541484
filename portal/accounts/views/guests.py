"""Pages that somebody without an account opens by a secret or a code: limited, never kept, not searched."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from redis.exceptions import RedisError
from rest_framework.throttling import SimpleRateThrottle

from portal.tenancy.middleware import TenantRequest

View = Callable[..., HttpResponseBase]
Wait = Callable[[TenantRequest, float | None], HttpResponse]


class GuestThrottle(SimpleRateThrottle):
    """So many requests a minute for each origin and purpose."""

    scope = "guest"

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def get_cache_key(self, request: Any, view: Any) -> str:
        """The origin, as sign-in counts it."""
        return f"throttle:{self.purpose}:{get_adapter().get_client_ip(request)}"


def for_guests(purpose: str, too_many: Wait) -> Callable[[View], View]:
    """A page for guests: each origin has its limit of them, nobody keeps them, and no search engine follows them.

    Without the store of limits reading goes on and sending waits. `too_many` makes the page of whoever has to wait.
    """

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def limited(request: TenantRequest, **blanks: Any) -> HttpResponseBase:
            throttle: Any = GuestThrottle(purpose)  # made for views of the API; asks for no more than the key
            try:
                is_allowed, wait = throttle.allow_request(request, None), throttle.wait()
            except RedisError:
                is_allowed, wait = request.method in ("GET", "HEAD"), 5
            response = view(request, **blanks) if is_allowed else too_many(request, wait)
            response["X-Robots-Tag"] = "noindex"
            return response

        return limited

    return decorate
