"""Reviews are drafted, put on paper and written down with their evidence by workers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from portal import clock
from portal.accounts.models import BusinessUnit, Membership
from portal.jobs.actions import request_job
from portal.jobs.models import Job
from portal.jobs.queries import find_job
from portal.jobs.registry import Report
from portal.jobs.tasks import queue_job
from portal.pdf import Variant
from portal.tenancy.models import Tenant
from portal.tenancy.scope import Scope, required_tenant_id
from portal.tenancy.tasks import queue_on_commit, tenant_task
from reporting.actions import channels, feedback, follow_ups, pulses
from reporting.actions.answers import close_review
from reporting.actions.delivery import issue_by_itself, remind_of_review, tell_drafted
from reporting.actions.reviews import draft_review
from reporting.errors import NothingToReview, ReviewIssued, ReviewNotSigned, StillOpen
from reporting.exports.bundles import bundle_name, bundle_title
from reporting.exports.pdf import paper_key
from reporting.models import Edition, ServiceReview
from reporting.queries.delivery import list_due
from reporting.queries.reviews import list_due_units, list_signed
from reporting.queries.shown import show_draft, show_edition
from slas.calculation.periods import add_months
from slas.exports.evidence import FORMAT

AT_ONCE = 500  # signed reviews that one run looks at; the oldest come first
LOOKED_UP = 20  # reviews between two words on how far a bundle is


@tenant_task(queue="default")
def draft_due_reviews() -> None:
    """Draft the reviews of the month that ended where the tenant is; units whose review exists are left alone."""
    today = clock.today(Tenant.objects.get(pk=required_tenant_id()).time_zone)
    month = add_months(today.replace(day=1), -1)
    slugs = list(list_due_units(month=month).values_list("slug", flat=True))
    if slugs:
        queue_on_commit(draft_reviews, month=month.isoformat(), slugs=slugs, tells=True)


@tenant_task(queue="default")
def deliver_due_reviews() -> None:
    """Tell who must read and issue a review that is due; what both sides agreed to is issued by itself on its day."""
    now = clock.now()
    for due in list_due(now=now):
        if due.issues_itself:
            queue_on_commit(issue_due_review, review_id=due.review.pk)
        else:
            remind_of_review(due=due, now=now)


@tenant_task(queue="default")
def issue_due_review(*, review_id: int) -> None:
    """Issue one review by itself, if it is still due and not issued, and have its PDF made."""
    now = clock.now()
    due = next((each for each in list_due(now=now, review_id=review_id) if each.issues_itself), None)
    edition = issue_by_itself(due=due, now=now) if due else None
    if edition is not None:
        queue_edition_pdf(edition=edition, by=None, now=now)


@tenant_task(queue="default")
def draft_reviews(*, month: str, slugs: list[str], tells: bool = False) -> None:
    """Draft these units' reviews of a month (`2026-10-01`). Drafting again renews what nobody has edited.

    `tells` whoever must read them, where nobody has asked for the drafts.
    """
    for unit in BusinessUnit.objects.filter(slug__in=slugs).order_by("slug"):
        try:
            review = draft_review(unit=unit, month=date.fromisoformat(month), by=None, now=clock.now())
        except (ReviewIssued, NothingToReview):  # since it was asked for: there is nothing left to draft
            continue
        if tells:
            tell_drafted(review=review, now=clock.now())


@tenant_task(queue="default")
def close_signed_reviews() -> None:
    """Close what was signed and has nothing open, or whose days for an answer have passed; the others wait."""
    for review in list_signed(limit=AT_ONCE):
        try:
            close_review(review=review, now=clock.now())
        except (ReviewNotSigned, StillOpen):  # corrected or closed meanwhile, or looked at again the next time
            continue


@tenant_task(queue="default")
def remind_of_what_is_owed() -> None:
    """Remind the business of what IT asked and of complaints that were answered, and owners of their follow-ups: soon
    before it is due, and each week that it is late.
    """
    now = clock.now()
    follow_ups.remind_of_context(now=now)
    follow_ups.remind_of_follow_ups(now=now)
    feedback.remind_of_feedback(now=now)


@tenant_task(queue="default")
def ask_what_was_agreed() -> None:
    """Ask the short questions that report agreements have asked by themselves."""
    pulses.ask_what_was_agreed(now=clock.now())


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


def queue_edition_evidence(*, edition: Edition, by: Membership | None, now: datetime) -> Job:
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


def queue_review_bundle(*, editions: Sequence[Edition], with_evidence: bool, by: Membership, now: datetime) -> Job:
    """Have workers make the PDFs of these editions that nobody asked for yet, and put all of them into one file."""
    months = sorted({edition.review.month for edition in editions})
    arguments = {
        "edition_ids": [edition.pk for edition in editions],
        "with_evidence": with_evidence,
        "as_of": now.isoformat(),
        "file_name": bundle_name(months),
    }
    return _queue(
        kind="review_bundle",
        key=f"{by.pk}-{now.isoformat()}",
        title=bundle_title(months, len(editions)),
        arguments=arguments,
        by=by,
        now=now,
    )


def ask_for_review_files(*, scope: Scope, arguments: dict[str, Any], report: Report) -> list[int]:
    """The first half of a bundle: the PDF of each edition as it is talked about now, and its evidence, each made once
    and kept for everybody who asks for it. Each is asked for by itself, so that nobody waits for the whole.
    """
    wanted, now = arguments["edition_ids"], clock.now()
    parts = []
    for place, pk in enumerate(wanted):
        if place % LOOKED_UP == 0:
            report(0, f"{place} of {len(wanted)} reviews are looked up.")
        with scope():
            edition = Edition.objects.select_related("review__business_unit", "tenant").get(pk=pk)
            parts.append(queue_edition_pdf(edition=edition, by=None, now=now).pk)
            if arguments["with_evidence"]:
                parts.append(queue_edition_evidence(edition=edition, by=None, now=now).pk)
    return parts


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
