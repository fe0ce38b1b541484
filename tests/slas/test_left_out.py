"""An outage that is agreed not to count: said by a person, approved by a second one, and still felt."""

import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from portal.accounts.models import Role
from slas.actions.attainments import compute_attainments, recompute_dirty
from slas.actions.batches import Arrival, approve_batch, count_rows, enter_fact
from slas.calculation.periods import Period
from slas.models import Attainment, FactBatch, MeasurementRevision, Origin, Outage
from slas.queries.rows import OutageRow
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import at

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
STARTED, ENDED = at("2026-10-06 05:12"), at("2026-10-06 06:44")
WHY = "The shop had asked for this stop"


@pytest.fixture(autouse=True)
def _frame(monkeypatch, settings):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"


@pytest.fixture
def target(in_tenant):
    target = factories.make_target(unit=people.make_unit())
    factories.add_outage(target.measure, "2026-10-06 05:12", "2026-10-06 06:44", what="No orders")
    factories.add_outage(target.measure, "2026-10-14 11:20", "2026-10-14 11:50")
    compute_attainments(targets=[target], periods=[Period(2026, 10)], now=NOW)
    return target


@pytest.fixture
def bringer(member):
    return member(Role.SERVICE_OWNER)


@pytest.fixture
def second(member):
    return member(Role.SERVICE_LEVEL_MANAGER)


def row(**changes):
    return OutageRow(**{"started_at": STARTED, "ended_at": ENDED, "what": "No orders"} | changes)


def let_count(target, bringer, second, **changes):
    batch = enter_fact(measure=target.measure, row=row(**changes), by=bringer, reason="Agreed on the 9th", now=NOW)
    approve_batch(batch=batch, by=second, now=NOW)
    recompute_dirty(limit=10, now=NOW)


def lost():
    result = Attainment.objects.get().result
    return result["lost_seconds"], result["experienced"]["lost_seconds"]


def test_it_is_agreed_by_a_correction_that_a_second_person_approves(client_of, target, bringer, second):
    fields = {"started_at": "2026-10-06T05:12", "ended_at": "2026-10-06T06:44", "zone": "Europe/London"}
    address = f"/t/larkmoor/measures/{target.measure.slug}/enter/"
    client_of(bringer).post(address, fields | {"what": "No orders", "left_out_reason": WHY, "why": "Agreed on the 9th"})
    assert lost() == ("7320/1", 7320)

    batch = FactBatch.objects.get()
    assert WHY in client_of(second).get(f"/t/larkmoor/batches/{batch.pk}/").content.decode()
    approve_batch(batch=batch, by=second, now=NOW)
    recompute_dirty(limit=10, now=NOW)

    assert lost() == ("1800/1", 7320)  # people felt it all the same
    assert MeasurementRevision.objects.get().old["left_out_reason"] == ""


def test_the_reason_stands_with_the_figure(client_of, target, bringer, second):
    let_count(target, bringer, second, left_out_reason=WHY)
    attainment = Attainment.objects.get()
    event = attainment.result["events"][0]

    assert (event["left_out"], event["why"], event["counted_seconds"]) == (WHY, f"Agreed not to count: {WHY}", "0/1")
    closing = attainment.proof["evidence"]["closing"].replace("\u00a0", " ")
    assert f"2 events, 1 agreed not to count (6 Oct: {WHY})" in closing
    address = f"/t/larkmoor/attainments/{attainment.pk}"
    client = client_of(second)
    assert client.get(f"{address}/").content.decode().count(f"Agreed not to count: {WHY}") == 1
    lines = list(csv.DictReader(io.StringIO(client.get(f"{address}/evidence.csv").content.decode("utf-8-sig"))))
    (line,) = [each for each in lines if each["part"] == "event" and each["name"] == "No orders"]
    assert WHY in line["note"]
    assert client.get(f"{address}/evidence.json").json()["result"]["events"][0]["left_out"] == WHY


def test_it_is_taken_back_in_the_same_way(target, bringer, second):
    let_count(target, bringer, second, left_out_reason=WHY)
    let_count(target, bringer, second)

    assert lost() == ("7320/1", 7320)
    assert [each.old["left_out_reason"] for each in MeasurementRevision.objects.order_by("pk")] == ["", WHY]


def test_a_program_neither_says_nor_unsays_it(target, bringer, second):
    let_count(target, bringer, second, left_out_reason=WHY)

    later = row(ended_at=ENDED + timedelta(minutes=5))
    said = row(started_at=at("2026-10-14 11:20"), ended_at=at("2026-10-14 11:50"), left_out_reason="By a program")
    _, applied = count_rows(
        measure=target.measure, fact="outages", rows=[later, said], arrival=Arrival(Origin.IMPORTED), now=NOW
    )

    assert (applied.corrected, Outage.objects.count()) == (2, 2)
    kept = Outage.objects.order_by("started_at").values_list("ended_at", "left_out_reason")
    assert list(kept) == [(later.ended_at, WHY), (said.ended_at, "")]


def test_a_program_neither_says_nor_unsays_how_many_users_it_met(target, bringer, second):
    target.weighs_users = True
    target.save()
    let_count(target, bringer, second, affected_percent=Decimal(25))
    said = row(started_at=at("2026-10-14 11:20"), ended_at=at("2026-10-14 11:50"), affected_percent=Decimal(0))

    for rows in ([row(), said], [row(affected_percent=Decimal(0))]):
        count_rows(measure=target.measure, fact="outages", rows=rows, arrival=Arrival(Origin.IMPORTED), now=NOW)
    recompute_dirty(limit=10, now=NOW)

    assert lost() == (f"{5520 // 4 + 1800}/1", 7320)
    assert list(Outage.objects.order_by("started_at").values_list("affected_percent", flat=True)) == [25, None]


def test_a_closed_figure_gets_a_correction(target, bringer, second):
    Attainment.objects.update(closed_at=NOW)

    let_count(target, bringer, second, left_out_reason=WHY)

    assert [each.result["lost_seconds"] for each in Attainment.objects.order_by("revision")] == ["7320/1", "1800/1"]
