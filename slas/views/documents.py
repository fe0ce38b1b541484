"""The whole text of an agreement on a page and as PDF, and the documents that belong to it."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal import clock
from portal.accounts.policies import authorise
from portal.audit.actions import record
from portal.jobs.models import JobState
from portal.jobs.views import send_result
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest
from slas.actions import documents as actions
from slas.forms.signing import AnnexForm
from slas.models import AgreementDocument
from slas.queries import documents as queries
from slas.queries.agreement_paper import get_paper
from slas.tasks import find_agreement_pdf, queue_agreement_pdf
from slas.views.removals import take_out
from slas.views.versions import to_version, url_of, version_of


@require_safe
def agreement_text(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """Every clause, as it is signed and filed."""
    agreement = version_of(request, slug, version)
    where = {"tenant": tenant, "slug": slug, "version": version}
    annexes = [
        (each, reverse("document_detail", kwargs=where | {"document_id": each.pk}))
        for each in queries.list_annexes(agreement=agreement)
    ]
    context = {"agreement": agreement, "shown": get_paper(agreement=agreement), "annexes": annexes}
    return render(request, "slas/agreement_text.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_pdf(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponseBase:
    """The PDF as it stands now: sending asks a worker for it, reading finds what was asked for."""
    agreement = version_of(request, slug, version)
    shown = get_paper(agreement=agreement)
    if request.method == "POST":
        job = queue_agreement_pdf(agreement=agreement, shown=shown, by=request.membership, now=clock.now())
    else:
        asked = find_agreement_pdf(agreement=agreement, shown=shown)
        if asked is None:
            intro = _("The whole text with its signatures, for signing and filing: the same as on the page.")
            page = {"title": _("The agreement as PDF"), "send": _("Make the PDF"), "intro": intro}
            return form_page(request, Form(), back=url_of(agreement), **page)
        job = asked
    if job.state == JobState.DONE:
        return send_result(request, job)
    return redirect("job_detail", tenant=tenant, job_id=job.pk)


def document_attach(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """Make a document part of a draft."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    form = AnnexForm(sent(request), request.FILES or None)
    attached = attempt(
        form,
        lambda data: actions.attach_annex(agreement=agreement, by=request.membership, now=clock.now(), **data),
    )
    if attached:
        messages.success(request, _("“%(name)s” is part of this version now.") % {"name": attached.name})
        return to_version(agreement)
    intro = _("Both sides sign its name and fingerprint with the text, so that no other file can take its place.")
    title = _("Attach a document to %(agreement)s") % {"agreement": agreement}
    return form_page(request, form, title=title, intro=intro, send=_("Attach it"), back=url_of(agreement))


@require_safe
def document_detail(request: TenantRequest, tenant: str, slug: str, version: int, document_id: int) -> HttpResponse:
    """The file, for those who may see the version."""
    found = get_or_404(
        queries.get_document, reader=request.membership, slug=slug, version=version, document_id=document_id
    )
    return send_document(request, found)


def document_remove(request: TenantRequest, tenant: str, slug: str, version: int, document_id: int) -> HttpResponse:
    """Take a document off a draft; the signed copy of a party is no part of the text and stays."""
    agreement = version_of(request, slug, version)
    authorise(request.membership, "agreement.manage")
    found = get_or_404(queries.get_annex, agreement=agreement, document_id=document_id)
    return take_out(
        request,
        agreement=agreement,
        name=found.name,
        goes_too=_("The document is no part of this version any more."),
        remove=lambda: actions.remove_annex(document=found, by=request.membership, now=clock.now()),
    )


def send_document(request: TenantRequest, document: AgreementDocument) -> HttpResponse:
    """The bytes that were uploaded, as a download of their own kind, with an audit entry; whoever calls has authorised
    the reader. Raises Http404 when the file is gone or damaged.
    """
    try:
        content = queries.content_of(document=document)
    except queries.DocumentDamaged as error:
        raise Http404(_("The file is missing or damaged. Ask the administrator to restore it.")) from error
    record(act="document.downloaded", actor_id=request.user.pk, at=clock.now(), subject=document.name, id=document.pk)
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=document.name)}
    return HttpResponse(content, content_type=document.media_type, headers=headers)
