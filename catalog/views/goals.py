"""Goals of the business in the browser, and the services that serve them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions import goals as actions
from catalog.forms.goals import ContributionForm, GoalForm, GoalValueForm
from catalog.queries import goals as queries
from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, respond, sent
from portal.tenancy.middleware import TenantRequest


def goal_detail(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """One goal, the services that serve it, and a form to name one more."""
    goal = get_or_404(queries.get_goal, reader=request.membership, slug=slug)
    may_manage = can(request.membership, "service.manage")
    if request.method == "POST":
        authorise(request.membership, "service.manage")
    form = ContributionForm(sent(request), reader=request.membership, goal=goal) if may_manage else None
    if form and attempt(form, lambda data: actions.add_contribution(goal=goal, **data)):
        return redirect("goal_detail", tenant=tenant, slug=slug)
    context = {
        "goal": goal,
        "above": queries.list_above(reader=request.membership, goal=goal),
        "parts": queries.list_goals(reader=request.membership).filter(parent=goal),
        "contributions": queries.list_contributions(reader=request.membership, goal=goal),
        "form": form,
        "may_manage": may_manage,
    }
    status = 422 if form and form.errors else 200
    return respond(request, "catalog/goal_detail.html", "contributions", context, status=status)


@require_POST
def contribution_remove(request: TenantRequest, tenant: str, slug: str, contribution_id: int) -> HttpResponse:
    """A service no longer serves this goal."""
    goal = get_or_404(queries.get_goal, reader=request.membership, slug=slug)
    authorise(request.membership, "service.manage")
    contribution = get_or_404(queries.get_contribution, goal=goal, contribution_id=contribution_id)
    actions.remove_contribution(contribution=contribution)
    messages.success(request, _("Removed."))
    return redirect("goal_detail", tenant=tenant, slug=slug)


def goal_count(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """Somebody says where a goal stands on a day."""
    goal = get_or_404(queries.get_goal, reader=request.membership, slug=slug)
    authorise(request.membership, "goal.count")
    form = GoalValueForm(sent(request), goal=goal, today=clock.today(request.tenant.time_zone))
    if attempt(form, lambda data: actions.say_goal_value(goal=goal, by=request.membership, now=clock.now(), **data)):
        messages.success(request, _("Saved."))
        return redirect("goal_detail", tenant=tenant, slug=slug)
    title = _("Where “%(goal)s” stands") % {"goal": goal.short_name}
    back = reverse("goal_detail", kwargs={"tenant": tenant, "slug": slug})
    return form_page(request, form, title=title, intro=goal.measured_as, send=_("Save"), back=back)


def goal_create(request: TenantRequest, tenant: str) -> HttpResponse:
    """A new goal."""
    authorise(request.membership, "service.manage")
    form = GoalForm(sent(request), today=clock.today(request.tenant.time_zone))
    goal = attempt(form, lambda _data: actions.create_goal(details=form.details()))
    if goal:
        messages.success(request, _("Saved. Now name the services that serve it."))
        return redirect("goal_detail", tenant=tenant, slug=goal.slug)
    back = reverse("goal_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("New goal"), send=_("Save"), back=back)


def goal_edit(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """What is said about a goal."""
    goal = get_or_404(queries.get_goal, reader=request.membership, slug=slug)
    authorise(request.membership, "service.manage")
    form = GoalForm(sent(request), today=clock.today(request.tenant.time_zone), goal=goal)
    if attempt(form, lambda _data: actions.edit_goal(goal=goal, details=form.details())):
        messages.success(request, _("Saved."))
        return redirect("goal_detail", tenant=tenant, slug=slug)
    back = reverse("goal_detail", kwargs={"tenant": tenant, "slug": slug})
    return form_page(request, form, title=_("Edit the goal"), send=_("Save"), back=back)
