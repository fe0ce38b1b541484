"""Signing by a one-time link: whoever has it reads one text and signs it once, without an account.

Nothing here is kept by a browser or by what stands between, and no other site learns the address. A link that nobody
made, in a tenant that is not there, and in one that is, are told the same.
"""

from http import HTTPStatus
from math import ceil
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portal import clock
from portal.accounts.queries import find_membership
from portal.accounts.views.guests import for_guests
from portal.jobs.models import JobState
from portal.jobs.views import send_result
from portal.pages import get_or_404, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from portal.tenancy.tasks import queue_on_commit
from slas.actions import signing as actions
from slas.errors.signing import LinkForOthers, LinkRefused, LinkUsed, TooManyTries
from slas.forms.signing import SignForm
from slas.models import Agreement, SignatureRequest
from slas.queries import documents, signing
from slas.queries.agreement_paper import AgreementPaper, get_paper
from slas.tasks import find_agreement_pdf, queue_agreement_pdf, recompute_dirty_targets
from slas.views.documents import send_document


def _too_many(request: TenantRequest, wait: float | None) -> HttpResponse:
    refusal = TooManyTries()
    response = render(request, "slas/sign_closed.html", {"refusal": refusal}, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(ceil(wait or 1))
    return response


by_secret = for_guests("guest", _too_many)


@require_http_methods(["GET", "HEAD", "POST"])
@by_secret
def sign_agreement(request: TenantRequest, tenant: str, token: str) -> HttpResponse:
    """The whole text with its fingerprint, and one form: who signs, in which role.

    What stands under its promises are agreements with others; a guest hears nothing of them.
    """
    found, shown = _find(token)
    refusal = _refusal(request, found, shown)
    if found is None or shown is None or refusal is not None:
        return _closed(request, token, found, shown, refusal)
    form = SignForm(sent(request), paper=shown, contact=found.contact)
    if form.is_valid():
        try:
            _sign(request, found, form)
        except LinkRefused as refused:
            return _closed(request, token, found, get_paper(agreement=found.agreement), refused)
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("sign_agreement", tenant=tenant, token=token)
    context = {"asked": found, "host": request.tenant, "shown": shown, "form": form}
    context |= _files(request, found, shown, token)
    return render(request, "slas/sign.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else 200)


@require_safe
@by_secret
def sign_pdf(request: TenantRequest, tenant: str, token: str) -> HttpResponseBase:
    """The same text as a file, before it is signed and, until the link would have expired, afterwards."""
    found, shown = _readable(request, token)
    job = find_agreement_pdf(agreement=found.agreement, shown=shown)
    if job is None:
        raise Http404
    return send_result(request, job)


@require_safe
@by_secret
def sign_document(request: TenantRequest, tenant: str, token: str, document_id: int) -> HttpResponse:
    """A document that is part of the text."""
    found, _shown = _readable(request, token)
    return send_document(request, get_or_404(documents.get_annex, agreement=found.agreement, document_id=document_id))


def _find(token: str) -> tuple[SignatureRequest, AgreementPaper] | tuple[None, None]:
    """The link and the text that it leads to."""
    try:
        found = signing.find_request(token=token)
    except SignatureRequest.DoesNotExist:
        return None, None
    return found, get_paper(agreement=found.agreement)


def _refusal(
    request: TenantRequest, found: SignatureRequest | None, shown: AgreementPaper | None
) -> LinkRefused | None:
    """Why this reader cannot sign by a link that there is; whoever works here signs as themselves."""
    if found is None or shown is None:
        return None
    member = find_membership(user_id=request.user.pk) if request.user.pk else None
    if member is not None:
        return LinkForOthers(name=member.user.name, contact=found.contact.name)
    zone = request.tenant.time_zone
    return signing.standing(request=found, fingerprint=shown.fingerprint, zone=zone, now=clock.now())


def _readable(request: TenantRequest, token: str) -> tuple[SignatureRequest, AgreementPaper]:
    """A link that shows its text: it can be signed, or was signed and has not expired. Raises Http404 for others."""
    found, shown = _find(token)
    refusal = _refusal(request, found, shown)
    if found is None or shown is None or (refusal is not None and not _shows_signed(found, refusal)):
        raise Http404
    return found, shown


def _shows_signed(found: SignatureRequest, refusal: LinkRefused) -> bool:
    """Whether whoever signed may still save what they signed."""
    return isinstance(refusal, LinkUsed) and signing.is_in_place(request=found) and clock.now() < found.expires_at


def _sign(request: TenantRequest, found: SignatureRequest, form: SignForm) -> None:
    now, zone = clock.now(), request.tenant.time_zone
    signer = {name: form.cleaned_data[name] for name in ("name", "role")}
    actions.sign_by_link(request=found, zone=zone, now=now, **signer)
    signed = Agreement.objects.select_related("tenant", "customer", "provider").get(pk=found.agreement_id)
    queue_agreement_pdf(agreement=signed, shown=get_paper(agreement=signed), by=None, now=now)
    queue_on_commit(recompute_dirty_targets)  # the second yes begins it


def _files(request: TenantRequest, found: SignatureRequest, shown: AgreementPaper, token: str) -> dict[str, Any]:
    """What can be saved: the annexes, and the PDF once a worker has made it."""
    where = {"tenant": request.tenant.slug, "token": token}
    annexes = [
        (each, reverse("sign_document", kwargs=where | {"document_id": each.pk}))
        for each in documents.list_annexes(agreement=found.agreement)
    ]
    job = find_agreement_pdf(agreement=found.agreement, shown=shown)
    is_made = job is not None and job.state == JobState.DONE
    return {"annexes": annexes, "pdf_url": reverse("sign_pdf", kwargs=where) if is_made else ""}


def _closed(
    request: TenantRequest,
    token: str,
    found: SignatureRequest | None,
    shown: AgreementPaper | None,
    refusal: LinkRefused | None,
) -> HttpResponse:
    """One page for each reason; without a link that was made here it says nothing of any tenant."""
    if found is None or shown is None or refusal is None:
        return render(request, "slas/sign_closed.html", status=HTTPStatus.NOT_FOUND)
    context: dict[str, Any] = {"refusal": refusal, "asked": found}
    if _shows_signed(found, refusal):
        context |= _files(request, found, shown, token)
    status = HTTPStatus.FORBIDDEN if isinstance(refusal, LinkForOthers) else HTTPStatus.GONE
    return render(request, "slas/sign_closed.html", context, status=status)
