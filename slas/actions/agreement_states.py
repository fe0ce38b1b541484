"""A version is proposed, accepted by both sides, in force from its day on, and ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from portal.accounts.models import BusinessUnit, Membership
from portal.language.dates import day_long_year, day_year, local, month_year
from portal.language.numbers import and_list, counted
from slas.actions.agreement_reminders import tell_sides
from slas.actions.agreements import agreed_versions, hold, record_step
from slas.actions.attainments import mark_targets_dirty
from slas.actions.proposals import answer_by_end, answer_by_version
from slas.actions.scope import check_lines
from slas.actions.wording import forget_exceptions, keep_meanings, refuse_unclear_wording
from slas.calculation.agreement_days import earliest_end, is_end_of_term
from slas.calculation.local_time import midnight, zone_of
from slas.calculation.periods import add_months
from slas.errors import (
    AcceptedAlready,
    AgreementNotDraft,
    AgreementNotOnOffer,
    EndsTooEarly,
    EndsTooLate,
    MonthsClosed,
    NothingPromised,
    NotInForce,
    NotYourSide,
    SidesDoNotFit,
    StartsTooEarly,
)
from slas.errors.agreements import EndsInPast, EndsWithTerm, NoticeGiven, NoticeTooShort, ScopeTaken
from slas.errors.credits import CreditsDoNotFit
from slas.errors.negotiation import CountersOpen
from slas.errors.signing import TextChanged
from slas.models import (
    ON_OFFER,
    Acceptance,
    Agreement,
    AgreementDocument,
    AgreementState,
    Attainment,
    ClauseProposalState,
    MonthClose,
    Party,
    SignedHow,
)
from slas.queries.agreement_rows import AgreementRows, rows_of
from slas.queries.agreement_terms import covered_already, rhythm_of
from slas.queries.agreements import is_side_of, sides_fit, sides_words
from slas.queries.clauses import clauses_in
from slas.queries.credits import list_credit_problems
from slas.queries.evidence import moment
from slas.queries.signed_text import StandingText, standing_text

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@transaction.atomic
def propose_agreement(*, agreement: Agreement, by: Membership, now: datetime) -> Agreement:
    """Lay a draft before the other side; from now on both read the same text.

    Refuses with AgreementNotDraft, and with what stands against its being agreed: NothingPromised, SidesDoNotFit,
    CreditsDoNotFit, MonthsClosed, StartsTooEarly, ScopeNeedsUnit, ScopeLineThere and ScopeTaken.
    """
    held = hold(agreement)
    if held.state != AgreementState.DRAFT:
        raise AgreementNotDraft(agreement=str(held))
    rows = rows_of(agreement=held)
    _check_rows(held, rows)
    _check_beside(held)
    forget_exceptions(agreement=held)
    keep_meanings(agreement=held)
    held.state, held.proposed_at = AgreementState.PROPOSED, now
    held.save(update_fields=["state", "proposed_at"])
    record_step(act="agreement.proposed", agreement=held, by=by, now=now)
    told = f"“{held.name}”, version {held.version}, is proposed to {held.customer.name}: read it, and accept it."
    tell_sides(agreement=held, text=told, key=f"proposed-{now.isoformat()}", now=now, all_sides=False)
    return held


@transaction.atomic
def withdraw_agreement(*, agreement: Agreement, by: Membership, now: datetime) -> Agreement:
    """Take a proposed version back; it is a draft again, and what was accepted of it is accepted no more.

    Refuses with AgreementNotOnOffer.
    """
    held = hold(agreement)
    if held.state not in ON_OFFER:
        raise AgreementNotOnOffer(agreement=str(held))
    held.acceptances.all().delete()
    held.meanings.all().delete()
    open_counters = held.clause_proposals.filter(state=ClauseProposalState.OPEN)
    open_counters.update(state=ClauseProposalState.WITHDRAWN, answered_by=by, answered_at=now)
    held.state, held.proposed_at = AgreementState.DRAFT, None
    held.save(update_fields=["state", "proposed_at"])
    record_step(act="agreement.withdrawn", agreement=held, by=by, now=now)
    told = f"“{held.name}”, version {held.version}, is withdrawn: there is nothing to accept until it is proposed anew."
    tell_sides(agreement=held, text=told, key=f"withdrawn-{now.isoformat()}", now=now, all_sides=False)
    return held


@dataclass(frozen=True, slots=True)
class Signer:
    """Who says yes for a party, in which role, and how; `by` is the member who did it or wrote it down."""

    name: str
    role: str
    by: Membership | None = None
    how: SignedHow = SignedHow.PORTAL
    sent_to: str = ""
    document: AgreementDocument | None = None
    signed_on: date | None = None


@transaction.atomic
def accept_agreement(
    *, agreement: Agreement, party: Party, by: Membership, name: str, role: str, read: str, now: datetime
) -> Acceptance:
    """One side says yes to the text that it has read: who, in which role, when. With the second yes to the same text
    it is agreed, and in force from its first day on.

    The head of a unit accepts for it; IT accepts for the provider, and writes down who did for teams and suppliers.
    `read` is the fingerprint of the text that was read. Refuses with NotYourSide, and as `sign_text` does.
    """
    if not is_side_of(by, party):
        raise NotYourSide(party=party.name)
    held = hold(agreement)
    text = standing_text(agreement=held)
    return sign_text(held=held, text=text, party=party, signer=Signer(name, role, by), read=read, now=now)


@transaction.atomic
def sign_text(
    *, held: Agreement, text: StandingText, party: Party, signer: Signer, read: str, now: datetime
) -> Acceptance:
    """Keep one side's yes under the text with the fingerprint `read`; whoever calls holds the version, read its text
    since, and knows that the signer may speak for the party.

    Refuses with AgreementNotOnOffer, NotYourSide for a party that is no side, CountersOpen, UnclearWording,
    AcceptedAlready, TextChanged when another text stands there by now, and with what stands against its being agreed.
    """
    if held.state not in ON_OFFER:
        raise AgreementNotOnOffer(agreement=str(held))
    if party not in held.sides:
        raise NotYourSide(party=party.name)
    _check_rows(held, text.rows)
    _check_beside(held)
    refuse_unsettled(held=held, rows=text.rows)
    fingerprint = text.fingerprint
    if read != fingerprint:
        raise TextChanged
    held.acceptances.filter(party=party).exclude(fingerprint=fingerprint).delete()
    if held.acceptances.filter(party=party).exists():
        raise AcceptedAlready(party=party.name)
    signed = {
        "name": signer.name,
        "role": signer.role,
        "how": signer.how,
        "sent_to": signer.sent_to,
        "signed_on": signer.signed_on,
    }
    accepted = held.acceptances.create(
        party=party,
        member=signer.by,
        document=signer.document,
        accepted_at=now,
        fingerprint=fingerprint,
        written=text.written,
        **signed,
    )
    told = {"party": party.name, "name": signer.name, "how": signer.how, "fingerprint": fingerprint}
    record_step(act="agreement.accepted", agreement=held, by=signer.by, now=now, **told)
    if held.acceptances.filter(fingerprint=fingerprint).count() == len(held.sides):
        _agree(held, signer.by, now)
    return accepted


@transaction.atomic
def begin_due_agreements(*, now: datetime) -> int:
    """Each agreed version whose first day has come is in force; each whose last day is over is superseded by the next
    one, terminated by notice, or expired. What is still proposed for trials that are over then is answered. Says how
    many versions were moved.
    """
    near = Agreement.objects.filter(state=AgreementState.AGREED, starts_on__lte=now.date() + DAY) | (
        Agreement.objects.filter(state=AgreementState.IN_FORCE, ends_on__lte=now.date() + DAY)
    )
    moved = [each for slug in sorted(set(near.values_list("slug", flat=True))) for each in _follow_calendar(slug, now)]
    for version in moved:
        is_over = version.state != AgreementState.IN_FORCE
        _recount([version], version.ends_on if is_over and version.ends_on else version.starts_on, now)
        if not is_over:
            answer_by_version(agreement=version, by=None, now=now)  # also what was proposed after both had agreed
    answer_by_end(now=now)
    return len(moved)


@transaction.atomic
def end_agreement(*, agreement: Agreement, ends_on: date, reason: str, by: Membership, now: datetime) -> Agreement:
    """One side gives notice to an agreement in force: it holds until that day, and its figures up to it stay.

    An end later than the agreed one, or on a day that has begun, needs a new version, which both sides accept. Refuses
    with NotYourSide, NotInForce, NoticeGiven, EndsTooEarly, EndsInPast, EndsTooLate, NoticeTooShort and EndsWithTerm.
    """
    held = hold(agreement)
    if not any(is_side_of(by, party) for party in held.sides):
        raise NotYourSide(party=held.customer.name)
    if held.state != AgreementState.IN_FORCE:
        raise NotInForce(agreement=str(held))
    today = local(now, held.time_zone).date()
    _check_end(held, ends_on, today)
    held.ends_on, held.notice_given_on = ends_on, today
    held.save(update_fields=["ends_on", "notice_given_on"])
    record_step(act="agreement.ended", agreement=held, by=by, now=now, on=ends_on.isoformat(), reason=reason)
    _follow_calendar(held.slug, now)
    _recount([held], ends_on, now)
    told = f"{by.user.name} gave notice: “{held.name}” ends on {day_long_year(ends_on - DAY)}. {reason}"
    tell_sides(agreement=held, text=told, key=f"ends-{ends_on}", now=now)
    held.refresh_from_db(fields=["state"])
    return held


def _check_end(held: Agreement, ends_on: date, today: date) -> None:
    rhythm = rhythm_of(held)
    if held.notice_given_on is not None:
        raise NoticeGiven(given_on=day_year(held.notice_given_on))
    if ends_on <= held.starts_on:
        raise EndsTooEarly(starts_on=day_year(held.starts_on))
    if ends_on <= today:
        raise EndsInPast(earliest=day_year(today + DAY))
    if held.ends_on is not None and ends_on > held.ends_on:
        raise EndsTooLate(ends_on=day_year(held.ends_on))
    if held.notice_days is not None and ends_on < earliest_end(rhythm, today):
        raise NoticeTooShort(days=counted(held.notice_days, "days"), earliest=day_year(earliest_end(rhythm, today)))
    if not is_end_of_term(rhythm, ends_on):
        raise EndsWithTerm(ends_on=day_year(earliest_end(rhythm, max(today, ends_on))))


def _check_rows(held: Agreement, rows: AgreementRows) -> None:
    """Refuses what is written in a version that nobody could keep. It stays as it is while the version is held."""
    if not rows.targets:
        raise NothingPromised
    if not sides_fit(held.kind, customer=held.customer, provider=held.provider):
        raise SidesDoNotFit(sides=sides_words(held.kind))
    for problem in list_credit_problems(schemes=rows.schemes):
        raise CreditsDoNotFit(problem=problem)
    check_lines(agreement=held, lines=rows.scope)


def _check_beside(held: Agreement) -> Agreement | None:
    """The version before, which gives way; refuses a text that could not hold from its first day on beside what is
    agreed and closed already.
    """
    _refuse_closed_months(held, held.starts_on)
    before = agreed_versions(held.slug).first()
    if before is not None and held.starts_on <= before.starts_on:
        raise StartsTooEarly(version=before.version, starts_on=day_year(before.starts_on))
    taken = covered_already(agreement=held)
    if taken is not None:
        raise ScopeTaken(agreement=str(taken.agreement), service=taken.service.name, unit=str(taken.business_unit))
    return before


def refuse_unsettled(*, held: Agreement, rows: AgreementRows) -> None:
    """Refuses a text that nobody can say yes to as it stands: a clause of it waits for an answer (CountersOpen), or two
    honest people could read it in two ways (UnclearWording).
    """
    _refuse_open_counters(held, rows)
    refuse_unclear_wording(rows=rows)


def _refuse_open_counters(held: Agreement, rows: AgreementRows) -> None:
    """A clause that one side wants to be otherwise is no text to say yes to."""
    waiting = list(held.clause_proposals.filter(state=ClauseProposalState.OPEN).values_list("clause_key", flat=True))
    if waiting:
        titles = {clause.key: clause.title for clause in clauses_in(rows=rows)}
        clauses = and_list([titles.get(key, "a new clause") for key in waiting])
        raise CountersOpen(clauses=clauses)


def _agree(held: Agreement, by: Membership | None, now: datetime) -> None:
    """Both sides accepted one text: the version before ends on the first day of this one at the latest; an earlier
    agreed end stays, so that no time is promised afterwards.
    """
    covered = BusinessUnit.objects.filter(pk__in=held.scope.values("business_unit"))
    list(covered.select_for_update(no_key=True).order_by("pk"))  # another agreement for them waits, then is checked
    before = _check_beside(held)
    if before is not None:
        before.ends_on = min(before.ends_on or held.starts_on, held.starts_on)
        before.save(update_fields=["ends_on"])
    held.state = AgreementState.AGREED
    held.save(update_fields=["state"])
    record_step(act="agreement.agreed", agreement=held, by=by, now=now, starts_on=held.starts_on.isoformat())
    from_on = day_long_year(held.starts_on)
    told = f"Both sides agreed on “{held.name}”, version {held.version}. It holds from {from_on} on."
    tell_sides(agreement=held, text=told, key="agreed", now=now)
    answer_by_version(agreement=held, by=by, now=now)
    _follow_calendar(held.slug, now)
    _recount([each for each in (before, held) if each], held.starts_on, now)


def _follow_calendar(slug: str, now: datetime) -> list[Agreement]:
    """Move the versions of one agreement to where they stand today; the ones that were moved."""
    versions = list(agreed_versions(slug))
    zones = {version.starts_on: version.time_zone for version in versions}
    moved = []
    for version in reversed(versions):  # the older one leaves force before the next one enters it
        state = _state_at(version, zones, now)
        if state != version.state:
            version.state = state
            version.save(update_fields=["state"])
            record_step(act=ACTS[state], agreement=version, by=None, now=now, starts_on=version.starts_on.isoformat())
            moved.append(version)
    return moved


ACTS = {
    AgreementState.IN_FORCE: "agreement.started",
    AgreementState.SUPERSEDED: "agreement.superseded",
    AgreementState.EXPIRED: "agreement.expired",
    AgreementState.TERMINATED: "agreement.terminated",
}


def _state_at(version: Agreement, zones: Mapping[date, str], now: datetime) -> AgreementState:
    """Where an agreed version stands at an instant, by the midnights of its zone. It gives way to another one in the
    midnight of that one, so that one of them holds; `zones` are those of all versions, by their first days.
    """
    state = AgreementState(version.state)
    if state not in (AgreementState.AGREED, AgreementState.IN_FORCE):
        return state
    end = version.ends_on
    if end is not None and end <= local(now, zones.get(end, version.time_zone)).date():
        if end in zones:
            return AgreementState.SUPERSEDED
        return AgreementState.TERMINATED if version.notice_given_on else AgreementState.EXPIRED
    return AgreementState.IN_FORCE if version.starts_on <= local(now, version.time_zone).date() else state


def _refuse_closed_months(agreement: Agreement, on: date) -> None:
    """Figures that are closed were judged by the promises of their day."""
    unit = agreement.customer.business_unit
    closed = MonthClose.objects.filter(business_unit=unit, month__gte=on.replace(day=1)).order_by("-month").first()
    if unit is not None and closed is not None:
        raise MonthsClosed(month=month_year(closed.month), first_on=day_year(add_months(closed.month, 1)))


def _recount(agreements: Sequence[Agreement], on: date, now: datetime) -> None:
    """Queue what the change touches, and drop open figures of time in which a version is no longer promised."""
    for agreement in agreements:
        targets = list(agreement.targets.values_list("pk", flat=True))
        start = moment(midnight(on, zone_of(agreement.time_zone)))
        if agreement.ends_on is not None:
            beyond = Attainment.objects.filter(target_id__in=targets, period_start__gte=agreement.ends_on)
            beyond.filter(closed_at__isnull=True).delete()
        mark_targets_dirty(target_ids=targets, from_=start - SECOND, until=max(now, start), now=now)
