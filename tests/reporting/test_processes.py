"""The form of a process owner: saved bit by bit, read by IT, and what IT asked is answered where it belongs."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from catalog.errors import CountedByHour, StepCounted, StepOfAnother
from catalog.models import BusinessProcess
from portal.accounts.models import Role
from portal.conversations.models import Notification
from reporting.actions.follow_ups import ask_for_context
from reporting.actions.standstill import CostDetails, drop_step, say_standstill
from reporting.actions.value import ImpactDetails, say_impact
from reporting.models import ContextKind, ContextRequest, StandstillCost
from reporting.queries.standstill import list_hour_costs
from tests import factories
from tests.catalog import factories as catalog

NOW = datetime.fromisoformat("2026-11-10T09:40:00+00:00")
TODAY = date(2026, 11, 10)
LIST = "/t/larkmoor/processes/"
PAGE, TELL = f"{LIST}order-to-cash/", f"{LIST}order-to-cash/tell/"
COST = CostDetails(100_000, 250_000, 400_000, "GBP", "Forty people wait")
HOURS = ImpactDetails("orders", Decimal("0.15"), Decimal("0.20"), 21400, {(0, 6): 610, (4, 5): 540})


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def unit(in_tenant):
    return factories.make_unit(slug="orders", name="Customer Orders")


@pytest.fixture
def service(in_tenant):
    return catalog.make_service(slug="ordering", name="Customer ordering", stage="catalogue")


@pytest.fixture
def rowan(unit, member):
    return member(Role.BUSINESS_MEMBER, units=[unit], user=factories.make_user(name="Rowan Tessaly"))


@pytest.fixture
def pavel(member):
    return member(Role.SERVICE_LEVEL_MANAGER, user=factories.make_user(name="Pavel Orsin"))


@pytest.fixture
def process(unit, service, rowan):
    process = catalog.make_process(unit, "Take the order", told_by=rowan, name="Order to cash", slug="order-to-cash")
    catalog.make_support(process.steps.get(), service)
    return process


def shown(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def test_an_owner_fills_it_in_bit_by_bit_and_it_reads_it(unit, service, rowan, pavel, client_of):
    client = client_of(rowan)
    made = client.post(f"{LIST}new/", {"business_unit": unit.pk, "name": "Order to cash", "purpose": "We are paid"})
    assert made.url == f"{TELL}?at=step"
    assert " autofocus" in shown(client, f"{TELL}?at=step")
    process = BusinessProcess.objects.get()

    client.post(TELL, {"part": "step", "step-name": "Take the order"})
    client.post(TELL, {"part": "step", "step-name": "Send the bill"})
    first, second = process.steps.order_by("position")
    for sent in (
        {"part": f"up-{second.pk}"},
        {"part": f"name-{second.pk}", f"name-{second.pk}-name": "Bill"},
        {"part": f"support-{first.pk}", f"support-{first.pk}-thing": f"service-{service.pk}",
         f"support-{first.pk}-role": "Takes the orders"},
        {"part": f"cost-{first.pk}", f"cost-{first.pk}-low": "1000", f"cost-{first.pk}-likely": "2500",
         f"cost-{first.pk}-high": "4000"},
        {"part": "peak", "peak-kind": "yearly", "peak-first_on": "2026-11-01", "peak-last_on": "2026-12-24",
         "peak-name": "Christmas"},
    ):  # fmt: skip
        assert client.post(TELL, sent).status_code == 302, sent

    words = shown(client_of(pavel), PAGE)
    assert words.index("1. Bill") < words.index("2. Take the order")
    assert "£1,000 to £4,000 an hour, most likely £2,500" in words
    assert "Each year, 1 November to 24 December" in words
    assert "Heavy now: Christmas, until Thu 24 Dec" in words
    assert "Rowan Tessaly, 10 Nov 2026" in words
    of_service = shown(client_of(pavel), "/t/larkmoor/services/ordering/")
    for said in ("Order to cash", "Take the order: takes the orders", "Heavy now: Christmas", "£1,000 to £4,000"):
        assert said in of_service
    listed = shown(client_of(pavel), LIST)
    assert "Not said yet: what each step rests on and what an hour of each step costs." in listed


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        pytest.param({"part": "step", "step-name": ""}, "This field is required", id="a step without words"),
        pytest.param({"part": "cost", "low": "5", "likely": "4", "high": "9"}, "cannot be below", id="out of order"),
        pytest.param({"part": "support", "thing": "service-0", "role": "x"}, "Select a valid", id="no such thing"),
        pytest.param({"part": "peak", "peak-kind": "weekly"}, "Choose at least one day", id="a week without days"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place_and_nothing_is_lost(process, rowan, client_of, sent, words):
    step = process.steps.get()
    if sent["part"] in ("cost", "support"):
        prefix = f"{sent['part']}-{step.pk}"
        sent = {"part": prefix} | {f"{prefix}-{name}": value for name, value in sent.items() if name != "part"}

    answer = client_of(rowan).post(TELL, sent)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not StandstillCost.objects.exists()


def test_what_it_asked_is_answered_by_what_is_filled_in(process, service, rowan, pavel, client_of):
    ask = ask_for_context(
        business_unit=process.business_unit, title="Peaks", question="When is it heavy?", purpose="to plan work",
        due_on=date(2026, 11, 16), by=pavel, now=NOW, kind=ContextKind.PEAKS, process=process,
    )  # fmt: skip
    client = client_of(rowan)
    poorer = "Until then what is ordered for the peak is a guess."
    assert poorer in shown(client, TELL)
    assert poorer in shown(client_of(pavel), "/t/larkmoor/services/ordering/")
    assert TELL in shown(client, f"/t/larkmoor/asks/{ask.pk}/")

    refused = client.post(TELL, {"part": f"answer-{ask.pk}"}, follow=True)
    assert "Nothing is filled in yet that answers “Peaks”" in refused.content.decode()
    catalog.make_peak(process, name="Weekend orders")
    client.post(TELL, {"part": f"answer-{ask.pk}"})

    ask.refresh_from_db()
    assert (ask.answer, ask.answered_by, ask.process) == ("Weekend orders: mondays, 08:00 to 11:00", rowan, process)
    assert Notification.objects.filter(member=pavel, text__contains="Rowan Tessaly answered “Peaks”").exists()
    for page in (TELL, PAGE, "/t/larkmoor/services/ordering/"):
        assert poorer not in shown(client_of(pavel) if page != TELL else client, page)
    assert "It stands at" in shown(client_of(pavel), f"/t/larkmoor/asks/{ask.pk}/")


def test_a_question_to_another_unit_is_not_answered_here(process, rowan, pavel, client_of):
    ask = ask_for_context(
        business_unit=factories.make_unit(), title="Peaks", question="When?", purpose="x", due_on=TODAY, by=pavel,
        now=NOW, kind=ContextKind.PEAKS,
    )  # fmt: skip
    catalog.make_peak(process)

    assert client_of(rowan).post(TELL, {"part": f"answer-{ask.pk}"}).status_code == 404
    assert not ContextRequest.objects.exclude(answered_at=None).exists()


def test_rows_of_another_process_are_not_found_through_this_one(process, rowan, client_of):
    other = catalog.make_process(process.business_unit, "Pick")
    peak, step = catalog.make_peak(other), other.steps.get()
    support = catalog.make_support(step, catalog.make_component())

    for part in (f"drop_peak-{peak.pk}", f"drop_step-{step.pk}", f"drop_support-{support.pk}", f"up-{step.pk}"):
        assert client_of(rowan).post(TELL, {"part": part}).status_code == 404
    assert client_of(rowan).post(TELL, {"part": "step-0x", "step-name": "x"}).status_code == 422
    assert (other.peaks.count(), other.steps.count(), step.supports.count()) == (1, 1, 1)


def test_what_was_said_on_an_earlier_day_stays(process, rowan):
    step = process.steps.get()
    for days, likely in ((9, 200_000), (0, 250_000), (0, 260_000)):
        details = CostDetails(100_000, likely, 400_000, "GBP")
        say_standstill(step=step, details=details, by=rowan, on=TODAY - timedelta(days=days), now=NOW)

    assert list(StandstillCost.objects.order_by("said_on").values_list("likely_minor", flat=True)) == [200_000, 260_000]
    assert "most likely £2,600" in list_hour_costs(steps=[step], currency="GBP")[step.pk].words


def test_what_is_counted_hour_by_hour_takes_no_range_besides(process, service, unit, rowan):
    step = process.steps.get()
    say_standstill(step=step, details=COST, by=rowan, on=TODAY - timedelta(days=1), now=NOW)
    counted = ImpactDetails(HOURS.unit_words, HOURS.lost_share_low, HOURS.lost_share_high, 21400, HOURS.hours, step)

    say_impact(service=service, unit=unit, details=counted, by=rowan, on=TODAY, now=NOW)

    cost = list_hour_costs(steps=[step], currency="GBP")[step.pk]
    assert cost.words.replace("\xa0", " ") == "£19,581 to £26,108 in the busiest hour, Monday at 06:00"
    with pytest.raises(CountedByHour, match="on the page of “Customer ordering”"):
        say_standstill(step=step, details=COST, by=rowan, on=TODAY, now=NOW)
    with pytest.raises(StepCounted, match="Rename it instead"):
        drop_step(step=step, by=rowan, now=NOW)


def test_hours_are_counted_only_for_a_step_of_the_unit_that_rests_on_the_service(process, service, unit, rowan):
    elsewhere = catalog.make_process(None, "Pick").steps.get()
    catalog.make_support(elsewhere, service)
    beside = catalog.make_process(unit, "Pay").steps.get()

    for step in (elsewhere, beside):
        details = ImpactDetails(HOURS.unit_words, HOURS.lost_share_low, HOURS.lost_share_high, 1, HOURS.hours, step)
        with pytest.raises(StepOfAnother):
            say_impact(service=service, unit=unit, details=details, by=rowan, on=TODAY, now=NOW)


@pytest.mark.parametrize("costs", [(-1, 0, 1), (2, 1, 3), (1, 3, 2)])
def test_the_database_keeps_a_range_in_order(process, rowan, costs):
    names = dict(zip(("low_minor", "likely_minor", "high_minor"), costs, strict=True))
    with pytest.raises(IntegrityError), transaction.atomic():
        StandstillCost.objects.create(step=process.steps.get(), currency="GBP", said_on=TODAY, said_by=rowan, **names)


def test_it_asks_about_a_process_of_the_unit_that_it_asks(process, pavel, client_of):
    other = factories.make_unit(slug="finance")
    sent = {
        "title": "Peaks", "question": "When?", "purpose": "to plan", "kind": "peaks", "due_on": "2026-11-16",
        "process": process.pk,
    }  # fmt: skip
    client = client_of(pavel)
    assert f'value="{process.pk}" selected' in shown(client, "/t/larkmoor/asks/new/?process=order-to-cash")

    refused = client.post("/t/larkmoor/asks/new/", sent | {"business_unit": other.slug})
    assert "a process of another unit" in refused.content.decode()
    client.post("/t/larkmoor/asks/new/", sent | {"business_unit": "orders"})

    assert ContextRequest.objects.get().process == process


def fill(unit, service, number):
    process = catalog.make_process(unit, "Take", "Send", name=f"Process {number:02}")
    for step in process.steps.all():
        catalog.make_support(step, service)
        StandstillCost.objects.create(
            step=step, low_minor=1, likely_minor=2, high_minor=3, currency="GBP", said_on=TODAY, said_by=step.told_by
        )
    catalog.make_peak(process)
    return process


@pytest.mark.parametrize("rows", [1, 20])
def test_pages_ask_as_often_for_many_processes_as_for_one(
    settings, unit, service, rowan, client_of, django_assert_num_queries, rows
):
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"
    for number in range(rows):
        fill(unit, service, number)
    catalog.make_process(unit, *(f"Step {n}" for n in range(rows)), slug="order-to-cash")
    client = client_of(rowan)

    for path, queries in ((LIST, 13), (PAGE, 16), (TELL, 20)):
        with django_assert_num_queries(queries):
            assert client.get(path).status_code == 200
