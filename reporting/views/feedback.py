"""Complaints and compliments in the browser: raised, answered, closed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.queries.services import list_visible_services
from portal import clock
from portal.accounts.policies import authorise, can
from portal.conversations.queries import get_page
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest
from reporting.actions import feedback as actions
from reporting.forms.feedback import FeedbackAnswerForm, FeedbackForm, FeedbackSettleForm
from reporting.models import Feedback
from reporting.queries import feedback as queries

PAGE = 25


@require_safe
def feedback_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """What the business said, what is open, and what became of it."""
    page = Paginator(queries.list_feedback(reader=request.membership), PAGE).get_page(request.GET.get("page"))
    lines = queries.list_lines(rows=page.object_list, now=clock.now())
    context = {"page": page, "lines": lines, "may_raise": can(request.membership, "feedback.raise")}
    return render(request, "reporting/feedback_list.html", context)


def feedback_raise(request: TenantRequest, tenant: str) -> HttpResponse:
    """Say what went wrong, or well; `kind` in the address chooses which."""
    authorise(request.membership, "feedback.raise")
    form = FeedbackForm(
        sent(request),
        reader=request.membership,
        services=list_visible_services(reader=request.membership),
        today=clock.today(request.tenant.time_zone),
        initial={"kind": request.GET.get("kind")},
    )
    raised = attempt(form, lambda data: actions.raise_feedback(by=request.membership, now=clock.now(), **data))
    if raised:
        return redirect("feedback_detail", tenant=tenant, feedback_id=raised.pk)
    return form_page(
        request,
        form,
        title=_("Complaint or compliment"),
        intro=_("IT answers what it did about it. A complaint stays open until you say that it is settled."),
        send=_("Send it to IT"),
        back=reverse("feedback_list", kwargs={"tenant": tenant}),
    )


@require_safe
def feedback_detail(request: TenantRequest, tenant: str, feedback_id: int) -> HttpResponse:
    """What was said, and whose turn it is."""
    return _show(request, _get(request, feedback_id))


@require_POST
def feedback_answer(request: TenantRequest, tenant: str, feedback_id: int) -> HttpResponse:
    """IT says what it did about it."""
    feedback = _get(request, feedback_id)
    authorise(request.membership, "feedback.answer")
    form = FeedbackAnswerForm(request.POST, prefix="answer")
    if attempt(
        form,
        lambda data: actions.answer_feedback(feedback=feedback, by=request.membership, now=clock.now(), **data),
    ):
        messages.success(request, _("Your answer is sent."))
        return redirect("feedback_detail", tenant=tenant, feedback_id=feedback_id)
    return _show(request, feedback, answer_form=form)


@require_POST
def feedback_settle(request: TenantRequest, tenant: str, feedback_id: int) -> HttpResponse:
    """The business closes it, or says what is still wrong."""
    feedback = _get(request, feedback_id)
    if not queries.may_settle(feedback=feedback, reader=request.membership):
        raise PermissionDenied("feedback.settle")
    form = FeedbackSettleForm(request.POST, prefix="settle")
    if attempt(
        form,
        lambda data: actions.settle_feedback(feedback=feedback, by=request.membership, now=clock.now(), **data),
    ):
        return redirect("feedback_detail", tenant=tenant, feedback_id=feedback_id)
    return _show(request, feedback, settle_form=form)


def _get(request: TenantRequest, feedback_id: int) -> Feedback:
    return get_or_404(queries.get_feedback, reader=request.membership, feedback_id=feedback_id)


def _show(request: TenantRequest, feedback: Feedback, **refused: Any) -> HttpResponse:
    member, now = request.membership, clock.now()
    is_answered, is_closed = feedback.answered_at is not None, feedback.closed_at is not None
    may_answer = can(member, "feedback.answer") and not is_answered and not is_closed
    may_settle = queries.may_settle(feedback=feedback, reader=member) and is_answered and not is_closed
    context = {
        "feedback": feedback,
        "clock": queries.state_clock(feedback=feedback, now=now),
        "talk": get_page(conversation=feedback.conversation, time_zone=request.tenant.time_zone),
        "answer_form": FeedbackAnswerForm(prefix="answer") if may_answer else None,
        "settle_form": FeedbackSettleForm(prefix="settle") if may_settle else None,
    }
    return render(request, "reporting/feedback_detail.html", context | refused, status=422 if refused else 200)
