"""Whether the portal is ready is told to everybody; what is behind it is told to the log."""

import pytest
from django.core.cache import cache
from django.db import connection


@pytest.fixture
def no_broker(settings):
    """The broker's address leads to nobody."""
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://:hidden@127.0.0.1:1/0"}}
    cache.close()


@pytest.fixture
def no_database(transactional_db):
    """The database's address leads to nobody."""
    usual = dict(connection.settings_dict)
    connection.close()
    connection.close_pool()
    connection.settings_dict.update(HOST="127.0.0.1", PORT=1, OPTIONS={"connect_timeout": 1})
    yield
    connection.close()
    connection.settings_dict.update(usual)


def asked(client):
    answer = client.get("/readyz")
    return answer.status_code, answer.json()["parts"]


def test_a_broker_that_is_gone_is_named_without_its_address(db, client, no_broker, caplog):
    status, parts = asked(client)

    assert status == 503
    assert parts["database"] == "ok"
    assert parts["broker"] == "It does not answer as it should; the log of the web process tells why."
    assert "127.0.0.1:1" in caplog.text


def test_a_database_that_is_gone_is_named_without_its_role(client, no_database, caplog):
    status, parts = asked(client)

    assert status == 503
    assert parts["database"] == parts["migrations"]
    assert parts["database"] == "It does not answer as it should; the log of the web process tells why."
    assert "127.0.0.1" in caplog.text
