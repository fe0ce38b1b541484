"""The portfolio in the browser."""

from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from catalog.models import Stage
from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import respond
from portal.tenancy.middleware import TenantRequest
from reporting.queries.portfolio import SORTS, Wanted, get_portfolio
from reporting.queries.portfolio_votes import find_open_review, get_review_page, next_review_on

LONGEST = 120


@require_safe
def portfolio(request: TenantRequest, tenant: str) -> HttpResponse:
    """Where the money goes, what it brings, and what to decide next; filters are in the address."""
    authorise(request.membership, "portfolio.read")
    wanted = wanted_in(request.GET)
    page = get_portfolio(
        reader=request.membership,
        wanted=wanted,
        today=clock.today(request.tenant.time_zone),
        currency=request.tenant.currency,
    )
    review = find_open_review(reader=request.membership)
    context = {
        "portfolio": page,
        "to_decide": get_review_page(reader=request.membership, review=review, tenant=tenant) if review else None,
        "next_review": None if review else next_review_on(),
        "sorts": SORTS.items(),
        "kept": urlencode({name: value for name, _words, value, _choices in page.filters if value}),
        "may_manage": can(request.membership, "service.manage"),
        "may_decide": can(request.membership, "portfolio.manage"),
    }
    return respond(request, "reporting/portfolio.html", "portfolio", context)


def wanted_in(address: QueryDict) -> Wanted:
    """What the address asks for; what is not known is not asked for."""

    def said(name: str) -> str:
        return address.get(name, "").strip()[:LONGEST]

    sort = said("sort")
    stage = said("stage")
    return Wanted(
        stage=stage if stage in Stage.values else Stage.CATALOGUE,
        line=said("line"),
        goal=said("goal"),
        unit=said("unit"),
        kind=said("kind"),
        sort=sort if sort in SORTS else "cost",
        page=address.get("page", "1"),
    )
