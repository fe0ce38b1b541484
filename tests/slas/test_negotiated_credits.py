"""Credits are negotiated as one clause: bands, caps and earn-back are countered, taken out, and proposed anew."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from slas.actions.agreement_states import accept_agreement, propose_agreement
from slas.actions.agreements import revise_agreement
from slas.actions.attainments import close_month, compute_attainments
from slas.actions.negotiation import accept_clause_proposal, propose_clause
from slas.calculation.periods import Period
from slas.errors.credits import BandedTwice
from slas.errors.negotiation import ChangeDoesNotFit, ClauseGone
from slas.models import ClauseChange, ClauseProposal, CreditBand, CreditScheme
from slas.queries.clause_changes import proposed_fingerprint
from slas.queries.signed_text import fingerprint_of
from tests.slas import factories
from tests.slas.factories import at

NOW = at("2026-11-10 10:00")
KEY = "credits:ordering"
TERMS = {
    "scheme-name": "Credits for ordering", "scheme-basis": "share_of_fee", "scheme-fee": "2000",
    "scheme-currency": "GBP", "scheme-several": "highest", "scheme-excludes_unmet": "on",
    "scheme-approver_role": "service_level_manager", "why-reason": "A day without orders costs us more",
}  # fmt: skip
BANDS = (("99", "", "5"), ("0", "99", "10"))


@pytest.fixture
def offer(agreement, people_of, monkeypatch):
    """A proposed version: 5 % of 2,000 below 99.5 %, 10 % below 99 %."""
    monkeypatch.setattr("portal.clock.now", lambda: NOW)
    draft = revise_agreement(agreement=agreement, starts_on=date(2027, 1, 1), by=people_of["manager"], now=NOW)
    scheme = CreditScheme.objects.create(
        agreement=draft, slug="ordering", name="Credits for ordering", basis="share_of_fee", fee=2000, currency="GBP",
        approver_role="service_level_manager",
    )  # fmt: skip
    target = draft.targets.get()
    CreditBand.objects.create(scheme=scheme, target=target, low=99, high=None, credit=5)
    CreditBand.objects.create(scheme=scheme, target=target, low=0, high=99, credit=10)
    return propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)


def sent(*bands, **terms):
    """What the form sends: the terms, and the bands a row each."""
    rows = {"bands-TOTAL_FORMS": len(bands), "bands-INITIAL_FORMS": 0}
    for place, (low, high, credit) in enumerate(bands):
        named = {"target": "place-orders", "low": low, "high": high, "credit": credit}
        rows |= {f"bands-{place}-{name}": value for name, value in named.items()}
    return TERMS | rows | {f"scheme-{name}": value for name, value in terms.items()}


def address(name, offer, **more):
    return reverse(name, kwargs={"tenant": offer.tenant.slug, "slug": offer.slug, "version": offer.version} | more)


def accept(client, offer):
    proposal = ClauseProposal.objects.get(state="open")
    where = {"tenant": offer.tenant.slug, "clause_proposal_id": proposal.pk}
    read = {"read": proposed_fingerprint(proposal)}
    return client.post(reverse("clause_proposal_accept", kwargs=where), read, follow=True)


def words_of(response):
    return response.text.replace("\u00a0", " ").replace("<ins>", "").replace("</ins>", "")


def test_bands_caps_and_earn_back_are_countered_and_an_accepted_counter_is_what_holds(client_of, people_of, offer):
    head = client_of(people_of["head"])
    page = head.get(address("clause_list", offer) + "?show=all").text
    assert address("clause_propose", offer, clause=KEY) in page
    form = head.get(address("clause_propose", offer, clause=KEY)).text
    assert "Customers can place orders, from 99" in form  # what it says now
    assert 'value="2000' in form

    bands = (("99", "", "8"), ("0", "99", "20"))
    counter = sent(*bands, month_cap="25", earn_back_months="3")
    text = words_of(head.post(address("clause_propose", offer, clause=KEY), counter, follow=True))
    proposal = ClauseProposal.objects.get()

    assert set(proposal.values) == {"bands", "month_cap", "earn_back_months"}
    assert "At most 25 % of the fee in a month." in text
    assert "A day without orders costs us more" in text
    assert offer.credit_schemes.get().month_cap is None  # nothing changes before the other side accepts

    assert "Agreed by both" in accept(client_of(people_of["manager"]), offer).text
    scheme = offer.credit_schemes.get()
    assert (scheme.month_cap, scheme.earn_back_months, scheme.fee) == (25, 3, 2000)
    written = scheme.bands.order_by("-low").values_list("low", "high", "credit")
    assert list(written) == [(Decimal(99), None, Decimal(8)), (Decimal(0), Decimal(99), Decimal(20))]


def test_a_counter_begins_with_what_the_other_side_proposed(client_of, people_of, offer):
    url = address("clause_propose", offer, clause=KEY)
    client_of(people_of["head"]).post(url, sent(*BANDS, month_cap="40"))
    manager = client_of(people_of["manager"])

    assert 'value="40' in manager.get(url).text
    assert "says what the clause says already" in manager.post(url, sent(*BANDS, month_cap="40")).text
    assert manager.post(url, sent(*BANDS, month_cap="15")).status_code == 302
    assert ClauseProposal.objects.get(state="open").values == {"month_cap": "15"}


@pytest.mark.parametrize(
    ("bands", "terms", "words"),
    [
        pytest.param(BANDS, {}, "This says what the clause says already", id="the same"),
        pytest.param(
            [("99", "", "5"), ("0", "98", "9")], {}, "No band holds what lies between 98 % and 99 %", id="gap"
        ),
        pytest.param([], {}, "Write at least one band", id="no bands"),
        pytest.param(BANDS, {"fee": ""}, "Say how much the monthly fee is", id="no fee"),
        pytest.param(BANDS, {"month_cap": "120"}, "A cap is at most 100 % of the fee", id="cap"),
        pytest.param(BANDS, {"earn_back_months": "0"}, "greater than or equal to 1", id="earn-back"),
        pytest.param(BANDS, {"fee": "2000.005"}, "Write at most 2 decimals", id="a fee finer than pence"),
        pytest.param([("0", "", "5.125")], {}, "Write at most 2 decimals", id="a percentage finer than is kept"),
        pytest.param(
            [("0", "", "5.5")], {"basis": "amount", "currency": "JPY"}, "Write a whole number", id="half a yen"
        ),
    ],
)
def test_what_cannot_be_credited_is_refused_where_it_was_written(client_of, people_of, offer, bands, terms, words):
    url = address("clause_propose", offer, clause=KEY)
    refused = client_of(people_of["head"]).post(url, sent(*bands, **terms))

    assert refused.status_code == 422
    assert words in refused.text
    assert not ClauseProposal.objects.exists()


def propose(offer, by, **fields):
    common = {"key": KEY, "change": ClauseChange.CHANGE, "values": {}, "reason": "We lose orders"}
    return propose_clause(agreement=offer, party=offer.customer, by=by, now=NOW, **common | fields)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"fee": None}, "Say how much the monthly fee is"),
        ({"year_cap": "101"}, "A cap is at most 100 %"),
        ({"fee": "2000.005"}, "monthly fee: Write at most 2 decimals"),
        ({"month_cap": "10.125"}, "at most in a month: Write at most 2 decimals"),
        ({"bands": [["place-orders", "0", None, "5.125"]]}, "Write at most 2 decimals"),
        ({"basis": "amount", "currency": "JPY", "fee": None, "month_cap": "0.5"}, "Write a whole number"),
        ({"bands": []}, "has no bands"),
        ({"bands": [["place-orders", "0", "99", "10"]]}, "ends where the promise is kept"),
        ({"earn_back_months": "13"}, "credit_scheme_earn_back"),
    ],
)
def test_the_same_is_refused_whoever_asks(offer, people_of, values, words):
    with pytest.raises(ChangeDoesNotFit, match=words):
        propose(offer, people_of["head"], values=values)


def test_credits_are_taken_out_and_others_are_proposed(client_of, people_of, offer):
    head, manager = client_of(people_of["head"]), client_of(people_of["manager"])
    head.post(address("clause_leave_out", offer, clause=KEY), {"why-reason": "We want none"})
    accept(manager, offer)
    assert not offer.credit_schemes.exists()

    page = words_of(head.get(address("clause_list", offer)))
    assert address("credits_propose", offer) in page
    text = words_of(head.post(address("credits_propose", offer), sent(("0", "", "12")), follow=True))
    assert "To be added" in text
    assert "below 99.5 %: 12 % of the fee." in text
    accept(manager, offer)

    assert offer.credit_schemes.get().bands.get().credit == 12


def test_a_promise_is_credited_by_one_scheme(people_of, offer):
    values = {"name": "More", "basis": "amount", "currency": "GBP", "approver_role": "service_owner"}
    values |= {"several": "sum", "excludes_unmet": True, "bands": [["place-orders", "0", None, "100"]]}

    with pytest.raises(BandedTwice, match="has bands in “Credits for ordering” already"):
        propose(offer, people_of["head"], key="credits", change=ClauseChange.ADD, values=values)


def test_what_a_promise_that_is_gone_was_worth_cannot_be_agreed(people_of, offer):
    bands = [["place-orders", "0", None, "30"]]
    proposal = propose(offer, people_of["head"], values={"bands": bands})
    offer.targets.get().delete()

    with pytest.raises(ClauseGone):
        accept_clause_proposal(proposal=proposal, read="", answer="", by=people_of["manager"], now=NOW)


def test_credits_of_a_promise_that_is_gone_are_still_shown_and_taken_back(client_of, people_of, offer):
    head = client_of(people_of["head"])
    offer.credit_schemes.get().delete()
    head.post(address("credits_propose", offer), sent(("0", "", "12")))
    offer.targets.get().delete()

    page = head.get(address("clause_list", offer))
    assert page.status_code == 200
    assert "Credits for ordering, of a promise that was taken out" in page.text
    where = {"tenant": offer.tenant.slug, "clause_proposal_id": ClauseProposal.objects.get(state="open").pk}
    head.post(reverse("clause_proposal_withdraw", kwargs=where))
    assert not ClauseProposal.objects.filter(state="open").exists()


def test_a_counter_of_credits_whose_promise_is_gone_begins_with_the_clause_as_it_is(client_of, people_of, offer):
    more = factories.make_target(agreement=offer, name="Calls are answered", slug="calls")
    bands = [["place-orders", "0", None, "30"], ["calls", "0", None, "5"]]
    propose(offer, people_of["head"], values={"bands": bands})
    more.delete()

    form = client_of(people_of["manager"]).get(address("clause_propose", offer, clause=KEY))

    assert form.status_code == 200
    assert {str(row["credit"].value()) for row in form.context["form"].rows} >= {"5", "10"}


def test_a_counter_of_the_promise_leaves_its_bands_to_be_countered(people_of, offer):
    """Bands that end at the old percentage stand against signing, and are mended where they stand."""
    head, manager = people_of["head"], people_of["manager"]
    offer.credit_schemes.get().bands.filter(high=None).update(high="99.5")
    higher = propose(offer, head, key="target:place-orders", values={"threshold": "99.9"})
    accept_clause_proposal(proposal=higher, read=proposed_fingerprint(higher), answer="", by=manager, now=NOW)
    bands = [["place-orders", "99", None, "5"], ["place-orders", "0", "99", "10"]]
    lower = propose(offer, head, values={"bands": bands})
    accept_clause_proposal(proposal=lower, read=proposed_fingerprint(lower), answer="", by=manager, now=NOW)

    signed = {"party": offer.customer, "by": head, "name": "Ines", "role": "Head"}
    accept_agreement(agreement=offer, read=fingerprint_of(agreement=offer), now=NOW, **signed)
    assert offer.acceptances.count() == 1


def test_it_is_said_what_the_credits_would_have_cost(client_of, people_of, offer, agreement):
    target, october = agreement.targets.get(), Period.parse("2026-10")
    factories.add_outage(target.measure, "2026-10-06 00:00", "2026-10-06 04:00")
    compute_attainments(targets=[target], periods=[october], now=NOW)
    close_month(business_unit=agreement.customer.business_unit, month=october.first_on, by=None, now=NOW)
    counter = sent(("99", "", "8"), ("0", "99", "20"))
    text = client_of(people_of["head"]).post(address("clause_propose", offer, clause=KEY), counter, follow=True)

    assert "For the 1 month with figures of the last year this would have credited £160." in words_of(text)
