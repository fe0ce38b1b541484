"""One service in the browser, with how it does."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.queries.components import get_component
from catalog.queries.entries import find_planned_retirement, list_told
from catalog.queries.goals import get_goal
from catalog.queries.services import get_service
from catalog.views.composition import drawn_map, opened_in
from portal import clock
from portal.accounts.policies import authorise, can
from portal.conversations.forms import StartForm
from portal.pages import attempt, form_page, get_or_404, respond, sent
from portal.tenancy.middleware import TenantRequest
from reporting.actions.services import talk_about_service
from reporting.queries import services_detail, services_goals, services_parts
from reporting.queries.component_measures import list_fitting
from reporting.queries.context import list_unknown
from reporting.queries.goal_tree import list_standings, list_values
from reporting.queries.services_purpose import list_work

VALUES = 12  # of those that people said of a goal


@require_safe
def service_detail(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """One service; `show=list` lists what the map draws."""
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    page = services_detail.get_service_page(
        reader=request.membership,
        service=service,
        today=clock.today(request.tenant.time_zone),
        currency=request.tenant.currency,
        opened=opened_in(request),
    )
    context = {
        "page": page,
        "drawn": drawn_map(request, page.composition, _("What %(name)s is made of") % {"name": service.name}),
        "service": service,
        "show": "list" if request.GET.get("show") == "list" else "map",
        "unknown": list_unknown(reader=request.membership, service=service, now=clock.now()),
        "work": list_work(reader=request.membership, service=service, now=clock.now()),
        "told": list_told(service=service),
        "retirement": find_planned_retirement(service=service),
        "may_manage": can(request.membership, "service.manage"),
        "may_raise": can(request.membership, "need.raise"),
        "may_talk": can(request.membership, "comment.write"),
    }
    return respond(request, "reporting/service_detail.html", "made_of", context)


@require_safe
def service_difference(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """Why the design gives one figure and the month another."""
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    today = clock.today(request.tenant.time_zone)
    design, month = services_detail.get_service_design(reader=request.membership, service=service, today=today)
    context = {"service": service, "design": design, "month": month}
    return render(request, "reporting/service_difference.html", context)


def service_talk(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """A conversation about a service."""
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    authorise(request.membership, "comment.write")
    form = StartForm(sent(request), reader=request.membership, today=clock.today(request.tenant.time_zone))
    form.initial["subject"] = service.name
    started = attempt(
        form, lambda data: talk_about_service(service=service, by=request.membership, now=clock.now(), **data)
    )
    if started:
        return redirect("conversation_detail", tenant=tenant, conversation_id=started.pk)
    back = reverse("service_detail", kwargs={"tenant": tenant, "slug": slug})
    title = _("Talk about “%(name)s”") % {"name": service.name}
    return form_page(request, form, title=title, send=_("Send"), back=back)


@require_safe
def component_status(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """How one component did; the component's own page shows this as its part."""
    component = get_or_404(get_component, reader=request.membership, slug=slug)
    today = clock.today(request.tenant.time_zone)
    promises = services_parts.list_component_promises(reader=request.membership, component=component, today=today)
    context = {
        "component": component,
        "promises": promises,
        "fitting": list_fitting(reader=request.membership, component=component),
        "may_measure": can(request.membership, "measure.manage"),
    }
    return respond(request, "reporting/component_status.html", "status", context)


@require_safe
def goal_progress(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """How far a goal is; the goal's own page shows this as its part."""
    goal = get_or_404(get_goal, reader=request.membership, slug=slug)
    today = clock.today(request.tenant.time_zone)
    context = {
        "goal": goal,
        "progress": services_goals.get_progress(goal=goal, today=today),
        "standing": list_standings(goals=[goal], today=today).get(goal.pk),
        "values": list_values(goal=goal)[:VALUES],
        "may_count": goal.target_value is not None and can(request.membership, "goal.count"),
        "may_state": can(request.membership, "value.state"),
    }
    return respond(request, "reporting/goal_progress.html", "progress", context)
