"""The typed environment: every setting that an installation may change, in one place."""

import os
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
INSECURE_KEY = "insecure-key-for-commands-that-need-no-secrets"


@dataclass(frozen=True, slots=True)
class Config:
    """What the environment says; every value has a safe default except those that a server needs."""

    database_url: str
    owner_database_url: str
    redis_url: str
    secret_key: str
    debug: bool
    demo: bool
    allowed_hosts: list[str]
    site_url: str
    files_dir: Path
    today: date | None
    statement_seconds: int
    idle_seconds: int
    trusted_proxies: int
    mail_url: str
    mail_from: str


@cache
def load() -> Config:
    """Read the environment once.

    Raises django.core.exceptions.ImproperlyConfigured with the variable's name when a value cannot be read.
    """
    env = environ.Env()
    return Config(
        database_url=env.str("DATABASE_URL", default="postgres://portal_app@127.0.0.1:5432/parley"),
        owner_database_url=env.str("OWNER_DATABASE_URL", default=""),
        redis_url=env.str("REDIS_URL", default="redis://127.0.0.1:6379/0"),
        secret_key=env.str("SECRET_KEY", default=INSECURE_KEY),
        debug=env.bool("DEBUG", default=False),
        demo=env.bool("DEMO", default=False),
        allowed_hosts=env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"]),
        site_url=env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/"),
        files_dir=Path(env.str("FILES_DIR", default=str(ROOT / ".run" / "files"))),
        today=_day(env, "TODAY"),
        statement_seconds=_whole(env, "STATEMENT_SECONDS", default=15),
        idle_seconds=_whole(env, "IDLE_SECONDS", default=30),
        trusted_proxies=_whole(env, "TRUSTED_PROXIES", default=0),
        mail_url=env.str("MAIL_URL", default="consolemail://"),
        mail_from=env.str("MAIL_FROM", default="Parley <parley@localhost>"),
    )


def _day(env: environ.Env, name: str) -> date | None:
    text = env.str(name, default="")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is “{text}”, which is no day: write it as 2026-11-10.") from error


def _whole(env: environ.Env, name: str, *, default: int) -> int:
    text = env.str(name, default=str(default))
    if not (text.isascii() and text.isdigit()):
        raise ImproperlyConfigured(f"{name} is “{text}”, which is no whole number: write it as {default}.")
    return int(text)


def refuse_known_key(chosen: Config) -> None:
    """Stop a serving process whose SECRET_KEY everybody can read here: it would let them forge sessions.

    Raises django.core.exceptions.ImproperlyConfigured with what to do. Development (DEBUG) may use any key.
    """
    if chosen.secret_key == INSECURE_KEY and not chosen.debug:
        raise ImproperlyConfigured("Set SECRET_KEY to a long random text; it must stay secret (docs/operations.md).")


def test_database_name() -> str:
    """The name of the test database, so that two test runs on one server do not meet."""
    return os.environ.get("PARLEY_TEST_DB", "test_parley")
