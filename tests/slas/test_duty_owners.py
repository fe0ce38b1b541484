"""A duty of the customer is answered for by somebody who belongs to the customer."""

from datetime import date

import pytest

from slas.actions.agreement_states import propose_agreement
from slas.actions.negotiation import propose_clause
from slas.actions.targets import save_obligation
from slas.errors.agreements import OwnerOfOthers
from slas.models import ClauseChange, Obligation
from tests.slas.factories import at

NOW = at("2026-11-10 10:00")
NEW = "/t/larkmoor/agreements/{}/v1/duties/new/"
GIVEN = {"text": "Send the promotion calendar", "short_text": "Calendar", "kind": "duty"}


def offered(client, slug):
    """Whom the form offers, without the empty choice."""
    return {choice.value for choice, _words in client.get(NEW.format(slug)).context["form"]["owner"].field.choices[1:]}


def pks(people_of, *names):
    return {people_of[name].pk for name in names}


@pytest.fixture
def as_manager(client_of, people_of):
    return client_of(people_of["manager"])


def test_of_a_unit_only_its_own_members_are_offered(draft, people_of, as_manager):
    assert offered(as_manager, "orders") == pks(people_of, "head", "business")

    refused = as_manager.post(NEW.format("orders"), GIVEN | {"owner": people_of["outsider"].pk})
    assert refused.status_code == 422
    assert not draft.obligations.exists()
    as_manager.post(NEW.format("orders"), GIVEN | {"owner": people_of["business"].pk})
    assert draft.obligations.get().owner == people_of["business"]


def test_where_it_is_the_customer_it_answers(contract, people_of, as_manager):
    found = offered(as_manager, contract.slug)

    assert pks(people_of, "manager", "owner") <= found
    assert not found & pks(people_of, "head", "business", "outsider", "auditor", "admin")


def test_nobody_of_another_unit_is_written_down_whoever_asks(draft, people_of):
    duty = Obligation(agreement=draft, owner=people_of["outsider"], **GIVEN)
    with pytest.raises(OwnerOfOthers, match="cannot answer for a duty of Customer Orders"):
        save_obligation(obligation=duty, by=people_of["manager"], now=NOW)

    offer = propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)
    values = GIVEN | {"owner_id": people_of["outsider"].pk, "due_on": date(2026, 12, 20).isoformat()}
    with pytest.raises(OwnerOfOthers):
        propose_clause(
            agreement=offer, key="duty", change=ClauseChange.ADD, values=values, reason="They know", now=NOW,
            party=offer.customer, by=people_of["head"],
        )  # fmt: skip
