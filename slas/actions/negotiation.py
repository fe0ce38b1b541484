"""A proposed version is negotiated clause by clause: countered, answered, accepted."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from catalog.queries.slugs import find_free_slug
from portal.accounts.models import Membership
from portal.audit.actions import record
from portal.conversations.actions import notify
from portal.conversations.models import NoticeKind
from portal.language.dates import weekday_day
from slas.actions.agreements import change_offer, hold
from slas.actions.clause_rows import check_row, remove_row, write_row
from slas.actions.clause_talks import clause_address
from slas.actions.wording import forget_exceptions, keep_meanings
from slas.errors import AgreementNotOnOffer, NotYourSide
from slas.errors.negotiation import (
    AnsweredForOtherSide,
    ClauseAcceptedAlready,
    ClauseGone,
    ClauseReadsOtherwise,
    ClauseWaits,
    NothingDifferent,
    ProposalClosed,
    ProposedAlready,
)
from slas.models import (
    ON_OFFER,
    Agreement,
    AgreementState,
    ClauseAcceptance,
    ClauseChange,
    ClauseProposal,
    ClauseProposalState,
    CreditScheme,
    Obligation,
    Party,
    ServiceLevelTarget,
)
from slas.queries.agreements import is_side_of
from slas.queries.clause_changes import NoSuchClause, proposed_fingerprint, row_of, values_of, waiting_proposal
from slas.queries.clauses import SCOPE, Clause, clauses_of, credit_key
from slas.queries.negotiation import get_clause, list_speakers
from slas.queries.working_days import calendar_of_agreement

OPEN = ClauseProposalState.OPEN


@transaction.atomic
def propose_clause(
    *,
    agreement: Agreement,
    key: str,
    change: str,
    values: dict[str, Any],
    reason: str,
    party: Party,
    by: Membership,
    now: datetime,
) -> ClauseProposal:
    """One side proposes other words for a clause; the other side owes an answer within the agreed working days.

    What is to be added has no key yet: then it is `target`, `credits`, `duty` or `scope`. A proposal on a clause for
    which the other side's one waits answers it: that one is countered. Refuses with AgreementNotOnOffer, NotYourSide,
    ClauseGone, ClauseWaits, NothingDifferent, ProposedAlready, and with what `check_row` does not take.
    """
    offer = _offer_for(agreement, party, by)
    key = _new_key(key, values) if change == ClauseChange.ADD else key
    waiting = _answered(offer, key, change, party)
    if change == ClauseChange.CHANGE:
        values = _different(offer, key, values, waiting)
    if waiting is not None:
        _close(waiting, ClauseProposalState.COUNTERED, reason, by, now)
    proposal = ClauseProposal(
        agreement=offer,
        clause_key=key,
        party=party,
        proposed_by=by,
        proposed_at=now,
        reason=reason,
        change=change,
        values=values,
        instead_of=waiting,
        answer_due_on=_answer_due(offer, now),
    )
    check_row(proposal=proposal)
    proposal.save()
    offer.state = AgreementState.NEGOTIATION
    offer.save(update_fields=["state"])
    _record("clause.proposed", proposal, by, now, reason=reason)
    words = f"{party.name} proposes other words in “{offer.name}”: {reason}"
    _tell(proposal, words, to=[each for each in offer.sides if each != party], by=by, now=now)
    return proposal


@transaction.atomic
def accept_clause_proposal(
    *, proposal: ClauseProposal, read: str, answer: str, by: Membership, now: datetime
) -> ClauseProposal:
    """The other side says yes: the version is changed as proposed, and both sides agree on the new clause.

    `read` is the fingerprint of the clause as it would be, as it was read (`proposed_fingerprint`). Signatures of the
    old text fall away. Refuses with ProposalClosed, AgreementNotOnOffer, AnsweredForOtherSide, ClauseGone,
    ClauseReadsOtherwise when something else stands there by now, and ChangeDoesNotFit.
    """
    held = _held(proposal, by)
    held.agreement = change_offer(agreement=held.agreement)
    row = check_row(proposal=held)
    if read != proposed_fingerprint(held):
        raise ClauseReadsOtherwise
    if held.change == ClauseChange.REMOVE:
        remove_row(row=row)
        keep_meanings(agreement=held.agreement)
        forget_exceptions(agreement=held.agreement)
    else:
        write_row(row=row)
        keep_meanings(agreement=held.agreement, changed=held.clause_key)
        forget_exceptions(agreement=held.agreement)
        version = row if isinstance(row, Agreement) else held.agreement
        clause = get_clause(agreement=version, key=held.clause_key)  # as it is stored: the yes is to the same text
        for party in held.agreement.sides:
            member = by if party.pk != held.party_id else held.proposed_by
            _keep_yes(held.agreement, clause, party, member, now)
    _close(held, ClauseProposalState.ACCEPTED, answer, by, now)
    _record("clause.agreed", held, by, now)
    words = f"Your proposal about “{held.agreement.name}” was accepted. Both sides have agreed on the clause."
    _tell(held, words, to=[held.party], by=by, now=now)
    return held


@transaction.atomic
def decline_clause_proposal(*, proposal: ClauseProposal, answer: str, by: Membership, now: datetime) -> ClauseProposal:
    """The other side says no, and why; the clause stays as it is.

    Refuses with ProposalClosed, AgreementNotOnOffer and AnsweredForOtherSide.
    """
    held = _held(proposal, by)
    _close(held, ClauseProposalState.DECLINED, answer, by, now)
    _record("clause.declined", held, by, now, reason=answer)
    words = f"Your proposal about “{held.agreement.name}” was declined: {answer}"
    _tell(held, words, to=[held.party], by=by, now=now)
    return held


@transaction.atomic
def withdraw_clause_proposal(*, proposal: ClauseProposal, by: Membership, now: datetime) -> ClauseProposal:
    """The side that proposed it takes it back. Refuses with ProposalClosed, AgreementNotOnOffer and NotYourSide."""
    held = _held(proposal, by, is_own=True)
    _close(held, ClauseProposalState.WITHDRAWN, "", by, now)
    _record("clause.withdrawn", held, by, now)
    return held


@transaction.atomic
def accept_clauses(
    *, agreement: Agreement, read: Mapping[str, str], party: Party, by: Membership, now: datetime
) -> list[ClauseAcceptance]:
    """One side says yes to clauses as it has read them: `read` has the fingerprint of each by its key.

    Refuses with AgreementNotOnOffer, NotYourSide, ClauseGone, ClauseReadsOtherwise when one says something else by now,
    ClauseWaits while a proposal about one of them is open, and ClauseAcceptedAlready.
    """
    offer = _offer_for(agreement, party, by)
    clauses = {clause.key: clause for clause in clauses_of(agreement=offer)}
    given = []
    for key, fingerprint in read.items():
        if key not in clauses:
            raise ClauseGone(agreement=str(offer))
        if fingerprint != clauses[key].fingerprint:
            raise ClauseReadsOtherwise
        waiting = waiting_proposal(agreement=offer, key=key)
        if waiting is not None:
            raise ClauseWaits(party=waiting.party.name, due_on=weekday_day(waiting.answer_due_on))
        same = offer.clause_acceptances.filter(party=party, clause_key=key, fingerprint=clauses[key].fingerprint)
        if same.exists():
            raise ClauseAcceptedAlready(party=party.name)
        given.append(_keep_yes(offer, clauses[key], party, by, now))
    record(act="clause.accepted", actor_id=by.user_id, at=now, subject=str(offer), party=party.name, clauses=[*read])
    return given


def _offer_for(agreement: Agreement, party: Party, by: Membership) -> Agreement:
    """The version that both sides talk about, held for somebody who speaks for one of them."""
    offer = hold(agreement)
    if offer.state not in ON_OFFER:
        raise AgreementNotOnOffer(agreement=str(offer))
    if party not in offer.sides or not is_side_of(by, party):
        raise NotYourSide(party=party.name)
    return offer


def _answered(agreement: Agreement, key: str, change: str, party: Party) -> ClauseProposal | None:
    """The proposal of the other side that another one answers; a side has one open at a time, and what both want alike
    is accepted.
    """
    waiting = waiting_proposal(agreement=agreement, key=key)
    if waiting is not None and waiting.party_id == party.pk:
        raise ClauseWaits(party=party.name, due_on=weekday_day(waiting.answer_due_on))
    if waiting is not None and change == waiting.change == ClauseChange.REMOVE:
        raise ProposedAlready(party=waiting.party.name)
    return waiting


def _held(proposal: ClauseProposal, by: Membership, *, is_own: bool = False) -> ClauseProposal:
    """An open proposal with its version, held for whoever may answer it, or take it back."""
    offer = hold(proposal.agreement)
    if offer.state not in ON_OFFER:
        raise AgreementNotOnOffer(agreement=str(offer))
    held = ClauseProposal.objects.select_related("party", "proposed_by__user", "answered_by__user").get(pk=proposal.pk)
    if held.state != OPEN:
        raise ProposalClosed(state=held.get_state_display().lower())
    held.agreement = offer
    if is_own and not is_side_of(by, held.party):
        raise NotYourSide(party=held.party.name)
    others = [party for party in offer.sides if party.pk != held.party_id]
    if not is_own and not any(is_side_of(by, party) for party in others):
        raise AnsweredForOtherSide(party=others[0].name)
    return held


def _new_key(kind: str, values: dict[str, Any]) -> str:
    """By which a clause that is to be added will be known."""
    if kind == SCOPE:
        return SCOPE
    if kind == "credits":
        return credit_key(find_free_slug(model=CreditScheme, name=values["name"]))
    if kind == "duty":
        return f"duty:{find_free_slug(model=Obligation, name=values['short_text'])}"
    return f"target:{find_free_slug(model=ServiceLevelTarget, name=values['short_name'] or values['name'])}"


def _answer_due(agreement: Agreement, now: datetime) -> date:
    calendar = calendar_of_agreement(agreement=agreement, now=now)
    return calendar.day_after(calendar.today(now), agreement.answer_working_days)


def _different(
    agreement: Agreement, key: str, values: dict[str, Any], waiting: ClauseProposal | None
) -> dict[str, Any]:
    """Only what would differ from the clause as it stands, and something that differs from what is proposed already."""
    try:
        held = values_of(row_of(agreement=agreement, key=key), key)
    except NoSuchClause as gone:
        raise ClauseGone(agreement=str(agreement)) from gone
    different = {name: value for name, value in values.items() if held.get(name) != value}
    if not different or (waiting is not None and waiting.values == different):
        raise NothingDifferent
    return different


def _keep_yes(
    agreement: Agreement, clause: Clause, party: Party, member: Membership, now: datetime
) -> ClauseAcceptance:
    accepted, _is_new = ClauseAcceptance.objects.update_or_create(
        agreement=agreement,
        clause_key=clause.key,
        party=party,
        defaults={"member": member, "accepted_at": now, "fingerprint": clause.fingerprint},
    )
    return accepted


def _close(proposal: ClauseProposal, state: str, answer: str, by: Membership, now: datetime) -> None:
    proposal.state, proposal.answer, proposal.answered_by, proposal.answered_at = state, answer, by, now
    proposal.save(update_fields=["state", "answer", "answered_by", "answered_at"])


def _tell(proposal: ClauseProposal, words: str, *, to: list[Party], by: Membership, now: datetime) -> None:
    """Those who speak for a side hear of it; whoever did it knows."""
    members = [member for party in to for member in list_speakers(party=party) if member.pk != by.pk]
    url = clause_address(agreement=proposal.agreement, key=proposal.clause_key)
    notify(
        members=members,
        text=words,
        url=url,
        key=f"clause-proposal-{proposal.pk}-{proposal.state}",
        now=now,
        kind=NoticeKind.AGREEMENTS,
    )


def _record(act: str, proposal: ClauseProposal, by: Membership, now: datetime, **told: str) -> None:
    which = {"clause": proposal.clause_key, "party": proposal.party.name}
    record(act=act, actor_id=by.user_id, at=now, subject=str(proposal.agreement), **which, **told)
