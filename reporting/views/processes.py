"""Processes of the business in the browser: read by both sides, filled in bit by bit by the unit whose work it is."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.actions import processes as actions
from catalog.forms.processes import AboutForm, NewProcessForm, PeakForm, StepForm, SupportForm
from catalog.models import BusinessProcess
from catalog.queries import processes as catalog
from portal import clock
from portal.accounts.policies import authorise, can
from portal.accounts.queries import belongs_to
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from reporting.actions.follow_ups import answer_at_process
from reporting.actions.standstill import drop_step, say_standstill
from reporting.forms.value import StandstillForm
from reporting.queries import processes as queries
from reporting.queries.context import list_people
from reporting.queries.reviews import get_context_request
from reporting.queries.standstill import list_said

PAGE = 25
PART = re.compile(r"(?P<what>[a-z_]+)(?:-(?P<row>[0-9]{1,18}))?")  # about, step, name-7, drop_peak-3


@require_safe
def process_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """How the business works, by process."""
    found = catalog.list_processes(reader=request.membership)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.list_rows(processes=page, now=clock.now(), currency=request.tenant.currency),
        "may_tell": can(request.membership, "context.give"),
    }
    return render(request, "reporting/process_list.html", context)


def process_create(request: TenantRequest, tenant: str) -> HttpResponse:
    """A unit names a process of its own."""
    authorise(request.membership, "context.give")
    today, by = clock.today(request.tenant.time_zone), request.membership
    form = NewProcessForm(sent(request), reader=by, today=today)
    made = attempt(
        form,
        lambda data: actions.describe_process(
            unit=data["business_unit"], details=form.details(by), by=by, now=clock.now()
        ),
    )
    if made:
        messages.success(request, _("Saved. Now name its steps."))
        return redirect(f"{_tell_url(tenant, made)}?at=step")
    return form_page(
        request,
        form,
        title=_("Describe a process"),
        intro=_("A name and a sentence are enough to begin. Each bit is saved, and you can go on another day."),
        send=_("Save and go on"),
        back=reverse("process_list", kwargs={"tenant": tenant}),
    )


@require_safe
def process_detail(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """One process: its steps, what each rests on, what an hour costs, when it is heavy; who said so and when."""
    process = get_or_404(catalog.get_process, reader=request.membership, slug=slug)
    context = {
        "page": queries.get_process_page(
            reader=request.membership, process=process, now=clock.now(), currency=request.tenant.currency
        ),
        "may_tell": belongs_to(member=request.membership, unit=process.business_unit),
        "may_ask": can(request.membership, "context.ask"),
    }
    return render(request, "reporting/process_detail.html", context)


def process_tell(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """The form of a process owner: one page, each part saved by itself, without script too."""
    process = get_or_404(catalog.get_process, reader=request.membership, slug=slug)
    authorise(request.membership, "context.give")
    if not belongs_to(member=request.membership, unit=process.business_unit):
        raise PermissionDenied("context.give")
    match = PART.fullmatch(request.POST.get("part", ""))
    what, row = (match["what"], int(match["row"] or 0)) if match else ("", 0)
    if what in PRESSED:
        return _pressed(request, process, what, row)
    forms = _forms(request, process, match[0] if match else "")
    form = forms.get(match[0]) if match else None
    if form is not None and attempt(form, lambda _data: WRITTEN[what](request, process, row, form)) is not None:
        return redirect(f"{_tell_url(tenant, process)}{PLACES[what]}")
    status = 422 if request.method == "POST" else 200
    return render(request, "reporting/process_tell.html", _tell_context(request, process, forms), status=status)


def _tell_context(request: TenantRequest, process: BusinessProcess, forms: dict[str, Form]) -> dict[str, Any]:
    page = queries.get_process_page(
        reader=request.membership, process=process, now=clock.now(), currency=request.tenant.currency
    )
    if (request.GET.get("at") == "step" and request.method == "GET") or forms["step"].errors:
        forms["step"].fields["name"].widget.attrs["autofocus"] = True
    return {
        "page": page,
        "forms": forms,
        "lines": [
            (line, forms[f"name-{line.step.pk}"], forms[f"support-{line.step.pk}"], forms[f"cost-{line.step.pk}"])
            for line in page.steps
        ],
    }


def _forms(request: TenantRequest, process: BusinessProcess, part: str) -> dict[str, Form]:
    """Each form of the page by its part; the one that was sent holds what was sent."""

    def data(name: str) -> Any:
        return request.POST if name == part else None

    steps, people = process.steps.all(), list_people(unit=process.business_unit)
    offered, said = catalog.list_supporting(reader=request.membership), list_said(steps=steps)
    forms: dict[str, Form] = {
        "about": AboutForm(data("about"), people=people, process=process),
        "step": StepForm(data("step")),
        "peak": PeakForm(data("peak")),
    }
    for step in steps:
        name, support, cost = (f"{what}-{step.pk}" for what in ("name", "support", "cost"))
        forms[name] = StepForm(data(name), step=step)
        forms[support] = SupportForm(data(support), step=step, offered=offered)
        forms[cost] = StandstillForm(data(cost), step=step, currency=request.tenant.currency, said=said.get(step.pk))
    return forms


Written = Callable[[TenantRequest, BusinessProcess, int, Any], object]


def _told(request: TenantRequest) -> dict[str, Any]:
    return {"by": request.membership, "now": clock.now()}


def _write_about(request: TenantRequest, process: BusinessProcess, row: int, form: Any) -> object:
    return actions.edit_process(process=process, details=form.details(), **_told(request))


def _write_step(request: TenantRequest, process: BusinessProcess, row: int, form: Any) -> object:
    return actions.add_step(process=process, **form.cleaned_data, **_told(request))


def _write_name(request: TenantRequest, process: BusinessProcess, row: int, form: Any) -> object:
    step = get_or_404(catalog.get_step, process=process, step_id=row)
    return actions.rename_step(step=step, **form.cleaned_data, **_told(request))


def _write_support(request: TenantRequest, process: BusinessProcess, row: int, form: Any) -> object:
    step = get_or_404(catalog.get_step, process=process, step_id=row)
    return actions.rest_on(step=step, **form.cleaned_data, **_told(request))


def _write_cost(request: TenantRequest, process: BusinessProcess, row: int, form: Any) -> object:
    step = get_or_404(catalog.get_step, process=process, step_id=row)
    today = clock.today(request.tenant.time_zone)
    return say_standstill(step=step, details=form.details(), on=today, **_told(request))


def _write_peak(request: TenantRequest, process: BusinessProcess, row: int, form: Any) -> object:
    return actions.add_peak(process=process, details=form.details(), **_told(request))


WRITTEN: dict[str, Written] = {
    "about": _write_about,
    "step": _write_step,
    "name": _write_name,
    "support": _write_support,
    "cost": _write_cost,
    "peak": _write_peak,
}


def _press_up(request: TenantRequest, process: BusinessProcess, row: int) -> object:
    step = get_or_404(catalog.get_step, process=process, step_id=row)
    return actions.move_step(step=step, is_up=True, **_told(request))


def _press_down(request: TenantRequest, process: BusinessProcess, row: int) -> object:
    step = get_or_404(catalog.get_step, process=process, step_id=row)
    return actions.move_step(step=step, is_up=False, **_told(request))


def _press_drop_step(request: TenantRequest, process: BusinessProcess, row: int) -> object:
    return drop_step(step=get_or_404(catalog.get_step, process=process, step_id=row), **_told(request))


def _press_drop_support(request: TenantRequest, process: BusinessProcess, row: int) -> object:
    support = get_or_404(catalog.get_support, process=process, support_id=row)
    return actions.remove_support(support=support, **_told(request))


def _press_drop_peak(request: TenantRequest, process: BusinessProcess, row: int) -> object:
    return actions.remove_peak(peak=get_or_404(catalog.get_peak, process=process, peak_id=row), **_told(request))


def _press_answer(request: TenantRequest, process: BusinessProcess, row: int) -> object:
    ask = get_or_404(get_context_request, reader=request.membership, request_id=row)
    if ask.business_unit_id != process.business_unit_id:
        raise Http404("A question to another unit")
    return answer_at_process(request=ask, process=process, currency=request.tenant.currency, **_told(request))


PRESSED: dict[str, Callable[[TenantRequest, BusinessProcess, int], object]] = {
    "up": _press_up,
    "down": _press_down,
    "drop_step": _press_drop_step,
    "drop_support": _press_drop_support,
    "drop_peak": _press_drop_peak,
    "answer": _press_answer,
}
PLACES = {
    "about": "#about",
    "step": "?at=step",  # an address that names a place of the page would keep the field from getting the focus
    **dict.fromkeys(("name", "support", "cost", "up", "down", "drop_step", "drop_support"), "#steps"),
    **dict.fromkeys(("peak", "drop_peak"), "#peaks"),
    "answer": "",
}


def _pressed(request: TenantRequest, process: BusinessProcess, what: str, row: int) -> HttpResponse:
    """A button without a form."""
    try:
        PRESSED[what](request, process, row)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Sent to IT.") if what == "answer" else _("Saved."))
    return redirect(f"{_tell_url(request.tenant.slug, process)}{PLACES[what]}")


def _tell_url(tenant: str, process: BusinessProcess) -> str:
    return reverse("process_tell", kwargs={"tenant": tenant, "slug": process.slug})
