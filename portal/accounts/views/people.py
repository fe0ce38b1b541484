"""Members and business units in the browser, for administrators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import clock
from portal.accounts import queries
from portal.accounts.actions import members, units
from portal.accounts.forms.people import MemberForm, UnitEditForm, UnitForm
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest

PAGE = 50


@require_safe
def member_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """Who is here, as what, and who was invited."""
    authorise(request.membership, "member.manage")
    page = Paginator(queries.list_members(), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "members": queries.list_member_lines(members=page.object_list),
        "invitations": queries.list_open_invitations(now=clock.now()),
    }
    return render(request, "accounts/member_list.html", context)


def member_edit(request: TenantRequest, tenant: str, member_id: int) -> HttpResponse:
    """Role, units and access of one member."""
    authorise(request.membership, "member.manage")
    member = get_or_404(queries.get_member, member_id=member_id)
    form = MemberForm(sent(request), member=member)
    if attempt(form, lambda data: members.change_member(member=member, **data)):
        messages.success(request, _("Saved. It holds from the next click of %(name)s.") % {"name": member.user.name})
        return redirect("member_list", tenant=tenant)
    people = reverse("member_list", kwargs={"tenant": tenant})
    crumbs = [(_("People"), people)]
    return form_page(request, form, title=member.user.name, send=_("Save"), back=people, crumbs=crumbs)


@require_safe
def unit_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """The business units of the tenant."""
    authorise(request.membership, "unit.manage")
    page = Paginator(queries.list_units(), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_manage_people": can(request.membership, "member.manage")}
    return render(request, "accounts/unit_list.html", context)


def unit_create(request: TenantRequest, tenant: str) -> HttpResponse:
    """A new business unit."""
    authorise(request.membership, "unit.manage")
    form = UnitForm(sent(request))
    unit = attempt(form, lambda data: units.create_unit(**data))
    if unit:
        messages.success(request, _("“%(name)s” can now agree on services.") % {"name": unit.name})
        return redirect("unit_list", tenant=tenant)
    back = reverse("unit_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("New business unit"), send=_("Save"), back=back)


def unit_edit(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """The name of a unit, and whether it is retired."""
    authorise(request.membership, "unit.manage")
    unit = get_or_404(queries.get_unit, reader=request.membership, slug=slug)
    form = UnitEditForm(sent(request), unit=unit)
    if attempt(form, lambda data: units.edit_unit(unit=unit, **data)):
        messages.success(request, _("Saved."))
        return redirect("unit_list", tenant=tenant)
    back = reverse("unit_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("Edit “%(name)s”") % {"name": unit.name}, send=_("Save"), back=back)
