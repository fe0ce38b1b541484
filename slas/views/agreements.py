"""Agreements in the browser: found, read, drafted, proposed, accepted, revised, ended."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, respond, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from portal.tenancy.tasks import queue_on_commit
from slas.actions import agreement_states as states
from slas.actions import agreements as actions
from slas.errors.agreements import AgreementGone
from slas.forms.agreements import (
    AcceptForm,
    AgreementFilterForm,
    AgreementForm,
    DayForm,
    EndForm,
    PartyForm,
    ReviseForm,
)
from slas.models import Agreement, AgreementState, Party, PartyKind
from slas.queries import agreement_list as lists
from slas.queries import agreement_page as pages
from slas.queries import agreements as queries
from slas.queries.agreement_terms import rhythm_lines
from slas.queries.chain import chain_warnings
from slas.queries.documents import list_annexes
from slas.queries.held_on import get_nothing_held
from slas.queries.signature_panel import get_signatures
from slas.queries.signed_text import fingerprint_of
from slas.queries.wording import wording_warnings
from slas.tasks import recompute_dirty_targets
from slas.views.versions import to_version, url_of, version_of

PAGE = 25


def agreement_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """What is promised to whom."""
    reader = request.membership
    form = AgreementFilterForm(request.GET, customers=lists.list_customers(reader=reader))
    found = lists.filter_agreements(reader=reader, chosen=form.chosen())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": lists.agreement_rows(reader=reader, agreements=list(page.object_list), today=_today(request)),
        "is_filtered": any(form.chosen().values()),
        "may_manage": can(reader, "agreement.manage"),
    }
    return respond(request, "slas/agreement_list.html", "found", context)


def agreement_detail(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """The version that holds today, or held on the day that is asked about (`?on=2025-11-03`); where none did, that."""
    form = DayForm(request.GET or None)
    on = form.cleaned_data["on"] if form.is_valid() else None
    if form.errors:
        messages.error(request, _("“%(on)s” is no day. Write it like 2025-11-03.") % {"on": request.GET.get("on", "")})
    day = on or _today(request)
    agreement = get_or_404(queries.get_current_agreement, reader=request.membership, slug=slug, on=day)
    if on and not queries.holds(agreement, on):
        today = _today(request)
        page = get_nothing_held(reader=request.membership, agreement=agreement, on=on, today=today)
        return render(request, "slas/nothing_held.html", {"page": page, "agreement": agreement, "asked_on": on})
    return _detail(request, agreement, on=on)


def agreement_version(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """One version, also an old one or a draft."""
    return _detail(request, version_of(request, slug, version))


def _detail(request: TenantRequest, agreement: Agreement, on: date | None = None) -> HttpResponse:
    reader = request.membership
    now = clock.now()
    page = pages.get_agreement_page(reader=reader, agreement=agreement, now=now, today=_today(request), on=on)
    may_manage = can(reader, "agreement.manage")
    context = {
        "page": page,
        "agreement": agreement,
        "signatures": get_signatures(reader=reader, agreement=agreement, now=now),
        "annexes": list_annexes(agreement=agreement),
        "asked_on": on,
        "may_manage": may_manage,
        "may_edit": may_manage and page.is_draft,
        "may_except": may_manage and (page.is_draft or page.is_on_offer),
        "may_withdraw": may_manage and page.is_on_offer,
        "may_revise": may_manage and agreement.state in (AgreementState.IN_FORCE, AgreementState.EXPIRED),
        "may_end": can(reader, "agreement.end") and page.can_end,
        "may_keep": may_manage,
        "may_propose": can(reader, "target.propose") and page.is_agreed,
        "may_do": can(reader, "obligation.do") and page.is_agreed,
    }
    return render(request, "slas/agreement_detail.html", context)


def party_create(request: TenantRequest, tenant: str) -> HttpResponse:
    """Somebody who can make agreements."""
    authorise(request.membership, "agreement.manage")
    form = PartyForm(sent(request), today=clock.today(request.tenant.time_zone))
    party = attempt(form, lambda data: actions.create_party(by=request.membership, now=clock.now(), **data))
    if party:
        messages.success(request, _("“%(name)s” can make agreements now.") % {"name": party.name})
        return redirect("agreement_create", tenant=tenant)
    back = reverse("agreement_create", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("New party"), send=_("Add it"), back=back)


def agreement_create(request: TenantRequest, tenant: str) -> HttpResponse:
    """Version 1, as a draft."""
    authorise(request.membership, "agreement.manage")
    form = AgreementForm(sent(request), zone=request.tenant.time_zone)
    agreement = attempt(
        form,
        lambda _data: actions.create_agreement(details=form.details(), by=request.membership, now=clock.now()),
    )
    if agreement:
        messages.success(request, _("The draft is there. Add what is promised."))
        return to_version(agreement)
    return render(request, "slas/agreement_create.html", {"form": form}, status=422 if form.errors else 200)


def agreement_edit(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """Parties, dates and name of a draft."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    form = AgreementForm(sent(request), agreement=agreement)
    edited = attempt(
        form,
        lambda _data: actions.edit_agreement(
            agreement=agreement, details=form.details(), by=request.membership, now=clock.now()
        ),
    )
    if edited:
        messages.success(request, _("Saved."))
        return to_version(edited)
    title = _("Edit %(agreement)s") % {"agreement": agreement}
    return form_page(request, form, title=title, send=_("Save"), back=url_of(agreement))


def agreement_remove(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """Drop a draft."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    if request.method != "POST":
        title = _("Remove “%(name)s”?") % {"name": agreement}
        intro = _(
            "The draft goes with all that is written in it, and with what was said about its clauses, for everybody."
        )
        return form_page(request, Form(), title=title, intro=intro, send=_("Remove it"), back=url_of(agreement))
    try:
        actions.remove_draft(agreement=agreement, by=request.membership, now=clock.now())
    except AgreementGone as gone:
        messages.error(request, str(gone))
        return redirect("agreement_list", tenant=tenant)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return to_version(agreement)
    messages.success(request, _("The draft is gone."))
    return redirect("agreement_list", tenant=tenant)


def agreement_accept(request: TenantRequest, tenant: str, slug: str, version: int, party_id: int) -> HttpResponse:
    """One side accepts the text that it has read: the page before says which (`?read=` and its fingerprint)."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.accept")
    party = get_or_404(Party.objects.filter(pk__in=[agreement.customer_id, agreement.provider_id]).get, pk=party_id)
    read = request.GET.get("read") or fingerprint_of(agreement=agreement)
    form = AcceptForm(sent(request), read=read, own=_own_name(request, party))
    accepted = attempt(
        form,
        lambda data: states.accept_agreement(
            agreement=agreement, party=party, by=request.membership, now=clock.now(), **data
        ),
    )
    if accepted:
        queue_on_commit(recompute_dirty_targets)  # the second yes begins it
        agreement.refresh_from_db(fields=["state"])
        said = {"party": party.name, "state": pages.state_words(agreement, _today(request))}
        messages.success(request, _("Accepted for %(party)s. %(state)s.") % said)
        return to_version(agreement)
    intro = _("Accepting means: this text, with its promises, hours and duties, is what both sides agree on.")
    title = _("Accept %(agreement)s for %(party)s") % {"agreement": agreement, "party": party.name}
    told = {"intro": intro, "warnings": _warnings(request, agreement)}
    return form_page(request, form, title=title, send=_("Accept"), back=url_of(agreement), **told)


def _warnings(request: TenantRequest, agreement: Agreement) -> tuple[str, ...]:
    """What whoever proposes or accepts a version should know about its words, and about what stands under it."""
    chain = chain_warnings(agreement=agreement, today=_today(request))
    return (*wording_warnings(agreement=agreement), *chain)


def _own_name(request: TenantRequest, party: Party) -> dict[str, str] | None:
    """People accept in their own name; only for teams and suppliers somebody else's yes is written down.

    A title that only names the party says no role.
    """
    if party.kind in (PartyKind.TEAM, PartyKind.SUPPLIER):
        return None
    member = request.membership
    title = "" if member.title == party.name else member.title
    return {"name": member.user.name, "role": title or member.get_role_display()}


@require_POST
def agreement_propose(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """Lay a draft before the other side."""
    agreement = version_of(request, slug, version)
    said = _("Proposed. Both sides can read and accept it now.")
    response = _move(request, agreement, states.propose_agreement, said)
    for warning in _warnings(request, agreement):
        messages.warning(request, warning)
    return response


@require_POST
def agreement_withdraw(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """Take a proposed version back."""
    said = _("Withdrawn. It is a draft again, and nothing of it is accepted.")
    return _move(request, version_of(request, slug, version), states.withdraw_agreement, said)


def _move(request: TenantRequest, agreement: Agreement, action: Callable[..., Agreement], said: str) -> HttpResponse:
    authorise(request.membership, "agreement.manage")
    try:
        action(agreement=agreement, by=request.membership, now=clock.now())
    except AgreementGone as gone:
        messages.error(request, str(gone))
        return redirect("agreement_list", tenant=request.tenant.slug)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return to_version(agreement)


def agreement_revise(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """A draft of the next version."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    form = ReviseForm(sent(request), after=agreement.starts_on)
    draft = attempt(
        form,
        lambda data: actions.revise_agreement(
            agreement=agreement, by=request.membership, now=clock.now(), starts_on=data["starts_on"]
        ),
    )
    if draft:
        messages.success(request, _("Version %(version)s is a draft now.") % {"version": draft.version})
        return to_version(draft)
    title = _("New version of “%(name)s”") % {"name": agreement.name}
    intro = _("It begins with the promises and duties of this version; change them, then propose it.")
    return form_page(request, form, title=title, intro=intro, send=_("Make the draft"), back=url_of(agreement))


def agreement_end(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """One side gives notice."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.end")
    form = EndForm(sent(request))
    ended = attempt(
        form,
        lambda data: states.end_agreement(agreement=agreement, by=request.membership, now=clock.now(), **data),
    )
    if ended:
        queue_on_commit(recompute_dirty_targets)
        messages.success(request, pages.state_words(ended, _today(request)))
        return to_version(ended)
    title = _("End “%(name)s”") % {"name": agreement.name}
    intro = " ".join(rhythm_lines(agreement=agreement, today=_today(request)))
    return form_page(request, form, title=title, intro=intro, send=_("Give notice"), back=url_of(agreement))


def _today(request: TenantRequest) -> date:
    return clock.today(request.tenant.time_zone)
