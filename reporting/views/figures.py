"""One figure: how it was calculated, down to the events, and the reader's answer to it."""

from collections.abc import Mapping

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.accounts.policies import authorise, can
from portal.audit.actions import record
from portal.exports import csv_file
from portal.pages import attempt, get_or_404
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from reporting.actions import answers, disputes, improvements
from reporting.exports.figures import evidence_csv, evidence_json
from reporting.forms.reviews import DisputeForm, ImprovementForm, TalkForm
from reporting.models import Figure
from reporting.queries import reviews as queries
from reporting.queries.disputing import place_of
from reporting.queries.figure_page import figure_page
from reporting.queries.shown import show_edition
from reporting.queries.verification import EditionPart, verify_sum
from reporting.views.context import (
    figure_box,
    main_anchor,
    page_context,
    promise_box,
    review_url,
    thread_box,
    to_review,
    unanswerable,
)
from slas.exports.evidence import WRITERS
from slas.queries.attainments import is_large
from slas.queries.verification import Verification, verify_figure

Answer = DisputeForm | TalkForm


@require_safe
def figure_detail(request: TenantRequest, tenant: str, figure_id: int) -> HttpResponse:
    """A figure with its sum, its months and what was said about it."""
    return _figure(request, _get(request, figure_id))


@require_safe
def figure_proof(request: TenantRequest, tenant: str, figure_id: int) -> HttpResponse:
    """Everything that the figure rests on; reading the evidence is kept in the audit log."""
    figure = _get(request, figure_id)
    authorise(request.membership, "evidence.read")
    ending, attainment = request.GET.get("format"), figure.attainment
    if ending in WRITERS and attainment is not None and is_large(attainment=attainment):
        return redirect(f"attainment_evidence_{ending}", tenant=tenant, attainment_id=attainment.pk)
    record(act="evidence.read", actor_id=request.user.pk, at=clock.now(), subject=str(figure), figure=figure.pk)
    if ending == "json":
        return _download(evidence_json(figure=figure), "application/json", f"figure-{figure_id}.json")
    if ending == "csv":
        return _download(csv_file(evidence_csv(figure=figure)), "text/csv; charset=utf-8", f"figure-{figure_id}.csv")
    return _proof(request, figure)


def figure_verify(request: TenantRequest, tenant: str, figure_id: int) -> HttpResponse:
    """The figure calculated again, from what was kept with it and what is known today; the audit keeps who asked.

    Without the button this is the address of its proof, for the address line of the answer.
    """
    figure = _get(request, figure_id)
    authorise(request.membership, "evidence.read")
    if request.method != "POST":
        return redirect("figure_proof", tenant, figure_id)
    attainment = figure.attainment
    reader = request.membership
    found = (
        verify_sum(figure=figure, reader=reader)
        if attainment is None
        else verify_figure(attainment=attainment, reader=reader)
    )
    told = {"figure": figure.pk, "finding": found.finding.name.lower()}
    record(act="evidence.verified", actor_id=request.user.pk, at=clock.now(), subject=str(figure), **told)
    return _proof(request, figure, found)


def _proof(
    request: TenantRequest, figure: Figure, verification: Verification | EditionPart | None = None
) -> HttpResponse:
    shown = show_edition(edition=figure.edition, reader=request.membership, now=clock.now())
    context = {"figure": figure, "page": figure_page(figure=figure, shown=shown), "shown": shown}
    context |= {"back": review_url(figure.edition, request.tenant.slug), "verification": verification}
    return render(request, "reporting/figure_proof.html", context)


@require_POST
def figure_acknowledge(request: TenantRequest, tenant: str, figure_id: int) -> HttpResponse:
    """Read, and accepted how it was counted."""
    figure = _get(request, figure_id)
    authorise(request.membership, "figure.acknowledge")
    refusal = ""
    try:
        answers.acknowledge_figure(figure=figure, by=request.membership, now=clock.now())
    except Refusal as refused:
        refusal = str(refused)
    return answered(request, figure, _("You have acknowledged this figure."), refusal=refusal)


@require_POST
def figure_question(request: TenantRequest, tenant: str, figure_id: int) -> HttpResponse:
    """Ask about a figure; IT answers within the agreed days."""
    figure = _get(request, figure_id)
    authorise(request.membership, "figure.question")
    form = TalkForm(request.POST, prefix=f"question-{figure_id}")
    attempt(form, lambda data: answers.ask_question(figure=figure, by=request.membership, now=clock.now(), **data))
    return answered(request, figure, _("Your question is with IT."), form=form)


@require_POST
def figure_dispute(request: TenantRequest, tenant: str, figure_id: int) -> HttpResponse:
    """Say that a figure is wrong, with the time that the reader counts."""
    figure = _get(request, figure_id)
    authorise(request.membership, "figure.dispute")
    form = DisputeForm(
        request.POST,
        prefix=f"dispute-{figure_id}",
        time_zone=request.tenant.time_zone,
        takes_time=bool(figure.target and figure.target.kind == "availability"),
    )
    attempt(form, lambda data: disputes.dispute_figure(figure=figure, by=request.membership, now=clock.now(), **data))
    return answered(request, figure, _("Your dispute is with IT."), form=form)


@require_POST
def figure_improve(request: TenantRequest, tenant: str, figure_id: int) -> HttpResponse:
    """Raise an improvement from a figure."""
    figure = _get(request, figure_id)
    authorise(request.membership, "improvement.raise")
    form = ImprovementForm(request.POST, prefix="improvement")
    raised = attempt(
        form,
        lambda data: improvements.raise_improvement(
            business_unit=figure.edition.review.business_unit,
            figure=figure,
            by=request.membership,
            now=clock.now(),
            **data,
        ),
    )
    if raised is None:
        return _figure(request, figure, {"improvement": form})
    messages.success(request, _("%(code)s is in the register of improvements.") % {"code": raised.code})
    return redirect("figure_detail", tenant=tenant, figure_id=figure_id)


def answered(
    request: TenantRequest,
    figure: Figure,
    message: str,
    *,
    form: DisputeForm | TalkForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    """The review at the promise after an answer; what was refused stands at its form."""
    shown = show_edition(edition=figure.edition, reader=request.membership, now=clock.now())
    boxes = {main_anchor(shown, each): each for each in shown.page.attention}
    promise = boxes.get(figure.anchor)
    refused = {form.prefix: form} if form is not None and form.errors and form.prefix else {}
    if form is not None and refused and not _has_form(figure_box(request, shown, figure).answer, form):
        with override(shown.page.head.language):
            refusal, refused = unanswerable(form), {}
    if request.htmx and promise is not None and (refusal or refused):
        context = {"shown": shown, "box": promise_box(request, shown, promise, refused), "refusal": refusal}
        return render(request, "reporting/review_detail.html#promise", context, status=422)
    if refused:
        if promise is None:  # its form stands on its own page, and so do the words that were refused
            return _figure(request, figure, refused)
        context = page_context(request, shown, review=figure.edition.review, refused=refused, is_draft=False)
        return render(request, "reporting/review_detail.html", context, status=422)
    (messages.error if refusal else messages.success)(request, refusal or message)
    return to_review(request, figure.edition, place_of(figure.anchor))


def _has_form(answer: Mapping[str, object] | None, form: Answer) -> bool:
    """Whether the page still has the form that was sent, so that it can show what was refused."""
    kind = (form.prefix or "").partition("-")[0]
    return f"{kind}_form" in (answer or {})


def _figure(request: TenantRequest, figure: Figure, refused: Mapping[str, Form] | None = None) -> HttpResponse:
    """The page of a figure, with the forms that were refused still filled in."""
    shown = show_edition(edition=figure.edition, reader=request.membership, now=clock.now())
    page = figure_page(figure=figure, shown=shown)
    back = review_url(figure.edition, request.tenant.slug)
    box = figure_box(request, shown, figure, refused)
    context = {"figure": figure, "page": page, "shown": shown, "box": box, "back": back}
    context["thread_boxes"] = [thread_box(request, thread) for thread in page.threads]
    if can(request.membership, "improvement.raise"):
        context["improvement_form"] = (refused or {}).get("improvement") or ImprovementForm(prefix="improvement")
    return render(request, "reporting/figure_detail.html", context, status=422 if refused else 200)


def _get(request: TenantRequest, figure_id: int) -> Figure:
    return get_or_404(queries.get_figure, reader=request.membership, figure_id=figure_id)


def _download(content: str | bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
