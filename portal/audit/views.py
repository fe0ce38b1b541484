"""The audit in the browser, for administrators and auditors."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import clock
from portal.accounts.policies import authorise
from portal.audit import exports, queries
from portal.audit.actions import record
from portal.audit.errors import TooManyEntries
from portal.audit.forms import NarrowForm
from portal.exports import csv_file
from portal.tenancy.middleware import TenantRequest

PAGE = 50
MOST_IN_A_FILE = 10_000


@require_safe
def audit_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """Acts that changed no row: signing in, exports, refusals, reading of evidence."""
    form = _act_form(request)
    found = queries.list_acts(wanted=form.narrowing()) if form.is_valid() else []
    return _show(request, "audit/audit_list.html", form, found, lambda page: queries.list_act_lines(entries=page))


@require_safe
def history_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """Every change of a row whose history is kept, with what it was before."""
    form = _change_form(request)
    found = queries.list_changes(wanted=form.narrowing()) if form.is_valid() else []
    return _show(request, "audit/history_list.html", form, found, lambda page: queries.list_change_lines(changes=page))


@require_safe
def audit_csv(request: TenantRequest, tenant: str) -> HttpResponse:
    """The chosen acts as a file."""
    form = _act_form(request)
    found = queries.list_acts(wanted=form.narrowing()) if form.is_valid() else None
    make = lambda rows: exports.acts_csv(lines=queries.list_act_lines(entries=rows))  # noqa: E731
    return _send(request, form, found, make, name="acts", page="audit/audit_list.html")


@require_safe
def history_csv(request: TenantRequest, tenant: str) -> HttpResponse:
    """The chosen changes as a file."""
    form = _change_form(request)
    found = queries.list_changes(wanted=form.narrowing()) if form.is_valid() else None
    make = lambda rows: exports.changes_csv(lines=queries.list_change_lines(changes=rows))  # noqa: E731
    return _send(request, form, found, make, name="changes", page="audit/history_list.html")


def _act_form(request: TenantRequest) -> NarrowForm:
    authorise(request.membership, "audit.read")
    kinds = [(act, act) for act in queries.list_kinds_of_act()]
    return NarrowForm(request.GET, kinds=kinds, kind_label=_("Act"))


def _change_form(request: TenantRequest) -> NarrowForm:
    authorise(request.membership, "audit.read")
    kinds = [(kind, queries.name_of(table)) for kind, table in queries.list_things().items()]
    return NarrowForm(request.GET, kinds=kinds, kind_label=_("Thing"))


def _show(
    request: TenantRequest, template: str, form: NarrowForm, found: Any, lines: Callable[[Any], Any]
) -> HttpResponse:
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "lines": lines(page.object_list), "query": request.GET.urlencode()}
    return render(request, template, context, status=422 if form.errors else 200)


def _send(
    request: TenantRequest, form: NarrowForm, found: Any, make: Callable[[Iterable[Any]], str], *, name: str, page: str
) -> HttpResponse:
    count = 0 if found is None else found.count()
    if count > MOST_IN_A_FILE:
        form.add_error(None, str(TooManyEntries(found=f"{count:,}", most=f"{MOST_IN_A_FILE:,}")))
    if found is None or form.errors:
        return _show(request, page, form, [], list)
    text = make(found[:MOST_IN_A_FILE])
    record(act="audit.exported", actor_id=request.user.pk, at=clock.now(), subject=name, entries=count)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(csv_file(text), content_type="text/csv; charset=utf-8", headers=headers)
