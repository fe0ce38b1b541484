"""What each page shows around its content: tenant, member, menu."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string


def page(request: HttpRequest) -> dict[str, Any]:
    """Tenant, membership, menu (`nav`) and the number of things that wait; nothing on pages outside each tenant.

    The menu counts what waits for the reader and so knows the upper apps: settings name its query by dotted string.
    """
    membership = getattr(request, "membership", None)
    if membership is None:
        return {}

    @cache
    def menu() -> Any:
        query = import_string(settings.NAVIGATION)
        return query(membership=membership, tenant=request.tenant, path=request.path)  # type: ignore[attr-defined]

    return {
        "tenant": request.tenant,  # type: ignore[attr-defined]
        "membership": membership,
        "nav": SimpleLazyObject(lambda: menu().entries),
        "waiting_count": SimpleLazyObject(lambda: menu().waiting),
    }
