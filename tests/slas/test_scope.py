"""What an agreement covers, and that one service level agreement at a time promises a service to a unit."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from portal.tenancy.errors import Refusal
from slas.actions.agreement_states import accept_agreement, propose_agreement
from slas.actions.agreements import revise_agreement
from slas.errors.agreements import ScopeLineThere, ScopeNeedsUnit
from slas.models import AgreementScope, AgreementState
from slas.queries.agreement_rows import rows_of
from slas.queries.agreement_terms import covered_already
from slas.queries.agreement_text import agreement_text
from slas.queries.signed_text import fingerprint_of
from tests.catalog.factories import make_offering
from tests.slas import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
PAGE = "/t/larkmoor/agreements/orders/v1/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def gold(in_tenant):
    return make_offering(factories.make_service(name="Online ordering"), name="Gold")


@pytest.fixture
def taken(unit, gold):
    """Another agreement, which promises Gold to the unit until the end of 2027."""
    other = factories.make_agreement(unit=unit, slug="other", name="The other agreement", ends_on=date(2028, 1, 1))
    return other.scope.create(service=gold.service, offering=gold, business_unit=unit)


def test_a_draft_says_what_it_covers(draft, gold, unit, people_of, client_of):
    manager = client_of(people_of["manager"])
    given = {"service": gold.service.pk, "offering": gold.pk, "business_unit": unit.pk, "covered_words": "All buyers"}

    manager.post(f"{PAGE}scope/new/", given)
    page = manager.get(PAGE).content.decode()

    assert "Online ordering</a>, Gold, for Customer Orders" in page
    assert "All buyers" in page
    (said,) = agreement_text(rows=rows_of(agreement=draft))["scope"]
    assert said == {"service": gold.service.slug, "offering": "Gold", "unit": unit.slug, "who": "All buyers"}
    twice = manager.post(f"{PAGE}scope/new/", given)
    assert "Online ordering is covered already for that unit" in twice.content.decode()
    line = draft.scope.get()
    manager.post(f"{PAGE}scope/{line.pk}/edit/", given | {"covered_words": "All 64 buyers"})
    assert draft.scope.get().covered_words == "All 64 buyers"
    manager.post(f"{PAGE}scope/{line.pk}/remove/")
    assert not draft.scope.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param({"offering": "other"}, "“Standard” is no level of Online ordering", id="a level of another"),
        pytest.param({"business_unit": ""}, "Choose the business unit", id="for nobody"),
    ],
)
def test_a_line_that_says_too_little_or_too_much_is_refused(draft, gold, unit, people_of, client_of, given, words):
    other = make_offering(factories.make_service(), name="Standard")
    given = {"service": gold.service.pk, "business_unit": unit.pk} | given
    given["offering"] = other.pk if given.get("offering") else ""

    refused = client_of(people_of["manager"]).post(f"{PAGE}scope/new/", given)

    assert (refused.status_code, words in refused.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("offering", "starts_on", "is_refused"),
    [
        pytest.param("same", date(2026, 12, 1), True, id="the same level"),
        pytest.param(None, date(2026, 12, 1), True, id="all of the service"),
        pytest.param("other", date(2026, 12, 1), False, id="another level"),
        pytest.param("same", date(2028, 1, 1), False, id="from the day on which the other has ended"),
        pytest.param("same", date(2027, 12, 31), True, id="on its last day"),
    ],
)
def test_two_agreements_never_promise_the_same_on_one_day(draft, taken, people_of, offering, starts_on, is_refused):
    level = {"same": taken.offering, None: None, "other": make_offering(taken.service, name="Standard")}[offering]
    draft.scope.create(service=taken.service, offering=level, business_unit=taken.business_unit)
    draft.starts_on = starts_on
    draft.save()

    if is_refused:
        with pytest.raises(
            Refusal, match="“The other agreement, version 1” promises Online ordering to Customer Orders"
        ):
            propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)
        with pytest.raises(IntegrityError, match="agreement_scope_once_a_day"), transaction.atomic():
            type(draft).objects.filter(pk=draft.pk).update(state=AgreementState.AGREED)
    else:
        propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)
        type(draft).objects.filter(pk=draft.pk).update(state=AgreementState.AGREED)
        assert draft.scope.get().holds


@pytest.mark.parametrize("lines", [1, 30])
def test_what_others_cover_is_one_query_however_many_lines_there_are(
    draft, taken, unit, lines, django_assert_num_queries
):
    for number in range(lines - 1):
        draft.scope.create(service=factories.make_service(slug=f"free-{number}"), business_unit=unit)
    draft.scope.create(service=taken.service, offering=taken.offering, business_unit=unit)

    with django_assert_num_queries(1):
        found = covered_already(agreement=draft)
    assert found == taken


def test_a_level_is_not_covered_beside_all_of_its_service(draft, gold, unit, people_of, client_of):
    """Two lines of one version promise no service twice either; the second yes would meet the rule of the database."""
    manager = client_of(people_of["manager"])
    draft.scope.create(service=gold.service, offering=gold, business_unit=unit)
    whole = {"service": gold.service.pk, "offering": "", "business_unit": unit.pk}

    refused = manager.post(f"{PAGE}scope/new/", whole)
    draft.scope.create(service=gold.service, business_unit=unit)  # as a file or an older portal would have it

    assert "Online ordering is covered already for that unit" in refused.content.decode()
    with pytest.raises(ScopeLineThere):
        propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)


def test_what_becomes_a_service_level_agreement_says_for_whom(draft, gold, people_of):
    draft.scope.create(service=gold.service)  # as an agreement with a team may have it

    with pytest.raises(ScopeNeedsUnit):
        propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)


def test_an_agreement_of_a_team_covers_what_others_cover(taken, in_tenant):
    ola = factories.make_agreement(slug="ola", kind="ola", customer=factories.make_party())

    line = ola.scope.create(service=taken.service, offering=taken.offering, business_unit=taken.business_unit)

    line.refresh_from_db()
    assert (line.holds, line.starts_on) == (False, ola.starts_on)


def test_the_days_of_the_scope_are_those_of_the_agreement(agreement, gold, unit, people_of):
    line = agreement.scope.create(service=gold.service, offering=gold, business_unit=unit, covered_words="All")
    line.refresh_from_db()
    assert (line.starts_on, line.ends_on, line.holds) == (agreement.starts_on, None, True)
    AgreementScope.objects.update(starts_on=date(2030, 1, 1), holds=False)  # nobody writes them but the agreement
    line.refresh_from_db()
    assert (line.starts_on, line.holds) == (agreement.starts_on, True)

    nxt = revise_agreement(agreement=agreement, starts_on=date(2027, 1, 1), by=people_of["manager"], now=NOW)
    assert (nxt.scope.get().covered_words, nxt.scope.get().holds) == ("All", False)
    propose_agreement(agreement=nxt, by=people_of["manager"], now=NOW)
    read = fingerprint_of(agreement=nxt)
    for who, party in (("head", nxt.customer), ("manager", nxt.provider)):
        accept_agreement(agreement=nxt, party=party, by=people_of[who], name=who, role=who, read=read, now=NOW)

    days = AgreementScope.objects.order_by("pk").values_list("starts_on", "ends_on", "holds")
    assert list(days) == [
        (agreement.starts_on, date(2027, 1, 1), True),
        (date(2027, 1, 1), None, True),
    ]


def test_only_the_manager_of_the_tenant_writes_the_scope(stranger, draft, gold, unit, people_of, client_of):
    line = draft.scope.create(service=gold.service, business_unit=unit)
    propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)
    address = f"{PAGE}scope/{line.pk}/edit/"

    codes = {who: client_of(each).get(address).status_code for who, each in people_of.items()}

    assert codes == dict.fromkeys(people_of, 403) | {"manager": 200, "outsider": 404}
    assert client_of(stranger).get(address).status_code == 404
