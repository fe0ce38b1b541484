"""The databases of the tests: migrated once in a run, copied for each process of it, emptied after a commit."""

import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
import psycopg
from django.db import connection, transaction
from django.test.utils import setup_databases, teardown_databases
from psycopg import sql

from portal import config

ONE_AT_A_TIME = 7_201  # the number of the lock under which a run's database is made and copied
FILLED_BY_MIGRATIONS = {"django_content_type", "auth_permission"}


@contextmanager
def owner_credentials() -> Iterator[None]:
    """Be the owner for making, migrating and emptying tables; the tests themselves never are."""
    owner = environ.Env.db_url_config(config.load().owner_database_url)
    usual = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD", "OPTIONS")}
    connection.close()
    connection.close_pool()  # after `close`, which would make the pool anew
    connection.settings_dict.update({"USER": owner["USER"], "PASSWORD": owner["PASSWORD"], "OPTIONS": {}})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(usual)


@contextmanager
def own_database() -> Iterator[None]:
    """One that is migrated for this process, which is the only one of its run."""
    with owner_credentials():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    yield
    with owner_credentials():
        teardown_databases(made, verbosity=0)


@contextmanager
def copied_database(*, run: str, process: str) -> Iterator[None]:
    """A copy for one of the processes that share a run: the first of them migrates, the others wait for it."""
    usual = connection.settings_dict["NAME"]
    whole = f"{config.test_database_name()}_{run[:8]}"
    copy = f"{whole}_{process}"
    with _alone() as owner:
        if not _names(owner, whole):
            _migrate(owner, whole)
        owner.execute(_said("CREATE DATABASE {} TEMPLATE {}", copy, whole))
    connection.settings_dict["NAME"] = copy
    yield
    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = usual
    with _alone() as owner:
        owner.execute(_said("DROP DATABASE {} WITH (FORCE)", copy))  # a pool closes its connections by and by
        if not _names(owner, f"{whole}_%"):
            owner.execute(_said("DROP DATABASE {}", whole))


def _migrate(owner: "psycopg.Connection[Any]", whole: str) -> None:
    """It has its name only when it is whole: another process would copy what a failure left behind."""
    half = f"{whole}_half"
    connection.settings_dict["TEST"]["NAME"] = half
    with owner_credentials():
        setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    connection.close_pool()
    owner.execute(_said("ALTER DATABASE {} RENAME TO {}", half, whole))


@contextmanager
def _alone() -> Iterator["psycopg.Connection[Any]"]:
    """The owner's connection beside the databases of the tests, for one process at a time."""
    with psycopg.connect(config.load().owner_database_url, autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        yield owner


def _names(owner: "psycopg.Connection[Any]", like: str) -> list[str]:
    wanted = like.replace("_", r"\_")
    return [name for (name,) in owner.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [wanted])]


def _said(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def fill_like_ours(owner_url: str, binaries: Path) -> None:
    """Make the tables of this process in the empty database of another server, as they are after the migrations.

    A copy takes seconds; migrating it takes a quarter of a minute. No row comes along that a test has committed.
    """
    ours = [str(binaries / "pg_dump"), "--no-owner", "--no-comments", "--dbname", _own_url()]
    kept = [f"--table=public.{table}" for table in sorted(FILLED_BY_MIGRATIONS | {"django_migrations"})]
    theirs = [str(binaries / "psql"), "--no-psqlrc", "--quiet", "--single-transaction", "--dbname", owner_url]
    for what in (["--schema-only"], ["--data-only", *kept]):
        tables = subprocess.run([*ours, *what], check=True, capture_output=True).stdout
        subprocess.run([*theirs, "--set=ON_ERROR_STOP=1"], input=tables, check=True, stdout=subprocess.DEVNULL)


def _own_url() -> str:
    return urlsplit(config.load().owner_database_url)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def remove_rows() -> None:
    """Take out all that was committed, from the few tables that hold something; `flush` makes every table anew,
    and fills what the migrations filled.
    """
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    asked = [f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in {*tables} - FILLED_BY_MIGRATIONS]
    with owner_credentials(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        filled = [table for (table,) in cursor.fetchall()]
        if filled:
            _switch_triggers(cursor, filled, "DISABLE")
            deleted = (f"gone_{number} AS (DELETE FROM {table})" for number, table in enumerate(filled))
            cursor.execute(f"WITH {', '.join(deleted)} SELECT 1")  # at once: rows name each other
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            _switch_triggers(cursor, filled, "ENABLE")


def _switch_triggers(cursor: Any, tables: Iterable[str], how: str) -> None:
    """Those that hold what was agreed, and keep the history: what is removed here is no act of anybody."""
    cursor.execute("; ".join(f"ALTER TABLE {table} {how} TRIGGER USER" for table in tables))
