"""The invitation to the meeting about a review, as a file for calendars."""

from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.language.icalendar import Event, Person
from reporting.models import MeetingInvitation, ServiceReview
from reporting.queries.meetings import agenda_parts


def find_event(*, review: ServiceReview, now: datetime) -> Event | None:
    """What both sides are invited to; of a meeting that was called off, what takes it out of a calendar.

    None while there was none.
    """
    sent = list(MeetingInvitation.objects.filter(review=review).order_by("-number"))
    starts_at, minutes = review.meeting_at, review.meeting_minutes
    if starts_at is None:
        planned = next((each for each in sent if each.meeting_at), None)
        if planned is None or planned.meeting_at is None:
            return None
        starts_at, minutes = planned.meeting_at, planned.meeting_minutes
    where = {"tenant": review.tenant.slug, "unit": review.business_unit.slug, "month": f"{review.month:%Y-%m}"}
    url = f"{settings.SITE_URL}{reverse('review_meeting', kwargs=where)}"
    parts = [f"{part.title}: {len(part.items)}" for part in agenda_parts(review=review, now=now)]
    return Event(
        uid=f"review.{where['month']}.{where['unit']}.{where['tenant']}@{urlsplit(settings.SITE_URL).hostname}",
        sequence=sent[0].number if sent else 0,
        starts_at=starts_at,
        minutes=minutes,
        summary=_("Meeting: %(review)s") % {"review": review},
        description="\n".join([*parts, url]),
        url=url,
        organiser=_organiser(review),
        stamped_at=sent[0].at if sent else now,
        is_cancelled=review.meeting_at is None,
    )


def _organiser(review: ServiceReview) -> Person:
    host = review.prepared_by
    if host is None:
        return Person(review.tenant.provider_name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    return Person(host.user.name, host.user.email)
