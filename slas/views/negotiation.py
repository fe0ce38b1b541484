"""Negotiating in the browser: versions side by side, and what one does clause by clause."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from slas.actions import clause_talks, negotiation
from slas.forms.negotiation import AnswerForm, ClausesForm, ClauseTalkForm
from slas.models import NOT_YET_AGREED, Agreement, AgreementState, ClauseProposal
from slas.queries import agreements as queries
from slas.queries import negotiation as pages
from slas.queries.chain import get_chain
from slas.queries.proposals import list_tried_levels
from slas.queries.signature_panel import get_signatures
from slas.views.versions import url_of, version_of


@require_safe
def clause_list(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """A version clause by clause, beside the one that was agreed before it."""
    agreement = version_of(request, slug, version)
    return _show(request, agreement, pages.version_before(reader=request.membership, agreement=agreement))


@require_safe
def version_compare(request: TenantRequest, tenant: str, slug: str, version: int, other: int) -> HttpResponse:
    """Any two versions side by side."""
    return _show(request, version_of(request, slug, version), version_of(request, slug, other))


def _show(request: TenantRequest, agreement: Agreement, other: Agreement | None) -> HttpResponse:
    reader, now = request.membership, clock.now()
    shows_all = request.GET.get("show") == "all"
    page = pages.get_negotiation(reader=reader, agreement=agreement, other=other, shows_all=shows_all, now=now)
    others = queries.list_versions(reader=reader, slug=agreement.slug).exclude(pk=agreement.pk)
    targets, today = list(queries.list_agreement_targets(agreement=agreement)), clock.today(request.tenant.time_zone)
    levels = list_tried_levels(reader=reader, agreement=agreement, before=other, today=today)
    may_manage = can(reader, "agreement.manage")
    context = {
        "page": page,
        "rows": [(row, levels.get(row.clause.key)) for row in page.shown],
        "agreement": agreement,
        "chain": get_chain(agreement=agreement, targets=targets, today=today),
        "signatures": get_signatures(reader=reader, agreement=agreement, now=now),
        "may_edit": may_manage and agreement.state == AgreementState.DRAFT,
        "may_except": may_manage and agreement.state in NOT_YET_AGREED,
        "may_talk": can(reader, "comment.write") and page.can_be_talked_about,
        "others": [each for each in others if other is None or each.pk != other.pk],
    }
    return render(request, "slas/negotiation.html", context)


@require_POST
def clause_accept(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """One side says yes to clauses as it has read them: to one, or to each that waits for it."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "clause.answer")
    form = ClausesForm(request.POST, sides=agreement.sides)
    if not form.is_valid():
        messages.error(request, _("Say for which side you accept, and which clauses."))
        return redirect(address_of(agreement))
    party = form.cleaned_data["party"]
    return _do(
        request,
        agreement,
        lambda: negotiation.accept_clauses(
            agreement=agreement, by=request.membership, now=clock.now(), **form.cleaned_data
        ),
        _("Accepted for %(party)s.") % {"party": party.name},
    )


@require_POST
def clause_proposal_accept(request: TenantRequest, tenant: str, clause_proposal_id: int) -> HttpResponse:
    """The other side says yes: the clause reads as proposed from now on."""
    proposal = _proposal(request, clause_proposal_id)
    authorise(request.membership, "clause.answer")
    said = _("Accepted. The clause reads as proposed, and both sides have agreed on it.")
    return _do(
        request,
        proposal.agreement,
        lambda: negotiation.accept_clause_proposal(
            proposal=proposal, read=request.POST.get("read", ""), answer="", by=request.membership, now=clock.now()
        ),
        said,
    )


def clause_proposal_decline(request: TenantRequest, tenant: str, clause_proposal_id: int) -> HttpResponse:
    """The other side says no, and why."""
    proposal = _proposal(request, clause_proposal_id)
    authorise(request.membership, "clause.answer")
    form = AnswerForm(sent(request))
    declined = attempt(
        form,
        lambda data: negotiation.decline_clause_proposal(
            proposal=proposal, by=request.membership, now=clock.now(), **data
        ),
    )
    if declined:
        messages.success(request, _("Declined. The clause stays as it is."))
        return redirect(address_of(proposal.agreement))
    title = _("Keep the clause as it is")
    intro = _("%(party)s proposed: %(reason)s") % {"party": proposal.party.name, "reason": proposal.reason}
    return form_page(request, form, title=title, intro=intro, send=_("Keep it"), back=address_of(proposal.agreement))


@require_POST
def clause_proposal_withdraw(request: TenantRequest, tenant: str, clause_proposal_id: int) -> HttpResponse:
    """The side that proposed it takes it back."""
    proposal = _proposal(request, clause_proposal_id)
    authorise(request.membership, "clause.answer")
    return _do(
        request,
        proposal.agreement,
        lambda: negotiation.withdraw_clause_proposal(proposal=proposal, by=request.membership, now=clock.now()),
        _("Withdrawn. The clause stays as it is."),
    )


def clause_talk(request: TenantRequest, tenant: str, slug: str, version: int, clause: str) -> HttpResponse:
    """What was said beside a clause, and the way to go on."""
    agreement = version_of(request, slug, version)
    found = get_or_404(pages.get_clause, agreement=agreement, key=clause)
    if request.method == "POST":
        authorise(request.membership, "comment.write")
    form = ClauseTalkForm(sent(request))
    said = attempt(
        form,
        lambda data: clause_talks.talk_about_clause(
            agreement=agreement, key=clause, by=request.membership, now=clock.now(), **data
        ),
    )
    if said:
        return redirect(clause_talks.clause_address(agreement=agreement, key=clause))
    context = {
        "form": form,
        "clause": found,
        "agreement": agreement,
        "talk": pages.list_talk(agreement=agreement, key=clause),
        "is_draft": not pages.can_be_talked_about(agreement),
        "may_write": can(request.membership, "comment.write") and pages.can_be_talked_about(agreement),
        "back": address_of(agreement),
    }
    return render(request, "slas/clause_talk.html", context, status=422 if form.errors else 200)


def _do(request: TenantRequest, agreement: Agreement, action: Callable[[], object], said: str) -> HttpResponse:
    try:
        action()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(address_of(agreement))


def address_of(agreement: Agreement) -> str:
    """Where a version is read clause by clause."""
    return url_of(agreement, "clause_list")


def _proposal(request: TenantRequest, clause_proposal_id: int) -> ClauseProposal:
    return get_or_404(pages.get_clause_proposal, reader=request.membership, clause_proposal_id=clause_proposal_id)
