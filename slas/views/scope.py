"""What a draft covers, line by line."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.policies import authorise
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest
from slas.actions import scope as actions
from slas.forms.agreements import ScopeForm
from slas.models import AgreementScope
from slas.queries.agreement_terms import get_scope
from slas.views.removals import take_out
from slas.views.versions import to_version, url_of, version_of


def scope_create(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """A service that the draft covers, at first for the customer's own unit."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    line = AgreementScope(agreement=agreement, business_unit=agreement.customer.business_unit)
    return _edit(request, line, _("What “%(name)s” covers") % {"name": agreement.name})


def scope_edit(request: TenantRequest, tenant: str, slug: str, version: int, scope_id: int) -> HttpResponse:
    """One line of a draft."""
    line = get_or_404(get_scope, reader=request.membership, slug=slug, version=version, scope_id=scope_id)
    authorise(request.membership, "agreement.manage")
    return _edit(request, line, _("Edit what is covered: %(service)s") % {"service": line.service.name})


def scope_remove(request: TenantRequest, tenant: str, slug: str, version: int, scope_id: int) -> HttpResponse:
    """Take a line out of a draft."""
    line = get_or_404(get_scope, reader=request.membership, slug=slug, version=version, scope_id=scope_id)
    authorise(request.membership, "agreement.manage")
    return take_out(
        request,
        agreement=line.agreement,
        name=str(line.offering or line.service),
        goes_too=_("This version covers it no longer."),
        remove=lambda: actions.remove_scope(line=line, by=request.membership, now=clock.now()),
    )


def _edit(request: TenantRequest, line: AgreementScope, title: str) -> HttpResponse:
    form = ScopeForm(sent(request), line=line, today=clock.today(request.tenant.time_zone))
    saved = attempt(form, lambda _data: actions.save_scope(line=form.filled(), by=request.membership, now=clock.now()))
    if saved:
        messages.success(request, _("Saved."))
        return to_version(saved.agreement)
    return form_page(request, form, title=title, send=_("Save"), back=url_of(line.agreement))
