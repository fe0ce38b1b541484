"""Promises and duties of a draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal import clock
from portal.accounts.policies import authorise
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from slas.actions import targets
from slas.forms.agreements import ObligationForm
from slas.forms.targets import TargetForm
from slas.models import Agreement, Obligation, ServiceLevelTarget, TargetKind
from slas.queries import agreements as queries
from slas.queries.building import find_promises
from slas.queries.library import list_templates
from slas.views.removals import take_out
from slas.views.versions import to_version, url_of, version_of, where_of

KINDS = {
    TargetKind.AVAILABILITY: gettext_lazy(
        "Something can be used: a share of its service hours, with outages and planned work."
    ),
    TargetKind.RELIABILITY: gettext_lazy(
        "Something is interrupted at most so many times for longer than agreed, such as twice for more than 10 minutes."
    ),
    TargetKind.CASES: gettext_lazy(
        "Problems or requests are solved within a time, counted in service hours or working days."
    ),
    TargetKind.VOLUME: gettext_lazy("Units of work, such as orders or claims, are done within their standard."),
    TargetKind.OCCASIONS: gettext_lazy("Something is ready by a time on each date, such as figures by 07:00."),
    TargetKind.SATISFACTION: gettext_lazy("People rate something as good."),
    TargetKind.READINGS: gettext_lazy(
        "Values that are read stay within a limit, such as waiting times or temperatures."
    ),
}


def target_create(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """A new promise: first what it starts from; with a kind all settings of that kind."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    kind = request.GET.get("kind", "")
    if kind not in TargetKind.values:
        return render(request, "slas/target_kinds.html", _starts(request, agreement))
    return _edit(request, ServiceLevelTarget(agreement=agreement, kind=kind), _("New promise"))


def _starts(request: TenantRequest, agreement: Agreement) -> dict[str, object]:
    """What a promise can start from: templates, promises that are found by their words, kinds."""
    words = request.GET.get("words", "").strip()
    return {
        "agreement": agreement,
        "templates": list_templates(),
        "words": words,
        "found": find_promises(reader=request.membership, words=words) if words else (),
        "choices": [(choice, TargetKind(choice).label, said) for choice, said in KINDS.items()],
    }


def target_edit(request: TenantRequest, tenant: str, slug: str, version: int, target: str) -> HttpResponse:
    """A promise of a draft."""
    found = _target(request, slug, version, target)
    authorise(request.membership, "agreement.manage")
    return _edit(request, found, _("Edit “%(name)s”") % {"name": found.name})


def _edit(request: TenantRequest, target: ServiceLevelTarget, title: str) -> HttpResponse:
    form = TargetForm(sent(request), target=target)
    saved = attempt(
        form, lambda _data: targets.save_target(target=form.filled(), by=request.membership, now=clock.now())
    )
    if saved:
        messages.success(request, _("Saved: “%(name)s”.") % {"name": saved.name})
        return to_version(saved.agreement)
    check = reverse("target_check", kwargs=where_of(target.agreement))
    context = {
        "form": form,
        "title": title,
        "check_url": f"{check}?kind={target.kind}",
        "kind": TargetKind(target.kind).label,
        "agreement": target.agreement,
        "back": url_of(target.agreement),
    }
    return render(request, "slas/target_form.html", context, status=422 if form.errors else 200)


def target_remove(request: TenantRequest, tenant: str, slug: str, version: int, target: str) -> HttpResponse:
    """Take a promise out of a draft."""
    found = _target(request, slug, version, target)
    authorise(request.membership, "agreement.manage")
    return take_out(
        request,
        agreement=found.agreement,
        name=found.name,
        goes_too=_("What it is worth in credits and what stands under it go with it."),
        remove=lambda: targets.remove_target(target=found, by=request.membership, now=clock.now()),
    )


def obligation_create(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """A new duty of the customer."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    return _edit_obligation(request, Obligation(agreement=agreement), _("New duty of the customer"))


def obligation_edit(request: TenantRequest, tenant: str, slug: str, version: int, obligation_id: int) -> HttpResponse:
    """A duty of a draft."""
    obligation = _obligation(request, slug, version, obligation_id)
    authorise(request.membership, "agreement.manage")
    return _edit_obligation(request, obligation, _("Edit “%(name)s”") % {"name": obligation.short_text})


def _edit_obligation(request: TenantRequest, obligation: Obligation, title: str) -> HttpResponse:
    form = ObligationForm(sent(request), obligation=obligation)
    saved = attempt(
        form,
        lambda _data: targets.save_obligation(obligation=form.filled(), by=request.membership, now=clock.now()),
    )
    if saved:
        messages.success(request, _("Saved."))
        return to_version(saved.agreement)
    return form_page(request, form, title=title, send=_("Save"), back=url_of(obligation.agreement))


def obligation_remove(request: TenantRequest, tenant: str, slug: str, version: int, obligation_id: int) -> HttpResponse:
    """Take a duty out of a draft."""
    obligation = _obligation(request, slug, version, obligation_id)
    authorise(request.membership, "agreement.manage")
    return take_out(
        request,
        agreement=obligation.agreement,
        name=obligation.short_text,
        goes_too=_("The customer owes it no longer in this version."),
        remove=lambda: targets.remove_obligation(obligation=obligation, by=request.membership, now=clock.now()),
    )


@require_POST
def obligation_done(request: TenantRequest, tenant: str, slug: str, version: int, obligation_id: int) -> HttpResponse:
    """A duty is done today."""
    obligation = _obligation(request, slug, version, obligation_id)
    authorise(request.membership, "obligation.do")
    today = clock.today(request.tenant.time_zone)
    try:
        targets.do_obligation(obligation=obligation, on=today, by=request.membership, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done: %(name)s.") % {"name": obligation.short_text})
    return to_version(obligation.agreement)


def _target(request: TenantRequest, slug: str, version: int, target: str) -> ServiceLevelTarget:
    return get_or_404(queries.get_target, reader=request.membership, slug=slug, version=version, target=target)


def _obligation(request: TenantRequest, slug: str, version: int, obligation_id: int) -> Obligation:
    agreement = version_of(request, slug, version)
    return get_or_404(agreement.obligations.select_related("agreement").get, pk=obligation_id)
