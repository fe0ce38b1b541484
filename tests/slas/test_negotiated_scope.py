"""What an agreement covers is negotiated as one clause: lines are changed, taken out and added."""

from datetime import date

import pytest
from django.urls import reverse

from slas.actions.agreement_states import propose_agreement
from slas.actions.agreements import revise_agreement
from slas.models import ClauseProposal
from slas.queries.clause_changes import proposed_fingerprint
from tests.catalog.factories import make_offering
from tests.slas import factories
from tests.slas.factories import at

NOW = at("2026-11-10 10:00")


@pytest.fixture
def gold(in_tenant):
    return make_offering(factories.make_service(name="Online ordering"), name="Gold")


@pytest.fixture
def phones(in_tenant):
    return factories.make_service(name="Phones")


@pytest.fixture
def offer(agreement, gold, unit, people_of, monkeypatch):
    """A proposed version that covers Gold for the unit."""
    monkeypatch.setattr("portal.clock.now", lambda: NOW)
    draft = revise_agreement(agreement=agreement, starts_on=date(2027, 1, 1), by=people_of["manager"], now=NOW)
    draft.scope.create(service=gold.service, offering=gold, business_unit=unit, covered_words="All buyers")
    return propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)


@pytest.fixture
def send(client_of, people_of, offer):
    """send(*lines) proposes what is covered, line by line, as the head of the unit."""
    where = {"tenant": offer.tenant.slug, "slug": offer.slug, "version": offer.version, "clause": "scope"}
    url = reverse("clause_propose", kwargs=where)

    def sent(*lines):
        rows = {f"lines-{n}-{name}": value for n, line in enumerate(lines) for name, value in line.items()}
        many = {"lines-TOTAL_FORMS": len(lines), "lines-INITIAL_FORMS": 1}
        return client_of(people_of["head"]).post(url, rows | many | {"why-reason": "We take orders too"}, follow=True)

    return sent


def accept(client, offer):
    proposal = ClauseProposal.objects.get(state="open")
    where = {"tenant": offer.tenant.slug, "clause_proposal_id": proposal.pk}
    read = {"read": proposed_fingerprint(proposal)}
    return client.post(reverse("clause_proposal_accept", kwargs=where), read, follow=True)


def test_lines_are_changed_and_added_by_a_counter(client_of, people_of, offer, gold, phones, unit, send):
    ordering = {"service": gold.service.pk, "offering": gold.pk, "business_unit": unit.pk}
    added = {"service": phones.pk, "offering": "", "business_unit": unit.pk, "covered_words": "The desk"}
    empty = {"service": "", "offering": "", "business_unit": unit.pk, "covered_words": ""}

    page = send(ordering | {"covered_words": "All 64 buyers"}, added, empty).content.decode()
    assert "Phones, each level of it, for Customer Orders: The desk" in page.replace("<ins>", "").replace("</ins>", "")
    assert offer.scope.get().covered_words == "All buyers"

    page = accept(client_of(people_of["manager"]), offer).content.decode()
    assert "Agreed by both" in page
    lines = offer.scope.order_by("service__name").values_list("service__name", "offering", "covered_words", "starts_on")
    starts_on = date(2027, 1, 1)
    assert list(lines) == [
        ("Online ordering", gold.pk, "All 64 buyers", starts_on),
        ("Phones", None, "The desk", starts_on),
    ]


def test_a_line_is_taken_out_and_the_rest_stays(client_of, people_of, offer, gold, phones, unit, send):
    offer.scope.create(service=phones, business_unit=unit)

    send(
        {"service": "", "offering": gold.pk, "business_unit": unit.pk}, {"service": phones.pk, "business_unit": unit.pk}
    )
    accept(client_of(people_of["manager"]), offer)

    assert offer.scope.get().service == phones


def test_what_is_covered_for_another_unit_stays_while_ones_own_line_is_countered(
    client_of, people_of, offer, gold, phones, unit, send
):
    others = people_of["outsider"].unit_links.get().business_unit
    offer.scope.create(service=phones, business_unit=others)
    own = {"service": gold.service.pk, "offering": gold.pk, "business_unit": unit.pk, "covered_words": "All 64 buyers"}

    page = send(own, {"service": phones.pk, "offering": "", "business_unit": others.pk, "covered_words": ""})
    accept(client_of(people_of["manager"]), offer)

    assert "Proposed." in page.text
    assert set(offer.scope.values_list("business_unit", "covered_words")) == {
        (unit.pk, "All 64 buyers"),
        (others.pk, ""),
    }


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        pytest.param([{}], "This says what the clause says already", id="the same"),
        pytest.param([{"service": ""}], "It would cover nothing", id="nothing"),
        pytest.param([{}, {}], "Online ordering is covered already for that unit", id="a line twice"),
        pytest.param([{"business_unit": ""}], "Choose the business unit", id="for nobody"),
        pytest.param([{"offering": "other"}], "“Silver” is no level of Online ordering", id="a level of another"),
        pytest.param([{"business_unit": "other"}], "Select a valid choice", id="a unit of others"),
    ],
)
def test_what_cannot_be_covered_is_refused(offer, gold, phones, unit, people_of, send, changed, words):
    as_it_is = {
        "service": gold.service.pk,
        "offering": gold.pk,
        "business_unit": unit.pk,
        "covered_words": "All buyers",
    }
    other_unit = people_of["outsider"].unit_links.get().business_unit_id
    others = {"offering": make_offering(phones, name="Silver").pk, "business_unit": other_unit}
    lines = [{name: others[name] if value == "other" else value for name, value in each.items()} for each in changed]

    refused = send(*(as_it_is | line for line in lines))

    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert not ClauseProposal.objects.exists()


def test_what_is_covered_can_be_said_for_the_first_time(client_of, people_of, offer, phones, unit, send):
    offer.scope.all().delete()
    page = client_of(people_of["head"]).get(reverse("clause_list", args=[offer.tenant.slug, offer.slug, 2]))
    assert "Propose what it covers" in page.content.decode()

    assert "To be added" in send({"service": phones.pk, "business_unit": unit.pk}).content.decode()
    accept(client_of(people_of["manager"]), offer)

    assert offer.scope.get().service == phones
