"""The HTTP API: who comes in, what they bring and read, and how it says no."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.exceptions import ConnectionError as NoValkey

from portal.accounts.actions.tokens import create_token, revoke_token
from portal.accounts.api import NO_TOKEN
from portal.accounts.models import ApiToken, Membership, Role
from portal.accounts.policies import SCOPES
from portal.tenancy.scope import tenant_scope
from slas.actions.attainments import recompute_dirty
from slas.actions.batches import Arrival, count_rows
from slas.models import DataGap, FactBatch, FactKind, Measurement, MeasurementRevision, PushedRequest, Volume
from slas.queries.rows import VolumeRow
from tests import factories
from tests.slas.factories import make_measure, make_target

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
ON = date(2026, 10, 6)
ROW = {"on": "2026-10-06", "total": 1284, "met": 1270}


class Clock:
    """The present instant of a test, which may be moved."""

    now = NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    Clock.now = NOW
    monkeypatch.setattr("portal.clock.now", lambda: Clock.now)
    cache.clear()


class Program:
    """A program with a key, as it talks to the API of one tenant."""

    def __init__(self, key, tenant="larkmoor"):
        self.client, self.tenant = Client(headers={"Authorization": f"Bearer {key}"}), tenant

    def url(self, name, **kwargs):
        return reverse(name, kwargs={"tenant": self.tenant} | kwargs)

    def get(self, name, query=None, **kwargs):
        return self.client.get(self.url(name, **kwargs), query)

    def push(self, slug, *rows, key=None, name="api_facts", **body):
        headers = {"Idempotency-Key": key} if key else None
        body = {"rows": list(rows)} | body
        return self.client.post(self.url(name, slug=slug), body, content_type="application/json", headers=headers)


def make_key(role=Role.SERVICE_OWNER, scopes=tuple(SCOPES), days=30, **fields):
    member = factories.make_member(role=role, **fields)
    return create_token(membership=member, name="Probe", scopes=scopes, days=days, by=member, now=NOW)


@pytest.fixture
def world(tenant):
    """One tenant with a unit, its promise on volumes and the measure “orders” behind it, and a key."""
    with tenant_scope(tenant.pk):
        unit = factories.make_unit()
        target = make_target("volume", unit=unit, measure=make_measure(FactKind.VOLUMES, slug="orders"))
        token, key = make_key()
    return {"tenant": tenant, "unit": unit, "target": target, "token": token, "key": key}


@pytest.fixture
def program(world):
    return Program(world["key"])


@pytest.fixture
def inside(world):
    """inside(action) is what the action finds in the tenant."""

    def run(action):
        with tenant_scope(world["tenant"].pk):
            return action()

    return run


def volumes():
    return list(Volume.objects.order_by("on").values_list("total", "met"))


# Who comes in


def test_a_key_says_its_tenant_and_only_a_hash_of_its_secret_is_kept(world, inside):
    prefix, tenant, key_id, secret = world["key"].split("_")
    assert (prefix, tenant, key_id, len(secret)) == ("parley", "larkmoor", world["token"].key_id, 64)

    def kept():
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(accounts_apitoken::text, '') FROM accounts_apitoken")
            return cursor.fetchone()[0]

    assert key_id in inside(kept)
    assert secret not in inside(kept)


def other_digit(key):
    return key[:-1] + ("0" if key[-1] != "0" else "1")


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(lambda key: None, id="no header"),
        pytest.param(lambda key: "", id="empty"),
        pytest.param(lambda key: f"Basic {key}", id="another scheme"),
        pytest.param(lambda key: "Bearer nonsense", id="no key"),
        pytest.param(lambda key: f"Bearer {other_digit(key)}", id="wrong secret"),
        pytest.param(lambda key: f"Bearer {key.replace('larkmoor', 'harbour')}", id="another tenant's name"),
        pytest.param(lambda key: f"Bearer {key.upper()}", id="capitals"),
        pytest.param(lambda key: f"Bearer {key} x", id="something behind"),
    ],
)
@pytest.mark.parametrize("slug", ["larkmoor", "harbour", "nobody"])
def test_whatever_is_wrong_gets_one_answer(world, other_tenant, header, slug):
    sent = header(world["key"])
    headers = {} if sent is None else {"Authorization": sent}

    answer = Client(headers=headers).get(f"/t/{slug}/api/v1/measures/")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json() == {"what": NO_TOKEN}


@pytest.mark.parametrize("slug", ["harbour", "nobody"])
def test_a_key_of_one_tenant_opens_no_other(world, other_tenant, slug):
    assert Program(world["key"], slug).get("api_measures").status_code == 401


@pytest.mark.parametrize("path", ["measures/", "measures/orders/facts/"])
def test_an_unknown_tenant_is_asked_the_same_questions(world, path, django_assert_num_queries):
    """The same number of queries, so that the time of the answer does not tell a tenant that exists."""
    for tenant in ("larkmoor", "nobody"):
        client = Client(headers={"Authorization": f"Bearer {other_digit(world['key'])}"})
        with django_assert_num_queries(9):
            client.get(f"/t/{tenant}/api/v1/{path}")


def test_a_session_is_no_key(world, client_of):
    answer = client_of(world["token"].membership).get("/t/larkmoor/api/v1/measures/")

    assert answer.status_code == 401


def expire():
    Clock.now = NOW + timedelta(days=30)


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(lambda token: revoke_token(token=token, by=token.membership, now=NOW), id="revoked"),
        pytest.param(lambda token: expire(), id="expired"),
        pytest.param(lambda token: Membership.objects.update(is_active=False), id="member left"),
        pytest.param(lambda token: type(token.membership.user).objects.update(is_active=False), id="user disabled"),
    ],
)
def test_a_key_that_ended_lets_in_no_more(world, program, inside, end):
    assert program.get("api_measures").status_code == 200

    inside(lambda: end(world["token"]))

    assert program.get("api_measures").status_code == 401


def test_the_day_of_the_last_use_is_kept_once_a_day(world, program, inside):
    for hours in (0, 1, 24):
        Clock.now = NOW + timedelta(hours=hours)
        program.get("api_measures")
        assert inside(ApiToken.objects.get).last_used_on == Clock.now.date()


CALLS = [
    ("get", "api_measures", {}, "results.read", set(Role)),
    ("get", "api_measure", {"slug": "orders"}, "results.read", set(Role)),
    ("get", "api_facts", {"slug": "orders"}, "results.read", set(Role)),
    ("get", "api_gaps", {"slug": "orders"}, "results.read", set(Role)),
    ("get", "api_attainments", {}, "results.read", set(Role)),
    ("post", "api_facts", {"slug": "orders"}, "facts.write", set(Role) - {Role.ADMINISTRATOR, Role.AUDITOR}),
    ("post", "api_gaps", {"slug": "orders"}, "facts.write", set(Role) - {Role.ADMINISTRATOR, Role.AUDITOR}),
]


@pytest.mark.parametrize(("method", "name", "where", "scope", "roles"), CALLS)
@pytest.mark.parametrize("role", Role)
def test_scope_and_role_are_both_needed(world, inside, method, name, where, scope, roles, role):
    body = {"rows": []}  # refused as a request, once it is let in
    let_in = 400 if method == "post" else 200

    for scopes in ([scope], [other for other in SCOPES if other != scope]):
        key = inside(lambda: make_key(role, scopes, units=[world["unit"]])[1])  # noqa: B023
        program = Program(key)
        answer = getattr(program.client, method)(program.url(name, **where), body, content_type="application/json")
        assert answer.status_code == (let_in if scopes == [scope] and role in roles else 403)


@pytest.mark.parametrize(("method", "name", "where", "scope", "roles"), CALLS)
def test_other_units_and_other_tenants_do_not_find_it(world, other_tenant, inside, method, name, where, scope, roles):
    outsider = Program(inside(lambda: make_key(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit()])[1]))
    with tenant_scope(other_tenant.pk):
        stranger = Program(make_key()[1], other_tenant.slug)

    for program in (outsider, stranger):
        answer = getattr(program.client, method)(
            program.url(name, **where), {"rows": [ROW]}, content_type="application/json"
        )
        if where:
            assert answer.status_code == 404
            assert answer.json() == {"what": "There is no such thing, or this token may not see it."}
        else:
            assert answer.json()["results"] == []
    assert inside(volumes) == []


# Bringing facts


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


# One key, one answer


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


# What is refused


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({}, "rows", id="no rows"),
        pytest.param({"rows": []}, "rows", id="empty"),
        pytest.param({"rows": "many"}, "rows", id="no list"),
        pytest.param({"rows": [1]}, "rows.0", id="no objects"),
        pytest.param({"rows": [ROW], "tenant": 2}, "tenant", id="an unknown field"),
        pytest.param({"rows": [ROW], "all_or_nothing": "perhaps"}, "all_or_nothing", id="no yes or no"),
        pytest.param({"rows": [ROW], "reason": "x" * 501}, "reason", id="too long"),
        pytest.param({"rows": [ROW] * 10_001}, "rows", id="too many"),
        pytest.param([ROW], "", id="no object"),
    ],
)
def test_a_request_that_is_not_valid_names_its_fields(program, inside, body, field):
    answer = program.client.post(program.url("api_facts", slug="orders"), body, content_type="application/json")

    assert answer.status_code == 400
    assert field in {each["field"] for each in answer.json()["errors"]}
    assert inside(volumes) == []


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        pytest.param("{", "application/json", 400, id="broken JSON"),
        pytest.param('{"rows": [{"on": "\\ud800"}]}', "application/json", 422, id="half a character"),
        pytest.param('{"rows": [{"on": "2026-10-06", "total": 1e999}]}', "application/json", 422, id="infinite"),
        pytest.param("a=1", "application/x-www-form-urlencoded", 415, id="a form"),
    ],
)
def test_what_cannot_be_read_is_refused(program, content, kind, status):
    answer = program.client.post(program.url("api_facts", slug="orders"), content, content_type=kind)

    assert answer.status_code == status
    assert answer.json().get("what") or answer.json()["errors"]


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_only_what_is_offered_can_be_done(program, method):
    answer = getattr(program.client, method)(program.url("api_facts", slug="orders"))

    assert answer.status_code == 405
    assert "not allowed" in answer.json()["what"]


@pytest.mark.parametrize("key", ["x" * 101, "a\x07b"])
def test_an_odd_idempotency_key_is_refused(program, key):
    assert program.push("orders", ROW, key=key).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        {"from": "yesterday"},
        {"from": "0001-01-01"},
        {"until": "9999-12-31"},
        {"from": "2026-10-02", "until": "2026-10-01"},
        {"from": "2025-01-01", "until": "2026-10-01"},
    ],
)
@pytest.mark.parametrize(("name", "where"), [("api_facts", {"slug": "orders"}), ("api_attainments", {})])
def test_a_range_is_in_order_and_at_most_400_days(program, query, name, where):
    answer = program.get(name, query, **where)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["what"]


@pytest.mark.parametrize("name", ["agreement", "target", "measure"])
def test_a_filter_is_a_short_name(program, name):
    answer = program.get("api_attainments", {name: "a\0b"})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == name


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["rows", "on", "total", "met", "tenant", "batch_id", "id"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=JSON)
def test_any_json_is_answered_in_words(program, body):
    cache.clear()
    answer = program.client.post(program.url("api_facts", slug="orders"), body, content_type="application/json")

    assert answer.status_code in (200, 207, 400, 422)
    assert answer.json()


# Reading


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


# How often


def test_too_many_requests_wait(program, monkeypatch):
    monkeypatch.setattr("portal.accounts.api.TokenThrottle.rate", "2/min", raising=False)
    statuses = [program.get("api_measures").status_code for _ in range(3)]
    answer = program.get("api_measures")

    assert statuses == [200, 200, 429]
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert "throttled" in answer.json()["what"]


def test_without_the_store_of_limits_reading_goes_on_and_writing_waits(program, monkeypatch, inside):
    def fail(*args, **kwargs):
        raise NoValkey

    monkeypatch.setattr("django.core.cache.backends.redis.RedisCache.get", fail)

    assert program.get("api_measures").status_code == 200
    answer = program.push("orders", ROW)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert inside(volumes) == []


# The description


@pytest.mark.parametrize("slug", ["larkmoor", "nobody"])
def test_the_description_is_open_and_the_same_for_all(world, slug):
    schema = Client(headers={"Accept": "application/vnd.oai.openapi+json"}).get(f"/t/{slug}/api/v1/schema/").json()
    page = Client().get(f"/t/{slug}/api/v1/docs/")

    push = schema["paths"]["/t/{tenant}/api/v1/measures/{slug}/facts/"]["post"]
    assert set(push["responses"]) == {"200", "207", "400", "401", "403", "404", "409", "422", "429", "503"}
    assert {"CasesRow", "ChecksRow", "GapsRow", "OutagesRow"} <= set(schema["components"]["schemas"])
    assert page.status_code == 200
    assert "<style" not in page.text


def test_checks_are_pushed_in_bulk(world, program, inside):
    inside(lambda: make_measure(FactKind.CHECKS, slug="probe"))
    rows = [
        {"at": f"2026-10-06T{hour:02}:{minute:02}:00Z", "state": "up"} for hour in range(24) for minute in range(60)
    ]

    assert program.push("probe", *rows).json()["new"] == 1440
    assert program.push("probe", *rows).json()["unchanged"] == 1440
    assert inside(Measurement.objects.count) == 1440
