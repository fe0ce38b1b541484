"""How far the reviews of the month that ended are: six steps each, the next one, and who takes it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from portal.accounts.models import BusinessUnit, MembershipUnit, Role
from portal.accounts.policies import can
from portal.language import dates
from portal.language.numbers import counted
from reporting.models import (
    ANSWERED,
    AWAITED,
    PUBLISHED,
    UNISSUED,
    ReviewAcknowledgement,
    ReviewParagraph,
    ReviewState,
    ServiceReview,
)
from reporting.queries.workbench_desk import Desk
from slas.calculation.periods import add_months
from slas.calculation.status import Status
from slas.models import AgreementKind
from slas.queries.attainments import newest_attainments

NAMES = ("data in", "figures", "text", "both read", "issued", "answered")
STEPS = len(NAMES)
DONE, NOW, STUCK, TO_COME = "done", "now", "stuck", ""
DATA, FIGURES, TEXT, READ, ANSWER = range(5)
ISSUED_STEPS = 5


@dataclass(frozen=True, slots=True)
class Closing:
    """One unit's review: the state of each step, the next one in words, who takes it, and the button for it.

    `progress` tells the steps to whoever does not see them.
    """

    unit: str
    unit_slug: str
    steps: tuple[str, ...]
    progress: str
    words: str
    who: str
    action: str
    is_urgent: bool
    state: str

    @property
    def is_started(self) -> bool:
        """Whether there is a review to look at."""
        return self.state != ""

    @property
    def is_issued(self) -> bool:
        """Whether everybody here may look at it; a draft is for those who prepare reviews."""
        return self.state in PUBLISHED


@dataclass(frozen=True, slots=True)
class ClosingMonth:
    """The reviews of the month; how many of them are issued, and how many are due this week."""

    month: date
    rows: tuple[Closing, ...]
    issued: int
    due_this_week: int


@dataclass(frozen=True, slots=True)
class _Facts:
    reviews: Mapping[int, ServiceReview]
    gaps: Mapping[int, int]
    changed: Mapping[int, int]
    written: frozenset[int]
    heads: Mapping[int, str]
    acknowledged: Mapping[int, date]


def get_closing(*, desk: Desk) -> ClosingMonth:
    """The units with figures or a review of the month that ended; those that wait for IT first."""
    month = desk.closing
    units = list(_units(desk, month))
    facts = _facts(desk, month, [unit.pk for unit in units])
    rows = sorted((_closing(unit, desk, facts) for unit in units), key=lambda row: (_order(row), row.unit))
    return ClosingMonth(
        month=month,
        rows=tuple(rows),
        issued=sum(row.state in PUBLISHED for row in rows),
        due_this_week=_due_this_week(units, desk, facts),
    )


def _units(desk: Desk, month: date) -> Collection[BusinessUnit]:
    figures = Q(
        parties__agreements_as_customer__kind=AgreementKind.SLA,
        parties__agreements_as_customer__targets__attainments__period_end=add_months(month, 1),
    )
    units = BusinessUnit.objects.filter(figures | Q(reviews__month=month), desk.own_units("pk"))
    return units.order_by("name").distinct()


def _facts(desk: Desk, month: date, unit_ids: Collection[int]) -> _Facts:
    reviews = ServiceReview.objects.filter(month=month, business_unit__in=unit_ids)
    by_unit = {row.business_unit_id: row for row in reviews.select_related("report_agreement", "prepared_by__user")}
    figures = newest_attainments().filter(
        period_end=add_months(month, 1),
        target__agreement__kind=AgreementKind.SLA,
        target__agreement__customer__business_unit__in=unit_ids,
    )
    unit = "target__agreement__customer__business_unit"
    gaps = dict(figures.filter(status=Status.DATA_GAP.value).values_list(unit).annotate(Count("pk")).order_by())
    changed: dict[int, int] = defaultdict(int)
    for unit_id, changed_at in figures.values_list(unit, "changed_at"):
        review = by_unit.get(unit_id)
        if review is not None and review.drafted_at is not None and changed_at > review.drafted_at:
            changed[unit_id] += 1
    written = ReviewParagraph.objects.filter(review__in=reviews, edited_by__isnull=False)
    heads = MembershipUnit.objects.filter(
        business_unit__in=unit_ids, membership__role=Role.BUSINESS_UNIT_HEAD, membership__is_active=True
    )
    signed = ReviewAcknowledgement.objects.filter(edition__review__in=reviews)
    return _Facts(
        reviews=by_unit,
        gaps=gaps,
        changed=changed,
        written=frozenset(written.values_list("review_id", flat=True)),
        heads=dict(heads.order_by("-pk").values_list("business_unit_id", "membership__user__name")),
        acknowledged={
            review_id: at.astimezone(desk.calendar.hours.tz).date()
            for review_id, at in signed.order_by("at").values_list("edition__review_id", "at")
        },
    )


def _closing(unit: BusinessUnit, desk: Desk, facts: _Facts) -> Closing:
    review = facts.reviews.get(unit.pk)
    step, state, words, who, action = _next(unit, review, desk, facts)
    steps = tuple(DONE if place < step else state if place == step else TO_COME for place in range(STEPS))
    return Closing(
        unit=unit.name,
        unit_slug=unit.slug,
        steps=steps,
        progress=_progress(step, state),
        words=words,
        who=who,
        action=action,
        is_urgent=step == TEXT,
        state=review.state if review else "",
    )


def _progress(step: int, state: str) -> str:
    done = f"{min(step, STEPS)} of {STEPS} done"
    if step >= STEPS:
        return done
    return f"{done}, {NAMES[step]} is {'stuck' if state == STUCK else 'next'}"


def _next(
    unit: BusinessUnit, review: ServiceReview | None, desk: Desk, facts: _Facts
) -> tuple[int, str, str, str, str]:
    """The step at which the review stands, its state, the next step in words, who takes it, and the button."""
    head = facts.heads.get(unit.pk, "No head is named")
    if review is not None and review.state in ANSWERED:
        on = facts.acknowledged.get(review.pk)
        return STEPS, DONE, f"Acknowledged on {dates.day(on)}" if on else "Acknowledged", head, ""
    if review is not None and review.state in AWAITED:
        due = review.answer_due_on
        late = due is not None and due < desk.today
        words = f"Answer due {dates.day(due)}" if due else "Answer awaited"
        return ISSUED_STEPS, STUCK if late else NOW, words, head, ""
    if gaps := facts.gaps.get(unit.pk):
        return DATA, STUCK, f"{counted(gaps, 'promises')} without enough data", "Source owner", "Look"
    if review is None:
        return FIGURES, NOW, "Draft the review", _whose(None, desk), "Draft"
    who, due_words = _whose(review, desk), _due_words(review, desk)
    if changed := facts.changed.get(unit.pk):
        return FIGURES, NOW, f"Check {counted(changed, 'figures')}{due_words}", who, "Check"
    if review.state == ReviewState.CHECK:
        return READ, NOW, f"A second person reads it{due_words}", "A second person", "Read"
    if review.pk not in facts.written:
        return TEXT, NOW, f"Write the summary{due_words}", who, "Write"
    return READ, NOW, f"Read it and issue it{due_words}", who, "Read"


def _whose(review: ServiceReview | None, desk: Desk) -> str:
    """Who prepares a review; what nobody prepares yet is the reader's, if they may."""
    writer = review.prepared_by if review else None
    if can(desk.reader, "review.prepare") and writer in (None, desk.reader):
        return "You"
    return writer.user.name if writer else "Nobody yet"


def issue_due_on(*, review: ServiceReview, desk: Desk) -> date:
    """The agreed working day of the next month on which the review is issued."""
    last = add_months(review.month, 1) - timedelta(days=1)
    return desk.calendar.day_after(last, review.report_agreement.issue_working_day)


def _due_words(review: ServiceReview, desk: Desk) -> str:
    due = issue_due_on(review=review, desk=desk)
    return f", by {dates.day(due)}" if due >= desk.today else f", was due {dates.day(due)}"


def _due_this_week(units: Collection[BusinessUnit], desk: Desk, facts: _Facts) -> int:
    sunday = desk.today + timedelta(days=6 - desk.today.weekday())
    drafts = [review for unit in units if (review := facts.reviews.get(unit.pk)) and review.state in UNISSUED]
    return sum(issue_due_on(review=review, desk=desk) <= sunday for review in drafts)


def _order(row: Closing) -> int:
    """Stuck first, then what IT does next, then what waits for the business, then what is done."""
    if row.steps[-1] == DONE:
        return STEPS
    return row.steps.count(DONE) if STUCK not in row.steps else 0
