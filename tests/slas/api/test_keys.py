"""Who comes in, as whom, and how often."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from redis.exceptions import ConnectionError as NoValkey

from portal.accounts.actions.tokens import revoke_token
from portal.accounts.api import NO_TOKEN
from portal.accounts.models import ApiToken, Membership, Role
from portal.accounts.policies import SCOPES
from portal.tenancy.scope import tenant_scope
from tests import factories
from tests.slas.api.programs import NOW, ROW, Clock, Program, make_key, volumes


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


def test_too_many_requests_wait(program, monkeypatch):
    monkeypatch.setattr("portal.accounts.api.TokenThrottle.rate", "2/min", raising=False)
    monkeypatch.setattr("portal.accounts.api.TokenThrottle.timer", lambda throttle: NOW.timestamp())
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
