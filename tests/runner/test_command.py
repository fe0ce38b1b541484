"""The commands of the runner as a person at the terminal sees them."""

import os
import socket
import subprocess
import sys

import psycopg
import pytest

from portal.runner import demo, places
from portal.runner.errors import RunnerError
from portal.runner.places import CHECKOUT

SERVERS = ("DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL", "ADMIN_DATABASE_URL")


def runner(*words, **environment):
    clean = {name: value for name, value in os.environ.items() if name not in SERVERS}
    return subprocess.run(
        [sys.executable, "-m", "portal.runner", *words],
        cwd=CHECKOUT,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_command_runs_on_throw_away_servers_and_its_code_is_handed_on():
    before = set(places.make_home().iterdir())
    script = "import os, psycopg; psycopg.connect(os.environ['DATABASE_URL']); print('reached'); raise SystemExit(3)"

    result = runner("test", "--", sys.executable, "-c", script)

    assert (result.returncode, result.stdout, result.stderr) == (3, "reached\n", "")
    assert not [new for new in set(places.make_home().iterdir()) - before if new.name.startswith("test-")]


def test_named_servers_are_used_instead_of_embedded_ones():
    named = {name: f"{name.lower()}-as-named" for name in SERVERS[:3]}
    script = "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'])"

    result = runner("test", "--", sys.executable, "-c", script, **named)

    assert result.stdout == "database_url-as-named redis_url-as-named\n"


@pytest.mark.parametrize(
    ("given", "missing"), [("DATABASE_URL", "OWNER_DATABASE_URL"), ("OWNER_DATABASE_URL", "DATABASE_URL")]
)
def test_half_a_database_is_refused(given, missing):
    result = runner("test", "--", "true", **{given: "postgres://portal_app:x@db/parley"})

    assert result.returncode == 1
    assert result.stderr.startswith(f"Set {missing} too")


def test_roles_are_made_on_a_server_of_ones_own(server):
    owner_url, app_url = (
        f"postgres://{role}:{role}-secret@127.0.0.1:{server.port}/fresh" for role in ("portal_owner", "portal_app")
    )

    result = runner("roles", ADMIN_DATABASE_URL=server.admin_url, OWNER_DATABASE_URL=owner_url, DATABASE_URL=app_url)

    assert (result.returncode, result.stdout) == (0, "The roles and the database fresh are there.\n")
    with psycopg.connect(app_url) as connection:
        assert connection.execute("SELECT current_user, current_database()").fetchone() == ("portal_app", "fresh")


def test_roles_say_which_variable_is_missing():
    result = runner("roles", ADMIN_DATABASE_URL="postgres://postgres:x@127.0.0.1/postgres")

    assert result.returncode == 1
    assert result.stderr == "Set OWNER_DATABASE_URL: the roles are made with its password.\n"


def test_a_taken_port_is_refused_with_another_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(RunnerError, match=f"make demo PORT={port + 1}"):
            demo.find_port(port)


@pytest.mark.parametrize("port", ["0", "-1", "70000"])
def test_a_number_that_is_no_port_is_refused(port):
    result = runner("demo", f"--port={port}")

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"{port} is no port; choose one from 1 to 65535: make demo PORT=8123\n"


def test_a_day_that_cannot_be_read_stops_the_demo_before_anything_starts():
    result = runner("demo", TODAY="tomorrow")

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "TODAY is “tomorrow”, which is no day: write it as 2026-11-10.\n"


def test_healthy_names_a_port_that_is_no_number():
    result = runner("healthy", PORT="web")

    assert (result.returncode, result.stderr) == (1, "PORT is “web”, which is no number: write it as 8000.\n")


def test_healthy_says_that_nothing_answers():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]

        result = runner("healthy", PORT=str(port))

    assert result.returncode == 1
    assert result.stderr.startswith(f"The portal does not answer at port {port}")
