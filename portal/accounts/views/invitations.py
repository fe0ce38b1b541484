"""Inviting, and coming in."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from portal import clock
from portal.accounts import queries
from portal.accounts.actions import invitations as actions
from portal.accounts.forms.people import AcceptForm, InvitationForm
from portal.accounts.models import Invitation, Membership
from portal.accounts.policies import authorise
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
GONE = 410


def invitation_create(request: TenantRequest, tenant: str) -> HttpResponse:
    """Let somebody in."""
    authorise(request.membership, "member.manage")
    form = InvitationForm(sent(request))
    invited = attempt(
        form,
        lambda data: actions.invite(tenant=request.tenant, by=request.membership, now=clock.now(), **data),
    )
    people = reverse("member_list", kwargs={"tenant": tenant})
    if invited:
        messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": invited.email})
        return redirect(people)
    intro = _("They get a mail with a link that works once, for a week.")
    return form_page(request, form, title=_("Invite somebody"), send=_("Invite"), back=people, intro=intro)


@require_POST
def invitation_withdraw(request: TenantRequest, tenant: str, invitation_id: int) -> HttpResponse:
    """Let nobody in by this one any more."""
    authorise(request.membership, "member.manage")
    invitation = get_or_404(queries.get_invitation, invitation_id=invitation_id)
    actions.withdraw_invitation(invitation=invitation, now=clock.now())
    messages.success(request, _("The invitation to %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect("member_list", tenant=tenant)


@never_cache
@sensitive_post_parameters("password", "again")
def invitation_accept(request: TenantRequest, tenant: str, token: str) -> HttpResponse:
    """Come in by an invitation: with a new account, or with the one that there is."""
    invitation = get_or_404(queries.find_invitation, token=token)
    try:
        actions.refuse_unusable(invitation=invitation, now=clock.now())
    except Refusal as refusal:
        return _show(request, invitation, status=GONE, refusal=str(refusal))
    if queries.has_account(email=invitation.email):
        return _accept_with_account(request, invitation)
    form = AcceptForm(sent(request), email=invitation.email, name=invitation.name)
    member = attempt(
        form,
        lambda data: actions.accept_as_new(
            invitation=invitation, name=data["name"], password=data["password"], now=clock.now()
        ),
    )
    if member:
        login(request, member.user, backend=BACKEND)
        return _enter(request, member)
    return _show(request, invitation, form=form, status=422 if form.errors else 200)


def _accept_with_account(request: TenantRequest, invitation: Invitation) -> HttpResponse:
    """Whoever signs in with the invited address joins by one button; others are asked to sign in."""
    user = request.user
    is_invited = user.is_authenticated and user.email == invitation.email
    if request.method == "POST" and user.is_authenticated and is_invited:
        try:
            member = actions.accept_as_member_elsewhere(invitation=invitation, user=user, now=clock.now())
        except Refusal as refusal:
            return _show(request, invitation, status=GONE, refusal=str(refusal))
        return _enter(request, member)
    return _show(request, invitation, must_sign_in=not is_invited)


def _enter(request: TenantRequest, member: Membership) -> HttpResponse:
    messages.success(request, _("Welcome, %(name)s.") % {"name": member.user.name})
    return redirect("home", tenant=request.tenant.slug)


def _show(request: HttpRequest, invitation: Invitation, *, status: int = 200, **context: object) -> HttpResponse:
    known = {"invitation": invitation, "host": request.tenant, "here": request.path}  # type: ignore[attr-defined]
    return render(request, "accounts/invitation_accept.html", known | context, status=status)
