"""A tenant as it is in use: a month that was computed, issued and made into a PDF, and one row of every other kind."""

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from catalog.models import BusinessGoal
from improvement.models import ImprovementOpportunity
from portal.accounts.models import BusinessUnit
from portal.jobs.models import JobState
from reporting.actions.meetings import plan_meeting
from reporting.tasks import queue_edition_pdf
from slas.models import AgreementDocument, Attainment
from tests.reporting import factories as made
from tests.security.rows import Rows

FOR_EVERYBODY = "An improvement for the whole company"
FILE = b"%PDF-1.7 the review of October"


def make_world(text: str) -> Rows:
    """The rows of the tenant in force, with `text` in each field that people write and the product did not."""
    month = made.make_month(months=0)
    edition = made.make_edition(month)
    figure = edition.figures.get(anchor="orders.result")
    attainment = Attainment.objects.get(target=month.targets["orders"], period_start=date(2026, 10, 1))
    plan_meeting(
        review=edition.review, meeting_at=made.TODAY + timedelta(days=2), minutes=45, by=month.manager, now=made.TODAY
    )
    job = queue_edition_pdf(edition=edition, by=month.head, now=made.TODAY)
    job.state, job.result_name, job.result_type, job.download_name = (
        JobState.DONE,
        "made.pdf",
        "application/pdf",
        "r.pdf",
    )
    job.save()
    folder = Path(settings.FILES_DIR) / str(job.tenant_id)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / job.result_name).write_bytes(FILE)
    rows = Rows(text).adopt(edition=edition, figure=figure, attainment=attainment, job=job).make_all()
    document = rows.of(AgreementDocument)
    document.sha256 = sha256(FILE).hexdigest()
    document.save()
    (folder / document.sha256).write_bytes(FILE)
    goal = rows.of(BusinessGoal)
    goal.business_unit, goal.short_name = rows.of(BusinessUnit), "Only of one unit"
    goal.save()
    rows.create(ImprovementOpportunity, title=FOR_EVERYBODY, number=10_000, business_unit=None, goal=goal)
    return rows
