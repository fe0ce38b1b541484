"""A level, or a longer trial, is proposed for a promise that is only measured yet, and the other side answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import Membership, Role
from portal.audit.actions import record
from portal.conversations.actions import notify
from portal.conversations.models import NoticeKind
from portal.language.dates import day_long_year, day_year, local
from slas.actions.agreements import change_draft, revise_agreement
from slas.calculation.periods import add_months
from slas.calculation.proposal import FEWEST_MONTHS
from slas.errors import (
    NotATrial,
    NotMonthly,
    NotYourSide,
    NumberNotPercentage,
    PercentageNotNumber,
    PromiseGone,
    ProposalAnswered,
    ProposalOpen,
    TooFewMeasured,
    TrialNotAgreed,
    TrialOver,
)
from slas.models import (
    ENDED,
    NOT_YET_AGREED,
    ON_OFFER,
    Agreement,
    PeriodKind,
    ServiceLevelTarget,
    TargetProposal,
)
from slas.queries.agreement_terms import DAY
from slas.queries.agreements import is_side_of
from slas.queries.frames import is_counted, promised_sentence, promised_words
from slas.queries.measured_months import measured_months
from slas.queries.negotiation import list_speakers
from slas.queries.proposals import answering_party
from slas.queries.trials import Trial, list_ended_trials


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is proposed: a percentage, a number, or more months of trial; one of them, with the day of the answer."""

    answer_due_on: date
    threshold: Decimal | None = None
    allowed_misses: int | None = None
    more_months: int | None = None


@transaction.atomic
def propose_target(
    *, target: ServiceLevelTarget, wanted: Wanted, reason: str, by: Membership, now: datetime
) -> TargetProposal:
    """Propose a level for a trial, or a longer trial; the other side is told.

    Refuses with TrialNotAgreed, TrialOver, NotATrial and ProposalOpen; a level also with NumberNotPercentage,
    PercentageNotNumber, NotMonthly, and with TooFewMeasured below three measured months.
    """
    held = _held_trial(target)
    _refuse_level(held, wanted, by, now)
    waiting = held.proposals.filter(is_accepted__isnull=True).order_by("proposed_at").first()
    if waiting is not None:
        raise ProposalOpen(promise=held.name, due_on=day_year(waiting.answer_due_on))
    return _propose(held, wanted, reason, by, now)


@transaction.atomic
def accept_proposal(*, proposal: TargetProposal, answer: str, by: Membership, now: datetime) -> Agreement | None:
    """The other side accepts: a level goes into the draft of the next version, which both sides accept as a whole; a
    longer trial is agreed at once.

    Without a draft, one is made that starts with the next month. Refuses with ProposalAnswered and NotYourSide,
    with AgreementOnOffer while that version is proposed with something else, and with PromiseGone when it does not
    hold the promise.
    """
    _refuse_other_kind(proposal.target, proposal.threshold, proposal.allowed_misses)
    held = _answer(proposal, is_accepted=True, answer=answer, by=by, now=now)
    if held.is_extension:
        return None
    agreement = held.target.agreement
    draft = Agreement.objects.filter(slug=agreement.slug, state__in=NOT_YET_AGREED).order_by("version").first()
    if draft is None:
        today = local(now, agreement.time_zone).date()
        starts_on = add_months(today.replace(day=1), 1)
        draft = revise_agreement(agreement=agreement, starts_on=starts_on, by=by, now=now)
    level = {"threshold": held.threshold, "allowed_misses": held.allowed_misses}
    same = draft.targets.filter(slug=held.target.slug, kind=held.target.kind)
    if draft.state in ON_OFFER and same.filter(is_trial=False, **level).exists():
        return draft
    change_draft(agreement=draft)
    sentence = promised_sentence(target=held.target, threshold=held.threshold, allowed=held.allowed_misses)
    if not same.update(is_trial=False, sentence=sentence, **level):
        raise PromiseGone(promise=held.target.name)
    return draft


@transaction.atomic
def decline_proposal(*, proposal: TargetProposal, answer: str, by: Membership, now: datetime) -> TargetProposal:
    """The other side declines and says why; the trial goes on. Refuses with ProposalAnswered and NotYourSide."""
    return _answer(proposal, is_accepted=False, answer=answer, by=by, now=now)


@transaction.atomic
def counter_proposal(
    *, proposal: TargetProposal, wanted: Wanted, reason: str, by: Membership, now: datetime
) -> TargetProposal:
    """The other side wants something else and says why: its own proposal is then the one that waits for an answer.

    Refuses like a proposal and an answer.
    """
    held = _held_trial(proposal.target)
    _refuse_level(held, wanted, by, now)
    _answer(proposal, is_accepted=False, answer=reason, by=by, now=now)
    return _propose(held, wanted, reason, by, now)


@transaction.atomic
def answer_by_version(*, agreement: Agreement, by: Membership | None, now: datetime) -> None:
    """What is still proposed for a trial that an agreed version ends needs no other answer: it was accepted where the
    version promises that level.
    """
    promised = {target.slug: target for target in agreement.targets.all()}
    waiting = TargetProposal.objects.select_for_update(of=("self",)).select_related("target")
    for proposal in waiting.filter(target__agreement__slug=agreement.slug, is_accepted__isnull=True).order_by("pk"):
        target = promised.get(proposal.target.slug)
        if target is not None and target.is_trial:
            continue
        wanted, words = (proposal.threshold, proposal.allowed_misses), "not promised any more"
        is_same = target is not None and (target.threshold, target.allowed_misses) == wanted
        if target is not None:
            words = promised_words(target)
        answer = f"Both sides agreed on version {agreement.version}: {words}."
        _keep_answer(proposal, is_accepted=is_same, answer=answer, by=by, now=now)


@transaction.atomic
def answer_by_end(*, now: datetime) -> int:
    """What is still proposed for a trial of an agreement that is over, and of which no other version holds or is being
    made, cannot be agreed any more: it was not accepted. Says how many were answered so.
    """
    waiting = TargetProposal.objects.select_for_update(of=("self",)).select_related("target__agreement")
    goes_on = Exists(_going_on().filter(slug=OuterRef("target__agreement__slug")))
    proposals = list(waiting.filter(is_accepted__isnull=True).exclude(goes_on).order_by("pk"))
    for proposal in proposals:
        ends_on = proposal.target.agreement.ends_on
        day = f" on {day_long_year(ends_on - DAY)}" if ends_on else ""
        _keep_answer(proposal, is_accepted=False, answer=f"The agreement ended{day}.", by=None, now=now)
    return len(proposals)


@transaction.atomic
def tell_ended_trials(*, now: datetime) -> list[Trial]:
    """Tell the service level managers, once for each end, that a trial is over and a level can be proposed."""
    ended = list_ended_trials(today=now.date())
    managers = Membership.objects.filter(role=Role.SERVICE_LEVEL_MANAGER).select_related("user")
    for trial in ended if managers else ():
        target = trial.target
        told = _("The trial of “%(promise)s” is over. See how levels would have done, and propose one.")
        address = {"slug": target.agreement.slug, "version": target.agreement.version, "target": target.slug}
        notify(
            members=managers,
            text=told % {"promise": target.name},
            url=reverse("target_propose", kwargs={"tenant": target.tenant.slug, **address}),
            key=f"trial-{target.pk}-{trial.ends_on}",
            now=now,
            kind=NoticeKind.AGREEMENTS,
        )
    return ended


def _held_trial(target: ServiceLevelTarget) -> ServiceLevelTarget:
    held = ServiceLevelTarget.objects.select_for_update(no_key=True, of=("self",)).select_related("agreement")
    found = held.get(pk=target.pk)
    if found.agreement.state in NOT_YET_AGREED:
        raise TrialNotAgreed(promise=found.name)
    if not _going_on().filter(slug=found.agreement.slug).exists():
        raise TrialOver(agreement=found.agreement.name)
    if not found.is_trial:
        raise NotATrial(promise=found.name)
    return found


def _going_on() -> QuerySet[Agreement]:
    """The versions that hold, will hold, or are being made."""
    return Agreement.objects.exclude(state__in=ENDED)


def _refuse_level(target: ServiceLevelTarget, wanted: Wanted, by: Membership, now: datetime) -> None:
    """A longer trial can always be proposed; a level when enough months can be judged."""
    if wanted.more_months is not None:
        return
    _refuse_other_kind(target, wanted.threshold, wanted.allowed_misses)
    if target.period_kind != PeriodKind.MONTH:
        raise NotMonthly(promise=target.name, period=target.period_kind)
    until = local(now, target.agreement.time_zone).date()
    measured = len(measured_months(reader=by, target=target, until=until))
    if measured < FEWEST_MONTHS:
        raise TooFewMeasured(promise=target.name, measured=measured, needed=FEWEST_MONTHS)


def _refuse_other_kind(target: ServiceLevelTarget, threshold: Decimal | None, allowed: int | None) -> None:
    if is_counted(target) and threshold is not None:
        raise NumberNotPercentage(promise=target.name)
    if not is_counted(target) and allowed is not None:
        raise PercentageNotNumber(promise=target.name)


def _propose(target: ServiceLevelTarget, wanted: Wanted, reason: str, by: Membership, now: datetime) -> TargetProposal:
    proposal = TargetProposal.objects.create(
        target=target,
        threshold=wanted.threshold,
        allowed_misses=wanted.allowed_misses,
        more_months=wanted.more_months,
        is_by_customer=by.is_business,
        reason=reason,
        proposed_by=by,
        proposed_at=now,
        answer_due_on=wanted.answer_due_on,
    )
    record(act="target.proposed", actor_id=by.user_id, at=now, subject=target.name, **_said(proposal))
    told = _("%(name)s proposes something for “%(promise)s”.") % {"name": by.user.name, "promise": target.name}
    _tell(proposal, list_speakers(party=answering_party(proposal)), told, "proposed", now)
    return proposal


def _answer(
    proposal: TargetProposal, *, is_accepted: bool, answer: str, by: Membership, now: datetime
) -> TargetProposal:
    rows = TargetProposal.objects.select_for_update(of=("self",))
    held = rows.select_related("target__agreement__customer", "target__agreement__provider").get(pk=proposal.pk)
    if held.answered_at is not None:
        answered_on = local(held.answered_at, held.target.agreement.time_zone)
        raise ProposalAnswered(answered_on=day_year(answered_on))
    party = answering_party(held)
    if not is_side_of(by, party):
        raise NotYourSide(party=party.name)
    _keep_answer(held, is_accepted=is_accepted, answer=answer, by=by, now=now)
    words = _("%(name)s answered what was proposed for “%(promise)s”.")
    told = words % {"name": by.user.name, "promise": held.target.name}
    _tell(held, [held.proposed_by], told, "answered", now)
    return held


def _keep_answer(
    proposal: TargetProposal, *, is_accepted: bool, answer: str, by: Membership | None, now: datetime
) -> None:
    proposal.is_accepted, proposal.answer, proposal.answered_by, proposal.answered_at = is_accepted, answer, by, now
    proposal.save(update_fields=["is_accepted", "answer", "answered_by", "answered_at"])
    act = "proposal.accepted" if is_accepted else "proposal.declined"
    record(act=act, actor_id=by.user_id if by else None, at=now, subject=proposal.target.name, **_said(proposal))


def _said(proposal: TargetProposal) -> dict[str, str]:
    """What was proposed, for the log."""
    found = {name: getattr(proposal, name) for name in ("threshold", "allowed_misses", "more_months")}
    return {name: str(value) for name, value in found.items() if value is not None}


def _tell(proposal: TargetProposal, members: Iterable[Membership], text: str, what: str, now: datetime) -> None:
    url = reverse("proposal_detail", kwargs={"tenant": proposal.tenant.slug, "proposal_id": proposal.pk})
    notify(
        members=members, text=text, url=url, key=f"proposal-{proposal.pk}-{what}", now=now, kind=NoticeKind.AGREEMENTS
    )
