"""Agreements in the browser: who sees what, and the way from a draft to a promise in force."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from slas.actions.agreement_states import propose_agreement
from slas.actions.attainments import close_figures, compute_attainments
from slas.calculation.periods import Period
from slas.models import (
    Agreement,
    AgreementState,
    Attainment,
    TargetKind,
)
from tests.slas import factories
from tests.slas.factories import at, every_day

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
LIST = "/t/larkmoor/agreements/"
PAGE = "/t/larkmoor/agreements/orders/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


WHO = ("manager", "owner", "auditor", "admin", "head", "business", "outsider")
READ = {"outsider": 404}
MANAGE = {who: 403 for who in WHO if who != "manager"} | {"outsider": 404}
GIVEN = [
    pytest.param("", READ, id="page"),
    pytest.param("v1/", READ, id="version"),
    pytest.param("v1/edit/", MANAGE, id="edit"),
    pytest.param("v1/revise/", MANAGE, id="revise"),
    pytest.param("v1/end/", {who: code for who, code in MANAGE.items() if who != "head"}, id="end"),
    pytest.param("v1/scope/new/", MANAGE, id="new scope"),
    pytest.param("v1/targets/new/", MANAGE, id="kinds of promise"),
    pytest.param("v1/targets/new/?kind=cases", MANAGE, id="new promise"),
    pytest.param("v1/targets/place-orders/edit/", MANAGE, id="edit promise"),
    pytest.param("v1/targets/place-orders/propose/", MANAGE, id="propose"),
    pytest.param("v1/duties/new/", MANAGE, id="new duty"),
]


@pytest.mark.parametrize(("path", "refused"), GIVEN)
def test_who_may_open_what(agreement, people_of, client_of, path, refused):
    codes = {who: client_of(person).get(PAGE + path).status_code for who, person in people_of.items()}

    assert codes == dict.fromkeys(people_of, 200) | refused


@pytest.mark.parametrize(("path", "refused"), GIVEN)
def test_a_stranger_finds_nothing(stranger, agreement, client_of, path, refused):
    assert client_of(stranger).get(PAGE + path).status_code == 404


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("v1/remove/", "agreement.manage"),
        ("v1/propose/", "agreement.manage"),
        ("v1/withdraw/", "agreement.manage"),
        ("v1/targets/place-orders/remove/", "agreement.manage"),
    ],
)
def test_only_the_manager_changes_a_draft(draft, people_of, client_of, path, right):
    propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)  # so that the business sees it
    codes = {
        who: client_of(person).post(PAGE + path).status_code for who, person in people_of.items() if who != "manager"
    }

    assert codes == {who: code for who, code in MANAGE.items() if who in codes}
    assert Agreement.objects.get(slug="orders").state == AgreementState.PROPOSED


def test_the_list_shows_the_agreements_of_the_reader(stranger, agreement, people_of, client_of):
    factories.make_agreement(name="Finance and IT")

    def names(person):
        return {row.agreement.name for row in client_of(person).get(LIST).context["rows"]}

    assert names(people_of["head"]) == {"Customer Orders and Larkmoor IT"}
    assert names(people_of["manager"]) == {"Customer Orders and Larkmoor IT", "Finance and IT"}
    assert "Customer Orders and Larkmoor IT" not in names(people_of["outsider"])
    assert client_of(stranger).get(LIST).status_code == 404


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"In force", "Draft", "Offer"}),
        ("?state=draft", {"Draft"}),
        ("?state=offer", {"Offer"}),
        ("?state=agreed", set()),
        ("?state=in_force", {"In force"}),
        ("?state=ended", {"Ended", "Expired"}),
        ("?kind=contract", {"Draft"}),
        ("?q=drAF", {"Draft"}),
        ("?q=unheard", set()),
        ("?state=nonsense", {"In force", "Draft", "Offer"}),
    ],
)
def test_filters_are_in_the_address(in_tenant, member, client_of, query, names):
    factories.make_agreement(name="In force")
    factories.make_agreement(name="Draft", state=AgreementState.DRAFT, kind="contract")
    factories.make_agreement(name="Offer", state=AgreementState.NEGOTIATION)
    factories.make_agreement(name="Ended", state=AgreementState.TERMINATED, ends_on=date(2026, 1, 1))
    factories.make_agreement(name="Expired", state=AgreementState.EXPIRED, ends_on=date(2026, 1, 1))

    response = client_of(member()).get(LIST + query)

    assert {row.agreement.name for row in response.context["rows"]} == names


def queries_for(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_reads_as_often_for_many_as_for_one(agreement, people_of, client_of):
    client = client_of(people_of["manager"])
    one = queries_for(client, LIST)
    for _ in range(29):
        factories.make_target(agreement=factories.make_agreement())

    assert (one, queries_for(client, LIST)) == (15, 15)


def test_a_page_reads_as_often_for_many_promises_as_for_one(agreement, people_of, client_of):
    client = client_of(people_of["manager"])
    targets = [agreement.targets.get()]
    compute_attainments(targets=targets, periods=[Period.parse("2026-10")], now=NOW)
    one = queries_for(client, PAGE)
    targets = [factories.make_target(agreement=agreement) for _ in range(29)]
    compute_attainments(targets=targets, periods=[Period.parse("2026-10")], now=NOW)

    assert (one, queries_for(client, PAGE)) == (25, 25)


def test_the_page_says_what_is_promised_and_how_it_was_kept(agreement, people_of, client_of):
    target = agreement.targets.get()
    target.service_hours = factories.make_hours(every_day(4, 22), words="04:00 to 22:00, every day")
    target.excluded_work, target.planned_notice_days, target.planned_cap_seconds = ["planned"], 5, 7200
    target.save()
    factories.add_outage(target.measure, "2026-10-06 05:12", "2026-10-06 09:12")
    compute_attainments(targets=[target], periods=[Period.parse("2026-10")], now=NOW)

    close_figures(ids=target.attainments.values_list("pk", flat=True), now=NOW)

    page = client_of(people_of["head"]).get(PAGE).content.decode().replace("\u00a0", " ")

    for words in (
        "Customers can place orders",
        "Service hours: 04:00 to 22:00, every day, London time.",
        "Announced and approved planned work is taken out with 5 working days (Monday to Friday) of notice, up to 2 h a"
        " month.",
        "Emergency work and work of a supplier count as time without the service.",
        "Orders are saved",
        "Allowed: 2 h 47 min.",
        "In force since 1 January 2025",
        f"/t/larkmoor/attainments/{Attainment.objects.get().pk}/",
    ):
        assert words in page


def test_a_draft_is_invisible_to_the_business_until_it_is_proposed(draft, people_of, client_of):
    head, manager = client_of(people_of["head"]), client_of(people_of["manager"])
    assert head.get(PAGE).status_code == head.get(f"{PAGE}v1/").status_code == 404

    proposed = manager.post(f"{PAGE}v1/propose/")

    assert proposed.status_code == 302
    assert head.get(PAGE).status_code == 200


def test_the_last_month_is_said_by_its_worst_promise(agreement, people_of, client_of):
    kept = agreement.targets.get()
    missed = factories.make_target(agreement=agreement)
    factories.add_outage(missed.measure, "2026-10-06 05:12", "2026-10-06 19:12")
    factories.make_target(TargetKind.VOLUME, agreement=agreement)
    targets = list(agreement.targets.all())
    compute_attainments(targets=targets, periods=[Period.parse("2026-10")], now=at("2026-11-05 09:00"))

    (row,) = client_of(people_of["manager"]).get(LIST).context["rows"]

    assert kept.pk != missed.pk
    assert (row.letter, row.last, row.promises) == ("M", "October: 1 of 3 missed", 3)


def test_the_business_reads_the_last_month_that_was_issued(agreement, people_of, client_of):
    target = agreement.targets.get()
    factories.add_outage(target.measure, "2026-10-06 05:12", "2026-10-06 19:12")
    compute_attainments(targets=[target], periods=[Period.parse("2026-09"), Period.parse("2026-10")], now=NOW)
    september = target.attainments.get(period_start=date(2026, 9, 1))
    close_figures(ids=[september.pk], now=NOW)

    def seen_by(who):
        client = client_of(people_of[who])
        (row,), (promise,) = client.get(LIST).context["rows"], client.get(PAGE).context["page"].promises
        return row.last, promise.latest.period_start.month, promise.history

    assert seen_by("head") == ("September: 1 of 1 kept", 9, ("K",))
    assert seen_by("manager") == ("October: 1 of 1 missed", 10, ("K", "M"))
