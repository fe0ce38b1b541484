"""What words of the tenant's own mean is part of the text that both sides sign, and stays as it was signed."""

import json
from datetime import UTC, date, datetime

import pytest

from slas.actions.agreement_states import accept_agreement, propose_agreement, withdraw_agreement
from slas.actions.agreements import revise_agreement
from slas.actions.negotiation import accept_clause_proposal, propose_clause
from slas.actions.wording import add_own_word, change_own_word
from slas.errors.wording import UnclearWording
from slas.models import AgreementState, OwnWord
from slas.queries.agreement_paper import get_paper
from slas.queries.clause_changes import proposed_clause, proposed_fingerprint
from slas.queries.clauses import clauses_of
from slas.queries.meanings import Meaning, used_meanings
from slas.queries.signed_text import fingerprint_of

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
PAGE = "/t/larkmoor/agreements/orders/v1/"
KEY = "target:place-orders"
LINE = "“promptly” means: Within 2 hours of service time"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def manager(people_of):
    return people_of["manager"]


@pytest.fixture
def defined(manager):
    """The tenant says what a word means."""

    def define(words="promptly", note="Within 2 hours of service time"):
        return add_own_word(words=words, kind="defined", note=note, reason="Board", by=manager, now=NOW)

    return define


@pytest.fixture
def prompt(draft):
    draft.targets.update(sentence="Orders are answered promptly")
    return draft


def redefine(word, manager, note="Within a day", **values):
    said = {"kind": "defined", "is_active": True, "reason": "Changed"} | values
    change_own_word(word=word, note=note, by=manager, now=NOW, **said)


def accept(draft, people_of, who):
    party = draft.provider if who == "manager" else draft.customer
    read = fingerprint_of(agreement=draft)
    return accept_agreement(agreement=draft, party=party, by=people_of[who], name=who, role=who, read=read, now=NOW)


def lines_of(agreement, key=KEY):
    return next(each.lines for each in clauses_of(agreement=agreement) if each.key == key)


def test_what_a_word_means_is_a_line_of_the_text_and_of_its_fingerprint(prompt, defined):
    before = fingerprint_of(agreement=prompt)
    defined()
    defined("month end", "The last day of a month")  # no sentence uses it

    assert lines_of(prompt)[-1] == LINE
    assert fingerprint_of(agreement=prompt) != before
    paper = get_paper(agreement=prompt)
    said = [line for section in paper.sections for clause in section.clauses for line in clause.lines]
    assert said.count(LINE) == 1
    assert "month end" not in paper.written


def test_what_was_proposed_and_signed_keeps_its_meaning(prompt, defined, manager, people_of):
    word = defined()
    offer = propose_agreement(agreement=prompt, by=manager, now=NOW)
    read = fingerprint_of(agreement=offer)
    signed = accept(offer, people_of, "head")
    redefine(word, manager)

    assert fingerprint_of(agreement=offer) == read
    accept(offer, people_of, "manager")
    redefine(word, manager, kind="vague")
    offer.refresh_from_db()
    assert (offer.state, fingerprint_of(agreement=offer)) == (AgreementState.AGREED, signed.fingerprint)
    assert LINE in json.loads(get_paper(agreement=offer).written)["clauses"][1]["lines"]


def test_a_draft_speaks_in_the_words_as_they_are_now(prompt, defined, manager, people_of):
    word = defined()
    offer = propose_agreement(agreement=prompt, by=manager, now=NOW)
    redefine(word, manager)
    draft = withdraw_agreement(agreement=offer, by=manager, now=NOW)

    assert lines_of(draft)[-1] == "“promptly” means: Within a day"
    assert not draft.meanings.exists()
    offer = propose_agreement(agreement=draft, by=manager, now=NOW)
    accept(offer, people_of, "head")
    accept(offer, people_of, "manager")
    offer.refresh_from_db()
    redefine(OwnWord.objects.get(), manager, note="Within a week")
    following = revise_agreement(agreement=offer, starts_on=date(2027, 6, 1), by=manager, now=NOW)
    assert lines_of(following)[-1] == "“promptly” means: Within a week"
    assert lines_of(offer)[-1] == "“promptly” means: Within a day"


def test_a_word_that_is_defined_after_the_proposal_means_nothing_in_it(prompt, defined, manager, people_of):
    offer = propose_agreement(agreement=prompt, by=manager, now=NOW)
    defined()

    with pytest.raises(UnclearWording, match="“promptly”"):
        accept(offer, people_of, "head")
    assert LINE not in lines_of(offer)


def test_a_counter_brings_the_meaning_of_its_words_with_it(draft, defined, manager, people_of):
    draft.targets.update(sentence="Orders are answered within 2 hours")
    offer = propose_agreement(agreement=draft, by=manager, now=NOW)
    defined()
    told = {"reason": "Clearer", "party": offer.customer, "by": people_of["head"], "now": NOW}
    values = {"sentence": "Orders are answered promptly"}
    proposal = propose_clause(agreement=offer, key=KEY, change="change", values=values, **told)

    assert proposed_clause(proposal=proposal, place=1).lines[-1] == LINE
    accept_clause_proposal(proposal=proposal, read=proposed_fingerprint(proposal), answer="Yes", by=manager, now=NOW)
    assert (lines_of(offer)[-1], offer.clause_acceptances.count()) == (LINE, 2)
    clause = next(each for each in clauses_of(agreement=offer) if each.key == KEY)
    assert set(offer.clause_acceptances.values_list("fingerprint", flat=True)) == {clause.fingerprint}
    values = {"sentence": "Orders are answered within 3 hours"}
    back = propose_clause(agreement=offer, key=KEY, change="change", values=values, **told)
    accept_clause_proposal(proposal=back, read=proposed_fingerprint(back), answer="Yes", by=manager, now=NOW)
    assert not offer.meanings.exists()


def test_a_counter_of_another_clause_brings_no_meaning(prompt, defined, manager, people_of):
    """What was agreed of one clause does not read otherwise because another one was changed."""
    offer = propose_agreement(agreement=prompt, by=manager, now=NOW)
    defined()
    said = lines_of(offer)
    told = {"reason": "We meet once a week", "party": offer.customer, "by": people_of["head"], "now": NOW}
    counter = propose_clause(agreement=offer, key="terms", change="change", values={"answer_working_days": 7}, **told)
    accept_clause_proposal(proposal=counter, read=proposed_fingerprint(counter), answer="Yes", by=manager, now=NOW)

    assert (lines_of(offer), offer.meanings.count()) == (said, 0)
    with pytest.raises(UnclearWording, match="“promptly”"):
        accept(offer, people_of, "head")


def test_the_page_says_what_its_words_mean(prompt, defined, manager, client_of):
    assert "What its words mean" not in client_of(manager).get(PAGE).text
    defined()

    page = client_of(manager).get(PAGE)
    assert "What its words mean" in page.text
    assert page.context["page"].meanings == (Meaning("promptly", "Within 2 hours of service time"),)


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("Answered within 5 business days.", ["business day", "holiday"]),
        ("On each holiday.", ["holiday"]),
        ("On a businessday.", []),
        ("Open on business  Day one.", ["business day", "holiday"]),
    ],
)
def test_words_are_used_as_one_and_as_many_and_through_each_other(text, used):
    meanings = [
        Meaning("business day", "Monday to Friday, no holiday"), Meaning("holiday", "A day off in London"),
        Meaning("quarter end", "The last day of March, June, September and December"),
    ]  # fmt: skip

    assert [each.words for each in used_meanings([text], meanings)] == used
