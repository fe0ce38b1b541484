"""The meeting about a review: its agenda, built from what is open, what was decided, and its minutes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import Membership
from portal.conversations.queries import first_words
from portal.language import dates
from portal.language.numbers import counted
from portal.language.sentences import plain
from reporting.models import (
    AgendaTopic,
    ContextRequest,
    Dispute,
    Feedback,
    FeedbackKind,
    MeetingInvitation,
    MeetingMinutes,
    ReviewThread,
    ServiceReview,
)
from reporting.queries.agreed import list_decisions, list_follow_ups, side_of
from reporting.queries.feedback import state_clock
from reporting.queries.page_parts import ReviewPage, from_json
from reporting.queries.reviews import is_unanswered, latest_edition, list_reviews
from reporting.queries.talk_parts import NO_DATE

MISSED = "M"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One thing to talk about: what it is, what is to be known about it, and where it is read."""

    text: str
    words: str
    url: str = ""
    is_late: bool = False
    topic_id: int = 0
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class AgendaPart:
    """What is to be talked about of one kind."""

    title: str
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What was decided, and when."""

    text: str
    words: str


@dataclass(frozen=True, slots=True)
class MinutesView:
    """The minutes as they were written; `read` names that writing when somebody confirms it."""

    text: str
    present: str
    written: str
    read: str
    confirmed: str
    agenda: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """The whole meeting of one review."""

    title: str
    unit: str
    unit_slug: str
    month: str
    is_draft: bool
    when: str
    length: str
    is_over: bool
    is_called_off: bool
    parts: tuple[AgendaPart, ...]
    decisions: tuple[DecisionLine, ...]
    decided_before: tuple[DecisionLine, ...]
    minutes: MinutesView | None


def get_topic(*, reader: Membership, topic_id: int) -> AgendaTopic:
    """A topic of a review that the reader may see. Raises AgendaTopic.DoesNotExist."""
    return AgendaTopic.objects.filter(review__in=list_reviews(reader=reader)).select_related("review").get(pk=topic_id)


def meeting_page(*, review: ServiceReview, now: datetime) -> MeetingPage:
    """The meeting of a review that its reader may see. Once there are minutes the agenda stands in them as it was."""
    zone = review.tenant.time_zone
    at = dates.local(review.meeting_at, zone) if review.meeting_at else None
    before = _review_before(review)
    return MeetingPage(
        title=str(review),
        unit=review.business_unit.name,
        unit_slug=review.business_unit.slug,
        month=f"{review.month:%Y-%m}",
        is_draft=review.issued_at is None,
        when=dates.moment_long(at) if at else "",
        length=counted(review.meeting_minutes, "minutes") if at else "",
        is_over=bool(review.meeting_at and review.meeting_at <= now),
        is_called_off=at is None and MeetingInvitation.objects.filter(review=review).exists(),
        parts=agenda_parts(review=review, now=now),
        decisions=_decisions(review),
        decided_before=_decisions(before) if before else (),
        minutes=_minutes(review),
    )


def agenda_parts(*, review: ServiceReview, now: datetime) -> tuple[AgendaPart, ...]:
    """What is open between the unit and IT, whichever month it comes from; parts with nothing in them are left out."""
    today = dates.local(now, review.tenant.time_zone).date()
    parts = (
        AgendaPart(_("Put on the agenda"), tuple(_topics(review))),
        AgendaPart(_("Disputes that are not settled"), tuple(_disputes(review))),
        AgendaPart(_("Complaints that are not settled"), tuple(_complaints(review, now))),
        AgendaPart(_("Questions without an answer"), tuple(_questions(review))),
        AgendaPart(_("Promises that were missed"), tuple(_misses(review))),
        AgendaPart(_("Follow-ups that are open"), tuple(_follow_ups(review, today))),
        AgendaPart(_("What IT asked and does not know yet"), tuple(_asked(review, today))),
    )
    return tuple(part for part in parts if part.items)


def written_agenda(*, review: ServiceReview, now: datetime) -> dict[str, Any]:
    """The agenda as minutes keep it: titles and lines, without addresses."""
    parts = agenda_parts(review=review, now=now)
    return {"parts": [{"title": part.title, "lines": [item.text for item in part.items]} for part in parts]}


def written_when(*, review: ServiceReview) -> str:
    """Which writing of the minutes stands; empty while there are none."""
    at = MeetingMinutes.objects.filter(review=review).values_list("written_at", flat=True).first()  # at most one
    return at.isoformat() if at else ""


def _decisions(review: ServiceReview) -> tuple[DecisionLine, ...]:
    return tuple(
        DecisionLine(row.text, f"{dates.day_year(row.decided_on)}, {row.written_by.user.name}")
        for row in list_decisions(review=review)
    )


def _review_before(review: ServiceReview) -> ServiceReview | None:
    """The review whose decisions are looked at again: the last one before with any."""
    before = ServiceReview.objects.filter(business_unit=review.business_unit_id, month__lt=review.month)
    return before.filter(decisions__isnull=False).order_by("-month").first()


def _minutes(review: ServiceReview) -> MinutesView | None:
    row = MeetingMinutes.objects.filter(review=review).select_related("written_by__user", "confirmed_by__user").first()
    if row is None:
        return None
    zone = review.tenant.time_zone
    confirmed = ""
    if row.confirmed_at and row.confirmed_by:
        on = dates.day_year(dates.local(row.confirmed_at, zone).date())
        confirmed = _("Confirmed by %(name)s on %(on)s") % {"name": row.confirmed_by.user.name, "on": on}
    return MinutesView(
        text=row.text,
        present=row.present,
        written=f"{row.written_by.user.name}, {dates.moment(dates.local(row.written_at, zone))}",
        read=row.written_at.isoformat(),
        confirmed=confirmed,
        agenda=tuple((part["title"], tuple(part["lines"])) for part in row.agenda.get("parts", ())),
    )


def _topics(review: ServiceReview) -> Iterator[AgendaItem]:
    rows = AgendaTopic.objects.filter(
        Q(talked_in=None) | Q(talked_in=review),
        review__business_unit=review.business_unit_id,
        review__month__lte=review.month,
    ).select_related("raised_by__user", "review")
    for row in rows.order_by("raised_at", "pk"):
        side = side_of(row.raised_by) or row.raised_by.get_role_display()
        words = f"{row.raised_by.user.name}, {side}"
        if row.review_id != review.pk:
            words += ". " + _("Since %(month)s") % {"month": dates.month_name(row.review.month)}
        yield AgendaItem(row.text, words, topic_id=row.pk, is_closed=row.talked_in_id is not None)


def _disputes(review: ServiceReview) -> Iterator[AgendaItem]:
    rows = Dispute.objects.filter(
        figure__edition__review__business_unit=review.business_unit_id,
        figure__edition__review__month__lte=review.month,
        settled_at=None,
    ).select_related("figure__edition__review__business_unit", "raised_by__user")
    for row in rows.order_by("raised_at", "pk"):
        state = _("IT has answered, the unit settles it") if row.answered_at else _("IT owes an answer")
        yield AgendaItem(f"{row.figure.name}: {first_words(row.reason)}", state, _address(row.figure.edition.review))


def _complaints(review: ServiceReview, now: datetime) -> Iterator[AgendaItem]:
    rows = Feedback.objects.filter(
        kind=FeedbackKind.COMPLAINT, business_unit=review.business_unit_id, closed_at=None
    ).select_related("raised_by__user", "business_unit__tenant")
    for row in rows.order_by("raised_at", "pk"):
        clock = state_clock(feedback=row, now=now) or NO_DATE
        url = reverse("feedback_detail", kwargs={"tenant": review.tenant.slug, "feedback_id": row.pk})
        yield AgendaItem(row.title, f"{row.raised_by.user.name}. {clock.words}", url, is_late=clock.state == "late")


def _questions(review: ServiceReview) -> Iterator[AgendaItem]:
    rows = ReviewThread.objects.filter(
        is_unanswered(),
        edition__review__business_unit=review.business_unit_id,
        edition__review__month__lte=review.month,
    ).select_related("conversation__started_by__user", "edition__review__business_unit")
    for row in rows.order_by("conversation__started_at", "pk"):
        yield AgendaItem(row.conversation.subject, row.conversation.started_by.user.name, _address(row.edition.review))


def _misses(review: ServiceReview) -> Iterator[AgendaItem]:
    edition = latest_edition(review=review)
    if edition is None:
        return
    page = from_json(ReviewPage, edition.page)
    for promise in page.promises:
        if promise.letter == MISSED:
            yield AgendaItem(promise.name, plain(promise.short), f"{_address(review)}#{promise.anchor}")


def _follow_ups(review: ServiceReview, today: date) -> Iterator[AgendaItem]:
    for row in list_follow_ups(review=review).filter(done_on=None):
        words = _("%(who)s, by %(by)s") % {"who": row.owner.user.name, "by": dates.day(row.due_on)}
        yield AgendaItem(row.text, words, f"{_address(review)}#decisions", is_late=row.due_on < today)


def _asked(review: ServiceReview, today: date) -> Iterator[AgendaItem]:
    rows = ContextRequest.objects.filter(business_unit=review.business_unit_id, answered_at=None)
    for row in rows.order_by("due_on", "pk"):
        url = reverse("context_request_detail", kwargs={"tenant": review.tenant.slug, "request_id": row.pk})
        words = _("By %(by)s") % {"by": dates.day(row.due_on)}
        yield AgendaItem(f"{row.title}: {row.question}", words, url, is_late=row.due_on < today)


def _address(review: ServiceReview) -> str:
    where = {"tenant": review.tenant.slug, "unit": review.business_unit.slug, "month": f"{review.month:%Y-%m}"}
    return reverse("review_detail", kwargs=where)
