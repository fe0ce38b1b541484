"""Connections past Django: as the role that the portal runs as, and as the owner, to the database of the tests."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from urllib.parse import urlsplit

import psycopg
from django.db import connection

from portal import config


@contextmanager
def connected(url: str, **options: object) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """A connection of its own to the test database, in the role of that URL; closed at the end."""
    parts = urlsplit(url)
    with psycopg.connect(
        host=parts.hostname,
        port=parts.port,
        user=parts.username,
        password=parts.password,
        dbname=str(connection.settings_dict["NAME"]),
        **options,  # type: ignore[arg-type]
    ) as link:
        yield link


def as_app(**options: object) -> AbstractContextManager["psycopg.Connection[tuple[object, ...]]"]:
    """As portal_app."""
    return connected(config.load().database_url, **options)


def as_owner(**options: object) -> AbstractContextManager["psycopg.Connection[tuple[object, ...]]"]:
    """As portal_owner."""
    return connected(config.load().owner_database_url, **options)
