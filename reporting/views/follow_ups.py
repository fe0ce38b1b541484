"""What was agreed in a review, and what business and IT ask of each other."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.queries.processes import get_process, list_processes
from catalog.queries.services import list_visible_services
from portal import clock
from portal.accounts.policies import authorise, can
from portal.accounts.queries import list_visible_units
from portal.pages import attempt, form_page, get_or_404, respond, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from reporting.actions import follow_ups
from reporting.forms.reviews import ContextAnswerForm, ContextAskForm, FollowUpEditForm, FollowUpForm
from reporting.models import ContextKind, FollowUp
from reporting.queries import reviews as queries
from reporting.queries.agreed import follow_up_hash
from reporting.queries.context import list_answered, poorer_words
from reporting.queries.processes import list_askable
from reporting.queries.workbench_owed import list_open_asks

PAGE = 25
LONGEST_NUMBER = 19  # digits of the largest key that the database has


def follow_up_add(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """Something agreed in a review: what, who, by when."""
    review = get_or_404(queries.get_review, reader=request.membership, unit=unit, month=month)
    authorise(request.membership, "review.prepare")
    form = FollowUpForm(sent(request), owners=queries.list_owners(unit=review.business_unit))
    added = attempt(
        form,
        lambda data: follow_ups.add_follow_up(review=review, by=request.membership, now=clock.now(), **data),
    )
    back = reverse("review_detail", kwargs={"tenant": tenant, "unit": unit, "month": month})
    if added:
        return redirect(f"{back}#decisions")
    return form_page(request, form, title=_("Add a follow-up"), send=_("Add it"), back=back)


def follow_up_edit(request: TenantRequest, tenant: str, follow_up_id: int) -> HttpResponse:
    """What was agreed in other words, by somebody else or by another day."""
    follow_up = get_or_404(queries.get_follow_up, reader=request.membership, follow_up_id=follow_up_id)
    authorise(request.membership, "review.prepare")
    said = {name: getattr(follow_up, name) for name in ("text", "owner", "due_on", "state_words")}
    owners = queries.list_owners(unit=follow_up.review.business_unit)
    form = FollowUpEditForm(sent(request), owners=owners, initial=said | {"read": follow_up_hash(follow_up)})
    changed = attempt(
        form,
        lambda data: follow_ups.change_follow_up(follow_up=follow_up, by=request.membership, now=clock.now(), **data),
    )
    back = f"{reverse('review_detail', kwargs=_where(follow_up, tenant))}#decisions"
    if changed:
        messages.success(request, _("The follow-up is changed, and whoever it concerns is told."))
        return redirect(back)
    return form_page(
        request,
        form,
        title=_("Change a follow-up"),
        intro=_("Editions that were issued keep what they said. Whoever does it, and the heads of the unit, are told."),
        send=_("Save"),
        back=back,
        crumbs=[(_("Reviews"), reverse("review_list", kwargs={"tenant": tenant})), (str(follow_up.review), back)],
    )


@require_POST
def follow_up_done(request: TenantRequest, tenant: str, follow_up_id: int) -> HttpResponse:
    """It is done."""
    follow_up = get_or_404(queries.get_follow_up, reader=request.membership, follow_up_id=follow_up_id)
    if follow_up.owner_id != request.membership.pk:
        authorise(request.membership, "review.prepare")
    today = clock.today(request.tenant.time_zone)
    try:
        follow_ups.finish_follow_up(follow_up=follow_up, by=request.membership, on=today, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done: %(what)s") % {"what": follow_up.text})
    return redirect(f"{reverse('review_detail', kwargs=_where(follow_up, tenant))}#decisions")


def _where(follow_up: FollowUp, tenant: str) -> dict[str, str]:
    review = follow_up.review
    return {"tenant": tenant, "unit": review.business_unit.slug, "month": f"{review.month:%Y-%m}"}


def context_ask(request: TenantRequest, tenant: str) -> HttpResponse:
    """IT asks a business unit what it needs to know; `unit` in the address chooses the unit.

    `again` names a question that was answered and is asked once more: both answers stay, each with its date.
    """
    authorise(request.membership, "context.ask")
    initial: dict[str, Any] = {"business_unit": request.GET.get("unit")}
    if about := request.GET.get("process"):
        process = get_or_404(get_process, reader=request.membership, slug=about)
        initial = {"business_unit": process.business_unit.slug, "process": process.pk, "kind": ContextKind.PROCESS}
    asked_before = request.GET.get("again", "")
    if asked_before.isascii() and asked_before.isdigit() and len(asked_before) < LONGEST_NUMBER:
        before = get_or_404(queries.get_context_request, reader=request.membership, request_id=int(asked_before))
        initial = {name: getattr(before, name) for name in ("title", "question", "purpose", "kind", "poorer")}
        initial |= {"business_unit": before.business_unit.slug, "service": before.service_id}
        initial["process"] = before.process_id
    form = ContextAskForm(
        sent(request),
        units=list_visible_units(reader=request.membership),
        services=list_visible_services(reader=request.membership),
        processes=list_processes(reader=request.membership),
        today=clock.today(request.tenant.time_zone),
        initial=initial,
    )
    asked = attempt(form, lambda data: follow_ups.ask_for_context(by=request.membership, now=clock.now(), **data))
    if asked:
        messages.success(request, _("Asked. The unit finds it on its home page."))
        return redirect("context_request_detail", tenant=tenant, request_id=asked.pk)
    return form_page(
        request,
        form,
        title=_("Ask the business"),
        intro=_("Say what you need to know and what it is for: then people know why they should answer."),
        send=_("Ask"),
        back=reverse("workbench", kwargs={"tenant": tenant}),
    )


@require_safe
def context_request_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """What IT asked and nobody answered yet, which the page of the talk shows as its part; and what IT was told."""
    answered = list_answered(reader=request.membership)
    context = {
        "asks": list_open_asks(reader=request.membership, now=clock.now()),
        "page": Paginator(answered, PAGE).get_page(request.GET.get("page")),
    }
    return respond(request, "reporting/context_request_list.html", "asks", context)


def context_request_detail(request: TenantRequest, tenant: str, request_id: int) -> HttpResponse:
    """What IT needs to know, why and by when; the business answers here."""
    ask = get_or_404(queries.get_context_request, reader=request.membership, request_id=request_id)
    may_answer = can(request.membership, "context.give") and ask.answered_at is None
    if request.method == "POST":
        authorise(request.membership, "context.give")
    form = ContextAnswerForm(sent(request))
    if attempt(
        form, lambda data: follow_ups.answer_context(request=ask, by=request.membership, now=clock.now(), **data)
    ):
        messages.success(request, _("Thank you. IT has your answer."))
        return redirect("context_request_detail", tenant=tenant, request_id=request_id)
    context = {
        "ask": ask,
        "poorer": poorer_words(request=ask),
        "processes": list_askable(request=ask) if may_answer else [],
        "is_of_process": may_answer and ask.kind != ContextKind.OTHER,
        "form": form if may_answer or form.errors else None,
        "may_ask": can(request.membership, "context.ask"),
    }
    return render(request, "reporting/context_request_detail.html", context, status=422 if form.errors else 200)
