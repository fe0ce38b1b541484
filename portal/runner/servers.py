"""PostgreSQL and Valkey together: those that the environment names, else embedded ones."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.runner import keys, places, postgres, valkey
from portal.runner.errors import RunnerError
from portal.runner.places import Place
from portal.runner.processes import Children

THROW_AWAY = "test-"


def start(children: Children, *, for_tests: bool) -> dict[str, str]:
    """Start what is needed; returns the variables that lead to the servers.

    DATABASE_URL and OWNER_DATABASE_URL, or REDIS_URL, replace the embedded server.
    """
    secrets = keys.load(children.place)
    return {
        "SECRET_KEY": os.environ.get("SECRET_KEY") or secrets.secret_key,
        **_database(children, secrets, for_tests=for_tests),
        "REDIS_URL": os.environ.get("REDIS_URL") or valkey.start(children, secrets, for_tests=for_tests),
    }


def _database(children: Children, secrets: keys.Secrets, *, for_tests: bool) -> dict[str, str]:
    named = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "OWNER_DATABASE_URL")}
    if all(named.values()):
        return named
    if any(named.values()):
        missing = next(name for name, url in named.items() if not url)
        raise RunnerError(f"Set {missing} too: the portal works as portal_app, migrations run as portal_owner.")
    server = postgres.start(children, secrets, for_tests=for_tests)
    return {"DATABASE_URL": server.app_url, "OWNER_DATABASE_URL": server.owner_url}


def keep_whole_data(place: Place) -> bool:
    """Remove what the embedded servers keep if its making never ended; whether there was nothing to remove.

    Servers that the environment names are not touched. Call it before the servers start.
    """
    half = [] if _mark(place).exists() else [*place.folder.glob("postgres-*"), *place.folder.glob("valkey")]
    for folder in half:
        shutil.rmtree(folder)
    return not half


def call_whole(place: Place) -> None:
    """From now on the data of the place is kept."""
    _mark(place).touch()


def _mark(place: Place) -> Path:
    return place.folder / "whole"


@contextmanager
def thrown_away() -> Iterator[Children]:
    """A place for one run of the tests; it and those of killed runs are removed at the end."""
    remove_abandoned()
    place = places.make(Path(tempfile.mkdtemp(prefix=THROW_AWAY, dir=places.make_home())).name)
    try:
        with Children(place) as children:
            yield children
    finally:
        shutil.rmtree(place.folder, ignore_errors=True)


def remove_abandoned() -> None:
    """Stop and remove the throw-away servers of runs that were killed."""
    for folder in places.make_home().glob(f"{THROW_AWAY}*"):
        try:
            with Children(places.make(folder.name)):
                pass
        except RunnerError:
            continue  # a run that is under way holds its lock
        shutil.rmtree(folder, ignore_errors=True)
