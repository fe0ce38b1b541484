"""From a draft to a promise in force, its next version, and its end."""

import re
from datetime import UTC, date, datetime

import pytest

from portal.audit.models import AuditEntry
from portal.conversations.models import Notification
from slas.actions.agreement_states import begin_due_agreements, propose_agreement
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.models import (
    Acceptance,
    Agreement,
    AgreementState,
    Attainment,
    DirtyTarget,
    MonthClose,
    PartyKind,
    ServiceLevelTarget,
)
from tests.slas import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
PAGE = "/t/larkmoor/agreements/orders/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


def accept(client, agreement, party, **fields):
    """What a browser does: the page with the form, then the form as it stands there."""
    address = f"/t/larkmoor/agreements/{agreement.slug}/v{agreement.version}/accept/{party.pk}/"
    page = client.get(address)
    if page.status_code != 200:
        return page
    return client.post(address, {"read": page.context["form"]["read"].value()} | fields)


def test_from_draft_to_force(draft, people_of, client_of):
    people_of["head"].title = draft.customer.name  # says for whom, which is no role
    people_of["head"].save()
    head, manager = client_of(people_of["head"]), client_of(people_of["manager"])
    assert head.get(f"{PAGE}v1/").status_code == 404  # a draft is work on one side
    manager.post(f"{PAGE}v1/propose/")
    accept(manager, draft, draft.provider)
    page = head.get(f"{PAGE}v1/").content.decode()
    assert "It waits for Customer Orders." in page

    accept(head, draft, draft.customer, name="Somebody else", role="Nobody")

    assert Agreement.objects.get(slug="orders").state == AgreementState.AGREED
    assert "It comes into force on 1\u00a0December 2026 by itself." in head.get(f"{PAGE}v1/").content.decode()
    assert begin_due_agreements(now=datetime(2026, 11, 30, 23, 59, tzinfo=UTC)) == 0
    assert begin_due_agreements(now=datetime(2026, 12, 1, 0, 1, tzinfo=UTC)) == 1
    by_head = Acceptance.objects.get(party=draft.customer)
    by_it = Acceptance.objects.get(party=draft.provider)
    assert (by_head.name, by_head.role) == (people_of["head"].user.name, "Business unit head")  # never as typed
    assert (by_it.role, by_it.accepted_at) == ("Head of service", NOW)
    assert by_head.fingerprint == by_it.fingerprint
    assert len(by_it.fingerprint) == 64
    assert Agreement.objects.get(slug="orders").state == AgreementState.IN_FORCE
    acts = set(AuditEntry.objects.values_list("act", flat=True))
    assert {"agreement.proposed", "agreement.accepted", "agreement.agreed", "agreement.started"} <= acts


def test_what_is_proposed_is_changed_only_after_it_was_withdrawn(draft, people_of, client_of):
    manager = client_of(people_of["manager"])
    manager.post(f"{PAGE}v1/propose/")
    accept(manager, draft, draft.provider)

    refused = manager.post(f"{PAGE}v1/targets/place-orders/remove/", follow=True).content.decode()
    assert "is proposed. Withdraw it first" in refused
    assert draft.targets.exists()

    manager.post(f"{PAGE}v1/withdraw/")
    assert not Acceptance.objects.exists()
    head = client_of(people_of["head"])
    assert head.get(f"{PAGE}v1/").status_code == 404
    told = Notification.objects.get(member=people_of["head"], text__contains="is withdrawn")
    assert head.get(told.url).status_code == 200
    manager.post(f"{PAGE}v1/targets/place-orders/remove/")
    assert not draft.targets.exists()


def test_two_yeses_to_two_texts_are_no_agreement(draft, people_of, client_of):
    head, manager = client_of(people_of["head"]), client_of(people_of["manager"])
    manager.post(f"{PAGE}v1/propose/")
    accept(manager, draft, draft.provider)
    draft.targets.update(sentence="Something else")

    accept(head, draft, draft.customer)
    page = manager.get(f"{PAGE}v1/").content.decode()

    assert "The text has changed since it was accepted" in page
    assert f"It waits for {draft.provider.name}." in page
    assert Agreement.objects.get(slug="orders").state == AgreementState.PROPOSED

    accept(manager, draft, draft.provider)
    assert Agreement.objects.get(slug="orders").state == AgreementState.AGREED


def test_nobody_accepts_a_text_that_changed_since_they_read_it(draft, people_of, client_of):
    manager, head = client_of(people_of["manager"]), client_of(people_of["head"])
    manager.post(f"{PAGE}v1/propose/")
    shown = head.get(f"{PAGE}v1/").content.decode()
    ((address, read),) = re.findall(r'href="([^"]+/accept/\d+/)\?read=([0-9a-f]{64})"', shown)
    manager.post(f"{PAGE}v1/withdraw/")
    draft.targets.update(sentence="Something less")
    manager.post(f"{PAGE}v1/propose/")

    for sent in ({"read": head.get(f"{address}?read={read}").context["form"]["read"].value()}, {}):
        refused = head.post(address, sent)
        assert (refused.status_code, "The text has changed since" in refused.content.decode()) == (422, True)

    assert not Acceptance.objects.exists()
    assert accept(head, draft, draft.customer).status_code == 302


@pytest.mark.parametrize(
    ("who", "side", "words"),
    [
        pytest.param(
            "manager", "customer", "Only Customer Orders can accept for Customer Orders", id="IT for the unit"
        ),
        pytest.param("head", "provider", "can accept for", id="the unit for IT"),
    ],
)
def test_each_side_accepts_for_itself(draft, people_of, client_of, who, side, words):
    propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)

    response = accept(client_of(people_of[who]), draft, getattr(draft, side))

    assert response.status_code == 422
    assert words in response.content.decode()


def test_who_accepts_for_a_supplier_is_written_down(unit, people_of, client_of):
    customer = factories.make_party(name="Larkmoor IT")
    supplier = factories.make_party(kind=PartyKind.SUPPLIER, name="Phone supplier")
    agreement = factories.make_agreement(
        slug="phones", customer=customer, provider=supplier, state=AgreementState.PROPOSED, kind="contract"
    )
    factories.make_target(agreement=agreement)

    accept(client_of(people_of["manager"]), agreement, supplier, name="Ada Quill", role="Account manager")

    accepted = Acceptance.objects.get()
    assert (accepted.name, accepted.role, accepted.member) == ("Ada Quill", "Account manager", people_of["manager"])


def test_an_empty_draft_cannot_be_proposed(draft, people_of, client_of):
    draft.targets.all().delete()

    response = client_of(people_of["manager"]).post(f"{PAGE}v1/propose/", follow=True)

    assert "promises nothing yet" in response.content.decode()
    assert Agreement.objects.get(slug="orders").state == AgreementState.DRAFT


def test_what_another_agreement_helps_to_keep_is_not_removed(draft, people_of, client_of):
    manager = client_of(people_of["manager"])
    other = factories.make_agreement(slug="network", name="Network", customer=factories.make_party(), underpins=draft)

    refused = manager.post(f"{PAGE}v1/remove/", follow=True).content.decode()

    assert "“Network, version 1” says that it helps to keep this one" in refused
    other.delete()
    assert "The draft goes with all that is written in it" in manager.get(f"{PAGE}v1/remove/").content.decode()
    assert Agreement.objects.filter(pk=draft.pk).exists()
    assert "The draft is gone." in manager.post(f"{PAGE}v1/remove/", follow=True).content.decode()


def test_a_draft_cannot_be_accepted(draft, people_of, client_of):
    response = accept(client_of(people_of["manager"]), draft, draft.provider)

    assert (response.status_code, "is not proposed now" in response.content.decode()) == (422, True)


def accept_both(draft, people_of, client_of):
    """The page that the manager sees after proposing it; then both accept."""
    version = f"{PAGE}v{draft.version}/"
    proposed = client_of(people_of["manager"]).post(f"{version}propose/", follow=True)
    accept(client_of(people_of["manager"]), draft, draft.provider)
    accept(client_of(people_of["head"]), draft, draft.customer)
    return proposed


def test_a_new_version_takes_over_on_its_first_day(agreement, people_of, client_of):
    manager = client_of(people_of["manager"])
    agreement.obligations.create(slug="calendar", text="Send the calendar", short_text="Calendar")
    old = agreement.targets.get()
    compute_attainments(targets=[old], periods=[Period.parse("2026-10"), Period.parse("2026-11")], now=NOW)

    manager.post(f"{PAGE}v1/revise/", {"starts_on": "2026-11-01"})
    new = Agreement.objects.get(version=2)
    assert (new.state, new.targets.get().slug, new.obligations.get().short_text) == (
        AgreementState.DRAFT, "place-orders", "Calendar",
    )  # fmt: skip
    twice = manager.post(f"{PAGE}v1/revise/", {"starts_on": "2026-12-01"})
    assert "Version 2 is not agreed yet" in twice.content.decode()
    accept_both(new, people_of, client_of)

    agreement.refresh_from_db()
    assert (agreement.state, agreement.ends_on) == (AgreementState.SUPERSEDED, date(2026, 11, 1))
    assert list(Attainment.objects.values_list("period_start", flat=True)) == [date(2026, 10, 1)]
    queued = set(DirtyTarget.objects.values_list("target__agreement__version", "period_start"))
    assert queued == {(1, date(2026, 10, 1)), (2, date(2026, 11, 1))}
    assert manager.get(PAGE).context["agreement"].version == 2


@pytest.mark.parametrize(
    ("starts_on", "words"),
    [
        pytest.param("2025-01-01", "Choose a later day", id="not after the version in force"),
        pytest.param(
            "2026-10-15", "The figures of October 2026 are closed. Choose a start from 1\u00a0Nov", id="closed"
        ),
    ],
)
def test_a_version_starts_neither_too_early_nor_in_closed_months(agreement, people_of, client_of, starts_on, words):
    manager = client_of(people_of["manager"])
    MonthClose.objects.create(
        business_unit=agreement.customer.business_unit, month=date(2026, 10, 1), closed_at=NOW, closed_by=None
    )
    response = manager.post(f"{PAGE}v1/revise/", {"starts_on": starts_on})
    if response.status_code == 302:
        response = accept_both(Agreement.objects.get(version=2), people_of, client_of)

    assert words in response.content.decode()
    assert not Agreement.objects.filter(version=2).exclude(state=AgreementState.DRAFT).exists()


def test_an_agreement_ends_with_a_reason(agreement, people_of, client_of):
    manager = client_of(people_of["manager"])

    early = manager.post(f"{PAGE}v1/end/", {"ends_on": "2025-01-01", "reason": "Sold"})
    manager.post(f"{PAGE}v1/end/", {"ends_on": "2026-12-01", "reason": "Sold"})

    assert "Choose an end after that day" in early.content.decode()
    agreement.refresh_from_db()
    assert (agreement.state, agreement.ends_on) == (AgreementState.IN_FORCE, date(2026, 12, 1))
    assert agreement.notice_given_on == NOW.date()
    assert "Notice was given on" in manager.get(PAGE).content.decode()
    begin_due_agreements(now=datetime(2026, 12, 1, tzinfo=UTC))
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.TERMINATED
    assert AuditEntry.objects.get(act="agreement.ended").detail["reason"] == "Sold"


@pytest.mark.parametrize("who", ["manager", "head"])
def test_neither_side_takes_back_what_was_promised_until_today(agreement, people_of, client_of, who):
    client = client_of(people_of[who])

    for day in ("2026-11-02", "2026-11-10"):
        refused = client.post(f"{PAGE}v1/end/", {"ends_on": day, "reason": "A bad month"})
        assert "It can end on 11\u00a0Nov\u00a02026 at the earliest" in refused.content.decode()

    agreement.refresh_from_db()
    assert agreement.ends_on is None
    client.post(f"{PAGE}v1/end/", {"ends_on": "2026-11-11", "reason": "A bad month"})
    agreement.refresh_from_db()
    assert agreement.ends_on == date(2026, 11, 11)


def test_the_last_day_of_the_calendar_is_an_end_like_any_other(agreement, people_of, client_of):
    manager = client_of(people_of["manager"])

    answer = manager.post(f"{PAGE}v1/end/", {"ends_on": "9999-12-31", "reason": "Sold"}, follow=True)

    agreement.refresh_from_db()
    assert (answer.status_code, agreement.ends_on) == (200, date(9999, 12, 31))
    assert manager.get("/t/larkmoor/workbench/").status_code == 200


@pytest.mark.parametrize("day", ["0206-01-01", "9999-12-31"])
def test_a_first_day_in_a_mistyped_year_is_asked_back(agreement, people_of, client_of, day):
    answer = client_of(people_of["manager"]).post(f"{PAGE}v1/revise/", {"starts_on": day})

    assert answer.status_code == 422
    assert f"{day} is before 1990 or after 2199. Check the year." in answer.text


def test_an_agreement_is_drafted_with_new_parties(unit, people_of, client_of):
    manager = client_of(people_of["manager"])
    manager.post("/t/larkmoor/parties/new/", {"kind": "business_unit", "business_unit": unit.pk})
    manager.post("/t/larkmoor/parties/new/", {"kind": "provider", "name": "Larkmoor IT"})
    customer, provider = (unit.parties.get().pk, factories.Party.objects.get(name="Larkmoor IT").pk)
    given = {
        "name": "Customer Orders agreement", "kind": "sla", "customer": customer, "provider": provider,
        "time_zone": "Europe/London", "starts_on": "2026-12-01", "answer_working_days": 2,
    }  # fmt: skip

    response = manager.post("/t/larkmoor/agreements/new/", given)

    made = Agreement.objects.get()
    assert response.url == "/t/larkmoor/agreements/customer-orders-agreement/v1/"
    assert (made.state, made.version, made.customer.name) == ("draft", 1, "Customer Orders")
    edited = manager.post(f"{response.url}edit/", given | {"answer_working_days": 5})
    assert edited.status_code == 302
    made.refresh_from_db()
    assert made.answer_working_days == 5


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        pytest.param({"time_zone": "London"}, "time_zone", "“London” is not a time zone", id="zone"),
        pytest.param({"ends_on": "2026-12-01"}, "ends_on", "would end before it starts", id="dates"),
        pytest.param({"provider": "same"}, "provider", "two sides", id="sides"),
        pytest.param({"answer_working_days": "0"}, "answer_working_days", "greater than or equal to 1", id="clock"),
    ],
)
def test_errors_of_the_draft_are_said_at_their_field(agreement, people_of, client_of, given, field, words):
    valid = {
        "name": "X", "kind": "sla", "customer": agreement.customer_id, "provider": agreement.provider_id,
        "time_zone": "Europe/London", "starts_on": "2026-12-01", "answer_working_days": 2,
    }  # fmt: skip
    given = {name: agreement.customer_id if value == "same" else value for name, value in given.items()}

    response = client_of(people_of["manager"]).post("/t/larkmoor/agreements/new/", valid | given)

    assert response.status_code == 422
    assert any(words in error for error in response.context["form"].errors[field])


def test_what_is_in_force_is_not_changed(agreement, people_of, client_of):
    manager = client_of(people_of["manager"])

    page = manager.post(f"{PAGE}v1/remove/", follow=True).content.decode()
    manager.post(f"{PAGE}v1/targets/place-orders/remove/")

    assert "is no draft any more" in page
    assert ServiceLevelTarget.objects.filter(slug="place-orders").exists()


def test_duties_are_written_in_the_draft_and_done_later(draft, people_of, client_of):
    manager, head = client_of(people_of["manager"]), client_of(people_of["head"])
    given = {"text": "Send the promotion calendar", "short_text": "Calendar", "kind": "duty", "due_on": "2026-12-20"}
    manager.post(f"{PAGE}v1/duties/new/", given)
    duty = draft.obligations.get()
    manager.post(f"{PAGE}v1/duties/{duty.pk}/edit/", given | {"short_text": "Promotions"})
    accept_both(draft, people_of, client_of)

    refused = manager.post(f"{PAGE}v1/duties/{duty.pk}/edit/", given)
    owner = client_of(people_of["owner"]).post(f"{PAGE}v1/duties/{duty.pk}/done/")
    outsider = client_of(people_of["outsider"]).post(f"{PAGE}v1/duties/{duty.pk}/done/")
    head.post(f"{PAGE}v1/duties/{duty.pk}/done/")
    again = head.post(f"{PAGE}v1/duties/{duty.pk}/done/", follow=True)

    duty.refresh_from_db()
    assert (duty.short_text, duty.done_on) == ("Promotions", date(2026, 11, 10))
    assert "is no draft any more" in refused.content.decode()
    assert (owner.status_code, outsider.status_code) == (403, 404)
    assert "This was done on 10\u00a0Nov\u00a02026" in again.content.decode()
