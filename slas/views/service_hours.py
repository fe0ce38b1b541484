"""Service hours in the browser."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest
from slas.actions import service_hours as actions
from slas.forms.service_hours import HoursForm
from slas.queries import service_hours as queries
from slas.queries.wording import hours_findings
from slas.queries.wording_texts import group

PAGE = 25
COMING = 12


def hours_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """When things are promised."""
    page = Paginator(queries.list_hours(), PAGE).get_page(request.GET.get("page"))
    return render(
        request, "slas/hours_list.html", {"page": page, "may_manage": can(request.membership, "hours.manage")}
    )


def hours_detail(request: TenantRequest, tenant: str, hours_id: int) -> HttpResponse:
    """The week, the dates that differ, how much time that is, and which promises count by it."""
    hours = get_or_404(queries.get_hours, hours_id=hours_id)
    today = clock.today(request.tenant.time_zone)
    versions = list(queries.list_hours_versions(hours=hours))
    context = {
        "hours": hours,
        "week": queries.week_of(hours=hours),
        "coming": queries.coming_dates(hours=hours, today=today)[:COMING],
        "months": queries.month_hours(hours=hours, today=today),
        "promises": queries.list_promises_by(reader=request.membership, hours=hours),
        "versions": versions,
        "texts": group(hours_findings(hours)),
        "may_edit": can(request.membership, "hours.manage") and versions[0] == hours,
    }
    return render(request, "slas/hours_detail.html", context)


def hours_create(request: TenantRequest, tenant: str) -> HttpResponse:
    """New service hours."""
    authorise(request.membership, "hours.manage")
    form = HoursForm(sent(request))
    hours = attempt(
        form, lambda _data: actions.create_hours(details=form.details(), by=request.membership, now=clock.now())
    )
    if hours:
        messages.success(request, _("Saved."))
        return redirect("hours_detail", tenant=tenant, hours_id=hours.pk)
    back = reverse("hours_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("New service hours"), send=_("Save"), back=back)


def hours_edit(request: TenantRequest, tenant: str, hours_id: int) -> HttpResponse:
    """Other hours; where an agreement counts by them already, as a new version."""
    hours = get_or_404(queries.get_hours, hours_id=hours_id)
    authorise(request.membership, "hours.manage")
    form = HoursForm(sent(request), hours=hours)
    edited = attempt(
        form,
        lambda _data: actions.edit_hours(hours=hours, details=form.details(), by=request.membership, now=clock.now()),
    )
    if edited:
        words = _("Saved. What counts by version %(old)s keeps it; drafts count by version %(new)s.")
        is_new = edited.version > hours.version
        messages.success(request, words % {"old": hours.version, "new": edited.version} if is_new else _("Saved."))
        return redirect("hours_detail", tenant=tenant, hours_id=edited.pk)
    back = reverse("hours_detail", kwargs={"tenant": tenant, "hours_id": hours_id})
    intro = _(
        "Agreements in force keep the hours that both sides accepted, until their next version. Drafts count by the new"
        " hours from their day on, and by the old ones before."
    )
    title = _("Edit “%(name)s”") % {"name": hours.name}
    return form_page(request, form, title=title, intro=intro, send=_("Save"), back=back)
