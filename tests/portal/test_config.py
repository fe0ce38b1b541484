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
