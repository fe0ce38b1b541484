"""Unclear texts beside their clauses: what is found, what each could read instead, and how that would have done."""

from datetime import date
from decimal import Decimal

import pytest

from slas.actions.agreement_states import accept_agreement, propose_agreement
from slas.actions.negotiation import accept_clause_proposal, accept_clauses, propose_clause
from slas.actions.wording import except_wording, use_wording
from slas.errors.wording import UnclearWording
from slas.models import Measure, Obligation, ServiceLevelTarget
from slas.queries.agreement_paper import get_paper
from slas.queries.clause_changes import proposed_fingerprint
from slas.queries.negotiation import get_negotiation
from slas.queries.signed_text import fingerprint_of
from slas.queries.wording import agreement_findings, sentence_findings, target_findings
from slas.queries.wording_texts import (
    IN_WORDS_ONLY,
    NEW_MEASURE,
    NO_FIGURE,
    NOT_WHOLE,
    as_read,
    explain,
)
from tests.slas import factories
from tests.slas.factories import at, every_day
from tests.slas.test_target_forms import as_sent

NOW = at("2026-11-10 09:40")
PAGE = "/t/larkmoor/agreements/orders/v1/"
KEY = "target:place-orders"
OLD = "99.5 % of all hours; others are answered promptly"
PROMPT = {"clause_key": KEY, "code": "time_word", "words": "promptly"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def manager(people_of):
    return people_of["manager"]


@pytest.fixture
def orders(draft):
    """Orders of ten months, of which the last three had too many late ones."""
    measure = factories.make_measure("volumes")
    for month in range(1, 11):
        factories.add_volume(measure, date(2026, month, 1), 1000, 990 if month < 8 else 950)
    return factories.make_target(
        "volume", agreement=draft, measure=measure, service=factories.make_service(name="Ordering"), threshold=98,
        slug="confirm", sentence="Orders are confirmed promptly", unit_words="orders",
        good_words="confirmed within 15 minutes of being saved",
    )  # fmt: skip


@pytest.fixture
def offer(draft, manager):
    """The version on offer, with a word that leaves room."""
    draft.targets.update(sentence=OLD)
    return propose_agreement(agreement=draft, by=manager, now=NOW)


def plain(text):
    return text.replace("\u00a0", " ")


def counter(offer, people_of, **values):
    return propose_clause(
        agreement=offer, key=KEY, change="change", values=values, reason="Orders are lost", party=offer.customer,
        by=people_of["head"], now=NOW,
    )  # fmt: skip


def row_of(reader, offer, key=KEY):
    page = get_negotiation(reader=reader, agreement=offer, other=None, shows_all=True, now=NOW)
    return next(row for row in page.rows if row.clause.key == key)


def test_an_unclear_promise_is_written_from_its_figures_and_tried_on_the_last_year(orders, manager):
    orders.refresh_from_db()
    (text,) = explain(reader=manager, findings=target_findings(orders), now=NOW)

    assert text.heading == "“promptly” can be read in two ways."
    assert text.stretches == (("Orders are confirmed ", False), ("promptly", True))
    assert plain(text.first.offer) == (
        "Ordering: at least 98 % of orders are confirmed within 15 minutes of being saved, in each month."
    )
    assert plain(text.tried.words) == (
        "This would have been kept in 7 of 10 months that can be judged; of 2 of the last 12 months there is not enough"
        " data. Missed: August 2026, 50 of 1,000 lost, 20 allowed; September 2026, 50 of 1,000 lost, 20 allowed;"
        " October 2026, 50 of 1,000 lost, 20 allowed."
    )
    assert len(text.tried.months) == 12


def test_what_is_written_from_the_figures_is_clear_itself(orders, manager):
    orders.refresh_from_db()
    (found,) = target_findings(orders)
    orders.sentence = found.offer

    assert target_findings(orders) == ()
    orders.good_words = ""  # then nobody knows when one of them is good
    orders.sentence = "Orders are confirmed promptly"
    assert target_findings(orders)[0].offer == ""


@pytest.mark.parametrize(
    ("sentence", "within", "figures"),
    [
        pytest.param("90 % are solved within 24 to 48 hours of receipt", {}, (172_800, None), id="end of a range"),
        pytest.param("90 % are solved within 3 days of receipt", {}, (259_200, None), id="days by the clock"),
        pytest.param(
            "90 % are solved within 3 days of receipt",
            {"within_working_days": 3, "within_seconds": None},
            (None, 3),
            id="days of its hours",
        ),
    ],
)
def test_the_figures_of_the_offered_words_are_tried(in_tenant, sentence, within, figures):
    hours = factories.make_hours(every_day(8, 18))
    target = factories.make_target("cases", sentence=sentence, threshold=Decimal(90), service_hours=hours, **within)
    found = next(each for each in target_findings(target) if each.finding.rewrite)
    tried = as_read(target, found)

    assert (tried.within_seconds, tried.within_working_days) == figures
    assert (tried.service_hours is None) == (figures == (259_200, None))
    assert tried.threshold == 90


def test_a_sentence_and_a_figure_that_differ_are_found(draft):
    draft.targets.update(sentence="99.9 % of all hours")
    (found,) = agreement_findings(agreement=draft)

    assert (found.finding.code, found.is_open, found.offer) == ("share_differs", True, "99.5 % of all hours")


def test_where_nothing_can_be_tried_the_page_says_why(draft, manager):
    duty = Obligation.objects.create(agreement=draft, slug="list", text="We generally send the list", short_text="List")
    measure = factories.make_measure("volumes")
    ranged = factories.make_target(
        "volume",
        agreement=draft,
        measure=measure,
        threshold=98,
        sentence="98 % are sent within 2 to 4 weeks of receipt",
    )
    new = ServiceLevelTarget(
        agreement=draft, kind="volume", threshold=98, sentence="We aim to send 98 %", measure=Measure(what="Orders")
    )
    found = [*agreement_findings(agreement=draft), *target_findings(new), *sentence_findings("We aim to send it")]
    texts = explain(reader=manager, findings=found, now=NOW)

    assert {text.first.part.row: text.tried.words for text in texts if text.first.part.row in (duty, ranged)} == {
        duty: NO_FIGURE,
        ranged: IN_WORDS_ONLY,
    }
    assert [text.tried.words for text in texts[-2:]] == [NEW_MEASURE, NOT_WHOLE]


def test_a_page_tries_five_promises_and_leads_to_the_page_of_each_other_one(draft, manager, client_of):
    for number in range(5):
        factories.make_target(agreement=draft, slug=f"more-{number}", sentence="It answers promptly", position=number)
    draft.targets.filter(slug="place-orders").update(sentence=OLD, position=9)
    page = client_of(manager).get(PAGE)

    tried = [text.tried for promise in page.context["page"].promises for text in promise.unclear]
    assert [each.is_elsewhere for each in tried] == [False] * 5 + [True]
    assert f"{PAGE}targets/place-orders/what-if/" in page.text


def test_every_free_text_is_read_and_shared_hours_once(draft, manager):
    hours = factories.make_hours(every_day(8, 18), words="Usually 08:00 to 18:00")
    draft.targets.update(meaning="Orders are typically saved", service_hours=hours)
    factories.make_target(agreement=draft, slug="more", service_hours=hours, sentence="99.5 % of its hours", position=5)
    covered = {"service": factories.make_service(), "business_unit": draft.customer.business_unit}
    draft.scope.create(covered_words="Usually all depots", **covered)
    Obligation.objects.create(agreement=draft, slug="list", text="We generally send the list", short_text="List")
    found = agreement_findings(agreement=draft)

    assert [(each.clause_key, each.part.label, each.finding.words) for each in found] == [
        ("scope", "", "Usually"),
        (KEY, "What it means", "typically"),
        (KEY, "Service hours", "Usually"),
        ("duty:list", "", "generally"),
    ]
    for each in found:
        if each.offer and each.part.is_own:
            offered = {"clause_key": each.clause_key, "text": each.text, "wording": each.offer}
            use_wording(agreement=draft, **offered, by=manager, now=NOW)
    assert draft.targets.get(slug="place-orders").meaning == "Orders are saved"
    assert (draft.obligations.get().text, draft.scope.get().covered_words) == ("We send the list", "All depots")


def test_what_both_sides_keep_is_read_in_its_clause_and_in_the_paper(offer, manager, people_of):
    accept_clauses(
        agreement=offer,
        read={KEY: row_of(manager, offer).clause.fingerprint},
        party=offer.customer,
        by=people_of["head"],
        now=NOW,
    )
    assert row_of(manager, offer).standing.is_agreed
    except_wording(agreement=offer, **PROMPT, reason="The law says so.", by=manager, now=NOW)

    said = "Both sides keep the words “promptly”: The law says so."
    row = row_of(manager, offer)
    assert row.clause.lines[-1] == said
    assert not row.standing.is_agreed  # the yes was to a clause that did not say so
    assert said in [
        line for part in get_paper(agreement=offer).sections for each in part.clauses for line in each.lines
    ]
    for who, party in (("head", offer.customer), ("manager", offer.provider)):
        read = fingerprint_of(agreement=offer)
        accept_agreement(agreement=offer, party=party, by=people_of[who], name=who, role=who, read=read, now=NOW)
    offer.refresh_from_db()
    assert said in get_paper(agreement=offer).written


def test_a_counter_is_read_when_it_is_proposed_and_nobody_signs_what_is_unclear(offer, manager, people_of):
    proposal = counter(offer, people_of, sentence="99.5 % of all hours, as soon as possible")
    for reader in (manager, people_of["head"]):
        (card,) = row_of(reader, offer).cards
        assert [text.heading for text in card.texts] == ["“as soon as possible” can be read in two ways."]
    accept_clause_proposal(proposal=proposal, read=proposed_fingerprint(proposal), answer="", by=manager, now=NOW)

    row = row_of(manager, offer)
    assert (row.unclear, row.standing.is_agreed) == (1, True)
    signed = {"name": "I", "role": "H", "read": fingerprint_of(agreement=offer)}
    with pytest.raises(UnclearWording, match="as soon as possible"):
        accept_agreement(agreement=offer, party=offer.provider, by=manager, now=NOW, **signed)


def test_an_exception_stays_with_its_words_and_goes_with_them(offer, manager, people_of):
    except_wording(agreement=offer, **PROMPT, reason="The law says so", by=manager, now=NOW)
    proposal = counter(offer, people_of, threshold="99.9", sentence=OLD.replace("99.5", "99.9"))
    (card,) = row_of(manager, offer).cards
    assert "The law says so" not in "".join(each.text for line in card.lines for each in line)  # it stays as it is
    accept_clause_proposal(proposal=proposal, read=proposed_fingerprint(proposal), answer="", by=manager, now=NOW)
    assert (offer.wording_exceptions.count(), row_of(manager, offer).standing.is_agreed) == (1, True)

    mended = counter(offer, people_of, sentence="99.9 % of all hours")
    (card,) = (card for card in row_of(manager, offer).cards if card.is_open)
    assert "The law says so" in "".join(each.text for line in card.lines for each in line)
    accept_clause_proposal(proposal=mended, read=proposed_fingerprint(mended), answer="", by=manager, now=NOW)
    assert not offer.wording_exceptions.exists()
    assert row_of(manager, offer).standing.is_agreed


def test_each_side_sees_beside_the_clause_what_it_can_do(offer, client_of, people_of):
    said = {who: client_of(people_of[who]).get(f"{PAGE}clauses/").text for who in ("head", "manager", "business")}

    for text in said.values():
        assert "<mark>promptly</mark>" in text
        assert "Cannot be signed yet" in text
    assert {who: "Propose this wording" in text for who, text in said.items()} == {
        "head": True, "manager": True, "business": False,
    }  # fmt: skip
    assert {who: "Keep “promptly”, with a reason" in text for who, text in said.items()} == {
        "head": False, "manager": True, "business": False,
    }  # fmt: skip


def test_offered_words_of_a_draft_are_used_on_the_page_of_its_clauses(draft, manager, client_of):
    draft.targets.update(sentence=OLD)
    page = client_of(manager).get(f"{PAGE}clauses/").text

    assert "Use this wording" in page
    assert "Propose this wording" not in page


def test_a_counter_is_checked_while_it_is_written(offer, client_of, people_of):
    head, url = client_of(people_of["head"]), f"{PAGE}clauses/{KEY}/propose/"
    offered = row_of(people_of["head"], offer).texts[0].first
    opened = head.get(f"{url}?{offered.proposed}")
    assert opened.context["form"]["sentence"].value() == offered.offer
    assert opened.context["preview"].unclear == ()
    assert opened.context["preview"].tried.months == ()  # nothing was issued to the unit yet

    sent = as_sent(opened.context["form"]) | {"service": factories.make_service().pk, "sentence": OLD, "show": "1"}
    written = {"why-reason": "It costs us"}
    fragment = head.post(url, sent | written, headers={"HX-Request": "true"})
    assert "<mark>promptly</mark>" in fragment.text
    assert "You can propose it like this" in fragment.text
    assert "<html" not in fragment.text
    page = head.post(url, sent | written)
    assert (page.status_code, page.context["why"]["reason"].value()) == (200, "It costs us")
    assert "<mark>promptly</mark>" in page.text
    unfinished = head.post(url, sent | {"threshold": "many"}, headers={"HX-Request": "true"})
    assert (unfinished.status_code, unfinished.context["preview"]) == (200, None)
    assert not offer.clause_proposals.exists()


def test_hours_and_measures_say_on_their_own_pages_what_is_unclear(in_tenant, member, client_of):
    client, hours = client_of(member()), factories.make_hours(every_day(8, 18), words="Usually 08:00 to 18:00")
    measure = factories.make_measure(what="Orders that were answered promptly")

    assert "<mark>Usually</mark>" in client.get(f"/t/larkmoor/service-hours/{hours.pk}/").text
    assert "<mark>promptly</mark>" in client.get(f"/t/larkmoor/measures/{measure.slug}/").text
