"""What the business needs: said in its own words, answered by IT in time."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from catalog.actions.needs import answer_due_on, answer_need, propose_for_need, raise_need
from catalog.actions.services import ServiceDetails
from catalog.errors import NeedAnswered, NothingToPropose
from catalog.models import Need, NeedOutcome, Service
from catalog.queries.needs import list_needs
from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from portal.conversations.models import Notification
from tests import factories
from tests.catalog import factories as catalog

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raised_on", "due_on"),
    [
        pytest.param(date(2026, 11, 10), date(2026, 11, 17), id="Tuesday"),
        pytest.param(date(2026, 11, 13), date(2026, 11, 20), id="Friday"),
        pytest.param(date(2026, 11, 14), date(2026, 11, 23), id="Saturday is received on Monday"),
        pytest.param(date(2026, 11, 15), date(2026, 11, 23), id="Sunday too"),
    ],
)
def test_an_answer_is_due_five_working_days_after_receipt(raised_on, due_on):
    assert answer_due_on(raised_on=raised_on) == due_on


def test_the_day_of_receipt_is_the_day_where_the_tenant_is(member):
    unit = factories.make_unit()
    late_on_monday = datetime(2026, 11, 9, 23, 30, tzinfo=UTC)

    need = raise_need(
        business_unit=unit, service=None, text="A list", by=member(Role.BUSINESS_MEMBER, units=[unit]),
        now=late_on_monday, time_zone="Asia/Tokyo",
    )  # fmt: skip

    assert need.answer_due_on == date(2026, 11, 17)  # it is Tuesday in Tokyo


def test_both_sides_are_told(member):
    unit = factories.make_unit(name="Customer Orders")
    manager, head = member(Role.SERVICE_LEVEL_MANAGER), member(Role.BUSINESS_UNIT_HEAD, units=[unit])

    need = raise_need(
        business_unit=unit, service=None, text="A price list", by=head, now=NOW, time_zone="Europe/London"
    )
    answer_need(need=need, answer="From January", by=manager, now=NOW)

    told = {notice.member: notice.text for notice in Notification.objects.all()}
    assert told == {
        manager: "Customer Orders asks for something: A price list",
        head: "IT answered what you asked for: From January",
    }


def test_an_answer_is_given_once(member):
    need, manager = catalog.make_need(), member(Role.SERVICE_LEVEL_MANAGER)
    answer_need(need=need, answer="From January", by=manager, now=NOW)

    with pytest.raises(NeedAnswered, match="10 November 2026"):
        answer_need(need=need, answer="From February", by=manager, now=NOW)

    need.refresh_from_db()
    assert (need.answer, need.answered_by, need.answered_at) == ("From January", manager, NOW)


def test_when_it_was_answered_is_said_as_the_day_where_the_tenant_is(member):
    need, manager = catalog.make_need(), member(Role.SERVICE_LEVEL_MANAGER)
    answer_need(need=need, answer="From August", by=manager, now=datetime(2026, 7, 9, 23, 30, tzinfo=UTC))

    with pytest.raises(NeedAnswered, match="10 July 2026"):
        answer_need(need=need, answer="From September", by=manager, now=NOW)


def test_who_needs_something_and_who_answered_is_kept(member):
    unit = factories.make_unit(name="Customer Orders")
    head, manager = member(Role.BUSINESS_UNIT_HEAD, units=[unit]), member(Role.SERVICE_LEVEL_MANAGER)
    need = raise_need(business_unit=unit, service=None, text="More lines", by=head, now=NOW, time_zone="Europe/London")
    answer_need(need=need, answer="From January", by=manager, now=NOW)

    assert list(AuditEntry.objects.order_by("pk").values_list("act", "actor_id", "subject", "detail")) == [
        ("need.raised", head.user_id, "More lines", {"unit": "Customer Orders"}),
        ("need.answered", manager.user_id, "More lines", {"unit": "Customer Orders"}),
    ]


def test_open_needs_come_first_by_their_date(member):
    unit = factories.make_unit()
    answered = catalog.make_need(business_unit=unit, answered_at=NOW, answer="Yes", outcome="answered")
    later = catalog.make_need(business_unit=unit, answer_due_on=date(2026, 11, 30))
    sooner = catalog.make_need(business_unit=unit, answer_due_on=date(2026, 11, 12))
    catalog.make_need()  # of another unit

    assert list(list_needs(reader=member(Role.BUSINESS_MEMBER, units=[unit]))) == [sooner, later, answered]


def test_a_need_goes_from_the_business_to_it_and_back_in_the_browser(member, client_of):
    unit = factories.make_unit()
    service = catalog.make_service(slug="phones", name="Order desk phones")
    head = client_of(member(Role.BUSINESS_UNIT_HEAD, units=[unit]))
    owner = client_of(member(Role.SERVICE_OWNER))

    asked = head.get("/t/larkmoor/needs/new/?about=phones").context["form"]
    assert (asked.initial["service"], asked["business_unit"].initial) == (service.pk, unit.pk)
    sent = head.post(
        "/t/larkmoor/needs/new/", {"business_unit": unit.pk, "service": service.pk, "text": "Four more lines by June"}
    )
    need = Need.objects.get()
    owner.post(sent.url, {"answer": "They are ordered for May."})

    page = head.get(sent.url).content.decode()
    assert sent.url == f"/t/larkmoor/needs/{need.pk}/"
    assert "Four more lines by June" in page
    assert "They are ordered for May." in page


def test_nobody_asks_for_a_unit_that_is_not_theirs(member, client_of):
    own, other = factories.make_unit(), factories.make_unit()
    client = client_of(member(Role.BUSINESS_UNIT_HEAD, units=[own]))

    answer = client.post("/t/larkmoor/needs/new/", {"business_unit": other.pk, "text": "More for them"})

    assert answer.status_code == 422
    assert not Need.objects.exists()


def test_what_was_declined_says_why_and_its_raiser_is_told(member):
    need, manager = catalog.make_need(), member(Role.SERVICE_LEVEL_MANAGER)

    answer_need(need=need, answer="The phones are replaced in May", by=manager, now=NOW, outcome="declined")

    assert Need.objects.get().outcome == NeedOutcome.DECLINED
    told = Notification.objects.get(member=need.raised_by).text
    assert told == "IT will not do what you asked for: The phones are replaced in May"
    assert AuditEntry.objects.filter(act="need.declined").exists()


def test_a_need_becomes_a_service_in_the_pipeline_that_remembers_it(member, client_of):
    unit = factories.make_unit(name="Customer Orders")
    head = member(Role.BUSINESS_UNIT_HEAD, units=[unit])
    need = catalog.make_need(business_unit=unit, raised_by=head, text="Order by phone app")
    client, page = client_of(member(Role.SERVICE_LEVEL_MANAGER)), f"/t/larkmoor/needs/{need.pk}/"

    half = client.post(page, {"outcome": "proposed", "answer": "We propose it for the vote in January"})
    assert half.status_code == 422
    assert half.content.decode().count("A proposal needs this.") >= 2
    client.post(page, {
        "outcome": "proposed", "answer": "We propose it for the vote in January", "name": "Mobile ordering",
        "description": "Customers order from a phone app.", "service_class": "business",
    })  # fmt: skip

    need.refresh_from_db()
    assert (need.outcome, need.proposal.name, need.proposal.stage) == ("proposed", "Mobile ordering", "pipeline")
    assert need.proposal.transitions.get().reason == "Customer Orders needs it: Order by phone app"
    assert need.proposal.business_owner == head
    seen = client_of(head).get(page).content.decode()
    assert "Mobile ordering" in seen
    assert "services/mobile-ordering" not in seen  # not in the catalogue yet
    assert Notification.objects.filter(member=head, text__startswith="What you asked for is proposed").exists()


def test_nothing_is_proposed_twice_and_nothing_without_a_name(member):
    need, manager = catalog.make_need(), member(Role.SERVICE_LEVEL_MANAGER)
    details = ServiceDetails("Mobile ordering", "Customers order from a phone app.", "business")
    said = {"need": need, "answer": "Yes", "by": manager, "now": NOW, "today": NOW.date()}
    with pytest.raises(NothingToPropose):
        propose_for_need(details=ServiceDetails("", "", "business"), **said)
    propose_for_need(details=details, **said)

    with pytest.raises(NeedAnswered):
        propose_for_need(details=details, **said)

    assert Service.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"outcome": "answered"}, id="an outcome without an answer"),
        pytest.param({"answered_at": NOW}, id="an answer without an outcome"),
        pytest.param({"answered_at": NOW, "outcome": "proposed"}, id="a proposal without a service"),
        pytest.param({"answered_at": NOW, "outcome": "perhaps"}, id="another outcome"),
    ],
)
def test_the_database_keeps_answer_and_outcome_together(in_tenant, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        catalog.make_need(**fields)


def test_the_list_is_narrowed_by_state_unit_and_words_in_the_address(member, client_of, monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)
    orders, finance = factories.make_unit(slug="orders", name="Orders"), factories.make_unit(slug="finance")
    catalog.make_need(business_unit=orders, text="Price list")
    catalog.make_need(business_unit=orders, text="Late lists", answer_due_on=date(2026, 11, 2))
    catalog.make_need(business_unit=finance, text="Ledger at night", answered_at=NOW, outcome="declined")
    client = client_of(member(Role.SERVICE_LEVEL_MANAGER))

    def found(query):
        page = client.get(f"/t/larkmoor/needs/?{query}").content.decode()
        return [text for text in ("Price list", "Late lists", "Ledger at night") if text in page]

    assert found("") == ["Price list", "Late lists", "Ledger at night"]
    assert found("state=overdue") == ["Late lists"]
    assert found("state=overdue&state=declined") == ["Late lists", "Ledger at night"]
    assert found("unit=orders&state=waiting") == ["Price list"]
    assert found("q=LISTS") == ["Late lists"]
    assert found("state=strange") == []
    assert found("unit=strange&page=99") == []
