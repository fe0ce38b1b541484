"""Two versions side by side in the browser, and what each role may do there."""

import re
from datetime import date
from decimal import Decimal
from urllib.parse import unquote

import pytest
from django.urls import reverse

from portal.accounts.models import Membership, Role
from portal.conversations.models import Conversation, Notification
from slas.actions.agreement_states import propose_agreement
from slas.actions.agreements import revise_agreement
from slas.actions.negotiation import propose_clause
from slas.models import Agreement, AgreementState, ClauseProposal, TargetKind
from tests.slas import factories
from tests.slas.factories import at

NOW = at("2026-11-10 10:00")
KEY = "target:place-orders"


@pytest.fixture
def offer(agreement, people_of):
    by = people_of["manager"]
    factories.make_target(agreement=agreement, slug="solve", name="Problems are solved")
    draft = revise_agreement(agreement=agreement, starts_on=date(2027, 1, 1), by=by, now=NOW)
    draft.targets.filter(slug="place-orders").update(sentence="99.9 % of 04:00 to 22:00", threshold=Decimal("99.9"))
    return propose_agreement(agreement=draft, by=by, now=NOW)


@pytest.fixture
def countered(offer, people_of):
    return propose_clause(
        agreement=offer, key=KEY, change="change", values={"threshold": "99.95"}, reason="An <b>hour</b> costs us",
        party=offer.customer, by=people_of["head"], now=NOW,
    )  # fmt: skip


def address(name, offer, **more):
    where = {"tenant": offer.tenant.slug, "slug": offer.slug, "version": offer.version}
    return reverse(name, kwargs=where | more)


def to_accept(client, offer):
    page = client.get(address("clause_list", offer))
    assert all(
        f'value="{row.clause.key} {row.clause.fingerprint}"' in page.text for row in page.context["page"].to_accept
    )
    return page.context["page"].to_accept


def answer_to(proposal, what):
    name = f"clause_proposal_{what}"
    return reverse(name, kwargs={"tenant": proposal.tenant.slug, "clause_proposal_id": proposal.pk})


def test_a_side_reads_what_changed_and_what_waits_for_it(client_of, people_of, offer, countered):
    page = client_of(people_of["manager"]).get(address("clause_list", offer))
    text = page.content.decode()

    assert "<ins>" in text
    assert "99.9\u00a0% of 04:00 to 22:00" in text
    assert "You answer by" in text
    assert "An &lt;b&gt;hour&lt;/b&gt; costs us" in text
    assert [row.clause.key for row in page.context["page"].shown] == ["terms", KEY]
    whole = client_of(people_of["manager"]).get(address("clause_list", offer) + "?show=all")
    assert len(whole.context["page"].shown) == 4


def in_order(page, *words):
    places = [page.text.index(each) for each in words]
    return places == sorted(places)


def test_on_a_phone_what_waits_comes_first_and_is_read_before_it_is_answered(client_of, people_of, offer, countered):
    page = client_of(people_of["manager"]).get(address("clause_list", offer))

    assert [row.clause.key for row in page.context["page"].waits_for_reader] == [KEY]
    head_of_list = ("1 clause waits for you", 'href="#target-place-orders"', 'id="target-place-orders"')
    assert in_order(page, *head_of_list, "An &lt;b&gt;hour&lt;/b&gt; costs us", "Accept the proposal")
    bystander = client_of(people_of["auditor"]).get(address("clause_list", offer))
    assert bystander.context["page"].waits_for_reader == ()
    assert "On this page" in bystander.text


def test_a_counter_begins_with_words_figures_and_why(client_of, people_of, offer):
    page = client_of(people_of["head"]).get(address("clause_propose", offer, clause=KEY))

    assert in_order(page, "Now it says:", 'name="sentence"', 'name="threshold"', 'name="why-reason"', 'name="measure"')


@pytest.mark.parametrize(
    ("who", "words", "not_offered"),
    [
        ("head", ["Withdraw the proposal", "Accept this clause"], ["Accept the proposal"]),
        ("manager", ["Accept the proposal", "Keep it as it is"], ["Withdraw the proposal"]),
        ("business", ["about it: Customers"], ["Accept this clause", "Propose something else"]),
        ("auditor", [], ["about it: Customers", "Accept the proposal", "Withdraw the proposal", "Accept this clause"]),
    ],
)
def test_each_role_is_offered_what_it_may_do(client_of, people_of, offer, countered, who, words, not_offered):
    text = client_of(people_of[who]).get(address("clause_list", offer)).content.decode()

    assert [each for each in words if each not in text] == []
    assert [each for each in not_offered if each in text] == []


def test_the_head_counters_in_the_browser_and_it_accepts(client_of, people_of, offer):
    head, url = client_of(people_of["head"]), address("clause_propose", offer, clause=KEY)
    form = head.get(url).context["form"]
    filled = {name: value for name, value in form.initial.items() if value is not None and value is not False}
    filled |= {"measure": form.target.measure_id, "threshold": "99.95", "sentence": "99.95 % of 04:00 to 22:00"}
    filled["service"] = factories.make_service().pk

    refused = head.post(url, filled)
    assert refused.status_code == 422
    sent = head.post(url, filled | {"why-reason": "An hour costs us"}, follow=True)
    proposal = ClauseProposal.objects.get()

    assert "Proposed." in sent.content.decode()
    assert set(proposal.values) == {"threshold", "sentence", "service_id"}
    manager = client_of(people_of["manager"])
    assert "reads otherwise since you opened this page" in manager.post(answer_to(proposal, "accept"), follow=True).text
    (row,) = manager.get(address("clause_list", offer)).context["page"].waits_for_reader
    accepted = manager.post(answer_to(proposal, "accept"), {"read": row.cards[0].read}, follow=True)
    assert "Agreed by both" in accepted.content.decode()
    assert offer.targets.get(slug="place-orders").threshold == Decimal("99.95")


def test_declining_asks_for_a_reason(client_of, people_of, countered):
    it, url = client_of(people_of["manager"]), answer_to(countered, "decline")

    assert it.post(url, {"answer": ""}).status_code == 422
    assert "The storage cannot" in it.post(url, {"answer": "The storage cannot"}, follow=True).content.decode()


def test_terms_are_countered_and_what_says_nothing_new_is_refused(client_of, people_of, offer):
    head, url = client_of(people_of["head"]), address("clause_propose", offer, clause="terms")
    same = {"starts_on": "2027-01-01", "answer_working_days": 2, "why-reason": "Earlier"}

    assert "says what the clause says already" in head.post(url, same).content.decode()
    head.post(url, same | {"answer_working_days": 1})
    assert ClauseProposal.objects.get().values == {"answer_working_days": 1}


def test_taking_out_needs_only_a_reason(client_of, people_of, offer):
    head, url = client_of(people_of["head"]), address("clause_leave_out", offer, clause="target:solve")
    text = head.post(url, {"why-reason": "Nobody needs it"}, follow=True).content.decode()

    assert "proposes to take it out" in text
    stays = head.post(address("clause_leave_out", offer, clause="terms"), {"why-reason": "No"})
    assert "An agreement always says this" in stays.content.decode()
    assert head.get(address("clause_propose", offer, clause="target:none")).status_code == 404


def test_who_counters_a_clause_reads_that_the_other_side_wants_it_out_and_when_it_is_gone(client_of, people_of, offer):
    head, manager = client_of(people_of["head"]), client_of(people_of["manager"])
    url = address("clause_propose", offer, clause="target:solve")
    assert "What you propose answers" not in manager.get(url).text
    head.post(address("clause_leave_out", offer, clause="target:solve"), {"why-reason": "Nobody needs it"})

    asked = manager.get(url)
    assert "proposes to take it out: “Nobody needs it” What you propose answers that." in asked.text
    manager.post(answer_to(ClauseProposal.objects.get(), "accept"), {"read": ""})
    for gone in (manager.get(url, follow=True), manager.post(url, {"why-reason": "Mine"}, follow=True)):
        assert gone.redirect_chain == [(address("clause_list", offer), 302)]
        assert "does not hold this clause any more" in gone.text
    assert client_of(people_of["outsider"]).get(url).status_code == 404


def test_clauses_are_accepted_one_by_one_or_together(client_of, people_of, offer):
    head, url = client_of(people_of["head"]), address("clause_accept", offer)
    read = {row.clause.key: f"{row.clause.key} {row.clause.fingerprint}" for row in to_accept(head, offer)}
    one = {"party": offer.customer_id, "read": read["terms"]}

    assert "Accepted for" in head.post(url, one, follow=True).content.decode()
    again = head.post(url, one, follow=True).content.decode()
    assert "has accepted this clause already" in again
    unread = head.post(url, {"party": offer.customer_id, "read": KEY}, follow=True).text
    assert "reads otherwise since you opened this page" in unread
    text = head.post(url, {"party": offer.customer_id, "read": read[KEY]}, follow=True).content.decode()
    assert "4 of 4 clauses are agreed by both" in text
    assert "Say for which side" in head.post(url, {"party": "x", "read": read[KEY]}, follow=True).content.decode()


def test_a_new_promise_is_proposed_by_its_kind_and_links_lead_where_the_head_may_go(client_of, people_of, offer):
    head, url = client_of(people_of["head"]), address("promise_propose", offer)
    main = head.get(url).text.partition("<main")[2].partition("</main")[0]
    links = [unquote(link) for link in re.findall('href="([^"]+)"', main)]

    assert [link for link in links if link.startswith("?kind=")] == [f"?kind={kind}" for kind in TargetKind]
    reached = {link: head.get(f"{url}{link}" if link.startswith("?") else link).status_code for link in links}
    assert set(reached.values()) == {200}


def test_whoever_speaks_for_both_sides_accepts_for_the_one_that_is_missing(client_of, people_of, in_tenant):
    team = factories.make_party(kind="team", name="Network team")
    inside = factories.make_agreement(
        slug="network", kind="ola", customer=factories.make_party(name="Larkmoor IT"), provider=team, state="draft"
    )
    factories.make_target(agreement=inside, slug="lines")
    propose_agreement(agreement=inside, by=people_of["manager"], now=NOW)
    page = client_of(people_of["manager"]).get(address("clause_list", inside))

    (each,) = page.context["page"].together
    assert (each[0], [row.clause.key for row in each[1]]) == (team, ["terms", "target:lines", "reviews"])
    assert page.text.count("Accept all 3 that wait") == 1


def test_what_is_said_beside_a_clause_stays_there_and_the_other_side_hears_of_it(client_of, people_of, offer):
    url = address("clause_talk", offer, clause=KEY)
    client_of(people_of["business"]).post(url, {"text": "Our peak is at **05:00**"})
    client_of(people_of["manager"]).post(url, {"text": "Understood"})
    text = client_of(people_of["head"]).get(address("clause_list", offer)).content.decode()

    assert Conversation.objects.get().comments.count() == 2
    assert "<strong>05:00</strong>" in text
    assert "Understood" in text
    assert Notification.objects.filter(member=people_of["manager"]).exists()
    refused = client_of(people_of["auditor"]).post(url, {"text": "I say"})
    assert refused.status_code == 403
    assert "You are signed in as auditor. Done by: administrator, " in refused.content.decode()
    assert client_of(people_of["outsider"]).get(url).status_code == 404


def test_another_agreement_of_the_same_address_inherits_no_talk(client_of, people_of, agreement):
    """A draft that was talked about is withdrawn and removed; its name is free, what was said is not for others."""
    manager, by = client_of(people_of["manager"]), people_of["manager"]
    Agreement.objects.filter(pk=agreement.pk).update(state=AgreementState.PROPOSED)
    client_of(people_of["business"]).post(address("clause_talk", agreement, clause=KEY), {"text": "Our secret peak"})
    manager.post(address("agreement_withdraw", agreement))
    manager.post(address("agreement_remove", agreement))
    unit = people_of["outsider"].unit_links.get().business_unit
    other = factories.make_agreement(unit=unit, slug=agreement.slug, state=AgreementState.DRAFT)
    factories.make_target(agreement=other, slug="place-orders")
    propose_agreement(agreement=other, by=by, now=NOW)

    url = address("clause_talk", other, clause=KEY)

    assert "secret peak" not in client_of(people_of["outsider"]).get(url).content.decode()
    client_of(people_of["outsider"]).post(url, {"text": "Ours is at noon"})
    assert [each.business_unit for each in Conversation.objects.order_by("pk")] == [
        agreement.customer.business_unit,
        unit,
    ]


def test_any_two_versions_stand_side_by_side(client_of, people_of, offer):
    text = client_of(people_of["auditor"]).get(address("version_compare", offer, other=1)).content.decode()
    back = address("version_compare", offer, other=2).replace("/v2/against", "/v1/against")

    assert "99.9\u00a0% of <mark>04:00 to 22:00</mark>" in text
    assert client_of(people_of["owner"]).get(back).status_code == 200
    assert client_of(people_of["outsider"]).get(back).status_code == 404
    assert client_of(people_of["owner"]).get(address("version_compare", offer, other=9)).status_code == 404


def test_a_draft_is_not_talked_about_with_the_other_side(client_of, people_of, offer):
    offer.state = AgreementState.DRAFT
    offer.save()
    url = address("clause_talk", offer, clause=KEY)

    assert client_of(people_of["business"]).get(url).status_code == 404
    assert "is not proposed now" in client_of(people_of["manager"]).post(url, {"text": "Hm"}).content.decode()
    assert not Conversation.objects.exists()


def test_what_a_supplier_promises_is_talked_about_inside_it(client_of, people_of, contract):
    url = address("clause_talk", contract, clause="terms")
    managers = Membership.objects.filter(role=Role.SERVICE_LEVEL_MANAGER)
    page = client_of(people_of["owner"]).get(url).content.decode()
    assert f"{contract.provider.name} has no users here: write down what they said" in page

    client_of(people_of["owner"]).post(url, {"text": "Ada of the supplier says: not before May"})
    talk = Conversation.objects.get()
    read = {
        who for who, each in people_of.items() if client_of(each).get(f"/t/larkmoor/talk/{talk.pk}/").status_code == 200
    }

    assert read == {"owner", "manager", "auditor", "admin"}
    told = Notification.objects.values_list("member", flat=True)
    assert set(told) == set(managers.values_list("pk", flat=True))
    assert "Inside IT" in client_of(people_of["manager"]).get("/t/larkmoor/talk/").content.decode()
    assert "not before May" in client_of(people_of["manager"]).get(address("clause_list", contract)).content.decode()
    assert client_of(people_of["head"]).get(url).status_code == 404


def test_the_page_of_what_holds_leads_to_the_version_that_is_talked_about(client_of, people_of, offer):
    page = client_of(people_of["manager"]).get(f"/t/larkmoor/agreements/{offer.slug}/v1/").content.decode()

    assert f'href="{address("clause_list", offer)}">Version 2: proposed</a>' in page
    assert "New version" not in page
