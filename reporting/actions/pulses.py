"""One question after a review or a case: asked of the people of a unit, answered once by each."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import BusinessUnit, Membership
from portal.audit.actions import record
from portal.conversations.actions import notify
from portal.conversations.models import NoticeKind
from portal.language import dates
from reporting.errors import AskedAlready, CaseUnknown, NobodyToAsk, PulseAnswered, PulseOver, ReviewNotIssued
from reporting.models import PUBLISHED, Pulse, PulseAbout, PulseAnswer, PulseInvitation, ServiceReview
from reporting.queries.context import list_people
from reporting.queries.pulses import find_case, list_unasked_cases, list_unasked_reviews

AFTER_REVIEW = gettext_lazy("Did the review tell you what matters to you?")
AFTER_CASE = gettext_lazy("Were you helped as you needed it?")
OPEN_DAYS = 10


@transaction.atomic
def ask_after_review(*, review: ServiceReview, question: str, days: int, by: Membership | None, now: datetime) -> Pulse:
    """One question about an issued review; by nobody where it was agreed to be asked by itself.

    Refuses with ReviewNotIssued, AskedAlready and NobodyToAsk.
    """
    ServiceReview.objects.select_for_update().get(pk=review.pk)
    if review.state not in PUBLISHED:
        raise ReviewNotIssued
    if Pulse.objects.filter(review=review).exists():
        raise AskedAlready
    pulse = Pulse(business_unit=review.business_unit, about=PulseAbout.REVIEW, review=review, question=question)
    return _ask(pulse, days=days, by=by, now=now)


@transaction.atomic
def ask_after_case(
    *, unit: BusinessUnit, case_key: str, question: str, days: int, by: Membership | None, now: datetime
) -> Pulse:
    """One question about a case that was solved for a unit. Refuses with CaseUnknown, AskedAlready and NobodyToAsk."""
    case = find_case(unit=unit, key=case_key)
    if case is None:
        raise CaseUnknown(key=case_key, unit=unit.name)
    words = f"{case.key}, {case.title}" if case.title else case.key
    BusinessUnit.objects.select_for_update().get(pk=unit.pk)
    if Pulse.objects.filter(business_unit=unit, about=PulseAbout.CASE, case_words=words[:200]).exists():
        raise AskedAlready
    pulse = Pulse(business_unit=unit, about=PulseAbout.CASE, case_words=words[:200], question=question)
    return _ask(pulse, days=days, by=by, now=now)


def ask_what_was_agreed(*, now: datetime) -> None:
    """Each question that a report agreement has asked by itself and that is due: after a review that was issued, and
    after a case that was solved. Each stands for itself; who has nobody to ask is asked nothing.
    """
    for review in list_unasked_reviews(now=now):
        with suppress(AskedAlready, NobodyToAsk):
            ask_after_review(review=review, question=str(AFTER_REVIEW), days=OPEN_DAYS, by=None, now=now)
    for unit, case in list_unasked_cases(now=now):
        with suppress(AskedAlready, NobodyToAsk):
            ask_after_case(unit=unit, case_key=case.key, question=str(AFTER_CASE), days=OPEN_DAYS, by=None, now=now)


@transaction.atomic
def answer_pulse(*, pulse: Pulse, by: Membership, score: int, words: str, now: datetime) -> Pulse:
    """Answer once. What is kept of who answered is that they did; no entry of the audit is made of it.

    Refuses with PulseOver and PulseAnswered; who was not asked gets PulseInvitation.DoesNotExist.
    """
    if now >= pulse.closes_at:
        zone = pulse.business_unit.tenant.time_zone
        raise PulseOver(closed_on=dates.day_year(dates.local(pulse.closes_at, zone).date()))
    invitation = PulseInvitation.objects.select_for_update().get(pulse=pulse, member=by)
    if invitation.has_answered:
        raise PulseAnswered
    invitation.has_answered = True
    invitation.save(update_fields=["has_answered"])
    PulseAnswer.objects.create(pulse=pulse, score=score, words=words.strip())
    return pulse


def _ask(pulse: Pulse, *, days: int, by: Membership | None, now: datetime) -> Pulse:
    asked = [member for member in list_people(unit=pulse.business_unit) if member.is_active and member.user.is_active]
    if not asked:
        raise NobodyToAsk(unit=pulse.business_unit.name)
    pulse.opened_by, pulse.opened_at, pulse.closes_at = by, now, now + timedelta(days=days)
    pulse.save()
    PulseInvitation.objects.bulk_create(PulseInvitation(pulse=pulse, member=member) for member in asked)
    record(act="pulse.opened", actor_id=by.user_id if by else None, at=now, subject=pulse.question)
    url = reverse("pulse_detail", kwargs={"tenant": pulse.business_unit.tenant.slug, "pulse_id": pulse.pk})
    words = _("One question for you, answered without your name: %(question)s") % {"question": pulse.question}
    notify(members=asked, text=words, url=url, key=f"pulse-{pulse.pk}", now=now, kind=NoticeKind.SURVEYS)
    return pulse
