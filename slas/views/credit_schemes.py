"""What a draft agrees about credits, in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.policies import authorise
from portal.pages import attempt, get_or_404, sent
from portal.tenancy.middleware import TenantRequest
from slas.actions import credit_schemes
from slas.forms.credits import CreditsForm
from slas.models import Agreement, CreditScheme
from slas.queries.clause_credits import begin_credits, get_credits
from slas.queries.credits import get_scheme
from slas.views.removals import take_out
from slas.views.versions import to_version, url_of, version_of


def credit_scheme_create(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """New credits in a draft."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    return _edit(request, agreement, None)


def credit_scheme_edit(request: TenantRequest, tenant: str, slug: str, version: int, scheme: str) -> HttpResponse:
    """Credits of a draft."""
    found = get_or_404(get_scheme, reader=request.membership, slug=slug, version=version, scheme=scheme)
    authorise(request.membership, "agreement.manage")
    return _edit(request, found.agreement, found)


def _edit(request: TenantRequest, agreement: Agreement, scheme: CreditScheme | None) -> HttpResponse:
    row = get_credits(agreement=agreement, slug=scheme.slug) if scheme else begin_credits(agreement=agreement)
    form = CreditsForm(sent(request), row=row)
    saved = None
    if form.is_bound and form.rows.is_valid():
        saved = attempt(
            form.terms,
            lambda _data: credit_schemes.save_scheme(
                agreement=agreement,
                scheme=scheme,
                details=form.terms.details(),
                bands=form.rows.details(),
                by=request.membership,
                now=clock.now(),
            ),
        )
    if saved:
        messages.success(request, _("Saved: “%(name)s”.") % {"name": saved.name})
        return to_version(agreement)
    title = _("Edit “%(name)s”") % {"name": scheme.name} if scheme else _("New credits")
    context = {"form": form, "title": title, "agreement": agreement, "back": url_of(agreement)}
    return render(request, "slas/credit_scheme_form.html", context, status=422 if form.is_wrong else 200)


def credit_scheme_remove(request: TenantRequest, tenant: str, slug: str, version: int, scheme: str) -> HttpResponse:
    """Take credits out of a draft."""
    found = get_or_404(get_scheme, reader=request.membership, slug=slug, version=version, scheme=scheme)
    authorise(request.membership, "agreement.manage")
    return take_out(
        request,
        agreement=found.agreement,
        name=found.name,
        goes_too=_("All of its bands and caps go with it."),
        remove=lambda: credit_schemes.remove_scheme(scheme=found, by=request.membership, now=clock.now()),
    )
