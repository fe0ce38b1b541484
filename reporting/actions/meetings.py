"""The meeting about a review: invited to, put on the agenda, decided, written down and confirmed."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import Membership
from portal.audit.actions import record
from portal.conversations.actions import notify
from portal.conversations.models import NoticeKind
from portal.language import dates
from portal.language.icalendar import Event, Person, calendar_file
from portal.language.numbers import counted
from reporting.errors import MeetingInPast, MinutesChanged, MinutesConfirmed, MinutesMissing, TopicClosed, TopicToCome
from reporting.models import (
    PUBLISHED,
    AgendaTopic,
    MeetingDecision,
    MeetingInvitation,
    MeetingMinutes,
    ServiceReview,
)
from reporting.queries.context import list_people
from reporting.queries.invitations import find_event
from reporting.queries.meetings import written_agenda, written_when


@transaction.atomic
def plan_meeting(
    *, review: ServiceReview, meeting_at: datetime | None, minutes: int, by: Membership, now: datetime
) -> ServiceReview:
    """When business and IT go through the review together; without a time there is no meeting.

    The people of the unit are invited, and told of each change; of a review that they cannot see yet once it is
    issued. Refuses with MeetingInPast, and with MinutesConfirmed once both sides agree on what was said in it.
    """
    current = ServiceReview.objects.select_for_update().get(pk=review.pk)
    was = (current.meeting_at, current.meeting_minutes) if current.meeting_at else None
    if was == ((meeting_at, minutes) if meeting_at else None):
        return current
    _refuse_confirmed(review)
    if meeting_at is not None and meeting_at <= now:
        raise MeetingInPast
    current.meeting_at, current.meeting_minutes = meeting_at, minutes
    current.save(update_fields=["meeting_at", "meeting_minutes"])
    invitation = _invite(current, by, now)
    if current.state in PUBLISHED:
        _tell(current, invitation, now)
    at = meeting_at.isoformat() if meeting_at else None
    record(act="meeting.planned", actor_id=by.user_id, at=now, subject=str(current), meeting_at=at)
    return current


def invite_planned(*, review: ServiceReview, now: datetime) -> None:
    """The people of the unit are invited to what was planned while they could not see the review."""
    if review.meeting_at is None or review.meeting_at <= now:
        return
    invitation = MeetingInvitation.objects.filter(review=review).order_by("-number").first()
    if invitation is not None:
        _tell(review, invitation, now)


@transaction.atomic
def raise_topic(*, review: ServiceReview, text: str, by: Membership, now: datetime) -> AgendaTopic:
    """Put something on the agenda, from either side; sent twice it stands there once. Refuses with MinutesConfirmed."""
    _refuse_confirmed(review)
    topic, is_new = AgendaTopic.objects.get_or_create(
        review=review, text=text, talked_in=None, raised_by=by, defaults={"raised_at": now}
    )
    if is_new:
        record(act="topic.raised", actor_id=by.user_id, at=now, subject=text)
    return topic


@transaction.atomic
def close_topic(*, topic: AgendaTopic, review: ServiceReview, by: Membership, now: datetime) -> AgendaTopic:
    """It was talked about in the meeting of this review; else it goes on to the next.

    Refuses with MinutesConfirmed, TopicClosed, and TopicToCome where it was raised for a later meeting.
    """
    _refuse_confirmed(review)
    current = AgendaTopic.objects.select_for_update(of=("self",)).select_related("review").get(pk=topic.pk)
    if current.talked_in_id is not None:
        raise TopicClosed
    if current.review.month > review.month:
        raise TopicToCome
    current.talked_in = review
    current.save(update_fields=["talked_in"])
    record(act="topic.talked_about", actor_id=by.user_id, at=now, subject=current.text)
    return current


@transaction.atomic
def write_decision(*, review: ServiceReview, text: str, by: Membership, now: datetime) -> MeetingDecision:
    """What both sides decided; it stays, so that sent twice it stands there once. Refuses with MinutesConfirmed."""
    _refuse_confirmed(review)
    on = dates.local(now, review.tenant.time_zone).date()
    written = {"decided_on": on, "written_by": by, "written_at": now}
    decision, is_new = MeetingDecision.objects.get_or_create(review=review, text=text, defaults=written)
    if is_new:
        record(act="meeting.decided", actor_id=by.user_id, at=now, subject=text)
    return decision


@transaction.atomic
def write_minutes(
    *, review: ServiceReview, text: str, present: str, by: Membership, now: datetime, read: str | None = None
) -> MeetingMinutes:
    """What was said, with the agenda as it stands now. `read` says when those were written that the writer had before
    them, nothing where there were none.

    Refuses with MinutesConfirmed, and with MinutesChanged where somebody else has written some meanwhile.
    """
    _refuse_confirmed(review)
    if read is not None and read != written_when(review=review):
        raise MinutesChanged
    said = {"text": text, "present": present, "agenda": written_agenda(review=review, now=now)}
    minutes, _new = MeetingMinutes.objects.update_or_create(
        review=review, defaults=said | {"written_by": by, "written_at": now}
    )
    record(act="minutes.written", actor_id=by.user_id, at=now, subject=str(review))
    people = [member for member in list_people(unit=review.business_unit) if member.pk != by.pk]
    words = _("The minutes of the meeting about the %(review)s are written. The head of the unit confirms them.")
    if review.state in PUBLISHED:
        key = f"minutes-{minutes.pk}-{now.isoformat()}"
        notify(
            members=people,
            text=words % {"review": review},
            url=meeting_address(review),
            key=key,
            now=now,
            kind=NoticeKind.MEETINGS,
        )
    return minutes


@transaction.atomic
def confirm_minutes(*, review: ServiceReview, by: Membership, read: str, now: datetime) -> MeetingMinutes:
    """The business agrees that it was so; from now on minutes and decisions stay. `read` says when those were written
    that were read.

    Refuses with MinutesMissing, MinutesConfirmed and MinutesChanged.
    """
    _refuse_confirmed(review)
    minutes = MeetingMinutes.objects.select_for_update().filter(review=review).first()  # at most one
    if minutes is None:
        raise MinutesMissing
    if written_when(review=review) != read:
        raise MinutesChanged
    minutes.confirmed_by, minutes.confirmed_at = by, now
    minutes.save(update_fields=["confirmed_by", "confirmed_at"])
    record(act="minutes.confirmed", actor_id=by.user_id, at=now, subject=str(review))
    return minutes


def meeting_address(review: ServiceReview) -> str:
    """Where the meeting of a review is."""
    where = {"tenant": review.tenant.slug, "unit": review.business_unit.slug, "month": f"{review.month:%Y-%m}"}
    return reverse("review_meeting", kwargs=where)


def _refuse_confirmed(review: ServiceReview) -> None:
    """The review is held meanwhile, so that nothing is added while somebody confirms."""
    ServiceReview.objects.select_for_update().get(pk=review.pk)
    minutes = MeetingMinutes.objects.filter(review=review, confirmed_at__isnull=False).first()  # at most one
    if minutes is None or minutes.confirmed_at is None or minutes.confirmed_by is None:
        return
    on = dates.day_year(dates.local(minutes.confirmed_at, review.tenant.time_zone).date())
    raise MinutesConfirmed(name=minutes.confirmed_by.user.name, confirmed_on=on)


def _invite(review: ServiceReview, by: Membership, now: datetime) -> MeetingInvitation:
    last: int | None = review.invitations.aggregate(last=Max("number"))["last"]
    return MeetingInvitation.objects.create(
        review=review,
        number=0 if last is None else last + 1,
        meeting_at=review.meeting_at,
        meeting_minutes=review.meeting_minutes,
        by=by,
        at=now,
    )


def _tell(review: ServiceReview, invitation: MeetingInvitation, now: datetime) -> None:
    if review.meeting_at is None:
        words = _("The meeting about the %(review)s was called off.") % {"review": review}
    else:
        at = dates.local(review.meeting_at, review.tenant.time_zone)
        said = {"review": review, "at": dates.moment(at), "long": counted(review.meeting_minutes, "minutes")}
        words = _("Meeting about the %(review)s: %(at)s, %(long)s.") % said
    told = {member.pk: member for member in list_people(unit=review.business_unit)}
    if review.prepared_by is not None and review.prepared_by_id != invitation.by_id:
        told[review.prepared_by.pk] = review.prepared_by
    event = find_event(review=review, now=now)
    files = {pk: _file(event, member) for pk, member in told.items()} if event else {}
    key = f"meeting-{review.pk}-{invitation.number}"
    notify(
        members=told.values(), text=words, url=meeting_address(review), key=key, now=now, kind=NoticeKind.MEETINGS,
        calendars=files,
    )  # fmt: skip


def _file(event: Event, member: Membership) -> str:
    return calendar_file(event, invited=Person(member.user.name, member.user.email)).decode()
