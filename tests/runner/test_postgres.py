"""The embedded PostgreSQL: roles that prove something, data that stays, a start that survives a kill -9."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from portal.runner import keys, postgres, roles, servers, valkey
from portal.runner.errors import RunnerError
from portal.runner.places import CHECKOUT
from portal.runner.processes import Children, birth

pytestmark = pytest.mark.xdist_group("runner's server")  # one server for all that ask it
RUN_AND_WAIT = """
import sys, time
from portal.runner import keys, places, postgres, valkey
from portal.runner.processes import Children
place = places.make(sys.argv[1])
with Children(place) as children:
    server = postgres.start(children, keys.load(place), for_tests=False)
    print(server.owner_url, valkey.start(children, keys.load(place), for_tests=False), flush=True)
    print(*[known.pid for known in children.running], flush=True)
    time.sleep(600)
"""


def one(url, query, *values):
    with psycopg.connect(url) as connection:
        return connection.execute(query, values).fetchone()


@pytest.mark.parametrize(
    ("role", "superuser", "bypasses", "creates_databases", "signs_in"),
    [
        pytest.param("portal_owner", False, True, True, True, id="owner"),
        pytest.param("portal_app", False, False, False, True, id="app"),
        pytest.param("portal_backup", False, True, False, True, id="backup"),
    ],
)
def test_roles(server, role, superuser, bypasses, creates_databases, signs_in):
    query = "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcanlogin FROM pg_roles WHERE rolname = %s"

    assert one(server.admin_url, query, role) == (superuser, bypasses, creates_databases, signs_in)


def test_only_the_test_owner_may_make_databases(place):
    with Children(place) as children:
        server = postgres.start(children, keys.load(place), for_tests=False)

        assert one(server.admin_url, "SELECT rolcreatedb FROM pg_roles WHERE rolname = 'portal_owner'") == (False,)


def test_the_owner_owns_and_the_app_makes_nothing(server):
    assert one(server.owner_url, "SELECT has_schema_privilege('public', 'CREATE')") == (True,)
    assert one(server.app_url, "SELECT has_schema_privilege('public', 'CREATE')") == (False,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        one(server.app_url, "CREATE TABLE mine (id int)")


@pytest.mark.parametrize("extension", ["pg_trgm", "unaccent", "btree_gist"])
def test_the_owner_may_add_the_extensions_that_the_portal_uses(server, extension):
    with psycopg.connect(server.owner_url) as connection:
        connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        connection.rollback()


def test_text_sorts_the_same_on_every_machine(server):
    words = "SELECT array_agg(word ORDER BY word) FROM unnest(ARRAY['b', 'É', 'a', 'B', 'Z']) AS word"

    assert one(server.app_url, words) == (["B", "Z", "a", "b", "É"],)
    assert one(server.app_url, "SELECT lower('É')") == ("é",)


def test_a_wrong_password_is_refused(server):
    url = server.app_url.replace(server.secrets.app, "guess")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url)


def test_making_roles_again_corrects_them(server):
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        admin.execute("ALTER ROLE portal_app BYPASSRLS CREATEDB")

    roles.create_from_urls(admin_url=server.admin_url, owner_url=server.owner_url, app_url=server.app_url)

    query = "SELECT rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = 'portal_app'"
    assert one(server.admin_url, query) == (False, False)


@pytest.mark.parametrize(
    ("app_url", "sentence"),
    [
        pytest.param("postgres://app:x@db/parley", "DATABASE_URL must name the role portal_app", id="other role"),
        pytest.param("postgres://portal_app@db/parley", "must hold a password", id="no password"),
        pytest.param("postgres://portal_app:x@db", "must hold a password and a database", id="no database"),
        pytest.param("postgres://portal_app:x@db/other", "different databases: other, parley", id="other database"),
    ],
)
def test_urls_that_cannot_be_meant_are_refused(app_url, sentence):
    owner_url = "postgres://portal_owner:x@db/parley"

    with pytest.raises(RunnerError, match=sentence):
        roles.create_from_urls(admin_url="postgres://postgres:x@db/postgres", owner_url=owner_url, app_url=app_url)


def start_elsewhere(place):
    runner = subprocess.Popen(
        [sys.executable, "-c", RUN_AND_WAIT, place.folder.name], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    )
    with runner.stdout as said:
        urls = said.readline().split()
        return runner, urls, [int(pid) for pid in said.readline().split()]


def kill(pid):
    os.kill(pid, signal.SIGKILL)


def test_rows_and_queue_survive_a_killed_runner(place):
    runner, (owner_url, broker_url), pids = start_elsewhere(place)
    with psycopg.connect(owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS id")
    with redis.Redis.from_url(broker_url) as client:
        client.rpush("queue", "job")
        client.execute_command("WAITAOF", 1, 0, 5000)
    kill(runner.pid)
    runner.wait()

    with Children(place) as children:
        assert [birth(pid) for pid in pids] == [None, None]
        server = postgres.start(children, keys.load(place), for_tests=False)
        with redis.Redis.from_url(valkey.start(children, keys.load(place), for_tests=False)) as client:
            assert client.lrange("queue", 0, -1) == [b"job"]
        assert one(server.owner_url, "SELECT id FROM kept") == (7,)


def test_a_killed_server_starts_again_on_its_data(place):
    runner, (owner_url, _), pids = start_elsewhere(place)
    with psycopg.connect(owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS id")
    for pid in [runner.pid, *pids]:
        kill(pid)
    runner.wait()

    with Children(place) as children:
        server = postgres.start(children, keys.load(place), for_tests=False)
        assert one(server.owner_url, "SELECT id FROM kept") == (7,)


def test_a_lock_file_with_the_number_of_a_stranger_does_not_stop_the_start(place):
    with Children(place) as children:
        server = postgres.start(children, keys.load(place), for_tests=True)
    data = place.folder / f"postgres-{server.version.partition('.')[0]}"
    lock = data / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{data}\n1\n1\n\n\n")
    shutil.chown(lock, place.uid, place.gid) if place.uid else None

    with Children(place) as children:
        server = postgres.start(children, keys.load(place), for_tests=True)
        assert one(server.app_url, "SELECT 1") == (1,)


def test_sockets_are_removed_with_the_server(place):
    with Children(place) as children:
        postgres.start(children, keys.load(place), for_tests=True)
        sockets = [Path(folder) for folder in children.temporary]
        assert all(folder.is_dir() for folder in sockets)

    assert not any(folder.exists() for folder in sockets)


def test_binaries_that_are_not_there_are_named(place, monkeypatch):
    monkeypatch.setenv("POSTGRES_BIN", "/nowhere/bin")

    with Children(place) as children, pytest.raises(RunnerError, match="PostgreSQL cannot be run from /nowhere/bin"):
        postgres.start(children, keys.load(place), for_tests=True)


@pytest.mark.parametrize("is_whole", [True, False])
def test_data_whose_making_was_killed_is_made_anew(place, is_whole):
    with Children(place) as children:
        server = postgres.start(children, keys.load(place), for_tests=True)
        with psycopg.connect(server.owner_url) as owner:
            owner.execute("CREATE TABLE made (id int)")
        valkey.start(children, keys.load(place), for_tests=True)
    if is_whole:
        servers.call_whole(place)

    with Children(place) as children:
        assert servers.keep_whole_data(place) == is_whole
        server = postgres.start(children, keys.load(place), for_tests=True)
        assert one(server.owner_url, "SELECT to_regclass('made') IS NOT NULL") == (is_whole,)
        valkey.start(children, keys.load(place), for_tests=True)


def test_the_first_start_has_nothing_to_make_anew(place):
    assert servers.keep_whole_data(place)
