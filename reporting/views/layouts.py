"""A unit's report agreement in the browser: read, drafted, proposed, countered, accepted, and talked about."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.accounts.models import BusinessUnit, Membership
from portal.accounts.policies import authorise, can
from portal.accounts.queries import get_unit
from portal.conversations.forms import CommentForm
from portal.pages import attempt, get_or_404, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from reporting.actions import layouts as actions
from reporting.forms.layouts import LayoutForm
from reporting.layout import STANDARD
from reporting.models import ReportAgreement
from reporting.queries import layouts as queries

PAGE = "reporting/report_agreement.html"


@require_safe
def report_agreement(request: TenantRequest, tenant: str, unit: str) -> HttpResponse:
    """The newest version against the one before, all versions, and the talk; `version` chooses another one."""
    found = get_or_404(get_unit, reader=request.membership, slug=unit)
    return render(request, PAGE, _context(request, found, CommentForm(prefix="talk")))


def layout_draft(request: TenantRequest, tenant: str, unit: str) -> HttpResponse:
    """IT writes the next version: saved as a draft, or proposed to the head of the unit."""
    found = get_or_404(get_unit, reader=request.membership, slug=unit)
    authorise(request.membership, "layout.propose")
    draft = queries.find_draft(unit=found)
    is_proposed = "propose" in request.POST
    form = _form(request, found, draft)
    done = attempt(form, lambda data: _write(found, data, request.membership, is_proposed=is_proposed))
    if done:
        said = _("Version %(n)s is proposed, and the head of the unit is told.") if is_proposed else _("Saved.")
        messages.success(request, said % {"n": done.version} if is_proposed else said)
        return redirect("report_agreement", tenant=tenant, unit=unit)
    return _form_page(request, found, form, is_counter=False)


def layout_counter(request: TenantRequest, tenant: str, unit: str) -> HttpResponse:
    """The head of the unit proposes the next version."""
    found = get_or_404(get_unit, reader=request.membership, slug=unit)
    authorise(request.membership, "layout.counter")
    form = _form(request, found, None)
    done = attempt(
        form, lambda data: actions.counter_layout(unit=found, by=request.membership, now=clock.now(), **data)
    )
    if done:
        messages.success(request, _("Version %(n)s is proposed, and IT is told.") % {"n": done.version})
        return redirect("report_agreement", tenant=tenant, unit=unit)
    return _form_page(request, found, form, is_counter=True)


@require_POST
def layout_agree(request: TenantRequest, tenant: str, unit: str, version: int) -> HttpResponse:
    """The side that has not signed a version accepts it."""
    found = get_or_404(get_unit, reader=request.membership, slug=unit)
    authorise(request.membership, "layout.accept" if request.membership.is_business else "layout.propose")
    layout = get_or_404(queries.get_version, reader=request.membership, unit=found, version=version)
    try:
        actions.accept_layout(layout=layout, by=request.membership, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("Version %(n)s is accepted by both sides. The next review is drawn from it.")
        messages.success(request, said % {"n": version})
    return redirect("report_agreement", tenant=tenant, unit=unit)


@require_POST
def layout_talk(request: TenantRequest, tenant: str, unit: str) -> HttpResponse:
    """Say something beside the report agreement."""
    found = get_or_404(get_unit, reader=request.membership, slug=unit)
    authorise(request.membership, "comment.write")
    form = CommentForm(request.POST, prefix="talk")
    if attempt(
        form, lambda data: actions.talk_about_layout(unit=found, by=request.membership, now=clock.now(), **data)
    ):
        return redirect(f"{actions.layout_address(found)}#talk")
    return render(request, PAGE, _context(request, found, form), status=422)


def _context(request: TenantRequest, unit: BusinessUnit, talk_form: CommentForm) -> dict[str, Any]:
    member, asked = request.membership, request.GET.get("version", "")
    version = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else None
    page = get_or_404(queries.layout_page, reader=member, unit=unit, version=version)
    signs = can(member, "layout.accept") if page.waits_for_business else can(member, "layout.propose")
    return {
        "page": page,
        "talk_form": talk_form,
        "may_accept": bool(page.open_version) and signs,
        "may_propose": can(member, "layout.propose"),
        "may_counter": can(member, "layout.counter") and bool(page.versions),
        "may_talk": can(member, "comment.write"),
        "reads_as_it": not member.is_business,
    }


def _write(unit: BusinessUnit, data: dict[str, Any], by: Membership, *, is_proposed: bool) -> ReportAgreement:
    """A draft overruns nothing: it is asked what was read when it is proposed."""
    read = data.pop("read")
    if is_proposed:
        return actions.propose_layout(unit=unit, read=read, by=by, now=clock.now(), **data)
    return actions.draft_layout(unit=unit, by=by, now=clock.now(), **data)


def _form(request: TenantRequest, unit: BusinessUnit, draft: ReportAgreement | None) -> LayoutForm:
    """The form with the terms of the draft, otherwise of the version that was signed last."""
    newest = queries.newest_signed(unit=unit)
    begun = draft or newest
    terms = queries.terms_of(layout=begun) if begun else STANDARD
    reason, number = draft.reason if draft else "", newest.version if newest else 0
    return LayoutForm(sent(request), terms=terms, reason=reason, newest=number)


def _form_page(request: TenantRequest, unit: BusinessUnit, form: LayoutForm, *, is_counter: bool) -> HttpResponse:
    context = {"form": form, "unit": unit, "is_counter": is_counter}
    status = 422 if form.errors else 200
    return render(request, "reporting/report_agreement_edit.html", context, status=status)
