"""Anybody who holds a file of a review asks whether it is as it was issued: by the code on its pages, without a login.

A code says that an edition was issued, which, when, and its fingerprint; nothing of whom it is about. A code that
nobody was given, one of another tenant, and one of a tenant that is not there are told the same.
"""

from http import HTTPStatus
from math import ceil
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from portal.accounts.views.guests import for_guests
from portal.language import dates
from portal.language.printed import printed_in
from portal.language.ways import ENGLISH
from portal.tenancy.middleware import TenantRequest
from reporting.forms.verification import FileForm, FingerprintForm, OnlyHashed
from reporting.models import Edition
from reporting.queries.verification import find_verified, verdict_of

PAGE = "reporting/edition_verify.html"


def _too_many(request: TenantRequest, wait: float | None) -> HttpResponse:
    response = render(request, PAGE, {"must_wait": True}, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(ceil(wait or 1))
    return response


@csrf_exempt  # until the file is received by a handler that keeps nothing of it; `_received` asks for the token
@require_http_methods(["GET", "HEAD", "POST"])
@for_guests("verify", _too_many)
def edition_verify(request: TenantRequest, tenant: str, code: str) -> HttpResponse:
    """What the code says, and whether a file, or the fingerprint of one, is of that edition."""
    found = find_verified(code=code)
    if request.method == "POST":
        handler = OnlyHashed(request)
        request.upload_handlers = [handler]
        return _received(request, found, handler)
    if found is None:
        return _unknown(request)
    form = FingerprintForm(request.GET) if "sha256" in request.GET else None
    context: dict[str, Any] = {"form": FileForm(), "asked": form}
    if form is not None and form.is_valid():
        context["verdict"] = verdict_of(edition=found, sha256=form.cleaned_data["sha256"])
    return _page(request, found, context, refused=form is not None and bool(form.errors))


@csrf_protect
def _received(request: TenantRequest, found: Edition | None, handler: OnlyHashed) -> HttpResponse:
    """A file was sent: its fingerprint is asked for as one that was taken elsewhere."""
    form = FileForm(request.POST, request.FILES)
    if found is None:
        return _unknown(request)
    if form.is_valid():
        address = reverse("edition_verify", kwargs={"tenant": request.tenant.slug, "code": found.verify_code})
        return redirect(f"{address}?sha256={form.cleaned_data['file'].sha256}")
    if handler.is_too_large:
        form.errors.clear()
        form.add_error("file", FileForm.too_large)
    return _page(request, found, {"form": form}, refused=True, is_too_large=handler.is_too_large)


def _unknown(request: TenantRequest) -> HttpResponse:
    return render(request, PAGE, status=HTTPStatus.NOT_FOUND)


def _page(
    request: TenantRequest, found: Edition, context: dict[str, Any], *, refused: bool, is_too_large: bool = False
) -> HttpResponse:
    on = dates.local(found.issued_at, found.tenant.time_zone).date()
    language = getattr(found, "language", "") or ENGLISH
    context |= {"edition": found, "issued": printed_in(language, dates.day_long_year(on)), "language": language}
    status = HTTPStatus.OK
    if refused:
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if is_too_large else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, PAGE, context, status=status)
