"""The catalogue and its services in the browser, with how they do."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.queries.components import get_component
from catalog.queries.goals import get_goal
from catalog.queries.services import get_service
from catalog.views.composition import drawn_map, opened_in
from portal import clock
from portal.accounts.policies import authorise, can
from portal.conversations.forms import StartForm
from portal.pages import attempt, form_page, get_or_404, respond, sent
from portal.tenancy.middleware import TenantRequest
from reporting.actions.services import talk_about_service
from reporting.queries import services, services_detail, services_goals, services_parts
from reporting.queries.context import list_unknown

SORTS = {"name": "by name", "status": "worst first", "cost": "by cost"}
LONGEST_SEARCH = 100


@require_safe
def service_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """What the business can ask for, or what supports it; filters, sorting and search are in the address."""
    wanted = _wanted(request.GET)
    catalogue = services.get_catalogue(
        reader=request.membership,
        wanted=wanted,
        today=clock.today(request.tenant.time_zone),
        currency=request.tenant.currency,
    )
    context = {
        "catalogue": catalogue,
        "chips": [_chip(catalogue, *chosen) for chosen in catalogue.chosen],
        "clear_url": f"?{urlencode(_address(catalogue, without_filters=True))}",
        "kept": [("for", ""), ("stage", ""), *_plain(wanted)],
        "searched": [("for", ""), ("stage", ""), *_filters(catalogue), ("view", _view(wanted))],
        "sorts": SORTS.items(),
        "may_raise": can(request.membership, "need.raise"),
        "may_manage": can(request.membership, "service.manage"),
    }
    return respond(request, "reporting/service_list.html", "list", context)


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
    context = {"component": component, "promises": promises}
    return respond(request, "reporting/component_status.html", "status", context)


@require_safe
def goal_progress(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """How far a goal is; the goal's own page shows this as its part."""
    goal = get_or_404(get_goal, reader=request.membership, slug=slug)
    today = clock.today(request.tenant.time_zone)
    context = {
        "goal": goal,
        "progress": services_goals.get_progress(goal=goal, today=today),
        "may_state": can(request.membership, "value.state"),
    }
    return respond(request, "reporting/goal_progress.html", "progress", context)


def _wanted(address: QueryDict) -> services.Wanted:
    def values(name: str) -> frozenset[str]:
        return frozenset(filter(None, address.getlist(name)))

    return services.Wanted(
        whom=values("for") if "for" in address else None,
        kinds=values("kind"),
        statuses=values("status"),
        goals=values("goal"),
        stages=values("stage") if "stage" in address else None,
        words=address.get("q", "").strip()[:LONGEST_SEARCH],
        sort=address.get("sort", "name"),
        is_supporting=address.get("view") == "supporting",
        page=address.get("page", "1"),
    )


def _view(wanted: services.Wanted) -> str:
    return "supporting" if wanted.is_supporting else "business"


def _plain(wanted: services.Wanted) -> list[tuple[str, str]]:
    """What is no filter: words, order and view."""
    words = [("q", wanted.words)] if wanted.words else []
    return [*words, ("sort", wanted.sort), ("view", _view(wanted))]


def _filters(catalogue: services.Catalogue) -> list[tuple[str, str]]:
    return [(name, value) for name, value, _label in catalogue.chosen]


def _address(catalogue: services.Catalogue, *, without_filters: bool = False) -> list[tuple[str, str]]:
    filters = [] if without_filters else _filters(catalogue)
    return [("for", ""), ("stage", ""), *filters, *_plain(catalogue.wanted)]


def _chip(catalogue: services.Catalogue, name: str, value: str, label: str) -> dict[str, Any]:
    left = [pair for pair in _address(catalogue) if pair != (name, value)]
    return {"label": label, "url": f"?{urlencode(left)}"}
