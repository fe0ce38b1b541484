"""Statements of credits in the browser: how they come about, and what people decide about them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal import clock
from portal.accounts.policies import authorise
from portal.exports import csv_file, csv_of
from portal.pages import attempt, get_or_404
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from slas.actions import credits as actions
from slas.forms.credits import DecisionForm, StateForm
from slas.models import CreditStatement
from slas.queries.credit_statements import get_statement, get_statement_page, statement_rows

COLUMNS = ("part", "name", "attainment", "figure", "band", "worth", "credit", "why")


def credit_statement(request: TenantRequest, tenant: str, credit_id: int) -> HttpResponse:
    """What is credited for a month, with its sum; who has the agreed role decides here."""
    statement = _statement(request, credit_id)
    return _show(request, statement, DecisionForm(), StateForm())


@require_POST
def credit_decide(request: TenantRequest, tenant: str, credit_id: int) -> HttpResponse:
    """Approve what was computed, or decline it."""
    statement = _statement(request, credit_id)
    authorise(request.membership, "credit.approve")
    form = DecisionForm(request.POST)
    decided = attempt(
        form,
        lambda data: actions.decide_credit(
            statement=statement,
            is_approved=data["decision"] == "approve",
            reason=data["reason"],
            read=data["read"],
            by=request.membership,
            now=clock.now(),
        ),
    )
    if decided is None:
        return _show(request, statement, form, StateForm())
    messages.success(request, _("Decided: %(state)s.") % {"state": decided.get_state_display().lower()})
    return redirect("credit_statement", tenant=tenant, credit_id=credit_id)


@require_POST
def credit_state(request: TenantRequest, tenant: str, credit_id: int) -> HttpResponse:
    """The customer has it in writing."""
    statement = _statement(request, credit_id)
    authorise(request.membership, "credit.approve")
    form = StateForm(request.POST)
    stated = attempt(
        form,
        lambda data: actions.state_credit(
            statement=statement, reference=data["reference"], by=request.membership, now=clock.now()
        ),
    )
    if stated is None:
        return _show(request, statement, DecisionForm(), form)
    messages.success(request, _told(stated, _("Stated.")))
    return redirect("credit_statement", tenant=tenant, credit_id=credit_id)


@require_POST
def credit_earn_back(request: TenantRequest, tenant: str, credit_id: int) -> HttpResponse:
    """The promises were kept in the agreed months afterwards."""
    statement = _statement(request, credit_id)
    authorise(request.membership, "credit.approve")
    try:
        actions.earn_back_credit(statement=statement, by=request.membership, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _told(statement, _("Earned back.")))
    return redirect("credit_statement", tenant=tenant, credit_id=credit_id)


def credit_statement_csv(request: TenantRequest, tenant: str, credit_id: int) -> HttpResponse:
    """The statement as a table."""
    statement = _statement(request, credit_id)
    page = get_statement_page(reader=request.membership, statement=statement, now=clock.now())
    response = HttpResponse(csv_file(csv_of(COLUMNS, statement_rows(page))), content_type="text/csv; charset=utf-8")
    name = f"credits-{statement.scheme.slug}-{statement.month:%Y-%m}-revision-{statement.revision}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _told(statement: CreditStatement, said: str) -> str:
    """Only a business unit has somebody here who hears of it."""
    unit = statement.scheme.agreement.customer.business_unit
    return said if unit is None else _("%(said)s The heads of %(unit)s are told.") % {"said": said, "unit": unit.name}


def _show(
    request: TenantRequest, statement: CreditStatement, decision: DecisionForm, stating: StateForm
) -> HttpResponse:
    page = get_statement_page(reader=request.membership, statement=statement, now=clock.now())
    context = {"page": page, "decision": decision, "stating": stating}
    wrong = bool(decision.errors or stating.errors)
    return render(request, "slas/credit_statement.html", context, status=422 if wrong else 200)


def _statement(request: TenantRequest, credit_id: int) -> CreditStatement:
    return get_or_404(get_statement, reader=request.membership, credit_id=credit_id)
