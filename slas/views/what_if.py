"""What the last year would have given under other terms."""

from django.http import HttpResponse
from django.shortcuts import render

from portal import clock
from portal.pages import get_or_404
from portal.tenancy.middleware import TenantRequest
from slas.forms.what_if import WhatIfForm
from slas.queries import agreements as queries
from slas.queries.what_if import get_what_if


def target_what_if(request: TenantRequest, tenant: str, slug: str, version: int, target: str) -> HttpResponse:
    """The stored months of a promise beside the same months under what is filled in; nothing is kept."""
    reader = request.membership
    found = get_or_404(queries.get_target, reader=reader, slug=slug, version=version, target=target)
    form = WhatIfForm(request.GET or None, target=found)
    tried = form.tried() if form.is_valid() else None
    page = get_what_if(reader=reader, target=found, tried=tried, now=clock.now())
    context = {"page": page, "form": form, "target": found, "agreement": found.agreement}
    return render(request, "slas/what_if.html", context, status=422 if form.errors else 200)
