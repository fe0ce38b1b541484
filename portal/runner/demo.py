"""`make demo`: servers, migrations, web, worker and beat, demo data; then it stays until it is asked to end."""

import os
import signal
import socket
import sys
import time

from django.core.exceptions import ImproperlyConfigured

from portal import config
from portal.runner import places, servers, web
from portal.runner.errors import RunnerError
from portal.runner.processes import Children

PLACE = "demo"
FIRST_PORT, LAST_PORT, HIGHEST_PORT = 8000, 8099, 65535
WEB_SECONDS = 60
WORKER_STATEMENT_SECONDS = "120"
PRIVILEGED = {"OWNER_DATABASE_URL", "ADMIN_DATABASE_URL", "BACKUP_DATABASE_URL"}  # never handed to web, worker or beat
PYTHON = sys.executable


def run(*, port: int | None) -> int:
    """Start everything, print where it is, and watch until a signal ends it; returns the exit code."""
    began = time.monotonic()
    with Children(places.make(PLACE)) as children:
        environment = start(children, port=port, for_tests=False)
        _say(f"Parley runs at {environment['SITE_URL']} after {time.monotonic() - began:.0f} s; Ctrl-C ends it.")
        watch(children)
    return 0


def start(children: Children, *, port: int | None, for_tests: bool, only: str = "") -> dict[str, str]:
    """Servers, migrations, web, worker, beat and the demo's tenants (all, or only one); returns their environment.

    The environment holds no privileged address. Raises RunnerError when a part does not come up.
    """
    _refuse_unreadable_environment()
    port = find_port(port)
    _say("Starting PostgreSQL and Valkey")
    if not servers.keep_whole_data(children.place):
        _say("An earlier start was interrupted: the demo's data is made anew")
    found = servers.start(children, for_tests=for_tests)
    owner = found.pop("OWNER_DATABASE_URL")
    environment = _environment(children, port) | found
    _say("Bringing the database up to date, as its owner")
    _manage(children, "migrate", "--verbosity", "0", env=environment | {"OWNER_DATABASE_URL": owner})
    _manage(children, "collectstatic", "--noinput", "--verbosity", "0", env=environment)
    _say("Starting web, worker and beat")
    _start_portal(children, environment, port)
    _say("Demo data, made and computed by the workers")
    long_statements = environment | {"STATEMENT_SECONDS": WORKER_STATEMENT_SECONDS}
    _manage(children, "seed_demo", *(["--only", only] if only else []), env=long_statements)
    servers.call_whole(children.place)
    return environment


def watch(children: Children) -> None:
    """Stay until a signal comes. Web, worker and beat are started again when they end, as a supervisor would do.

    A worker may end with its broker. A server that ends, or a part that ends again and again, is an error that shows
    its last words.
    """
    while True:
        for sentence in children.tend():
            _say(f"{sentence}; {children.place.folder / 'logs'} tells why")
        time.sleep(0.5)


def _refuse_unreadable_environment() -> None:
    """Once and in words, before each process would say it in its own log."""
    try:
        config.load()
    except ImproperlyConfigured as error:
        raise RunnerError(str(error)) from error


def _environment(children: Children, port: int) -> dict[str, str]:
    files = children.place.folder / "files"
    files.mkdir(mode=0o700, exist_ok=True)
    return {
        **{name: value for name, value in os.environ.items() if name not in PRIVILEGED},
        "DEBUG": "0",
        "DEMO": "1",
        "PORT": str(port),
        "ALLOWED_HOSTS": os.environ.get("ALLOWED_HOSTS") or "localhost,127.0.0.1",
        "SITE_URL": os.environ.get("SITE_URL") or f"http://127.0.0.1:{port}",
        "FILES_DIR": os.environ.get("FILES_DIR") or str(files),
        "PYTHONUNBUFFERED": "1",
    }


def _start_portal(children: Children, environment: dict[str, str], port: int) -> None:
    gunicorn = [PYTHON, "-m", "gunicorn", "portal.wsgi:application", "--worker-class", "gthread", "--workers", "2"]
    gunicorn += ["--threads", "4", "--bind", f"127.0.0.1:{port}", "--graceful-timeout", "5", "--no-control-socket"]
    celery = [PYTHON, "-m", "celery", "--app", "portal.celery", "--quiet"]
    worker = [*celery, "worker", "--loglevel", "INFO", "--concurrency", str(min(4, os.cpu_count() or 1))]
    beat = [*celery, "beat", "--loglevel", "INFO", "--schedule", str(children.place.folder / "beat-schedule")]
    long_statements = environment | {"STATEMENT_SECONDS": WORKER_STATEMENT_SECONDS}
    once_more = (signal.SIGTERM, signal.SIGTERM)  # a worker whose broker is gone ends at the second signal
    children.start_lasting("web", gunicorn, cwd=places.CHECKOUT, env=environment)
    children.start_lasting("worker", worker, cwd=places.CHECKOUT, env=long_statements, signals=once_more)
    children.start_lasting("beat", beat, cwd=places.CHECKOUT, env=environment, signals=once_more)
    _wait_for_web(children, port)


def _wait_for_web(children: Children, port: int) -> None:
    end = time.monotonic() + WEB_SECONDS
    while True:
        children.refuse_dead()
        fault = web.fault(port=port)
        if not fault:
            return
        if time.monotonic() > end:
            raise RunnerError(f"{fault}; see {children.log_of('web')}")
        time.sleep(0.2)


def _manage(children: Children, *words: str, env: dict[str, str]) -> None:
    code = children.run(words[0], [PYTHON, "manage.py", *words], cwd=places.CHECKOUT, env=env)
    if code:
        raise RunnerError(f"`manage.py {words[0]}` ended with {code}; what it said is above.")


def find_port(wanted: int | None) -> int:
    """The port for the portal: the wanted one, else the first free one from 8000 on.

    Refuses a taken port by naming the next, and a number that no port can have.
    """
    if wanted is not None:
        if not 1 <= wanted <= HIGHEST_PORT:
            raise RunnerError(f"{wanted} is no port; choose one from 1 to {HIGHEST_PORT}: make demo PORT=8123")
        if _is_taken(wanted):
            raise RunnerError(f"Port {wanted} is taken; choose another: make demo PORT={wanted + 1}")
        return wanted
    for port in range(FIRST_PORT, LAST_PORT + 1):
        if not _is_taken(port):
            return port
    raise RunnerError(f"No port from {FIRST_PORT} to {LAST_PORT} is free; choose one: make demo PORT=9000")


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _say(sentence: str) -> None:
    print(f"==> {sentence}", flush=True)
