"""What the business says it needs, and what IT answers; each side is told."""

from datetime import date, datetime

import numpy as np
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.errors import NeedAnswered
from catalog.models import Need, Service
from portal.accounts.models import BusinessUnit, Membership, Role
from portal.audit.actions import record
from portal.conversations.actions import notify
from portal.conversations.models import NoticeKind
from portal.language.dates import local

ANSWER_WORKING_DAYS = 5


@transaction.atomic
def raise_need(
    *, business_unit: BusinessUnit, service: Service | None, text: str, by: Membership, now: datetime, time_zone: str
) -> Need:
    """A unit says what it needs, or what should change about a service; from now on IT owes an answer."""
    need = Need.objects.create(
        business_unit=business_unit,
        service=service,
        text=text,
        raised_by=by,
        raised_at=now,
        answer_due_on=answer_due_on(raised_on=local(now, time_zone).date()),
    )
    record(act="need.raised", actor_id=by.user_id, at=now, subject=text, unit=business_unit.name)
    asked = _("%(unit)s asks for something: %(text)s") % {"unit": business_unit.name, "text": text}
    managers = Membership.objects.filter(role=Role.SERVICE_LEVEL_MANAGER).select_related("user")
    notify(members=managers, text=asked, url=_url(need), key=f"need-{need.pk}-raised", now=now, kind=NoticeKind.ASKS)
    return need


@transaction.atomic
def answer_need(*, need: Need, answer: str, by: Membership, now: datetime) -> Need:
    """IT answers once. Refuses with NeedAnswered."""
    locked = Need.objects.select_for_update().get(pk=need.pk)
    if locked.answered_at is not None:
        raise NeedAnswered(answered_on=f"{local(locked.answered_at, locked.tenant.time_zone):%-d %B %Y}")
    locked.answer, locked.answered_by, locked.answered_at = answer, by, now
    locked.save(update_fields=["answer", "answered_by", "answered_at"])
    record(act="need.answered", actor_id=by.user_id, at=now, subject=locked.text, unit=locked.business_unit.name)
    told = _("IT answered what you asked for: %(answer)s") % {"answer": answer}
    notify(
        members=[locked.raised_by],
        text=told,
        url=_url(locked),
        key=f"need-{locked.pk}-answered",
        now=now,
        kind=NoticeKind.ASKS,
    )
    return locked


def answer_due_on(*, raised_on: date) -> date:
    """Five working days, Monday to Friday, after the day of receipt; raised at a weekend is received on Monday."""
    return np.busday_offset(raised_on, ANSWER_WORKING_DAYS, roll="forward").astype(date)  # type: ignore[no-any-return]


def _url(need: Need) -> str:
    return reverse("need_detail", kwargs={"tenant": need.tenant.slug, "need_id": need.pk})
