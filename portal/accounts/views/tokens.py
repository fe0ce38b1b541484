"""Tokens of programs in the browser, for administrators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.accounts import queries
from portal.accounts.actions import tokens as actions
from portal.accounts.forms.tokens import TokenForm
from portal.accounts.policies import SCOPES, authorise
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest

PAGE = 50


@require_safe
def token_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """Which programs may come in, as whom, and until when."""
    authorise(request.membership, "token.manage")
    page = Paginator(queries.list_tokens(), PAGE).get_page(request.GET.get("page"))
    now = clock.now()
    tokens = [
        (token, [SCOPES[scope] for scope in token.scopes], token.revoked_at is None and now < token.expires_at)
        for token in page
    ]
    return render(request, "accounts/token_list.html", {"page": page, "tokens": tokens})


@never_cache
def token_create(request: TenantRequest, tenant: str) -> HttpResponse:
    """A new token; its key is shown once, here."""
    authorise(request.membership, "token.manage")
    form = TokenForm(sent(request))
    created = attempt(form, lambda data: actions.create_token(by=request.membership, now=clock.now(), **data))
    if created:
        token, key = created
        return render(request, "accounts/token_created.html", {"token": token, "key": key})
    back = reverse("token_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("New token"), send=_("Make it"), back=back)


@require_POST
def token_revoke(request: TenantRequest, tenant: str, token_id: int) -> HttpResponse:
    """The token lets nobody in any more."""
    authorise(request.membership, "token.manage")
    token = get_or_404(queries.get_token, token_id=token_id)
    actions.revoke_token(token=token, by=request.membership, now=clock.now())
    messages.success(request, _("“%(name)s” lets nobody in any more.") % {"name": token.name})
    return redirect("token_list", tenant=tenant)
