"""One line is one event, and no line holds a secret."""

import json
import logging
import smtplib

import pytest
from django.db import IntegrityError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from portal.logs import JsonFormatter
from portal.tenancy.scope import tenant_scope
from tests import factories

SECRETS = ["seven green lorries", "prly_secret_token_value", "Bearer abcdef0123456789"]
VECTORS = [
    'x\n{"level": "INFO", "message": "forged"}',
    "x\r\nforged",
    "x\u2028forged",
    "x\u0085forged",
    "\x1b[2J\x1b[31mforged",
    "x\x00y",
    '","level":"CRITICAL","a":"',
    "%s%n%d",
]


def line_of(message, *values):
    record = logging.LogRecord("portal.test", logging.WARNING, __file__, 1, message, values, None)
    return JsonFormatter().format(record)


@pytest.mark.parametrize("text", VECTORS)
def test_no_text_becomes_a_second_line(text):
    line = line_of("sign-in failed from %s", text)

    assert len(line.splitlines()) == 1
    assert json.loads(line)["message"] == f"sign-in failed from {text}"
    assert json.loads(line)["level"] == "WARNING"


@given(text=st.text(st.characters(exclude_characters="@")))  # what could be a mail address is left out
def test_whatever_is_logged_is_read_back_as_one_line(text):
    line = line_of("%s", text)

    assert len(line.splitlines()) == 1
    assert json.loads(line)["message"] == text
    assert not any(ord(sign) < 32 for sign in line)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"dana.orsin+x@larkmoor.example": (550, b"5.1.1 no such user")}),
        IntegrityError("Key (email)=(dana.orsin+x@larkmoor.example) already exists."),
    ],
)
def test_no_mail_address_is_logged_whoever_names_it(error):
    line = line_of("mail %s was not taken: %s", "<7.larkmoor>", error)

    assert "dana" not in line
    assert "larkmoor.example" not in line
    assert "(mail address)" in line
    assert "550" in line or "already exists" in line


@pytest.mark.parametrize("address", ["dana@intranet", "d'orsin@larkmoor.example", "dana%it@mail.larkmoor.example"])
def test_an_address_is_left_out_whole(address):
    assert json.loads(line_of("not taken: <%s>.", address))["message"] == "not taken: <(mail address)>."


def test_an_error_is_one_line_with_its_story():
    try:
        raise ValueError("first\nsecond")
    except ValueError:
        import sys

        record = logging.LogRecord("portal.test", logging.ERROR, __file__, 1, "broken", (), sys.exc_info())

    line = JsonFormatter().format(record)

    assert len(line.splitlines()) == 1
    assert "first\nsecond" in json.loads(line)["exception"]


def test_the_tenant_in_force_is_in_the_line(tenant):
    assert json.loads(line_of("hello"))["tenant"] is None
    with tenant_scope(tenant.pk):
        assert json.loads(line_of("hello"))["tenant"] == tenant.pk


DOORS = [
    "/t/larkmoor/invitation/eyJhbGciOi:1abc:x_Y-z/",
    "/t/larkmoor/sign/pR3-x_Y7Zk/",
    "/account/password/reset/key/3-d1f2a0-0123456789abcdef/",
]


@pytest.mark.parametrize("path", DOORS)
def test_no_line_holds_an_address_that_lets_somebody_in(tenant, caplog, path):
    caplog.set_level(logging.DEBUG)
    Client().put(path)  # refused, and Django tells the log which address was
    try:
        raise ValueError(f"cannot render http://testserver{path}?x=1")
    except ValueError:
        logging.getLogger("portal.test").exception("broken at %s", path)

    lines = [JsonFormatter().format(record) for record in caplog.records]

    secret = path.rstrip("/").rpartition("/")[2]
    assert [line for line in lines if secret in line] == []
    assert lines[-1].count("(left out)/") == 2  # in the message and in the story of the error


def test_no_line_holds_what_was_typed_as_a_secret(tenant, caplog, client_of):
    caplog.set_level(logging.DEBUG)
    for name in ("django.db.backends", "asyncio"):  # questions are never logged in production
        logging.getLogger(name).setLevel(logging.INFO)
    client = Client(raise_request_exception=False, REMOTE_ADDR="10.90.0.1")
    client.post("/account/login/", {"login": "dana@larkmoor.example", "password": SECRETS[0]})
    client.post("/t/larkmoor/talk/", {"text": SECRETS[1]})
    client.get("/t/larkmoor/api/v1/measures/", headers={"Authorization": SECRETS[2]})
    with tenant_scope(tenant.pk):
        member = factories.make_member()
    signed_in = client_of(member)
    signed_in.raise_request_exception = False
    signed_in.post("/t/larkmoor/jobs/0/retry/", {"password": SECRETS[0]})

    lines = "\n".join(JsonFormatter().format(record) for record in caplog.records)

    assert caplog.records
    assert [secret for secret in SECRETS if secret in lines] == []
