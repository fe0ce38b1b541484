"""A proposed version is negotiated clause by clause."""

from datetime import date
from decimal import Decimal

import pytest

from portal.conversations.models import Notification
from slas.actions.agreement_states import accept_agreement, propose_agreement, withdraw_agreement
from slas.actions.agreements import revise_agreement
from slas.actions.negotiation import (
    accept_clause_proposal,
    accept_clauses,
    decline_clause_proposal,
    propose_clause,
    withdraw_clause_proposal,
)
from slas.errors import AgreementNotOnOffer, NotYourSide, WrongMeasure
from slas.errors.negotiation import (
    AnsweredForOtherSide,
    ChangeDoesNotFit,
    ClauseAcceptedAlready,
    ClauseGone,
    ClauseReadsOtherwise,
    ClauseWaits,
    CountersOpen,
    NothingDifferent,
    ProposalClosed,
    ProposedAlready,
)
from slas.models import AgreementState, ClauseProposalState, FactKind, OwnWord, TargetKind
from slas.queries.agreements import list_waiting_agreements
from slas.queries.clause_changes import proposed_fingerprint, values_of
from slas.queries.negotiation import get_clause, get_negotiation
from slas.queries.signed_text import fingerprint_of
from tests.slas import factories
from tests.slas.factories import at

NOW = at("2026-11-10 10:00")  # a Tuesday
KEY = "target:place-orders"


@pytest.fixture
def offer(agreement, people_of):
    """Version 2 as it was proposed, with the promise of version 1."""
    by = people_of["manager"]
    draft = revise_agreement(agreement=agreement, starts_on=date(2027, 1, 1), by=by, now=NOW)
    return propose_agreement(agreement=draft, by=by, now=NOW)


@pytest.fixture
def propose(offer, people_of):
    """One side proposes another percentage."""

    def made(who="head", threshold="99.9", **fields):
        party = offer.customer if who == "head" else offer.provider
        common = {
            "party": party,
            "key": KEY,
            "change": "change",
            "values": {"threshold": threshold},
            "reason": "Orders are lost",
        }
        return propose_clause(agreement=offer, by=people_of[who], now=NOW, **common | fields)

    return made


def accept(proposal, by):
    return accept_clause_proposal(proposal=proposal, read=proposed_fingerprint(proposal), answer="", by=by, now=NOW)


def page_for(reader, offer, agreement, now=NOW):
    return get_negotiation(reader=reader, agreement=offer, other=agreement, shows_all=True, now=now)


def read(offer, *keys):
    return {key: get_clause(agreement=offer, key=key).fingerprint for key in keys}


def row_of(page, key=KEY):
    return next(row for row in page.rows if row.clause.key == key)


def test_a_counter_moves_the_version_into_negotiation_and_tells_the_other_side(offer, propose, people_of):
    proposal = propose()
    offer.refresh_from_db()

    assert offer.state == AgreementState.NEGOTIATION
    assert proposal.values == {"threshold": "99.9"}
    assert proposal.answer_due_on == date(2026, 11, 12)
    assert offer in list_waiting_agreements(reader=people_of["manager"])
    assert offer not in list_waiting_agreements(reader=people_of["head"])
    told = Notification.objects.get(member=people_of["manager"])
    assert "proposes other words" in told.text
    assert "/v2/clauses/?show=all#target-place-orders" in told.url


def test_an_accepted_counter_is_applied_and_both_sides_have_agreed_on_the_clause(offer, agreement, propose, people_of):
    signed = {"party": offer.provider, "by": people_of["manager"], "name": "Pavel", "role": "Head of service"}
    accept_agreement(agreement=offer, read=fingerprint_of(agreement=offer), now=NOW, **signed)
    done = accept(propose(), people_of["manager"])
    page = page_for(people_of["head"], offer, agreement)

    assert done.state == ClauseProposalState.ACCEPTED
    assert offer.targets.get().threshold == Decimal("99.9")
    assert offer.acceptances.count() == 0  # the signature was for other words
    assert row_of(page).standing.words == "Agreed by both"
    assert row_of(page).standing.is_agreed
    assert len(row_of(page).standing.details) == 2


def test_a_counter_of_a_counter_answers_it_and_waits_for_the_first_side(offer, agreement, propose, people_of):
    first = propose()
    second = propose("manager", threshold="99.7")
    first.refresh_from_db()

    assert first.state == ClauseProposalState.COUNTERED
    assert second.instead_of_id == first.pk
    assert offer in list_waiting_agreements(reader=people_of["head"])
    assert offer not in list_waiting_agreements(reader=people_of["manager"])
    row = row_of(page_for(people_of["head"], offer, agreement))
    assert [card.heading for card in row.cards] == [
        f"{offer.customer.name} proposes",
        f"{offer.provider.name} proposes instead",
    ]
    assert row.standing.words == "You answer by Thu\u00a012\u00a0Nov"
    assert [card.may_answer for card in row.cards] == [False, True]
    assert ["".join(each.text for each in line if each.change != "deleted") for line in row.cards[1].lines] == [
        "Promised: 99.7 %."
    ]


def test_a_declined_counter_leaves_the_clause_as_it_is_and_says_why(offer, agreement, propose, people_of):
    decline_clause_proposal(proposal=propose(), answer="The storage cannot", by=people_of["manager"], now=NOW)
    row = row_of(page_for(people_of["head"], offer, agreement))

    assert offer.targets.get().threshold == Decimal("99.5")
    assert row.cards[0].outcome.endswith("The storage cannot")
    assert row.may_propose


def test_a_side_takes_its_own_proposal_back(offer, agreement, propose, people_of):
    proposal = propose()
    with pytest.raises(NotYourSide):
        withdraw_clause_proposal(proposal=proposal, by=people_of["manager"], now=NOW)
    withdraw_clause_proposal(proposal=proposal, by=people_of["head"], now=NOW)

    assert row_of(page_for(people_of["head"], offer, agreement)).cards == ()
    with pytest.raises(ProposalClosed):
        accept(proposal, people_of["manager"])


def test_nobody_signs_while_a_counter_waits(offer, propose, people_of):
    propose()

    signed = {"party": offer.customer, "by": people_of["head"], "name": "I", "role": "H"}
    with pytest.raises(CountersOpen, match="proposed for Customers can place orders"):
        accept_agreement(agreement=offer, read=fingerprint_of(agreement=offer), now=NOW, **signed)


def test_a_withdrawn_version_takes_its_open_counters_with_it(offer, propose, people_of):
    proposal = propose()
    withdraw_agreement(agreement=offer, by=people_of["manager"], now=NOW)
    proposal.refresh_from_db()

    assert proposal.state == ClauseProposalState.WITHDRAWN
    with pytest.raises(AgreementNotOnOffer):
        propose()


def test_each_side_proposes_and_answers_for_itself(offer, propose, people_of):
    with pytest.raises(NotYourSide):
        propose(party=offer.provider)
    proposal = propose()
    with pytest.raises(ClauseWaits):
        propose(threshold="99.8")
    with pytest.raises(AnsweredForOtherSide):
        accept(proposal, people_of["head"])
    with pytest.raises(AnsweredForOtherSide):
        decline_clause_proposal(proposal=proposal, answer="No", by=people_of["outsider"], now=NOW)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        pytest.param({"values": {"threshold": "99.5"}}, NothingDifferent, id="what it says already"),
        pytest.param({"values": {"threshold": "101"}}, ChangeDoesNotFit, id="more than all"),
        pytest.param({"values": {"service_hours_id": 0}}, ChangeDoesNotFit, id="hours that are not there"),
        pytest.param({"key": "target:gone"}, ClauseGone, id="a promise that is not there"),
        pytest.param({"key": "scope:x"}, ClauseGone, id="no clause at all"),
        pytest.param({"key": "terms", "values": {"ends_on": "2026-12-31"}}, ChangeDoesNotFit, id="ends before"),
        pytest.param({"key": "reviews", "values": {"renews_months": 12}}, ChangeDoesNotFit, id="terms without notice"),
    ],
)
def test_what_cannot_be_agreed_is_refused_when_it_is_proposed(propose, changes, refusal):
    with pytest.raises(refusal):
        propose(**changes)


def test_another_kind_of_facts_is_refused(propose):
    cases = factories.make_measure(FactKind.CASES)

    with pytest.raises(WrongMeasure):
        propose(values={"measure_id": cases.pk})


def test_a_promise_is_added_and_another_taken_out(offer, agreement, propose, people_of):
    added = factories.make_target(TargetKind.CASES, agreement=agreement, name="Problems are solved")
    values = {"kind": added.kind, **values_of(added, "target")}
    added.delete()
    proposals = [
        propose(key="target", change="add", values=values),
        propose(change="remove", values={}),
        propose(key="terms", values={"answer_working_days": 3}),
        propose(key="reviews", values={"notice_days": 90, "review_months": 6}),
    ]
    row = row_of(page_for(people_of["manager"], offer, agreement), "target:problems-are-solved")
    assert (row.tag, row.is_held, row.cards[0].may_answer) == ("To be added", False, True)
    for proposal in proposals:
        accept(proposal, people_of["manager"])
    offer.refresh_from_db()

    assert [target.slug for target in offer.targets.all()] == ["problems-are-solved"]
    assert (offer.answer_working_days, offer.notice_days, offer.review_months) == (3, 90, 6)
    rows = page_for(people_of["head"], offer, agreement).rows
    assert [(row.clause.key, row.tag) for row in rows] == [
        ("terms", ""),
        ("target:problems-are-solved", "New"),
        (KEY, "Taken out"),
        ("reviews", ""),
    ]


def test_a_clause_is_accepted_as_it_stands(offer, agreement, people_of):
    head = people_of["head"]
    page = page_for(head, offer, agreement)
    assert row_of(page).standing.words == "As before"
    assert [row.clause.key for row in page.to_accept] == ["terms"]  # another first day
    assert page.due == "You answer by Thu\u00a012\u00a0Nov"

    give = {"agreement": offer, "read": read(offer, "terms"), "party": offer.customer, "by": head, "now": NOW}
    accept_clauses(**give)
    page = page_for(head, offer, agreement)

    assert row_of(page, "terms").standing.words == "Agreed by both"
    assert (page.agreed, page.total, page.due) == (3, 3, "")
    with pytest.raises(ClauseAcceptedAlready):
        accept_clauses(**give)


def test_a_yes_holds_for_the_words_that_it_was_given_to(offer, agreement, people_of):
    head = people_of["head"]
    accept_clauses(agreement=offer, read=read(offer, "terms"), party=offer.customer, by=head, now=NOW)
    offer.answer_working_days = 9
    offer.save()

    assert [row.clause.key for row in page_for(head, offer, agreement).to_accept] == ["terms"]


def test_nobody_says_yes_to_words_that_they_have_not_read(offer, propose, people_of):
    """IT takes the version back, changes it and proposes it anew while the head has the old page open."""
    head, manager = people_of["head"], people_of["manager"]
    stale = read(offer, KEY)
    withdraw_agreement(agreement=offer, by=manager, now=NOW)
    offer.targets.update(threshold="95")
    propose_agreement(agreement=offer, by=manager, now=NOW)

    give = {"agreement": offer, "party": offer.customer, "by": head, "now": NOW}
    for each in (stale, {KEY: ""}):
        with pytest.raises(ClauseReadsOtherwise):
            accept_clauses(**give, read=each)
    assert not offer.clause_acceptances.exists()
    assert accept_clauses(**give, read=read(offer, KEY))


def test_nobody_accepts_a_proposal_that_would_say_something_else_by_now(offer, propose, people_of):
    """A word of the tenant's own is defined anew while the other side has the proposal open."""
    proposal = propose(values={"sentence": "Orders are saved promptly"})
    stale = proposed_fingerprint(proposal)
    OwnWord.objects.create(words="promptly", kind="defined", note="Within a year", reason="Board")

    told = {"proposal": proposal, "answer": "", "by": people_of["manager"], "now": NOW}
    for each in (stale, ""):
        with pytest.raises(ClauseReadsOtherwise):
            accept_clause_proposal(**told, read=each)
    assert accept(proposal, people_of["manager"]).state == ClauseProposalState.ACCEPTED


def test_taking_a_clause_out_is_proposed_once_and_then_accepted(offer, propose, people_of):
    proposal = propose(change="remove", values={})
    with pytest.raises(ProposedAlready, match="proposes to take it out too"):
        propose("manager", change="remove", values={})

    assert accept(proposal, people_of["manager"]).state == ClauseProposalState.ACCEPTED
    assert not offer.targets.exists()


def test_what_is_late_says_by_how_much(offer, agreement, propose, people_of):
    propose()
    page = page_for(people_of["manager"], offer, agreement, now=at("2026-11-16 10:00"))

    assert page.is_late
    assert page.due == "You answer by Thu\u00a012\u00a0Nov, 2\u00a0working days late"
