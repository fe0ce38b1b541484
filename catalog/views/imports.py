"""Services from a table in the browser: looked at, written, taken back; and the whole catalogue as a file."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.actions import imports as actions
from catalog.exports import catalogue_document
from catalog.forms.imports import TableForm, UsesForm
from catalog.importers.files import Table
from catalog.importers.services import (
    ColumnUse,
    ImportPlan,
    check_uses,
    differences,
    plan_import,
    read_services,
    suggest_uses,
)
from catalog.models import ImportState, ServiceImport
from catalog.queries import imports as queries
from portal import clock
from portal.accounts.policies import authorise
from portal.audit.actions import record
from portal.exports import csv_of
from portal.pages import attempt, get_or_404, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest

SHOWN = 20
MOST_LISTED = 30
MOST_KEPT = 1_000


def service_import(request: TenantRequest, tenant: str) -> HttpResponse:
    """Choose a table; the tables that were brought before."""
    authorise(request.membership, "service.manage")
    form = TableForm(sent(request), request.FILES or None)
    kept = attempt(form, lambda data: _keep(request, form, data))
    if kept:
        return redirect("import_detail", tenant=tenant, import_id=kept.pk)
    brought = queries.list_imports(reader=request.membership)[:MOST_LISTED]
    context = {"form": form, "brought": brought}
    return render(request, "catalog/service_import.html", context, status=422 if form.errors else 200)


def import_detail(request: TenantRequest, tenant: str, import_id: int) -> HttpResponse:
    """What the columns of a table are and what it would write; afterwards what it wrote."""
    authorise(request.membership, "service.manage")
    brought = get_or_404(queries.get_import, reader=request.membership, import_id=import_id)
    if brought.state != ImportState.CHECKED:
        return render(request, "catalog/import_done.html", _done(brought))
    table = read_services(bytes(brought.content))
    form = UsesForm(sent(request), table=table, uses=_uses(brought))
    if attempt(form, lambda _data: actions.explain_table(table=brought, uses=_plain(form.uses()))):
        return redirect("import_detail", tenant=tenant, import_id=brought.pk)
    context = {"brought": brought, "form": form, "rows": len(table.records)} | _planned(brought, table)
    return render(request, "catalog/import_detail.html", context, status=422 if form.errors else 200)


@require_POST
def import_write(request: TenantRequest, tenant: str, import_id: int) -> HttpResponse:
    """Write what was shown; where it would write something else by now, that is shown first."""
    authorise(request.membership, "service.manage")
    brought = get_or_404(queries.get_import, reader=request.membership, import_id=import_id)
    back = redirect("import_detail", tenant=tenant, import_id=import_id)
    plan = _plan(brought, read_services(bytes(brought.content))) if brought.state == ImportState.CHECKED else None
    if plan and request.POST.get("seen") != plan.seen_code:
        messages.error(request, _("Something changed since. This is what it would write now: say yes to that."))
        return back
    try:
        written = actions.import_services(
            table=brought,
            planned=plan.planned if plan else [],
            left_out=[asdict(problem) for problem in plan.problems[:MOST_KEPT]] if plan else [],
            by=request.membership,
            on=clock.today(request.tenant.time_zone),
            now=clock.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written: %(new)s new, %(changed)s changed.") % written.outcome)
    return back


@require_POST
def import_undo(request: TenantRequest, tenant: str, import_id: int) -> HttpResponse:
    """Take back all that a table wrote."""
    authorise(request.membership, "service.manage")
    brought = get_or_404(queries.get_import, reader=request.membership, import_id=import_id)
    try:
        actions.undo_import(table=brought, by=request.membership, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back."))
    return redirect("import_detail", tenant=tenant, import_id=import_id)


@require_POST
def import_drop(request: TenantRequest, tenant: str, import_id: int) -> HttpResponse:
    """Drop a table that was only looked at."""
    authorise(request.membership, "service.manage")
    brought = get_or_404(queries.get_import, reader=request.membership, import_id=import_id)
    try:
        actions.drop_table(table=brought)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("import_detail", tenant=tenant, import_id=import_id)
    messages.success(request, _("Dropped. Nothing was written."))
    return redirect("service_import", tenant=tenant)


def import_problems(request: TenantRequest, tenant: str, import_id: int) -> HttpResponse:
    """The rows that cannot be used, to put right in a spreadsheet."""
    authorise(request.membership, "service.manage")
    brought = get_or_404(queries.get_import, reader=request.membership, import_id=import_id)
    names = ("row", "field", "what", "to_do")
    lines = [[problem[name] for name in names] for problem in _problems(brought)]
    answer = HttpResponse(csv_of(names, lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="import-{brought.pk}-problems.csv"'
    return answer


@require_safe
def catalogue_json(request: TenantRequest, tenant: str) -> HttpResponse:
    """The whole catalogue as a file."""
    authorise(request.membership, "catalogue.export")
    now = clock.now()
    document = catalogue_document(tenant=request.tenant, now=now)
    record(act="catalogue.exported", actor_id=request.user.pk, at=now, services=len(document["service"]))
    answer = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="catalogue-{request.tenant.slug}.json"'
    return answer


def _keep(request: TenantRequest, form: TableForm, data: dict[str, Any]) -> ServiceImport:
    assert form.table is not None  # noqa: S101 - a valid form has one
    uses = _plain(suggest_uses(form.table.columns))
    said = {"service_class": data["service_class"], "stage": data["stage"], "uses": uses}
    table = ServiceImport(file_name=data["file"].name[:200], **said)
    return actions.keep_table(table=table, content=form.content, by=request.membership, now=clock.now())


def _planned(brought: ServiceImport, table: Table) -> dict[str, Any]:
    if check_uses(_uses(brought)):
        return {"plan": None}
    plan = _plan(brought, table)
    return {
        "plan": plan,
        "made": plan.made[:SHOWN],
        "more_made": max(0, len(plan.made) - SHOWN),
        "changed": [(each, list(differences(each))) for each in plan.changed[:SHOWN]],
        "more_changed": max(0, len(plan.changed) - SHOWN),
        "problems": plan.problems[:SHOWN],
        "more_problems": max(0, len(plan.problems) - SHOWN),
    }


def _done(brought: ServiceImport) -> dict[str, Any]:
    problems = brought.outcome["left_out"]
    return {"brought": brought, "problems": problems[:SHOWN], "more_problems": max(0, len(problems) - SHOWN)}


def _problems(brought: ServiceImport) -> list[dict[str, Any]]:
    if brought.state != ImportState.CHECKED:
        return list(brought.outcome["left_out"])
    if check_uses(_uses(brought)):
        return []
    plan = _plan(brought, read_services(bytes(brought.content)))
    return [asdict(problem) for problem in plan.problems]


def _plan(brought: ServiceImport, table: Table) -> ImportPlan:
    return plan_import(table=table, uses=_uses(brought), service_class=brought.service_class)


def _uses(brought: ServiceImport) -> dict[str, ColumnUse]:
    return {column: ColumnUse(**said) for column, said in brought.uses.items()}


def _plain(uses: dict[str, ColumnUse]) -> dict[str, dict[str, str]]:
    return {column: asdict(said) for column, said in uses.items()}
