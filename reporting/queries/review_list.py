"""Reviews as their list shows them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from portal.accounts.models import Membership
from portal.language import dates
from portal.language.numbers import counted, of
from portal.language.phrases import LETTERS
from reporting.models import AWAITED, Dispute, Edition, ReviewState, ServiceReview
from reporting.queries.disputing import KEPT, subject_of
from slas.calculation.periods import add_months


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review in a list: unit, month, how it stood, where it stands, and what is waited for."""

    unit: str
    unit_slug: str
    month: str
    month_words: str
    letter: str
    score: str
    state: str
    state_words: str
    waits: str
    editions: int
    disputes: int


def list_rows(*, reviews: Sequence[ServiceReview], reader: Membership, now: datetime) -> list[ReviewLine]:
    """The lines of a list, in three queries however many there are."""
    newest = Edition.objects.filter(review=OuterRef("review")).order_by("-number").values("number")[:1]
    editions = {
        edition.review_id: edition
        for edition in Edition.objects.filter(review__in=reviews, number=Subquery(newest)).only(
            "review_id", "number", "page"
        )
    }
    disputed: dict[int, set[str]] = defaultdict(set)
    open_disputes = Dispute.objects.filter(figure__edition__review__in=reviews, settled_at=None)
    found = open_disputes.values_list("figure__edition__review", "figure__anchor")
    months = {review.pk: f"{review.month:%Y-%m}" for review in reviews}
    for review_id, anchor in found:
        disputed[review_id].add(subject_of(anchor, months[review_id]))
    return [_line(review, editions.get(review.pk), disputed[review.pk], reader, now) for review in reviews]


def _line(
    review: ServiceReview, edition: Edition | None, disputed: Collection[str], reader: Membership, now: datetime
) -> ReviewLine:
    return ReviewLine(
        unit=review.business_unit.name,
        unit_slug=review.business_unit.slug,
        month=f"{review.month:%Y-%m}",
        month_words=dates.month_year(review.month),
        letter=LETTERS[edition.page["score"]["overall"]] if edition else "",
        score=_score_words(edition.page, disputed) if edition else "",
        state=review.state,
        state_words=ReviewState(review.state).label,
        waits=_waits(review, reader, now),
        editions=edition.number if edition else 0,
        disputes=len(disputed),
    )


def _score_words(page: Mapping[str, Any], disputed: Collection[str]) -> str:
    """How many were kept, without those under dispute, as the page itself says; and how many still run."""
    score = page["score"]
    kept = score["kept"] - sum(
        each["anchor"] in disputed and each["status"] in KEPT and not each["is_open"] for each in page["promises"]
    )
    said = [f"{of(kept, score['judged'])} promises kept"] if score["judged"] else []
    said += [f"{counted(score['running'], 'promises')} not over yet"] if score["running"] else []
    return ", ".join(said)


def _waits(review: ServiceReview, reader: Membership, now: datetime) -> str:
    """What the reader or the other side is waiting for."""
    if review.state in AWAITED and review.answer_due_on:
        who = "You answer" if reader.is_business else f"{review.business_unit.name} answers"
        return f"{who} by {dates.weekday_day(review.answer_due_on)}"
    if review.state == ReviewState.CHECK:
        return "Waits for a second person"
    if review.state == ReviewState.DRAFT:
        is_over = dates.local(now, review.tenant.time_zone).date() >= add_months(review.month, 1)
        return "To be read and issued" if is_over else f"{dates.month_name(review.month)} still runs"
    return ""
