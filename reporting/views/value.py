"""What an hour without a service costs, by what a goal is followed, and how contributions to it are computed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.queries.goals import get_goal
from catalog.queries.processes import list_own_steps
from catalog.queries.services import get_service
from portal import clock
from portal.accounts.policies import authorise, can
from portal.accounts.queries import get_unit, list_visible_units
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from reporting.actions import value as actions
from reporting.forms.value import GoalMeasureForm, ImpactForm, StatementForm
from reporting.queries import value_kept as queries
from reporting.queries.context import list_unknown
from reporting.queries.services_goals import find_followed


@require_safe
def service_impact(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """What an hour without a service costs, by unit, weekday and hour; and who says so."""
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    may_say = can(request.membership, "impact.say")
    context = {
        "service": service,
        "weeks": queries.list_weeks(reader=request.membership, service=service, currency=request.tenant.currency),
        "units": list_visible_units(reader=request.membership) if may_say else [],
        "may_ask": can(request.membership, "context.ask"),
        "unknown": list_unknown(reader=request.membership, service=service, now=clock.now()),
    }
    return render(request, "reporting/service_impact.html", context)


def impact_edit(request: TenantRequest, tenant: str, slug: str, unit: str) -> HttpResponse:
    """A unit says what an hour without a service costs it."""
    reader = request.membership
    service = get_or_404(get_service, reader=reader, slug=slug)
    own = get_or_404(get_unit, reader=reader, slug=unit)
    authorise(reader, "impact.say")
    profile, currency = queries.find_impact(service=service, unit=own), request.tenant.currency
    form = ImpactForm(
        sent(request), profile=profile, currency=currency, steps=list_own_steps(unit=own, service=service)
    )
    today, now = clock.today(request.tenant.time_zone), clock.now()
    back = reverse("service_impact", kwargs={"tenant": tenant, "slug": slug})
    if attempt(
        form,
        lambda _data: actions.say_impact(
            service=service, unit=own, details=form.details(), by=reader, on=today, now=now
        ),
    ):
        messages.success(request, _("Kept as your word of today."))
        return redirect(back)
    title = _("What an hour without “%(name)s” costs %(unit)s") % {"name": service.name, "unit": own.name}
    return form_page(request, form, title=title, send=_("Say it"), back=back)


def goal_measure(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """By what a goal is followed."""
    goal = get_or_404(get_goal, reader=request.membership, slug=slug)
    authorise(request.membership, "value.state")
    form = GoalMeasureForm(sent(request), followed=find_followed(goal=goal))
    back = reverse("goal_detail", kwargs={"tenant": tenant, "slug": slug})
    if attempt(form, lambda data: actions.follow_goal(goal=goal, by=request.membership, now=clock.now(), **data)):
        messages.success(request, _("Saved."))
        return redirect(back)
    title = _("By what “%(goal)s” is followed") % {"goal": goal.short_name}
    return form_page(request, form, title=title, send=_("Save"), back=back)


@require_safe
def goal_value(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """What is stated about contributions to a goal, and how sure it is."""
    goal = get_or_404(get_goal, reader=request.membership, slug=slug)
    context = {
        "goal": goal,
        "statements": queries.list_goal_statements(reader=request.membership, goal=goal),
        "may_state": can(request.membership, "value.state"),
        "may_confirm": can(request.membership, "value.confirm"),
    }
    return render(request, "reporting/goal_value.html", context)


def value_create(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """A new statement of value."""
    goal = get_or_404(get_goal, reader=request.membership, slug=slug)
    authorise(request.membership, "value.state")
    today = clock.today(request.tenant.time_zone)
    form = StatementForm(sent(request), reader=request.membership, today=today, goal=goal)
    if attempt(
        form,
        lambda _data: actions.state_value(goal=goal, details=form.details(), by=request.membership, now=clock.now()),
    ):
        messages.success(request, _("Stated. The head of the unit can confirm it."))
        return redirect("goal_value", tenant=tenant, slug=slug)
    back = reverse("goal_value", kwargs={"tenant": tenant, "slug": slug})
    return form_page(request, form, title=_("State what it is worth"), send=_("State it"), back=back)


def value_edit(request: TenantRequest, tenant: str, slug: str, statement_id: int) -> HttpResponse:
    """Change a statement; it can be confirmed again."""
    goal = get_or_404(get_goal, reader=request.membership, slug=slug)
    statement = get_or_404(queries.get_statement, reader=request.membership, goal=goal, statement_id=statement_id)
    authorise(request.membership, "value.state")
    today = clock.today(request.tenant.time_zone)
    form = StatementForm(sent(request), reader=request.membership, today=today, goal=goal, statement=statement)
    if attempt(
        form,
        lambda _data: actions.edit_value(
            statement=statement, details=form.details(), by=request.membership, now=clock.now()
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("goal_value", tenant=tenant, slug=slug)
    back = reverse("goal_value", kwargs={"tenant": tenant, "slug": slug})
    return form_page(request, form, title=_("Change what is stated"), send=_("Save"), back=back)


@require_POST
def value_confirm(request: TenantRequest, tenant: str, slug: str, statement_id: int) -> HttpResponse:
    """The head of the unit says that a statement is true."""
    goal = get_or_404(get_goal, reader=request.membership, slug=slug)
    statement = get_or_404(queries.get_statement, reader=request.membership, goal=goal, statement_id=statement_id)
    authorise(request.membership, "value.confirm")
    try:
        actions.confirm_value(statement=statement, by=request.membership, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Confirmed."))
    return redirect("goal_value", tenant=tenant, slug=slug)
