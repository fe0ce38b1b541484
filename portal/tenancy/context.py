"""What each page shows around its content: tenant, member, menu."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from portal.accounts.policies import who_may


def page(request: HttpRequest) -> dict[str, Any]:
    """Tenant, membership and menu, and who may do what was refused; nothing on pages outside each tenant.

    The menu counts what waits for the reader and so knows the upper apps: settings name its query by dotted string.
    """
    membership = getattr(request, "membership", None)
    if membership is None:
        return {}

    query = import_string(settings.NAVIGATION)
    menu = SimpleLazyObject(
        lambda: query(membership=membership, tenant=request.tenant, path=request.path)  # type: ignore[attr-defined]
    )
    found = {"tenant": request.tenant, "membership": membership, "menu": menu}  # type: ignore[attr-defined]
    refusal = getattr(request, "refusal", "")
    return found | {"who_may": who_may(membership=membership, action=refusal)} if refusal else found
