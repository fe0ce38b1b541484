"""A party without users signs by a one-time link: once, and exactly the text that it was asked for."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from redis.exceptions import ConnectionError as NoStore

from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from portal.conversations.models import Notification, OutboxMessage
from portal.tenancy.scope import tenant_scope
from slas.actions import signing as actions
from slas.actions.agreement_states import withdraw_agreement
from slas.calculation.proof import check_code
from slas.errors import AcceptedAlready, AgreementNotOnOffer
from slas.errors.signing import ContactGone, ContactKnown, LinkUsed, NoSide, SignsInPortal
from slas.models import (
    Acceptance,
    Agreement,
    AgreementKind,
    AgreementState,
    PartyContact,
    PartyKind,
    SignatureRequest,
    SignedHow,
)
from slas.queries.signed_text import fingerprint_of, written_text
from tests import factories as people
from tests.slas import factories
from tests.slas.contracts import NOW, PAGE, SIGNED, make_contact, make_contract, make_link, words_of
from tests.slas.test_chain import HOUR, stands, under


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def sent_link(tenant):
    """The path of a link, for tests that look at it from several tenants."""
    with tenant_scope(tenant.pk):
        manager = people.make_member()
        contract = make_contract(manager)
        return make_link(contract, make_contact(contract, manager), manager)


def test_a_supplier_signs_by_one_time_link(contract, ask, guest, manager):
    path = ask()

    page = guest.get(path)
    shown = words_of(page)
    assert page.status_code == 200
    assert check_code(fingerprint_of(agreement=contract)) in shown
    assert fingerprint_of(agreement=contract) in shown
    assert "Payments are taken: 99.5 % of all hours" in shown
    done = guest.post(path, {"name": "Ada Quill", "role": "Account manager", "agrees": "on"})

    assert (done.status_code, done["Location"]) == (302, path)
    signed = Acceptance.objects.get(party=contract.provider)
    assert (signed.name, signed.role, signed.how) == ("Ada Quill", "Account manager", SignedHow.LINK)
    assert (signed.sent_to, signed.member, signed.accepted_at) == ("ada@paywell.example", None, NOW)
    assert signed.written == written_text(agreement=contract)
    contract.refresh_from_db()
    assert contract.state == AgreementState.AGREED
    assert AuditEntry.objects.get(act="agreement.accepted", detail__how="link").actor is None
    told = Notification.objects.filter(member=manager).values_list("text", flat=True)
    assert any("Ada Quill signed “Payment contract, version 1” for Paywell" in text for text in told)
    assert OutboxMessage.objects.filter(to="ada@paywell.example", subject__startswith="You signed").count() == 1


def test_the_mail_holds_the_link_and_the_database_only_its_hash(ask):
    path = ask()

    token = path.rstrip("/").rpartition("/")[2]
    mail = OutboxMessage.objects.get(to="ada@paywell.example")
    row = SignatureRequest.objects.get()
    assert path in mail.body
    assert len(token) == 43
    assert row.token_hash == sha256(token.encode()).hexdigest()
    assert token not in str(AuditEntry.objects.values())


def test_a_link_signs_once(ask, guest):
    path = ask()
    guest.post(path, SIGNED)

    again = guest.post(path, SIGNED | {"name": "Somebody else"})

    assert again.status_code == 410
    assert "This is signed" in words_of(again)
    assert Acceptance.objects.filter(how=SignedHow.LINK).count() == 1


@pytest.mark.parametrize(("days", "status"), [(13.99, 200), (14, 410), (400, 410)])
def test_a_link_signs_until_its_day(ask, guest, monkeypatch, days, status):
    path = ask()
    monkeypatch.setattr("portal.clock.now", lambda: NOW + timedelta(days=days))

    answer = guest.get(path)

    assert answer.status_code == status
    assert ("This link has expired" in words_of(answer)) == (status == 410)
    assert (guest.post(path, SIGNED).status_code == 302) == (status == 200)


def test_a_link_that_was_taken_back_signs_nothing(contract, ask, guest, manager, client_of):
    path = ask()
    row = SignatureRequest.objects.get()

    client_of(manager).post(f"{PAGE}links/{row.pk}/withdraw/")

    answer = guest.post(path, SIGNED)
    assert answer.status_code == 410
    assert "This link was taken back" in words_of(answer)
    assert not contract.acceptances.filter(party=contract.provider).exists()


def withdraw(contract, manager):
    withdraw_agreement(agreement=contract, by=manager, now=NOW)


def change(contract, _manager):
    contract.targets.update(sentence="80 % of all hours")


def test_nobody_outside_is_asked_for_a_text_that_cannot_be_signed(contract, contact, manager, client_of):
    contract.targets.update(sentence="Payments are taken promptly")

    answer = client_of(manager).post(f"{PAGE}ask/{contract.provider_id}/", {"contact": contact.pk, "days": 14})

    assert answer.status_code == 422
    assert "“promptly” in “Payments are taken”" in words_of(answer)
    assert not SignatureRequest.objects.exists()


@pytest.mark.parametrize("step", [withdraw, change])
def test_a_link_signs_no_other_text(contract, ask, guest, manager, step):
    path = ask()
    step(contract, manager)

    for answer in (guest.get(path), guest.post(path, SIGNED)):
        assert answer.status_code == 410
        assert "The text has changed" in words_of(answer)
    assert not contract.acceptances.filter(party=contract.provider).exists()


def test_a_link_to_one_version_signs_no_other(contract, ask, guest):
    """The next version on offer is another agreement row: the link to the first stays with the first."""
    path = ask()
    Agreement.objects.filter(pk=contract.pk).update(state=AgreementState.TERMINATED)
    other = factories.make_agreement(
        slug="payments", version=2, customer=contract.customer, provider=contract.provider, kind="contract",
        state=AgreementState.PROPOSED, starts_on=date(2027, 1, 1),
    )  # fmt: skip
    factories.make_target(agreement=other)

    assert guest.post(path, SIGNED).status_code == 410
    assert not other.acceptances.exists()


def test_wrong_links_are_all_told_the_same(sent_link, guest, other_tenant):
    """Neither whether a tenant is there, nor whose a link is, can be learned; and each asks the same questions."""
    token = sent_link.rstrip("/").rpartition("/")[2]
    wrong = token[:-1] + ("A" if token[-1] != "A" else "B")
    addresses = [
        f"/t/larkmoor/sign/{wrong}/",
        f"/t/larkmoor/sign/{'x' * 400}/",
        f"/t/harbour/sign/{token}/",  # another tenant's
        f"/t/nowhere/sign/{token}/",
    ]
    answers, questions = [], set()
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            answers.append(guest.get(address))
        questions.add(len(asked))

    bodies = {re.sub(rb'"X-CSRFToken": "[^"]+"', b"", each.content) for each in answers}
    assert {each.status_code for each in answers} == {404}
    assert len(bodies) == len(questions) == 1
    assert "This link opens nothing" in words_of(answers[0])
    assert b"Larkmoor" not in answers[0].content
    assert guest.post(f"/t/harbour/sign/{token}/", SIGNED).status_code == 404
    assert guest.get(sent_link).status_code == 200
    with tenant_scope(other_tenant.pk):
        assert not Acceptance.objects.exists()


def test_nothing_of_it_is_kept_or_told_elsewhere(ask, guest):
    path = ask()

    for answer in (guest.get(path), guest.get("/t/larkmoor/sign/wrong/")):
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["X-Robots-Tag"] == "noindex"
        assert not re.search(rb'(?:href|src|action)="(?:https?:)?//', answer.content)


def test_guessing_is_limited_by_origin(guest, tenant):
    codes = [guest.get(f"/t/larkmoor/sign/{number:043}/").status_code for number in range(62)]
    last = guest.get("/t/larkmoor/sign/x/")

    assert codes == [404] * 60 + [429] * 2
    assert 0 < int(last["Retry-After"]) <= 60
    assert "Too many requests" in words_of(last)
    assert Client(REMOTE_ADDR="10.77.1.1").get("/t/larkmoor/sign/x/").status_code == 404


def test_without_the_store_of_limits_reading_goes_on_and_signing_waits(ask, guest, monkeypatch):
    path = ask()

    def lost(*_args, **_kwargs):
        raise NoStore

    monkeypatch.setattr("rest_framework.throttling.SimpleRateThrottle.allow_request", lost)

    assert guest.get(path).status_code == 200
    assert guest.post(path, SIGNED).status_code == 429
    assert not Acceptance.objects.filter(how=SignedHow.LINK).exists()


def test_who_works_here_does_not_sign_for_others(ask, manager, client_of):
    path = ask()

    answer = client_of(manager).post(path, SIGNED)

    assert answer.status_code == 403
    assert "This link is for somebody else" in words_of(answer)
    assert not Acceptance.objects.filter(how=SignedHow.LINK).exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param({"agrees": ""}, "Tick the box to sign.", id="not agreed"),
        pytest.param({"name": " "}, "This field is required.", id="no name"),
        pytest.param({"role": ""}, "This field is required.", id="no role"),
        pytest.param({"name": "x" * 121}, "at most 120 characters", id="too long"),
    ],
)
def test_who_signs_says_who_they_are_and_that_they_agree(ask, guest, given, words):
    path = ask()

    answer = guest.post(path, SIGNED | given)

    assert answer.status_code == 422
    assert words in words_of(answer)
    assert not Acceptance.objects.filter(how=SignedHow.LINK).exists()


def test_a_request_from_another_site_signs_nothing(ask):
    path = ask()
    strict = Client(enforce_csrf_checks=True, REMOTE_ADDR="10.77.1.2")

    assert strict.post(path, SIGNED).status_code == 403
    assert not Acceptance.objects.filter(how=SignedHow.LINK).exists()


def test_what_was_offered_and_withdrawn_can_be_removed_with_its_links(contract, ask, guest, manager, client_of):
    path = ask()
    withdraw(contract, manager)

    client_of(manager).post(f"{PAGE}remove/")

    assert not Agreement.objects.exists()
    assert guest.get(path).status_code == 404


def test_a_second_link_ends_the_first(ask, guest):
    first, second = ask(), ask()

    assert guest.get(first).status_code == 410
    assert guest.get(second).status_code == 200


def test_only_those_who_may_are_asked(contract, contact, ask, manager):
    elsewhere = PartyContact.objects.create(
        party=factories.make_party(name="Harbour"), name="Zoe", role="R", email="z@x.example"
    )
    with pytest.raises(NoSide):
        ask(contact=elsewhere)
    actions.remove_contact(contact=contact, by=manager, now=NOW)
    with pytest.raises(ContactGone):
        ask()


def test_who_leaves_can_use_no_link_that_they_have(contact, ask, guest, manager, client_of):
    path, address = ask(), f"/t/larkmoor/parties/{contact.party_id}/contacts/{contact.pk}/remove/"

    assert "from those who sign for" in words_of(client_of(manager).get(address))
    assert "This link" not in words_of(guest.get(path))
    client_of(manager).post(address)

    assert "This link was taken back" in words_of(guest.post(path, SIGNED))
    assert not Acceptance.objects.filter(how=SignedHow.LINK).exists()


def test_nobody_is_asked_for_what_is_no_offer_or_signed(contract, ask, guest, manager):
    guest.post(ask(), SIGNED)
    with pytest.raises(AgreementNotOnOffer):  # agreed by now
        ask()
    Agreement.objects.filter(pk=contract.pk).update(state=AgreementState.NEGOTIATION)
    with pytest.raises(AcceptedAlready):
        ask()


def test_a_unit_with_a_head_signs_in_the_portal_and_one_without_may_be_asked(member, manager, in_tenant):
    unit = people.make_unit(name="Depots")
    party = factories.make_party(kind=PartyKind.BUSINESS_UNIT, name="Depots", business_unit=unit)
    fields = {"name": "Leo", "role": "Depot lead", "email": "leo@depots.example"}
    actions.add_contact(party=party, by=manager, now=NOW, **fields)
    with pytest.raises(ContactKnown):
        actions.add_contact(party=party, by=manager, now=NOW, **fields)
    head = member(Role.BUSINESS_UNIT_HEAD, units=[unit])

    with pytest.raises(SignsInPortal, match=head.user.name):
        actions.add_contact(party=party, by=manager, now=NOW, **fields | {"email": "b@depots.example"})


def test_who_signs_by_a_link_hears_nothing_of_agreements_with_others(contract, ask, guest, client_of, manager):
    Agreement.objects.filter(pk=contract.pk).update(kind=AgreementKind.OLA)
    stands(factories.make_target("cases", agreement=contract), under("Northline", of="cases", within_seconds=4 * HOUR))

    told = client_of(manager).get(f"/t/larkmoor/agreements/{contract.slug}/v{contract.version}/clauses/?show=all")
    assert "Northline" in told.content.decode()
    assert "Northline" not in guest.get(ask()).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_that_sign_at_the_same_time_one_signs(today):
    tenant = people.make_tenant(slug="larkmoor", name="Larkmoor Foods", provider_name="Larkmoor IT")
    with tenant_scope(tenant.pk):
        manager = people.make_member()
        customer = factories.make_party(name="Larkmoor IT")
        supplier = factories.make_party(kind=PartyKind.SUPPLIER, name="Paywell")
        made = factories.make_agreement(
            slug="payments", customer=customer, provider=supplier, kind="contract", state=AgreementState.PROPOSED,
            starts_on=date(2026, 12, 1),
        )  # fmt: skip
        factories.make_target(agreement=made)
        contact = actions.add_contact(party=supplier, name="Ada", role="R", email="a@b.example", by=manager, now=NOW)
        asked = actions.ask_for_signature(agreement=made, contact=contact, days=14, tenant=tenant, by=manager, now=NOW)

    def sign(name):
        try:
            with tenant_scope(tenant.pk):
                actions.sign_by_link(request=asked.request, name=name, role="R", zone="UTC", now=NOW)
        except LinkUsed:
            return "refused"
        finally:
            connections.close_all()
        return "signed"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(sign, ["Ada", "Bea"])) == ["refused", "signed"]
    with tenant_scope(tenant.pk):
        assert Acceptance.objects.count() == 1
