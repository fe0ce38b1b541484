"""The working review of a month: drafted by rules, edited by the service level manager."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from portal.accounts.models import BusinessUnit, Membership
from portal.audit.actions import record
from portal.language import dates
from portal.language.sentences import NotBound, bind
from reporting.actions.layouts import layout_of
from reporting.errors import (
    NothingToReview,
    NothingToReword,
    ReviewIssued,
    SentenceEmpty,
    SentenceRefused,
)
from reporting.models import PUBLISHED, ReviewParagraph, ReviewState, ServiceReview
from reporting.queries.drafting import COVER
from reporting.queries.editing import why_refused
from reporting.queries.plain_words import reader_of
from reporting.queries.review_page import Material, gather
from reporting.queries.reviews import why_no_draft


@transaction.atomic
def draft_review(*, unit: BusinessUnit, month: date, by: Membership | None, now: datetime) -> ServiceReview:
    """The review of a unit's month with the sentences that the rules draft from the figures.

    Drafting again renews each sentence that nobody has edited. Refuses with ReviewIssued and NothingToReview.
    """
    review, is_new = ServiceReview.objects.select_for_update().get_or_create(
        business_unit=unit,
        month=month.replace(day=1),
        defaults={"report_agreement": layout_of(unit=unit), "state": ReviewState.DRAFT},
    )
    if review.state in PUBLISHED:
        raise ReviewIssued(issued_on=_day_of(review.issued_at, review))
    today = dates.local(now, review.tenant.time_zone).date()
    if reason := why_no_draft(unit=unit, month=review.month, today=today):
        raise NothingToReview(reason=reason)
    review.state, review.drafted_at = ReviewState.DRAFT, now
    review.report_agreement = layout_of(unit=unit)  # the one of today, also where it was drafted in another one
    review.prepared_by = by or review.prepared_by
    review.save()
    renew_sentences(review=review)
    if is_new:
        record(act="review.drafted", actor_id=by.user_id if by else None, at=now, subject=str(review))
    return review


@transaction.atomic
def edit_paragraph(*, paragraph: ReviewParagraph, text: str, by: Membership, now: datetime) -> ReviewParagraph:
    """Say it in other words; the figures stay bound. An empty text leaves a sentence of the first page out.

    What is edited after the review was issued waits for a corrected edition: the issued one never changes. Refuses with
    SentenceRefused for a broken binding or a typed number, and with SentenceEmpty.
    """
    review = ServiceReview.objects.select_for_update().get(pk=paragraph.review_id)
    material = gather(review=review)
    text = " ".join(text.split())
    if not text and paragraph.section != COVER:
        raise SentenceEmpty
    if why := why_refused(material=material, text=text):
        raise SentenceRefused(reason=why)
    paragraph.text, paragraph.edited_by, paragraph.edited_at = text, by, now
    paragraph.save()
    record(act="review.edited", actor_id=by.user_id, at=now, subject=str(review), anchor=paragraph.anchor)
    return paragraph


@transaction.atomic
def reword_paragraph(
    *, paragraph: ReviewParagraph, text: str, at: str, by: Membership, now: datetime
) -> ReviewParagraph:
    """Put the plain phrase into a sentence as it is being written, at a place (`12:pods`), and keep the sentence.

    Refuses with NothingToReword, and as `edit_paragraph` does.
    """
    plain = reader_of(gather(review=paragraph.review)).reword(text, at)
    if plain is None:
        raise NothingToReword
    return edit_paragraph(paragraph=paragraph, text=plain, by=by, now=now)


@transaction.atomic
def take_back_edit(*, paragraph: ReviewParagraph, by: Membership, now: datetime) -> ReviewParagraph:
    """Use the rules' own sentence again."""
    review = ServiceReview.objects.select_for_update().get(pk=paragraph.review_id)
    paragraph.text, paragraph.edited_by, paragraph.edited_at = paragraph.drafted_text, None, None
    paragraph.save()
    record(act="review.edited", actor_id=by.user_id, at=now, subject=str(review), anchor=paragraph.anchor)
    return paragraph


@transaction.atomic
def renew_sentences(*, review: ServiceReview) -> Material:
    """Sentences that nobody edited follow the rules and the figures of now; edited ones stay while those are there.

    Gives what they were made from.
    """
    material = gather(review=review)
    old = {paragraph.anchor: paragraph for paragraph in ReviewParagraph.objects.filter(review=material.review)}
    wanted = {draft.anchor for draft in material.drafts}
    gone = [row.pk for anchor, row in old.items() if anchor not in wanted and row.edited_at is None]
    ReviewParagraph.objects.filter(pk__in=gone).delete()
    for position, draft in enumerate(material.drafts):
        row = old.get(draft.anchor) or ReviewParagraph(review=material.review, anchor=draft.anchor)
        row.section, row.position, row.mark, row.drafted_text = draft.section, position, draft.mark, draft.text
        if row.edited_at is None or not _is_bound(row.text, material):
            row.text, row.edited_by, row.edited_at = draft.text, None, None
        row.save()
    return material


def _is_bound(text: str, material: Material) -> bool:
    try:
        bind(text, material.strings)
    except NotBound:
        return False
    return True


def _day_of(at: datetime | None, review: ServiceReview) -> str:
    return dates.day_year(dates.local(at, review.tenant.time_zone).date()) if at else ""


def next_edition_number(*, review: ServiceReview) -> int:
    """One more than the newest."""
    newest: int | None = review.editions.aggregate(newest=Max("number"))["newest"]
    return (newest or 0) + 1
