"""What a service is made of, in the browser."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions import alternatives, hand_overs
from catalog.actions import composition as actions
from catalog.errors import ChangedMeanwhile
from catalog.forms.composition import (
    DependencyForm,
    GroupForm,
    HandOverForm,
    ReadingForm,
    RemoveForm,
    StepsForm,
)
from catalog.models import Service
from catalog.queries import composition as queries
from catalog.queries.composition import Composition, Part
from catalog.queries.maps import MOST_OPEN, get_map
from catalog.queries.readings import reading_of_hand_over, reading_of_part
from catalog.queries.services import get_service
from portal.accounts.policies import authorise, can
from portal.charts.maps_parts import ServiceMap
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest


def service_map(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """Steps, parts, alternatives and hand-overs of a service, each with the way to change it."""
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    composition = queries.get_composition(service=service, opened=opened_in(request))
    context = {
        "service": service,
        "composition": composition,
        "drawn": drawn_map(request, composition, service.name),
        "may_manage": can(request.membership, "service.manage"),
    }
    return render(request, "catalog/service_map.html", context)


def steps_edit(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """The steps of the business process that the service carries."""
    service = _managed(request, slug)
    form = StepsForm(sent(request), service=service)
    if _attempt(form, lambda data: actions.set_steps(service=service, **data)):
        return _saved(request, slug)
    return _form(request, form, _("Steps of “%(name)s”") % {"name": service.name}, slug)


def dependency_create(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """One more part of a service."""
    service = _managed(request, slug)
    form = DependencyForm(sent(request), service=service)
    if _attempt(form, lambda _data: actions.add_dependency(service=service, details=form.details())):
        return _saved(request, slug)
    return _form(request, form, _("Add a part to “%(name)s”") % {"name": service.name}, slug)


def dependency_edit(request: TenantRequest, tenant: str, slug: str, dependency_id: int) -> HttpResponse:
    """How a service uses one of its parts."""
    service = _managed(request, slug)
    dependency = get_or_404(queries.get_dependency, service=service, dependency_id=dependency_id)
    title = _("How “%(name)s” is used") % {"name": dependency.part}
    form = DependencyForm(sent(request), service=service, dependency=dependency)

    def edit(data: dict[str, Any]) -> object:
        return actions.edit_dependency(dependency=dependency, details=form.details(), read=data["read"])

    if _attempt(form, edit):
        return _saved(request, slug)
    return _form(request, form, title, slug)


@require_POST
def dependency_move(request: TenantRequest, tenant: str, slug: str, dependency_id: int) -> HttpResponse:
    """A part one place up or down; the focus stays on the button that was pressed, while there is one."""
    service = _managed(request, slug)
    dependency = get_or_404(queries.get_dependency, service=service, dependency_id=dependency_id)
    is_up = request.POST.get("to") == "up"
    place, count = actions.move_dependency(dependency=dependency, is_up=is_up)
    said = _("“%(name)s” is now number %(place)s of %(count)s.")
    messages.success(request, said % {"name": dependency.part, "place": place, "count": count})
    goes_on_up = place > 1 if is_up else place == count
    back = reverse("service_map", kwargs={"tenant": tenant, "slug": slug})
    return redirect(f"{back}#{'up' if goes_on_up else 'down'}-{dependency.pk}")


def dependency_remove(request: TenantRequest, tenant: str, slug: str, dependency_id: int) -> HttpResponse:
    """The service no longer stands on this part; it is asked first."""
    service = _managed(request, slug)
    dependency = get_or_404(queries.get_dependency, service=service, dependency_id=dependency_id)
    name, form = dependency.part, RemoveForm(sent(request), reading=reading_of_part(dependency))
    gone = [each.words for each in queries.list_handings(service=service)
            if dependency.pk in (each.giver_id, each.receiver_id)]  # fmt: skip
    if _attempt(form, lambda data: actions.remove_dependency(dependency=dependency, **data)):
        return _saved(request, slug, _("“%(name)s” is no longer a part of this service.") % {"name": name})
    title = _("Remove “%(name)s” from “%(service)s”?") % {"name": name, "service": service.name}
    intro = _("The part itself stays, with its promises and figures. Only this service no longer stands on it.")
    warned = [_("This hand-over goes with it: %(words)s.") % {"words": words} for words in gone]
    return _form(request, form, title, slug, send=_("Remove"), intro=intro, warnings=warned)


def group_create(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """Parts that can stand in for each other."""
    service = _managed(request, slug)
    form = GroupForm(sent(request), service=service)
    if _attempt(form, lambda data: alternatives.create_group(service=service, **_without_read(data))):
        return _saved(request, slug)
    return _form(request, form, _("Parts that can stand in for each other"), slug)


def group_edit(request: TenantRequest, tenant: str, slug: str, group_id: int) -> HttpResponse:
    """Which the alternatives are, and how many of them are enough."""
    service = _managed(request, slug)
    group = get_or_404(queries.get_group, service=service, group_id=group_id)
    title = _("Alternatives “%(name)s”") % {"name": group.name}
    form = GroupForm(sent(request), service=service, group=group)
    if _attempt(form, lambda data: alternatives.edit_group(group=group, **data)):
        return _saved(request, slug)
    return _form(request, form, title, slug)


def hand_over_create(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """One part hands on to another."""
    service = _managed(request, slug)
    form = HandOverForm(sent(request), service=service)
    if _attempt(form, lambda _data: hand_overs.add_hand_over(service=service, details=form.details())):
        return _saved(request, slug)
    return _form(request, form, _("Add a hand-over to “%(name)s”") % {"name": service.name}, slug)


def hand_over_edit(request: TenantRequest, tenant: str, slug: str, hand_over_id: int) -> HttpResponse:
    """Who hands on to whom."""
    service = _managed(request, slug)
    hand_over = get_or_404(queries.get_hand_over, service=service, hand_over_id=hand_over_id)
    form = HandOverForm(sent(request), service=service, hand_over=hand_over)

    def edit(data: dict[str, Any]) -> object:
        return hand_overs.edit_hand_over(hand_over=hand_over, details=form.details(), read=data["read"])

    if _attempt(form, edit):
        return _saved(request, slug)
    return _form(request, form, _("Hand-over"), slug)


def hand_over_remove(request: TenantRequest, tenant: str, slug: str, hand_over_id: int) -> HttpResponse:
    """Nothing is handed over here any more; it is asked first."""
    service = _managed(request, slug)
    hand_over = get_or_404(queries.get_hand_over, service=service, hand_over_id=hand_over_id)
    reading = reading_of_hand_over(hand_over)
    form = RemoveForm(sent(request), reading=reading)
    if _attempt(form, lambda data: hand_overs.remove_hand_over(hand_over=hand_over, **data)):
        return _saved(request, slug, _("The hand-over is removed."))
    intro = _("The parts stay; only this hand-over is no longer shown.")
    title = _("Remove the hand-over “%(words)s”?") % {"words": reading[1]}
    return _form(request, form, title, slug, send=_("Remove"), intro=intro)


def opened_in(request: TenantRequest) -> list[str]:
    """The services that the address opens on a map."""
    return request.GET.getlist("open")[:MOST_OPEN]


def drawn_map(request: TenantRequest, composition: Composition, title: str) -> ServiceMap:
    """The map of a composition as this request asks for it, each part leading to its page."""

    def address(part: Part) -> str:
        page = "service_detail" if part.is_service else "component_detail"
        return reverse(page, kwargs={"tenant": request.tenant.slug, "slug": part.slug})

    return get_map(composition=composition, title=title, address=address, opened=opened_in(request))


def _attempt(form: ReadingForm, action: Callable[[dict[str, Any]], object]) -> object:
    """As `attempt`; who was told that somebody else wrote meanwhile can save again over what stands there now."""
    was_changed = False

    def act(data: dict[str, Any]) -> object:
        nonlocal was_changed
        try:
            return action(data)
        except ChangedMeanwhile:
            was_changed = True
            raise

    done = attempt(form, act)
    if was_changed:
        form.compare()
    return done


def _without_read(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "read"}


def _managed(request: TenantRequest, slug: str) -> Service:
    service = get_or_404(get_service, reader=request.membership, slug=slug)
    authorise(request.membership, "service.manage")
    return service


def _saved(request: TenantRequest, slug: str, words: str = "") -> HttpResponse:
    messages.success(request, words or _("Saved."))
    return redirect("service_map", tenant=request.tenant.slug, slug=slug)


def _form(request: TenantRequest, form: forms.Form, title: str, slug: str, **page: Any) -> HttpResponse:
    back = reverse("service_map", kwargs={"tenant": request.tenant.slug, "slug": slug})
    return form_page(request, form, title=title, back=back, **{"send": _("Save")} | page)
