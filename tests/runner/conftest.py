"""Places of their own for the tests of the runner; nothing of a running demo is touched."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.runner import keys, places, postgres
from portal.runner.places import Place
from portal.runner.processes import Children


@pytest.fixture
def place() -> Iterator[Place]:
    """A place that is removed after the test."""
    made = places.make(Path(tempfile.mkdtemp(prefix="check-", dir=places.make_home())).name)
    yield made
    shutil.rmtree(made.folder)


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Postgres]:
    """A running PostgreSQL with the roles of a test cluster."""
    made = places.make(Path(tempfile.mkdtemp(prefix="check-", dir=places.make_home())).name)
    with Children(made) as children:
        yield postgres.start(children, keys.load(made), for_tests=True)
    shutil.rmtree(made.folder)
