"""Agreements as files of OpenSLO: taken away, and brought as drafts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import clock
from portal.accounts.policies import authorise
from portal.pages import attempt, sent
from portal.tenancy.middleware import TenantRequest
from slas.actions import agreement_files as actions
from slas.exports.openslo import Written, openslo_text
from slas.forms.openslo import AgreementFileForm, DraftFileForm
from slas.forms.target_sheet import unusual_cells
from slas.models import Agreement
from slas.queries import agreements as queries
from slas.queries.openslo_words import unsaid_parts
from slas.views.versions import version_of


def agreement_openslo(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """A version as OpenSLO objects."""
    agreement = version_of(request, slug, version)
    targets = queries.list_agreement_targets(agreement=agreement)
    promises = [Written(target, unusual_cells(target)) for target in targets]
    text = openslo_text(agreement=agreement, promises=promises, unsaid=unsaid_parts(agreement=agreement))
    response = HttpResponse(text.encode(), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-v{version}-openslo.yaml"'
    return response


def agreement_import(request: TenantRequest, tenant: str) -> HttpResponse:
    """A file is checked, what it would make and what of it is lost is shown, and then the draft is made."""
    authorise(request.membership, "agreement.manage")
    form = AgreementFileForm(sent(request), request.FILES or None, zone=request.tenant.time_zone)
    if form.is_valid() and form.plan and form.confirm():
        made = attempt(form, lambda _data: _make(request, form.plan))
        if made is not None:
            messages.success(request, _("The draft is there, with %(n)s promises.") % {"n": made.targets.count()})
            return redirect("agreement_version", tenant=tenant, slug=made.slug, version=made.version)
    is_wrong = form.errors or form.problems
    return render(request, "slas/agreement_import.html", {"form": form}, status=422 if is_wrong else 200)


def openslo_import(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """A file is checked, what it would add to a draft, change in it and leave is shown, and then it is written."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    form = DraftFileForm(sent(request), request.FILES or None, agreement=agreement)
    if form.is_valid() and form.plan and form.confirm():
        filled = attempt(form, lambda _data: _fill(request, agreement, form.plan))
        if filled is not None:
            words = ngettext("%(n)s promise written.", "%(n)s promises written.", filled) % {"n": filled}
            messages.success(request, words)
            return redirect("agreement_version", tenant=tenant, slug=slug, version=version)
    context = {"form": form, "agreement": agreement}
    is_wrong = form.errors or form.problems
    return render(request, "slas/openslo_import.html", context, status=422 if is_wrong else 200)


def _fill(request: TenantRequest, agreement: Agreement, plan: actions.FilePlan | None) -> int:
    assert plan is not None  # noqa: S101 - asked for only with a plan
    reason = _("Brought into an agreement from a file of OpenSLO")
    actions.fill_draft(agreement=agreement, plan=plan, reason=reason, by=request.membership, now=clock.now())
    return len(plan.targets)


def _make(request: TenantRequest, plan: actions.AgreementPlan | None) -> Agreement:
    assert plan is not None  # noqa: S101 - asked for only with a plan
    reason = _("Brought with an agreement from a file of OpenSLO")
    return actions.import_agreement(plan=plan, reason=reason, by=request.membership, now=clock.now())
