"""Files for the administrator: every review of a month."""

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
from reporting.forms.reviews import MonthForm
from reporting.queries.reviews import list_editions_of_month


def export_month(request: TenantRequest, tenant: str) -> HttpResponse:
    """The PDFs of all units of a month in one file, made by a worker."""
    authorise(request.membership, "export.run")
    form = MonthForm(sent(request))
    if form.is_valid():
        month = form.cleaned_data["month"]
        if list_editions_of_month(month=month).exists():
            now = clock.now()
            record(act="reviews.exported", actor_id=request.user.pk, at=now, subject=f"{month:%Y-%m}")
            job = tasks.queue_month_zip(month=month, by=request.membership, now=now)
            return redirect("job_detail", tenant=tenant, job_id=job.pk)
        form.add_error("month", _("No review of this month was issued. Choose another month."))
    return form_page(
        request,
        form,
        title=_("Export the reviews of a month"),
        intro=_("One file with every unit’s newest edition, as PDF and evidence. You may leave while it is made."),
        send=_("Make the file"),
        back=reverse("review_list", kwargs={"tenant": tenant}),
    )
