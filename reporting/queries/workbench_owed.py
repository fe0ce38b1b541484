"""What business and IT owe each other: answers, context, and drafts that wait."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Need
from portal.accounts.models import Membership
from portal.accounts.policies import can
from portal.accounts.queries import list_visible_units
from portal.conversations.queries import first_words
from portal.language import dates
from portal.language.numbers import counted, upper_first
from reporting.models import (
    UNISSUED,
    ContextRequest,
    Dispute,
    DisputeOutcome,
    Edition,
    Feedback,
    ReviewThread,
    ServiceReview,
)
from reporting.queries.feedback import open_feedback
from reporting.queries.reviews import is_unanswered
from reporting.queries.talk_parts import LAST, Clock
from reporting.queries.workbench_desk import Desk, get_desk
from slas.models import AgreementState, BatchState, FactBatch, Measure, Obligation, TargetProposal
from slas.queries.agreements import list_waiting_agreements
from slas.queries.credit_statements import list_waiting_credits
from slas.queries.negotiation import counters_due
from slas.queries.pauses import late_pauses
from slas.queries.proposals import wanted_words
from slas.queries.trials import list_ended_trials

LONGEST = 90


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that somebody waits for: what, details, until when, who owes it, and where it is."""

    title: str
    words: str
    clock: Clock
    who: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """Something that is not finished: what is to be done with it, and since how many days it waits."""

    title: str
    words: str
    days: str
    url: str


def open_questions() -> QuerySet[ReviewThread]:
    """Questions about reviews that IT has not answered."""
    return ReviewThread.objects.filter(is_unanswered())


def open_disputes() -> QuerySet[Dispute]:
    """Disputes that IT has not answered."""
    return Dispute.objects.filter(settled_at__isnull=True, answered_at__isnull=True)


def open_needs() -> QuerySet[Need]:
    """Needs that IT has not answered."""
    return Need.objects.filter(answered_at__isnull=True)


def promised_corrections() -> QuerySet[Dispute]:
    """Disputes that ended with a correction which no edition has brought yet."""
    review = OuterRef("figure__edition__review")
    later = Edition.objects.filter(review=review, issued_at__gt=OuterRef("settled_at"))
    return Dispute.objects.filter(~Exists(later), outcome=DisputeOutcome.CORRECTED)


def waiting_batches(*, reader: Membership) -> QuerySet[FactBatch]:
    """Facts that somebody else brought, and that count only when a second person says so."""
    batches = FactBatch.objects.filter(state=BatchState.WAITING)
    return batches.filter(~Q(brought_by=reader) | Q(brought_by__isnull=True))


def list_answers(*, desk: Desk) -> list[Waiting]:
    """The answers that IT owes, the most urgent first."""
    found = [*_questions(desk), *_disputes(desk), *_feedback(desk), *_needs(desk), *_counters(desk)]
    return [waiting for _at, waiting in sorted(found, key=lambda pair: pair[0])]


def _questions(desk: Desk) -> list[tuple[datetime, Waiting]]:
    rows = open_questions().filter(desk.own_units("edition__review__business_unit"))
    rows = rows.select_related("conversation__started_by__user", "edition__review__business_unit")
    found = []
    for row in rows.order_by("pk"):
        review = row.edition.review
        about = f"{row.conversation.started_by.user.name}, question on {dates.month_name(review.month)}"
        url = _review_url(desk, review)
        waiting = Waiting(row.conversation.subject, about, desk.clock_at(row.answer_due_at), url=url)
        found.append((row.answer_due_at or LAST, waiting))
    return found


def _disputes(desk: Desk) -> list[tuple[datetime, Waiting]]:
    rows = open_disputes().filter(desk.own_units("figure__edition__review__business_unit"))
    rows = rows.select_related("figure", "raised_by__user", "figure__edition__review__business_unit")
    found = []
    for row in rows.order_by("pk"):
        review = row.figure.edition.review
        about = f"{row.raised_by.user.name}, dispute on {dates.month_name(review.month)}"
        title = first_words(row.reason, longest=LONGEST)
        waiting = Waiting(title, about, desk.clock_at(row.answer_due_at), url=_review_url(desk, review))
        found.append((row.answer_due_at or LAST, waiting))
    return found


def _feedback(desk: Desk) -> list[tuple[datetime, Waiting]]:
    rows = open_feedback().filter(desk.own_units("business_unit")).select_related("raised_by__user")
    found = []
    for row in rows.order_by("pk"):
        url = reverse("feedback_detail", kwargs={"tenant": desk.slug, "feedback_id": row.pk})
        about = f"{row.raised_by.user.name}, {row.get_kind_display().lower()}"
        found.append((row.answer_due_at or LAST, Waiting(row.title, about, desk.clock_at(row.answer_due_at), url=url)))
    return found


def _needs(desk: Desk) -> list[tuple[datetime, Waiting]]:
    rows = open_needs().filter(desk.own_units("business_unit")).select_related("business_unit", "raised_by__user")
    found = []
    for row in rows.order_by("pk"):
        at = _end_of(row.answer_due_on, desk)
        url = reverse("need_detail", kwargs={"tenant": desk.slug, "need_id": row.pk})
        about = f"{row.raised_by.user.name}, {row.business_unit.name} needs something"
        title = first_words(row.text, longest=LONGEST)
        found.append((at, Waiting(title, about, desk.clock_on(row.answer_due_on), url=url)))
    return found


def _counters(desk: Desk) -> list[tuple[datetime, Waiting]]:
    """What the business proposes for a trial instead of what IT did."""
    rows = TargetProposal.objects.filter(
        desk.own_units("target__agreement__customer__business_unit"), is_accepted__isnull=True, is_by_customer=True
    )
    found = []
    for row in rows.select_related("target", "proposed_by__user").order_by("pk"):
        url = reverse("proposal_detail", kwargs={"tenant": desk.slug, "proposal_id": row.pk})
        title, about = f"{row.target.name}: {wanted_words(row)}", f"{row.proposed_by.user.name}, proposed for a trial"
        found.append(
            (_end_of(row.answer_due_on, desk), Waiting(title, about, desk.clock_on(row.answer_due_on), url=url))
        )
    return found


def list_open_asks(*, reader: Membership, now: datetime) -> list[Waiting]:
    """What IT asked of the reader's units and nobody answered, the oldest first."""
    desk = get_desk(reader=reader, now=now, is_mine=False)
    return [waiting for _on, waiting in sorted(_asked(desk), key=lambda pair: pair[0])]


def _asked(desk: Desk) -> list[tuple[date, Waiting]]:
    units = list_visible_units(reader=desk.reader).order_by()
    asked = ContextRequest.objects.filter(
        desk.own_units("business_unit"), business_unit__in=units, answered_at__isnull=True
    )
    return [
        (
            row.due_on,
            Waiting(
                row.title,
                upper_first(row.purpose),
                desk.clock_on(row.due_on),
                who=row.business_unit.name,
                url=reverse("context_request_detail", kwargs={"tenant": desk.slug, "request_id": row.pk}),
            ),
        )
        for row in asked.select_related("business_unit").order_by("pk")
    ]


def list_owed_by_business(*, desk: Desk) -> list[Waiting]:
    """What IT asked, what the business agreed to do and has not done, and complaints that it has still to settle, the
    oldest first.
    """
    agreed = Obligation.objects.filter(
        desk.own_units("agreement__customer__business_unit"),
        agreement__state=AgreementState.IN_FORCE,
        due_on__isnull=False,
        done_on__isnull=True,
    )
    found = _asked(desk)
    found += [
        (
            row.due_on,
            Waiting(
                row.short_text,
                row.text,
                desk.clock_on(row.due_on),
                who=row.owner.user.name if row.owner else row.agreement.customer.name,
                url=reverse("agreement_detail", kwargs={"tenant": desk.slug, "slug": row.agreement.slug}),
            ),
        )
        for row in agreed.select_related("owner__user", "agreement__customer").order_by("pk")
        if row.due_on
    ]
    found += _unsettled(desk)
    return [waiting for _on, waiting in sorted(found, key=lambda pair: pair[0])]


def _unsettled(desk: Desk) -> list[tuple[date, Waiting]]:
    """Complaints that IT has answered and nobody has said to be settled, where a date was agreed."""
    rows = Feedback.objects.filter(
        desk.own_units("business_unit"), answered_at__isnull=False, closed_at=None, settle_due_at__isnull=False
    )
    found = []
    for row in rows.select_related("raised_by__user").order_by("pk"):
        due_at = row.settle_due_at or desk.now
        url = reverse("feedback_detail", kwargs={"tenant": desk.slug, "feedback_id": row.pk})
        words = _("IT has answered: is it settled?")
        waiting = Waiting(row.title, words, desk.clock_at(due_at), who=row.raised_by.user.name, url=url)
        found.append((due_at.astimezone(desk.calendar.hours.tz).date(), waiting))
    return found


def list_drafts(*, desk: Desk) -> list[Draft]:
    """What the reader can finish: reviews to write, facts and pauses to approve, agreements to send, and corrections
    that were promised; the oldest first.
    """
    found: list[tuple[datetime, Draft]] = []
    if can(desk.reader, "review.prepare"):
        found += [*_reviews(desk), *_corrections(desk)]
    if can(desk.reader, "fact.approve"):
        found += [*_batches(desk), *_pauses(desk)]
    if can(desk.reader, "agreement.manage"):
        found += [*_agreements(desk), *_trials(desk)]
    if can(desk.reader, "credit.approve"):
        found += _credits(desk)
    return [draft for _since, draft in sorted(found, key=lambda pair: pair[0])]


def _reviews(desk: Desk) -> list[tuple[datetime, Draft]]:
    rows = ServiceReview.objects.filter(desk.own_units("business_unit"), state__in=UNISSUED)
    found = []
    for row in rows.select_related("business_unit").order_by("pk"):
        since = row.drafted_at or desk.now
        title = f"{row.business_unit.name}, {dates.month_name(row.month)}"
        url = _review_url(desk, row, "review_edit")
        found.append((since, Draft(title, "Review to write and issue", _days(since, desk), url)))
    return found


def _corrections(desk: Desk) -> list[tuple[datetime, Draft]]:
    rows = promised_corrections().filter(desk.own_units("figure__edition__review__business_unit"))
    found = []
    for row in rows.select_related("figure__edition__review__business_unit").order_by("pk"):
        review, since = row.figure.edition.review, row.settled_at or desk.now
        title = f"{review.business_unit.name}, {dates.month_name(review.month)}"
        words, url = "Correction promised, new edition to issue", _review_url(desk, review, "review_restate")
        found.append((since, Draft(title, words, _days(since, desk), url)))
    return found


def _batches(desk: Desk) -> list[tuple[datetime, Draft]]:
    rows = waiting_batches(reader=desk.reader).select_related("measure", "brought_by__user")
    found = []
    for row in rows.order_by("pk"):
        by = f", from {row.brought_by.user.name}" if row.brought_by else ""
        words = f"{upper_first(counted(row.row_count, 'rows'))} to approve{by}"
        url = reverse("batch_detail", kwargs={"tenant": desk.slug, "batch_id": row.pk})
        found.append((row.brought_at, Draft(row.measure.name, words, _days(row.brought_at, desk), url)))
    return found


def _pauses(desk: Desk) -> list[tuple[datetime, Draft]]:
    """Pauses of this month and the one that is being closed that were entered afterwards and approved by nobody."""
    first = datetime.combine(desk.closing, time(), desk.calendar.hours.tz)
    rows = late_pauses().filter(started_at__gte=first).order_by().values("measure_id")
    found = {row["measure_id"]: row for row in rows.annotate(n=Count("pk"), since=Min("entered_at"))}
    drafts = []
    for measure in Measure.objects.filter(pk__in=found).order_by("pk"):
        number, since = found[measure.pk]["n"], found[measure.pk]["since"]
        words = f"{upper_first(counted(number, 'pauses'))} entered afterwards, approved by nobody"
        url = reverse("measure_pauses", kwargs={"tenant": desk.slug, "slug": measure.slug})
        drafts.append((since, Draft(measure.name, words, _days(since, desk), url)))
    return drafts


def _agreements(desk: Desk) -> list[tuple[datetime, Draft]]:
    waiting = list_waiting_agreements(reader=desk.reader).filter(desk.own_units("customer__business_unit"))
    rows = list(waiting.order_by("pk"))
    found, due = [], counters_due(agreements=rows)
    for row in rows:
        where = {"tenant": desk.slug, "slug": row.slug, "version": row.version}
        url = reverse("clause_list" if row.proposed_at else "agreement_version", kwargs=where)
        words = "Agreement to accept" if row.proposed_at else "Agreement to write and propose"
        words = "Proposed clauses to answer" if (row.pk, row.customer_id) in due else words
        days = _days(row.proposed_at, desk) if row.proposed_at else ""
        found.append((row.proposed_at or desk.now, Draft(f"{row.name}, version {row.version}", words, days, url)))
    return found


def _trials(desk: Desk) -> list[tuple[datetime, Draft]]:
    """Trials whose agreed months are over and about which nobody has proposed anything yet."""
    found = []
    for trial in list_ended_trials(today=desk.today):
        agreement, since = trial.target.agreement, _end_of(trial.ends_on, desk)
        where = {"tenant": desk.slug, "slug": agreement.slug, "version": agreement.version}
        url = reverse("target_propose", kwargs={**where, "target": trial.target.slug})
        found.append((since, Draft(trial.target.name, "Trial is over: propose a level", _days(since, desk), url)))
    return found


def _credits(desk: Desk) -> list[tuple[datetime, Draft]]:
    """Credits that wait for the reader's decision, and approved ones that the customer has not in writing yet."""
    rows = list_waiting_credits(reader=desk.reader).filter(desk.own_units("scheme__agreement__customer__business_unit"))
    found = []
    for row in rows.order_by("pk"):
        words = "Credit to approve" if row.decided_at is None else "Credit to state"
        since = row.decided_at or row.computed_at
        url = reverse("credit_statement", kwargs={"tenant": desk.slug, "credit_id": row.pk})
        found.append((since, Draft(str(row), words, _days(since, desk), url)))
    return found


def _review_url(desk: Desk, review: ServiceReview, name: str = "review_detail") -> str:
    address = {"tenant": desk.slug, "unit": review.business_unit.slug, "month": f"{review.month:%Y-%m}"}
    return reverse(name, kwargs=address)


def _end_of(on: date, desk: Desk) -> datetime:
    return datetime.combine(on, time(23, 59), desk.calendar.hours.tz)


def _days(since: datetime, desk: Desk) -> str:
    days = (desk.calendar.today(desk.now) - since.astimezone(desk.calendar.hours.tz).date()).days
    return f"{days} d" if days > 0 else "today"
