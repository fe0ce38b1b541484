"""The invitation to the meeting about a review, as a file for calendars."""

from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.exports.icalendar import Event, calendar_file
from reporting.models import MeetingInvitation, ServiceReview
from reporting.queries.meetings import agenda_parts


def invitation_file(*, review: ServiceReview, now: datetime) -> bytes | None:
    """What the unit is invited to; for a meeting that was called off, the file that takes it out of a calendar.

    None while there is no meeting.
    """
    sent = list(MeetingInvitation.objects.filter(review=review).order_by("-number"))
    starts_at, minutes = review.meeting_at, review.meeting_minutes
    if starts_at is None:
        planned = [each for each in sent if each.meeting_at]
        if not planned:
            return None
        starts_at, minutes = planned[0].meeting_at, planned[0].meeting_minutes
    if starts_at is None:
        return None
    where = {"tenant": review.tenant.slug, "unit": review.business_unit.slug, "month": f"{review.month:%Y-%m}"}
    url = f"{settings.SITE_URL}{reverse('review_meeting', kwargs=where)}"
    parts = [f"{part.title}: {len(part.items)}" for part in agenda_parts(review=review, now=now)]
    host = review.prepared_by
    event = Event(
        uid=f"review.{where['month']}.{where['unit']}.{where['tenant']}@{urlsplit(settings.SITE_URL).hostname}",
        sequence=sent[0].number if sent else 0,
        starts_at=starts_at,
        minutes=minutes,
        summary=_("Meeting: %(review)s") % {"review": review},
        description="\n".join([*parts, url]),
        url=url,
        organiser=host.user.name if host else review.tenant.provider_name,
        organiser_mail=host.user.email if host else parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        stamped_at=sent[0].at if sent else now,
        is_cancelled=review.meeting_at is None,
    )
    return calendar_file(event)
