"""Facts are brought: they count at once, and the same ones again change nothing."""

from datetime import timedelta

import pytest

from slas.actions.attainments import recompute_dirty
from slas.models import DataGap, FactBatch, FactKind, MeasurementRevision, Outage, PushedRequest
from tests.slas.api.programs import NOW, ROW, Clock, Program, make_key, volumes
from tests.slas.factories import make_measure


def test_pushed_facts_count_at_once(world, program, inside):
    answer = program.push("orders", ROW, {"on": "2026-10-07", "total": 10, "met": 11}, reason="Nightly count")

    assert answer.status_code == 200
    told = answer.json()
    assert told | {"warnings": []} == {
        "batch": inside(FactBatch.objects.get).pk,
        "new": 2,
        "unchanged": 0,
        "corrected": 0,
        "refused": 0,
        "errors": [],
        "warnings": [],
    }
    assert [(each["row"], each["what"]) for each in told["warnings"]] == [(2, "11 in their standard of 10 counted")]
    assert inside(volumes) == [(1284, 1270), (10, 11)]
    batch = inside(FactBatch.objects.get)
    assert (batch.state, batch.origin, batch.brought_by_id) == ("counted", "pushed", world["token"].membership_id)


def test_the_same_facts_again_change_nothing(program, inside):
    program.push("orders", ROW)

    answer = program.push("orders", ROW)

    assert (answer.json()["new"], answer.json()["unchanged"]) == (0, 1)
    assert inside(MeasurementRevision.objects.count) == 0


def test_another_value_replaces_the_old_one_which_is_kept(program, inside):
    program.push("orders", ROW)

    answer = program.push("orders", ROW | {"total": 1300}, reason="Counted again")

    assert answer.json()["corrected"] == 1
    kept = inside(MeasurementRevision.objects.get)
    assert (kept.old["total"], kept.new["total"], kept.reason) == (1284, 1300, "Counted again")


def test_right_rows_are_stored_and_wrong_ones_named(program, inside):
    answer = program.push("orders", ROW, {"on": "7 October", "total": -1}, {"on": "2026-10-06", "total": 1})

    assert answer.status_code == 207
    told = [(each["row"], each["field"], each["what"]) for each in answer.json()["errors"]]
    assert told == [
        (2, "on", "“7 October” is not a date"),
        (2, "total", "“-1” is not a possible count"),
        (3, "on", "2026-10-06 stands in row 1 with other values"),
    ]
    assert all(each["to_do"] for each in answer.json()["errors"])
    assert inside(volumes) == [(1284, 1270)]


@pytest.mark.parametrize(
    "rows",
    [pytest.param([ROW, {"on": "never"}], id="all or nothing"), pytest.param([{"on": "never"}], id="nothing is right")],
)
def test_nothing_is_stored_when_nothing_may_be(program, inside, rows):
    answer = program.push("orders", *rows, all_or_nothing=True)

    assert answer.status_code == 422
    assert answer.json()["batch"] is None
    assert inside(volumes) == []
    assert inside(FactBatch.objects.count) == 0


def test_what_people_agreed_about_an_outage_is_read_and_not_pushed(program, inside):
    outage = {"started_at": "2026-10-06T04:12:00Z", "ended_at": "2026-10-06T05:44:00Z", "what": "No orders"}
    measure = inside(lambda: make_measure(FactKind.OUTAGES, slug="tills"))
    program.push("tills", outage)
    inside(lambda: Outage.objects.update(left_out_reason="Agreed stop", affected_percent=25))

    again = program.push("tills", outage)
    refused = program.push("tills", outage | {"left_out_reason": "Ours", "affected_percent": 0})

    assert again.json()["unchanged"] == 1
    assert refused.status_code == 422
    assert {problem["field"]: problem["what"] for problem in refused.json()["errors"]} == {
        "left_out_reason": "“Ours” is agreed between people, so that a program cannot say it",
        "affected_percent": "“0” is agreed between people, so that a program cannot say it",
    }
    (read,) = program.get("api_facts", {"from": "2026-10-01", "until": "2026-11-01"}, slug=measure.slug).json()[
        "results"
    ]
    assert (read["left_out_reason"], read["affected_percent"]) == ("Agreed stop", 25)


def test_gaps_are_pushed_beside_the_facts(program, inside):
    answer = program.push(
        "orders", {"started_at": "2026-12-24T18:00:00Z", "ended_at": "2026-12-27T06:00:00Z"}, name="api_gaps"
    )

    assert answer.status_code == 200
    assert inside(DataGap.objects.count) == 1


def test_the_figure_follows(world, program, inside):
    program.push("orders", ROW)
    inside(lambda: recompute_dirty(limit=10, now=NOW))

    found = program.get("api_attainments", {"from": "2026-10-01", "until": "2026-11-01"}).json()["results"]

    assert [(each["period_start"], each["value"], each["status"]) for each in found] == [("2026-10-01", "98.9", "kept")]
    proven = program.get("api_attainment", attainment_id=found[0]["id"]).json()
    assert (proven["result"]["met"], proven["result"]["total"]) == (1270, 1284)
    assert proven["proof"]["lines"]


def test_the_same_request_under_one_key_is_answered_once(program, inside):
    first = program.push("orders", ROW, key="night-1")
    again = program.push("orders", ROW, key="night-1")

    assert again.json() == first.json()
    assert again.json()["new"] == 1
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert inside(FactBatch.objects.count) == 1


def test_another_request_under_the_same_key_is_refused(world, program, inside):
    program.push("orders", ROW, key="night-1")
    inside(lambda: make_measure(FactKind.VOLUMES, slug="claims"))

    for answer in (
        program.push("orders", ROW | {"total": 1}, key="night-1"),
        program.push("claims", ROW, key="night-1"),
    ):
        assert answer.status_code == 422
        assert "Use a new key" in answer.json()["what"]
    assert inside(volumes) == [(1284, 1270)]


def test_a_key_is_forgotten_after_a_day(program, inside):
    program.push("orders", ROW, key="night-1")
    Clock.now = NOW + timedelta(hours=24, seconds=1)

    answer = program.push("orders", ROW | {"total": 1300}, key="night-1")

    assert answer.json()["corrected"] == 1
    assert inside(PushedRequest.objects.count) == 1


def test_each_token_has_its_own_keys(world, program, inside):
    program.push("orders", ROW, key="night-1")
    other = Program(inside(lambda: make_key()[1]))

    assert other.push("orders", ROW | {"total": 1300}, key="night-1").status_code == 200


def test_an_answer_that_stored_nothing_is_kept_too(program, inside):
    bad = {"on": "never"}

    assert program.push("orders", bad, key="night-1").status_code == 422
    assert program.push("orders", bad, key="night-1").headers["Idempotency-Replayed"] == "true"
    assert program.push("orders", ROW, key="night-1").status_code == 422
    assert inside(volumes) == []
