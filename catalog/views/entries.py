"""Versions of what the catalogue says, in the browser: written, approved, published, compared."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.actions import entries as actions
from catalog.errors import EntryChanged
from catalog.forms.entries import EntryForm, PublishForm
from catalog.models import EntryVersion, Service
from catalog.queries import entries as queries
from catalog.queries.services import get_service
from portal import clock
from portal.accounts.policies import authorise, can
from portal.language.jargon.offers import rewritten
from portal.pages import attempt, form_page, get_or_404, respond
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest

PAGE = "catalog/entry_edit.html"


@require_safe
def entry_versions(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """All versions of an entry, each against the one before it."""
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    reader = request.membership
    context = {
        "service": service,
        "lines": queries.list_lines(reader=reader, service=service),
        "retirement": queries.find_planned_retirement(service=service),
        "may_manage": can(reader, "service.manage"),
        "may_approve": queries.may_read_drafts(reader=reader, service=service) and can(reader, "entry.approve"),
        "may_publish": can(reader, "entry.publish"),
        "may_retire": can(reader, "service.retire"),
    }
    return render(request, "catalog/entry_versions.html", context)


def entry_edit(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """Write the draft; words that readers may not know are told while one writes, each with its plain phrase."""
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    authorise(request.membership, "service.manage")
    newest = _newest(service)
    if request.method != "POST":
        return _page(request, service, EntryForm(service=service, version=newest))
    form = EntryForm(_said(request.POST, service), service=service, version=newest)
    if "look" in request.POST or "reword" in request.POST or not form.is_valid():
        return _page(request, service, form, status=422 if form.errors else 200)
    try:
        actions.save_draft(
            service=service,
            words=form.words(),
            began=form.cleaned_data["began"],
            by=request.membership,
            now=clock.now(),
        )
    except EntryChanged as refusal:
        return _merge(request, service, form, refusal)
    messages.success(request, _("The draft is saved. Ask the manager or the business owner to approve it."))
    return redirect("entry_versions", tenant=tenant, slug=slug)


@require_POST
def entry_approve(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """Stand by the draft as it was read."""
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    authorise(request.membership, "entry.approve")
    get_or_404(queries.get_open, reader=request.membership, service=service)
    try:
        read = request.POST.get("read", "")
        actions.approve_entry(service=service, read=read, by=request.membership, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Approved. The manager publishes it."))
    return redirect("entry_versions", tenant=tenant, slug=slug)


def entry_publish(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """Publish what was approved, now or on a day; with a reason where readers may not know its words."""
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    authorise(request.membership, "entry.publish")
    newest = queries.find_open(service=service) or _newest(service)
    form = PublishForm(request.POST if request.method == "POST" else None, initial={"read": newest.token})
    today = clock.today(request.tenant.time_zone)
    published = attempt(
        form,
        lambda data: actions.publish_entry(
            service=service, by=request.membership, now=clock.now(), today=today, **data
        ),
    )
    if published:
        said = _("Published.") if published.published_at else _("It is published on its day.")
        messages.success(request, said)
        return redirect("entry_versions", tenant=tenant, slug=slug)
    findings = queries.list_findings(words=queries.words_of(newest), service=service)
    return form_page(
        request,
        form,
        title=_("Publish version %(number)s of “%(name)s”") % {"number": newest.number, "name": newest.name},
        intro=_("Everybody who has the service is told."),
        warnings=[f"{each.label}: “{each.finding.words}”. {each.finding.why}" for each in findings],
        send=_("Publish"),
        back=reverse("entry_versions", kwargs={"tenant": tenant, "slug": slug}),
    )


def _newest(service: Service) -> EntryVersion:
    return queries.find_newest(service=service, now=clock.now())


def _said(data: QueryDict, service: Service) -> QueryDict:
    """What was sent, with the plain phrase in its place where its button was pressed (`reword=description:12`)."""
    said = data.copy()
    name, _colon, start = data.get("reword", "").partition(":")
    for each in queries.list_findings(words=_texts(data, service), service=service) if start else ():
        if each.name == name and str(each.finding.start) == start and each.finding.plain:
            said[name] = rewritten(str(data[name]), each.finding)
    return said


def _texts(data: QueryDict, service: Service) -> dict[str, str]:
    return {name: str(data.get(name, "")) for name in queries.fields_of(service)}


def _merge(request: TenantRequest, service: Service, form: EntryForm, refusal: Refusal) -> HttpResponse:
    """Both texts side by side; what is saved next is what the person has made of both."""
    newest = _newest(service)
    said = request.POST.copy()
    said["began"] = newest.token
    mine = _texts(said, service)
    changes = queries.list_changes(before=queries.words_of(newest), after=mine, names=queries.fields_of(service))
    merging = EntryForm(said, service=service, version=newest)
    merging.is_valid()
    merging.add_error(None, str(refusal))
    theirs = [each for each in changes if not each.is_same]
    return _page(request, service, merging, status=422, theirs=theirs, newest=newest)


def _page(request: TenantRequest, service: Service, form: EntryForm, *, status: int = 200, **more: Any) -> HttpResponse:
    texts = {name: str(form[name].value() or "") for name in queries.fields_of(service)}
    findings = queries.list_findings(words=texts, service=service)
    context = {"service": service, "form": form, "findings": findings} | more
    return respond(request, PAGE, "findings", context, status=status)
