"""Files for the administrator: the reviews of chosen months and units."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.policies import authorise
from portal.audit.actions import record
from portal.pages import form_page, sent
from portal.tenancy.middleware import TenantRequest
from reporting import tasks
from reporting.forms.exports import ExportForm


def export_month(request: TenantRequest, tenant: str) -> HttpResponse:
    """The PDFs of chosen months and units in one file, made by workers; their page says how far they are."""
    authorise(request.membership, "export.run")
    form = ExportForm(sent(request))
    if form.is_valid():
        now, editions = clock.now(), form.editions
        evidence = form.cleaned_data["with_evidence"]
        job = tasks.queue_review_bundle(editions=editions, with_evidence=evidence, by=request.membership, now=now)
        record(act="reviews.exported", actor_id=request.user.pk, at=now, subject=job.title, reviews=len(editions))
        return redirect("job_detail", tenant=tenant, job_id=job.pk)
    return form_page(
        request,
        form,
        title=_("Export reviews"),
        intro=_(
            "One file with the newest edition of each review, as the PDF that its readers have, byte for byte. PDFs"
            " that nobody has asked for yet are made first. You may leave while that is done."
        ),
        send=_("Make the file"),
        back=reverse("review_list", kwargs={"tenant": tenant}),
    )
