"""One version of an agreement as addresses name it: found for its reader, and where it is read."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from portal.pages import get_or_404
from portal.tenancy.middleware import TenantRequest
from slas.models import Agreement
from slas.queries.agreements import get_agreement


def version_of(request: TenantRequest, slug: str, version: int) -> Agreement:
    """The version of the address, if its reader may see it."""
    return get_or_404(get_agreement, reader=request.membership, slug=slug, version=version)


def url_of(agreement: Agreement, page: str = "agreement_version") -> str:
    """The address of a version, or of another page about it."""
    return reverse(page, kwargs=where_of(agreement))


def where_of(agreement: Agreement) -> dict[str, Any]:
    """What its addresses name it by."""
    return {"tenant": agreement.tenant.slug, "slug": agreement.slug, "version": agreement.version}


def to_version(agreement: Agreement) -> HttpResponse:
    """On to its page."""
    return redirect(url_of(agreement))
