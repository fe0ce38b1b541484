"""What is refused is refused in words, by field."""

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.slas.api.programs import ROW, volumes


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
        pytest.param("[" * 100_000, "application/json", 400, id="lists without end"),
        pytest.param('{"rows":' + "[" * 5000 + "]" * 5000 + "}", "application/json", 400, id="deeper than any stack"),
        pytest.param('{"rows":[{"on":' + "[" * 18 + "]" * 18 + "}]}", "application/json", 400, id="a level too many"),
        pytest.param('{"rows":[{"on":' + "[" * 17 + "]" * 17 + "}]}", "application/json", 422, id="as deep as can be"),
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


@pytest.mark.parametrize("year", ["0001", "1989", "9000", "9999"])
def test_a_year_out_of_range_is_told_the_range(program, year):
    (error,) = program.get("api_attainments", {"from": f"{year}-12-31"}).json()["errors"]

    assert error == {"field": "from", "what": "Write a year from 1990 to 8999."}


@pytest.mark.parametrize("name", ["agreement", "target", "measure"])
def test_a_filter_is_a_short_name(program, name):
    answer = program.get("api_attainments", {name: "a b/c"})

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
