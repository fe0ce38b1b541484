"""One figure in the browser, and its evidence as files."""

from collections.abc import Sequence
from dataclasses import replace

from django.core.paginator import Page, Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.policies import authorise
from portal.audit.actions import record
from portal.pages import form_page, get_or_404
from portal.tenancy.middleware import TenantRequest
from slas.errors import TooManyReadings
from slas.exports.evidence import WRITERS, evidence_file, evidence_name
from slas.models import Attainment
from slas.queries.attainment_page import get_attainment_page
from slas.queries.attainments import get_attainment, is_large
from slas.queries.figure_facts import Facts, Row
from slas.queries.percentiles import list_percentiles
from slas.queries.verification import Verification, verify_figure
from slas.tasks import queue_figure_evidence

PAGE = 100


def attainment_detail(request: TenantRequest, tenant: str, attainment_id: int) -> HttpResponse:
    """A figure as it stands, with the sum it is made of."""
    return _page(request, attainment_id)


def attainment_verify(request: TenantRequest, tenant: str, attainment_id: int) -> HttpResponse:
    """The figure calculated again, from what was kept with it and the facts of today; the audit keeps who asked.

    Without the button this is the address of the figure, for the links and the address line of its answer.
    """
    attainment = get_or_404(get_attainment, reader=request.membership, attainment_id=attainment_id)
    authorise(request.membership, "evidence.read")
    if request.method != "POST":
        return redirect(reverse("attainment_detail", args=[tenant, attainment_id], query=request.GET))
    verification = verify_figure(attainment=attainment, reader=request.membership)
    found = {"finding": verification.finding.name.lower(), "attainment": attainment_id}
    record(act="evidence.verified", actor_id=request.user.pk, at=clock.now(), subject=verification.name, **found)
    return _page(request, attainment_id, verification)


def _page(request: TenantRequest, attainment_id: int, verification: Verification | None = None) -> HttpResponse:
    is_asked = "others" in request.GET
    page = get_or_404(get_attainment_page, reader=request.membership, attainment_id=attainment_id, asks_others=is_asked)
    authorise(request.membership, "evidence.read")
    address = {"tenant": request.tenant.slug, "attainment_id": attainment_id}
    links = (
        (_("The evidence as a table (CSV)"), reverse("attainment_evidence_csv", kwargs=address)),
        (_("All of it (JSON)"), reverse("attainment_evidence_json", kwargs=address)),
    )
    proof = replace(page.proof, links=links)
    lists = [_shown(request, facts) for facts in page.facts]
    context = {
        "page": page,
        "proof": proof,
        "lists": lists,
        "verification": verification,
    } | _percentiles(request, page.attainment)
    return render(request, "slas/attainment_detail.html", context)


def _percentiles(request: TenantRequest, attainment: Attainment) -> dict[str, object]:
    """Those of readings, or why there are none, when they are asked for."""
    if "percentiles" not in request.GET:
        return {"percentiles": None}
    try:
        return {"percentiles": list_percentiles(attainment=attainment, now=clock.now())}
    except TooManyReadings as refusal:
        return {"percentiles": [], "refusal": str(refusal)}


def _shown(request: TenantRequest, facts: Facts) -> tuple[Facts, Sequence[Row] | Page[Row]]:
    """A short list, or the page of the whole one that was asked for."""
    if request.GET.get("all") == facts.key:
        return facts, Paginator(facts.rows, PAGE).get_page(request.GET.get("page"))
    return facts, facts.short


def attainment_evidence_csv(request: TenantRequest, tenant: str, attainment_id: int) -> HttpResponse:
    """The sum and its events as a table."""
    return _evidence(request, attainment_id, "csv")


def attainment_evidence_json(request: TenantRequest, tenant: str, attainment_id: int) -> HttpResponse:
    """Everything that is kept of a figure."""
    return _evidence(request, attainment_id, "json")


def _evidence(request: TenantRequest, attainment_id: int, ending: str) -> HttpResponse:
    """The file; of a figure of very many records a page on which a worker is asked for it."""
    attainment = get_or_404(get_attainment, reader=request.membership, attainment_id=attainment_id)
    authorise(request.membership, "evidence.read")
    name, now = evidence_name(attainment, ending), clock.now()
    if not is_large(attainment=attainment):
        record(act="evidence.read", actor_id=request.user.pk, at=now, subject=name)
        write, media_type = WRITERS[ending]
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(evidence_file(write(attainment), ending), content_type=media_type, headers=headers)
    if request.method == "POST":
        record(act="evidence.asked", actor_id=request.user.pk, at=now, subject=name)
        job = queue_figure_evidence(attainment=attainment, ending=ending, by=request.membership, now=now)
        return redirect("job_detail", tenant=request.tenant.slug, job_id=job.pk)
    return form_page(
        request,
        Form(),
        title=_("The evidence of “%(name)s”") % {"name": attainment.target.name},
        intro=_("It holds very many records. A worker writes it; you can leave the page while it is made."),
        send=_("Make the file"),
        back=reverse("attainment_detail", args=[request.tenant.slug, attainment_id]),
    )
