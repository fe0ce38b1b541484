"""A figure is said to be wrong: IT answers in time, then the reader settles it or not."""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.models import Membership
from portal.audit.actions import record
from portal.conversations.actions import add_comment
from portal.language import dates
from reporting.actions.answers import address_of, open_edition, start_thread
from reporting.errors import (
    AlreadyDisputed,
    ClaimIncomplete,
    DisputeAnswered,
    DisputeNotAnswered,
    DisputeSettled,
)
from reporting.models import Dispute, DisputeOutcome, Edition, Figure, ThreadKind
from reporting.queries.disputing import subject_of
from reporting.queries.working_days import calendar_of
from slas.queries.claims import recompute_with_claim


@transaction.atomic
def dispute_figure(
    *,
    figure: Figure,
    by: Membership,
    reason: str,
    now: datetime,
    claimed_from: datetime | None = None,
    claimed_until: datetime | None = None,
) -> Dispute:
    """The reader says that a figure is wrong; from now on IT owes an answer.

    A claimed time is counted by the same rules, so that both figures stand side by side. Refuses with EditionClosed,
    EditionReplaced, AlreadyDisputed, ClaimIncomplete and, where time cannot be claimed, with the refusal of that.
    """
    edition = open_edition(edition_id=figure.edition_id)
    if _is_disputed(figure, edition):
        raise AlreadyDisputed
    claimed = _claimed(figure, claimed_from, claimed_until, now)
    thread = start_thread(
        edition=edition,
        anchor=figure.anchor,
        words=figure.printed,
        name=figure.name,
        kind=ThreadKind.DISPUTE,
        by=by,
        text=reason,
        now=now,
    )
    due_at = calendar_of(unit=edition.review.business_unit, now=now).answer_due_at(now)
    thread.answer_due_at = due_at
    thread.save(update_fields=["answer_due_at"])
    return Dispute.objects.create(
        figure=figure,
        thread=thread,
        raised_by=by,
        raised_at=now,
        reason=reason,
        claimed_from=claimed_from,
        claimed_until=claimed_until,
        claimed_result=claimed,
        answer_due_at=due_at,
    )


@transaction.atomic
def answer_dispute(*, dispute: Dispute, by: Membership, is_agreed: bool, text: str, now: datetime) -> Dispute:
    """IT agrees with the claim or explains why not; from now on the reader settles it.

    Refuses with DisputeSettled, DisputeAnswered and the refusals of a comment.
    """
    current = _locked(dispute)
    _refuse_settled(current)
    if current.answered_at is not None:
        raise DisputeAnswered(answered_on=_day(current.answered_at, current))
    review = current.thread.edition.review
    _say(current, by=by, text=text, now=now)
    current.answered_at, current.answered_by, current.is_agreed = now, by, is_agreed
    current.settle_due_at = calendar_of(unit=review.business_unit, now=now).answer_due_at(now)
    current.save()
    record(act="dispute.answered", actor_id=by.user_id, at=now, subject=str(current.figure), agreed=is_agreed)
    return current


@transaction.atomic
def settle_dispute(*, dispute: Dispute, by: Membership, is_accepted: bool, now: datetime, text: str = "") -> Dispute:
    """The reader accepts IT's answer, or says that it is not settled: then IT owes another one.

    Accepted, the figure counts again; a claim that IT agreed with waits to be issued as a new edition. Refuses with
    DisputeSettled, DisputeNotAnswered and the refusals of a comment.
    """
    current = _locked(dispute)
    _refuse_settled(current)
    if current.answered_at is None:
        raise DisputeNotAnswered
    review = current.thread.edition.review
    if text.strip() or not is_accepted:
        _say(current, by=by, text=text, now=now)
    if is_accepted:
        current.settled_at, current.settled_by = now, by
        current.outcome = DisputeOutcome.CORRECTED if current.is_agreed else DisputeOutcome.KEPT
    else:
        current.answered_at = current.answered_by = current.is_agreed = current.settle_due_at = None
        current.answer_due_at = calendar_of(unit=review.business_unit, now=now).answer_due_at(now)
        current.thread.answer_due_at = current.answer_due_at
        current.thread.save(update_fields=["answer_due_at"])
    current.save()
    act = "dispute.settled" if is_accepted else "dispute.not_settled"
    record(act=act, actor_id=by.user_id, at=now, subject=str(current.figure), outcome=current.outcome)
    return current


@transaction.atomic
def withdraw_dispute(*, dispute: Dispute, by: Membership, now: datetime, text: str = "") -> Dispute:
    """The reader takes a dispute back, answered or not: the figure stays. Refuses with DisputeSettled and the refusals
    of a comment.
    """
    current = _locked(dispute)
    _refuse_settled(current)
    if text.strip():
        _say(current, by=by, text=text, now=now)
    current.settled_at, current.settled_by, current.outcome = now, by, DisputeOutcome.WITHDRAWN
    current.save()
    record(act="dispute.withdrawn", actor_id=by.user_id, at=now, subject=str(current.figure))
    return current


def _say(dispute: Dispute, *, by: Membership, text: str, now: datetime) -> None:
    """An answer is owed in this talk: whoever closed it, what is said opens it again."""
    thread = dispute.thread
    url = address_of(thread.edition.review)
    add_comment(conversation=thread.conversation, by=by, text=text, now=now, url=url, reopens=True)


def _is_disputed(figure: Figure, edition: Edition) -> bool:
    """Whether a figure of the same subject is under dispute: a promise is judged once in a month."""
    month = f"{edition.review.month:%Y-%m}"
    disputed = Dispute.objects.filter(figure__edition__review=edition.review_id, settled_at=None)
    anchors = disputed.values_list("figure__anchor", flat=True)
    return subject_of(figure.anchor, month) in {subject_of(anchor, month) for anchor in anchors}


def _claimed(
    figure: Figure, claimed_from: datetime | None, claimed_until: datetime | None, now: datetime
) -> dict[str, Any] | None:
    if (claimed_from is None) != (claimed_until is None):
        raise ClaimIncomplete
    if claimed_from is None or claimed_until is None or figure.attainment is None:
        return None
    return recompute_with_claim(
        attainment=figure.attainment, claimed_from=claimed_from, claimed_until=claimed_until, now=now
    )


def _locked(dispute: Dispute) -> Dispute:
    return (
        Dispute.objects.select_for_update(of=("self",))
        .select_related("figure", "thread__conversation", "thread__edition__review__business_unit")
        .get(pk=dispute.pk)
    )


def _refuse_settled(dispute: Dispute) -> None:
    if dispute.settled_at is not None:
        raise DisputeSettled(settled_on=_day(dispute.settled_at, dispute))


def _day(at: datetime, dispute: Dispute) -> str:
    return dates.day_year(dates.local(at, dispute.tenant.time_zone).date())
