"""From a draft to a promise in force, its next version, and its end."""

from datetime import UTC, date, datetime

import pytest

from portal.audit.models import AuditEntry
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


def test_from_draft_to_force(draft, people_of, client_of):
    head, manager = client_of(people_of["head"]), client_of(people_of["manager"])
    manager.post(f"{PAGE}v1/accept/{draft.provider_id}/")
    refused = manager.post(f"{PAGE}v1/start/", follow=True)
    assert "Customer Orders has not accepted this text yet" in refused.content.decode()

    head.post(f"{PAGE}v1/accept/{draft.customer_id}/", {"name": "Somebody else", "role": "Nobody"})
    manager.post(f"{PAGE}v1/start/")

    by_head = Acceptance.objects.get(party=draft.customer)
    by_it = Acceptance.objects.get(party=draft.provider)
    assert (by_head.name, by_head.role) == (people_of["head"].user.name, "Business unit head")  # never as typed
    assert (by_it.role, by_it.accepted_at) == ("Head of service", NOW)
    assert by_head.fingerprint == by_it.fingerprint
    assert len(by_it.fingerprint) == 64
    assert Agreement.objects.get(slug="orders").state == AgreementState.IN_FORCE
    acts = set(AuditEntry.objects.values_list("act", flat=True))
    assert {"agreement.accepted", "agreement.started"} <= acts


def test_a_change_takes_back_what_was_accepted(draft, people_of, client_of):
    manager = client_of(people_of["manager"])
    manager.post(f"{PAGE}v1/accept/{draft.provider_id}/")

    removed = manager.post(f"{PAGE}v1/targets/place-orders/remove/")

    assert removed.status_code == 302
    assert not Acceptance.objects.exists()


def test_a_text_that_changed_elsewhere_cannot_be_put_in_force(draft, people_of, client_of):
    head, manager = client_of(people_of["head"]), client_of(people_of["manager"])
    manager.post(f"{PAGE}v1/accept/{draft.provider_id}/")
    head.post(f"{PAGE}v1/accept/{draft.customer_id}/")
    draft.targets.update(sentence="Something else")

    refused = manager.post(f"{PAGE}v1/start/", follow=True).content.decode()

    assert "has not accepted this text yet" in refused
    assert "The text has changed since it was accepted" in refused


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
    draft.acceptances.create(party=draft.provider, name="P", role="IT", accepted_at=NOW, fingerprint="old")
    party = getattr(draft, f"{side}_id")

    response = client_of(people_of[who]).post(f"{PAGE}v1/accept/{party}/")

    assert response.status_code == 422
    assert words in response.content.decode()


def test_who_accepts_for_a_supplier_is_written_down(unit, people_of, client_of):
    customer = factories.make_party(name="Larkmoor IT")
    supplier = factories.make_party(kind=PartyKind.SUPPLIER, name="Phone supplier")
    agreement = factories.make_agreement(
        slug="phones", customer=customer, provider=supplier, state=AgreementState.DRAFT, kind="contract"
    )
    factories.make_target(agreement=agreement)
    address = f"/t/larkmoor/agreements/phones/v1/accept/{supplier.pk}/"

    client_of(people_of["manager"]).post(address, {"name": "Ada Quill", "role": "Account manager"})

    accepted = Acceptance.objects.get()
    assert (accepted.name, accepted.role, accepted.member) == ("Ada Quill", "Account manager", people_of["manager"])


def test_an_empty_draft_cannot_be_accepted(draft, people_of, client_of):
    draft.targets.all().delete()

    response = client_of(people_of["manager"]).post(f"{PAGE}v1/accept/{draft.provider_id}/")

    assert "promises nothing yet" in response.content.decode()


def accept_both(draft, people_of, client_of):
    version = f"{PAGE}v{draft.version}/"
    client_of(people_of["manager"]).post(f"{version}accept/{draft.provider_id}/")
    client_of(people_of["head"]).post(f"{version}accept/{draft.customer_id}/")


def test_a_new_version_takes_over_on_its_first_day(agreement, people_of, client_of):
    manager = client_of(people_of["manager"])
    agreement.obligations.create(text="Send the calendar", short_text="Calendar")
    old = agreement.targets.get()
    compute_attainments(targets=[old], periods=[Period.parse("2026-10"), Period.parse("2026-11")], now=NOW)

    manager.post(f"{PAGE}v1/revise/", {"starts_on": "2026-11-01"})
    new = Agreement.objects.get(version=2)
    assert (new.state, new.targets.get().slug, new.obligations.get().short_text) == (
        AgreementState.DRAFT, "place-orders", "Calendar",
    )  # fmt: skip
    twice = manager.post(f"{PAGE}v1/revise/", {"starts_on": "2026-12-01"})
    assert "There is a draft already: version 2" in twice.content.decode()
    accept_both(new, people_of, client_of)
    manager.post(f"{PAGE}v2/start/")

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
        accept_both(Agreement.objects.get(version=2), people_of, client_of)
        response = manager.post(f"{PAGE}v2/start/", follow=True)

    assert words in response.content.decode()
    assert not Agreement.objects.filter(version=2, state=AgreementState.IN_FORCE).exists()


def test_an_agreement_ends_with_a_reason(agreement, people_of, client_of):
    manager = client_of(people_of["manager"])

    early = manager.post(f"{PAGE}v1/end/", {"ends_on": "2025-01-01", "reason": "Sold"})
    manager.post(f"{PAGE}v1/end/", {"ends_on": "2026-12-01", "reason": "Sold"})

    assert "Choose an end after that day" in early.content.decode()
    agreement.refresh_from_db()
    assert (agreement.state, agreement.ends_on) == (AgreementState.TERMINATED, date(2026, 12, 1))
    assert AuditEntry.objects.get(act="agreement.ended").detail["reason"] == "Sold"


def test_the_last_day_of_the_calendar_is_an_end_like_any_other(agreement, people_of, client_of):
    manager = client_of(people_of["manager"])

    answer = manager.post(f"{PAGE}v1/end/", {"ends_on": "9999-12-31", "reason": "Sold"}, follow=True)

    agreement.refresh_from_db()
    assert (answer.status_code, agreement.ends_on) == (200, date(9999, 12, 31))
    assert manager.get("/t/larkmoor/workbench/").status_code == 200


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
    given = {"text": "Send the promotion calendar", "short_text": "Calendar", "due_on": "2026-12-20"}
    manager.post(f"{PAGE}v1/duties/new/", given)
    duty = draft.obligations.get()
    manager.post(f"{PAGE}v1/duties/{duty.pk}/edit/", given | {"short_text": "Promotions"})
    accept_both(draft, people_of, client_of)
    manager.post(f"{PAGE}v1/start/")

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
