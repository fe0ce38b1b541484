"""Two versions side by side, clause by clause: what differs, where each clause stands, and who waits for whom."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import F, QuerySet

from portal.accounts.models import Membership, Role
from portal.accounts.policies import can
from portal.conversations.models import Comment
from portal.conversations.queries import CommentLine, get_line
from portal.language.dates import day, days_left, local, weekday_day
from portal.language.differences import Change, difference, line_differences
from slas.models import (
    NOT_YET_AGREED,
    ON_OFFER,
    Agreement,
    AgreementState,
    ClauseAcceptance,
    ClauseChange,
    ClauseProposal,
    ClauseProposalState,
    Party,
    ServiceLevelTarget,
)
from slas.queries.agreement_page import state_words
from slas.queries.agreements import is_side_of, list_visible_agreements, proposing_side
from slas.queries.clause_changes import NoSuchClause, proposed_clause, proposed_row
from slas.queries.clause_credits import Credits
from slas.queries.clauses import Clause, clauses_of
from slas.queries.negotiation_parts import Card, ClauseView, NegotiationPage, Standing, Words
from slas.queries.replay import replay
from slas.queries.signed_text import fingerprint_of
from slas.queries.tried_credits import credits_of_a_year
from slas.queries.wording import agreement_findings
from slas.queries.wording_texts import UnclearText, explain, proposal_texts, texts_of
from slas.queries.working_days import WorkingCalendar, calendar_of_agreement

OPEN = ClauseProposalState.OPEN


@dataclass(frozen=True, slots=True)
class _Looking:
    """Who looks at which version, and what was said about its clauses so far."""

    reader: Membership
    agreement: Agreement
    now: datetime
    own: tuple[Party, ...]
    calendar: WorkingCalendar
    today: date
    signed: frozenset[int]
    yes: Mapping[tuple[str, int], ClauseAcceptance]
    proposals: Mapping[str, Sequence[ClauseProposal]]
    talks: Mapping[str, Sequence[CommentLine]]
    texts: Sequence[UnclearText]

    @property
    def is_on_offer(self) -> bool:
        return self.agreement.state in ON_OFFER

    def on(self, at: datetime) -> date:
        return local(at, self.agreement.time_zone).date()


def list_speakers(*, party: Party) -> QuerySet[Membership]:
    """Who answers for a party: the heads of the unit, or the service level managers."""
    members = Membership.objects.filter(is_active=True, user__is_active=True).select_related("user")
    if party.business_unit_id is None:
        return members.filter(role=Role.SERVICE_LEVEL_MANAGER)
    return members.filter(role=Role.BUSINESS_UNIT_HEAD, unit_links__business_unit=party.business_unit_id)


def own_sides(*, reader: Membership, agreement: Agreement) -> tuple[Party, ...]:
    """For whom the reader may propose, answer and accept."""
    if not can(reader, "clause.answer"):
        return ()
    return tuple(party for party in agreement.sides if is_side_of(reader, party))


def get_clause_proposal(*, reader: Membership, clause_proposal_id: int) -> ClauseProposal:
    """A proposal about a version that the reader may see. Raises ClauseProposal.DoesNotExist."""
    rows = ClauseProposal.objects.filter(agreement__in=list_visible_agreements(reader=reader))
    related = ("agreement__customer", "agreement__provider", "party", "proposed_by__user", "answered_by__user")
    return rows.select_related(*related).get(pk=clause_proposal_id)


def counters_due(*, agreements: Sequence[Agreement]) -> dict[tuple[int, int], list[date]]:
    """By version and by the side that proposed: by when the other side owes answers, the first one first."""
    found: dict[tuple[int, int], list[date]] = defaultdict(list)
    rows = ClauseProposal.objects.filter(agreement__in=agreements, state=OPEN).order_by("answer_due_on", "pk")
    for agreement, party, due_on in rows.values_list("agreement_id", "party_id", "answer_due_on"):
        found[agreement, party].append(due_on)
    return found


def version_before(*, reader: Membership, agreement: Agreement) -> Agreement | None:
    """The version that both sides agreed on before this one, if any."""
    earlier = list_visible_agreements(reader=reader).filter(slug=agreement.slug, version__lt=agreement.version)
    return earlier.exclude(state__in=NOT_YET_AGREED).order_by("-version").first()


def get_clause(*, agreement: Agreement, key: str) -> Clause:
    """One clause of a version. Raises NoSuchClause."""
    found = next((clause for clause in clauses_of(agreement=agreement) if clause.key == key), None)
    if found is None:
        raise NoSuchClause(f"“{agreement}” holds no clause “{key}”.")
    return found


def can_be_talked_about(agreement: Agreement) -> bool:
    """Whether its clauses have conversations: a draft is work on one side."""
    return agreement.state != AgreementState.DRAFT


def list_talk(*, agreement: Agreement, key: str) -> list[CommentLine]:
    """What was said beside a clause, in all versions of the agreement."""
    return _talks(agreement).get(key, [])


def get_negotiation(
    *, reader: Membership, agreement: Agreement, other: Agreement | None, shows_all: bool, now: datetime
) -> NegotiationPage:
    """A version beside another one, both of which the reader may see."""
    looking = _look(reader, agreement, now)
    before = {clause.key: clause for clause in clauses_of(agreement=other)} if other else {}
    is_base = other is not None and other.state not in NOT_YET_AGREED
    rows = tuple(_rows(looking, before, clauses_of(agreement=agreement), is_base))
    waits = [card.proposal.answer_due_on for row in rows for card in row.cards if card.may_answer]
    offered = looking.on(agreement.proposed_at) if agreement.proposed_at and looking.is_on_offer else None
    if offered and any(row.accept_for for row in rows):
        waits.append(looking.calendar.day_after(offered, agreement.answer_working_days))
    due = min(waits, default=None)
    return NegotiationPage(
        agreement=agreement,
        other=other,
        state=state_words(agreement, looking.today),
        other_state=state_words(other, looking.today) if other else "",
        rows=rows,
        shows_all=shows_all or other is None,
        due=_due_words(looking, "You answer", due) if due else "",
        is_late=due is not None and due < looking.today,
        proposed=weekday_day(offered) if offered else "",
        own_sides=looking.own,
        is_on_offer=looking.is_on_offer,
        can_be_talked_about=can_be_talked_about(agreement),
    )


def _look(reader: Membership, agreement: Agreement, now: datetime) -> _Looking:
    calendar = calendar_of_agreement(agreement=agreement, now=now)
    accepted = agreement.acceptances.values_list("party_id", "fingerprint")
    current = fingerprint_of(agreement=agreement) if accepted else ""
    yes = agreement.clause_acceptances.select_related("member__user", "party")
    findings = agreement_findings(agreement=agreement) if agreement.state in NOT_YET_AGREED else ()
    return _Looking(
        reader=reader,
        agreement=agreement,
        now=now,
        own=own_sides(reader=reader, agreement=agreement) if agreement.state in ON_OFFER else (),
        calendar=calendar,
        today=calendar.today(now),
        signed=frozenset(party for party, fingerprint in accepted if fingerprint == current),
        yes={(each.clause_key, each.party_id): each for each in yes},
        proposals=_proposals(agreement),
        talks=_talks(agreement),
        texts=explain(reader=reader, findings=findings, now=now),
    )


def _proposals(agreement: Agreement) -> dict[str, list[ClauseProposal]]:
    found: dict[str, list[ClauseProposal]] = defaultdict(list)
    rows = agreement.clause_proposals.exclude(state=ClauseProposalState.WITHDRAWN)
    related = rows.select_related("party", "proposed_by__user", "answered_by__user")
    for proposal in related.order_by("proposed_at", "pk"):
        proposal.agreement = agreement
        found[proposal.clause_key].append(proposal)
    return found


def _talks(agreement: Agreement) -> dict[str, list[CommentLine]]:
    """What was said beside the clauses of the agreement, in all its versions."""
    found: dict[str, list[CommentLine]] = defaultdict(list)
    comments = Comment.objects.filter(conversation__clause_threads__agreement_slug=agreement.slug)
    named = comments.annotate(clause_key=F("conversation__clause_threads__clause_key"))
    for comment in named.select_related("author__user").order_by("written_at", "pk"):
        found[comment.clause_key].append(get_line(comment=comment, time_zone=agreement.time_zone))
    return found


def _rows(
    looking: _Looking, before: Mapping[str, Clause], clauses: Sequence[Clause], is_base: bool
) -> Iterator[ClauseView]:
    """The clauses of the version in their order, each section with what was taken out of it and what is to be added."""
    held = {clause.key for clause in clauses}
    removed = [clause for key, clause in before.items() if key not in held]
    asked = list(_asked_for(looking, held))
    both = [(clause, "now") for clause in clauses]
    both += [(clause, "gone") for clause in removed] + [(clause, "asked") for clause in asked]
    for clause, what in sorted(both, key=lambda pair: _order(*pair)):
        yield _row(looking, before.get(clause.key), clause, what, is_base)


def _order(clause: Clause, what: str) -> tuple[int, bool, int]:
    section, _, place = clause.number.partition(".")
    return int(section), what != "now", int(place or 0)


def _asked_for(looking: _Looking, held: set[str]) -> Iterator[Clause]:
    """Clauses that somebody proposes to add; they are not part of the version yet."""
    for key, proposals in looking.proposals.items():
        if key not in held and proposals[-1].change == ClauseChange.ADD and proposals[-1].state == OPEN:
            yield _would_be(proposals[-1], place=99) or _unreadable(proposals[-1])


def _row(looking: _Looking, before: Clause | None, clause: Clause, what: str, is_base: bool) -> ClauseView:
    now = clause if what == "now" else None
    text = difference(before.text if before else "", now.text if now else "")
    lines = line_differences(before.lines if before else (), now.lines if now else ())
    is_same = before is not None and now is not None and before.fingerprint == now.fingerprint
    cards = tuple(_cards(looking, clause, now))
    texts = texts_of(looking.texts, clause.key)
    unclear = tuple({each.finding.words: None for text in texts for each in text.findings if each.is_marked})
    standing, accept_for = _standing(looking, clause, cards, is_agreed_before=is_base and is_same, is_held=bool(now))
    return ClauseView(
        clause=clause,
        is_held=now is not None,
        tag={"gone": "Taken out", "asked": "To be added"}.get(what, "" if before or not is_base else "New"),
        was=before.text if before else "",
        text=tuple(
            replace(each, change=each.change if before or is_base else Change.SAME, looked_at=unclear) for each in text
        ),
        lines=tuple(lines) if before and not is_same else (),
        is_changed=not is_same,
        standing=standing,
        texts=texts,
        cards=cards,
        talk=tuple(looking.talks.get(clause.key, ())),
        accept_for=accept_for,
        may_propose=_may_propose(looking, cards, now),
    )


def _may_propose(looking: _Looking, cards: Sequence[Card], now: Clause | None) -> bool:
    """One proposal of each side at a time."""
    is_own_open = any(card.may_withdraw for card in cards)
    return now is not None and bool(looking.own) and not is_own_open


def _cards(looking: _Looking, clause: Clause, now: Clause | None) -> Iterator[Card]:
    for proposal in looking.proposals.get(clause.key, ()):
        would_be = _would_be(proposal)
        is_open = proposal.state == OPEN and looking.is_on_offer
        text, lines = _difference_to(now, would_be) if is_open else ((), ())
        author = proposal.proposed_by
        others = [party for party in looking.own if party.pk != proposal.party_id]
        yield Card(
            proposal=proposal,
            heading=f"{proposal.party.name} {_proposes(proposal)}",
            on=day(looking.on(proposal.proposed_at)),
            initials=author.user.initials,
            is_it=author.is_it,
            read=would_be.fingerprint if would_be else "",
            text=text,
            lines=lines,
            outcome="" if is_open else _outcome(looking, proposal),
            tried=_tried(looking, proposal) if is_open else "",
            texts=proposal_texts(reader=looking.reader, proposal=proposal, now=looking.now) if is_open else (),
            may_answer=is_open and bool(others),
            may_withdraw=is_open and any(party.pk == proposal.party_id for party in looking.own),
        )


def _tried(looking: _Looking, proposal: ClauseProposal) -> str:
    """How a promise would have done as it is proposed, or what credits would have cost."""
    try:
        row = proposed_row(proposal)
    except NoSuchClause:
        return ""
    if isinstance(row, Credits) and proposal.change != ClauseChange.REMOVE:
        return credits_of_a_year(reader=looking.reader, row=row, today=looking.today)
    if not isinstance(row, ServiceLevelTarget) or proposal.change == ClauseChange.REMOVE:
        return ""
    tried = replay(reader=looking.reader, target=row, now=looking.now)
    return tried.sentence if tried.months else ""


def _proposes(proposal: ClauseProposal) -> str:
    words = {ClauseChange.REMOVE: "proposes to take it out", ClauseChange.ADD: "proposes to add it"}
    instead = "proposes instead" if proposal.instead_of_id else "proposes"
    return words.get(ClauseChange(proposal.change), instead)


def _would_be(proposal: ClauseProposal, place: int = 1) -> Clause | None:
    if proposal.state != OPEN:
        return None
    try:
        return proposed_clause(proposal=proposal, place=place)
    except NoSuchClause:
        return None


def _unreadable(proposal: ClauseProposal) -> Clause:
    """Credits that cannot be added any more stand where they would, so that they are taken back or declined."""
    title = f"{proposal.values.get('name', '')}, of a promise that was taken out"
    return Clause(proposal.clause_key, "4.99", title, "", (), "")


def _difference_to(now: Clause | None, then: Clause | None) -> tuple[Words, tuple[Words, ...]]:
    text = difference(now.text if now else "", then.text if then else "")
    lines = line_differences(now.lines if now else (), then.lines if then else ())
    return text, tuple(lines)


def _outcome(looking: _Looking, proposal: ClauseProposal) -> str:
    if proposal.answered_by is None or proposal.answered_at is None:
        return "Not answered: the version was taken back."
    words = proposal.get_state_display()
    said = f": {proposal.answer}" if proposal.answer and proposal.state != ClauseProposalState.COUNTERED else ""
    return f"{words}, {proposal.answered_by.user.name}, {day(looking.on(proposal.answered_at))}{said}"


def _standing(
    looking: _Looking, clause: Clause, cards: Sequence[Card], *, is_agreed_before: bool, is_held: bool
) -> tuple[Standing, tuple[Party, ...]]:
    """Where a clause stands, and for whom the reader may accept it as it is."""
    if looking.agreement.state == AgreementState.DRAFT:
        return Standing("A draft", details=("The other side cannot see it yet.",)), ()
    if not looking.is_on_offer:
        return Standing(is_agreed=True), ()
    waiting = next((card for card in cards if card.is_open), None)
    if waiting is not None:
        return _waits(looking, waiting), ()
    if is_agreed_before:
        return Standing("As before", details=("Agreed with the version before.",), is_agreed=True), ()
    if not is_held:
        return Standing("Taken out", details=("Whoever accepts this version agrees to that.",)), ()
    missing = [party for party in looking.agreement.sides if not _said_yes(looking, clause, party)]
    if not missing:
        return Standing("Agreed by both", "kept", tuple(_names(looking, clause)), is_agreed=True), ()
    own = tuple(party for party in missing if party in looking.own)
    at = looking.agreement.proposed_at
    due = looking.calendar.day_after(looking.on(at), looking.agreement.answer_working_days) if at else None
    who = "You answer" if own else f"{missing[0].name} answers"
    words = _due_words(looking, who, due) if due else f"Waits for {missing[0].name}"
    tone = "close" if due and due < looking.today else "accent"
    since = f"Proposed by {proposing_side(looking.agreement).name}, {weekday_day(looking.on(at))}" if at else ""
    return Standing(words, tone, tuple(filter(None, (since, *_names(looking, clause))))), own


def _waits(looking: _Looking, card: Card) -> Standing:
    proposal = card.proposal
    other = next(party for party in looking.agreement.sides if party.pk != proposal.party_id)
    who = "You answer" if card.may_answer and len(looking.own) == 1 else f"{other.name} answers"
    words = _due_words(looking, who, proposal.answer_due_on)
    did = "countered" if proposal.instead_of_id else "proposed it"
    details = f"{proposal.party.name} {did} on {weekday_day(looking.on(proposal.proposed_at))}"
    return Standing(words, "close" if proposal.answer_due_on < looking.today else "accent", (details,))


def _due_words(looking: _Looking, who: str, due: date) -> str:
    late = f", {days_left(looking.calendar.days_until(looking.today, due))}" if due < looking.today else ""
    return f"{who} by {weekday_day(due)}{late}"


def _said_yes(looking: _Looking, clause: Clause, party: Party) -> bool:
    given = looking.yes.get((clause.key, party.pk))
    is_current = given is not None and given.fingerprint == clause.fingerprint
    return is_current or party.pk in looking.signed or party == proposing_side(looking.agreement)


def _names(looking: _Looking, clause: Clause) -> Iterator[str]:
    """Who said yes to the clause as it stands, and when."""
    for party in looking.agreement.sides:
        given = looking.yes.get((clause.key, party.pk))
        if given is not None and given.fingerprint == clause.fingerprint:
            yield f"{given.member.user.name}, {day(looking.on(given.accepted_at))}"
