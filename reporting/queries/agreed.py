"""What surrounds the figures of a review: who and when, improvements, follow-ups, and how the layout was agreed."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from improvement.models import ImprovementOpportunity, ImprovementState
from portal.accounts.models import Membership
from portal.accounts.policies import can
from portal.language import dates
from portal.language.numbers import NBSP, counted
from portal.language.printed import printed_in
from reporting.layout import Section
from reporting.models import Dispute, DisputeOutcome, FollowUp, MeetingDecision, ReportAgreement, ServiceReview
from reporting.queries.in_language import in_language
from reporting.queries.page_parts import LAYOUT_AGREED, BetterRow, FollowUpRow, Head, ReviewPage
from reporting.queries.review_rows import month_end
from reporting.queries.working_days import calendar_of
from slas.models import CreditStatement
from slas.queries.credit_statements import list_unit_credits
from slas.queries.credits import amount_words

AHEAD = timedelta(days=92)
ENDED = {
    DisputeOutcome.CORRECTED: gettext_lazy("Corrected"),
    DisputeOutcome.KEPT: gettext_lazy("The figure stays"),
    DisputeOutcome.WITHDRAWN: gettext_lazy("Withdrawn"),
}
UNDER_WAY = (
    ImprovementState.APPROVED,
    ImprovementState.IN_PROGRESS,
    ImprovementState.MEASURING,
    ImprovementState.CONFIRMED,
)


def today(*, review: ServiceReview, now: datetime) -> date:
    """The date on which the review is looked at, where its people work."""
    return calendar_of(unit=review.business_unit, now=now).today(now)


def head(*, review: ServiceReview) -> Head:
    """Who, what and when."""
    agreement, unit, tenant = review.report_agreement, review.business_unit, review.tenant
    by = review.prepared_by
    meeting = dates.local(review.meeting_at, tenant.time_zone) if review.meeting_at else None
    return Head(
        tenant=tenant.name,
        provider=tenant.provider_name,
        unit=unit.name,
        unit_slug=unit.slug,
        month=f"{review.month:%Y-%m}",
        month_words=printed_in(agreement.language, dates.month_year(review.month)),
        prepared_by=by.user.name if by else tenant.provider_name,
        prepared_as=by.get_role_display() if by else "",
        answer_by=review.answer_due_on.isoformat() if review.answer_due_on else "",
        meeting=meeting.isoformat() if meeting else "",
        meeting_length=counted(review.meeting_minutes, "minutes") if meeting else "",
        layout=layout_words(review=review),
        agreement_version=agreement.version,
        signers=(agreement.agreed_by_business or unit.name, agreement.agreed_by_it or tenant.provider_name),
        audience=agreement.audience,
        language=agreement.language,
        comments_by=review.comments_end_on.isoformat() if review.comments_end_on else "",
    )


def layout_words(*, review: ServiceReview) -> str:
    """Since when both sides agree on the layout, or who has not accepted it yet."""
    agreement = review.report_agreement
    if agreement.agreed_on is not None:
        return f"{LAYOUT_AGREED} {dates.day_year(agreement.agreed_on)} by both sides."
    return f"Layout proposed by IT, not yet accepted by {review.business_unit.name}."


def meaning_words(*, agreement: ReportAgreement) -> str:
    """Who agreed, and when, on what the figures of a layout mean; or who proposes it."""
    version = f"report agreement version {agreement.version}"
    if agreement.agreed_on is None:
        return f"Proposed by IT, {version}"
    on, names = dates.day_year(agreement.agreed_on), f"{agreement.agreed_by_business} and {agreement.agreed_by_it}"
    return f"Agreed {on} by {names}, {version}"


def as_of_today(
    *, page: ReviewPage, review: ServiceReview, credited: Sequence[CreditStatement], today: date
) -> ReviewPage:
    """An issued page with what goes on after it was issued: follow-ups, credits, and who has accepted its layout."""
    words = meaning_words(agreement=review.report_agreement)
    return replace(
        page,
        head=replace(page.head, layout=layout_words(review=review)),
        promises=tuple(
            replace(promise, meaning=replace(promise.meaning, agreed=words)) if promise.meaning else promise
            for promise in page.promises
        ),
        follow_ups=in_language(follow_up_rows(review=review, credited=credited, today=today), page.head.language)
        if Section.DECISIONS in page.sections
        else (),
    )


def rules_note(*, review: ServiceReview, rules_version: int) -> str:
    """Since when it is counted so, and by which rules."""
    agreement = review.report_agreement
    agreed = f"Agreed by both sides on {dates.day_year(agreement.agreed_on)}. " if agreement.agreed_on else ""
    return f"{agreed}Counting rules version {rules_version}, report agreement version {agreement.version}."


def better_rows(*, review: ServiceReview) -> tuple[BetterRow, ...]:
    """Improvements that the unit notices, its own and those for everybody: done since the month began, or due within
    three months of its end.
    """
    end = month_end(review.month)
    rows = ImprovementOpportunity.objects.filter(
        Q(business_unit=review.business_unit) | Q(business_unit__isnull=True),
        Q(done_on__gte=review.month) | Q(done_on__isnull=True, due_on__lt=end + AHEAD),
        state__in=UNDER_WAY,
    ).select_related("owner__user")
    ordered = sorted(rows, key=lambda row: (row.done_on or row.due_on or end, row.number))
    return tuple(
        BetterRow(
            code=row.code,
            title=row.title,
            notice=row.notice,
            owner=row.owner.user.name if row.owner else "",
            by=_by(row.due_on, row.done_on),
        )
        for row in ordered
    )


def _by(due_on: date | None, done_on: date | None) -> str:
    if done_on:
        return f"Done {dates.day(done_on)}"
    return dates.day(due_on) if due_on else ""


def follow_up_rows(
    *, review: ServiceReview, credited: Sequence[CreditStatement], today: date
) -> tuple[FollowUpRow, ...]:
    """What was agreed in this review, what of earlier ones is open or newly done, what was decided in its meeting,
    how disputes about earlier months ended, and the credits that were approved for its month.
    """
    agreed = [_follow_up(row, today) for row in list_follow_ups(review=review)]
    decided = (_decision(row) for row in list_decisions(review=review))
    settled = (_settled(row, review) for row in list_settled(review=review))
    return (*agreed, *decided, *settled, *(_credit(row, review) for row in credited))


def list_settled(*, review: ServiceReview) -> QuerySet[Dispute]:
    """Disputes about earlier months that were settled since the review before was issued: their ends are told once."""
    before = _issued_before(review).first()  # in the order of its months
    if before is None:
        return Dispute.objects.none()
    rows = Dispute.objects.filter(
        Q(figure__edition__review=before) | Q(settled_at__gt=before.issued_at),  # nothing is settled before its issue
        figure__edition__review__business_unit=review.business_unit_id,
        figure__edition__review__month__lt=review.month,
        settled_at__isnull=False,
    )
    if review.issued_at is not None:
        rows = rows.filter(settled_at__lte=review.issued_at)
    return rows.select_related("figure__edition__review", "settled_by__user").order_by("settled_at", "pk")


def _issued_before(review: ServiceReview) -> QuerySet[ServiceReview]:
    """Earlier reviews of the unit that were issued, the newest first."""
    return ServiceReview.objects.filter(
        business_unit=review.business_unit_id, month__lt=review.month, issued_at__isnull=False
    ).order_by("-month")


def _settled(row: Dispute, review: ServiceReview) -> FollowUpRow:
    by, at = row.settled_by, row.settled_at
    month = dates.month_name(row.figure.edition.review.month)
    said = {"month": month, "name": row.figure.name, "printed": row.figure.printed}
    return FollowUpRow(
        text=_("Dispute about %(month)s, “%(name)s”: %(printed)s") % said,
        owner=by.user.name if by else "",
        owner_side=side_of(by) if by else "",
        by=dates.day(dates.local(at, review.tenant.time_zone).date()) if at else "",
        state=str(ENDED[DisputeOutcome(row.outcome)]),
        is_late=False,
    )


def list_decisions(*, review: ServiceReview) -> QuerySet[MeetingDecision]:
    """What was decided in the meeting of this review, in the order in which it was written down."""
    return MeetingDecision.objects.filter(review=review).select_related("written_by__user").order_by("pk")


def _decision(row: MeetingDecision) -> FollowUpRow:
    return FollowUpRow(row.text, _("Both sides"), "", dates.day(row.decided_on), _("Decided"), is_late=False)


def list_credits(*, review: ServiceReview) -> list[CreditStatement]:
    """What was approved for the unit and the month."""
    return list_unit_credits(unit=review.business_unit, month=review.month)


def _credit(row: CreditStatement, review: ServiceReview) -> FollowUpRow:
    amount = amount_words(row.amount, row.currency)
    by, at = row.decided_by, row.decided_at
    return FollowUpRow(
        text=f"{row.scheme.name}: {amount} for {dates.month_year(row.month)}",
        owner=by.user.name if by else "",
        owner_side=side_of(by) if by else "",
        by=dates.day(dates.local(at, review.tenant.time_zone).date()) if at else "",
        state=", ".join(filter(None, (row.get_state_display(), row.reference))),
        is_late=False,
    )


def list_follow_ups(*, review: ServiceReview) -> QuerySet[FollowUp]:
    """Those of this review, and of earlier reviews of the unit what is open or was done since the review before was
    issued, in the order of their agreement: that something is done is told once.
    """
    issued_at = Subquery(_issued_before(review).values("issued_at")[:1])
    told = Q(done_on=None) | Q(done_on__gte=TruncDate(issued_at, tzinfo=ZoneInfo(review.tenant.time_zone)))
    earlier = Q(review__business_unit=review.business_unit, review__month__lt=review.month) & told
    rows = FollowUp.objects.filter(Q(review=review) | earlier)
    return rows.select_related("owner__user", "review").order_by("position", "due_on", "pk")


def follow_up_hash(row: FollowUp) -> str:
    """What of a follow-up can be changed, as a fingerprint: who changes it has read it so."""
    said = (row.text, row.owner_id, row.due_on.isoformat(), row.state_words)
    return sha256(json.dumps(said).encode()).hexdigest()


def finishable_follow_ups(*, review: ServiceReview, reader: Membership | None) -> tuple[int, ...]:
    """For each line of the follow-ups its id, where the reader may say that it is done; 0 elsewhere."""
    may_all = can(reader, "review.prepare")
    return tuple(
        row.pk if reader and row.done_on is None and (may_all or row.owner_id == reader.pk) else 0
        for row in list_follow_ups(review=review)
    )


def _follow_up(row: FollowUp, today: date) -> FollowUpRow:
    late = (today - row.due_on).days if row.done_on is None else 0
    state = f"{late}{NBSP}{'day' if late == 1 else 'days'} late" if late > 0 else row.state_words or "Open"
    if row.done_on:
        state = f"Done {dates.day(row.done_on)}"
    return FollowUpRow(row.text, row.owner.user.name, side_of(row.owner), dates.day(row.due_on), state, late > 0)


def side_of(member: Membership) -> str:
    """IT for people of IT, otherwise how the person is introduced."""
    return "IT" if not member.is_business else member.title
