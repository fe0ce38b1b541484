"""A level is proposed for a promise that is only measured yet, and the customer answers."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from portal.accounts.models import Membership
from portal.audit.actions import record
from portal.language.dates import day_year, local
from slas.actions.agreements import change_draft, revise_agreement
from slas.calculation.periods import add_months
from slas.errors import NotATrial, NumberNotPercentage, PromiseGone, ProposalAnswered, ProposalOpen
from slas.models import NOT_YET_AGREED, Agreement, ServiceLevelTarget, TargetProposal
from slas.queries.frames import is_counted, promised_sentence


@transaction.atomic
def propose_target(
    *,
    target: ServiceLevelTarget,
    threshold: Decimal,
    reason: str,
    answer_due_on: date,
    by: Membership,
    now: datetime,
) -> TargetProposal:
    """Propose a percentage for a trial. Refuses with NotATrial, NumberNotPercentage and ProposalOpen."""
    held = ServiceLevelTarget.objects.select_for_update(no_key=True).get(pk=target.pk)
    if not held.is_trial:
        raise NotATrial(promise=held.name)
    _refuse_number(held)
    waiting = held.proposals.filter(is_accepted__isnull=True).order_by("proposed_at").first()
    if waiting is not None:
        raise ProposalOpen(promise=held.name, due_on=day_year(waiting.answer_due_on))
    proposal = TargetProposal.objects.create(
        target=held,
        threshold=threshold,
        reason=reason,
        proposed_by=by,
        proposed_at=now,
        answer_due_on=answer_due_on,
    )
    record(act="target.proposed", actor_id=by.user_id, at=now, subject=held.name, threshold=str(threshold))
    return proposal


@transaction.atomic
def accept_proposal(*, proposal: TargetProposal, answer: str, by: Membership, now: datetime) -> Agreement:
    """The customer accepts: the level goes into the draft of the next version, which both sides accept as a whole.

    Without a draft, one is made that starts with the next month. Refuses with ProposalAnswered and NumberNotPercentage,
    with AgreementOnOffer while that version is proposed, and with PromiseGone when it does not hold the promise.
    """
    _refuse_number(proposal.target)
    held = _answer(proposal, is_accepted=True, answer=answer, by=by, now=now)
    agreement = held.target.agreement
    draft = Agreement.objects.filter(slug=agreement.slug, state__in=NOT_YET_AGREED).order_by("version").first()
    if draft is None:
        today = local(now, agreement.time_zone).date()
        starts_on = add_months(today.replace(day=1), 1)
        draft = revise_agreement(agreement=agreement, starts_on=starts_on, by=by, now=now)
    change_draft(agreement=draft)
    sentence = promised_sentence(target=held.target, threshold=held.threshold)
    same = draft.targets.filter(slug=held.target.slug, kind=held.target.kind)
    if not same.update(is_trial=False, threshold=held.threshold, allowed_misses=None, sentence=sentence):
        raise PromiseGone(promise=held.target.name)
    return draft


@transaction.atomic
def decline_proposal(*, proposal: TargetProposal, answer: str, by: Membership, now: datetime) -> TargetProposal:
    """The customer declines and says why; the trial goes on. Refuses with ProposalAnswered."""
    return _answer(proposal, is_accepted=False, answer=answer, by=by, now=now)


def _refuse_number(target: ServiceLevelTarget) -> None:
    if is_counted(target):
        raise NumberNotPercentage(promise=target.name)


def _answer(
    proposal: TargetProposal, *, is_accepted: bool, answer: str, by: Membership, now: datetime
) -> TargetProposal:
    held = (
        TargetProposal.objects.select_for_update(of=("self",)).select_related("target__agreement").get(pk=proposal.pk)
    )
    if held.answered_at is not None:
        answered_on = local(held.answered_at, held.target.agreement.time_zone)
        raise ProposalAnswered(answered_on=day_year(answered_on))
    held.is_accepted, held.answer, held.answered_by, held.answered_at = is_accepted, answer, by, now
    held.save(update_fields=["is_accepted", "answer", "answered_by", "answered_at"])
    act = "proposal.accepted" if is_accepted else "proposal.declined"
    record(act=act, actor_id=by.user_id, at=now, subject=held.target.name, threshold=str(held.threshold))
    return held
