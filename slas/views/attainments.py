"""One figure in the browser, and its evidence as files."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.policies import authorise
from portal.audit.actions import record
from portal.pages import get_or_404
from portal.tenancy.middleware import TenantRequest
from slas.exports import evidence_csv, evidence_json, evidence_name
from slas.models import Attainment
from slas.queries.attainment_page import get_attainment_page
from slas.queries.attainments import get_attainment
from slas.queries.figure_facts import Facts, Row
from slas.queries.percentiles import list_percentiles
from slas.queries.verification import Verification, verify_figure

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
    page = get_or_404(get_attainment_page, reader=request.membership, attainment_id=attainment_id)
    authorise(request.membership, "evidence.read")
    address = {"tenant": request.tenant.slug, "attainment_id": attainment_id}
    links = (
        (_("The evidence as a table (CSV)"), reverse("attainment_evidence_csv", kwargs=address)),
        (_("All of it (JSON)"), reverse("attainment_evidence_json", kwargs=address)),
    )
    proof = replace(page.proof, links=links)
    lists = [_shown(request, facts) for facts in page.facts]
    is_asked = "percentiles" in request.GET
    context = {
        "page": page,
        "proof": proof,
        "lists": lists,
        "verification": verification,
        "percentiles": list_percentiles(attainment=page.attainment, now=clock.now()) if is_asked else None,
    }
    return render(request, "slas/attainment_detail.html", context)


def _shown(request: TenantRequest, facts: Facts) -> tuple[Facts, Sequence[Row] | Page[Row]]:
    """A short list, or the page of the whole one that was asked for."""
    if request.GET.get("all") == facts.key:
        return facts, Paginator(facts.rows, PAGE).get_page(request.GET.get("page"))
    return facts, facts.short


def attainment_evidence_csv(request: TenantRequest, tenant: str, attainment_id: int) -> HttpResponse:
    """The sum and its events as a table."""
    return _evidence(request, attainment_id, evidence_csv, "csv", "text/csv; charset=utf-8")


def attainment_evidence_json(request: TenantRequest, tenant: str, attainment_id: int) -> HttpResponse:
    """Everything that is kept of a figure."""
    return _evidence(request, attainment_id, evidence_json, "json", "application/json")


def _evidence(
    request: TenantRequest, attainment_id: int, write: Callable[[Attainment], str], ending: str, kind: str
) -> HttpResponse:
    attainment = get_or_404(get_attainment, reader=request.membership, attainment_id=attainment_id)
    authorise(request.membership, "evidence.read")
    name = evidence_name(attainment, ending)
    record(act="evidence.read", actor_id=request.user.pk, at=clock.now(), subject=name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write(attainment), content_type=kind, headers=headers)
