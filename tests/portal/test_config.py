"""A serving process does not start with a key that everybody can read in the sources."""

from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from portal import config


@pytest.mark.parametrize(
    ("key", "debug", "starts"),
    [
        pytest.param(config.INSECURE_KEY, False, False, id="the key of the sources"),
        pytest.param(config.INSECURE_KEY, True, True, id="the key of the sources, in development"),
        pytest.param("a long random text", False, True, id="a key of its own"),
    ],
)
def test_the_web_process_needs_a_key_of_its_own(key, debug, starts):
    chosen = replace(config.load(), secret_key=key, debug=debug)

    if starts:
        assert config.refuse_known_key(chosen) is None
    else:
        with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
            config.refuse_known_key(chosen)


@pytest.mark.parametrize(("variable", "seconds"), [("STATEMENT_SECONDS", 15), ("IDLE_SECONDS", 30)])
def test_limits_that_nobody_set(monkeypatch, variable, seconds):
    monkeypatch.delenv(variable, raising=False)

    assert getattr(config.load.__wrapped__(), variable.lower()) == seconds


@pytest.mark.parametrize(
    ("variable", "text", "words"),
    [
        ("TODAY", "10.11.2026", "TODAY is “10.11.2026”, which is no day: write it as 2026-11-10"),
        ("TODAY", "2026-02-30", "TODAY is “2026-02-30”"),
        ("STATEMENT_SECONDS", "15s", "STATEMENT_SECONDS is “15s”, which is no whole number: write it as 15"),
        ("IDLE_SECONDS", "x", "IDLE_SECONDS is “x”"),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES is “-1”"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_variable(monkeypatch, variable, text, words):
    monkeypatch.setenv(variable, text)

    with pytest.raises(ImproperlyConfigured, match=words):
        config.load.__wrapped__()


@pytest.mark.parametrize(
    ("setting", "seconds"),
    [
        ("statement_timeout", config.load().statement_seconds),
        ("lock_timeout", 5),
        ("idle_in_transaction_session_timeout", config.load().idle_seconds),
    ],
)
def test_no_process_holds_up_the_others(db, setting, seconds):
    """Each limit is its own: a worker whose statements may take longer waits no longer for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting::int / 1000 FROM pg_settings WHERE name = %s", [setting])
        assert cursor.fetchone() == (seconds,)
