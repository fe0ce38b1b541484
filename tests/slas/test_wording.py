"""Unclear words of an agreement: shown, mended, kept by both sides with a reason, and what stands against accepting."""

from datetime import UTC, date, datetime

import pytest

from slas.actions.agreement_states import accept_agreement, propose_agreement
from slas.actions.agreements import revise_agreement
from slas.actions.wording import (
    add_own_word,
    change_own_word,
    drop_exception,
    except_wording,
    refuse_unclear_wording,
    use_wording,
)
from slas.errors import AgreementNotDraft
from slas.errors.wording import NothingToExcept, OwnWordKnown, UnclearWording
from slas.models import AgreementState, Obligation, OwnWord, WordingException
from slas.queries.agreement_rows import rows_of
from slas.queries.clauses import clauses_of
from slas.queries.signed_text import fingerprint_of
from slas.queries.wording import agreement_findings

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
PAGE = "/t/larkmoor/agreements/orders/v1/"
KEY = "target:place-orders"
PROMPT = {"clause_key": KEY, "code": "time_word", "words": "promptly"}
OLD = "We aim to answer orders promptly"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def manager(people_of):
    return people_of["manager"]


@pytest.fixture
def vague(draft):
    draft.targets.update(sentence=OLD)
    return draft


def accept(draft, people_of, who):
    party = draft.provider if who == "manager" else draft.customer
    read = fingerprint_of(agreement=draft)
    return accept_agreement(agreement=draft, party=party, by=people_of[who], name=who, role=who, read=read, now=NOW)


def test_an_unclear_text_is_refused_by_name_until_it_is_mended(vague, manager, people_of):
    propose_agreement(agreement=vague, by=manager, now=NOW)

    with pytest.raises(UnclearWording, match="“promptly” in “Customers can place orders”"):
        accept(vague, people_of, "head")

    vague.targets.update(sentence="We aim to answer orders")  # a hedge warns
    accept(vague, people_of, "head")
    accept(vague, people_of, "manager")
    vague.refresh_from_db()
    assert vague.state == AgreementState.AGREED


def test_both_sides_sign_an_exception(vague, manager, people_of):
    propose_agreement(agreement=vague, by=manager, now=NOW)
    before = fingerprint_of(agreement=vague)
    exception = except_wording(agreement=vague, **PROMPT, reason="The law says so", by=manager, now=NOW)
    signed = accept(vague, people_of, "head")

    assert signed.text["wording_exceptions"] == [[KEY, "time_word", "promptly", "The law says so"]]
    assert fingerprint_of(agreement=vague) != before
    (promise,) = [each for each in clauses_of(agreement=vague) if each.key == KEY]
    assert promise.lines[-1] == "Both sides keep the words “promptly”: The law says so"
    assert promise.lines[-1] in signed.text["clauses"][1]["lines"], "who signs reads what they sign"
    drop_exception(exception=exception, by=manager, now=NOW)
    assert fingerprint_of(agreement=vague) == before
    assert not vague.acceptances.exists()


def test_an_exception_holds_for_its_words_only(vague, manager):
    except_wording(agreement=vague, **PROMPT, reason="The law says so", by=manager, now=NOW)
    refuse_unclear_wording(rows=rows_of(agreement=vague))
    vague.targets.update(sentence="We aim to answer orders quickly")

    with pytest.raises(UnclearWording, match="quickly"):
        refuse_unclear_wording(rows=rows_of(agreement=vague))
    with pytest.raises(NothingToExcept):
        except_wording(agreement=vague, **PROMPT, reason="Again", by=manager, now=NOW)


def test_an_agreed_text_gets_no_exception_and_the_next_version_takes_them_over(vague, manager, people_of):
    exception = except_wording(agreement=vague, **PROMPT, reason="The law says so", by=manager, now=NOW)
    propose_agreement(agreement=vague, by=manager, now=NOW)
    accept(vague, people_of, "head")
    accept(vague, people_of, "manager")
    vague.refresh_from_db()

    with pytest.raises(AgreementNotDraft):
        except_wording(agreement=vague, **PROMPT, reason="Another", by=manager, now=NOW)
    with pytest.raises(AgreementNotDraft):
        drop_exception(exception=WordingException.objects.get(pk=exception.pk), by=manager, now=NOW)
    draft = revise_agreement(agreement=vague, starts_on=date(2027, 6, 1), by=manager, now=NOW)
    assert draft.wording_exceptions.get().reason == "The law says so"


def test_offered_words_are_written_as_if_they_had_been_typed(vague, manager):
    duty = Obligation.objects.create(agreement=vague, text="We generally send the list", short_text="List")
    (hedge,) = [each for each in agreement_findings(agreement=vague) if each.finding.code == "hedge"]
    (adverb,) = [each for each in agreement_findings(agreement=vague) if each.finding.code == "adverb"]
    for each in (hedge, adverb):
        offer = {"clause_key": each.clause_key, "text": each.text, "wording": each.finding.rewrite}
        use_wording(agreement=vague, **offer, by=manager, now=NOW)

    duty.refresh_from_db()
    assert (vague.targets.get().sentence, duty.text) == ("We will answer orders promptly", "We send the list")
    with pytest.raises(NothingToExcept):
        use_wording(agreement=vague, clause_key=KEY, text=OLD, wording="Anything", by=manager, now=NOW)


def test_a_tenant_has_words_of_its_own(draft, manager):
    draft.targets.update(sentence="Orders are answered promptly in festival weeks")

    def codes():
        return {each.finding.code for each in agreement_findings(agreement=draft) if each.is_open}

    told = {"reason": "Agreed in the board", "by": manager, "now": NOW}
    add_own_word(words="promptly", kind="defined", note="Within 2 hours of service time", **told)
    assert codes() == set()
    weeks = add_own_word(words="festival  weeks", kind="vague", note="Each shop has others", **told)
    assert codes() == {"own_words"}
    with pytest.raises(OwnWordKnown):
        add_own_word(words="promptly", kind="vague", note="No", **told)

    change_own_word(word=weeks, kind="vague", note="Each shop has others", is_active=False, **told)
    assert (codes(), OwnWord.objects.get(pk=weeks.pk).version) == (set(), 2)


def test_the_page_shows_what_is_found_and_mends_or_keeps_it(vague, manager, client_of):
    client = client_of(manager)
    page = client.get(PAGE).text
    assert "<mark>promptly</mark>" in page
    assert "Each reader has another time in mind" in page

    hedge = {"clause_key": KEY, "text": OLD, "wording": "We will answer orders promptly"}
    assert client.post(f"{PAGE}wording/use/", hedge, follow=True).redirect_chain
    assert vague.targets.get().sentence == "We will answer orders promptly"
    assert "do not stand there any more" in client.post(f"{PAGE}wording/use/", hedge, follow=True).text
    assert "not all there" in client.post(f"{PAGE}wording/use/", {}, follow=True).text

    asked = client.get(f"{PAGE}wording/except/", PROMPT)
    assert asked.context["form"]["words"].value() == "promptly"
    assert client.post(f"{PAGE}wording/except/", PROMPT | {"reason": ""}).status_code == 422
    kept = client.post(f"{PAGE}wording/except/", PROMPT | {"reason": "The law says so"}, follow=True)
    assert kept.text.count("The law says so") == 2  # beside the words, and in the list
    exception = vague.wording_exceptions.get()
    client.post(f"{PAGE}wording/{exception.pk}/drop/")
    assert not vague.wording_exceptions.exists()


def test_the_form_is_checked_as_it_is_written(draft, manager, client_of):
    client = client_of(manager)
    form = client.get(f"{PAGE}targets/place-orders/edit/")
    assert form.context["check_url"] == f"{PAGE}targets/check/?kind=availability"

    answer = client.post(form.context["check_url"], {"sentence": "Usable as soon as possible"})
    assert "<mark>as soon as possible</mark>" in answer.text
    assert client.post(form.context["check_url"], {"sentence": "99.5 % of all hours"}).text.strip() == ""


def test_words_of_a_tenant_have_a_page(draft, people_of, client_of):
    client = client_of(people_of["admin"])
    assert "No words of your own yet" in client.get("/t/larkmoor/own-words/").text
    new = {"words": "peak season", "kind": "vague", "note": "Each shop has another", "reason": "Asked for by shops"}
    assert client.post("/t/larkmoor/own-words/new/", new | {"kind": ""}).status_code == 422
    assert "peak season" in client.post("/t/larkmoor/own-words/new/", new, follow=True).text
    assert "on the list already" in client.post("/t/larkmoor/own-words/new/", new).text

    word = OwnWord.objects.get()
    edited = client.post(
        f"/t/larkmoor/own-words/{word.pk}/edit/", new | {"reason": "Defined", "kind": "defined"}, follow=True
    )
    assert "Defined: it means one thing here" in edited.text
    assert "not used any more" in edited.text
