"""What is proposed for a trial, and its answer, in the browser."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import attempt, get_or_404, sent
from portal.tenancy.middleware import TenantRequest
from slas.actions import proposals as actions
from slas.actions.proposals import Wanted
from slas.forms.proposals import AnswerForm, ProposalForm
from slas.models import TargetProposal
from slas.queries.agreements import get_target, is_side_of
from slas.queries.frames import is_counted
from slas.queries.proposal_grounds import get_proposal_grounds
from slas.queries.proposals import answering_party, get_proposal, get_proposal_page, points_of
from slas.queries.trials import list_trials


def target_propose(request: TenantRequest, tenant: str, slug: str, version: int, target: str) -> HttpResponse:
    """A level, or a longer trial, for a promise that is only measured yet."""
    member = request.membership
    found = get_or_404(get_target, reader=member, slug=slug, version=version, target=target)
    authorise(member, "target.propose")
    today = clock.today(request.tenant.time_zone)
    form = ProposalForm(sent(request), today=today, is_number=is_counted(found))
    proposal = attempt(
        form,
        lambda data: actions.propose_target(
            target=found, wanted=_wanted(data), reason=data["reason"], by=member, now=clock.now()
        ),
    )
    if proposal:
        messages.success(request, _("Proposed. The customer answers by the day that you chose."))
        return redirect("proposal_detail", tenant=tenant, proposal_id=proposal.pk)
    grounds = get_proposal_grounds(reader=member, target=found, until=today)
    trial = list_trials([found]).get(found.pk)
    context = {
        "form": form,
        "target": found,
        "grounds": grounds,
        "points": list(points_of(found, grounds.figures, None)),
        "unit": "" if is_counted(found) else " %",
        "trial": trial.words(today) if trial else "",
        "back": reverse("agreement_version", kwargs={"tenant": tenant, "slug": slug, "version": version}),
    }
    return render(request, "slas/target_propose.html", context, status=422 if form.errors else 200)


def proposal_detail(request: TenantRequest, tenant: str, proposal_id: int) -> HttpResponse:
    """How a proposed level would have done; the side that it was proposed to answers here."""
    member, today = request.membership, clock.today(request.tenant.time_zone)
    proposal = get_or_404(get_proposal, reader=member, proposal_id=proposal_id)
    is_asked = can(member, "proposal.answer") and is_side_of(member, answering_party(proposal))
    if request.method == "POST":
        authorise(member, "proposal.answer")
        if not is_asked:
            raise PermissionDenied("proposal.answer")
    form = AnswerForm(sent(request), today=today, is_number=is_counted(proposal.target))
    answered = attempt(form, lambda data: _answer(request, proposal, data))
    if answered:
        if answered.pk != proposal.pk:
            messages.success(request, _("Proposed instead. The other side answers by the day that you chose."))
        else:
            messages.success(request, _("Answered. Thank you."))
        return redirect("proposal_detail", tenant=tenant, proposal_id=answered.pk)
    page = get_proposal_page(reader=member, proposal=proposal, today=today, now=clock.now())
    context = {"page": page, "form": form, "may_answer": is_asked and proposal.answered_at is None}
    return render(request, "slas/proposal_detail.html", context, status=422 if form.errors else 200)


def _answer(request: TenantRequest, proposal: TargetProposal, data: dict[str, Any]) -> TargetProposal:
    said: dict[str, Any] = {"proposal": proposal, "by": request.membership, "now": clock.now()}
    if data["decision"] == "other":
        return actions.counter_proposal(wanted=_wanted(data), reason=data["answer"], **said)
    act = actions.accept_proposal if data["decision"] == "accept" else actions.decline_proposal
    act(answer=data["answer"], **said)
    return proposal


def _wanted(data: dict[str, Any]) -> Wanted:
    return Wanted(
        answer_due_on=data["answer_due_on"],
        threshold=data.get("threshold"),
        allowed_misses=data.get("allowed_misses"),
        more_months=data["more_months"],
    )
