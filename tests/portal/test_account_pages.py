"""Signing in, out, and a forgotten password, from end to end."""

import re

import pytest
from django.core import mail

from tests import factories

PASSWORD = "correct horse battery"
NEW_PASSWORD = "staple of the warehouse"


@pytest.fixture
def ines(db):
    user = factories.make_user(email="ines@larkmoor.example", name="Ines Calder")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, password):
    return client.post("/account/login/", {"login": "ines@larkmoor.example", "password": password})


def test_a_stranger_finds_the_form_and_nothing_else(client, db):
    page = client.get("/account/login/").content.decode()

    assert '<h1 id="heading">Sign in</h1>' in page
    assert "Your menu" not in page
    assert "sends you an invitation" in page


def test_a_wrong_password_is_said_without_telling_who_exists(client, ines):
    page = sign_in(client, "wrong").content.decode()

    assert "There is 1 thing to put right" in page
    assert "_auth_user_id" not in client.session


def test_the_right_password_signs_in_and_the_menu_signs_out(client, ines):
    assert sign_in(client, PASSWORD).status_code == 302
    assert client.session["_auth_user_id"] == str(ines.pk)

    assert client.post("/account/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_signing_out_asks_first_when_it_is_only_a_link(client, ines):
    client.force_login(ines)

    assert "Sign out?" in client.get("/account/logout/").content.decode()
    assert client.session["_auth_user_id"] == str(ines.pk)


def test_nobody_signs_up(client, db):
    assert "You join by invitation" in client.get("/account/signup/").content.decode()


def test_a_forgotten_password_is_set_anew_by_the_link_in_the_mail(client, ines, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post("/account/password/reset/", {"email": ines.email}, follow=True)
    assert "Look into your mail" in asked.content.decode()
    message = mail.outbox[0]
    link = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", message.body)[1]
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    done = client.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}, follow=True)

    assert "Set a new password" in message.subject
    assert "do nothing: your password stays as it is" in message.body
    assert "Your new password is set" in done.content.decode()
    assert sign_in(client, NEW_PASSWORD).status_code == 302


def test_a_link_works_once(client, ines, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/password/reset/", {"email": ines.email})
    link = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", mail.outbox[0].body)[1]
    ines.set_password(NEW_PASSWORD)
    ines.save()

    assert "This link no longer works" in client.get(link).content.decode()


def test_the_password_is_changed_by_its_owner(client, ines):
    client.force_login(ines)
    given = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post("/account/password/change/", given)
    ines.refresh_from_db()

    assert ines.check_password(NEW_PASSWORD)
