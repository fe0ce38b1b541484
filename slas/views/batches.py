"""Batches of facts in the browser: which wait, what each would change, and the second person's decision."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal import clock
from portal.accounts.models import Membership
from portal.accounts.policies import authorise, can
from portal.exports import csv_of
from portal.language.numbers import and_list, count, counted
from portal.pages import attempt, get_or_404, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from slas.actions import batches as actions
from slas.forms.facts import DecisionForm
from slas.importers.rows.kinds import SCHEMAS
from slas.models import BatchState, FactBatch
from slas.queries import batches as queries
from slas.queries.facts import Preview, preview_rows
from slas.queries.few_answers import find_few_answers
from slas.queries.rows import from_plain, key_words
from slas.views.facts import csv_response, differences, lines_of

PAGE = 50
SHOWN = 20


def batch_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """What was brought, and what waits for a second person."""
    batches = queries.list_batches(reader=request.membership)
    counts = queries.count_states(batches=batches)
    chosen = request.GET.get("state", "")
    if chosen in BatchState.values:
        batches = batches.filter(state=chosen)
    states = [(state, label, counts.get(state, 0)) for state, label in BatchState.choices if counts.get(state)]
    context = {
        "page": Paginator(batches, PAGE).get_page(request.GET.get("page")),
        "states": states,
        "chosen": chosen,
        "all_count": sum(counts.values()),
    }
    return render(request, "slas/batch_list.html", context)


def batch_detail(request: TenantRequest, tenant: str, batch_id: int) -> HttpResponse:
    """What a batch holds, what it changes, and who decides."""
    batch = get_or_404(queries.get_batch, reader=request.membership, batch_id=batch_id)
    return _page(request, batch, DecisionForm())


def _page(request: TenantRequest, batch: FactBatch, form: DecisionForm) -> HttpResponse:
    rows = [from_plain(batch.fact, row) for row in batch.rows]
    is_open = batch.state in (BatchState.DRAFT, BatchState.WAITING)
    preview = preview_rows(measure=batch.measure, fact=batch.fact, rows=rows) if is_open else None
    errors = batch.outcome.get("errors", [])
    examples = preview.examples if preview else []
    is_mine, may_decide = batch.brought_by_id == request.membership.pk, _may_decide(request.membership, batch)
    is_checked = is_open and (is_mine or may_decide)
    few = None if is_checked else find_few_answers(measure=batch.measure, rows=rows)
    context: dict[str, Any] = {
        "batch": batch,
        "summary": _summary(batch, preview),
        "columns": SCHEMAS[batch.fact].columns,
        "lines": lines_of(batch.fact, rows[:SHOWN], few),
        "more": max(0, len(rows) - SHOWN),
        "corrections": [(key_words(old), differences(batch.fact, old, new, few)) for old, new in examples],
        "errors": errors[:SHOWN],
        "more_errors": max(0, len(errors) - SHOWN),
        "warnings": batch.outcome.get("warnings", [])[:SHOWN],
        "form": form,
        "is_mine": is_mine,
        "may_decide": may_decide,
    }
    return render(request, "slas/batch_detail.html", context, status=422 if form.errors else 200)


def _summary(batch: FactBatch, preview: Preview | None) -> str:
    """What the rows would do, did, or did not."""
    refused = batch.outcome.get("refused", 0)
    left_out = " " + _("%(rows)s left out.") % {"rows": counted(refused, "rows")} if refused else ""
    if batch.state == BatchState.REFUSED:
        return _("None of its %(rows)s counts.") % {"rows": counted(batch.row_count, "rows")}
    if preview and not batch.row_count:
        return _("No row can count.") + left_out
    numbers = batch.outcome if preview is None else vars(preview)
    kinds = [
        (numbers.get(name, 0), words)
        for name, words in (
            ("new", _("new")),
            ("unchanged", _("known already")),
            ("corrected", _("with another value than stored")),
        )
    ]
    told = and_list([f"{count(number)} {words}" for number, words in kinds if number])
    return (_("Rows: %(told)s.") % {"told": told or count(0)}) + left_out


def _may_decide(membership: Membership, batch: FactBatch) -> bool:
    waits = batch.state == BatchState.WAITING
    return waits and can(membership, "fact.approve") and batch.brought_by_id != membership.pk


def batch_errors(request: TenantRequest, tenant: str, batch_id: int) -> HttpResponse:
    """The refused rows of a batch, to put right in a spreadsheet."""
    batch = get_or_404(queries.get_batch, reader=request.membership, batch_id=batch_id)
    names = ("row", "field", "what", "to_do")
    lines = [[error[name] for name in names] for error in batch.outcome.get("errors", [])]
    return csv_response(csv_of(names, lines), f"batch-{batch.pk}-errors.csv")


@require_POST
def batch_send(request: TenantRequest, tenant: str, batch_id: int) -> HttpResponse:
    """The bringer sends a checked file to a second person."""
    batch = _own(request, batch_id)
    try:
        actions.send_batch(batch=batch, by=request.membership, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Sent. The rows count when a second person approves them."))
    return redirect("batch_detail", tenant=tenant, batch_id=batch_id)


@require_POST
def batch_discard(request: TenantRequest, tenant: str, batch_id: int) -> HttpResponse:
    """The bringer drops a checked file."""
    batch = _own(request, batch_id)
    slug = batch.measure.slug
    try:
        actions.discard_batch(batch=batch)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("batch_detail", tenant=tenant, batch_id=batch_id)
    messages.success(request, _("Dropped. Nothing was sent."))
    return redirect("measure_detail", tenant=tenant, slug=slug)


def _own(request: TenantRequest, batch_id: int) -> FactBatch:
    """A batch that this person brought; others do not find what is not theirs to send."""
    authorise(request.membership, "fact.enter")
    return get_or_404(queries.get_own_batch, reader=request.membership, batch_id=batch_id)


@require_POST
def batch_approve(request: TenantRequest, tenant: str, batch_id: int) -> HttpResponse:
    """A second person lets the rows count."""
    batch = get_or_404(queries.get_batch, reader=request.membership, batch_id=batch_id)
    authorise(request.membership, "fact.approve")
    form = DecisionForm(sent(request))
    if attempt(form, lambda data: actions.approve_batch(batch=batch, by=request.membership, now=clock.now(), **data)):
        messages.success(request, _("The rows count now; the figures are being computed."))
        return redirect("batch_detail", tenant=tenant, batch_id=batch_id)
    return _page(request, batch, form)


@require_POST
def batch_refuse(request: TenantRequest, tenant: str, batch_id: int) -> HttpResponse:
    """A second person refuses the rows and says why."""
    batch = get_or_404(queries.get_batch, reader=request.membership, batch_id=batch_id)
    authorise(request.membership, "fact.approve")
    form = DecisionForm(sent(request))
    if attempt(form, lambda data: actions.refuse_batch(batch=batch, by=request.membership, now=clock.now(), **data)):
        messages.success(request, _("Refused. The person who brought the facts sees your reason."))
        return redirect("batch_detail", tenant=tenant, batch_id=batch_id)
    return _page(request, batch, form)
