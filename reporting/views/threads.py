"""Talking at a review: comments, replies, and what becomes of disputes; live by htmx, and working without script."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal import clock
from portal.accounts.policies import authorise
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from reporting.actions import answers, disputes, improvements, layouts
from reporting.forms.layouts import VersionForm
from reporting.forms.reviews import (
    CommentForm,
    DisputeAnswerForm,
    ImprovementForm,
    ReservationsForm,
    SettleForm,
    TalkForm,
)
from reporting.models import Dispute, ReviewThread
from reporting.queries import reviews as queries
from reporting.queries.shown import show_edition
from reporting.views.context import (
    comment_form,
    page_context,
    places,
    review_url,
    thread_box,
    to_review,
    unanswerable,
)

Form = TalkForm | DisputeAnswerForm | SettleForm | ImprovementForm


@require_POST
def anchor_comment(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """Say or ask something about a sentence, a figure, or the whole review."""
    review = get_or_404(queries.get_review, reader=request.membership, unit=unit, month=month)
    edition = get_or_404(queries.get_newest_edition, review=review)
    authorise(request.membership, "comment.write")
    shown = show_edition(edition=edition, reader=request.membership, now=clock.now())
    form = CommentForm(request.POST, prefix="comment", places=places(shown))
    done = attempt(
        form,
        lambda data: answers.comment_on_anchor(edition=edition, by=request.membership, now=clock.now(), **data),
    )
    if not done and comment_form(request, shown) is None:  # its form is gone from the page, and its words must not be
        messages.error(request, unanswerable(form))
        return redirect(review_url(edition, tenant))
    if not done:
        context = page_context(request, shown, review=review, refused={"comment": form}, is_draft=False)
        return render(request, "reporting/review_detail.html", context, status=422)
    messages.success(request, _("Your words are beside the review."))
    return redirect(review_url(edition, tenant))


@require_POST
def thread_reply(request: TenantRequest, tenant: str, thread_id: int) -> HttpResponse:
    """Go on in a thread."""
    thread = get_or_404(queries.get_thread, reader=request.membership, thread_id=thread_id)
    authorise(request.membership, "comment.write")
    form = TalkForm(request.POST, prefix=f"reply-{thread_id}")
    attempt(form, lambda data: answers.reply_in_thread(thread=thread, by=request.membership, now=clock.now(), **data))
    return _thread_page(request, thread, form)


@require_POST
def dispute_answer(request: TenantRequest, tenant: str, dispute_id: int) -> HttpResponse:
    """IT agrees with a dispute, or explains."""
    dispute = _get_dispute(request, dispute_id)
    authorise(request.membership, "dispute.answer")
    form = DisputeAnswerForm(request.POST, prefix=f"answer-{dispute.thread_id}")
    attempt(form, lambda data: disputes.answer_dispute(dispute=dispute, by=request.membership, now=clock.now(), **data))
    return _thread_page(request, dispute.thread, form)


@require_POST
def dispute_settle(request: TenantRequest, tenant: str, dispute_id: int) -> HttpResponse:
    """The reader accepts IT's answer, or says what is still open."""
    dispute = _get_dispute(request, dispute_id)
    authorise(request.membership, "dispute.settle")
    if request.POST.get("accept") == "yes":
        refusal = ""
        try:
            disputes.settle_dispute(dispute=dispute, by=request.membership, is_accepted=True, now=clock.now())
        except Refusal as refused:
            refusal = str(refused)
        (messages.error if refusal else messages.success)(request, refusal or _("The dispute is settled."))
        return to_review(request, dispute.thread.edition)
    form = SettleForm(request.POST, prefix=f"settle-{dispute.thread_id}")
    attempt(
        form,
        lambda data: disputes.settle_dispute(
            dispute=dispute, by=request.membership, is_accepted=False, now=clock.now(), **data
        ),
    )
    return _thread_page(request, dispute.thread, form)


@require_POST
def dispute_withdraw(request: TenantRequest, tenant: str, dispute_id: int) -> HttpResponse:
    """The reader takes a dispute back."""
    dispute = _get_dispute(request, dispute_id)
    authorise(request.membership, "dispute.settle")
    try:
        disputes.withdraw_dispute(dispute=dispute, by=request.membership, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn: the figure stays as it is printed."))
    return redirect(review_url(dispute.thread.edition, tenant))


@require_POST
def layout_accept(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """The unit accepts how its reviews are laid out, counted and answered: the version that stood on the page."""
    review = get_or_404(queries.get_review, reader=request.membership, unit=unit, month=month)
    authorise(request.membership, "layout.accept")
    form, refusal = VersionForm(request.POST), ""
    read = form.cleaned_data["read"] if form.is_valid() else 0  # who has read none accepts none
    try:
        layouts.accept_layout(layout=review.report_agreement, read=read, by=request.membership, now=clock.now())
    except Refusal as refused:
        refusal = str(refused)
    (messages.error if refusal else messages.success)(request, refusal or _("You have accepted the layout."))
    return redirect("review_detail", tenant=tenant, unit=unit, month=month)


@require_POST
def review_acknowledge(request: TenantRequest, tenant: str, unit: str, month: str, number: int) -> HttpResponse:
    """The unit accepts how the edition that it has read was counted; one that came meanwhile is not signed unread."""
    edition = get_or_404(queries.get_edition, reader=request.membership, unit=unit, month=month, number=number)
    authorise(request.membership, "review.acknowledge")
    try:
        answers.acknowledge_review(edition=edition, by=request.membership, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. The review is acknowledged."))
    return redirect(review_url(edition, tenant))


def review_reserve(request: TenantRequest, tenant: str, unit: str, month: str, number: int) -> HttpResponse:
    """The unit signs the edition that it has read although not everything is agreed, and says what is not."""
    edition = get_or_404(queries.get_edition, reader=request.membership, unit=unit, month=month, number=number)
    authorise(request.membership, "review.acknowledge")
    form = ReservationsForm(sent(request))
    signed = attempt(
        form,
        lambda data: answers.acknowledge_review(edition=edition, by=request.membership, now=clock.now(), **data),
    )
    if signed:
        messages.success(request, _("Thank you. The review is signed with your reservations."))
        return redirect(review_url(edition, tenant))
    return form_page(
        request,
        form,
        title=_("Sign with reservations"),
        intro=_("You have read this edition. What you do not agree with stands beside your name, also on paper."),
        send=_("Sign with these reservations"),
        back=review_url(edition, tenant),
    )


@require_POST
def thread_improve(request: TenantRequest, tenant: str, thread_id: int) -> HttpResponse:
    """Raise an improvement from what was said."""
    thread = get_or_404(queries.get_thread, reader=request.membership, thread_id=thread_id)
    authorise(request.membership, "improvement.raise")
    form = ImprovementForm(request.POST, prefix=f"improve-{thread_id}")
    raised = attempt(
        form,
        lambda data: improvements.raise_improvement(
            business_unit=thread.edition.review.business_unit,
            comment=queries.first_comment(thread=thread),
            dispute=queries.find_dispute(thread=thread),
            by=request.membership,
            now=clock.now(),
            **data,
        ),
    )
    if raised is None:
        return _thread_page(request, thread, form)
    messages.success(request, _("%(code)s is in the register of improvements.") % {"code": raised.code})
    return to_review(request, thread.edition)


def _thread_page(request: TenantRequest, thread: ReviewThread, form: Form) -> HttpResponse:
    """The thread after something was said; without script the review at that place."""
    edition = queries.latest_edition(review=thread.edition.review) or thread.edition
    shown = show_edition(edition=edition, reader=request.membership, now=clock.now())
    refused: dict[str, Any] = {form.prefix: form} if form.errors and form.prefix else {}
    view = next(view for view in shown.threads if view.thread_id == thread.pk)
    status = 422 if form.errors else 200
    if request.htmx:
        context = {"box": thread_box(request, view, refused), "shown": shown}
        return render(request, "reporting/review_detail.html#thread", context, status=status)
    if form.errors:
        context = page_context(request, shown, review=thread.edition.review, refused=refused, is_draft=False)
        return render(request, "reporting/review_detail.html", context, status=status)
    return redirect(f"{review_url(edition, request.tenant.slug)}#{view.id}")


def _get_dispute(request: TenantRequest, dispute_id: int) -> Dispute:
    return get_or_404(queries.get_dispute, reader=request.membership, dispute_id=dispute_id)
