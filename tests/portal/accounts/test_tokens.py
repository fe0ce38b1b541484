"""Tokens in the browser: made by administrators, shown once, revoked at once."""

import re
import statistics
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.actions.tokens import create_token, revoke_token
from portal.accounts.models import ApiToken, Role
from portal.accounts.policies import SCOPES
from portal.accounts.queries import find_token
from portal.audit.models import AuditEntry
from portal.tenancy.scope import tenant_scope
from tests import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _frame(monkeypatch, no_menu):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def admin(member):
    return member(Role.ADMINISTRATOR)


def url(name, **kwargs):
    return reverse(name, kwargs={"tenant": "larkmoor"} | kwargs)


def make_token(member, **fields):
    common = {"name": "Probe", "scopes": list(SCOPES), "days": 30, "by": member, "now": NOW}
    return create_token(membership=member, **common | fields)


def fields(member, **changed):
    return {"name": "Probe", "membership": member.pk, "scopes": ["facts.write"], "days": 90} | changed


def test_the_key_is_shown_once_and_nowhere_else(client_of, admin, in_tenant):
    browser = client_of(admin)

    shown = browser.post(url("token_create"), fields(admin))

    key = re.search(r"parley_larkmoor_[0-9a-f]{16}_[0-9a-f]{64}", shown.text).group()
    token = ApiToken.objects.get()
    assert find_token(key=key, tenant_slug="larkmoor", now=NOW) == token
    assert "no-store" in shown.headers["Cache-Control"]
    assert (token.scopes, token.expires_at) == (["facts.write"], NOW + timedelta(days=90))
    listed = browser.get(url("token_list")).text
    assert token.key_id in listed
    assert key.rpartition("_")[2] not in listed


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"scopes": []}, id="for nothing"),
        pytest.param({"scopes": ["everything"]}, id="unknown scope"),
        pytest.param({"days": 366}, id="too long"),
        pytest.param({"days": 0}, id="ended before it began"),
        pytest.param({"membership": 0}, id="as nobody"),
        pytest.param({"name": ""}, id="without a name"),
    ],
)
def test_what_makes_no_token(client_of, admin, changed):
    assert client_of(admin).post(url("token_create"), fields(admin, **changed)).status_code == 422
    assert not ApiToken.objects.exists()


def test_a_token_cannot_act_as_somebody_of_another_tenant(other_tenant, tenant, client_of):
    with tenant_scope(other_tenant.pk):
        stranger = factories.make_member(role=Role.ADMINISTRATOR)
    with tenant_scope(tenant.pk):
        admin = factories.make_member(role=Role.ADMINISTRATOR)

    answer = client_of(admin).post(url("token_create"), fields(stranger))

    assert answer.status_code == 422


def test_a_revoked_token_is_kept_and_lets_nobody_in(client_of, admin):
    token, key = make_token(admin)
    browser = client_of(admin)

    browser.post(url("token_revoke", token_id=token.pk))
    browser.post(url("token_revoke", token_id=token.pk))

    assert find_token(key=key, tenant_slug="larkmoor", now=NOW) is None
    assert "Revoked 10 Nov 2026" in browser.get(url("token_list")).text
    acts = AuditEntry.objects.filter(act__startswith="token.").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["token.created", "token.revoked"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_manage_tokens(client_of, member, role):
    token, _key = make_token(member(Role.ADMINISTRATOR))
    browser = client_of(member(role))

    assert browser.get(url("token_list")).status_code == 403
    assert browser.get(url("token_create")).status_code == 403
    assert browser.post(url("token_revoke", token_id=token.pk)).status_code == 403
    token.refresh_from_db()
    assert token.revoked_at is None


def test_a_token_of_another_tenant_is_not_found(other_tenant, tenant, client_of):
    with tenant_scope(other_tenant.pk):
        foreign, _key = make_token(factories.make_member(role=Role.ADMINISTRATOR))
    with tenant_scope(tenant.pk):
        admin = factories.make_member(role=Role.ADMINISTRATOR)

    assert client_of(admin).post(url("token_revoke", token_id=foreign.pk)).status_code == 404
    with tenant_scope(other_tenant.pk):
        foreign.refresh_from_db()
        assert foreign.revoked_at is None


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_needs_as_many_queries_for_many_as_for_one(client_of, admin, number, django_assert_num_queries):
    for _ in range(number):
        make_token(admin)
    browser = client_of(admin)
    browser.get(url("token_list"))

    with django_assert_num_queries(8):
        assert len(browser.get(url("token_list")).context["tokens"]) == number


@pytest.mark.long
def test_the_time_of_a_refusal_does_not_tell_a_tenant_that_exists(tenant):
    with tenant_scope(tenant.pk):
        token, key = make_token(factories.make_member(role=Role.ADMINISTRATOR))
        revoke_token(token=token, by=token.membership, now=NOW)
    times: dict[str, list[float]] = {"larkmoor": [], "nobody": []}

    for _ in range(100):
        for slug, taken in times.items():
            client = Client(headers={"Authorization": f"Bearer {key[:-1]}x"})
            start = time.perf_counter()
            assert client.get(f"/t/{slug}/api/v1/measures/").status_code == 401
            taken.append(time.perf_counter() - start)

    known, unknown = (statistics.median(taken) for taken in times.values())
    assert abs(known - unknown) / known < 0.1
