"""An edition with what was said about it: the one thing that the page, the PDF and the API are drawn from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from catalog.models import Need
from portal.accounts.models import Membership
from portal.accounts.policies import can
from portal.conversations.models import Comment
from portal.conversations.queries import get_html
from portal.language import dates
from portal.language.numbers import lower_first
from reporting.models import (
    ANSWERED,
    ContextRequest,
    Dispute,
    Edition,
    FigureAcknowledgement,
    ReviewAcknowledgement,
    ReviewThread,
    ServiceReview,
    ThreadKind,
)
from reporting.queries import agreed
from reporting.queries.context import poorer_words
from reporting.queries.disputing import CLAIM, claim_view, disputed_page, since_issue, subject_of
from reporting.queries.frozen import frozen_edition
from reporting.queries.in_language import in_language
from reporting.queries.page_parts import ReviewPage, pieces_in
from reporting.queries.restated import list_changes
from reporting.queries.review_page import build_page
from reporting.queries.reviews import is_unanswered, is_window_over
from reporting.queries.talk_parts import (
    Clock,
    CommentView,
    DisputeView,
    EditionHead,
    Owed,
    ShownReview,
    Signature,
    ThreadView,
)
from reporting.queries.working_days import calendar_of
from slas.queries.working_days import WorkingCalendar

SOON = 2  # working days
COVER, OTHERS, WORTH = "cover", "others", "worth"
WHOLE = "review"  # the anchor of what is said about all of it


@dataclass(frozen=True)
class _Seen:
    """Who looks, when, and by which calendar."""

    reader: Membership | None
    now: datetime
    calendar: WorkingCalendar

    @property
    def zone(self) -> str:
        return self.calendar.hours.zone

    @property
    def is_unit(self) -> bool:
        """Whether the reader is of the business: the others read the name of the unit instead of "you"."""
        return self.reader is not None and self.reader.is_business

    def may(self, action: str) -> bool:
        return can(self.reader, action)


def show_draft(*, review: ServiceReview, now: datetime) -> ShownReview:
    """The working review as it would be issued now."""
    head = EditionHead(0, 0, "", "", "", "", 0, "")
    return ShownReview(build_page(review=review, now=now), head, {})


def show_edition(*, edition: Edition, reader: Membership | None, now: datetime) -> ShownReview:
    """An issued edition; the newest one with its open disputes, and with follow-ups and layout as they stand today.

    Without a reader (on paper) nobody in particular is spoken to: nothing can be pressed.
    """
    review = edition.review
    seen = _Seen(reader, now, calendar_of(unit=review.business_unit, now=now))
    frozen = frozen_edition(edition=edition)
    issued = frozen.page
    newest = review.editions.order_by("-number").values_list("number", flat=True)[0]
    threads = _threads(review)
    disputes = _disputes(threads, issued, seen) if edition.number == newest else {}
    page = disputed_page(issued, list(disputes.values()))
    credited = agreed.list_credits(review=review) if edition.number == newest else []
    if edition.number == newest:
        page = agreed.as_of_today(page=page, review=review, credited=credited, today=seen.calendar.today(now))
    views = _thread_views(threads, page, disputes, seen)
    shown = ShownReview(
        page=page,
        edition=_head(edition, newest, seen),
        links=frozen.links,
        disputed=frozenset(disputes),
        timed=frozen.timed,
        threads=views,
        since_issue=since_issue(issued, list(disputes.values())),
        clocks=_clocks(review, threads, seen),
        answer=_answer_clock(review, seen),
        may_comment=not is_window_over(review=review, now=now),
        owed=_owed(review),
        signature=_signature(edition, seen),
        changes=list_changes(edition=edition, page=issued),
        finishable=agreed.finishable_follow_ups(review=review, reader=reader) if edition.number == newest else (),
        statements=(*[0] * (len(page.follow_ups) - len(credited)), *(each.pk for each in credited)),
        own_acknowledgements=_own_acknowledgements(edition, reader),
        pins={_pin_anchor(view): view.number for view in reversed(views)},
    )
    return in_language(shown, page.head.language)


def _head(edition: Edition, newest: int, seen: _Seen) -> EditionHead:
    on = dates.local(edition.issued_at, seen.zone).date()
    return EditionHead(
        number=edition.number,
        id=edition.pk,
        issued=dates.weekday_day(on),
        issued_long=dates.day_long_year(on),
        check_code=edition.check_code,
        reason=edition.reason,
        replaced_by=newest if newest > edition.number else 0,
        page_hash=edition.page_hash,
        verify_path=reverse(
            "edition_verify", kwargs={"tenant": edition.review.tenant.slug, "code": edition.verify_code}
        ),
    )


def _threads(review: ServiceReview) -> list[Any]:
    """Threads of all editions of the review, each with `is_unanswered`."""
    comments = Comment.objects.select_related("author__user").order_by("written_at", "pk")
    threads = (
        ReviewThread.objects.filter(edition__review=review)
        .annotate(is_unanswered=is_unanswered())
        .select_related("conversation", "edition")
        .prefetch_related(
            Prefetch("conversation__comments", queryset=comments),
            Prefetch("disputes", queryset=Dispute.objects.select_related("figure__target")),
        )
        .order_by("conversation__started_at", "pk")
    )
    return list(threads)


def _disputes(threads: Iterable[ReviewThread], page: ReviewPage, seen: _Seen) -> dict[str, DisputeView]:
    """Open disputes by what they are about: a promise in the month, another month of it, a sum."""
    by_anchor = {promise.anchor: promise for promise in page.promises}
    views = {}
    for thread in threads:
        for dispute in thread.disputes.all():
            if dispute.settled_at is None:
                subject = subject_of(dispute.figure.anchor, page.head.month)
                views[subject] = claim_view(
                    dispute,
                    by_anchor.get(subject),
                    month=page.head.month,
                    zone=seen.zone,
                    may_answer=seen.may("dispute.answer"),
                    may_settle=seen.may("dispute.settle"),
                )
    return views


def _thread_views(
    threads: Sequence[ReviewThread], page: ReviewPage, disputes: dict[str, DisputeView], seen: _Seen
) -> tuple[ThreadView, ...]:
    """Numbered in the order in which the page first speaks of what they are about."""
    order = _reading_order(page)
    open_disputes = {dispute.id: dispute for dispute in disputes.values()}
    views = [_thread_view(thread, page, open_disputes, seen) for thread in threads]
    views.sort(key=lambda view: order.get(_pin_anchor(view), len(order)))
    return tuple(replace(view, number=number) for number, view in enumerate(views, start=1))


def _reading_order(page: ReviewPage) -> dict[str, int]:
    anchors = [piece.figure for item in page.cover for piece in item.sentence if piece.figure]
    anchors += [item.anchor for item in page.cover]
    anchors += [piece.figure for piece in pieces_in((page.promises, page.worth)) if piece.figure]
    return {anchor: place for place, anchor in reversed(list(enumerate(anchors)))}


def _pin_anchor(view: ThreadView) -> str:
    said = view.dispute
    return f"{CLAIM}{said.promise}" if said and said.promise and said.claim else view.anchor


def _thread_view(
    thread: ReviewThread, page: ReviewPage, open_disputes: dict[int, DisputeView], seen: _Seen
) -> ThreadView:
    dispute = next((open_disputes[each.pk] for each in thread.disputes.all() if each.pk in open_disputes), None)
    due, due_long = _due(thread, dispute, page, seen)
    return ThreadView(
        thread_id=thread.pk,
        number=0,
        place=dispute.promise if dispute and dispute.promise else _place(thread.anchor, page),
        anchor=thread.anchor,
        about=_about(thread, page),
        kind=ThreadKind(thread.kind).label,
        status="D" if dispute else "",
        comments=tuple(_comment(comment, seen.zone) for comment in thread.conversation.comments.all()),
        due=due,
        due_long=due_long,
        may_reply=seen.may("comment.write"),
        dispute=dispute,
    )


def _about(thread: ReviewThread, page: ReviewPage) -> str:
    """What the thread is about; where this edition no longer says it, with the edition that did."""
    if thread.anchor in _anchors(page):
        return thread.anchor_words
    return f"{thread.anchor_words}, edition {thread.edition.number}"


def _anchors(page: ReviewPage) -> set[str]:
    known = {figure.anchor for figure in page.figures} | {item.anchor for item in page.cover}
    return known | {row.anchor for row in page.worth} | {WHOLE}


def _place(anchor: str, page: ReviewPage) -> str:
    """Beside which part of the page a thread stands; what the page no longer says stands beside its beginning."""
    if anchor not in _anchors(page):
        return COVER
    told = {piece.figure for item in page.cover for piece in item.sentence}
    if anchor in told or anchor.startswith("cover.") or anchor == WHOLE:
        return COVER
    owner = anchor.partition(".")[0]
    if owner in {promise.anchor for promise in page.attention}:
        return owner
    return WORTH if owner in ("worth", "value") else OTHERS


def _comment(comment: Comment, zone: str) -> CommentView:
    written = dates.local(comment.written_at, zone).date()
    author = comment.author
    return CommentView(
        id=comment.pk,
        author=author.user.name,
        initials=author.user.initials,
        it=not author.is_business,
        when=dates.weekday_day(written),
        when_long=dates.day_long(written),
        html=get_html(comment=comment),
        text=comment.text,
    )


def _due(thread: Any, dispute: DisputeView | None, page: ReviewPage, seen: _Seen) -> tuple[str, str]:
    """Who answers by when, in short and for paper; empty when nobody owes an answer."""
    row = next((each for each in thread.disputes.all() if dispute and each.pk == dispute.id), None)
    at, who, is_business = thread.answer_due_at, "IT", False
    if row is not None and row.answered_at is not None:
        at, who, is_business = row.settle_due_at, page.head.unit, True
    elif row is None and not thread.is_unanswered:
        return "", ""
    if at is None:
        return "", ""
    local = dates.local(at, seen.zone)
    is_own = seen.reader is not None and seen.reader.is_business == is_business
    said = "You answer" if is_own and (is_business or seen.may("dispute.answer")) else f"{who} answers"
    return f"{said} by {dates.moment(local)}", f"{who} answers by {dates.moment_long(local)}."


def _clocks(review: ServiceReview, threads: Sequence[Any], seen: _Seen) -> tuple[Clock, ...]:
    """What is waited for: the unit's answer to the review, IT's answers to its questions."""
    unit = review.business_unit.name
    clocks = [clock for clock in (_answer_clock(review, seen), _comment_clock(review, seen)) if clock]
    for thread in threads:
        if thread.answer_due_at and thread.is_unanswered:
            local = dates.local(thread.answer_due_at, seen.zone)
            whose = "Your" if seen.may("dispute.answer") else "IT’s"
            label = "IT’s answer to your question" if seen.is_unit else f"{whose} answer to a question of {unit}"
            clocks.append(Clock(label, f"By {dates.moment(local)}", _state(local.date(), seen)))
    return tuple(clocks)


def _answer_clock(review: ServiceReview, seen: _Seen) -> Clock | None:
    if review.answer_due_on is None or review.state in ANSWERED:
        return None
    on = review.answer_due_on
    left = dates.days_left(seen.calendar.days_until(seen.calendar.today(seen.now), on))
    label = "Your answer to this review" if seen.is_unit else f"The answer of {review.business_unit.name}"
    return Clock(label, f"By {dates.weekday_day(on)}, {left}", _state(on, seen))


def _comment_clock(review: ServiceReview, seen: _Seen) -> Clock | None:
    """Until when comments and questions are possible, and what is done with them after it."""
    until = review.comments_end_on
    if until is None or review.state in ANSWERED:
        return None
    label = "Comments and questions"
    if is_window_over(review=review, now=seen.now):
        return Clock(label, f"Until {dates.weekday_day(until)}. Now they go on the agenda of the meeting", "")
    left = dates.days_left(seen.calendar.days_until(seen.calendar.today(seen.now), until))
    return Clock(label, f"Until {dates.weekday_day(until)}, {left}", _state(until, seen))


def _state(on: date, seen: _Seen) -> str:
    left = seen.calendar.days_until(seen.calendar.today(seen.now), on)
    return "late" if left < 0 else "soon" if left <= SOON else ""


def _owed(review: ServiceReview) -> tuple[Owed, ...]:
    """Context that the business owes, and needs that IT has not answered yet."""
    slug = review.tenant.slug
    asks = ContextRequest.objects.filter(business_unit=review.business_unit, answered_at=None).order_by("due_on", "pk")
    needs = Need.objects.filter(business_unit=review.business_unit, answered_at=None).order_by("answer_due_on", "pk")
    you = [
        Owed("You", ask.title, f"By {dates.weekday_day(ask.due_on)}",
             reverse("context_request_detail", kwargs={"tenant": slug, "request_id": ask.pk}),
             poorer_words(request=ask))
        for ask in asks
    ]  # fmt: skip
    it = [
        Owed("IT", lower_first(need.text.partition("\n")[0].partition(". ")[0].removesuffix(".")),
             f"By {dates.weekday_day(need.answer_due_on)}",
             reverse("need_detail", kwargs={"tenant": slug, "need_id": need.pk}))
        for need in needs
    ]  # fmt: skip
    return (*you, *it)


def _signature(edition: Edition, seen: _Seen) -> Signature | None:
    signed = ReviewAcknowledgement.objects.filter(edition=edition).first()  # one at most
    if signed is None:
        return None
    local = dates.local(signed.at, seen.zone)
    return Signature(
        name=signed.name,
        role=signed.role,
        when=dates.weekday_day(local.date()),
        when_long=f"{dates.day_long_year(local.date())}, {local:%H:%M}",
        fingerprint=signed.fingerprint,
        reservations=signed.reservations,
    )


def _own_acknowledgements(edition: Edition, reader: Membership | None) -> frozenset[str]:
    if reader is None:
        return frozenset()
    rows = FigureAcknowledgement.objects.filter(figure__edition=edition, by=reader)
    return frozenset(rows.values_list("figure__anchor", flat=True))
