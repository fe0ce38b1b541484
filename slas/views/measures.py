"""Measures in the browser: the list, a page each, and what is said about them."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.policies import authorise, can
from portal.language.numbers import percent
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest
from portal.tenancy.tasks import queue_on_commit
from slas.actions import measures as actions
from slas.forms.measures import MeasureFilterForm, MeasureForm
from slas.importers.rows.kinds import SCHEMAS
from slas.models import FactKind
from slas.queries import measures as queries
from slas.queries.batches import list_batches
from slas.queries.facts import list_facts, rows_of
from slas.queries.few_answers import find_few_answers
from slas.queries.measures_coverage import list_months
from slas.queries.pauses import list_late_pauses
from slas.queries.wording import sentence_findings
from slas.queries.wording_texts import group
from slas.tasks import recompute_dirty_targets
from slas.views.facts import lines_of

PAGE = 50
LATEST = 10


def measure_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """What is counted."""
    services = [(service.slug, service.name) for service in queries.list_measured_services()]
    form = MeasureFilterForm(request.GET, services=services)
    visible = queries.list_measures(reader=request.membership)
    measures = queries.filter_measures(measures=visible, **form.chosen())
    context = {
        "form": form,
        "page": Paginator(measures, PAGE).get_page(request.GET.get("page")),
        "is_filtered": any(form.chosen().values()),
        "may_manage": can(request.membership, "measure.manage"),
    }
    return render(request, "slas/measure_list.html", context)


def measure_detail(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """What is counted, who decides, how much is known, and what rests on it."""
    reader = request.membership
    measure = get_or_404(queries.get_measure, reader=reader, slug=slug)
    months = list_months(measure=measure, zone=ZoneInfo(request.tenant.time_zone), now=clock.now())
    latest = rows_of(fact=measure.fact_kind, facts=list_facts(measure=measure, fact=measure.fact_kind)[:LATEST])
    context: dict[str, Any] = {
        "measure": measure,
        "texts": group(sentence_findings(measure.what)),
        "months": [(each, percent(each.known, 1) if each.known is not None else "") for each in months],
        "silence": _silence_words(measure.max_gap_seconds),
        "columns": SCHEMAS[measure.fact_kind].columns,
        "latest": lines_of(measure.fact_kind, latest, find_few_answers(measure=measure)),
        "batches": list_batches(reader=reader).filter(measure=measure)[:LATEST],
        "promises": queries.list_promises(reader=reader, measure=measure),
        "late_pauses": list_late_pauses(measure=measure).count() if measure.fact_kind == FactKind.CASES else 0,
        "may_manage": can(reader, "measure.manage"),
        "may_enter": can(reader, "fact.enter"),
    }
    return render(request, "slas/measure_detail.html", context)


def _silence_words(seconds: int | None) -> str:
    if seconds is None:
        return ""
    return _("%(hours)s hours, then nothing is known") % {"hours": f"{seconds / 3600:g}"}


def measure_create(request: TenantRequest, tenant: str) -> HttpResponse:
    """A new measure."""
    authorise(request.membership, "measure.manage")
    about = (request.GET.get("component", ""), request.GET.get("kind", ""))
    form = MeasureForm(sent(request), about=about)
    measure = attempt(form, lambda _data: actions.create_measure(**form.details()))
    if measure:
        messages.success(request, _("Saved. Now bring its facts."))
        return redirect("measure_detail", tenant=tenant, slug=measure.slug)
    back = reverse("measure_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("New measure"), send=_("Save"), back=back)


def measure_edit(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """What is said about a measure."""
    measure = get_or_404(queries.get_measure, reader=request.membership, slug=slug)
    authorise(request.membership, "measure.manage")
    form = MeasureForm(sent(request), measure=measure)
    told = actions.Told(request.membership, clock.now())
    if attempt(
        form,
        lambda data: actions.change_measure(
            measure=measure, told=replace(told, reason=data["reason"]), **form.details()
        ),
    ):
        queue_on_commit(recompute_dirty_targets)
        messages.success(request, _("Saved."))
        return redirect("measure_detail", tenant=tenant, slug=slug)
    back = reverse("measure_detail", kwargs={"tenant": tenant, "slug": slug})
    return form_page(request, form, title=_("Edit “%(name)s”") % {"name": measure.name}, send=_("Save"), back=back)
