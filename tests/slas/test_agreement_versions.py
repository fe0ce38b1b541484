"""Versions of an agreement follow one another: no day is promised twice, and none is promised by one side alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from slas.actions.agreement_states import accept_agreement, begin_due_agreements, end_agreement, propose_agreement
from slas.actions.agreements import revise_agreement
from slas.errors import NotYourSide
from slas.models import Agreement, AgreementState
from slas.queries.signed_text import fingerprint_of
from tests.slas import factories
from tests.slas.factories import every_day

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
PAGE = "/t/larkmoor/agreements/orders/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def in_force(agreement):
    return agreement


def agree(draft, people_of):
    propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)
    read = fingerprint_of(agreement=draft)
    for who, party in (("head", draft.customer), ("manager", draft.provider)):
        accept_agreement(agreement=draft, party=party, by=people_of[who], name=who, role=who, read=read, now=NOW)


@pytest.mark.parametrize(
    ("ends_on", "kept", "state"),
    [
        pytest.param(date(2027, 4, 1), date(2027, 4, 1), "expired", id="ended before the next begins"),
        pytest.param(None, date(2027, 6, 1), "superseded", id="open"),
        pytest.param(date(2028, 1, 1), date(2027, 6, 1), "superseded", id="would have gone on"),
    ],
)
def test_the_next_version_never_prolongs_the_one_before(in_force, people_of, ends_on, kept, state):
    Agreement.objects.filter(pk=in_force.pk).update(ends_on=ends_on)
    nxt = revise_agreement(agreement=in_force, starts_on=date(2027, 6, 1), by=people_of["manager"], now=NOW)

    agree(nxt, people_of)

    in_force.refresh_from_db()
    nxt.refresh_from_db()
    assert (in_force.state, in_force.ends_on, nxt.state) == ("in_force", kept, "agreed")
    begin_due_agreements(now=datetime(2027, 6, 1, tzinfo=UTC))
    in_force.refresh_from_db()
    nxt.refresh_from_db()
    assert (in_force.state, in_force.ends_on, nxt.state) == (state, kept, "in_force")


@pytest.mark.parametrize(("minute", "state"), [("2027-03-31 23:59", "in_force"), ("2027-04-01 00:00", "expired")])
def test_an_agreement_that_nobody_goes_on_with_expires_on_its_day(in_force, minute, state):
    Agreement.objects.filter(pk=in_force.pk).update(ends_on=date(2027, 4, 1))

    moved = begin_due_agreements(now=factories.at(minute))

    in_force.refresh_from_db()
    assert (in_force.state, moved) == (state, int(state == "expired"))


@pytest.mark.parametrize(
    ("zone", "minute"),
    [
        pytest.param("Asia/Tokyo", "2026-12-31 15:00", id="earlier than at the place of the old one"),
        pytest.param("America/New_York", "2027-01-01 05:00", id="later than at the place of the old one"),
    ],
)
def test_a_version_of_another_zone_takes_over_at_its_own_midnight(in_force, people_of, zone, minute):
    nxt = revise_agreement(agreement=in_force, starts_on=date(2027, 1, 1), by=people_of["manager"], now=NOW)
    Agreement.objects.filter(pk=nxt.pk).update(time_zone=zone)
    agree(Agreement.objects.get(pk=nxt.pk), people_of)
    midnight = datetime.fromisoformat(f"{minute}+00:00")

    assert begin_due_agreements(now=midnight - timedelta(minutes=1)) == 0
    assert begin_due_agreements(now=midnight) == 2

    states = Agreement.objects.order_by("version").values_list("state", flat=True)
    assert list(states) == ["superseded", "in_force"]


def test_a_next_version_is_made_between_the_same_two(in_force, people_of, client_of):
    """Or the yes of another unit would end what this one was promised."""
    manager = client_of(people_of["manager"])
    manager.post(f"{PAGE}v1/revise/", {"starts_on": "2027-01-01"})
    other = factories.make_agreement(slug="other").customer
    form = manager.get(f"{PAGE}v2/edit/").context["form"]
    given = {name: form[name].value() or "" for name in form.fields}

    refused = manager.post(f"{PAGE}v2/edit/", given | {"customer": other.pk}).content.decode()

    assert f"Version 1 was agreed as service level agreement between {in_force.customer.name}" in refused
    assert Agreement.objects.get(slug="orders", version=2).customer == in_force.customer
    assert manager.post(f"{PAGE}v2/edit/", given | {"name": "Orders"}).status_code == 302


def test_the_promises_are_read_once_for_each_yes(in_force, people_of):
    """What is checked, what is unclear and what is signed are the same rows; credits read those that they name."""
    nxt = revise_agreement(agreement=in_force, starts_on=date(2027, 1, 1), by=people_of["manager"], now=NOW)
    propose_agreement(agreement=nxt, by=people_of["manager"], now=NOW)
    read = fingerprint_of(agreement=nxt)
    promises = 'ORDER BY "slas_serviceleveltarget"."position"'
    for who, party in (("head", nxt.customer), ("manager", nxt.provider)):
        with CaptureQueriesContext(connection) as asked:
            accept_agreement(agreement=nxt, party=party, by=people_of[who], name=who, role=who, read=read, now=NOW)

        assert [promises in query["sql"] for query in asked].count(True) == 1

    nxt.refresh_from_db()
    assert nxt.state == AgreementState.AGREED


def test_only_its_two_sides_sign_an_agreement(in_force, people_of):
    nxt = revise_agreement(agreement=in_force, starts_on=date(2027, 1, 1), by=people_of["manager"], now=NOW)
    propose_agreement(agreement=nxt, by=people_of["manager"], now=NOW)
    unit = people_of["outsider"].unit_links.get().business_unit
    party = factories.make_party(kind="business_unit", name=unit.name, business_unit=unit)
    signed = {"name": "Odd", "role": "Head", "read": fingerprint_of(agreement=nxt)}

    with pytest.raises(NotYourSide):
        accept_agreement(agreement=nxt, party=party, by=people_of["outsider"], now=NOW, **signed)


def test_days_that_passed_unseen_are_made_up_for(in_force, people_of):
    for first, starts_on in ((in_force, date(2027, 1, 1)), (in_force, date(2027, 2, 1))):
        agree(revise_agreement(agreement=first, starts_on=starts_on, by=people_of["manager"], now=NOW), people_of)

    begin_due_agreements(now=datetime(2027, 3, 1, tzinfo=UTC))

    states = Agreement.objects.order_by("version").values_list("state", flat=True)
    assert list(states) == ["superseded", "superseded", "in_force"]


def test_a_version_that_was_ended_gives_way_too(in_force, people_of):
    manager = people_of["manager"]
    end_agreement(agreement=in_force, ends_on=date(2027, 9, 1), reason="A new shop", by=manager, now=NOW)
    nxt = revise_agreement(agreement=in_force, starts_on=date(2027, 6, 1), by=manager, now=NOW)

    agree(nxt, people_of)

    in_force.refresh_from_db()
    assert (in_force.state, in_force.ends_on) == (AgreementState.IN_FORCE, date(2027, 6, 1))


def test_the_database_refuses_two_versions_on_one_day(in_force):
    with pytest.raises(IntegrityError, match="agreement_one_version_a_day"), transaction.atomic():
        factories.make_agreement(
            unit=in_force.customer.business_unit, slug="orders", version=2, state=AgreementState.SUPERSEDED,
            starts_on=date(2027, 1, 1), ends_on=date(2027, 2, 1),
        )  # fmt: skip


def test_one_side_alone_does_not_prolong_an_agreement(in_force, people_of, client_of):
    Agreement.objects.filter(pk=in_force.pk).update(ends_on=date(2027, 4, 1))

    refused = client_of(people_of["manager"]).post(f"{PAGE}v1/end/", {"ends_on": "2027-06-01", "reason": "Goes on"})

    assert refused.status_code == 422
    assert "Both sides agreed that this version ends on 1\u00a0Apr\u00a02027." in refused.content.decode()
    assert Agreement.objects.get(pk=in_force.pk).ends_on == date(2027, 4, 1)


def test_a_next_version_starts_from_the_newest_text(in_force, people_of):
    manager = people_of["manager"]
    second = revise_agreement(agreement=in_force, starts_on=date(2027, 1, 1), by=manager, now=NOW)
    second.targets.update(sentence="Newer")
    agree(second, people_of)

    third = revise_agreement(agreement=in_force, starts_on=date(2027, 6, 1), by=manager, now=NOW)

    assert (third.version, third.targets.get().sentence) == (3, "Newer")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        pytest.param("ola", "between the provider and a team", id="OLA"),
        pytest.param("contract", "between the provider, or a team of it, and a supplier", id="contract"),
    ],
)
def test_each_kind_of_agreement_has_its_sides(draft, people_of, client_of, kind, words):
    sent = {
        "name": "Orders", "kind": kind, "customer": draft.customer_id, "provider": draft.provider_id,
        "time_zone": "Europe/London", "starts_on": "2027-01-01", "answer_working_days": 2,
    }  # fmt: skip

    refused = client_of(people_of["manager"]).post("/t/larkmoor/agreements/new/", sent)

    assert refused.status_code == 422
    assert words in refused.content.decode()


@pytest.fixture
def over_years(in_force, people_of):
    """Two versions; the hours of the first changed on 1 June 2025."""
    before = factories.make_hours(every_day(4, 22), words="04:00 to 22:00, every day", name="Shop")
    after = factories.make_hours(
        every_day(0, 24), words="Round the clock", name="Shop", version=2, replaces=before, starts_on=date(2025, 6, 1)
    )
    in_force.targets.update(service_hours=after, sentence="99.5 % of the shop's hours")
    nxt = revise_agreement(agreement=in_force, starts_on=date(2026, 1, 1), by=people_of["manager"], now=NOW)
    nxt.targets.update(sentence="99.8 % of the shop's hours", threshold="99.8")
    agree(nxt, people_of)


@pytest.mark.parametrize(
    ("on", "version", "words"),
    [
        pytest.param("2025-03-03", 1, "Service hours on 3 March 2025: 04:00 to 22:00, every day", id="the first hours"),
        pytest.param("2025-11-03", 1, "Service hours on 3 November 2025: round the clock", id="the later hours"),
        pytest.param("2025-12-31", 1, "99.5 % of the shop", id="the last day of the first version"),
        pytest.param("2026-01-01", 2, "99.8 % of the shop", id="the first day of the second"),
        pytest.param("2024-12-31", 2, "On 31 December 2024 nothing was promised by this agreement.", id="before all"),
        pytest.param("2024-12-31", 2, "The first promise began on 1 January 2025, with version 1.", id="the first"),
        pytest.param("yesterday", 2, "“yesterday” is no day. Write it like 2025-11-03", id="no day"),
    ],
)
def test_what_was_promised_on_any_day_can_be_shown(over_years, people_of, client_of, on, version, words):
    response = client_of(people_of["business"]).get(f"{PAGE}?on={on}")

    page = response.content.decode().replace("\u00a0", " ")
    assert (response.status_code, response.context["agreement"].version) == (200, version)
    assert words in page


def said_on(client, on):
    return client.get(f"{PAGE}?on={on}").content.decode().replace("\u00a0", " ")


def test_a_proposed_version_is_not_shown_as_what_held_on_a_day(draft, people_of, client_of):
    propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)
    page = said_on(client_of(people_of["business"]), "2026-11-01")

    assert "On 1 November 2026 nothing was promised by this agreement." in page
    assert "Version 1 is not agreed yet: it would begin on 1 December 2026." in page
    assert "Customers can place orders" not in page


def test_a_day_between_two_versions_says_what_ended_and_what_begins(in_force, people_of, client_of):
    Agreement.objects.filter(pk=in_force.pk).update(ends_on=date(2026, 12, 1))
    agree(revise_agreement(agreement=in_force, starts_on=date(2027, 6, 1), by=people_of["manager"], now=NOW), people_of)
    page = said_on(client_of(people_of["head"]), "2027-01-05")

    assert "On 5 January 2027 nothing is promised by this agreement." in page
    assert "Version 1 ends with 30 November 2026." in page
    assert "The next promise begins on 1 June 2027, with version 2." in page


def test_a_promise_that_began_later_says_so_on_a_day_before_it(in_force, people_of, client_of):
    factories.make_target(agreement=in_force, name="Calls are answered", starts_on=date(2025, 4, 1))

    page = said_on(client_of(people_of["head"]), "2025-02-03")

    assert "Not promised yet on 3 February 2025: it begins on 1 April 2025." in page
