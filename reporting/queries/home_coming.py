"""What was said last, and what comes next, between a unit and IT."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from portal.accounts.models import BusinessUnit, Membership
from portal.conversations.models import Comment
from portal.conversations.queries import first_words, list_conversations
from portal.language import dates
from portal.language.numbers import counted
from reporting.models import PUBLISHED, ServiceReview
from slas.models import Agreement, AgreementState, PlannedWork
from slas.queries.working_days import WorkingCalendar

TALKS = 3
AHEAD = timedelta(days=14)
NOTICE = timedelta(days=120)  # a contract that ends is spoken of before the notice period of most


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation by its last word."""

    id: int
    subject: str
    said: str
    initials: str
    is_it: bool
    who: str


@dataclass(frozen=True, slots=True)
class Coming:
    """Something with a date: what it is, and the words about when and who."""

    title: str
    words: str
    url: str = ""


def list_talks(*, reader: Membership, unit: BusinessUnit, calendar: WorkingCalendar, now: datetime) -> list[Talk]:
    """The last conversations of a unit, the latest word first; what is said beside a review is read there."""
    newest = Comment.objects.filter(conversation=OuterRef("pk")).order_by("-written_at", "-pk").values("pk")[:1]
    conversations = (
        list_conversations(reader=reader, units=[unit.slug])
        .filter(review_threads=None)
        .annotate(newest=Subquery(newest))
    )
    found = list(conversations[:TALKS])
    comments = Comment.objects.select_related("author__user").in_bulk([talk.newest for talk in found])
    return [
        Talk(
            id=talk.pk,
            subject=talk.subject,
            said=first_words(comments[talk.newest].text),
            initials=comments[talk.newest].author.user.initials,
            is_it=comments[talk.newest].author.is_it,
            who=_who(comments[talk.newest], talk.get_level_display(), calendar, now),
        )
        for talk in found
    ]


def _who(comment: Comment, level: str, calendar: WorkingCalendar, now: datetime) -> str:
    author = comment.author
    side = "IT" if author.is_it else author.title or author.get_role_display()
    on, today = comment.written_at.astimezone(calendar.hours.tz).date(), calendar.today(now)
    near = {today: "today", today - timedelta(days=1): "yesterday"}
    return f"{author.user.name}, {side}, {near.get(on, dates.weekday_day(on))}. {level}"


def list_coming(*, unit: BusinessUnit, calendar: WorkingCalendar, now: datetime) -> list[Coming]:
    """Meetings, planned work on the unit's services in the next two weeks, and agreements that end soon."""
    today = calendar.today(now)
    return [*_meetings(unit, calendar, now), *_work(unit, calendar, now), *_ends(unit, today)]


def _meetings(unit: BusinessUnit, calendar: WorkingCalendar, now: datetime) -> list[Coming]:
    reviews = ServiceReview.objects.filter(business_unit=unit, meeting_at__gte=now).order_by("meeting_at")
    return [
        Coming(
            "Review meeting",
            f"{dates.moment(review.meeting_at.astimezone(calendar.hours.tz))},"
            f" {counted(review.meeting_minutes, 'minutes')}",
            _meeting_url(review, unit),
        )
        for review in reviews
        if review.meeting_at
    ]


def _meeting_url(review: ServiceReview, unit: BusinessUnit) -> str:
    """Of the meeting, once its review is there for the unit; the agenda is read there."""
    if review.state not in PUBLISHED:
        return ""
    where = {"tenant": unit.tenant.slug, "unit": unit.slug, "month": f"{review.month:%Y-%m}"}
    return reverse("review_meeting", kwargs=where)


def _work(unit: BusinessUnit, calendar: WorkingCalendar, now: datetime) -> list[Coming]:
    promised = Q(service__targets__agreement__customer__business_unit=unit)
    rows = (
        PlannedWork.objects.filter(promised, ends_at__gt=now, starts_at__lt=now + AHEAD)
        .select_related("service", "approved_by__user")
        .order_by("starts_at", "pk")
        .distinct()
    )
    return [Coming(f"{row.title}", f"{_span(row, calendar)}. {_approved(row)}") for row in rows]


def _span(row: PlannedWork, calendar: WorkingCalendar) -> str:
    start, end = (at.astimezone(calendar.hours.tz) for at in (row.starts_at, row.ends_at))
    return f"{dates.weekday_day(start.date())}, {dates.from_to(start, end)}"


def _approved(row: PlannedWork) -> str:
    if row.approved_at is None:
        return "Not approved yet."
    return f"Approved by {row.approved_by.user.name}." if row.approved_by else "Approved."


def _ends(unit: BusinessUnit, today: date) -> list[Coming]:
    """The unit's own agreements and those on which they stand, where no next version is agreed."""
    concerned = Q(customer__business_unit=unit) | Q(underpins__customer__business_unit=unit)
    rows = Agreement.objects.filter(
        concerned, state=AgreementState.IN_FORCE, ends_on__gt=today, ends_on__lte=today + NOTICE
    ).select_related("provider")
    followed = Agreement.objects.filter(state=AgreementState.AGREED).values("slug")
    return [
        Coming(f"{row.name} ends {dates.day_long(row.ends_on - timedelta(days=1))}", f"With {row.provider.name}.")
        for row in rows.exclude(slug__in=followed).order_by("ends_on", "pk")
        if row.ends_on
    ]
