"""A database of the benchmark's own: made and migrated by the owner, worked on as portal_app, removed at the end."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import environ
import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from portal import config

HERE = ("", "127.0.0.1", "::1", "localhost")
SETTINGS = ("server_version", "shared_buffers", "fsync", "synchronous_commit")


@dataclass(frozen=True)
class Owner:
    """The owner's connection: tables are made, emptied and tidied by it; what is timed never uses it."""

    connection: psycopg.Connection

    def run(self, statement: str) -> None:
        """Run one statement of ours."""
        self.connection.execute(sql.SQL(statement))  # type: ignore[arg-type]

    def tidy(self) -> None:
        """Let the planner know what is there, as autovacuum would by and by."""
        self.run("VACUUM ANALYZE")


@contextmanager
def thrown_away() -> Iterator[Owner]:
    """An empty, migrated database for the time of the block; Django works in it as portal_app."""
    owner = config.load().owner_database_url
    if not owner:
        command = ".venv/bin/python -m portal.runner test -- .venv/bin/python -m bench NAME"
        sys.exit(f"Set DATABASE_URL and OWNER_DATABASE_URL (`make servers` prints them), or run: {command}")
    name = f"bench_{os.getpid()}"
    with psycopg.connect(owner, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            _migrate(name)
            with psycopg.connect(_url_of(owner, name), autocommit=True) as inside:
                yield Owner(inside)
        finally:
            _leave()
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


@contextmanager
def as_owner() -> Iterator[None]:
    """Django works as the owner, whom no row policy binds: only to measure what the policy costs."""
    known = environ.Env.db_url_config(config.load().owner_database_url)
    usual = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD", "OPTIONS")}
    _leave()
    connection.settings_dict.update({"USER": known["USER"], "PASSWORD": known["PASSWORD"], "OPTIONS": {}})
    try:
        yield
    finally:
        _leave()
        connection.settings_dict.update(usual)


def clock() -> float:
    """Seconds of processor time of this process and of its database session: others may be busy beside the two.

    A session on another machine cannot be watched; the clock on the wall is read then.
    """
    connection.ensure_connection()
    session = Path(f"/proc/{connection.connection.info.backend_pid}")
    if connection.settings_dict["HOST"] not in HERE or not (session / "comm").read_text().startswith("postgres"):
        return time.perf_counter()
    return time.process_time() + int((session / "schedstat").read_text().split()[0]) / 1e9


def server_words() -> str:
    """The server's version and what makes it fast or safe, for the head of the report."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]
        cursor.execute("SELECT name, setting, coalesce(unit, '') FROM pg_settings WHERE name = ANY(%s)", [[*SETTINGS]])
        found = {name: setting + unit.replace("8kB", " × 8 kB") for name, setting, unit in cursor.fetchall()}
    return f"PostgreSQL {', '.join(f'{name} {found[name]}' for name in SETTINGS)}; as {role}"


def _migrate(name: str) -> None:
    usual = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD", "OPTIONS")}
    _leave()
    connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0)
    _leave()
    connection.settings_dict.update(usual)


def _leave() -> None:
    connection.close()
    connection.close_pool()


def _url_of(url: str, name: str) -> str:
    known = environ.Env.db_url_config(url)
    return psycopg.conninfo.make_conninfo(
        host=known["HOST"], port=known["PORT"], user=known["USER"], password=known["PASSWORD"], dbname=name
    )
