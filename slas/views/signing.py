"""Parties without users: who speaks for them, asking them to sign by link, and keeping what they signed on paper."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal import clock
from portal.accounts.policies import authorise
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest
from portal.tenancy.tasks import queue_on_commit
from slas.actions import signing as actions
from slas.forms.signing import AskForm, ContactForm, SignedCopyForm
from slas.queries import signing as queries
from slas.queries.agreement_paper import get_paper
from slas.queries.agreements import list_visible_agreements
from slas.tasks import queue_agreement_pdf, recompute_dirty_targets
from slas.views.versions import to_version, url_of, version_of


def party_detail(request: TenantRequest, tenant: str, party_id: int) -> HttpResponse:
    """A party: who may sign for it, and its agreements."""
    authorise(request.membership, "agreement.manage")
    party = get_or_404(queries.get_party, party_id=party_id)
    form = ContactForm(sent(request))
    added = attempt(
        form,
        lambda data: actions.add_contact(party=party, by=request.membership, now=clock.now(), **data),
    )
    if added:
        messages.success(request, _("%(name)s may sign for %(party)s.") % {"name": added.name, "party": party.name})
        return redirect("party_detail", tenant=tenant, party_id=party_id)
    context = {
        "party": party,
        "form": form,
        "heads": queries.list_heads(party=party),
        "contacts": queries.list_contacts(party=party),
        "agreements": queries.list_of_party(party=party, agreements=list_visible_agreements(reader=request.membership)),
    }
    return render(request, "slas/party_detail.html", context, status=422 if form.errors else 200)


def contact_remove(request: TenantRequest, tenant: str, party_id: int, contact_id: int) -> HttpResponse:
    """Somebody speaks for a party no longer."""
    authorise(request.membership, "agreement.manage")
    contact = get_or_404(queries.get_contact, party_id=party_id, contact_id=contact_id)
    if request.method != "POST":
        title = _("Remove %(name)s from those who sign for %(party)s?") % {
            "name": contact.name,
            "party": contact.party.name,
        }
        intro = _("One-time links that they hold sign nothing any more. What they have signed stays.")
        back = reverse("party_detail", kwargs={"tenant": tenant, "party_id": party_id})
        return form_page(request, Form(), title=title, intro=intro, send=_("Remove them"), back=back)
    actions.remove_contact(contact=contact, by=request.membership, now=clock.now())
    messages.success(request, _("%(name)s signs nothing any more; open links are taken back.") % {"name": contact.name})
    return redirect("party_detail", tenant=tenant, party_id=party_id)


@never_cache
def signature_ask(request: TenantRequest, tenant: str, slug: str, version: int, party_id: int) -> HttpResponse:
    """Send a contact the one-time link; it is shown once, here."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    party = get_or_404(queries.get_side, agreement=agreement, party_id=party_id)
    form, now = AskForm(sent(request), party=party), clock.now()
    asked = attempt(
        form,
        lambda data: actions.ask_for_signature(
            agreement=agreement, tenant=request.tenant, by=request.membership, now=now, **data
        ),
    )
    if asked:
        queue_agreement_pdf(agreement=agreement, shown=get_paper(agreement=agreement), by=None, now=now)
        return render(request, "slas/signature_asked.html", {"asked": asked, "agreement": agreement})
    context = {
        "agreement": agreement,
        "party": party,
        "form": form,
        "has_contacts": queries.list_contacts(party=party).exists(),
    }
    return render(request, "slas/signature_ask.html", context, status=422 if form.errors else 200)


@require_POST
def signature_withdraw(request: TenantRequest, tenant: str, slug: str, version: int, signature_id: int) -> HttpResponse:
    """The link signs nothing any more."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    asked = get_or_404(queries.get_request, agreement=agreement, signature_id=signature_id)
    actions.withdraw_request(request=asked, by=request.membership, now=clock.now())
    messages.success(request, _("The link of %(name)s signs nothing any more.") % {"name": asked.contact.name})
    return to_version(agreement)


def signed_copy(request: TenantRequest, tenant: str, slug: str, version: int, party_id: int) -> HttpResponse:
    """Keep the signed copy of a party without users."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    party = get_or_404(queries.get_side, agreement=agreement, party_id=party_id)
    today = clock.today(request.tenant.time_zone)
    form = SignedCopyForm(sent(request), request.FILES or None, today=today)
    signed = attempt(
        form,
        lambda data: actions.record_signed_copy(
            agreement=agreement, party=party, today=today, by=request.membership, now=clock.now(), **data
        ),
    )
    if signed:
        queue_on_commit(recompute_dirty_targets)  # the second yes begins it
        messages.success(request, _("Signed for %(party)s; the copy is kept.") % {"party": party.name})
        return to_version(agreement)
    intro = _("Have the PDF of this version signed, and bring the scan. The code at its foot names the text.")
    title = _("Signed copy of %(agreement)s for %(party)s") % {"agreement": agreement, "party": party.name}
    return form_page(request, form, title=title, intro=intro, send=_("Keep it"), back=url_of(agreement))
