"""What the business says it needs, and what IT answers; each side is told."""

from datetime import date, datetime

import numpy as np
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from catalog.actions.services import ServiceDetails, create_service
from catalog.errors import NeedAnswered, NothingToPropose
from catalog.models import Need, NeedOutcome, Service
from portal.accounts.models import BusinessUnit, Membership, Role
from portal.audit.actions import record
from portal.conversations.actions import notify
from portal.conversations.models import NoticeKind
from portal.language.dates import local

ANSWER_WORKING_DAYS = 5
LONGEST_REASON = 500
TOLD = {
    NeedOutcome.ANSWERED: _lazy("IT answered what you asked for: %(answer)s"),
    NeedOutcome.DECLINED: _lazy("IT will not do what you asked for: %(answer)s"),
    NeedOutcome.PROPOSED: _lazy("What you asked for is proposed as a service: %(answer)s"),
}


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
def answer_need(*, need: Need, answer: str, by: Membership, now: datetime, outcome: str = NeedOutcome.ANSWERED) -> Need:
    """IT answers once: what will happen, or why it will not (declined). Refuses with NeedAnswered."""
    return _answer(need, answer, by, now, outcome)


@transaction.atomic
def propose_for_need(
    *, need: Need, details: ServiceDetails, answer: str, by: Membership, now: datetime, today: date
) -> Need:
    """IT answers with a proposal: a service in the pipeline that remembers who asked for it.

    Refuses with NothingToPropose, and with NeedAnswered.
    """
    if not details.name or not details.description:
        raise NothingToPropose
    reason = _("%(unit)s needs it: %(text)s") % {"unit": need.business_unit.name, "text": need.text}
    locked = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    _refuse_answered(locked)
    service = create_service(details=details, reason=reason[:LONGEST_REASON], by=by, on=today)
    return _answer(locked, answer, by, now, NeedOutcome.PROPOSED, service)


def _answer(
    need: Need, answer: str, by: Membership, now: datetime, outcome: str, proposal: Service | None = None
) -> Need:
    locked = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    _refuse_answered(locked)
    locked.answer, locked.answered_by, locked.answered_at = answer, by, now
    locked.outcome, locked.proposal = outcome, proposal
    locked.save(update_fields=["answer", "answered_by", "answered_at", "outcome", "proposal"])
    act = "need.proposed" if proposal else "need.declined" if outcome == NeedOutcome.DECLINED else "need.answered"
    record(act=act, actor_id=by.user_id, at=now, subject=locked.text, unit=locked.business_unit.name)
    notify(
        members=[locked.raised_by],
        text=TOLD[NeedOutcome(outcome)] % {"answer": answer},
        url=_url(locked),
        key=f"need-{locked.pk}-answered",
        now=now,
        kind=NoticeKind.ASKS,
    )
    return locked


def _refuse_answered(need: Need) -> None:
    if need.answered_at is not None:
        raise NeedAnswered(answered_on=f"{local(need.answered_at, need.tenant.time_zone):%-d %B %Y}")


def answer_due_on(*, raised_on: date) -> date:
    """Five working days, Monday to Friday, after the day of receipt; raised at a weekend is received on Monday."""
    return np.busday_offset(raised_on, ANSWER_WORKING_DAYS, roll="forward").astype(date)  # type: ignore[no-any-return]


def _url(need: Need) -> str:
    return reverse("need_detail", kwargs={"tenant": need.tenant.slug, "need_id": need.pk})
