"""What readers say about an issued review: acknowledge, ask, comment; and the answers."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from portal.accounts.models import Membership
from portal.audit.actions import record
from portal.conversations.actions import add_comment, start_conversation
from portal.conversations.models import Comment, Level
from portal.language import dates
from reporting.errors import (
    AlreadyAcknowledged,
    AnchorUnknown,
    CommentsOver,
    DisputesOpen,
    EditionClosed,
    EditionReplaced,
    ReviewNotSigned,
    StillOpen,
)
from reporting.models import (
    Dispute,
    Edition,
    Figure,
    FigureAcknowledgement,
    ReviewAcknowledgement,
    ReviewState,
    ReviewThread,
    ServiceReview,
    ThreadKind,
)
from reporting.queries.page_parts import ReviewPage, from_json
from reporting.queries.reviews import count_open, is_window_over
from reporting.queries.working_days import calendar_of

WHOLE_REVIEW = "review"


@transaction.atomic
def acknowledge_figure(*, figure: Figure, by: Membership, now: datetime) -> FigureAcknowledgement:
    """Read, and accepted how it was counted. Refuses with AlreadyAcknowledged, EditionClosed and EditionReplaced."""
    open_edition(edition_id=figure.edition_id)
    acknowledgement, is_new = FigureAcknowledgement.objects.get_or_create(figure=figure, by=by, defaults={"at": now})
    if not is_new:
        raise AlreadyAcknowledged
    record(act="figure.acknowledged", actor_id=by.user_id, at=now, subject=str(figure))
    return acknowledgement


@transaction.atomic
def ask_question(*, figure: Figure, by: Membership, text: str, now: datetime) -> ReviewThread:
    """A question about a figure; from now on IT owes an answer within the agreed working days.

    Refuses with EditionClosed, EditionReplaced, CommentsOver and the refusals of a comment.
    """
    edition = open_edition(edition_id=figure.edition_id)
    _refuse_late(edition, now)
    return start_thread(
        edition=edition, anchor=figure.anchor, words=figure.printed, name=figure.name,
        kind=ThreadKind.QUESTION, by=by, text=text, now=now,
    )  # fmt: skip


@transaction.atomic
def comment_on_anchor(
    *, edition: Edition, anchor: str, by: Membership, text: str, now: datetime, is_question: bool = False
) -> ReviewThread:
    """Something said about a sentence, a figure or the whole review (`review`); a question asks for an answer.

    Refuses with AnchorUnknown, EditionClosed, EditionReplaced, CommentsOver and the refusals of a comment.
    """
    current = open_edition(edition_id=edition.pk)
    _refuse_late(current, now)
    kind = ThreadKind.QUESTION if is_question else ThreadKind.COMMENT
    name, words = anchor_words(edition=current, anchor=anchor)
    return start_thread(edition=current, anchor=anchor, words=words, name=name, kind=kind, by=by, text=text, now=now)


@transaction.atomic
def reply_in_thread(*, thread: ReviewThread, by: Membership, text: str, now: datetime) -> Comment:
    """Say something in a thread; IT's first word in a question is its answer.

    Refuses with the refusals of a comment.
    """
    address = address_of(thread.edition.review)
    return add_comment(conversation=thread.conversation, by=by, text=text, now=now, url=address, reopens=True)


@transaction.atomic
def acknowledge_review(
    *, edition: Edition, by: Membership, now: datetime, reservations: str = ""
) -> ReviewAcknowledgement:
    """The head signs for the unit: read, and accepted how it was counted; from now on the edition is a record.

    With reservations it is signed although not everything is agreed; what is under dispute goes on. Refuses with
    DisputesOpen without them, and with EditionClosed and EditionReplaced.
    """
    current = open_edition(edition_id=edition.pk)
    reservations = reservations.strip()
    disputed = Dispute.objects.filter(figure__edition__review=current.review_id, settled_at=None).count()
    if disputed and not reservations:
        raise DisputesOpen(number=disputed)
    state = ReviewState.RESERVED if reservations else ReviewState.SIGNED
    ServiceReview.objects.filter(pk=current.review_id).update(state=state)
    about = {"edition": current.number, "fingerprint": current.page_hash, "reservations": reservations}
    record(act="review.acknowledged", actor_id=by.user_id, at=now, subject=str(current.review), **about)
    return ReviewAcknowledgement.objects.create(
        edition=current,
        by=by,
        at=now,
        name=by.user.name[:120],
        role=(by.title or by.get_role_display())[:120],
        fingerprint=current.page_hash,
        reservations=reservations,
    )


@transaction.atomic
def close_review(*, review: ServiceReview, now: datetime) -> ServiceReview:
    """Nothing is left to say about a signed review. Refuses with ReviewNotSigned and StillOpen.

    It is closed when no dispute and no question is open, or once the days for the answer have passed.
    """
    current = ServiceReview.objects.select_for_update().get(pk=review.pk)
    if current.state not in (ReviewState.SIGNED, ReviewState.RESERVED):
        raise ReviewNotSigned
    if number := count_open(review=current):
        today = dates.local(now, current.tenant.time_zone).date()
        if current.answer_due_on is None or today <= current.answer_due_on:
            raise StillOpen(number=number)
    current.state = ReviewState.CLOSED
    current.save(update_fields=["state"])
    record(act="review.closed", actor_id=None, at=now, subject=str(current))
    return current


def open_edition(*, edition_id: int) -> Edition:
    """The edition, locked with its review, if it can still be answered. Refuses with EditionClosed, EditionReplaced."""
    edition = Edition.objects.select_related("review__business_unit", "review__tenant").get(pk=edition_id)
    ServiceReview.objects.select_for_update().get(pk=edition.review_id)
    signed = ReviewAcknowledgement.objects.filter(edition=edition).first()  # at most one: an edition is signed once
    if signed is not None:
        zone = edition.review.tenant.time_zone
        raise EditionClosed(signed_on=dates.day_year(dates.local(signed.at, zone).date()))
    if edition.review.editions.filter(number__gt=edition.number).exists():
        raise EditionReplaced(number=edition.number)
    return edition


def _refuse_late(edition: Edition, now: datetime) -> None:
    """New comments and questions have the window of the report agreement; a talk that was begun in it goes on."""
    review = edition.review
    if is_window_over(review=review, now=now) and review.comments_end_on is not None:
        raise CommentsOver(until=dates.day_year(review.comments_end_on))


def start_thread(
    *, edition: Edition, anchor: str, words: str, name: str = "", kind: str, by: Membership, text: str, now: datetime
) -> ReviewThread:
    """A conversation anchored to a place of the edition, with the clock of its answer where one is owed.

    Its subject has the name of a figure too: in a list of talks "34 min" alone says nothing.
    """
    review = edition.review
    place = f": {name}, {words}" if name else f": {words}"
    conversation = start_conversation(
        business_unit=review.business_unit,
        subject=f"{review}{place if anchor != WHOLE_REVIEW else ''}"[:200],
        level=Level.OPERATIONAL,
        by=by,
        text=text,
        now=now,
        url=address_of(review),
    )
    due_at = None
    if kind == ThreadKind.QUESTION:
        due_at = calendar_of(unit=review.business_unit, now=now).answer_due_at(now)
    thread = ReviewThread.objects.create(
        conversation=conversation, edition=edition, anchor=anchor, anchor_words=words[:120], kind=kind,
        answer_due_at=due_at,
    )  # fmt: skip
    ServiceReview.objects.filter(pk=review.pk, state=ReviewState.ISSUED).update(state=ReviewState.DISCUSSED)
    record(act=f"review.{kind}", actor_id=by.user_id, at=now, subject=str(review), anchor=anchor)
    return thread


def anchor_words(*, edition: Edition, anchor: str) -> tuple[str, str]:
    """The name of a figure (none for a sentence), and what is written there: its string, or a sentence's beginning.

    Refuses with AnchorUnknown.
    """
    page = from_json(ReviewPage, edition.page)
    if anchor == WHOLE_REVIEW:
        return "", str(edition.review)[:120]
    printed = {figure.anchor: (figure.name, figure.printed) for figure in page.figures}
    printed |= {item.anchor: ("", "".join(piece.text for piece in item.sentence)[:60]) for item in page.cover}
    printed |= {row.anchor: ("", row.goal[:60]) for row in page.worth}
    if anchor not in printed:
        raise AnchorUnknown(anchor=anchor)
    return printed[anchor]


def address_of(review: ServiceReview) -> str:
    """Where readers find a review."""
    slug, month = review.business_unit.slug, f"{review.month:%Y-%m}"
    return reverse("review_detail", kwargs={"tenant": review.tenant.slug, "unit": slug, "month": month})
