"""Reviews are drafted, put on paper and written down with their evidence by workers."""

from datetime import date, datetime

from portal import clock
from portal.accounts.models import BusinessUnit, Membership
from portal.jobs.actions import request_job
from portal.jobs.models import Job
from portal.jobs.queries import find_job
from portal.jobs.tasks import queue_job
from portal.pdf import Variant
from portal.tenancy.models import Tenant
from portal.tenancy.scope import required_tenant_id
from portal.tenancy.tasks import queue_on_commit, tenant_task
from reporting.actions import channels, follow_ups
from reporting.actions.answers import close_review
from reporting.actions.reviews import draft_review
from reporting.errors import NothingToReview, ReviewIssued, ReviewNotSigned, StillOpen
from reporting.exports.pdf import month_title, paper_key
from reporting.models import Edition, ServiceReview
from reporting.queries.reviews import list_due_units, list_signed
from reporting.queries.shown import show_draft, show_edition
from slas.calculation.periods import add_months
from slas.exports.evidence import FORMAT

AT_ONCE = 500  # signed reviews that one run looks at; the oldest come first


@tenant_task(queue="default")
def draft_due_reviews() -> None:
    """Draft the reviews of the month that ended where the tenant is; units whose review exists are left alone."""
    today = clock.today(Tenant.objects.get(pk=required_tenant_id()).time_zone)
    month = add_months(today.replace(day=1), -1)
    slugs = list(list_due_units(month=month).values_list("slug", flat=True))
    if slugs:
        queue_on_commit(draft_reviews, month=month.isoformat(), slugs=slugs)


@tenant_task(queue="default")
def draft_reviews(*, month: str, slugs: list[str]) -> None:
    """Draft these units' reviews of a month (`2026-10-01`). Drafting again renews what nobody has edited."""
    for unit in BusinessUnit.objects.filter(slug__in=slugs).order_by("slug"):
        try:
            draft_review(unit=unit, month=date.fromisoformat(month), by=None, now=clock.now())
        except (ReviewIssued, NothingToReview):  # since it was asked for: there is nothing left to draft
            continue


@tenant_task(queue="default")
def close_signed_reviews() -> None:
    """Close what was signed and has nothing open, or whose days for an answer have passed; the others wait."""
    for review in list_signed(limit=AT_ONCE):
        try:
            close_review(review=review, now=clock.now())
        except (ReviewNotSigned, StillOpen):  # corrected or closed meanwhile, or looked at again the next time
            continue


@tenant_task(queue="default")
def remind_of_context() -> None:
    """Remind the business of what IT asked: soon before it is due, and each week that it is late."""
    follow_ups.remind_of_context(now=clock.now())


@tenant_task(queue="default")
def tell_silence() -> None:
    """Say where a unit and IT have not talked for longer than they said they would."""
    channels.tell_silence(now=clock.now())


def queue_drafts(*, month: date, slugs: list[str]) -> None:
    """Have the workers draft these units' reviews once the present transaction is committed."""
    queue_on_commit(draft_reviews, month=month.isoformat(), slugs=slugs)


def queue_edition_pdf(
    *, edition: Edition, by: Membership | None, now: datetime, variant: Variant = Variant.READING
) -> Job:
    """Have a worker make the PDF of an edition as it stands now; asking again finds the same file."""
    title = f"{edition.review}, edition {edition.number}"
    return _queue(
        kind="edition_pdf",
        key=_edition_key(edition, now, variant),
        title=f"{title}, for the archive" if variant == Variant.ARCHIVE else title,
        arguments={"edition_id": edition.pk, "as_of": now.isoformat(), "variant": variant.value},
        by=by,
        now=now,
    )


def queue_draft_pdf(*, review: ServiceReview, by: Membership | None, now: datetime) -> Job:
    """Have a worker make the PDF of a draft as it stands now."""
    return _queue(
        kind="draft_pdf",
        key=_draft_key(review, now),
        title=f"{review}, draft",
        arguments={"review_id": review.pk, "as_of": now.isoformat()},
        by=by,
        now=now,
    )


def queue_edition_evidence(*, edition: Edition, by: Membership, now: datetime) -> Job:
    """Have a worker write the evidence of an edition; it is frozen, so that asking again finds the same file."""
    return _queue(
        kind="edition_evidence",
        key=f"{edition.pk}-{FORMAT}",
        title=f"Evidence of {edition.review}, edition {edition.number}",
        arguments={"edition_id": edition.pk},
        by=by,
        now=now,
    )


def find_edition_evidence(*, edition: Edition) -> Job | None:
    """The evidence of an edition, if anybody asked for it."""
    return find_job(kind="edition_evidence", key=f"{edition.pk}-{FORMAT}")


def find_edition_pdf(*, edition: Edition, now: datetime, variant: Variant = Variant.READING) -> Job | None:
    """The PDF of an edition as it stands now, if anybody asked for it."""
    return find_job(kind="edition_pdf", key=_edition_key(edition, now, variant))


def find_draft_pdf(*, review: ServiceReview, now: datetime) -> Job | None:
    """The PDF of a draft as it stands now, if anybody asked for it."""
    return find_job(kind="draft_pdf", key=_draft_key(review, now))


def queue_month_zip(*, month: date, by: Membership, now: datetime) -> Job:
    """Have a worker put the PDFs of all units of a month into one file."""
    return _queue(
        kind="month_zip",
        key=f"{required_tenant_id()}-{month:%Y-%m}-{now.isoformat()}",
        title=month_title(month),
        arguments={"month": month.isoformat(), "as_of": now.isoformat()},
        by=by,
        now=now,
    )


def _edition_key(edition: Edition, now: datetime, variant: Variant) -> str:
    key = f"{edition.pk}-{paper_key(shown=show_edition(edition=edition, reader=None, now=now))}"
    return key if variant == Variant.READING else f"{key}-{variant.value}"


def _draft_key(review: ServiceReview, now: datetime) -> str:
    return f"{review.pk}-{paper_key(shown=show_draft(review=review, now=now))}"


def _queue(
    *, kind: str, key: str, title: str, arguments: dict[str, object], by: Membership | None, now: datetime
) -> Job:
    job = request_job(kind=kind, key=key, title=title, arguments=arguments, requested_by=by, now=now)
    queue_job(job)
    return job
