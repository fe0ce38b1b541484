"""What stands under the promises of an agreement: each part with its margin, named and taken out."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest
from slas.actions import supports
from slas.forms.supports import SupportForm
from slas.models import Agreement, ServiceLevelTarget
from slas.queries import agreements as queries
from slas.queries.chain import get_chain
from slas.queries.supports import get_support
from slas.views.versions import url_of, version_of


def agreement_chain(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """Each part of the chain under each promise."""
    agreement = version_of(request, slug, version)
    targets = list(queries.list_agreement_targets(agreement=agreement))
    context = {
        "agreement": agreement,
        "chain": get_chain(agreement=agreement, targets=targets, today=_today(request)),
        "may_name": can(request.membership, "agreement.manage"),
        "sees_under": not request.membership.is_business,
    }
    return render(request, "slas/agreement_chain.html", context)


def support_create(request: TenantRequest, tenant: str, slug: str, version: int, target: str) -> HttpResponse:
    """Name what stands under a promise."""
    found = _target(request, slug, version, target)
    authorise(request.membership, "agreement.manage")
    form = SupportForm(sent(request), target=found, on=max(_today(request), found.agreement.starts_on))
    named = attempt(
        form,
        lambda data: supports.name_support(
            target=found, under=data["under"], step=data.get("step", 1), by=request.membership, now=clock.now()
        ),
    )
    if named:
        messages.success(request, _("“%(name)s” stands under it now.") % {"name": named.by.name})
        return redirect(_address(found.agreement))
    title = _("What stands under “%(name)s”?") % {"name": found.name}
    intro = _("A promise that a team or a supplier gives to IT, on which this one relies.")
    return form_page(request, form, title=title, intro=intro, send=_("Name it"), back=_address(found.agreement))


@require_POST
def support_remove(
    request: TenantRequest, tenant: str, slug: str, version: int, target: str, support_id: int
) -> HttpResponse:
    """Take something out of the path of a promise."""
    found = _target(request, slug, version, target)
    support = get_or_404(get_support, target=found, support_id=support_id)
    authorise(request.membership, "agreement.manage")
    supports.remove_support(support=support, by=request.membership, now=clock.now())
    messages.success(request, _("“%(name)s” stands under it no more.") % {"name": support.by.name})
    return redirect(_address(found.agreement))


def _target(request: TenantRequest, slug: str, version: int, target: str) -> ServiceLevelTarget:
    return get_or_404(queries.get_target, reader=request.membership, slug=slug, version=version, target=target)


def _today(request: TenantRequest) -> date:
    return clock.today(request.tenant.time_zone)


def _address(agreement: Agreement) -> str:
    return url_of(agreement, "agreement_chain")
