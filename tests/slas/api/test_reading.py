"""Measures, facts, figures and the description are read."""

from datetime import timedelta

import pytest
from django.test import Client

from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from slas.actions.attainments import close_figures, compute_attainments
from slas.actions.batches import Arrival, count_rows
from slas.calculation.periods import Period
from slas.models import FactKind, Measurement
from slas.queries.rows import VolumeRow
from tests.slas.api.programs import NOW, ON, ROW, Program, make_key
from tests.slas.factories import add_volume, make_measure, make_target


def test_facts_are_read_newest_first_page_by_page(world, program, inside):
    rows = [VolumeRow(ON + timedelta(days=day), day) for day in range(3)]
    arrival = Arrival("pushed")
    inside(lambda: count_rows(measure=world["target"].measure, fact="volumes", rows=rows, arrival=arrival, now=NOW))

    first = program.get("api_facts", {"limit": 2}, slug="orders").json()
    second = program.client.get(first["next"]).json()

    assert first["count"] == 3
    assert [each["total"] for each in first["results"] + second["results"]] == [2, 1, 0]
    assert program.get("api_facts", {"from": "2026-10-07", "until": "2026-10-08"}, slug="orders").json()["count"] == 1


def test_a_page_has_at_most_200_rows(world, program, inside):
    rows = [VolumeRow(ON - timedelta(days=day), day) for day in range(201)]
    arrival = Arrival("pushed")
    inside(lambda: count_rows(measure=world["target"].measure, fact="volumes", rows=rows, arrival=arrival, now=NOW))

    assert len(program.get("api_facts", {"limit": 1000}, slug="orders").json()["results"]) == 200


def test_a_measure_says_what_is_counted(world, program):
    measure = program.get("api_measure", slug="orders").json()

    assert (measure["kind"], measure["decider"], measure["service"]) == ("volumes", "IT", None)


@pytest.mark.parametrize("number", [1, 30])
def test_lists_need_as_many_queries_for_many_as_for_one(world, program, inside, number, django_assert_num_queries):
    inside(lambda: [make_target("volume", agreement=world["target"].agreement) for _ in range(number)])
    program.get("api_measures")

    with django_assert_num_queries(QUERIES):
        assert program.get("api_measures").json()["count"] == number + 1


QUERIES = 10


def test_a_batch_can_be_looked_up(program, other_tenant):
    told = program.push("orders", ROW, {"on": "never"}).json()

    batch = program.get("api_batch", batch_id=told["batch"]).json()

    assert (batch["state"], batch["rows"], batch["outcome"]["refused"]) == ("counted", 1, 1)
    with tenant_scope(other_tenant.pk):
        stranger = Program(make_key()[1], other_tenant.slug)
    assert stranger.get("api_batch", batch_id=told["batch"]).status_code == 404


@pytest.mark.parametrize("slug", ["larkmoor", "nobody"])
def test_the_description_is_open_and_the_same_for_all(world, slug):
    schema = Client().get(f"/t/{slug}/api/v1/schema/").json()
    page = Client().get(f"/t/{slug}/api/v1/docs/")
    attempt = Client().get(f"/t/{slug}/api/v1/docs/try/")

    push = schema["paths"]["/t/{tenant}/api/v1/measures/{slug}/facts/"]["post"]
    assert set(push["responses"]) == {"200", "207", "400", "401", "403", "404", "409", "422", "429", "503"}
    assert {"CasesRow", "ChecksRow", "GapsRow", "OutagesRow"} <= set(schema["components"]["schemas"])
    for path, methods in schema["paths"].items():
        for method, said in methods.items():
            assert f"{method.upper()} {path.replace('{tenant}', slug)}" in page.text
            assert f'id="{said["operationId"]}"' in page.text
    assert attempt.status_code == 200
    assert "<style" not in attempt.text


def test_checks_are_pushed_in_bulk(world, program, inside):
    inside(lambda: make_measure(FactKind.CHECKS, slug="probe"))
    rows = [
        {"at": f"2026-10-06T{hour:02}:{minute:02}:00Z", "state": "up"} for hour in range(24) for minute in range(60)
    ]

    assert program.push("probe", *rows).json()["new"] == 1440
    assert program.push("probe", *rows).json()["unchanged"] == 1440
    assert inside(Measurement.objects.count) == 1440


def test_a_key_of_the_business_reads_what_was_issued_to_it(world, inside):
    """A correction and a month that nobody issued are read by IT alone."""
    target = world["target"]

    def issue_october():
        add_volume(target.measure, ON, 100, 99)
        compute_attainments(targets=[target], periods=[Period(2026, 10)], now=NOW)
        close_figures(ids=target.attainments.values_list("pk", flat=True), now=NOW)
        add_volume(target.measure, ON + timedelta(days=1), 100, 90)
        compute_attainments(targets=[target], periods=[Period(2026, 10), Period(2026, 11)], now=NOW)
        return dict(target.attainments.filter(period_start=ON.replace(day=1)).values_list("revision", "pk"))

    revisions = inside(issue_october)
    business = Program(inside(lambda: make_key(Role.BUSINESS_UNIT_HEAD, units=[world["unit"]]))[1])
    manager = Program(world["key"])

    def read(program):
        found = program.get("api_attainments", {"from": "2026-10-01", "until": "2026-12-01"}).json()["results"]
        opened = [program.get("api_attainment", attainment_id=pk).status_code for _n, pk in sorted(revisions.items())]
        return [(each["period_start"], each["revision"], each["value"]) for each in found], opened

    assert read(business) == ([("2026-10-01", 1, "99.0")], [200, 404])
    assert read(manager) == ([("2026-11-01", 1, "–"), ("2026-10-01", 2, "94.5")], [200, 200])
