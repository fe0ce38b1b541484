"""The catalogue in the browser and as a table; filters, words and order are in the address."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from catalog.queries.saved_views import list_saved_views
from portal import clock
from portal.accounts.policies import can
from portal.audit.actions import record
from portal.pages import respond
from portal.tenancy.middleware import TenantRequest
from reporting.exports.services import services_csv, services_xlsx
from reporting.queries import services

SORTS = {"name": "by name", "status": "worst first", "cost": "by cost"}
FITTING = {"name": "best fit first"}
LONGEST_SEARCH = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def service_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """What the business can ask for, or what supports it."""
    wanted = _wanted(request.GET)
    catalogue = services.get_catalogue(
        reader=request.membership,
        wanted=wanted,
        today=clock.today(request.tenant.time_zone),
        currency=request.tenant.currency,
    )
    address = urlencode(_address(catalogue))
    context = {
        "catalogue": catalogue,
        "chips": [_chip(catalogue, *chosen) for chosen in catalogue.chosen],
        "clear_url": f"?{urlencode(_address(catalogue, without_filters=True))}",
        "kept": [("for", ""), ("stage", ""), *_plain(wanted)],
        "searched": [("for", ""), ("stage", ""), *_filters(catalogue), ("view", _view(wanted))],
        "sorts": (SORTS | FITTING if wanted.words else SORTS).items(),
        "address": address,
        "saved_views": list_saved_views(reader=request.membership),
        "may_keep": can(request.membership, "view.keep"),
        "may_raise": can(request.membership, "need.raise"),
        "may_manage": can(request.membership, "service.manage"),
    }
    return respond(request, "reporting/service_list.html", "list", context)


@require_safe
def service_csv(request: TenantRequest, tenant: str) -> HttpResponse:
    """What the list would show on all its pages, as a table."""
    return _table(request, "csv", "text/csv; charset=utf-8", services_csv(entries=_entries(request)))


@require_safe
def service_workbook(request: TenantRequest, tenant: str) -> HttpResponse:
    """The same table as a workbook."""
    return _table(request, "xlsx", XLSX, services_xlsx(entries=_entries(request)))


def _entries(request: TenantRequest) -> list[services.Entry]:
    today = clock.today(request.tenant.time_zone)
    chosen = services.select_services(reader=request.membership, wanted=_wanted(request.GET), today=today)
    return services.list_entries(chosen=chosen, services=chosen.shown, currency=request.tenant.currency)


def _table(request: TenantRequest, ending: str, kind: str, content: str | bytes) -> HttpResponse:
    record(act="services.exported", actor_id=request.user.pk, at=clock.now(), subject="Services", file=ending)
    named = f'attachment; filename="services-{request.tenant.slug}.{ending}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": named})


def _wanted(address: QueryDict) -> services.Wanted:
    def values(name: str) -> frozenset[str]:
        return frozenset(filter(None, address.getlist(name)))

    return services.Wanted(
        whom=values("for") if "for" in address else None,
        kinds=values("kind"),
        statuses=values("status"),
        goals=values("goal"),
        categories=values("category"),
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
