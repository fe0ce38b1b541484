"""Signing in is known to the audit; a refusal too."""

import pytest
from django.conf import global_settings
from django.test import Client
from django.urls import reverse

from portal import settings as portal_settings
from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from portal.tenancy.scope import tenant_scope
from tests import factories

PASSWORD = "seven green lorries"


@pytest.fixture
def dana(tenant):
    with tenant_scope(tenant.pk):
        user = factories.make_user(email="dana@larkmoor.example")
        user.set_password(PASSWORD)
        user.save()
        return factories.make_member(user=user, role=Role.SERVICE_OWNER)


def acts(tenant):
    with tenant_scope(tenant.pk):
        entries = AuditEntry.objects.order_by("id").values_list("act", "subject", "actor__email")
        return list(entries)


def sign_in(email="dana@larkmoor.example", password=PASSWORD, address="10.1.0.1"):
    client = Client(REMOTE_ADDR=address)
    client.answer = client.post(reverse("account_login"), {"login": email, "password": password})
    return client


def url(name):
    return reverse(name, kwargs={"tenant": "larkmoor"})


def test_a_password_is_kept_as_slowly_as_the_framework_advises(settings):
    assert not hasattr(portal_settings, "PASSWORD_HASHERS")  # the framework's own list, which grows with each version
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS

    user = factories.make_user(email="dana@larkmoor.example")
    user.set_password(PASSWORD)

    kind, rounds, *_ = user.password.split("$")
    assert (kind, int(rounds) >= 1_000_000) == ("pbkdf2_sha256", True)


def test_the_first_page_of_a_session_is_an_entry_and_the_next_is_not(tenant, dana):
    client = sign_in()
    assert client.answer["Location"] == "/"

    client.get(url("conversation_list"))
    client.get(url("conversation_list"))

    assert acts(tenant) == [("session.started", "service_owner", "dana@larkmoor.example")]


def test_each_session_is_an_entry(tenant, dana):
    for _ in range(2):
        sign_in().get(url("conversation_list"))

    assert [act for act, *_ in acts(tenant)] == ["session.started", "session.started"]


def test_a_refusal_is_an_entry_with_what_was_asked(tenant, dana, client_of):
    assert client_of(dana).get(url("member_list")).status_code == 403

    assert acts(tenant) == [("request.refused", "GET /t/larkmoor/admin/people/", "dana@larkmoor.example")]
    with tenant_scope(tenant.pk):
        assert AuditEntry.objects.get().detail == {"action": "member.manage"}


def test_the_refused_page_still_has_its_menu(dana, client_of):
    assert url("conversation_list") in client_of(dana).get(url("member_list")).content.decode()


def test_a_missing_page_still_has_its_menu(dana, client_of):
    answer = client_of(dana).get("/t/larkmoor/talk/999999/")

    assert answer.status_code == 404
    assert url("conversation_list") in answer.content.decode()


def test_a_failed_sign_in_is_logged_without_address_or_password(dana, caplog):
    sign_in(password="wrong horse battery", address="10.1.0.2")

    lines = [record.getMessage() for record in caplog.records if record.name == "portal.accounts.adapter"]
    assert lines == ["sign-in failed from 10.1.0.2"]


def test_nobody_gives_themselves_another_address(dana, client_of):
    assert client_of(dana).get("/account/email/").status_code == 404
    assert client_of(dana).post("/account/email/", {"action_add": "", "email": "x@example.org"}).status_code == 404


def test_nobody_signs_up(tenant):
    sent = {"email": "eve@example.org", "password1": PASSWORD, "password2": PASSWORD}

    answer = Client().post(reverse("account_signup"), sent)

    assert "account_signup" not in answer.get("Location", "")
    assert not factories.User.objects.filter(email="eve@example.org").exists()
