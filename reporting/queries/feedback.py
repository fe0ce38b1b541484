"""Complaints and compliments: which are open, since when, and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from portal.accounts.models import Membership, Role
from portal.accounts.policies import can
from portal.accounts.queries import list_visible_units
from portal.language import dates
from reporting.models import Feedback
from reporting.queries.talk_parts import Clock


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """One of them as a list shows it."""

    id: int
    title: str
    kind: str
    words: str
    is_closed: bool
    clock: Clock | None


def list_feedback(*, reader: Membership) -> QuerySet[Feedback]:
    """What the reader's units said, open ones first, then the latest."""
    units = list_visible_units(reader=reader).order_by()
    rows = Feedback.objects.filter(business_unit__in=units)
    rows = rows.select_related("business_unit__tenant", "service", "raised_by__user", "conversation")
    return rows.order_by(F("closed_at").desc(nulls_first=True), "-raised_at", "-pk")


def get_feedback(*, reader: Membership, feedback_id: int) -> Feedback:
    """One of them, of the reader's units. Raises Feedback.DoesNotExist."""
    return list_feedback(reader=reader).get(pk=feedback_id)


def open_feedback() -> QuerySet[Feedback]:
    """What IT has still to answer."""
    return Feedback.objects.filter(answered_at=None, closed_at=None)


def may_settle(*, feedback: Feedback, reader: Membership) -> bool:
    """Whether the reader says that it is settled, or not: who raised it, and the head of the unit in their place."""
    is_theirs = reader.pk == feedback.raised_by_id or reader.role == Role.BUSINESS_UNIT_HEAD
    return is_theirs and can(reader, "feedback.settle")


def list_settlers(*, feedback: Feedback) -> list[Membership]:
    """Who says whether it is settled: who raised it, while they are here; then the heads of the unit."""
    heads = Membership.objects.filter(
        role=Role.BUSINESS_UNIT_HEAD, is_active=True, user__is_active=True,
        unit_links__business_unit=feedback.business_unit_id,
    )  # fmt: skip
    found = [feedback.raised_by, *heads.select_related("user").order_by("pk")]
    return list({each.pk: each for each in found if each.is_active and each.user.is_active}.values())


def answered_late(*, until: datetime) -> QuerySet[Feedback]:
    """What IT has answered and the business should have settled by then."""
    return Feedback.objects.filter(closed_at=None, answered_at__isnull=False, settle_due_at__lte=until)


def answered_feedback(*, reader: Membership) -> QuerySet[Feedback]:
    """What IT has answered and waits for the reader: what they raised; for a head also what was raised by people of
    the unit who have left.
    """
    theirs = Q(raised_by=reader)
    if reader.role == Role.BUSINESS_UNIT_HEAD:
        units = list_visible_units(reader=reader).order_by()
        theirs |= Q(business_unit__in=units) & (Q(raised_by__is_active=False) | Q(raised_by__user__is_active=False))
    rows = Feedback.objects.filter(theirs, answered_at__isnull=False, closed_at=None)
    return rows.order_by("answered_at", "pk")


def state_clock(*, feedback: Feedback, now: datetime) -> Clock | None:
    """Who has to do what by when; None once it is closed."""
    if feedback.closed_at is not None:
        return None
    if feedback.answered_at is not None:
        said, due_at = _("IT has answered; %(name)s closes it"), feedback.settle_due_at
        by = _("IT has answered; %(name)s closes it by %(at)s")
    else:
        said, due_at = _("IT owes an answer; no date was agreed"), feedback.answer_due_at
        by = _("IT answers by %(at)s")
    name, zone = feedback.raised_by.user.name, feedback.business_unit.tenant.time_zone
    if due_at is None:
        return Clock("", said % {"name": name}, "")
    at = dates.moment(dates.local(due_at, zone))
    return Clock("", by % {"name": name, "at": at}, "late" if due_at < now else "")


def list_lines(*, rows: Iterable[Feedback], now: datetime) -> list[FeedbackLine]:
    """The lines of a list made by `list_feedback`."""
    lines = []
    for row in rows:
        on = dates.day_year(dates.local(row.raised_at, row.business_unit.tenant.time_zone).date())
        about = [row.business_unit.name, row.service.name if row.service else "", row.raised_by.user.name, on]
        words, clock = ", ".join(filter(None, about)), state_clock(feedback=row, now=now)
        lines.append(FeedbackLine(row.pk, row.title, row.get_kind_display(), words, clock is None, clock))
    return lines
