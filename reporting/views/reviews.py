"""Reading reviews: the list, the newest edition or the draft, older editions, and the edition as files."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from portal import clock
from portal.accounts.policies import authorise, can
from portal.audit.actions import record
from portal.exports import csv_file
from portal.jobs.models import Job, JobState
from portal.jobs.views import send_result
from portal.pages import form_page, get_or_404
from portal.pdf import Variant
from portal.tenancy.middleware import TenantRequest
from reporting import tasks
from reporting.exports import figures
from reporting.forms.reviews import DraftForm
from reporting.models import UNISSUED, Edition, ServiceReview
from reporting.queries import review_list as lists
from reporting.queries import reviews as queries
from reporting.queries.checks import check_box
from reporting.queries.shown import show_draft, show_edition
from reporting.views.context import page_context

PAGE = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of the page on which a file can be asked for."""

    title: str
    send: str
    intro: str


PAPER = Asked(
    gettext_noop("The PDF of this review"),
    gettext_noop("Make the PDF"),
    gettext_noop("Nobody has asked for it since the last change. A worker makes it in some seconds."),
)
EVIDENCE = Asked(
    gettext_noop("The evidence of this review"),
    gettext_noop("Make the file"),
    gettext_noop("Nobody has asked for it yet. A worker writes it; you can leave the page while it is made."),
)


@require_safe
def review_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """The reviews of the reader's units, the latest first, with how the month stood and who answers by when."""
    reviews = queries.list_reviews(reader=request.membership)
    page = Paginator(reviews, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": lists.list_rows(reviews=list(page.object_list), reader=request.membership, now=clock.now()),
        "may_prepare": can(request.membership, "review.prepare"),
        "draft_form": DraftForm(
            prefix="draft", today=clock.today(request.tenant.time_zone), initial=request.GET.dict()
        ),
        "may_export": can(request.membership, "export.run"),
    }
    return render(request, "reporting/review_list.html", context)


@require_safe
def review_detail(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """The newest edition; for whoever prepares it, the draft while nothing is issued."""
    review = get_or_404(queries.get_review, reader=request.membership, unit=unit, month=month)
    edition = queries.latest_edition(review=review)
    if edition is None:
        shown = show_draft(review=review, now=clock.now())
        check = check_box(review=review, page=shown.page, reader=request.membership)
    else:
        shown = show_edition(edition=edition, reader=request.membership, now=clock.now())
        check = None
    context = page_context(request, shown, review=review, is_draft=review.state in UNISSUED, check=check)
    return render(request, "reporting/review_detail.html", context)


@require_safe
def edition_detail(request: TenantRequest, tenant: str, unit: str, month: str, number: int) -> HttpResponse:
    """One edition; a replaced one stays readable and says so."""
    edition = get_or_404(queries.get_edition, reader=request.membership, unit=unit, month=month, number=number)
    shown = show_edition(edition=edition, reader=request.membership, now=clock.now())
    context = page_context(request, shown, review=edition.review, is_draft=False)
    return render(request, "reporting/review_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edition_pdf(
    request: TenantRequest, tenant: str, unit: str, month: str, number: int, variant: Variant = Variant.READING
) -> HttpResponseBase:
    """The PDF as it stands now: sending asks a worker for it, reading finds what was asked for."""
    edition = get_or_404(queries.get_edition, reader=request.membership, unit=unit, month=month, number=number)
    now = clock.now()
    if request.method == "POST":
        job = tasks.queue_edition_pdf(edition=edition, by=request.membership, now=now, variant=variant)
        return _made(request, job, edition.review, PAPER)
    return _made(request, tasks.find_edition_pdf(edition=edition, now=now, variant=variant), edition.review, PAPER)


@require_http_methods(["GET", "HEAD", "POST"])
def draft_pdf(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponseBase:
    """The draft as PDF, for whoever prepares it."""
    review = get_or_404(queries.get_review, reader=request.membership, unit=unit, month=month)
    authorise(request.membership, "review.prepare")
    if queries.latest_edition(review=review) is not None:
        raise Http404(_("This review is issued: use the PDF of its edition."))
    now = clock.now()
    if request.method == "POST":
        return _made(request, tasks.queue_draft_pdf(review=review, by=request.membership, now=now), review, PAPER)
    return _made(request, tasks.find_draft_pdf(review=review, now=now), review, PAPER)


def _made(request: TenantRequest, job: Job | None, review: ServiceReview, asked: Asked) -> HttpResponseBase:
    """The file; the page of its job while a worker makes it; a page to ask for it when nobody has."""
    address = {"tenant": request.tenant.slug, "unit": review.business_unit.slug, "month": f"{review.month:%Y-%m}"}
    if job is None:
        page = {"title": _(asked.title), "send": _(asked.send), "intro": _(asked.intro)}
        return form_page(request, Form(), back=reverse("review_detail", kwargs=address), **page)
    if job.state == JobState.DONE:
        return send_result(request, job)
    return redirect("job_detail", tenant=request.tenant.slug, job_id=job.pk)


@require_safe
def edition_figures(request: TenantRequest, tenant: str, unit: str, month: str, number: int) -> HttpResponse:
    """Every figure of the edition as a table, for any spreadsheet."""
    edition = get_or_404(queries.get_edition, reader=request.membership, unit=unit, month=month, number=number)
    return _table(request, edition, csv_file(figures.figures_csv(edition=edition)), "csv", "text/csv; charset=utf-8")


@require_safe
def edition_workbook(request: TenantRequest, tenant: str, unit: str, month: str, number: int) -> HttpResponse:
    """The same table as a workbook."""
    edition = get_or_404(queries.get_edition, reader=request.membership, unit=unit, month=month, number=number)
    return _table(request, edition, figures.figures_xlsx(edition=edition), "xlsx", XLSX)


def _table(request: TenantRequest, edition: Edition, content: str | bytes, ending: str, kind: str) -> HttpResponse:
    review = edition.review
    record(act="figures.exported", actor_id=request.user.pk, at=clock.now(), subject=str(review), file=ending)
    name = f"figures-{review.business_unit.slug}-{review.month:%Y-%m}-{edition.number}.{ending}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(["GET", "HEAD", "POST"])
def edition_evidence(request: TenantRequest, tenant: str, unit: str, month: str, number: int) -> HttpResponseBase:
    """The whole edition with the evidence of each figure: sending asks a worker for it; the audit keeps both."""
    edition = get_or_404(queries.get_edition, reader=request.membership, unit=unit, month=month, number=number)
    authorise(request.membership, "evidence.read")
    now = clock.now()
    if request.method == "POST":
        job = tasks.queue_edition_evidence(edition=edition, by=request.membership, now=now)
        record(act="evidence.asked", actor_id=request.user.pk, at=now, subject=str(edition.review), edition=number)
        return _made(request, job, edition.review, EVIDENCE)
    return _made(request, tasks.find_edition_evidence(edition=edition), edition.review, EVIDENCE)
