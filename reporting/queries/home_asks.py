"""What waits for a business reader's answer: reviews, disputes that IT answered, questions of IT, proposed promises."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import Membership
from portal.accounts.policies import can
from portal.accounts.queries import list_visible_units
from portal.language import dates
from portal.language.durations import in_words, lost_time
from portal.language.numbers import counted, lower_first, spelled, upper_first
from reporting.models import AWAITED, ContextRequest, Dispute, Edition
from reporting.queries.disputing import place_of, subject_of
from reporting.queries.feedback import answered_feedback
from reporting.queries.page_parts import ReviewPage, from_json, pieces_in
from reporting.queries.pulses import about_words, waiting_invitations
from reporting.queries.talk_parts import LAST, NO_DATE, Clock
from slas.models import TargetKind, TargetProposal
from slas.queries.agreements import list_waiting_agreements
from slas.queries.negotiation import counters_due
from slas.queries.proposals import wanted_words
from slas.queries.working_days import WorkingCalendar

SOON = 2  # working days
WORDS_A_MINUTE = 130  # with the figures among them


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that waits: what it is about, what it says, by when, and the button that leads to it."""

    about: str
    words: str
    clock: Clock
    url: str
    action: str
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks, when, and by which working days."""

    reader: Membership
    now: datetime
    calendar: WorkingCalendar

    @property
    def slug(self) -> str:
        """Of the tenant, for addresses."""
        return self.reader.tenant.slug

    def clock(self, at: datetime, more: str = "", *, has_time: bool = False) -> Clock:
        """By when: “By tomorrow, 17:00”, “By Fri 13 Nov, 3 working days left”."""
        local = at.astimezone(self.calendar.hours.tz)
        today = self.calendar.today(self.now)
        left = self.calendar.days_until(today, local.date())
        near = {today: "today", today + timedelta(days=1): "tomorrow"}
        day = near.get(local.date(), dates.weekday_day(local.date())) if has_time else dates.weekday_day(local.date())
        words = ", ".join(filter(None, [f"By {day}", dates.clock(local) if has_time else "", more]))
        late = at < self.now if has_time else left < 0
        return Clock("", words, "late" if late else "soon" if left <= SOON and (has_time or left < SOON) else "")


def list_asks(*, looking: Looking) -> list[Ask]:
    """The reader's own, by what their role may answer: the review first, then by the date."""
    reader = looking.reader
    found: list[tuple[datetime, Ask]] = []
    if can(reader, "dispute.settle"):
        found += _disputes(looking)
    if can(reader, "context.give"):
        found += _context(looking)
    if can(reader, "proposal.answer"):
        found += _proposals(looking)
    if can(reader, "clause.answer"):
        found += _versions(looking)
    if can(reader, "pulse.answer"):
        found += _questions(looking)
    if can(reader, "feedback.settle"):
        found += _feedback(looking)
    reviews = list(_reviews(looking)) if can(reader, "review.acknowledge") else []
    return [*reviews, *(ask for _at, ask in sorted(found, key=lambda pair: pair[0]))]


def _reviews(looking: Looking) -> Iterator[Ask]:
    units = list_visible_units(reader=looking.reader)
    editions = (
        Edition.objects.filter(review__business_unit__in=units, review__state__in=AWAITED)
        .select_related("review__business_unit")
        .order_by("review__month", "review_id", "-number")
        .distinct("review__month", "review_id")
    )
    for edition in sorted(editions, key=lambda edition: edition.review.answer_due_on or date.max):
        review = edition.review
        due = review.answer_due_on
        left = dates.days_left(looking.calendar.days_until(looking.calendar.today(looking.now), due)) if due else ""
        yield Ask(
            about=f"{dates.month_name(review.month)} service review",
            words=f" is ready. {_reading(from_json(ReviewPage, edition.page))}",
            clock=looking.clock(_noon(due, looking), left) if due else NO_DATE,
            url=reverse(
                "review_detail",
                kwargs={"tenant": looking.slug, "unit": review.business_unit.slug, "month": f"{review.month:%Y-%m}"},
            ),
            action="Read the review",
            is_first=True,
        )


def _reading(page: ReviewPage) -> str:
    words = sum(len(piece.text.split()) for piece in pieces_in(page))
    minutes = ceil(words / WORDS_A_MINUTE)
    said = f"{upper_first(spelled(minutes))} minute{'' if minutes == 1 else 's'} to read"
    missed = page.score.missed
    return f"{said}, {counted(missed, 'promises')} missed." if missed else f"{said}, no promise missed."


def _noon(on: object, looking: Looking) -> datetime:
    return datetime.fromisoformat(f"{on} 12:00").replace(tzinfo=looking.calendar.hours.tz)


def _disputes(looking: Looking) -> Iterator[tuple[datetime, Ask]]:
    rows = Dispute.objects.filter(
        figure__edition__review__business_unit__in=list_visible_units(reader=looking.reader),
        settled_at__isnull=True,
        answered_at__isnull=False,
    ).select_related("figure__target", "figure__edition__review__business_unit")
    for row in rows.order_by("pk"):
        review = row.figure.edition.review
        target = row.figure.target
        is_of_month = "." not in subject_of(row.figure.anchor, f"{review.month:%Y-%m}")
        about = target.short_name or target.name if target and is_of_month else row.figure.name
        at = row.settle_due_at
        url = reverse(
            "review_detail",
            kwargs={"tenant": looking.slug, "unit": review.business_unit.slug, "month": f"{review.month:%Y-%m}"},
        )
        anchor = f"#{place_of(row.figure.anchor)}"
        clock = looking.clock(at, has_time=True) if at else NO_DATE
        ask = Ask(f"Your dispute about “{about}”.", _verdict(row, looking), clock, url + anchor, "See IT’s answer")
        yield at or LAST, ask


def _verdict(dispute: Dispute, looking: Looking) -> str:
    if not dispute.is_agreed:
        return " IT counts otherwise and says why."
    if dispute.claimed_from is None or dispute.claimed_until is None:
        return " IT agrees with you."
    lost = in_words(lost_time(Fraction(int((dispute.claimed_until - dispute.claimed_from).total_seconds()))))
    on = dates.day_long(dispute.claimed_from.astimezone(looking.calendar.hours.tz).date())
    return f" IT agrees that {lost} on {on} were not counted."


def _context(looking: Looking) -> Iterator[tuple[datetime, Ask]]:
    rows = ContextRequest.objects.filter(
        business_unit__in=list_visible_units(reader=looking.reader), answered_at__isnull=True
    )
    for row in rows.order_by("pk"):
        at = _noon(row.due_on, looking)
        url = reverse("context_request_detail", kwargs={"tenant": looking.slug, "request_id": row.pk})
        clock = looking.clock(at, lower_first(row.purpose).removesuffix("."))
        yield at, Ask(f"{row.title.removesuffix('.')}.", f" {row.question}", clock, url, "Answer")


def _questions(looking: Looking) -> Iterator[tuple[datetime, Ask]]:
    """Short surveys: one question, answered without a name."""
    for row in waiting_invitations(reader=looking.reader, now=looking.now):
        url = reverse("pulse_detail", kwargs={"tenant": looking.slug, "pulse_id": row.pulse_id})
        about = about_words(pulse=row.pulse)
        clock = looking.clock(row.pulse.closes_at, _("without your name"))
        yield row.pulse.closes_at, Ask(f"{about}.", f" {row.pulse.question}", clock, url, _("Answer"))


def _feedback(looking: Looking) -> Iterator[tuple[datetime, Ask]]:
    """What the reader complained of, or somebody of the unit who has left, and IT has answered."""
    for row in answered_feedback(reader=looking.reader).select_related("raised_by__user"):
        url = reverse("feedback_detail", kwargs={"tenant": looking.slug, "feedback_id": row.pk})
        about = _("A complaint of %(name)s.") % {"name": row.raised_by.user.name}
        about = _("Your complaint.") if row.raised_by_id == looking.reader.pk else about
        at = row.settle_due_at
        clock = looking.clock(at, has_time=True) if at else NO_DATE
        yield at or LAST, Ask(about, f" {row.title}", clock, url, _("See IT’s answer"))


def _proposals(looking: Looking) -> Iterator[tuple[datetime, Ask]]:
    rows = TargetProposal.objects.filter(
        target__agreement__customer__business_unit__in=list_visible_units(reader=looking.reader),
        is_accepted__isnull=True,
        is_by_customer=False,
    ).select_related("target")
    for row in rows.order_by("pk"):
        at = _noon(row.answer_due_on, looking)
        is_time = row.threshold is not None and row.target.kind == TargetKind.AVAILABILITY
        name, wanted = lower_first(row.target.name), wanted_words(row)
        words = f" {name} {wanted} of the time." if is_time else f" {name}, {wanted}."
        about = "Longer trial proposed:" if row.is_extension else "New promise proposed:"
        url = reverse("proposal_detail", kwargs={"tenant": looking.slug, "proposal_id": row.pk})
        yield at, Ask(about, words, looking.clock(at), url, "Look at the proposal")


def _versions(looking: Looking) -> Iterator[tuple[datetime, Ask]]:
    """Proposed versions with clauses to answer, or to accept."""
    rows = list(list_waiting_agreements(reader=looking.reader).order_by("pk"))
    due = counters_due(agreements=rows)
    for row in rows:
        days = due.get((row.pk, row.provider_id), [])
        proposed_on = looking.calendar.today(row.proposed_at or looking.now)
        at = _noon(min(days, default=looking.calendar.day_after(proposed_on, row.answer_working_days)), looking)
        words = f" It would be in force from {dates.day_long_year(row.starts_on)}."
        words = f" {counted(len(days), 'clauses')} to answer." if days else words
        url = reverse("clause_list", kwargs={"tenant": looking.slug, "slug": row.slug, "version": row.version})
        yield at, Ask(f"{row.name}, version {row.version}.", words, looking.clock(at), url, "Read and answer")
