"""The promises of an agreement as a table: taken away, and brought into a draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from portal import clock
from portal.accounts.policies import authorise
from portal.exports import csv_of
from portal.pages import attempt, sent
from portal.tenancy.middleware import TenantRequest
from slas.actions import targets as actions
from slas.forms.target_sheet import COLUMNS, Sheet, SheetUploadForm, column_words, record_of
from slas.models import Agreement
from slas.queries import agreements as queries
from slas.views.facts import csv_response
from slas.views.versions import to_version, url_of, version_of

SHOWN = 50


def target_table(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """All promises of a version, a row each."""
    agreement = version_of(request, slug, version)
    records = [record_of(target) for target in queries.list_agreement_targets(agreement=agreement)]
    text = csv_of(COLUMNS, [[record[name] for name in COLUMNS] for record in records])
    return csv_response(text, f"{slug}-v{version}-promises.csv")


def target_import(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """A table of promises is checked, what it would do is shown, and then it is written into the draft."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    form = SheetUploadForm(sent(request), request.FILES or None, agreement=agreement)
    if form.is_valid() and form.sheet and not form.sheet.problems and form.confirm():
        saved = attempt(form, lambda _data: _save(request, agreement, form.sheet))
        if saved is not None:
            words = ngettext("%(n)s promise written.", "%(n)s promises written.", len(saved)) % {"n": len(saved)}
            messages.success(request, words)
            return to_version(agreement)
    context = {
        "form": form,
        "agreement": agreement,
        "sheet": form.sheet,
        "columns": list(column_words()),
        "shown": SHOWN,
        "back": url_of(agreement),
    }
    is_wrong = form.errors or (form.sheet and form.sheet.problems)
    return render(request, "slas/target_import.html", context, status=422 if is_wrong else 200)


def _save(request: TenantRequest, agreement: Agreement, sheet: Sheet | None) -> list[object]:
    targets = sheet.to_save if sheet else []
    return [*actions.save_targets(agreement=agreement, targets=targets, by=request.membership, now=clock.now())]
