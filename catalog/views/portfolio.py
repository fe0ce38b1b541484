"""Cost and value of a service in the browser: its business case, what it is for, its amounts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions import portfolio as actions
from catalog.forms.portfolio import AmountForm, CaseForm, PurposeForm
from catalog.models import Service
from catalog.queries import portfolio as queries
from catalog.queries.costs import get_cost_table
from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest


def case_edit(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """What a service costs and what value is promised of it."""
    service = get_or_404(queries.get_portfolio_service, reader=request.membership, slug=slug)
    authorise(request.membership, "service.manage")
    form = CaseForm(sent(request), case=queries.find_case(service=service), currency=request.tenant.currency)
    said = {"service": service, "by": request.membership, "on": clock.today(request.tenant.time_zone)}
    if attempt(form, lambda _data: actions.write_case(details=form.details(), **said)):
        messages.success(request, _("The business case is kept."))
        return _back(tenant, service)
    title = _("Business case of “%(name)s”") % {"name": service.name}
    return form_page(request, form, title=title, send=_("Keep it"), back=_address(tenant, service))


def purpose_say(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """What a service is for, in the words of the business."""
    service = get_or_404(queries.get_portfolio_service, reader=request.membership, slug=slug)
    authorise(request.membership, "purpose.say")
    form = PurposeForm(sent(request), purpose=queries.find_purpose(service=service))
    said = {"service": service, "by": request.membership, "on": clock.today(request.tenant.time_zone)}
    if attempt(form, lambda data: actions.say_purpose(**data, **said)):
        messages.success(request, _("Your words are kept."))
        return _back(tenant, service)
    title = _("What “%(name)s” is for") % {"name": service.name}
    return form_page(request, form, title=title, send=_("Say it"), back=_address(tenant, service))


def cost_list(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """What a service and its levels cost and are charged, month by month; IT adds to it."""
    service = get_or_404(queries.get_portfolio_service, reader=request.membership, slug=slug)
    authorise(request.membership, "portfolio.read" if request.method == "GET" else "service.manage")
    today = clock.today(request.tenant.time_zone)
    form = AmountForm(sent(request), service=service, currency=request.tenant.currency, today=today)
    if attempt(form, lambda _d: actions.set_amount(service=service, details=form.details(), by=request.membership)):
        messages.success(request, _("The amount is kept."))
        return redirect("cost_list", tenant=tenant, slug=slug)
    context = {
        "service": service,
        "form": form,
        "table": get_cost_table(service=service, year=_year(request, today.year), currency=request.tenant.currency),
        "may_manage": can(request.membership, "service.manage"),
    }
    return render(request, "catalog/cost_list.html", context, status=422 if form.errors else 200)


@require_POST
def cost_remove(request: TenantRequest, tenant: str, slug: str, amount_id: int) -> HttpResponse:
    """An amount that was wrong."""
    service = get_or_404(queries.get_portfolio_service, reader=request.membership, slug=slug)
    authorise(request.membership, "service.manage")
    actions.remove_amount(amount=get_or_404(queries.get_amount, service=service, amount_id=amount_id))
    messages.success(request, _("The amount is taken back."))
    return redirect("cost_list", tenant=tenant, slug=slug)


def _year(request: TenantRequest, usual: int) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if len(asked) == len("2026") and asked.isdecimal() and int(asked) > 1 else usual


def _address(tenant: str, service: Service) -> str:
    return reverse("portfolio_service", kwargs={"tenant": tenant, "slug": service.slug})


def _back(tenant: str, service: Service) -> HttpResponse:
    return redirect("portfolio_service", tenant=tenant, slug=service.slug)
