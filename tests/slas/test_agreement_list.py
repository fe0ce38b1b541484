"""The list of agreements: found in spite of slips, and for whom each waits since when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from slas.models import AgreementState, ClauseProposal
from slas.queries.agreement_list import agreement_rows, filter_agreements
from tests.slas import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


@pytest.fixture
def reader(member):
    return member()


@pytest.mark.parametrize(
    ("words", "names"),
    [
        pytest.param("Payroll", ["Payroll and IT"], id="as it is written"),
        pytest.param("payrol", ["Payroll and IT"], id="a slip"),
        pytest.param("harbor", ["Wards and IT"], id="of a party, another spelling"),
        pytest.param("zzzz", [], id="nothing like it"),
    ],
)
def test_agreements_are_found_by_name_and_party_in_spite_of_slips(reader, words, names):
    factories.make_agreement(name="Payroll and IT")
    factories.make_agreement(name="Wards and IT", provider=factories.make_party(name="Harbour Systems"))

    found = filter_agreements(reader=reader, chosen={"q": words})

    assert [each.name for each in found] == names


@pytest.fixture
def offer(in_tenant):
    """A proposed version between Orders and Larkmoor IT."""
    provider = factories.make_party(name="Larkmoor IT")
    return factories.make_agreement(provider=provider, state=AgreementState.PROPOSED, proposed_at=NOW)


def waits(reader, agreement):
    (row,) = agreement_rows(reader=reader, agreements=[agreement], today=NOW.date())
    return row.waits_for, row.waits_since


def test_an_offer_waits_for_each_side_that_has_not_accepted(reader, offer):
    assert waits(reader, offer) == (f"{offer.customer.name} and Larkmoor IT", NOW)

    factories.sign(offer, offer.provider, accepted_at=NOW + timedelta(days=1))

    assert waits(reader, offer) == (offer.customer.name, NOW + timedelta(days=1))


def test_an_offer_waits_for_whoever_owes_an_answer_to_a_clause(reader, offer):
    offer.state = AgreementState.NEGOTIATION
    offer.save()
    ClauseProposal.objects.create(
        agreement=offer,
        clause_key="terms",
        party=offer.customer,
        proposed_by=reader,
        proposed_at=NOW + timedelta(days=2),
        reason="Later",
        answer_due_on=date(2026, 11, 20),
    )

    assert waits(reader, offer) == ("Larkmoor IT", NOW + timedelta(days=2))


@pytest.mark.parametrize(
    ("state", "who"),
    [(AgreementState.DRAFT, "Larkmoor IT"), (AgreementState.IN_FORCE, ""), (AgreementState.AGREED, "")],
)
def test_a_draft_waits_for_who_writes_it_and_what_is_agreed_for_nobody(reader, in_tenant, state, who):
    made = factories.make_agreement(provider=factories.make_party(name="Larkmoor IT"), state=state)

    assert waits(reader, made) == (who, None)
